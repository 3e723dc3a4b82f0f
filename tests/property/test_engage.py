"""Any event in any state gives an answer; nothing goes out that nobody decided.

Random lives of an engagement, with people who may and may not decide, right and wrong digests,
clean and forbidden words, readings of every kind.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engagement.effects import Effect, Notify, Plan
from bot.engagement.states import LIFE
from bot.engagement.step import step
from bot.model import (
    Audience,
    Author,
    Clock,
    Draft,
    Engagement,
    Message,
    Objection,
    Outcome,
    PeerWords,
    Person,
    Place,
    Reading,
    Reason,
    State,
    Unclear,
    Why,
)
from bot.model import events as e
from bot.model.reply import address, digest
from tests.shop import ADA, MILAN, NOOR, NOW, knowledge

PLACES = {
    "web": Place("web", "", "t1"),
    "slack-community": Place("slack-community", "C1", "1.2"),
}
BODIES = (
    "You can return it.",
    "Here is 30% off, just for you.",
    " ",
    "Mail me: ann@example.org",
    "\x00{{ 1 }}",
)
INTENTS = ("return-item", "store-hours", "no-such-intent")

people = st.sampled_from([ADA, MILAN, NOOR])
drafts = st.builds(
    Draft, st.sampled_from(BODIES), st.just("en"), st.just("return-item"), st.just("t")
)
teams = st.sampled_from(["", "nobody", *(team.id for team in knowledge().brand.teams)])
texts = st.one_of(
    st.sampled_from(["Can I return boots?", "my lawyer will call"]), st.text(max_size=60)
)


def fresh(channel: str) -> Engagement:
    place = PLACES[channel]
    return Engagement(
        id="e1",
        place=place,
        audience=knowledge().brand.channels[channel].audience,
        customer=Author("c1", "Jonas"),
        messages=(),
        state=State.ARRIVED,
        opened=NOW,
        clock=Clock(NOW + timedelta(hours=4)),
        entry=address("e1", 0),
        first_contact=True,
    )


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    unclear = draw(st.one_of(st.none(), st.sampled_from(list(Unclear))))
    return Reading(
        intent=None if unclear else draw(st.sampled_from(INTENTS)),
        score=0.9,
        unclear=unclear,
        language=draw(st.sampled_from(["en", "de", "xx", ""])),
        addressed=draw(st.booleans()),
        explicit=True,
    )


@st.composite
def happenings(draw: st.DrawFn, now: Engagement, turn: int) -> e.Event:
    """Something that may happen next, sensible or not."""
    at = NOW + timedelta(minutes=turn)
    person = draw(people)
    seen = draw(st.sampled_from([now.proposal.digest, now.proposal.digest, "another"]))
    message = Message(f"m{turn % 3}", now.place, now.customer, draw(texts), at, revision=turn)
    some: dict[type[e.Event], e.Event] = {
        e.MessageArrived: e.MessageArrived(at, message),
        e.MessageEdited: e.MessageEdited(at, message),
        e.MessageDeleted: e.MessageDeleted(at, message.id),
        e.StaffSpoke: e.StaffSpoke(at, ADA),
        e.PeerSpoke: e.PeerSpoke(at, PeerWords(f"p{turn}", "c2", "Sam", draw(st.booleans()))),
        e.Understood: e.Understood(at, draw(readings())),
        e.NotUnderstood: e.NotUnderstood(at, "broken"),
        e.Drafted: e.Drafted(at, draw(drafts)),
        e.CouldNotDraft: e.CouldNotDraft(at, "no fact"),
        e.DuePassed: e.DuePassed(at),
        e.KnowledgeChanged: e.KnowledgeChanged(
            at, "v2", draw(st.one_of(st.none(), drafts)), "no fact"
        ),
        e.Approved: e.Approved(at, person, seen),
        e.Edited: e.Edited(at, person, draw(st.sampled_from(BODIES)), seen),
        e.Rejected: e.Rejected(
            at,
            person,
            "no",
            seen,
            draw(st.sampled_from(list(Objection))),
            draw(st.sampled_from(["", *INTENTS])),
        ),
        e.TakenOver: e.TakenOver(at, person),
        e.Assigned: e.Assigned(at, person, draw(people)),
        e.Released: e.Released(at, person),
        e.Escalated: e.Escalated(at, person, draw(st.sampled_from(["", "why"])), draw(teams)),
        e.Redraft: e.Redraft(at, person, draw(st.sampled_from(["", *INTENTS]))),
        e.Tagged: e.Tagged(at, person, draw(st.sampled_from([e.NOTHING, *INTENTS]))),
        e.Ignored: e.Ignored(at, person, "spam"),
        e.Undone: e.Undone(at, person),
        e.Resolved: e.Resolved(at, person, draw(st.booleans())),
        e.SendNow: e.SendNow(at, person),
        e.UndoElapsed: e.UndoElapsed(at),
        e.SendStarted: e.SendStarted(at),
        e.SendReturned: e.SendReturned(at, Reason(Why.BYTES_DIFFER)),
        e.Delivered: e.Delivered(at, "r1"),
        e.SendFailed: e.SendFailed(at, "no", draw(st.booleans())),
        e.SendUnknown: e.SendUnknown(at, "lost"),
        e.NotFound: e.NotFound(at),
        e.CannotLook: e.CannotLook(at, "no rights"),
    }
    likely = [kind for kind in LIFE[now.state] if kind in some]
    kind = draw(st.sampled_from([*likely, *likely, *likely, *some]))
    return some[kind]


def decided(before: Engagement, event: e.Event, after: Engagement, plan: Plan) -> None:
    """What has to be true of every reply that may go out."""
    person = getattr(event, "person", None)
    assert isinstance(person, Person)
    assert person.may_decide
    assert isinstance(event, e.Approved | e.Edited)
    assert event.digest == before.proposal.digest
    assert after.proposal.candidate is not None
    assert after.proposal.verdict is not None
    assert plan.reply == after.proposal.candidate
    assert plan.digest == digest(after.proposal.candidate) == after.proposal.digest
    assert after.proposal.verdict.outcome is not Outcome.BLOCK
    assert len({a.person for a in after.proposal.approvals}) >= after.proposal.verdict.approvers
    assert set(after.proposal.candidate.answers) == {f"{m.id}@{m.revision}" for m in after.messages}


@settings(max_examples=120, deadline=None)
@given(st.data(), st.sampled_from(list(PLACES)))
def test_any_life_gives_an_answer_and_only_decisions_send(
    data: st.DataObject, channel: str
) -> None:
    now = fresh(channel)
    for turn in range(data.draw(st.integers(1, 14))):
        event = data.draw(happenings(now, turn))
        after, effects = step(now, event, knowledge())
        changed = after.state is not now.state
        assert not changed or after.state in LIFE[now.state][type(event)] | {State.PERSON}
        assert (after.version == now.version) == (after is now)
        if getattr(event, "person", None) is NOOR:
            assert after is now
        check_effects(now, event, after, effects)
        check_hand_over(now, after)
        now = after


def check_effects(
    before: Engagement, event: e.Event, after: Engagement, effects: tuple[Effect, ...]
) -> None:
    for effect in effects:
        if isinstance(effect, Plan):
            decided(before, event, after, effect)
        if isinstance(effect, Notify):
            by_platform = any(m.direct or m.mention or m.reply for m in after.messages)
            by_words = (
                after.understanding.reading is not None and after.understanding.reading.addressed
            )
            assert after.chosen or by_platform or by_words


def check_hand_over(before: Engagement, after: Engagement) -> None:
    """Whoever is given it gets a packet, unless nobody has read it yet; and nothing broke."""
    handling, known = after.handling, after.understanding
    if after.state is State.PERSON and before.state is not State.PERSON:
        assert handling.packet is not None or (known.reading is None and not handling.cause)
    assert handling.why is None or handling.why.why is not Why.FAILED


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_what_is_overheard_waits_for_a_person(text: str) -> None:
    now = fresh("slack-community")
    message = Message("m1", now.place, now.customer, text, NOW)
    now, _ = step(now, e.MessageArrived(NOW, message), knowledge())
    heard = Reading("return-item", 0.99, None, "en", addressed=False, explicit=True)
    after, effects = step(now, e.Understood(NOW, heard), knowledge())
    assert after.state is State.OVERHEARD
    assert effects == ()


def test_a_new_message_withdraws_an_approval() -> None:
    now = fresh("web")
    ask = Message("m1", now.place, now.customer, "Can I return boots?", NOW, direct=True)
    reading = Reading("return-item", 0.99, None, "en", addressed=True, explicit=True)
    draft = Draft("Our software drafts this.", "en", "return-item", "t")
    for event in (e.MessageArrived(NOW, ask), e.Understood(NOW, reading), e.Drafted(NOW, draft)):
        now, _ = step(now, event, knowledge())
    now, effects = step(now, e.Approved(NOW, ADA, now.proposal.digest), knowledge())
    assert now.state is State.APPROVED
    assert any(isinstance(effect, Plan) for effect in effects)
    more = e.MessageArrived(NOW, replace(ask, id="m2", text="Wait, something else"))
    after, effects = step(now, more, knowledge())
    assert after.state is State.ARRIVED
    assert [type(effect).__name__ for effect in effects] == ["Cancel"]
    assert after.proposal.digest == ""


def test_nobody_is_private_in_public() -> None:
    """The web chat is private and Slack's community is not: the tests above cover both."""
    audiences = {name: knowledge().brand.channels[name].audience for name in PLACES}
    assert audiences["web"] is Audience.PRIVATE
    assert audiences["slack-community"] is Audience.MEMBERS
