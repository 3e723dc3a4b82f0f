"""A card in the review channel, as blocks: a pure function of the card that the service drew.

First what is asked and where, then the draft as a quote with the marked words, then the findings,
then one row of buttons: never more than a phone's screen before them. The rest is behind Details.
A customer's words and the draft are rich text only, so nothing in them can be mark-up.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from bot.cards.card import Card, Mark
from bot.cards.decisions import DECISIONS, Action
from bot.model import State
from handlers.channels.slack.blocks.mrkdwn import escape_mrkdwn, shortened, whole
from handlers.channels.slack.blocks.rich_text import (
    Block,
    make_block,
    make_quote,
    make_section,
    make_text,
)

EVENT: Final = "aboveboard_card"
PREFIX: Final = "ab:"
DETAILS: Final = "details"
_QUOTE: Final = 600  # characters of a draft on the card; the whole of it is behind Details
_FINDINGS: Final = 3
_REASON: Final = 300

_ROW: Final = frozenset(
    {
        Action.APPROVE,
        Action.SEND_NOW,
        Action.UNDO,
        Action.RESOLVE_SENT,
        Action.RESOLVE_UNSENT,
        Action.EDIT,
        Action.REJECT,
        Action.TAKE_OVER,
    }
)
LABELS: Final[Mapping[Action, tuple[str, str]]] = {  # (label, style), in the order of the row
    action: (decision.label, decision.style)
    for action, decision in DECISIONS.items()
    if action in _ROW or decision.plain
}
WRITE: Final = "Write"  # what editing is called when there is nothing to edit yet


def message(card: Card, editing: str = "") -> dict[str, Any]:
    """What `chat.postMessage` and `chat.update` are given, without channel and timestamp.

    `editing`: the name of somebody who has the editor open.
    """
    blocks = [_first_line(card), _facts(card)]
    blocks += _words(card)
    blocks += _findings(card)
    blocks += _notes(card, editing)
    blocks.append(buttons(card))
    blocks[0]["block_id"] = _mark(card.engagement)
    return _message(card, blocks)


def too_large(card: Card) -> dict[str, Any]:
    """When Slack would refuse the card, whatever the reason: what it is, and where to go on."""
    first = make_text(shortened(whole(card.headline), 80), bold=True)
    line = make_text("\nThis card is too large for Slack. Decide on it on the desk.")
    return _message(card, [make_block(make_section(first, line), id=_mark(card.engagement))])


def carries(post: Mapping[str, Any], engagement: str) -> bool:
    """Whether a post of the history is this engagement's card."""
    payload = (post.get("metadata") or {}).get("event_payload") or {}
    marked = any(b.get("block_id") == _mark(engagement) for b in post.get("blocks") or ())
    return marked or payload.get("engagement") == engagement


def value(card: Card) -> str:
    """What a button carries: the engagement, and what was seen when it was clicked: the text, and
    whose it was."""
    seen = {"o": card.owner_id} if card.owner_id else {}
    return json.dumps({"e": card.engagement, "d": card.digest, **seen})


def button(card: Card, action: str, label: str, style: str = "") -> Block:
    made: Block = {
        "type": "button",
        "action_id": PREFIX + action,
        "text": {"type": "plain_text", "text": label},
        "value": value(card),
    }
    return {**made, "style": style} if style else made


def buttons(card: Card) -> Block:
    """One row: what can be done now, and Details."""
    row = [
        button(card, action.value, _label(card, action, label), style)
        for action, (label, style) in LABELS.items()
        if action in card.actions
    ]
    return {"type": "actions", "elements": [*row, button(card, DETAILS, "Details…")]}


def marked(text: str, marks: tuple[Mark, ...], offset: int) -> list[Block]:
    """The text as rich text; the words of findings stand out. Marks count from `offset`."""
    inside = sorted(
        (max(0, m.start - offset), min(len(text), m.end - offset)) for m in marks if m.start < m.end
    )
    elements: list[Block] = []
    at = 0
    for start, end in inside:
        if start < at or start >= end:
            continue
        if text[at:start]:
            elements.append(make_text(text[at:start]))
        elements.append(make_text(text[start:end], bold=True, code=True))
        at = end
    return [*elements, make_text(text[at:])] if text[at:] or not elements else elements


