"""policies/promises.yaml -> what the brand promises in public, each held against what keeps it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from bot.brand.promises import PublishedPromise
from bot.model.errors import BrandError, did_you_mean
from bot.policy.rulebook import Rulebook
from handlers.brandfiles.documents.document_shape import fill
from handlers.brandfiles.documents.yaml_document import Document

FILE = "policies/promises.yaml"


class PromiseShape(msgspec.Struct, frozen=True):
    id: str
    says: dict[str, str]
    tests: tuple[str, ...] = ()


class PromisesShape(msgspec.Struct, frozen=True):
    promises: tuple[PromiseShape, ...]


def read_promises(
    document: Document | None,
    locales: tuple[str, ...],
    rulebook: Rulebook,
    problems: list[BrandError],
) -> Mapping[str, PublishedPromise]:
    """The promises, by id; none if the file isn't there, and then rules may name any."""
    shape = fill(document, PromisesShape, problems) if document else None
    if document is None or shape is None:
        return {}
    promises = {it.id: PublishedPromise(it.id, it.says, it.tests) for it in shape.promises}
    _check(shape, document, locales, rulebook, problems)
    for compiled in rulebook.rules:
        rule = compiled.rule
        if rule.promise and rule.promise not in promises:
            mend = did_you_mean(rule.promise, promises) or f"Add it to {FILE}."
            problems.append(
                rule.error_at("promise", f"there is no promise “{rule.promise}”.", mend)
            )
    return promises


def _check(
    shape: PromisesShape,
    document: Document,
    locales: tuple[str, ...],
    rulebook: Rulebook,
    problems: list[BrandError],
) -> None:
    kept = {it.rule.promise for it in rulebook.rules if it.rule.status == "enforce"}
    seen: set[str] = set()
    for n, it in enumerate(shape.promises):
        if it.id in seen:
            problem = f"The promise “{it.id}” is there twice."
            problems.append(document.error(problem, "Remove one.", "promises", n, "id"))
        seen.add(it.id)
        for locale in locales:
            if not it.says.get(locale, "").strip():
                problem = f"The promise “{it.id}” says nothing in “{locale}”."
                problems.append(document.error(problem, "Add it.", "promises", n, "says"))
        if it.id not in kept and not it.tests:
            problem = f"Nothing keeps the promise “{it.id}”: no rule in force names it."
            mend = "Name it in a rule's `promise:`, name the test that holds it, or take it back."
            problems.append(document.error(problem, mend, "promises", n, "id"))
