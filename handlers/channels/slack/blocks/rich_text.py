"""Rich text: blocks in which nothing is mark-up, because words and links are separate things."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from handlers.channels.slack.blocks.mrkdwn import pieces

Block = dict[str, Any]
_ROOM: Final = 2_900


def make_text(text: str, **style: bool) -> Block:
    element: Block = {"type": "text", "text": text}
    return {**element, "style": style} if style else element


def make_link(url: str, text: str) -> Block:
    return {"type": "link", "url": url, "text": text.strip() or url}


def make_block(*elements: Block, id: str = "") -> Block:
    made: Block = {"type": "rich_text", "elements": list(elements)}
    return {**made, "block_id": id} if id else made


def make_section(*elements: Block) -> Block:
    return {"type": "rich_text_section", "elements": _shown(elements)}


def make_quote(*elements: Block) -> Block:
    return {"type": "rich_text_quote", "elements": _shown(elements)}


def _shown(elements: tuple[Block, ...]) -> list[Block]:
    """Slack refuses words that are none, and sections that hold none."""
    return [e for e in elements if e["type"] != "text" or e["text"]] or [make_text(" ")]


def make_paragraphs(text: str) -> list[Block]:
    """Blocks that show a text as it is written, each within Slack's limit."""
    return [make_block(make_section(make_text(piece))) for piece in pieces(text, _ROOM) if piece]


def join_elements(links: Sequence[Block], between: str) -> list[Block]:
    """Elements with words between them."""
    out: list[Block] = []
    for each in links:
        out += [*([make_text(between)] if out else []), each]
    return out
