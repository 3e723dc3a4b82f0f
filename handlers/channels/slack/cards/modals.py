"""Modals, as pure functions of a card: details, the editor, a reason, and words that end a matter.

A modal remembers, in `private_metadata`, the engagement and the text that was seen when it was
opened. Nothing that a person typed is lost: whatever happens, their text stands in the next modal.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from babel.dates import format_date, format_datetime

from bot.cards.card import Card, Line
from bot.cards.decisions import Action
from bot.cards.wording import OBJECTIONS
from bot.model import Person
from bot.model.events import NOTHING
from handlers.channels.slack.blocks.block_limits import INPUT
from handlers.channels.slack.blocks.mrkdwn import pieces, shortened, units, whole
from handlers.channels.slack.blocks.rich_text import (
    Block,
    join_elements,
    make_block,
    make_link,
    make_quote,
    make_section,
    make_text,
)
from handlers.channels.slack.cards.card_blocks import PREFIX, button, context, finding_words, marked

View = dict[str, Any]
BODY: Final = "body"
REASON: Final = "reason"
OBJECTION: Final = "objection"
INTENT: Final = "intent"
MEASURE: Final = "measure"
REDRAFT: Final = "redraft"
TAG: Final = "tag"
ASSIGN: Final = "assign"
TEAM: Final = "team"
LEADS: Final = "(leads)"  # Slack wants a value, and no team can be called so
_ROOM: Final = 2_900
_TIMELINE: Final = 25
_PARTS: Final = 8  # blocks that one text may take in a modal


def remembered(view: Mapping[str, Any]) -> tuple[str, str]:
    """(engagement, digest) of a modal."""
    kept = json.loads(view.get("private_metadata") or "{}")
    return str(kept.get("e", "")), str(kept.get("d", ""))


def typed(view: Mapping[str, Any], action: str) -> str:
    """What a person typed into the input with this id."""
    values = (view.get("state") or {}).get("values") or {}
    found = (block[action].get("value") for block in values.values() if action in block)
    return str(next(found, None) or "")


def picked(view: Mapping[str, Any], action: str) -> str:
    """The value of what a person picked from the menu with this id; empty if nothing."""
    values = (view.get("state") or {}).get("values") or {}
    found = (block[action].get("selected_option") for block in values.values() if action in block)
    return str((next(found, None) or {}).get("value") or "")


def editable(card: Card) -> bool:
    """Slack's inputs hold 3,000 characters; what is longer is edited on the desk."""
    return units(whole(card.body)) <= INPUT


def editor(card: Card, text: str, words: str = "") -> View:
    """`words`: why it is open still. The findings stand above the text that they speak of."""
    blocks: list[Block] = []
    if words:
        blocks.append(
            make_block(make_section(make_text(shortened(whole(words), _ROOM), bold=True)))
        )
    if words and card.marks:
        lines = "\n".join(shortened(whole(finding_words(m)), 400) for m in card.marks[:7])
        blocks.append(make_block(make_section(make_text(shortened(lines, _ROOM)))))
    asked = make_text(shortened(whole(card.asked), 900))
    blocks.append(make_block(make_quote(asked)))
    field: Block = {
        "type": "plain_text_input",
        "action_id": BODY,
        "multiline": True,
        "max_length": INPUT,
    }
    kept = shortened(whole(text), INPUT)
    blocks.append(_input("Your reply", {**field, "initial_value": kept} if kept else field))
    blocks.append(context("Judged by the same rules. Greeting, sources and who speaks are added."))
    return _modal("edit", card, "Write the reply", blocks, submit="Send my version")


def reason(card: Card, action: Action) -> View:
    label, submit = {
        Action.REJECT: ("What is wrong with the draft?", "Reject"),
        Action.IGNORE: ("Why does it need no reply?", "Close it"),
    }[action]
    field = {"type": "plain_text_input", "action_id": REASON, "multiline": True, "max_length": 1000}
    quoted = make_block(make_quote(make_text(shortened(whole(card.body or card.asked), 900))))
    chosen = _objections(card) if action is Action.REJECT else _measures(card)
    return _modal(
        action.value, card, submit, [quoted, *chosen, _input(label, field)], submit=submit
    )


