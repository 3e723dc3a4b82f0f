"""The cases that prove a pack: what each rule must catch, and what it must let pass.

A rule counts as proven when it has at least one of each and they all come out as written. Beyond
that it is said which of the conditions that a rule joins no case ever decided: such a condition
could be dropped, and the cases would not notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.model import Finding
from bot.policy.case_input import CaseInputError, read_message_case, read_reply_case
from bot.policy.facts.fact_cache import FactError, Item
from bot.policy.facts.fact_context import FactContext
from bot.policy.judge import judge_message, judge_reply, rule_facts
from bot.policy.pack import Pack, Rule, RuleCase
from bot.policy.rulebook import CompiledRule, Rulebook
from bot.policy.subject import MessageSubject, ReplySubject


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How a case came out. `problem` is empty when it came out as written."""

    case: RuleCase
    problem: str = ""


@dataclass(frozen=True, slots=True)
class RuleCoverage:
    """What the cases of a rule show. `undecided`: its conditions that no case turned over."""

    rule: Rule
    catches: int
    passes: int
    undecided: tuple[str, ...] = ()

    @property
    def missing_cases(self) -> str:
        """Which kind of case it lacks, in words; empty if none."""
        lacks = [word for word, n in (("catches", self.catches), ("passes", self.passes)) if not n]
        return f"has no case that it {' and none that it '.join(lacks)}" if lacks else ""


@dataclass(frozen=True, slots=True)
class CaseReport:
    """All cases of all packs. `str(report)` is for a person, `failures` one line each."""

    results: tuple[CaseResult, ...]
    coverage: tuple[RuleCoverage, ...]

    @property
    def is_ok(self) -> bool:
        return not self.failure_lines

    @property
    def failure_lines(self) -> tuple[str, ...]:
        wrong = [
            f"{_case_place(result.case)}: {result.case.rule}: {result.problem}"
            for result in self.results
            if result.problem
        ]
        unproven = [
            f"{cover.rule.file}:{cover.rule.line_of('id')}: {cover.rule.id}: "
            f"it {cover.missing_cases}. Add one to cases.yaml."
            for cover in self.coverage
            if cover.missing_cases
        ]
        return (*wrong, *unproven)

    def __str__(self) -> str:
        lines = []
        for cover in self.coverage:
            of_rule = [
                r for r in self.results if r.case.rule == cover.rule.id and _covers_itself(r, cover)
            ]
            shape = "✗" if cover.missing_cases or any(r.problem for r in of_rule) else "✓"
            counts = f"{cover.catches} caught, {cover.passes} let pass"
            lines.append(f"{shape} {cover.rule.full_id:<40} {counts}")
            lines.extend(f"  · no case decides {part}" for part in cover.undecided)
        lines.extend(("", *self.failure_lines) if self.failure_lines else ())
        wrong = sum(1 for result in self.results if result.problem)
        rules = f"{len(self.coverage)} rules, {len(self.results)} cases"
        lines.append("")
        lines.append(
            f"{rules}: all as written." if self.is_ok else f"{rules}: {wrong} not as written."
        )
        return "\n".join(lines)


def run_cases(rulebook: Rulebook, packs: Iterable[Pack]) -> CaseReport:
    """Judge every case of these packs by the rulebook they are in. Total."""
    results: list[CaseResult] = []
    coverage: list[RuleCoverage] = []
    for pack in packs:
        compiled = {c.rule.id: c for c in rulebook.rules if c.rule.pack == pack.name}
        for rule in pack.rules:
            asked = compiled.get(rule.id)
            if asked is None or rule.status == "off":
                continue  # replaced by another, or switched off: it says nothing
            of_rule = [case for case in pack.cases if case.rule == rule.id]
            results += [_run_case(rulebook, rule, case) for case in of_rule]
            caught = sum(1 for case in of_rule if case.catches)
            undecided = tuple(_find_undecided_conditions(rulebook, asked, of_rule))
            coverage.append(RuleCoverage(rule, caught, len(of_rule) - caught, undecided))
    return CaseReport(tuple(results), tuple(coverage))


def _run_case(rulebook: Rulebook, rule: Rule, case: RuleCase) -> CaseResult:
    try:
        findings = _findings_of_rule(rulebook, rule, case)
    except CaseInputError as error:
        return CaseResult(case, f"{error}.")
    if failed := [finding for finding in findings if finding.error]:
        return CaseResult(case, failed[0].because)
    if not case.catches:
        said = f"it should pass, but: {findings[0].because}" if findings else ""
        return CaseResult(case, said)
    if not findings:
        return CaseResult(case, "it should be caught, but nothing was found.")
    if case.words and case.words not in {finding.words for finding in findings}:
        pointed = ", ".join(f"“{finding.words}”" for finding in findings)
        return CaseResult(case, f"it should point at “{case.words}”, but points at {pointed}.")
    return CaseResult(case)


def _findings_of_rule(rulebook: Rulebook, rule: Rule, case: RuleCase) -> list[Finding]:
    """What this rule, and no other, says of a case."""
    subject = _case_subject(rule, case.case_input)
    if isinstance(subject, ReplySubject):
        verdict = judge_reply(rulebook, subject)
    else:
        verdict = judge_message(rulebook, subject)
    return [f for f in (*verdict.findings, *verdict.shadow) if f.rule == rule.full_id]


def _case_subject(rule: Rule, case_input: Mapping[str, object]) -> ReplySubject | MessageSubject:
    """The subject of a case; where the rule is limited to some places, it is in the first."""
    limits = {"channel": rule.channels, "mode": rule.modes, "locale": rule.locales}
    here = {key: values[0] for key, values in limits.items() if values}
    return (read_reply_case if rule.on == "reply" else read_message_case)({**here, **case_input})


def _find_undecided_conditions(
    rulebook: Rulebook, compiled: CompiledRule, cases: list[RuleCase]
) -> Iterator[str]:
    """Of a rule that joins several conditions, those that were never true, or never false."""
    if compiled.expression is None:
        return
    parts = compiled.expression.parts
    if len(parts) < 2 or not cases:
        return
    answers: list[set[bool]] = [set() for _ in parts]
    for case in cases:
        for data in _fact_views(rulebook, compiled, case):
            for part, seen in zip(parts, answers, strict=True):
                answer = part.evaluate(data)
                if answer is not None:
                    seen.add(answer)
    for part, seen in zip(parts, answers, strict=True):
        for value in (True, False):
            if value not in seen:
                yield f"condition {part.number} of {len(parts)}: it is never {str(value).lower()}"


def _fact_views(
    rulebook: Rulebook, compiled: CompiledRule, case: RuleCase
) -> Iterator[Mapping[str, object]]:
    """What the rule looks at in a case: once, or once for each item."""
    rule = compiled.rule
    try:
        subject = _case_subject(rule, case.case_input)
        context = FactContext(
            rulebook.vocabularies[rule.on], rulebook.pattern_sets[rule.on], subject
        )
        items: tuple[Item | None, ...] = (None,)
        if rule.each:
            items = context.list_items(rule.each)
        elif rule.find:
            items = context.find_pattern_items(rule)
        for item in items:
            yield rule_facts(compiled, compiled.needs, item, context)
    except (CaseInputError, FactError):
        return


def _covers_itself(result: CaseResult, cover: RuleCoverage) -> bool:
    return result.case.file.rpartition("/")[0] == cover.rule.file.rpartition("/")[0]


def _case_place(case: RuleCase) -> str:
    return f"{case.file}:{case.line}" if case.line else case.file or "a case"
