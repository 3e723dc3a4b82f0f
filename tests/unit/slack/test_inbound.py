"""From any payload whatever to what was heard, or nothing; never an exception."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.channels.slack.inbound.slack_events import (
    BotIdentity,
    PostDeleted,
    PostEdited,
    PostWritten,
    RoomProfiles,
    is_ts,
    read_author,
    read_event,
    ts_of,
    when,
)
from tests.slackside import DIRECT, HELP, REVIEW, brand

US = BotIdentity("T1", "UBOT", "BBOT", "trailhead")
BRAND = brand()
ROOMS = RoomProfiles.from_brand(BRAND)
TS = "1791196920.000123"

FIELDS = {"type", "subtype", "user", "text", "ts", "thread_ts", "channel", "message", "edited"}
FIELDS |= {"previous_message", "deleted_ts", "files", "team", "user_team", "bot_id", "name"}


def keyed(values: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    return st.dictionaries(st.sampled_from(sorted(FIELDS)), values, max_size=6)


scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=12)
odd = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | keyed(inner), max_leaves=8)
usual = st.fixed_dictionaries(
    {"type": st.just("message"), "channel": st.sampled_from([HELP, DIRECT, REVIEW, ""])},
    optional={
        "subtype": st.sampled_from(["message_changed", "message_deleted", "file_share"]) | odd,
        "user": odd,
        "ts": st.just(TS) | odd,
        "text": odd,
        "files": odd,
        "message": keyed(odd),
        "previous_message": odd,
        "deleted_ts": odd,
        "thread_ts": odd,
    },
)


@given(st.one_of(odd, st.fixed_dictionaries({"event": st.one_of(odd, usual, keyed(odd))})))
def test_any_payload_is_heard_or_is_nothing(body: object) -> None:
    payload = body if isinstance(body, dict) else {"event": body}
    heard = read_event(payload, US, BRAND, {})
    assert heard is None or isinstance(heard, (PostWritten, PostEdited, PostDeleted))
    read_author(payload)


def test_a_timestamp_is_exact_to_the_microsecond() -> None:
    assert when(TS) == datetime(2026, 10, 5, 10, 42, 0, 123, tzinfo=UTC)


@pytest.mark.parametrize(
    "ts",
    ["", "1", "1.2", "x.000001", "1791196920.00012", "1791196920,000123", "١.000001", "-1.000001"],
)
def test_what_is_no_timestamp(ts: str) -> None:
    assert not is_ts(ts)


@pytest.mark.parametrize(
    ("key", "ts"),
    [
        (f"slack:T1:C1:{TS}", TS),
        (f"slack:T1:C1:{TS}@3", TS),
        (f"slack:T1:C1:{TS}#0", TS),
        ("web:abc:1", ""),
        ("slack:T1:C1:soon", ""),
        ("", ""),
    ],
)
def test_the_timestamp_in_a_key(key: str, ts: str) -> None:
    assert ts_of(key) == ts


def test_revisions_grow_with_the_time_of_the_edit() -> None:
    def changed(at: str) -> int:
        post = {"user": "U8", "ts": TS, "text": at, "edited": {"ts": at}}
        event = {"type": "message", "subtype": "message_changed", "channel": HELP, "message": post}
        heard = read_event({"event": event}, US, BRAND, {})
        assert isinstance(heard, PostEdited)
        return heard.message.revision

    assert (
        0
        < changed("1791196921.000000")
        < changed("1791196921.000001")
        < changed("1791199999.000000")
    )


@pytest.mark.parametrize(
    ("room", "profile"),
    [
        (HELP, "slack-community"),
        (DIRECT, "slack-direct"),
        (REVIEW, None),
        ("C0OTHER", None),
        ("", None),
    ],
)
def test_whose_room_it_is(room: str, profile: str | None) -> None:
    found = ROOMS.find_profile(room)
    assert (found.name if found else None) == profile


def test_a_profile_without_rooms_is_for_every_room_that_no_other_names() -> None:
    from dataclasses import replace

    community = BRAND.channels["slack-community"]
    everywhere = replace(community, name="everywhere", rooms=())
    rooms = RoomProfiles((everywhere, community, BRAND.channels["slack-direct"]), REVIEW)
    names = [profile.name for room in (HELP, "C0OTHER") if (profile := rooms.find_profile(room))]
    assert names == ["slack-community", "everywhere"]
    assert rooms.find_profile(REVIEW) is None