def _objections(card: Card) -> list[Block]:
    """What kind of wrong it is; and what was asked instead, for whoever wants to say."""
    kinds = _menu(OBJECTION, "Pick one", [(words, key) for key, words in OBJECTIONS.items()])
    kinds |= {"action_id": OBJECTION, "initial_option": kinds["options"][-1]}
    asked = [(title, intent) for intent, title in card.intents[:99]]
    intents = _menu(INTENT, "Nothing to say", [*asked, ("none of our intents", NOTHING)])
    intents |= {"action_id": INTENT}
    return [
        _input("What kind of wrong is it?", kinds, OBJECTION),
        {**_input("If it is not what they asked: what was?", intents, INTENT), "optional": True},
    ]


def _measures(card: Card) -> list[Block]:
    """What is done about it, where a runbook lists measures."""
    if not card.measures:
        return []
    listed = [(title, id) for id, title in card.measures]
    menu = _menu(MEASURE, "Nothing more", listed) | {"action_id": MEASURE}
    return [{**_input("What is done about it?", menu, MEASURE), "optional": True}]


def _asked_in_parts(card: Card) -> str:
    return "\n".join(f"“{words}” {asks}" for words, asks in card.parts)


def _steps(card: Card) -> list[Block]:
    """The runbook, if one applies: how grave it is, what to do, where others can object."""
    if not card.runbook:
        return []
    lines = [f"{n}. {step}" for n, step in enumerate(card.steps, 1)]
    lines.append(f"Whoever is {card.runbook_owner} answers for it.")
    if card.appeal_url:
        lines.append(f"Whoever is concerned can object, without an account: {card.appeal_url}")
    return _titled(
        f"Runbook: {shortened(whole(card.runbook), 60)} ({card.severity})", "\n".join(lines)
    )


def passing_on(card: Card) -> View:
    """To whom, and why."""
    options = [(title, id or LEADS) for id, title in card.pass_on]
    to = _menu(TEAM, "Who should look?", options) | {"action_id": TEAM}
    to |= {"initial_option": to["options"][0]}
    why = {"type": "plain_text_input", "action_id": REASON, "multiline": True, "max_length": 500}
    blocks = [
        make_block(make_quote(make_text(shortened(whole(card.asked), 900)))),
        _input("Who should look?", to, TEAM),
        _input("Why?", why),
        context("They see the reason on the card. The customer keeps the time they were told."),
    ]
    return _modal(Action.ESCALATE.value, card, "Pass it on", blocks, submit="Pass it on")


def told(title: str, words: str, kept: str = "") -> View:
    """The end of a matter, in words. `kept`: what the person had typed, to be copied."""
    blocks = [make_block(make_section(make_text(shortened(whole(words), _ROOM))))]
    if kept:
        blocks.append(make_block(make_section(make_text("Your text:", bold=True))))
        blocks += _quoted(kept)
    return {
        "type": "modal",
        "callback_id": f"{PREFIX}told",
        "title": _plain(title),
        "close": _plain("Close"),
        "blocks": blocks,
    }


def details(card: Card, people: Sequence[Person]) -> View:
    """Everything that the card leaves out."""
    blocks = [
        *_titled("Asked", f"{card.customer} · {card.where} · read by {card.readers}"),
        *_quoted(card.asked),
        *_titled(
            "Understood", "\n".join([card.understood, card.why] if card.why else [card.understood])
        ),
        *(_titled("In parts", _asked_in_parts(card)) if card.parts else []),
        *_steps(card),
    ]
    blocks += _handed(card)
    if card.past:
        blocks += _titled("Before this", "\n".join(card.past))
    if card.as_sent:
        blocks += _titled("As it will be sent", card.origin)
        blocks += [
            make_block(make_quote(*marked(part, card.marks, card.as_sent.find(part))))
            for part in pieces(whole(card.as_sent), _ROOM)[:_PARTS]
        ]
    if card.sources:
        named = [
            make_link(s.url, f"{whole(s.title)}, as of {format_date(s.as_of, 'd MMMM y', 'en')}")
            for s in card.sources
        ]
        blocks.append(
            make_block(make_section(make_text("Sources: "), *join_elements(named, " · ")))
        )
    if card.marks:
        lines = "\n".join(f"{finding_words(m)} ({m.rule})" for m in card.marks)
        blocks += _titled(f"Findings: {card.summary}", lines)
    blocks += _timeline(card.timeline)
    if card.entry_url:
        link = make_link(card.entry_url, "Its entry in the public record")
        blocks.append(make_block(make_section(link)))
    blocks += _more(card, people)
    return _modal("details", card, "Details", blocks)


