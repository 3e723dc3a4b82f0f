"""Why a verdict is what it is: for each rule, whether it applied, what it saw, what it said.

As data for a machine, in words for a person. It asks every rule by itself, with the same parts that
judging uses, so it says the same; it is slower, and nobody waits for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.model import Finding
from bot.policy.cel.finding_words import clipped
from bot.policy.facts.fact_cache import FactError, Item
from bot.policy.facts.fact_context import Sight
from bot.policy.judge import ask, facts_for, failed
from bot.policy.rulebook import Compiled, Rulebook
from bot.policy.subject import MessageSubject, ReplySubject


@dataclass(frozen=True, slots=True)
class Look:
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
    looks: tuple[Look, ...]

    @property
    def said(self) -> str:
        """In one line of plain words."""
        findings = [look.finding for look in self.looks if look.finding]
        if self.skipped:
            return f"not asked: {self.skipped}"
        if not self.looks:
            return "nothing there to look at"
        if not findings:
            return (
                f"nothing to say ({len(self.looks)} looked at)" if self.each else "nothing to say"
            )
        worst = max(findings, key=lambda finding: finding.outcome.rank)
        more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        return f"{worst.outcome.value}: {worst.because}{more}"

    @property
    def each(self) -> bool:
        return any("it.words" in look.saw for look in self.looks)


@dataclass(frozen=True, slots=True)
class Trace:
    """All rules on one subject, in the order of their names. `rules` is the rulebook's hash."""

    rules: str
    traces: tuple[RuleTrace, ...]

    def data(self) -> dict[str, Any]:
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
        return "\n".join(line for trace in self.traces for line in _lines(trace))


def trace_reply(rulebook: Rulebook, subject: ReplySubject) -> Trace:
    """How `judge_reply` comes to its verdict on this reply. Total."""
    return _trace(rulebook, "reply", subject)


def trace_message(rulebook: Rulebook, subject: MessageSubject) -> Trace:
    """How `judge_message` comes to its verdict on this message. Total."""
    return _trace(rulebook, "message", subject)


def _trace(rulebook: Rulebook, on: str, subject: ReplySubject | MessageSubject) -> Trace:
    sight = Sight(rulebook.vocabularies[on], rulebook.pattern_sets[on], subject)
    traces = (_of(compiled, subject, sight) for compiled in rulebook.on(on))
    return Trace(rulebook.hash, tuple(traces))


def _of(compiled: Compiled, subject: ReplySubject | MessageSubject, sight: Sight) -> RuleTrace:
    rule = compiled.rule
    skipped = _skipped(compiled, subject)
    looks = () if skipped else tuple(_looks(compiled, sight))
    shown = rule.when or f"it matches {', '.join(rule.find)}"
    return RuleTrace(rule.name, rule.title, shown, rule.status, skipped, looks)


def _skipped(compiled: Compiled, subject: ReplySubject | MessageSubject) -> str:
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


def _looks(compiled: Compiled, sight: Sight) -> Iterator[Look]:
    rule = compiled.rule
    items: tuple[Item | None, ...] = (None,)
    try:
        if rule.each:
            items = sight.items(rule.each)
        elif rule.find:
            items = sight.found(rule)
    except FactError as error:
        yield Look({rule.each or "find": str(error)}, failed(compiled, error))
        return
    if (rule.each or rule.find) and (cut := sight.unread(rule)):
        yield Look({rule.each or "find": str(cut)}, failed(compiled, cut))
    for item in items:
        finding = ask(compiled, item, sight)
        try:
            saw = facts_for(compiled, compiled.needs, item, sight)
            if compiled.rule.each or compiled.rule.find:
                saw = {k: v for k, v in saw.items() if k == "it.words" or _read(compiled, k)}
        except FactError as error:
            saw = {error.name: str(error)}
        yield Look({name: _short(value) for name, value in sorted(saw.items())}, finding)


def _read(compiled: Compiled, name: str) -> bool:
    return compiled.expression is not None and name in compiled.expression.mentions


def _short(value: Any) -> Any:
    if isinstance(value, str):
        return clipped(value)
    return [_short(each) for each in value] if isinstance(value, list) else value


def _lines(trace: RuleTrace) -> Iterator[str]:
    shape = "–" if trace.skipped else "●" if any(look.finding for look in trace.looks) else "✓"
    shadow = " (in shadow: it is only watched)" if trace.status == "shadow" else ""
    yield f"{shape} {trace.rule}{shadow}: {trace.said}"
    for look in trace.looks:
        if look.finding:
            saw = ", ".join(f"{name} = {value!r}" for name, value in look.saw.items())
            yield f"    because {trace.when.strip()}"
            yield f"    with {saw}" if saw else "    whatever is said"
