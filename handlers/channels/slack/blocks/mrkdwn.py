"""Slack's text and plain text.

Coming in, `plain` undoes what Slack wraps into `<…>` and escapes, once, in one pass over the text,
so that what a customer typed is what a person reads. Going out, `escape_mrkdwn` is all that
`text` fields need; rich text needs nothing, it cannot hold mark-up. Lengths are as Slack counts.
"""

from __future__ import annotations

from collections.abc import Mapping

_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))  # the ampersand last: undone once


def plain(text: str, names: Mapping[str, str]) -> str:
    """What a person reads on screen. `names`: of the user ids that are known; others are “user”.

    A link is its label and its address; a mention is `@` and a name. Total: any text gives a text.
    """
    out = []
    rest = text
    while rest:
        before, opened, rest = rest.partition("<")
        out.append(_unescaped(before))
        if not opened:
            break
        token, closed, after = rest.partition(">")
        if not closed:
            out.append("<")
            continue
        out.append(_spoken(token, names))
        rest = after
    return "".join(out)


def without_lead(text: str, user: str) -> str:
    """Slack's text without the mentions of `user` that it begins with."""
    rest = text.lstrip()
    while True:
        for token in (f"<@{user}>", f"<@{user}|"):
            if rest.startswith(token):
                rest = rest[len(token) :]
                if token.endswith("|"):
                    rest = rest.partition(">")[2]
                rest = rest.lstrip(" \t\n,:;–—-")
                break
        else:
            return rest


def mentions(text: str, user: str) -> bool:
    return f"<@{user}>" in text or f"<@{user}|" in text


def pieces(text: str, limit: int) -> list[str]:
    """The text cut into parts of at most `limit` UTF-16 units, as Slack counts.

    Cut between paragraphs if that can be, else between lines, else words, else anywhere. Only the
    white space at a cut is lost.
    """
    parts = []
    rest = text
    while units(rest) > limit:
        room = _fitting(rest, limit)
        at = next((i for i in (rest.rfind(s, 1, room) for s in ("\n\n", "\n", " ")) if i > 0), room)
        parts.append(rest[:at].rstrip())
        rest = rest[at:].lstrip() if at < room else rest[at:]
    return [*parts, rest] if rest or not parts else parts


def shortened(text: str, limit: int) -> str:
    """The text, or its beginning with “…”, in at most `limit` UTF-16 units."""
    return text if units(text) <= limit else text[: _fitting(text, limit - 1)].rstrip() + "…"


def whole(text: str) -> str:
    """The text without halves of surrogate pairs: they are no characters and cannot be sent."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def units(text: str) -> int:
    """The length of a text as Slack counts it."""
    return len(text) + sum(1 for c in text if ord(c) > 0xFFFF) if not text.isascii() else len(text)


def _fitting(text: str, limit: int) -> int:
    """How many of the first characters fit into `limit` units."""
    room = min(len(text), limit)
    while room and units(text[:room]) > limit:
        room -= max(1, (units(text[:room]) - limit) // 2)
    return room


def _unescaped(text: str) -> str:
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text


def _spoken(token: str, names: Mapping[str, str]) -> str:
    """One `<…>`: a user, a channel, a group or a command, or else a link."""
    target, _, label = token.partition("|")
    label = _unescaped(label)
    kind, name = target[:1], target[1:]
    if kind == "@":
        return "@" + (names.get(name) or label.lstrip("@") or "user")
    if kind == "#":
        return "#" + (label.lstrip("#") or "channel")
    if kind == "!":
        return label or "@" + _unescaped(name.partition("^")[0])
    address = _unescaped(target)
    if not label or label == address or address == f"mailto:{label}":
        return label or address
    return f"{label} ({address})"


_SLACK = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}


def escape_mrkdwn(text: str) -> str:
    """The text for a Slack `text` or `mrkdwn` field: mentions, links and channels lose their power.

    Escapes `&`, `<` and `>` and nothing else, as Slack asks; reading them back gives the text.
    """
    return text.translate(_SLACK)