def _handed(card: Card) -> list[Block]:
    """What the person got with the hand-over."""
    ways = "\n".join(f"{m.shape} {m.because} {m.instead}".strip() for m in card.rules)
    blocks = _titled("Rules", ways) if ways else []
    if (it := card.handed) is not None:
        if it.missing:
            blocks = [*_titled("⛔ Missing in the hand-over", "\n".join(it.missing)), *blocks]
        for title, lines in (
            ("Published, near to it", [f"{text} ({source})" for text, source, _ in it.facts]),
            ("Promised to this customer before", it.promised),
            ("Tried", it.tried),
            ("Told by itself", it.told),
            ("Language", (it.language,)),
        ):
            if lines:
                blocks += _titled(title, "\n".join(shortened(whole(x), 400) for x in lines))
    return [*blocks, *(_titled("Asked before", card.before) if card.before else [])]


def _more(card: Card, people: Sequence[Person]) -> list[Block]:
    """What is done less often than what has a button on the card."""
    row: list[Block] = []
    if Action.REDRAFT in card.actions and card.intents:
        scores = {intent: f" · {score}" for intent, _, score in card.candidates}
        options = [(title + scores.get(intent, ""), intent) for intent, title in card.intents]
        row.append(_menu(REDRAFT, "Draft for …", options))
    if Action.TAG in card.actions and card.intents:
        asked = [(title, intent) for intent, title in card.intents[:99]]
        row.append(_menu(TAG, "It was asked …", [*asked, ("none of our intents", NOTHING)]))
    if Action.ASSIGN in card.actions and people:
        row.append(_menu(ASSIGN, "Give it to …", [(p.name or p.id, p.id) for p in people]))
    if Action.RELEASE in card.actions:
        row.append(button(card, Action.RELEASE.value, "Give back"))
    if Action.ESCALATE in card.actions and card.pass_on:
        row.append(button(card, Action.ESCALATE.value, "Pass on…"))
    if Action.IGNORE in card.actions:
        row.append(button(card, Action.IGNORE.value, "No reply needed"))
    return [{"type": "actions", "elements": row}] if row else []


def _menu(action: str, label: str, options: Sequence[tuple[str, str]]) -> Block:
    return {
        "type": "static_select",
        "action_id": PREFIX + action,
        "placeholder": _plain(label),
        "options": [
            {"text": _plain(shortened(whole(words), 75)), "value": value}
            for words, value in options[:100]
            if len(value) <= 150
        ],
    }


def _timeline(happenings: tuple[Line, ...]) -> list[Block]:
    if not happenings:
        return []
    elements: list[Block] = [make_text("What happened", bold=True)]
    if len(happenings) > _TIMELINE:
        elements.append(make_text(f"\n… {len(happenings) - _TIMELINE} earlier lines on the desk"))
    for each in happenings[-_TIMELINE:]:
        date = {
            "type": "date",
            "timestamp": int(each.at.timestamp()),
            "format": "{date_short_pretty} {time}",
            "fallback": f"{format_datetime(each.at, 'd MMM HH:mm', locale='en')} UTC",
        }
        what = shortened(whole(f"  {each.who}: {each.what}"), 200)
        elements += [make_text("\n"), date, make_text(what)]
    return [make_block(make_section(*elements))]


def _titled(title: str, words: str) -> list[Block]:
    shown = shortened(whole(words), _ROOM)
    body = [make_text(f"\n{shown}")] if shown else []
    return [make_block(make_section(make_text(title, bold=True), *body))]


def _quoted(text: str) -> list[Block]:
    parts = pieces(whole(text), _ROOM)[:_PARTS]
    return [make_block(make_quote(make_text(part))) for part in parts if part]


def _input(label: str, element: Block, name: str = "input") -> Block:
    return {"type": "input", "block_id": name, "label": _plain(label), "element": element}


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def _modal(name: str, card: Card, title: str, blocks: list[Block], submit: str = "") -> View:
    view: View = {
        "type": "modal",
        "callback_id": PREFIX + name,
        "private_metadata": json.dumps({"e": card.engagement, "d": card.digest}),
        "title": _plain(title),
        "close": _plain("Cancel" if submit else "Close"),
        "blocks": blocks,
        "notify_on_close": name == "edit",
    }
    return {**view, "submit": _plain(submit)} if submit else view
