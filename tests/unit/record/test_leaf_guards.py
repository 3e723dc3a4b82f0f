"""A leaf of another version is refused; what changed is whole, and nothing empty is said."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.model import Audience, Commitment, CommitmentKind
from bot.record.correction import claim_key, claim_keys
from bot.record.entry import Entry, EntryKind, may_hold_words
from bot.record.leaf import VERSION, decode_leaf, encode_leaf
from bot.record.rule_change import RuleChange
from tests.unit.engagement.building import waiting

AT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
ENTRY = Entry(EntryKind.SENT, AT, "k3v9")


@pytest.mark.parametrize("version", [VERSION - 1, VERSION + 1, "1", None])
def test_a_leaf_of_another_version_is_refused(version: object) -> None:
    leaf = json.loads(encode_leaf(ENTRY, {})) | {"v": version}
    with pytest.raises(ValueError, match="version"):
        decode_leaf(json.dumps(leaf))


def test_what_changed_is_kept_whole_and_says_nothing_empty() -> None:
    change = RuleChange("rule", "house/risky", "changed", before={"then": "note"})
    entry = replace(ENTRY, kind=EntryKind.RULES_CHANGED, changes=(change,))
    text = encode_leaf(entry, {})
    assert json.loads(text)["changes"] == [
        {"what": "rule", "id": "house/risky", "how": "changed", "before": {"then": "note"}}
    ]
    assert decode_leaf(text).entry == entry


def test_a_leaf_says_nothing_empty() -> None:
    assert json.loads(encode_leaf(ENTRY, {})) == {
        "v": 1,
        "kind": "sent",
        "at": "2026-11-03T09:30:00+00:00",
        "address": "k3v9",
    }


@pytest.mark.parametrize(
    ("audience", "may"),
    [
        (Audience.PRIVATE, False),
        (Audience.MEMBERS, True),
        (Audience.PUBLIC, True),
        (None, True),
    ],
)
def test_private_words_never_enter_the_record(audience: Audience | None, may: bool) -> None:
    assert may_hold_words(audience) is may


IT = Commitment(CommitmentKind.MONEY, "5", "EUR", topic="returns", direction="back", until="7")


def test_a_commitment_has_one_name_in_whatever_words() -> None:
    assert claim_key(IT) == "binds:returns|money|5|EUR|7|back|"
    assert claim_key(replace(IT, words="five euros", start=3)) == claim_key(IT)
    assert claim_key(replace(IT, negated=True)) == claim_key(IT) + "not"


def test_a_reply_is_named_by_its_words_and_each_thing_that_binds() -> None:
    reply = waiting().proposal.candidate
    assert reply is not None
    whole, *binding = claim_keys(reply, (IT, replace(IT, words="again"), replace(IT, value="6")))
    assert whole.startswith("words:")
    assert len(whole) == len("words:") + 32
    assert binding == [claim_key(IT), claim_key(replace(IT, value="6"))]
    assert claim_keys(replace(reply, body=f" {reply.body}\n"), ())[0] == whole
    assert claim_keys(replace(reply, body="Other."), ())[0] != whole
