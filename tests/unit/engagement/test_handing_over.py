"""Every hand-over finds a team, sets a time, tells the customer, and gives a whole packet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.brand.teams import Team
from bot.engagement.effects import Alarm, Append, Cancel, Notify, Publish
from bot.engagement.handing_over import (
    assign_owner,
    assign_team,
    cancel_planned,
    close,
    give_packet,
    hand_over,
    hand_over_by_rule,
    leave_peers,
    withdraw_proposal,
)
from bot.knowledge import Knowledge
from bot.model import (
    Actor,
    Clock,
    Context,
    Engagement,
    Finding,
    Happened,
    Outcome,
    Reason,
    State,
    Unclear,
    Understanding,
    Why,
    verdict_of,
)
from bot.record.entry import EntryKind
from tests.unit.engagement.building import (
    ADA,
    BEN,
    BRAND,
    CARE,
    CARE_HOURS,
    DUE,
    HOUR,
    KNOWLEDGE,
    LAW,
    LOOKED,
    MINUTE,
    NOW,
    VIC,
    approved,
    ask,
    in_state,
    message,
    play,
    reading,
    understood,
    waiting,
    with_brand,
    with_person,
)

WHY = Reason(Why.OWN_CASE)
READ = Understanding(reading(), LOOKED)
LATER = NOW + 10 * MINUTE


def handed(it: Engagement, cause: str = "no-draft", owner: str = "", **more: object):
    knowledge = more.get("knowledge", KNOWLEDGE)
    at = more.get("at", LATER)
    return hand_over(it, it, at, WHY, cause, knowledge, owner)


def read(**more: object) -> Engagement:
    return replace(ask(), **{"understanding": READ, **more})


# hand over


def test_a_person_has_it_the_customer_hears_so_and_the_record_says_so() -> None:
    after, effects = handed(read())
    assert after.state is State.PERSON
    assert (after.handling.why, after.handling.cause) == (WHY, "no-draft")
    assert effects == (Notify("no-draft"), Append(EntryKind.HANDED_OVER, WHY))
    line = after.timeline[-1]
    assert (line.at, line.actor, line.what, line.reason) == (
        LATER,
        Actor.SOFTWARE,
        Happened.HANDED_OVER,
        WHY,
    )
    assert after.handling.packet is not None
    assert after.understanding.verdict is not None
    assert after.clock == Clock(DUE)


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("as it is", True),
        ("hushed", False),
        ("owned", False),
        ("overheard", False),
        ("chosen", True),
    ],
)
def test_only_who_spoke_to_us_is_told_and_only_while_nobody_has_it(how: str, told: bool) -> None:
    it = read()
    if how == "hushed":
        it = replace(it, handling=replace(it.handling, hushed=True))
    if how == "owned":
        it = replace(it, handling=it.handling.claim("ada"))
    if how in ("overheard", "chosen"):
        unheard = Understanding(reading(addressed=False), LOOKED)
        it = replace(it, understanding=unheard, chosen=how == "chosen")
    _, effects = handed(it)
    assert (Notify("no-draft") in effects) is told
    assert Append(EntryKind.HANDED_OVER, WHY) in effects


def test_who_had_it_has_it_still() -> None:
    assert handed(read(handling=read().handling.claim("ben")))[0].handling.owner == "ben"


def test_who_it_is_given_to_by_name_has_it() -> None:
    had = read(handling=read().handling.claim("ben"))
    assert handed(had, owner="ada")[0].handling.owner == "ada"


@pytest.mark.parametrize(
    ("due", "late"), [(LATER - MINUTE, True), (LATER, True), (LATER + MINUTE, False)]
)
def test_handed_over_late_the_customer_is_told_another_time(due: object, late: bool) -> None:
    """A time that is over already cannot be promised; it counts as missed."""
    it = read(clock=Clock(due), notices=("later",))
    after, _ = handed(it)
    again = NOW + 4 * HOUR + 10 * MINUTE
    assert after.clock == (Clock(again, late=True) if late else Clock(due))


def test_the_late_time_is_by_the_hours_of_its_team() -> None:
    it = read(clock=Clock(LATER), notices=("later",))
    after, _ = handed(it, "needs-person")
    assert after.clock == Clock(LATER + HOUR, late=True)


# by a rule


def _found(rule: str, runbook: str = "", outcome: Outcome = Outcome.HANDOFF) -> Finding:
    return Finding(rule, outcome, "It is so.", runbook=runbook)


def by_rule(*findings: Finding) -> tuple[Engagement, tuple[object, ...]]:
    it = read(understanding=READ.judge(verdict_of(findings, "h")))
    return hand_over_by_rule(it, it, LATER, findings[0], KNOWLEDGE)


@pytest.mark.parametrize(
    ("findings", "runbook", "told"),
    [
        ((_found("house/rude", "abuse"),), "abuse", True),
        ((_found("house/burning", "fire"),), "fire", False),  # its runbook: no notice
        ((_found("house/odd", "gone"),), "", True),
        ((_found("house/rude", "abuse"), _found("house/loop")), "abuse", False),
        ((_found("house/rude", "abuse"), _found("house/back-and-forth")), "abuse", False),
        ((_found("house/rude"), _found("house/loop", outcome=Outcome.NOTE)), "", True),
    ],
)
def test_under_its_runbook_and_silent_where_a_notice_would_harm(
    findings: tuple[Finding, ...], runbook: str, told: bool
) -> None:
    after, effects = by_rule(*findings)
    assert (after.handling.runbook, after.handling.hushed) == (runbook, not told)
    assert after.handling.why == Reason(Why.RULE, {"rule": findings[0].rule})
    cause = findings[0].rule.removeprefix("house/")
    assert after.handling.cause == cause
    assert (Notify(cause) in effects) is told


def test_without_a_verdict_nothing_silences_it() -> None:
    it = read()
    after, _ = hand_over_by_rule(it, it, LATER, _found("house/rude"), KNOWLEDGE, "ada")
    assert (after.handling.owner, after.handling.hushed) == ("ada", False)


# the team and the time


@pytest.mark.parametrize(
    ("cause", "intent", "team"),
    [("lawyer", "returns", "law"), ("x", "refund", "care"), ("x", "returns", "")],
)
def test_the_team_that_takes_it_by_cause_or_intent(cause: str, intent: str, team: str) -> None:
    it = read(understanding=Understanding(reading(intent)))
    assert assign_team(it, cause, NOW, KNOWLEDGE).handling.team == team


def test_where_a_person_chose_the_team_it_stays() -> None:
    it = read(handling=replace(read().handling, team="law", placed=True))
    assert assign_team(it, "needs-person", NOW, KNOWLEDGE).handling.team == "law"


def test_a_chosen_team_that_is_gone_is_found_anew() -> None:
    it = read(handling=replace(read().handling, team="gone", placed=True))
    assert assign_team(it, "lawyer", NOW, KNOWLEDGE).handling.team == "law"


def test_a_team_that_nobody_chose_is_found_anew() -> None:
    it = read(handling=replace(read().handling, team="law"))
    assert assign_team(it, "needs-person", NOW, KNOWLEDGE).handling.team == "care"


@pytest.mark.parametrize(
    ("changes", "moves"),
    [
        ({}, True),
        ({"notices": ("no-draft",)}, False),
        ({"clock": Clock(DUE, late=True)}, False),
        ({"clock": Clock(DUE, answered=NOW)}, False),
    ],
    ids=["as it is", "told", "late", "answered"],
)
def test_a_time_that_the_customer_was_told_stays(changes: dict[str, object], moves: bool) -> None:
    after = assign_team(read(**changes), "needs-person", NOW, KNOWLEDGE)
    assert after.clock.due == (NOW + HOUR if moves else DUE)


def test_a_time_runs_from_when_they_asked() -> None:
    after = assign_team(read(), "needs-person", NOW + 30 * MINUTE, KNOWLEDGE)
    assert after.clock.due == NOW + HOUR


# the owner


def _loaded(load: tuple[tuple[str, int], ...], team: str = "care") -> Engagement:
    known = Understanding(reading(), replace(LOOKED, load=load))
    return read(understanding=known, handling=replace(read().handling, team=team))


@pytest.mark.parametrize(
    ("load", "owner"),
    [
        ((), "ben"),  # Vic, listed before, may only look
        ((("ben", 2), ("ada", 1), ("lea", 3)), "ada"),
        ((("ben", 1), ("ada", 1), ("lea", 1)), "ben"),
    ],
)
def test_who_of_the_team_is_least_busy_is_given_it(
    load: tuple[tuple[str, int], ...], owner: str
) -> None:
    after = assign_owner(_loaded(load), "", LATER, KNOWLEDGE)
    assert after.handling.owner == owner
    line = after.timeline[-1]
    assert (line.at, line.actor, line.what, line.about) == (
        LATER,
        Actor.SOFTWARE,
        Happened.GIVEN_TO,
        {"to": owner},
    )


def test_other_teams_name_nobody() -> None:
    for team in ("law", "", "gone"):
        it = _loaded((), team)
        assert assign_owner(it, "", NOW, KNOWLEDGE) is it


def test_a_team_of_nobody_who_may_decide_names_nobody() -> None:
    lookers = with_brand(teams=(replace(CARE, people=("vic",)),))
    it = _loaded(())
    assert assign_owner(it, "", NOW, lookers) is it


def test_who_is_named_is_not_asked_for() -> None:
    after = assign_owner(_loaded(()), "lea", NOW, KNOWLEDGE)
    assert (after.handling.owner, after.timeline) == ("lea", read().timeline)


# the packet


def test_the_packet_says_all_that_a_person_needs() -> None:
    it = read(handling=read().handling.hand_over(WHY, "needs-person"), state=State.PERSON)
    after, effects = give_packet(ask(), it, LATER, KNOWLEDGE)
    packet = after.handling.packet
    assert packet is not None
    assert (packet.at, packet.cause, packet.why, packet.due) == (LATER, "needs-person", WHY, DUE)
    assert (packet.asks, packet.turns) == (("m1@0",), ("m0", "m1"))
    assert (packet.language, packet.locale, packet.missing) == ("en", "en", ())
    assert packet.facts == ("returns.window",)
    assert effects == ()
    assert after.timeline == it.timeline


@pytest.mark.parametrize("part", ["turns", "promised"])
def test_a_part_that_is_missing_is_said_aloud(part: str) -> None:
    lost = Understanding(reading(), replace(LOOKED, **{part: None}))
    it = with_person()
    it = replace(it, understanding=lost, handling=replace(it.handling, packet=None))
    after, effects = give_packet(ask(), it, LATER, KNOWLEDGE)
    packet = after.handling.packet
    assert packet is not None
    assert [one.about["part"] for one in packet.missing] == [part]
    assert effects == (Alarm(packet.missing),)
    line = after.timeline[-1]
    assert (line.at, line.actor, line.what, line.about) == (
        LATER,
        Actor.SOFTWARE,
        Happened.INCOMPLETE,
        {"parts": part},
    )


def test_what_is_still_missing_is_not_said_again() -> None:
    lost = Understanding(reading(), Context())
    before, _ = give_packet(ask(), replace(with_person(), understanding=lost), NOW, KNOWLEDGE)
    more = replace(before, messages=(*before.messages, message("Well?", "m2")))
    after, effects = give_packet(before, more, LATER, KNOWLEDGE)
    assert effects == ()
    assert after.handling.packet is not None
    assert after.handling.packet.asks == ("m1@0", "m2@0")
    worse = replace(more, understanding=Understanding(reading(), replace(LOOKED, turns=None)))
    _, effects = give_packet(before, worse, LATER, KNOWLEDGE)
    assert len(effects) == 1  # other parts


@pytest.mark.parametrize("how", ["another reason", "another message", "from elsewhere"])
def test_what_changes_what_they_need_gives_another_packet(how: str) -> None:
    before = with_person()
    after = before
    if how == "another reason":
        after = replace(before, handling=before.handling.explain(WHY))
    if how == "another message":
        after = replace(before, messages=(message("Other words", revision=1),))
    if how == "from elsewhere":
        before = in_state(State.WAITING)
    given, _ = give_packet(before, after, LATER, KNOWLEDGE)
    assert given.handling.packet is not None
    assert given.handling.packet.at == LATER


def test_what_changes_nothing_of_it_leaves_the_packet() -> None:
    before = with_person()
    after = replace(before, handling=before.handling.claim("ada"))
    assert give_packet(before, after, LATER, KNOWLEDGE) == (after, ())


def test_only_a_person_gets_a_packet() -> None:
    it = waiting()
    assert give_packet(ask(), it, LATER, KNOWLEDGE) == (it, ())


def test_who_takes_what_is_unread_gets_it_as_it_is() -> None:
    it = replace(ask(), state=State.PERSON)
    assert give_packet(ask(), it, LATER, KNOWLEDGE) == (it, ())
    given, effects = give_packet(
        ask(), replace(it, handling=it.handling.hand_over(WHY, "no-draft")), LATER, KNOWLEDGE
    )
    assert given.handling.packet is not None
    assert len(effects) == 1


def test_what_was_not_judged_is_judged_for_it() -> None:
    it = replace(with_person("A present"), understanding=READ)
    after, _ = give_packet(ask(), it, LATER, KNOWLEDGE)
    assert after.handling.packet is not None
    assert [f.rule for f in after.handling.packet.rules] == ["house/gift"]


def test_what_was_judged_is_not_judged_again() -> None:
    """Its words may have been taken out of it."""
    verdict = verdict_of((_found("house/once"),), "h")
    it = replace(with_person(), understanding=READ.judge(verdict))
    after, _ = give_packet(ask(), it, LATER, KNOWLEDGE)
    assert after.understanding.verdict == verdict


# the end


def test_an_end_without_a_reply_is_logged_as_a_decision() -> None:
    before = waiting("It is expensive.")
    after, effects = close(
        before, LATER, WHY, (Cancel("d"),), actor=Actor.PERSON, person="ada", measure="hide"
    )
    assert (after.state, after.handling.why) == (State.CLOSED, WHY)
    assert after.proposal == before.proposal.close()
    assert effects == (Cancel("d"), Append(EntryKind.CLOSED, WHY, "hide"), Publish())
    line = after.timeline[-1]
    assert (line.at, line.actor, line.what, line.person, line.reason) == (
        LATER,
        Actor.PERSON,
        Happened.CLOSED,
        "ada",
        WHY,
    )


def test_only_what_is_approved_can_be_called_back() -> None:
    it = approved()
    assert cancel_planned(it) == (Cancel(it.proposal.delivery),)
    assert cancel_planned(replace(it, state=State.SENDING)) == ()
    assert cancel_planned(withdraw_proposal(it)) == ()


def test_a_withdrawn_proposal_keeps_its_text() -> None:
    it = approved()
    after = withdraw_proposal(it)
    assert after == replace(it, proposal=it.proposal.withdraw())


@pytest.mark.parametrize("state", State)
def test_only_leaving_peers_sets_another_time(state: State) -> None:
    it = in_state(state)
    after = leave_peers(it, LATER, KNOWLEDGE)
    if state is not State.PEERS:
        assert after is it
        return
    assert after == replace(it, clock=Clock(LATER + 4 * HOUR))


# a case through all of it


def _care_of_all(least_busy: bool) -> Knowledge:
    team = Team("all", "All", ("vic", "ada", "ben"), hours=CARE_HOURS, least_busy=least_busy)
    return replace(KNOWLEDGE, brand=replace(BRAND, teams=(LAW, team), people=(VIC, ADA, BEN)))


@pytest.mark.parametrize(("least_busy", "owner"), [(True, "ada"), (False, "")])
def test_from_reading_to_a_person_by_name(least_busy: bool, owner: str) -> None:
    after = play(
        ask(),
        understood(unclear=Unclear.AMBIGUOUS, candidates=()),
        knowledge=_care_of_all(least_busy),
    )
    assert (after.handling.team, after.handling.owner) == ("all", owner)
    assert after.clock.due == NOW + HOUR
