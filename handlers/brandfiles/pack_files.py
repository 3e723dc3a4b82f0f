"""Reading packs of rules: policies/<pack>/pack.yaml, and cases.yaml beside it.

Every key is known or an error that names the nearest one; every value keeps its line, so that an
error in an expression can point at the very place. What rules mean is bot/policy's part. The time
that patterns take is measured here, because only the edges have a clock.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from bot.model.errors import BrandError, did_you_mean
from bot.policy.case_input import CASE_KEYS
from bot.policy.cel.pattern_sets import PatternSet
from bot.policy.pack import Pack, Rule, RuleCase, RuleOutcome, RuleStatus, RuleSubject
from bot.policy.rulebook import Rulebook
from handlers.brandfiles.documents.document_shape import fill
from handlers.brandfiles.documents.yaml_document import Document, read

#: what the slowest text of its length may cost a pattern set, in seconds of CPU
SLOWEST = 0.05
PROBE = 65_536  # characters


class RuleShape(msgspec.Struct, frozen=True):
    id: str
    on: RuleSubject
    then: RuleOutcome
    because: str
    when: str = ""
    each: str = ""
    find: tuple[str, ...] = ()
    title: str = ""
    instead: str = ""
    promise: str = ""
    status: RuleStatus = "enforce"
    channels: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    locale: str = ""
    approvers: int = 1
    replaces: str = ""
    note: str = ""
    runbook: str = ""
    from_: date | None = msgspec.field(default=None, name="from")


class _PackShape(msgspec.Struct, frozen=True):
    pack: str
    rules: tuple[RuleShape, ...]
    about: str = ""


def load_packs(folder: Path, names: Iterable[str], shown: str = "policies") -> tuple[Pack, ...]:
    """The packs of these names. Raises BrandError for the first problem."""
    problems: list[BrandError] = []
    packs = tuple(read_pack(folder / name, f"{shown}/{name}", problems) for name in names)
    if problems:
        raise problems[0]
    return tuple(pack for pack in packs if pack is not None)


def read_pack(folder: Path, shown: str, problems: list[BrandError]) -> Pack | None:
    """One pack with its cases; None, and what is wrong with it, if it cannot be used."""
    found = len(problems)
    try:
        document = read(folder / "pack.yaml", f"{shown}/pack.yaml")
        cases_path = folder / "cases.yaml"
        cases = read(cases_path, f"{shown}/cases.yaml") if cases_path.exists() else None
    except BrandError as error:
        problems.append(error)
        return None
    shape = fill(document, _PackShape, problems)
    if shape is None:
        return None
    if shape.pack != folder.name:
        problem = f"The pack calls itself “{shape.pack}”, and its folder is “{folder.name}”."
        problems.append(document.error(problem, "Give both the same name.", "pack"))
    rules = tuple(_rule(shape.pack, written, document, n) for n, written in enumerate(shape.rules))
    proofs = _cases(cases, {rule.id for rule in rules}, problems) if cases else ()
    if len(problems) > found:
        return None
    return Pack(shape.pack, rules, proofs, shape.about, document.file)


def slow_patterns(rulebook: Rulebook) -> list[BrandError]:
    """A complaint for each set of patterns that a hostile text could slow down."""
    found = []
    for on, patterns in rulebook.pattern_sets.items():
        finders = rulebook.finders[on]
        if not finders:
            continue
        for text in _probes([pattern for c in finders for pattern in c.rule.find]):
            if _is_slow(patterns, text):
                rule = finders[0].rule
                problem = f"the patterns of {len(finders)} rules with “find” are too slow."
                mend = "Write shorter ones: fewer “.*”, and no large {n,m}."
                found.append(rule.error_at("find", problem, mend))
                break
    return found


def _is_slow(patterns: PatternSet, text: str) -> bool:
    """Whether a text takes too long, the first time: then nothing of it is cached. Only this
    thread's time counts, for a server goes on beside it."""
    began = time.thread_time()
    try:
        patterns.find_places(text)
    except MemoryError:
        return True
    return time.thread_time() - began > SLOWEST


def _probes(patterns: list[str]) -> tuple[str, ...]:
    """Texts that give patterns much to do: runs, near misses, and their own letters in disorder."""
    letters = "".join({c: "" for pattern in patterns for c in pattern if c.isalnum()}) or "a"
    mixed = "".join(random.Random(0).choices(letters + " é", k=PROBE))  # noqa: S311 - no secret
    runs = ((seed * (PROBE // len(seed) + 1))[:PROBE] for seed in ("a", "ab 1", letters, "é "))
    return (mixed, *runs)


def _rule(pack: str, written: RuleShape, document: Document, n: int) -> Rule:
    values = msgspec.structs.asdict(written)
    values["locales"] = (written.locale,) if written.locale else ()
    values["since"] = values["from_"]
    del values["locale"], values["from_"]
    lines = {}
    for key in document.value["rules"][n]:
        spot = document.spot("rules", n, key)
        lines[key] = spot.line + spot.block
    return Rule(pack=pack, file=document.file, lines=lines, **values)


def _cases(document: Document, rules: set[str], problems: list[BrandError]) -> tuple[RuleCase, ...]:
    """A list of entries: `given:` for the cases below it, or `rule:`, `catches:`, `passes:`."""
    entries = document.value or []
    if not isinstance(entries, list):
        problem = "Cases must be a list."
        problems.append(document.error(problem, "Begin each entry with “- rule:”."))
        return ()
    found: list[RuleCase] = []
    given: dict[str, Any] = {}
    for n, entry in enumerate(entries):
        if not isinstance(entry, dict):
            problem = "An entry must hold keys and values."
            problems.append(document.error(problem, "Begin it with “- rule:”.", n))
        elif "given" in entry:
            given = {**given, **_known(entry["given"], document, problems, n, "given")}
        else:
            found += _entry(entry, given, rules, document, problems, n)
    return tuple(found)


def _entry(
    entry: dict[str, Any],
    given: dict[str, Any],
    rules: set[str],
    document: Document,
    problems: list[BrandError],
    n: int,
) -> list[RuleCase]:
    for key in entry:
        if key not in ("rule", "catches", "passes"):
            mend = did_you_mean(key, ("rule", "catches", "passes"))
            problems.append(document.error(f"Unknown key “{key}”.", mend, n, key))
    rule = entry.get("rule")
    if rule not in rules:
        problem = f"There is no rule “{rule}” in this pack."
        problems.append(document.error(problem, did_you_mean(str(rule), rules), n))
        return []
    found = []
    for catches, key in ((True, "catches"), (False, "passes")):
        for at, case in enumerate(entry.get(key) or ()):
            fields = _known(case, document, problems, n, key, at)
            words = str(fields.pop("words", ""))
            line = document.line(n, key, at)
            subject = {**given, **fields}
            found.append(RuleCase(str(rule), catches, subject, words, document.file, line))
    return found


def _known(case: Any, document: Document, problems: list[BrandError], *path: Any) -> dict[str, Any]:
    if isinstance(case, str):
        return {"text": case}
    if not isinstance(case, dict):
        mend = "Write “- text: …”."
        problems.append(document.error("A case must hold keys and values.", mend, *path))
        return {}
    known = {*CASE_KEYS, "words"}
    for key in case:
        if key not in known:
            problem = f"Unknown key “{key}” in a case."
            problems.append(document.error(problem, did_you_mean(key, known), *path, key))
    return {key: value for key, value in case.items() if key in known}
