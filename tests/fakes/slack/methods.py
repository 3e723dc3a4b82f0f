"""Slack's Web API, as far as the product uses it: each method a function of workspace and body."""

from __future__ import annotations

from collections.abc import Callable

from tests.fakes.slack.rules import SlackError, check_message, check_view
from tests.fakes.slack.workspace import Node, Post, Room, View, Workspace

Method = Callable[[Workspace, Node], Node]


def need_room(ws: Workspace, body: Node, posting: bool = True) -> Room:
    room = ws.rooms.get(body.get("channel", ""))
    if room is None or (room.private and not room.member):
        raise SlackError("channel_not_found")
    if posting and not room.member:
        raise SlackError("not_in_channel")
    if posting and room.archived:
        raise SlackError("is_archived")
    return room


def auth_test(ws: Workspace, body: Node) -> Node:
    return {"team_id": ws.team, "user_id": ws.bot_user, "bot_id": ws.bot_id, "user": ws.bot_name}


def post_message(ws: Workspace, body: Node) -> Node:
    room = need_room(ws, body)
    if len(body.get("text", "")) > 40_000:
        raise SlackError("msg_too_long")
    check_message(body)
    thread = body.get("thread_ts", "")
    if thread and ws.find(room.id, thread) is None:
        raise SlackError("thread_not_found")
    post = Post(
        ws.ts(),
        room.id,
        ws.bot_user,
        body["text"],
        thread,
        ws.bot_id,
        body.get("blocks", []),
        body.get("metadata"),
    )
    ws.posts.append(post)
    return {"channel": room.id, "ts": post.ts, "message": post.as_json()}


def update(ws: Workspace, body: Node) -> Node:
    need_room(ws, body)
    post = ws.find(body["channel"], body.get("ts", ""))
    if post is None:
        raise SlackError("message_not_found")
    if post.bot_id != ws.bot_id:
        raise SlackError("cant_update_message")
    check_message(body)
    post.text, post.blocks = body["text"], body.get("blocks", [])
    post.metadata = body.get("metadata", post.metadata)
    post.edits += 1
    return {"channel": post.channel, "ts": post.ts, "text": post.text}


def ephemeral(ws: Workspace, body: Node) -> Node:
    need_room(ws, body)
    if body.get("user") not in ws.users:
        raise SlackError("user_not_in_channel")
    if not body.get("text"):
        raise SlackError("no_text")
    ws.ephemerals.append(body)
    return {"message_ts": ws.ts()}


def delete(ws: Workspace, body: Node) -> Node:
    post = ws.find(body.get("channel", ""), body.get("ts", ""))
    if post is None:
        raise SlackError("message_not_found")
    if post.bot_id != ws.bot_id:
        raise SlackError("cant_delete_message")
    ws.posts.remove(post)
    return {"channel": post.channel, "ts": post.ts}


def history(ws: Workspace, body: Node) -> Node:
    room = need_room(ws, body, posting=False)
    if not room.member:
        raise SlackError("not_in_channel")
    found = [p for p in ws.posts if p.channel == room.id and p.thread_ts in ("", p.ts)]
    return _page(ws, body, sorted(_since(found, body), key=lambda p: p.ts, reverse=True))


def replies(ws: Workspace, body: Node) -> Node:
    room = need_room(ws, body, posting=False)
    thread = body.get("ts", "")
    parent = ws.find(room.id, thread)
    found = [p for p in ws.posts if p.channel == room.id and p.thread_ts == thread]
    if parent is None and not found:
        raise SlackError("thread_not_found")
    return _page(ws, body, [*([parent] if parent else []), *_since(found, body)])


def _since(posts: list[Post], body: Node) -> list[Post]:
    oldest = float(body.get("oldest", 0))
    return [p for p in posts if float(p.ts) > oldest]


def _page(ws: Workspace, body: Node, posts: list[Post]) -> Node:
    start = int(body.get("cursor") or 0)
    end = start + min(int(body.get("limit", 100)), ws.history_page)
    with_metadata = body.get("include_all_metadata") in ("1", "true", "True", True)
    may_read = "metadata.message:read" in ws.scopes
    page = [p.as_json(with_metadata and may_read) for p in posts[start:end]]
    more = str(end) if end < len(posts) else ""
    return {"messages": page, "has_more": bool(more), "response_metadata": {"next_cursor": more}}


