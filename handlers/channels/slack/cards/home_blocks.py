"""The App Home of one person: what is theirs, then what nobody has taken, the most urgent first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from bot.cards.card import Card
from bot.cards.decisions import Action
from handlers.channels.slack.blocks.mrkdwn import shortened, whole
from handlers.channels.slack.blocks.rich_text import Block, make_block, make_section, make_text
from handlers.channels.slack.cards.card_blocks import DETAILS, LABELS, PREFIX, button, context

PAGE: Final = 20  # cards a page; three blocks each stay below Slack's hundred
TURN: Final = "page"
_HERE: Final = (Action.TAKE_OVER, Action.UNDO)


def home(mine: Sequence[Card], free: Sequence[Card], overheard: int, banner: str, page: int) -> Any:
    """The view. `overheard`: how many posts. `page` counts from 0; too far is the last."""
    lines = [(card, "Yours") for card in mine]
    lines += [(card, "Waiting for somebody") for card in free]
    pages = max(1, -(-len(lines) // PAGE))
    page = min(max(0, page), pages - 1)
    blocks = [_plainly(banner)] if banner else []
    blocks.append(_header(f"{len(mine)} yours, {len(free)} waiting for somebody"))
    if overheard:
        blocks.append(context(f"{overheard} overheard: on the desk, for whoever chooses to enter."))
    if not lines:
        blocks.append(_plainly("Nothing waits."))
    title = ""
    for card, group in lines[page * PAGE : (page + 1) * PAGE]:
        if group != title:
            blocks.append(_header(group))
            title = group
        blocks += _card(card)
    blocks += _pages(page, pages)
    return {"type": "home", "private_metadata": str(page), "blocks": blocks}


def stranger() -> Any:
    """For somebody who is not on the list of people."""
    words = (
        "You are not on the list of people who decide here. "
        "Whoever runs it can add you in config.yaml, under people, with your Slack member id."
    )
    return {"type": "home", "blocks": [_plainly(words)]}


def _card(card: Card) -> list[Block]:
    asked = make_text(f"{card.shape} “{shortened(whole(card.headline), 90)}”", bold=True)
    where = make_text(f" · {shortened(whole(card.where), 80)}")
    due = f"🔴 {card.due}" if card.late else card.due
    row = [
        button(card, action.value, *LABELS[action]) for action in _HERE if action in card.actions
    ]
    return [
        make_block(make_section(asked, where)),
        context(" · ".join(words for words in (card.urgency, card.status, due) if words)),
        {"type": "actions", "elements": [button(card, DETAILS, "Open…"), *row]},
    ]


def _pages(page: int, pages: int) -> list[Block]:
    turns = [(page - 1, "Earlier")] if page > 0 else []
    turns += [(page + 1, "More")] if page < pages - 1 else []
    if not turns:
        return []
    row = [
        {
            "type": "button",
            "action_id": f"{PREFIX}{TURN}:{to}",
            "text": {"type": "plain_text", "text": label},
            "value": str(to),
        }
        for to, label in turns
    ]
    return [context(f"Page {page + 1} of {pages}"), {"type": "actions", "elements": row}]


def _header(words: str) -> Block:
    return {"type": "header", "text": {"type": "plain_text", "text": words}}


def _plainly(words: str) -> Block:
    return make_block(make_section(make_text(shortened(whole(words), 2_900))))
