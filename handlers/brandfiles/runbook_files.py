"""policies/runbooks/<runbook>.yaml -> what people do in grave cases, checked against the brand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from bot.brand.runbooks import Measure, Runbook, Severity
from bot.brand.settings import Brand
from bot.model import Role
from bot.model.errors import BrandError, did_you_mean
from bot.policy.rulebook import Rulebook
from handlers.brandfiles.documents.document_shape import fill, find_unknown_locales, find_wrong_name
from handlers.brandfiles.documents.yaml_document import Document

FOLDER = "policies/runbooks"


class MeasureShape(msgspec.Struct, frozen=True):
    id: str
    title: str
    tells: bool = False


class RunbookShape(msgspec.Struct, frozen=True):
    runbook: str
    title: str
    severity: Severity
    owner: Role
    steps: tuple[str, ...]
    automatic_words: bool = True
    measures: tuple[MeasureShape, ...] = ()
    appeal: dict[str, str] = {}


def read_runbook(document: Document, brand: Brand, problems: list[BrandError]) -> Runbook | None:
    """One runbook; None, and what is wrong with it, if it cannot be used."""
    found = len(problems)
    shape = fill(document, RunbookShape, problems)
    if shape is None:
        return None
    problems += find_wrong_name(document, "runbook", shape.runbook, "Give both the same name.")
    if not shape.steps:
        problem = "It has no steps."
        problems.append(document.error(problem, "Say what to do first.", "steps"))
    if not any(shape.owner in person.roles and person.may_decide for person in brand.people):
        problem = f"Nobody in config.yaml who may decide has the role “{shape.owner}”."
        mend = "Give it to somebody, or name another owner."
        problems.append(document.error(problem, mend, "owner"))
    ids = [measure.id for measure in shape.measures]
    for n, id in enumerate(ids):
        if not id or not shape.measures[n].title.strip():
            problem = f"The measure “{id}” has no title." if id else "A measure has no id."
            mend = "Say in a few words what is done."
            problems.append(document.error(problem, mend, "measures", n, "id"))
        if id in ids[:n]:
            problem = f"The measure “{id}” is given twice."
            problems.append(document.error(problem, "Keep one of the two.", "measures", n, "id"))
    _check_appeal(document, shape, brand, problems)
    if len(problems) > found:
        return None
    return Runbook(
        id=shape.runbook,
        title=shape.title,
        severity=shape.severity,
        owner=shape.owner,
        steps=shape.steps,
        automatic=shape.automatic_words,
        measures=tuple(Measure(it.id, it.title, it.tells) for it in shape.measures),
        appeal=shape.appeal,
    )


def _check_appeal(
    document: Document, shape: RunbookShape, brand: Brand, problems: list[BrandError]
) -> None:
    problems += find_unknown_locales(document, shape.appeal, brand.locales, "appeal")
    if any(measure.tells for measure in shape.measures):
        for locale in brand.locales:
            if locale not in shape.appeal:
                problem = f"A measure is told to customers, and “appeal” is missing in “{locale}”."
                mend = "Say how to object."
                problems.append(document.error(problem, mend, "appeal"))


def unknown_runbooks(rulebook: Rulebook, runbooks: Mapping[str, Runbook]) -> list[BrandError]:
    """Rules that name a runbook which isn't there."""
    found = []
    for rule in (compiled.rule for compiled in rulebook.rules):
        if rule.runbook and rule.runbook not in runbooks:
            problem = f"there is no runbook “{rule.runbook}”."
            mend = did_you_mean(rule.runbook, runbooks) or f"Write {FOLDER}/{rule.runbook}.yaml."
            found.append(rule.error_at("runbook", problem, mend))
    return found


def unused_runbooks(rulebook: Rulebook, runbooks: Mapping[str, Runbook]) -> list[BrandError]:
    """Runbooks that no rule leads to: worth a look."""
    named = {compiled.rule.runbook for compiled in rulebook.rules}
    mend = "Name it in a rule that hands over: “runbook:”."
    return [
        BrandError(f"{FOLDER}/{id}.yaml", 0, "No rule leads to it.", mend)
        for id in sorted(set(runbooks) - named)
    ]


def read_runbooks(
    documents: Iterable[Document], brand: Brand, problems: list[BrandError]
) -> dict[str, Runbook]:
    """All of a brand, by id."""
    read = (read_runbook(document, brand, problems) for document in documents)
    return {runbook.id: runbook for runbook in read if runbook is not None}
