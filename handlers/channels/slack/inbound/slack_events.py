"""From an event of Slack's to what was heard. Pure: a function of the payload and of what we are.

One post has one key, `slack:<team>:<channel>:<ts>`, however often and in whatever events it is
delivered (`message`, `app_mention`, a broadcast of a thread). What is not a customer's or a
colleague's post in a room that we listen to gives None: bots, ourselves, joins, the review channel.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.brand.settings import Brand, ChannelProfile
from bot.model import Author, Message, Person, Place
from handlers.channels.slack.blocks.mrkdwn import mentions, plain, without_lead
from handlers.channels.slack.slack_settings import KIND, find_person, read_slack_settings

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BotIdentity:
    """Who we are in the workspace: from `auth.test`."""

    team: str
    user: str
    bot: str
    name: str


@dataclass(frozen=True, slots=True)
class PostWritten:
    """Somebody posted. `message.reply` is what Slack itself says: the thread began with us."""

    message: Message
    person: Person | None  # set if it is one of the brand's people
    in_thread: bool


@dataclass(frozen=True, slots=True)
class PostEdited:
    """A post has new words. `fresh`: so new that the post itself may still be on its way to us."""

    message: Message
    person: Person | None
    fresh: bool


@dataclass(frozen=True, slots=True)
class PostDeleted:
    key: str


SlackEvent = PostWritten | PostEdited | PostDeleted
_POSTS = frozenset({"", "file_share", "thread_broadcast", "me_message"})
_FRESH = timedelta(minutes=15)  # Slack redelivers for about six


@dataclass(frozen=True, slots=True)
class RoomProfiles:
    """Which profile of config.yaml a room of Slack's belongs to."""

    profiles: tuple[ChannelProfile, ...]
    review: str

    @classmethod
    def from_brand(cls, brand: Brand) -> RoomProfiles:
        ours = tuple(p for p in brand.channels.values() if p.kind == KIND)
        return cls(ours, read_slack_settings(brand).review_channel)

    def find_profile(self, room: str) -> ChannelProfile | None:
        """The profile that lists the room, else the one for all rooms; None: we don't listen."""
        if not room or room == self.review:
            return None
        direct = room.startswith("D")
        kinds = [p for p in self.profiles if p.direct == direct]
        listed = (p for p in kinds if room in p.rooms)
        return next(listed, next((p for p in kinds if not p.rooms), None))

    @property
    def listed(self) -> tuple[str, ...]:
        """Every room that config.yaml names: we must be a member of each."""
        rooms = [room for p in self.profiles for room in p.rooms]
        return tuple(dict.fromkeys([*rooms, *([self.review] if self.review else [])]))


def read_event(
    body: Payload, us: BotIdentity, brand: Brand, names: Mapping[str, str]
) -> SlackEvent | None:
    """What an `event_callback` says. `names`: of the user ids that are known."""
    event = _mapping(body.get("event"))
    if event.get("type") == "app_mention":
        return _wrote(event, event, us, brand, names)
    if event.get("type") != "message":
        return None
    subtype = _subtype(event)
    if subtype in _POSTS:
        return _wrote(event, event, us, brand, names)
    read = _SUBTYPES.get(subtype)
    return read(event, us, brand, names) if read else None


def read_author(body: Payload) -> tuple[str, str]:
    """Who wrote the post of an event, and their team: (user id, team id), empty if it is nobody."""
    event = _mapping(body.get("event"))
    changed = event.get("subtype") == "message_changed"
    post = _mapping(event.get("message")) if changed else event
    return str(post.get("user") or ""), _team_of(post)


def key_of(team: str, room: str, ts: str) -> str:
    return f"slack:{team}:{room}:{ts}"


def ts_of(key: str) -> str:
    """The timestamp in a key (whatever follows it); empty if it is not one of ours."""
    parts = key.split(":")
    if len(parts) < 4 or parts[0] != "slack":
        return ""
    ts = parts[3][: parts[3].find(".") + 7]
    return ts if is_ts(ts) else ""


def is_ts(ts: str) -> bool:
    """Whether it is one of Slack's timestamps: `1700000000.000100`."""
    whole, dot, micros = ts.partition(".")
    digits = whole + micros
    return (
        bool(dot)
        and len(whole) <= 10
        and len(micros) == 6
        and digits.isascii()
        and digits.isdigit()
    )


