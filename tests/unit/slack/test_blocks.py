"""Any card whatever fits into what Slack shows, by Slack's own rules, and holds no mark-up."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards.card import Card, Handed, Line, Mark
from bot.cards.decisions import Action
from bot.model import Source, State
from handlers.channels.slack.blocks.block_limits import faults
from handlers.channels.slack.cards import card_blocks as cards
from handlers.channels.slack.cards import modals
from handlers.channels.slack.cards.home_blocks import home
from tests.fakes.slack.rules import SlackError, check_message, check_view, seen
from tests.slackside import PEOPLE

AT = datetime(2026, 10, 5, 10, 42, tzinfo=UTC)
texts = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["", "<!channel>", "&amp;", "\n\n", " ", "🥾" * 400, "word " * 800, "x" * 9_000]
    ),
)
short = st.text(max_size=30)


lines = st.lists(texts, max_size=9).map(tuple)
handed = st.builds(
    Handed,
    rules=st.just(()),
    facts=st.lists(st.tuples(texts, texts, short), max_size=6).map(tuple),
    promised=lines,
    tried=lines,
    told=lines,
    language=short,
    turns=st.just(1),
    missing=lines,
)


@st.composite
def any_card(draw: st.DrawFn) -> Card:
    sent = draw(texts)
    marks = draw(
        st.lists(
            st.builds(
                Mark,
                shape=st.just("⛔"),
                word=short,
                because=texts,
                instead=texts,
                words=short,
                start=st.integers(0, 200),
                end=st.integers(0, 200),
                rule=short,
            ),
            max_size=9,
        )
    )
    happened = st.builds(Line, at=st.just(AT), who=short, what=texts)
    return Card(
        engagement="e1",
        state=draw(st.sampled_from(State)),
        shape="●",
        status=draw(short),
        headline=draw(texts),
        customer=draw(short),
        where=draw(texts),
        readers=draw(short),
        asked=draw(texts),
        at=AT.isoformat(),
        due=draw(short),
        due_at=AT.isoformat(),
        late=draw(st.booleans()),
        understood=draw(short),
        candidates=tuple(draw(st.lists(st.tuples(st.just("intent"), texts, short), max_size=4))),
        why=draw(texts),
        body=draw(st.one_of(st.just(sent), texts)),
        origin=draw(texts),
        as_sent=sent,
        sources=(Source(draw(short), "https://trailhead.example/r", date(2026, 10, 1)),),
        marks=tuple(marks),
        summary=draw(short),
        digest="d" * 64,
        owner=draw(short),
        stale=draw(st.booleans()),
        undo_left=draw(st.none() | st.floats(0, 60)),
        actions=tuple(draw(st.sets(st.sampled_from(Action)))),
        timeline=tuple(draw(st.lists(happened, max_size=40))),
        entry_url="https://trailhead.example/record/x",
        version=1,
        severity=draw(short),
        runbook=draw(texts),
        steps=tuple(draw(st.lists(texts, max_size=9))),
        runbook_owner=draw(short),
        measures=tuple((f"m{n}", f"{n} {draw(texts)}") for n in range(draw(st.integers(0, 4)))),
        appeal_url=draw(st.sampled_from(["", "https://trailhead.example/record/x/wrong"])),
        team=draw(texts),
        urgency=draw(short),
        escalated=draw(texts),
        before=draw(texts),
        rules=tuple(marks),
        handed=draw(st.none() | handed),
        pass_on=(("", "the leads"), ("orders", draw(short) or "Orders")),
    )


def accepted(message: dict[str, object]) -> bool:
    try:
        check_message(message)
    except SlackError:
        return False
    return True


@pytest.mark.slow
@given(any_card(), short)
@settings(max_examples=60, deadline=None)
def test_any_card_is_a_message_that_slack_takes(card: Card, editing: str) -> None:
    message = cards.message(card, editing)
    assert faults(message) == []
    check_message(message)
    assert seen(message["blocks"]).mentions == []
    assert seen(message["blocks"]).links == []
    check_message(cards.too_large(card))


@pytest.mark.slow
@given(any_card(), texts)
@settings(max_examples=60, deadline=None)
def test_any_card_makes_modals_that_slack_takes(card: Card, typed: str) -> None:
    for view in (
        modals.details(card, PEOPLE),
        modals.editor(card, typed, typed),
        modals.editor(card, card.body),
        modals.reason(card, Action.REJECT),
        modals.reason(card, Action.IGNORE),
        modals.passing_on(card),
        modals.told("Not done", typed or "so", typed),
    ):
        assert faults(view) == []
        check_view(view)
        assert seen(view["blocks"]).mentions == []


@pytest.mark.slow
@given(st.lists(any_card(), max_size=50), st.integers(-3, 9), texts)
@settings(max_examples=20, deadline=None)
def test_any_queue_makes_a_home_that_slack_takes(queue: list[Card], page: int, banner: str) -> None:
    view = home(queue[:10], queue[10:], 3, banner, page)
    assert faults(view) == []
    check_view(view)


SECTION = {"type": "section", "text": {"type": "plain_text", "text": "x"}}


def message(*blocks: dict[str, object]) -> dict[str, object]:
    return {"text": "x", "blocks": list(blocks)}


def button(**fields: object) -> dict[str, object]:
    made = {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "x"}}
    return {"type": "actions", "elements": [{**made, **fields}]}


def rich(text: str) -> dict[str, object]:
    inner = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [inner]}


TOO_MUCH = {
    "51 blocks": message(*[SECTION] * 51),
    "a section of 3,001": message(
        {"type": "section", "text": {"type": "plain_text", "text": "x" * 3001}}
    ),
    "a header of 151": message(
        {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}
    ),
    "a button of 76": message(button(text={"type": "plain_text", "text": "x" * 76})),
    "a value of 2,001": message(button(value="x" * 2001)),
    "an action_id of 256": message(button(action_id="x" * 256)),
    "a block_id of 256": message({**SECTION, "block_id": "x" * 256}),
    "a block_id twice": message({**SECTION, "block_id": "b"}, {**SECTION, "block_id": "b"}),
    "26 actions": message({"type": "actions", "elements": button()["elements"] * 26}),  # type: ignore[operator]
    "13,201 characters": message(*[rich("x" * 2400)] * 5, rich("x" * 1201)),
    "an empty text": message({"type": "section", "text": {"type": "plain_text", "text": ""}}),
    "emoji count twice": message(
        {"type": "header", "text": {"type": "plain_text", "text": "🥾" * 76}}
    ),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_slack_refuses_is_seen_before(name: str) -> None:
    """Both lists were written apart; here they agree."""
    assert not accepted(TOO_MUCH[name])
    assert faults(TOO_MUCH[name]) != []


AT_THE_LIMIT = {
    "50 blocks": message(*[SECTION] * 50),
    "a section of 3,000": message(
        {"type": "section", "text": {"type": "plain_text", "text": "x" * 3000}}
    ),
    "a button at its limits": message(
        button(text={"type": "plain_text", "text": "x" * 75}, value="x" * 2000, action_id="x" * 255)
    ),
    "13,200 characters": message(*[rich("x" * 2400)] * 5, rich("x" * 1200)),
}


@pytest.mark.parametrize("name", AT_THE_LIMIT)
def test_what_slack_takes_is_let_through(name: str) -> None:
    assert accepted(AT_THE_LIMIT[name])
    assert faults(AT_THE_LIMIT[name]) == []


def view(**fields: object) -> dict[str, object]:
    title = {"type": "plain_text", "text": "x"}
    return {"type": "modal", "title": title, "blocks": [SECTION], **fields}


@pytest.mark.parametrize(
    "wrong",
    [
        view(private_metadata="x" * 3001),
        view(title={"type": "plain_text", "text": "x" * 25}),
        view(callback_id="x" * 256),
        view(blocks=[SECTION] * 101),
        {"type": "home", "blocks": [SECTION] * 101},
        view(blocks=[rich("x" * 2_700)] * 99),
        view(
            submit={"type": "plain_text", "text": "x"},
            blocks=[
                {
                    "type": "input",
                    "label": {"type": "plain_text", "text": "x"},
                    "element": {
                        "type": "plain_text_input",
                        "action_id": "a",
                        "initial_value": "x" * 3001,
                    },
                }
            ],
        ),
    ],
)
def test_views_that_slack_refuses_are_seen_before(wrong: dict[str, object]) -> None:
    assert faults(wrong) != []
    with pytest.raises(SlackError):
        check_view(wrong)
