"""A reply as the exact payload of `chat.postMessage`: a pure function of reply and delivery id.

The body is shown as it is written: rich text holds words and links apart, so nothing in it can
become a mention, a link or a format. Links are only those that the envelope names. The delivery's
id travels twice, as metadata and as a `block_id`, so that a send of unknown outcome can be found.
"""

from __future__ import annotations

from typing import Any, Final

from bot.model import Envelope, Reply
from handlers.channels.slack.api.client import canonical
from handlers.channels.slack.blocks.mrkdwn import escape_mrkdwn, whole
from handlers.channels.slack.blocks.rich_text import (
    Block,
    join_elements,
    make_block,
    make_link,
    make_paragraphs,
    make_section,
    make_text,
)

EVENT: Final = "aboveboard_reply"
_MARK: Final = "aboveboard:"


def payload(reply: Reply, delivery: str) -> str:
    """Canonical JSON. `text` is what notifications and screen readers read: all of it, in words."""
    blocks = [*make_paragraphs(whole(_spoken(reply))), *_envelope(reply.envelope)]
    blocks[0]["block_id"] = block_id(delivery)
    message: dict[str, Any] = {
        "channel": reply.place.room,
        "text": escape_mrkdwn(whole(reply.text)),
        "blocks": blocks,
        "metadata": {"event_type": EVENT, "event_payload": {"delivery": delivery}},
        "mrkdwn": False,
        "parse": "none",
        "link_names": False,
        "unfurl_links": False,
        "unfurl_media": False,
    }
    if reply.place.thread:
        message["thread_ts"] = reply.place.thread
    return canonical(message)


def block_id(delivery: str) -> str:
    return f"{_MARK}{delivery}"


def carries(post: Any, delivery: str) -> bool:
    """Whether a post of the history is this delivery: by its metadata, else by its `block_id`."""
    metadata = post.get("metadata") or {}
    named = (metadata.get("event_payload") or {}).get("delivery")
    if metadata.get("event_type") == EVENT and named == delivery:
        return True
    return any(b.get("block_id") == block_id(delivery) for b in post.get("blocks") or ())


def _spoken(reply: Reply) -> str:
    return "\n\n".join(
        part for part in (reply.envelope.label, reply.envelope.greeting, reply.body) if part
    )


def _envelope(envelope: Envelope) -> list[Block]:
    lines = [
        join_elements([make_link(s.url, whole(s.title)) for s in envelope.sources], "\n"),
        [make_text(whole(envelope.speaker), italic=True)] if envelope.speaker else [],
        [make_text(whole(envelope.unread), italic=True)] if envelope.unread else [],
        join_elements([make_link(url, whole(text)) for text, url in envelope.links], " · "),
    ]
    return [make_block(make_section(*line)) for line in lines if line]
