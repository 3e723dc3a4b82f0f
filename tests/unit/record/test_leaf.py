"""A leaf: canonical, complete, without a word that may have to be forgotten."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Audience, Commitment, CommitmentKind, Comparator, Source
from bot.record.entry import Entry, EntryKind
from bot.record.leaf import SaltedText, decode_leaf, encode_leaf

AT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
SIXTY_DAYS = Commitment(
    kind=CommitmentKind.PERIOD,
    value="60",
    unit="day",
    comparator=Comparator.AT_MOST,
    condition="unworn",
    topic="returns",
    source="returns.window",
    start=3,
    end=17,
    words="within 60 days",
)
ENTRY = Entry(
    kind=EntryKind.SENT,
    at=AT,
    address="k3v9",
    channel="web",
    audience=Audience.PUBLIC,
    intent="return-item",
    locale="en",
    by="software",
    approved="approver",
    commitments=(SIXTY_DAYS,),
    facts=("returns.window",),
    sources=(Source("Returns policy", "https://shop.example/returns", date(2026, 10, 1)),),
    rules="7f3a",
    published="91bc",
)


def test_the_leaf_of_an_entry_never_changes() -> None:
    """Known by heart: a change of this text would make every record unverifiable."""
    assert encode_leaf(ENTRY, {"said": SaltedText("Within 60 days.", b"\1" * 32)}) == (
        '{"address":"k3v9","approved":"approver","at":"2026-11-03T09:30:00+00:00",'
        '"audience":"public","by":"software","channel":"web",'
        '"commitments":[{"comparator":"at most",'
        '"condition":"unworn","kind":"period","source":"returns.window","topic":"returns",'
        '"unit":"day","value":"60"}],"facts":["returns.window"],"hashes":{"said":'
        '"2aaeb7a8cd13984385eef723a9037a077455788fc0ec7f8c997f16362d69c85f"},'
        '"intent":"return-item","kind":"sent","locale":"en","published":"91bc","rules":"7f3a",'
        '"sources":[{"as_of":"2026-10-01","title":"Returns policy",'
        '"url":"https://shop.example/returns"}],"v":1}'
    )


def test_words_are_hashed_behind_their_salt() -> None:
    secret = SaltedText("größer", b"\2" * 32)
    assert secret.salted_hash == hashlib.sha256(b"\2" * 32 + "größer".encode()).hexdigest()
    leaf = encode_leaf(ENTRY, {"said": secret})
    assert json.loads(leaf)["hashes"] == {"said": secret.salted_hash}
    assert "größer" not in leaf


def test_the_words_of_a_commitment_are_not_in_the_leaf() -> None:
    assert "within" not in encode_leaf(ENTRY, {})


def test_what_a_customer_said_in_private_is_not_in_the_condition_either() -> None:
    own = replace(SIXTY_DAYS, source="", condition="if order 4711 is late")
    private = replace(ENTRY, audience=Audience.PRIVATE, commitments=(own, SIXTY_DAYS))
    first, second = decode_leaf(encode_leaf(private, {})).entry.commitments
    assert (first.condition, second.condition) == ("", "unworn")
    assert "4711" in encode_leaf(replace(private, audience=Audience.MEMBERS), {})


@pytest.mark.parametrize("salt", [b"", b"short", bytes(31), bytes(33)])
def test_a_salt_that_could_be_guessed_is_refused(salt: bytes) -> None:
    with pytest.raises(ValueError, match="32 random bytes"):
        encode_leaf(ENTRY, {"said": SaltedText("hi", salt)})


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        encode_leaf(replace(ENTRY, at=datetime(2026, 1, 1)), {})  # noqa: DTZ001


def test_the_same_moment_is_the_same_leaf() -> None:
    berlin = AT.astimezone(timezone(timedelta(hours=1)))
    assert encode_leaf(replace(ENTRY, at=berlin), {}) == encode_leaf(ENTRY, {})


plain = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=8)
commitments = st.builds(
    Commitment,
    kind=st.sampled_from(CommitmentKind),
    value=plain,
    unit=plain,
    comparator=st.sampled_from(Comparator),
    direction=plain,
    condition=plain,
    until=plain,
    negated=st.booleans(),
    topic=plain,
    source=plain,
)
entries = st.builds(
    Entry,
    kind=st.sampled_from(EntryKind),
    at=st.datetimes(min_value=datetime(2000, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
        lambda at: at.replace(microsecond=0)
    ),
    address=plain,
    channel=plain,
    audience=st.none() | st.sampled_from([Audience.PUBLIC, Audience.MEMBERS]),
    intent=plain,
    locale=plain,
    by=plain,
    approved=plain,
    commitments=st.lists(commitments, max_size=2).map(tuple),
    facts=st.lists(plain, max_size=2).map(tuple),
    sources=st.lists(st.builds(Source, plain, plain, st.dates()), max_size=2).map(tuple),
    rules=plain,
    published=plain,
    refers=plain,
    mode=plain,
    mode_version=plain,
)


@given(entries, st.dictionaries(plain, plain, max_size=2))
def test_a_leaf_read_back_is_the_entry(entry: Entry, words: dict[str, str]) -> None:
    hidden = {name: SaltedText(text, b"\3" * 32) for name, text in words.items()}
    text = encode_leaf(entry, hidden)
    leaf = decode_leaf(text)
    assert leaf.entry == entry
    assert leaf.hashes == {name: secret.salted_hash for name, secret in hidden.items()}
    assert encode_leaf(leaf.entry, hidden) == text


@given(st.text() | st.recursive(st.none() | st.integers() | plain, st.lists).map(json.dumps))
def test_any_other_text_is_refused_in_one_way(text: str) -> None:
    with pytest.raises(ValueError):
        decode_leaf(text)
