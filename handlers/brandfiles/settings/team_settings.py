"""The section `teams` of config.yaml -> teams, in the order in which they are asked.

What only other files can say (which intents there are, which rules hand over) is checked by
`unknown_takings`, when those have been read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

import msgspec

from bot.brand.teams import Team
from bot.handoff.routing import may_decide_for
from bot.model import Person, Role, Unclear
from bot.model.errors import BrandError, did_you_mean
from bot.policy.rulebook import Rulebook
from handlers.brandfiles.documents.yaml_document import Document
from handlers.brandfiles.settings.hours_settings import HoursShape, read_hours

# beside rules, and why it is unclear
OTHER_REASONS = ("no-draft", "not-certain", "needs-person", "rejected")


class TeamShape(msgspec.Struct, frozen=True):
    people: tuple[str, ...]
    title: str = ""
    intents: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    hours: HoursShape | None = None
    role: Literal["approver", "lead"] | None = None
    assign: Literal["nobody", "least-busy"] = "nobody"


def read_teams(
    shapes: Mapping[str, TeamShape],
    people: Collection[Person],
    locales: Iterable[str],
    channels: Iterable[str],
    document: Document,
    problems: list[BrandError],
) -> tuple[Team, ...]:
    """The teams; what is wrong with them is added to `problems`."""
    languages = sorted({locale.partition("-")[0] for locale in locales})
    teams = []
    for id, shape in shapes.items():
        for key, named, known in (
            ("people", shape.people, [person.id for person in people]),
            ("languages", shape.languages, languages),
            ("channels", shape.channels, list(channels)),
        ):
            _check(document, problems, id, key, named, known)
        hours = None
        if shape.hours is not None:
            hours = read_hours(shape.hours, document, problems, "teams", id, "hours")
        team = Team(
            id=id,
            title=shape.title or id,
            people=shape.people,
            intents=frozenset(shape.intents),
            reasons=frozenset(shape.reasons),
            languages=frozenset(shape.languages),
            channels=frozenset(shape.channels),
            hours=hours,
            role=Role(shape.role) if shape.role else None,
            least_busy=shape.assign == "least-busy",
        )
        members = [person for person in people if person.id in team.people]
        strangers = set(team.people) - {person.id for person in members}
        if not strangers and not any(may_decide_for(team, person) for person in members):
            role = f"has the role {team.role}" if team.role else "may decide"
            problem = f"Nobody in the team “{id}” {role}."
            mend = f"Add somebody with the role {team.role or 'approver'}."
            problems.append(document.error(problem, mend, "teams", id, "people"))
        teams.append(team)
    return tuple(teams)


def unknown_takings(
    document: Document, teams: Iterable[Team], intents: Iterable[str], rulebook: Rulebook
) -> list[BrandError]:
    """Intents and reasons that a team takes, and that do not exist."""
    problems: list[BrandError] = []
    rules = (it.rule for it in rulebook.rules if it.rule.then == "handoff")
    reasons = {*(reason.value for reason in Unclear), *OTHER_REASONS, *(rule.id for rule in rules)}
    known = sorted(intents)
    for team in teams:
        written = document.value["teams"][team.id]
        _check(document, problems, team.id, "intents", written.get("intents", ()), known)
        _check(document, problems, team.id, "reasons", written.get("reasons", ()), sorted(reasons))
    return problems


_ONE = {
    "people": "no person",
    "languages": "no language of the brand’s",
    "channels": "no channel",
    "intents": "no intent",
    "reasons": "no reason to hand over",
}


def _check(
    document: Document,
    problems: list[BrandError],
    team: str,
    key: str,
    named: Iterable[str],
    known: Collection[str],
) -> None:
    for n, name in enumerate(named):
        if name not in known:
            problem = f"There is {_ONE[key]} “{name}”, which the team “{team}” lists."
            mend = did_you_mean(name, known)
            problems.append(document.error(problem, mend, "teams", team, key, n))
