"""Why a verdict is what it is: for each rule, whether it applied, what it saw, what it said.

As data for a machine, in words for a person. It asks every rule by itself, with the same parts that
judging uses, so it says the same; it is slower, and nobody waits for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.model import Finding
from bot.policy.cel.finding_words import clip_words
from bot.policy.facts.fact_cache import FactError, Item
from bot.policy.facts.fact_context import FactContext
from bot.policy.judge import ask_rule, failure_finding, rule_facts
from bot.policy.rulebook import CompiledRule, Rulebook
from bot.policy.subject import MessageSubject, ReplySubject


@dataclass(frozen=True, slots=True)
class RuleLook:
    """One time a rule was asked: what it saw, by name, and what it said (None: nothing)."""

    saw: Mapping[str, Any]
    finding: Finding | None


@dataclass(frozen=True, slots=True)
class RuleTrace:
    """What became of one rule. `skipped` says why it wasn't asked; empty if it was."""

    rule: str
    title: str
    when: str
    status: str
    skipped: str
    looks: tuple[RuleLook, ...]

    @property
    def plain_line(self) -> str:
        """In one line of plain words."""
        findings = [look.finding for look in self.looks if look.finding]
        if self.skipped:
            return f"not asked: {self.skipped}"
        if not self.looks:
            return "nothing there to look at"
        if not findings:
            return (
                f"nothing to say ({len(self.looks)} looked at)"
                if self.looks_at_items
                else "nothing to say"
            )
        worst = max(findings, key=lambda finding: finding.outcome.rank)
        more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        return f"{worst.outcome.value}: {worst.because}{more}"

    @property
    def looks_at_items(self) -> bool:
        return any("it.words" in look.saw for look in self.looks)


@dataclass(frozen=True, slots=True)
class JudgingTrace:
    """All rules on one subject, in the order of their names. `rules` is the rulebook's hash."""

    rules: str
    traces: tuple[RuleTrace, ...]

    def as_data(self) -> dict[str, Any]:
        """As JSON-able data."""
        return {
            "rules": self.rules,
            "asked": [
                {
                    "rule": trace.rule,
                    "title": trace.title,
                    "when": trace.when,
                    "status": trace.status,
                    "skipped": trace.skipped,
                    "looks": [
                        {
                            "saw": dict(look.saw),
                            "outcome": look.finding.outcome.value if look.finding else None,
                            "because": look.finding.because if look.finding else None,
                        }
                        for look in trace.looks
                    ],
                }
                for trace in self.traces
            ],
        }

    def __str__(self) -> str:
        return "\n".join(line for trace in self.traces for line in _trace_lines(trace))


def trace_reply(rulebook: Rulebook, subject: ReplySubject) -> JudgingTrace:
    """How `judge_reply` comes to its verdict on this reply. Total."""
    return _trace_subject(rulebook, "reply", subject)


def trace_message(rulebook: Rulebook, subject: MessageSubject) -> JudgingTrace:
    """How `judge_message` comes to its verdict on this message. Total."""
    return _trace_subject(rulebook, "message", subject)


def _trace_subject(
    rulebook: Rulebook, on: str, subject: ReplySubject | MessageSubject
) -> JudgingTrace:
    context = FactContext(rulebook.vocabularies[on], rulebook.pattern_sets[on], subject)
    traces = (_trace_rule(compiled, subject, context) for compiled in rulebook.rules_on(on))
    return JudgingTrace(rulebook.hash, tuple(traces))


def _trace_rule(
    compiled: CompiledRule, subject: ReplySubject | MessageSubject, context: FactContext
) -> RuleTrace:
    rule = compiled.rule
    skipped = _why_skipped(compiled, subject)
    looks = () if skipped else tuple(_iterate_looks(compiled, context))
    shown = rule.when or f"it matches {', '.join(rule.find)}"
    return RuleTrace(rule.full_id, rule.title, shown, rule.status, skipped, looks)


def _why_skipped(compiled: CompiledRule, subject: ReplySubject | MessageSubject) -> str:
    rule = compiled.rule
    if rule.status == "off":
        return "it is switched off"
    limits = (
        ("channel", rule.channels, subject.channel),
        ("mode", rule.modes, subject.mode),
        ("locale", rule.locales, subject.locale),
    )
    for what, allowed, here in limits:
        if allowed and here not in allowed:
            return f"it is for the {what} {' or '.join(allowed)}, and this is “{here}”"
    return ""


def _iterate_looks(compiled: CompiledRule, context: FactContext) -> Iterator[RuleLook]:
    rule = compiled.rule
    items: tuple[Item | None, ...] = (None,)
    try:
        if rule.each:
            items = context.list_items(rule.each)
        elif rule.find:
            items = context.find_pattern_items(rule)
    except FactError as error:
        yield RuleLook({rule.each or "find": str(error)}, failure_finding(compiled, error))
        return
    if (rule.each or rule.find) and (cut := context.why_items_are_cut(rule)):
        yield RuleLook({rule.each or "find": str(cut)}, failure_finding(compiled, cut))
    for item in items:
        finding = ask_rule(compiled, item, context)
        try:
            saw = rule_facts(compiled, compiled.needs, item, context)
            if compiled.rule.each or compiled.rule.find:
                saw = {
                    k: v for k, v in saw.items() if k == "it.words" or _read_by_rule(compiled, k)
                }
        except FactError as error:
            saw = {error.name: str(error)}
        yield RuleLook(
            {name: _shorten_value(value) for name, value in sorted(saw.items())}, finding
        )


def _read_by_rule(compiled: CompiledRule, name: str) -> bool:
    return compiled.expression is not None and name in compiled.expression.mentions


def _shorten_value(value: Any) -> Any:
    if isinstance(value, str):
        return clip_words(value)
    return [_shorten_value(each) for each in value] if isinstance(value, list) else value


def _trace_lines(trace: RuleTrace) -> Iterator[str]:
    shape = "–" if trace.skipped else "●" if any(look.finding for look in trace.looks) else "✓"
    shadow = " (in shadow: it is only watched)" if trace.status == "shadow" else ""
    yield f"{shape} {trace.rule}{shadow}: {trace.plain_line}"
    for look in trace.looks:
        if look.finding:
            saw = ", ".join(f"{name} = {value!r}" for name, value in look.saw.items())
            yield f"    because {trace.when.strip()}"
            yield f"    with {saw}" if saw else "    whatever is said"