def info(ws: Workspace, body: Node) -> Node:
    room = need_room(ws, body, posting=False)
    return {
        "channel": {
            "id": room.id,
            "name": room.name,
            "is_member": room.member,
            "is_archived": room.archived,
            "is_ext_shared": room.shared,
        }
    }


def user_info(ws: Workspace, body: Node) -> Node:
    user = ws.users.get(body.get("user", ""))
    if user is None:
        raise SlackError("user_not_found")
    return {"user": {"id": user.id, "team_id": user.team, "profile": {"display_name": user.name}}}


def _spend_trigger(ws: Workspace, body: Node) -> str:
    made, user = ws.triggers.pop(body.get("trigger_id", ""), (None, ""))
    if made is None:
        raise SlackError("exchanged_trigger_id")
    if ws.clock.monotonic() - made > 3:
        raise SlackError("expired_trigger_id")
    return user


def views_open(ws: Workspace, body: Node) -> Node:
    user = _spend_trigger(ws, body)
    if body["view"].get("type") != "modal":
        raise SlackError("invalid_arguments")
    check_view(body["view"])
    view = View(f"V{ws.serial()}", user, body["view"], f"hash-{ws.serial()}")
    ws.modals[view.id] = view
    return {"view": {**view.body, "id": view.id, "hash": view.hash}}


def views_update(ws: Workspace, body: Node) -> Node:
    view = ws.modals.get(body.get("view_id", ""))
    if view is None:
        raise SlackError("not_found")
    if "hash" in body and body["hash"] != view.hash:
        raise SlackError("hash_conflict")
    check_view(body["view"])
    view.body, view.hash = body["view"], f"hash-{ws.serial()}"
    return {"view": {**view.body, "id": view.id, "hash": view.hash}}


def views_publish(ws: Workspace, body: Node) -> Node:
    user = body.get("user_id", "")
    if user not in ws.users:
        raise SlackError("invalid_arguments")
    known = ws.homes.get(user)
    if "hash" in body and (known is None or body["hash"] != known.hash):
        raise SlackError("hash_conflict")
    check_view(body["view"])
    id = known.id if known else f"V{ws.serial()}"
    ws.homes[user] = View(id, user, body["view"], f"hash-{ws.serial()}")
    return {"view": {**body["view"], "id": id, "hash": ws.homes[user].hash}}


# method: (what it does, the scope it needs, its bucket: calls a second, burst; by room if so)
METHODS: dict[str, tuple[Method, str, tuple[float, float, bool]]] = {
    "auth.test": (auth_test, "", (20, 100, False)),
    "chat.postMessage": (post_message, "chat:write", (1, 5, True)),
    "chat.update": (update, "chat:write", (50 / 60, 50, False)),
    "chat.postEphemeral": (ephemeral, "chat:write", (100 / 60, 100, False)),
    "chat.delete": (delete, "chat:write", (50 / 60, 50, False)),
    "conversations.history": (history, "history", (50 / 60, 50, False)),
    "conversations.replies": (replies, "history", (50 / 60, 50, False)),
    "conversations.info": (info, "read", (50 / 60, 50, False)),
    "users.info": (user_info, "users:read", (100 / 60, 100, False)),
    "views.open": (views_open, "", (100 / 60, 100, False)),
    "views.update": (views_update, "", (100 / 60, 100, False)),
    "views.publish": (views_publish, "", (100 / 60, 100, False)),
}


def scope_for(ws: Workspace, method: str, body: Node) -> str:
    """The scope that a call needs; of rooms it depends on the kind of room."""
    scope = METHODS[method][1]
    if scope not in ("history", "read"):
        return scope
    room = ws.rooms.get(body.get("channel", ""))
    kind = {"im": "im", "group": "groups"}.get(room.kind if room else "", "channels")
    return f"{kind}:{scope}"
