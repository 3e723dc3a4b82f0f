"""Packs of rules as data: what an author wrote, and where it stands in the file.

What is checked here is what can be said of a rule by itself. Whether its names exist is the
rulebook's part; reading the file is handlers/brandfiles/pack_files.py's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from bot.model.errors import BrandError

RuleSubject = Literal["reply", "message"]
RuleOutcome = Literal["note", "hold", "block", "handoff"]
RuleStatus = Literal["enforce", "shadow", "off"]

#: what a rule may lead to, by what it is on
OUTCOMES: Mapping[str, tuple[str, ...]] = {
    "reply": ("note", "hold", "block"),
    "message": ("note", "handoff"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, as it is written. An empty filter (channels, modes, locales) means all of them.

    `since`: the day from which it judges; until then it is announced, and only watched.
    `find`: RE2 patterns; then the rule speaks of each place where one of them matches. `replaces`
    names a rule (`pack/id`) that this one stands in for, and `note` says why. `lines`: the line of
    each key's value in `file`.
    """

    pack: str
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
    locales: tuple[str, ...] = ()
    approvers: int = 1
    replaces: str = ""
    note: str = ""
    runbook: str = ""  # what people do when it speaks: policies/runbooks
    since: date | None = None
    file: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def full_id(self) -> str:
        """How findings and authors call it: `pack/id`."""
        return f"{self.pack}/{self.id}"

    def line_of(self, key: str) -> int:
        return self.lines.get(key, self.lines.get("id", 0))

    def error_at(self, key: str, problem: str, mend: str = "", down: int = 0) -> BrandError:
        """An error at one of its keys, `down` lines below where the value begins."""
        line = self.line_of(key)
        words = f"In the rule “{self.id}”: {problem}"
        return BrandError(self.file, line + down if line else 0, words, mend)


@dataclass(frozen=True, slots=True)
class RuleCase:
    """A subject as an author describes it, and what a rule must say of it.

    `case_input` holds the subject's fields by name. `words`: what the finding must point at.
    """

    rule: str
    catches: bool
    case_input: Mapping[str, object]
    words: str = ""
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack, its rules in the order of the file, and the cases that prove them."""

    name: str
    rules: tuple[Rule, ...]
    cases: tuple[RuleCase, ...] = ()
    about: str = ""
    file: str = ""


def rule_problems(rule: Rule) -> list[BrandError]:
    """What is wrong with a rule that nothing else is needed to see."""
    found = []
    allowed = OUTCOMES[rule.on]
    if rule.then not in allowed:
        mend = f"Use one of: {', '.join(allowed)}."
        found.append(rule.error_at("then", f"a rule on a {rule.on} cannot {rule.then}.", mend))
    if rule.each and rule.find:
        found.append(rule.error_at("find", "it has both “each” and “find”.", "Keep one of them."))
    if not rule.when and not rule.find:
        found.append(rule.error_at("id", "“when” is missing.", "Add “when:”, or “find:”."))
    if rule.approvers not in (1, 2):
        found.append(rule.error_at("approvers", "“approvers” is neither 1 nor 2.", "Use 1 or 2."))
    if rule.runbook and rule.then != "handoff":
        mend = "Write “then: handoff”, or take the runbook away."
        found.append(rule.error_at("runbook", "a runbook is for rules that hand over.", mend))
    if rule.replaces and not rule.note:
        mend = "Say why in “note:”; the public page of rules shows it."
        found.append(
            rule.error_at("replaces", f"it replaces “{rule.replaces}” without a note.", mend)
        )
    return found
