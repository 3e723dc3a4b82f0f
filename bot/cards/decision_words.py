"""What a person hears of their decision, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.cards.reason_words import Speaker, name_person, say_actor, say_happening
from bot.cards.wording import STATUS, ago
from bot.engagement.effects import Answer, Tell
from bot.knowledge import Knowledge
from bot.model import Actor, Engagement, Happening, Verdict

WORDS: Mapping[Answer, str] = {
    Answer.NOT_THE_TEXT_SEEN: (
        "Nothing changed: the text is no longer the one you saw. Please read it again. {late}"
    ),
    Answer.CHANGED_MEANWHILE: (
        "Nothing was sent: somebody changed this meanwhile. Your text is kept here. {late}"
    ),
    Answer.BLOCKED: "Blocked: {because} Nobody can send this text; change it.",
    Answer.NEW_FINDINGS: (
        "The rules have changed since you read it; there are new findings. Please look again."
    ),
    Answer.OWN_WORDS: ("These are your own words: the rule wants somebody else to approve them."),
    Answer.APPROVED_ALREADY: "You have approved this already; it needs one more person.",
    Answer.NO_TEXT: "There is no text to send yet.",
    Answer.PICK_AN_INTENT: "Say what the customer asks: pick an intent for the draft.",
    Answer.PICK_WHAT_WAS_ASKED: "Say what the customer asked: pick an intent.",
    Answer.SAY_WHY_CLOSED: "Say why it needs no answer; the reason stays on the record.",
    Answer.NO_SUCH_MEASURE: "Nothing changed: “{measure}” is no measure here.",
    Answer.SOMEBODY_WAS_FIRST: "Nothing changed: {owner} was first and has it{since}.",
    Answer.MAY_NOT_BE_GIVEN: ("{to} may not decide{role}; give it to somebody who may."),
    Answer.NOBODY_HAS_IT: "Nothing changed: nobody has it.",
    Answer.OTHERS_HAVE_IT: (
        "Nothing changed: {owner} has it, and only they or a lead give it back."
    ),
    Answer.SAY_WHY_PASSED: "Say why, so that they know where to begin.",
    Answer.CHOOSE_ANOTHER_TEAM: "Choose another team, or the leads.",
    Answer.MAY_ONLY_LOOK: (
        "{person} may look, but not decide. A lead can change that in config.yaml."
    ),
    Answer.NEEDS_ROLE: "{own_team} needs the role {own_role}. Nothing was changed.",
    Answer.FAILED: "{event} could not be handled: {error}",
    Answer.ONE_MORE: "Approved. The rules want a second person.",
    Answer.KEPT_AGAINST_RULES: "{Outcome}: {because} Your text is kept.",
    Answer.KEPT_FOR_ANOTHER: "Kept. The rules want another person to approve it.",
    Answer.KEPT: "Kept. The rules have nothing against it.",
    Answer.REJECTED: "Rejected. It is yours now: write to the customer.",
    Answer.DRAFTING: "Drafting.",
    Answer.NOTED: "Noted.",
    Answer.CLOSED: "Closed without a reply.",
    Answer.CLOSED_WITH_MEASURE: "Closed, with its reason on the record.",
    Answer.CLOSED_AND_TOLD: "Closed. Whoever wrote it is told, and how to object.",
    Answer.UNDONE: "Undone. Nothing was sent.",
    Answer.BEING_SENT: "It is being sent.",
    Answer.BACK_TO_APPROVE: "Back with you to approve.",
    Answer.NOTED_SENT: "Noted: sent.",
    Answer.YOURS: "It is yours.",
    Answer.ASSIGNED: "Assigned.",
    Answer.GIVEN_BACK: "Given back: {whose} can see it again.",
    Answer.PASSED_ON: "Passed to {team}.",
}


def say_answer(tell: Tell, engagement: Engagement, knowledge: Knowledge, now: datetime) -> str:
    """The answer to a decision, of the engagement as it is now."""
    if tell.answer is Answer.TOO_LATE:
        return say_too_late(engagement, knowledge, now)
    if tell.answer is Answer.APPROVED:
        undo = tell.about.get("undo", "0")
        return f"Approved. Sends in {undo} s." if undo != "0" else "Approved. It is being sent."
    about = {**_context(engagement, knowledge, now), **tell.about}
    return Speaker(engagement, knowledge).say(WORDS[tell.answer], about).strip()


def say_too_late(engagement: Engagement, knowledge: Knowledge, now: datetime) -> str:
    """For somebody whose click came too late: who was first, when, and with what."""
    last = _say_last(engagement, knowledge, now)
    return f"Nothing changed: this is {STATUS[engagement.state]}. {last}".strip()


def _say_last(engagement: Engagement, knowledge: Knowledge, now: datetime) -> str:
    if not engagement.timeline:
        return ""
    last = engagement.timeline[-1]
    who = say_actor(last, engagement, knowledge)
    return f"{who}: {say_happening(last, engagement, knowledge)}, {ago(last.at, now)}."


def _context(engagement: Engagement, knowledge: Knowledge, now: datetime) -> dict[str, str]:
    """What answers speak of besides their own fields."""
    verdict, handling = engagement.proposal.verdict, engagement.handling
    team = knowledge.brand.find_team(handling.team)
    role = team.role.value if team and team.role else ""
    claimed = _last_claim(engagement, handling.owner)
    return {
        "late": _say_last(engagement, knowledge, now),
        "because": _worst(verdict),
        "Outcome": "Blocked" if verdict and verdict.outcome.value == "block" else "Held",
        "owner": name_person(handling.owner, knowledge),
        "since": f", since {ago(claimed.at, now)}" if claimed else "",
        "role": f" on what is {team.title}’s" if team and role else "",
        "own_team": team.title if team else "",
        "own_role": role,
        "whose": team.title if team else "everybody",
    }


def _last_claim(engagement: Engagement, owner: str) -> Happening | None:
    theirs = (
        line
        for line in reversed(engagement.timeline)
        if line.actor is Actor.PERSON and line.person == owner
    )
    return next(theirs, None)


def _worst(verdict: Verdict | None) -> str:
    return verdict.findings[0].because if verdict and verdict.findings else ""