def finding_words(mark: Mark) -> str:
    way_out = f" {mark.instead}" if mark.instead else ""
    return f"{mark.shape} {mark.word}: {mark.because}{way_out}"


def _message(card: Card, blocks: list[Block]) -> dict[str, Any]:
    spoken = f"{card.shape} {card.headline} · {card.where} · {card.status}"
    return {
        "text": escape_mrkdwn(whole(spoken)),
        "blocks": blocks,
        "metadata": {"event_type": EVENT, "event_payload": {"engagement": card.engagement}},
        "unfurl_links": False,
        "unfurl_media": False,
    }


def _mark(engagement: str) -> str:
    return f"aboveboard-card:{engagement}"


def _label(card: Card, action: Action, label: str) -> str:
    return WRITE if action is Action.EDIT and not card.body else label


def _first_line(card: Card) -> Block:
    asked = make_text(f"{card.shape} “{shortened(whole(card.headline), 90)}”", bold=True)
    return make_block(make_section(asked, make_text(f" · {shortened(whole(card.where), 80)}")))


def _facts(card: Card) -> Block:
    due = f"🔴 {card.due}" if card.late else card.due
    grave = f"{card.severity}: {card.runbook}" if card.runbook else ""
    asks = f"asks: {card.understood}" if card.understood else ""
    said = [grave or card.urgency, card.status, due, card.team, asks]
    return context(" · ".join(words for words in said if words))


def context(words: str) -> Block:
    """Small words of our own. Not for what strangers wrote."""
    text = shortened(whole(words), 1_000) or " "
    return {"type": "context", "elements": [{"type": "plain_text", "text": text, "emoji": False}]}


def _words(card: Card) -> list[Block]:
    """The draft; where there is none, why a person has it and what the customer wrote."""
    if card.body:
        body = whole(card.body)
        shown = shortened(body, _QUOTE)
        elements = marked(shown, card.marks, max(0, card.as_sent.find(card.body)))
        return [make_block(make_section(make_text(_origin(card))), make_quote(*elements))]
    why = [make_section(make_text(shortened(whole(card.why), _REASON)))] if card.why else []
    asked = shortened(whole(card.asked), _QUOTE)
    return [make_block(*why, make_quote(make_text(asked)))] if asked or why else []


def _origin(card: Card) -> str:
    more = " (the rest of it is behind Details)" if len(card.body) > _QUOTE else ""
    return f"{shortened(whole(card.origin), 100) or 'Draft'}{more}"


def _findings(card: Card) -> list[Block]:
    if not card.marks:
        return []
    lines = [shortened(whole(finding_words(m)), _REASON) for m in card.marks[:_FINDINGS]]
    if len(card.marks) > _FINDINGS:
        lines.append(f"… and {len(card.marks) - _FINDINGS} more behind Details")
    return [make_block(make_section(make_text("\n".join(lines))))]


def _notes(card: Card, editing: str) -> list[Block]:
    """Who has it, what changed meanwhile, when it goes out, how it ended."""
    lines = [card.audit] if card.audit else []
    if card.handed and card.handed.missing:
        lines.append("⛔ The hand-over is incomplete: Details say what is missing.")
    if card.escalated and card.escalated != card.why:
        lines.append(f"Before the leads: {card.escalated}")
    lines += [mark.instead for mark in card.rules[:1] if mark.instead and not card.body]
    if card.stale:
        lines.append("The customer wrote again after this was drafted: read Details first.")
    if card.held:
        lines.append(card.held)
    lines += [f"{name} wrote: “{words}”" for name, words in card.peers[-1:]]
    if editing:
        lines.append(f"Editing: {editing}")
    elif card.owner:
        lines.append(f"With {card.owner}")
    if card.undo_left is not None and card.state is State.APPROVED:
        lines.append(f"Sends within {max(1, round(card.undo_left))} s")
    if not card.state.open or card.state is State.APPROVED:
        lines += [f"{h.who}: {h.what}" for h in card.timeline[-1:]]
    said = shortened(whole("\n".join(lines)), _REASON)
    return [make_block(make_section(make_text(said)))] if said else []
