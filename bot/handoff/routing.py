"""Whose a card is: the first team that takes it and is there now.

Promises: `route` is a function of what is asked and of the hour, and of nothing else. It does not
see who asks, so nobody is put before anybody. Within a team nobody is named, save where the team
is told to name whoever has the fewest open cards. Where no team takes it, it is everybody's.

Left to others: what an engagement is (bot/model), by when it is due (bot/hours), what a person may
do with it (`step` asks `reason_not_to_decide`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.brand.business_hours import BusinessHours, is_open_at
from bot.brand.teams import Team
from bot.model import Engagement, Person, Role


class Refusal(StrEnum):
    """Why somebody may not decide."""

    MAY_ONLY_LOOK = "may-only-look"
    NEEDS_ROLE = "needs-role"  # the team's


@dataclass(frozen=True, slots=True)
class Wanted:
    """What routing goes by. `reason`: why a person has it, an id; empty while there is a draft."""

    channel: str
    language: str = ""
    intent: str = ""
    reason: str = ""


def describe_ask(engagement: Engagement, reason: str) -> Wanted:
    """What of an engagement routing goes by: nothing that says who asks."""
    reading = engagement.understanding.reading
    language = reading.language.partition("-")[0] if reading else ""
    intent = (reading.intent or "") if reading else ""
    return Wanted(engagement.place.channel, language, intent, reason)


def takes_ask(team: Team, ask: Wanted) -> bool:
    """Whether the team takes this."""
    about = not (team.intents or team.reasons)
    about = about or ask.intent in team.intents or ask.reason in team.reasons
    tongue = not team.languages or ask.language in team.languages
    return about and tongue and (not team.channels or ask.channel in team.channels)


def route(teams: Sequence[Team], ask: Wanted, at: datetime, hours: BusinessHours) -> Team | None:
    """The first that takes it and is there at this moment, else the first that takes it; None:
    everybody. `hours` are those of teams without their own."""
    fitting = [team for team in teams if takes_ask(team, ask)]
    there = (team for team in fitting if is_open_at(at, team.hours or hours))
    return next(there, fitting[0] if fitting else None)


def may_decide_for(team: Team | None, person: Person) -> bool:
    """Whether a person may decide on what is this team's. Anybody with the right may help out,
    unless the team's cards need a role."""
    return person.may_decide and (team is None or team.role is None or team.role in person.roles)


def reason_not_to_decide(team: Team | None, person: Person) -> Refusal | None:
    """Why a person may not decide on what is this team's; None if they may."""
    if not person.may_decide:
        return Refusal.MAY_ONLY_LOOK
    return None if may_decide_for(team, person) else Refusal.NEEDS_ROLE


def find_leads(team: Team | None, people: Collection[Person]) -> frozenset[str]:
    """Before whom it is brought when it has waited too long: the team's leads; without any, the
    brand's; without any, everybody who may decide."""
    of_all = [person for person in people if Role.LEAD in person.roles]
    of_team = [person for person in of_all if team is not None and person.id in team.people]
    able = [person for person in people if may_decide_for(team, person)]
    return frozenset(person.id for person in of_team or of_all or able)


def find_least_busy(
    team: Team, people: Collection[Person], load: Collection[tuple[str, int]]
) -> Person | None:
    """Who of the team, and with the right to decide, has the fewest open cards; of several, who is
    listed first. `load`: (person, their open cards)."""
    open_cards = dict(load)
    known = {person.id: person for person in people}
    able = [known[id] for id in team.people if id in known and may_decide_for(team, known[id])]
    return min(able, key=lambda person: open_cards.get(person.id, 0), default=None)
