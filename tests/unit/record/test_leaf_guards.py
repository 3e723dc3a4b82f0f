"""A leaf of another version is refused; what changed is whole, and nothing empty is said."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.model import Audience, Commitment, CommitmentKind
from bot.record.correction import key, keys
from bot.record.entry import Entry, Kind, words_may_enter
from bot.record.leaf import VERSION, decode, encode
from bot.record.rule_change import Change
from tests.unit.engagement.building import waiting

AT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
ENTRY = Entry(Kind.SENT, AT, "k3v9")


@pytest.mark.parametrize("version", [VERSION - 1, VERSION + 1, "1", None])
def test_a_leaf_of_another_version_is_refused(version: object) -> None:
    leaf = json.loads(encode(ENTRY, {})) | {"v": version}
    with pytest.raises(ValueError, match="version"):
        decode(json.dumps(leaf))


def test_what_changed_is_kept_whole_and_says_nothing_empty() -> None:
    change = Change("rule", "house/risky", "changed", before={"then": "note"})
    entry = replace(ENTRY, kind=Kind.RULES_CHANGED, changes=(change,))
    text = encode(entry, {})
    assert json.loads(text)["changes"] == [
        {"what": "rule", "id": "house/risky", "how": "changed", "before": {"then": "note"}}
    ]
    assert decode(text).entry == entry


def test_a_leaf_says_nothing_empty() -> None:
    assert json.loads(encode(ENTRY, {})) == {
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
    assert words_may_enter(audience) is may


IT = Commitment(CommitmentKind.MONEY, "5", "EUR", topic="returns", direction="back", until="7")


def test_a_commitment_has_one_name_in_whatever_words() -> None:
    assert key(IT) == "binds:returns|money|5|EUR|7|back|"
    assert key(replace(IT, words="five euros", start=3)) == key(IT)
    assert key(replace(IT, negated=True)) == key(IT) + "not"


def test_a_reply_is_named_by_its_words_and_each_thing_that_binds() -> None:
    reply = waiting().proposal.candidate
    assert reply is not None
    whole, *binding = keys(reply, (IT, replace(IT, words="again"), replace(IT, value="6")))
    assert whole.startswith("words:")
    assert len(whole) == len("words:") + 32
    assert binding == [key(IT), key(replace(IT, value="6"))]
    assert keys(replace(reply, body=f" {reply.body}\n"), ())[0] == whole
    assert keys(replace(reply, body="Other."), ())[0] != whole
