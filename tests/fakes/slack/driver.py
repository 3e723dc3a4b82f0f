"""People in the pretended workspace: they write, click and submit, and Slack tells our app.

Over HTTP each call is signed, and must be acknowledged with 200 within three (virtual) seconds;
over Socket Mode each envelope must be acknowledged. What Slack would not send (an event that the
manifest does not ask for, a click on a button that is not there) fails the test.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp

from tests.fakes.slack.rules import check_view, seen
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.workspace import Node, Post, View

ACK = 3.0
_SUBSCRIPTIONS = {"im": "message.im", "group": "message.groups", "channel": "message.channels"}
_SCOPES = {"im": "im:history", "group": "groups:history", "channel": "channels:history"}


@dataclass
class Ack:
    status: int
    body: Any

    @property
    def ok(self) -> bool:
        return self.status == 200


class Driver:
    """`door`: the address of our app's /slack/events; None: Socket Mode."""

    def __init__(self, slack: FakeSlack, http: aiohttp.ClientSession, door: str | None) -> None:
        self.slack, self._http, self._door = slack, http, door

    # people write

    async def says(
        self,
        user: str,
        text: str,
        room: str,
        thread: str = "",
        *,
        subtype: str = "",
        pair: bool = True,
        **more: Any,
    ) -> Post:
        """A person posts; the events that Slack makes of it are delivered and acknowledged."""
        post = self.post(user, text, room, thread)
        for event in self.events_of(post, subtype=subtype, pair=pair, **more):
            ack = await self.event(event)
            assert ack.ok, ack
        return post

    def post(self, user: str, text: str, room: str, thread: str = "") -> Post:
        slack = self.slack
        post = Post(slack.ts(), room, user, text, thread, team=slack.users[user].team)
        slack.posts.append(post)
        return post

    def events_of(
        self, post: Post, *, subtype: str = "", pair: bool = True, **more: Any
    ) -> list[Node]:
        """`message`, and for a mention `app_mention` of the same post too (unless not `pair`)."""
        slack, room = self.slack, self.slack.rooms[post.channel]
        event: Node = {**post.as_json(), "channel": room.id, "channel_type": room.kind, **more}
        event["event_ts"] = post.ts
        if subtype:
            event["subtype"] = subtype
        if room.shared:
            event["user_team"] = post.team
        parent = slack.find(room.id, post.thread_ts)
        if post.thread_ts and parent is not None:
            event["parent_user_id"] = parent.user
        events = [event]
        if pair and f"<@{slack.bot_user}" in post.text and room.kind != "im":
            mention = {k: v for k, v in event.items() if k not in ("channel_type", "subtype")}
            events.append({**mention, "type": "app_mention"})
        return events

    async def edits(self, post: Post, text: str) -> Ack:
        before = post.as_json()
        post.text, post.edits = text, post.edits + 1
        edited = {"user": post.user, "ts": self.slack.ts()}
        return await self.event(
            {
                "type": "message",
                "subtype": "message_changed",
                "hidden": True,
                "channel": post.channel,
                "channel_type": self.slack.rooms[post.channel].kind,
                "ts": edited["ts"],
                "message": {**post.as_json(), "edited": edited},
                "previous_message": before,
            }
        )

    async def deletes(self, post: Post) -> Ack:
        self.slack.posts.remove(post)
        return await self.event(
            {
                "type": "message",
                "subtype": "message_deleted",
                "hidden": True,
                "channel": post.channel,
                "channel_type": self.slack.rooms[post.channel].kind,
                "ts": self.slack.ts(),
                "deleted_ts": post.ts,
                "previous_message": post.as_json(),
            }
        )

    # Slack tells our app

    def wrapped(self, event: Node, id: str = "") -> Node:
        """The envelope of the Events API around an event."""
        slack = self.slack
        return {
            "token": "legacy",
            "team_id": slack.team,
            "api_app_id": "A1",
            "type": "event_callback",
            "event": event,
            "event_id": id or f"Ev{slack.serial()}",
            "event_time": int(slack.clock.now().timestamp()),
            "is_ext_shared_channel": bool(
                (room := slack.rooms.get(str(event.get("channel")))) and room.shared
            ),
            "authorizations": [{"team_id": slack.team, "user_id": slack.bot_user, "is_bot": True}],
        }

    def subscribed(self, event: Node) -> bool:
        """Whether the manifest asks for it, and has the scope to hear it."""
        kind = str(event["type"])
        if kind == "message":
            room = str(event.get("channel_type"))
            return _SUBSCRIPTIONS[room] in self.slack.events and _SCOPES[room] in self.slack.scopes
        if kind == "app_mention":
            return kind in self.slack.events and "app_mentions:read" in self.slack.scopes
        return kind in self.slack.events

    async def event(self, event: Node, id: str = "", retry: int = 0) -> Ack:
        """Deliver once. An event that nobody asked for is not delivered, and that is fine."""
        if not self.subscribed(event):
            return Ack(200, None)
        return await self.deliver(self.wrapped(event, id), retry)

    async def deliver(self, body: Node, retry: int = 0) -> Ack:
        if self._door is None:
            return await self._by_socket("events_api", body, retry)
        headers = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"}
        raw = json.dumps(body).encode()
        return await self.call(raw, "application/json", headers if retry else {})

    async def acked(self, event: Node, handled: Callable[[], bool]) -> bool:
        """Deliver once; whether our app says that it has it.

        Over Socket Mode silence is the answer no: once our app has `handled` it, another envelope
        is sent behind it, and when that one is acknowledged, the first will not be any more.
        """
        if self._door is not None:
            return (await self.event(event)).ok
        first = await self.slack.envelope("events_api", self.wrapped(event))
        await self.slack.until(handled)
        probe = self.wrapped({"type": "member_joined_channel", "user": "U0", "channel": "C0"})
        await self._by_socket("events_api", probe)
        return first.done()

    async def _by_socket(self, kind: str, payload: Node, retry: int = 0) -> Ack:
        acked = await self.slack.envelope(kind, payload, retry)
        async with asyncio.timeout(10):
            return Ack(200, await acked)

    async def call(self, raw: bytes, content_type: str, headers: dict[str, str]) -> Ack:
        """POST as Slack does; `headers` win over the right ones."""
        assert self._door is not None
        now = str(int(self.slack.clock.now().timestamp()))
        right = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": now,
            "X-Slack-Signature": sign(self.slack.secret, now, raw),
        }
        began = self.slack.clock.monotonic()
        async with self._http.post(self._door, data=raw, headers={**right, **headers}) as response:
            text = await response.text()
        late = self.slack.clock.monotonic() - began
        assert late <= ACK, f"acknowledged after {late} s"
        is_json = response.content_type == "application/json" and text
        return Ack(response.status, json.loads(text) if is_json else text)

    async def interact(self, payload: Node) -> Ack:
        if self._door is None:
            return await self._by_socket("interactive", payload)
        raw = urlencode({"payload": json.dumps(payload)}).encode()
        return await self.call(raw, "application/x-www-form-urlencoded", {})

    # people click

    def _who(self, user: str) -> Node:
        slack = self.slack
        return {
            "user": {"id": user, "username": user.lower(), "team_id": slack.users[user].team},
            "team": {"id": slack.team, "domain": "trailhead"},
            "api_app_id": "A1",
            "token": "legacy",
            "trigger_id": slack.trigger(user),
            "enterprise": None,
        }

    async def clicks(self, user: str, label: str, where: Post | View, value: str = "") -> Ack:
        """A person clicks the button with this label, or picks an option, where they see it."""
        blocks = where.blocks if isinstance(where, Post) else where.body["blocks"]
        element, block = find(blocks, label)
        action = {
            "type": element["type"],
            "action_id": element["action_id"],
            "block_id": block.get("block_id", "b1"),
            "action_ts": self.slack.ts(),
        }
        if element["type"] == "static_select":
            option = next(o for o in element["options"] if o["text"]["text"] == value)
            action["selected_option"] = option
        else:
            action.update(value=element.get("value", ""), text=element["text"])
        payload: Node = {"type": "block_actions", **self._who(user), "actions": [action]}
        if isinstance(where, Post):
            payload["channel"] = {"id": where.channel, "name": "review"}
            payload["message"] = where.as_json()
            payload["container"] = {
                "type": "message",
                "message_ts": where.ts,
                "channel_id": where.channel,
                "is_ephemeral": False,
            }
        else:
            payload["view"] = {**where.body, "id": where.id, "hash": where.hash}
            payload["container"] = {"type": "view", "view_id": where.id}
        return await self.interact(payload)

    def modal(self, user: str) -> View:
        """The modal that a person has open."""
        return [view for view in self.slack.modals.values() if view.user == user][-1]

    async def submits(self, user: str, **values: str) -> Ack:
        """A person fills in a modal's inputs (by action_id) and submits it."""
        view = self.modal(user)
        state: Node = {}
        for block in view.body["blocks"]:
            if block["type"] != "input":
                continue
            element = block["element"]
            if element["type"] == "static_select":
                wanted = values.get(element["action_id"])
                first = element.get("initial_option")
                fits = (o for o in element["options"] if wanted in (o["value"], o["text"]["text"]))
                option = next(fits) if wanted else first
                assert option or block.get("optional"), "Slack's client wants something picked"
                picked = {"type": element["type"], "selected_option": option}
                state[block["block_id"]] = {element["action_id"]: picked}
                continue
            value = values.get(element["action_id"], element.get("initial_value", ""))
            assert value or block.get("optional"), "Slack's client wants this filled in"
            state[block["block_id"]] = {
                element["action_id"]: {"type": element["type"], "value": value or None}
            }
        body = {**view.body, "id": view.id, "hash": view.hash, "state": {"values": state}}
        ack = await self.interact({"type": "view_submission", **self._who(user), "view": body})
        if not ack.ok:
            return ack
        action = (ack.body or {}).get("response_action") if isinstance(ack.body, dict) else None
        if action is None or action == "clear":
            self.slack.modals.pop(view.id, None)
        elif action == "update":
            check_view(ack.body["view"])
            view.body, view.hash = ack.body["view"], f"hash-{self.slack.serial()}"
        else:
            raise AssertionError(f"response_action {action}")
        return ack

    async def closes(self, user: str) -> Ack:
        view = self.modal(user)
        del self.slack.modals[view.id]
        if not view.body.get("notify_on_close"):
            return Ack(200, None)
        body = {**view.body, "id": view.id, "hash": view.hash}
        return await self.interact({"type": "view_closed", **self._who(user), "view": body})

    async def opens_home(self, user: str) -> Ack:
        event: Node = {"type": "app_home_opened", "user": user, "channel": "D0", "tab": "home"}
        event["event_ts"] = self.slack.ts()
        if user in self.slack.homes:
            home = self.slack.homes[user]
            event["view"] = {**home.body, "id": home.id, "hash": home.hash}
        return await self.event(event)

    async def commands(self, user: str, text: str = "") -> Ack:
        slack = self.slack
        assert "commands" in slack.scopes
        fields = {
            "command": "/aboveboard",
            "text": text,
            "user_id": user,
            "team_id": slack.team,
            "channel_id": "C1",
            "trigger_id": slack.trigger(user),
            "response_url": "https://hooks.invalid/",
        }
        if self._door is None:
            return await self._by_socket("slash_commands", dict(fields))
        return await self.call(urlencode(fields).encode(), "application/x-www-form-urlencoded", {})


def sign(secret: str, timestamp: str, raw: bytes) -> str:
    base = b"v0:" + timestamp.encode() + b":" + raw
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def find(blocks: list[Node], label: str) -> tuple[Node, Node]:
    """The button with this label, or the menu with this placeholder, and its block."""
    for block in blocks:
        elements = [
            *block.get("elements", []),
            *([block["accessory"]] if "accessory" in block else []),
        ]
        for element in elements:
            words = element.get("text") or element.get("placeholder")
            if isinstance(words, dict) and words["text"] == label:
                return element, block
    raise AssertionError(f"no {label!r} in {seen(blocks)}")
