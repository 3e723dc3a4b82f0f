"""policies/CHANGES.yaml: why rules and facts were changed, in the words of whoever changed them."""

from __future__ import annotations

from datetime import date

import msgspec

from bot.model.errors import BrandError
from bot.policy.rule_changes import ChangeReason
from handlers.brandfiles.documents.document_shape import fill
from handlers.brandfiles.documents.yaml_document import Document

FILE = "policies/CHANGES.yaml"
LONGEST_WHY = 600  # characters


class ChangeShape(msgspec.Struct, frozen=True):
    date: date
    what: tuple[str, ...]
    why: str


class ChangesShape(msgspec.Struct, frozen=True):
    changes: tuple[ChangeShape, ...] = ()


def read_reasons(document: Document | None, problems: list[BrandError]) -> tuple[ChangeReason, ...]:
    """The reasons, newest first; none if there is no such file."""
    shape = fill(document, ChangesShape, problems) if document else None
    if document is None or shape is None:
        return ()
    for n, change in enumerate(shape.changes):
        here = ("changes", n)
        if n and change.date > shape.changes[n - 1].date:
            problem = f"{change.date} stands below {shape.changes[n - 1].date}."
            problems.append(document.error(problem, "Put the newest first.", *here, "date"))
        if not change.what:
            mend = "Name rules (tone/hurry), facts (returns.window), modes (modes/dialogic) …"
            problems.append(document.error("It says nothing about what changed.", mend, *here))
        if not change.why.strip() or len(change.why) > LONGEST_WHY:
            mend = f"Say why in one to three sentences, at most {LONGEST_WHY} characters."
            problem = "There is no reason." if not change.why.strip() else "The reason is too long."
            problems.append(document.error(problem, mend, *here, "why"))
    return tuple(ChangeReason(c.date, c.what, c.why.strip()) for c in shape.changes)