def when(ts: str) -> datetime:
    """The moment of a Slack timestamp, exact to the microsecond."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=_micros(ts))


def _micros(ts: str) -> int:
    return int(ts.replace(".", "")) if is_ts(ts) else 0


def find_colleague(brand: Brand, us: BotIdentity, user: str, team: str) -> Person | None:
    """One of the brand's people; never somebody from outside the workspace."""
    return find_person(brand, user) if team == us.team else None


def _wrote(
    event: Payload,
    post: Payload,
    us: BotIdentity,
    brand: Brand,
    names: Mapping[str, str],
) -> PostWritten | None:
    room = str(event.get("channel") or "")
    profile = RoomProfiles.from_brand(brand).find_profile(room)
    if profile is None or _by_software(post, us):
        return None
    message = _message(room, post, us, profile, names, revision=0)
    if message is None:
        return None
    person = (
        None if profile.direct else find_colleague(brand, us, message.author.id, _team_of(post))
    )
    return PostWritten(message, person, bool(post.get("thread_ts")))


def _changed(
    event: Payload, us: BotIdentity, brand: Brand, names: Mapping[str, str]
) -> PostEdited | PostDeleted | None:
    room, post = str(event.get("channel") or ""), event.get("message")
    before = event.get("previous_message")
    profile = RoomProfiles.from_brand(brand).find_profile(room)
    if profile is None or not isinstance(post, Mapping):
        return None
    if post.get("subtype") == "tombstone":
        return PostDeleted(key_of(us.team, room, str(post.get("ts"))))
    if _by_software(post, us) or _subtype(post) not in _POSTS:
        return None
    edited = post.get("edited")
    if not isinstance(edited, Mapping):
        return None  # Slack's own doing: a preview of a link, a count of replies
    if isinstance(before, Mapping) and before.get("text") == post.get("text"):
        return None
    at = str(edited.get("ts"))
    message = _message(room, post, us, profile, names, _micros(at))
    if message is None or not is_ts(at):
        return None
    person = (
        None if profile.direct else find_colleague(brand, us, message.author.id, _team_of(post))
    )
    return PostEdited(message, person, fresh=when(at) - message.at < _FRESH)


def _deleted(
    event: Payload, us: BotIdentity, brand: Brand, names: Mapping[str, str]
) -> PostDeleted | None:
    room = str(event.get("channel") or "")
    if RoomProfiles.from_brand(brand).find_profile(room) is None:
        return None
    return PostDeleted(key_of(us.team, room, str(event.get("deleted_ts"))))


_SUBTYPES: Mapping[str, Callable[..., SlackEvent | None]] = {
    "message_changed": _changed,
    "message_deleted": _deleted,
}


def _message(
    room: str,
    post: Payload,
    us: BotIdentity,
    profile: ChannelProfile,
    names: Mapping[str, str],
    revision: int,
) -> Message | None:
    user, ts, raw = str(post.get("user") or ""), str(post.get("ts") or ""), post.get("text") or ""
    thread = str(post.get("thread_ts") or "")
    if not user or not is_ts(ts):
        return None
    known = {**names, us.user: us.name}
    words = plain(without_lead(str(raw), us.user), known)
    attached = post.get("files")
    listed = attached if isinstance(attached, list) else []
    files = [str(f.get("name") or "a file") for f in map(_mapping, listed) if f]
    text = "\n".join([*([words] if words else []), *(f"📎 {name}" for name in files)])
    return Message(
        id=key_of(us.team, room, ts),
        place=Place(profile.name, room, thread or ("" if profile.direct else ts)),
        author=Author(user, names.get(user, "")),
        text=text,
        at=when(ts),
        direct=profile.direct,
        mention=mentions(str(raw), us.user),
        reply=bool(thread) and post.get("parent_user_id") == us.user,
        revision=revision,
    )


def _by_software(post: Payload, us: BotIdentity) -> bool:
    return bool(post.get("bot_id")) or post.get("user") in (us.user, "USLACKBOT")


def _mapping(value: object) -> Payload:
    return value if isinstance(value, Mapping) else {}


def _subtype(post: Payload) -> str:
    return str(post.get("subtype") or "")


def _team_of(post: Payload) -> str:
    """The author's own team: in a shared channel not that of the channel."""
    return str(post.get("user_team") or post.get("team") or "")
