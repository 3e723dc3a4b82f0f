"""What the rules say of a text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Outcome(StrEnum):
    """What a finding leads to, and the worst of them: the verdict's outcome.

    Of replies: pass < note < hold < block. Of messages: pass < note < handoff.
    """

    PASS = "pass"  # noqa: S105 - an outcome, not a password
    NOTE = "note"
    HOLD = "hold"
    BLOCK = "block"
    HANDOFF = "handoff"

    @property
    def rank(self) -> int:
        return ("pass", "note", "hold", "block", "handoff").index(self.value)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule says of a text. `start`/`end` point into the judged text; 0, 0 means all."""

    rule: str  # "pack/id"
    outcome: Outcome
    because: str
    title: str = ""
    instead: str = ""
    words: str = ""
    start: int = 0
    end: int = 0
    approvers: int = 1
    error: bool = False  # it could not be judged, so a person decides
    promise: str = ""
    entry: str = ""  # of the record: where the brand said otherwise
    runbook: str = ""  # what people do about it


@dataclass(frozen=True, slots=True)
class Verdict:
    """All findings on one exact text, worst first. `rules` is the content hash of the packs."""

    outcome: Outcome
    findings: tuple[Finding, ...]
    rules: str
    shadow: tuple[Finding, ...] = ()

    @property
    def approvers(self) -> int:
        """How many different people have to approve."""
        return max((finding.approvers for finding in self.findings), default=1)

    def without_words(self) -> Verdict:
        """The same, quoting nothing: each finding says its rule's title instead of a text that may
        hold somebody's words."""
        plain = tuple(replace(f, words="", because=f.title) for f in self.findings)
        shadow = tuple(replace(f, words="", because=f.title) for f in self.shadow)
        return replace(self, findings=plain, shadow=shadow)

    def new_findings(self, seen: Verdict | None) -> tuple[Finding, ...]:
        """What of this holds or blocks and was not there when somebody looked: another rule, other
        words, or the same grown graver. This is what “the verdict has changed” means."""
        known: dict[tuple[str, str], int] = {}
        for finding in seen.findings if seen else ():
            key = finding.rule, finding.words
            known[key] = max(finding.outcome.rank, known.get(key, -1))
        return tuple(
            finding
            for finding in self.findings
            if finding.outcome.rank >= Outcome.HOLD.rank
            and finding.outcome.rank > known.get((finding.rule, finding.words), -1)
        )


def verdict_of(
    findings: tuple[Finding, ...], rules: str, shadow: tuple[Finding, ...] = ()
) -> Verdict:
    """The verdict on these findings: the worst decides."""
    ranked = tuple(sorted(findings, key=lambda f: (-f.outcome.rank, f.start, f.rule)))
    outcome = ranked[0].outcome if ranked else Outcome.PASS
    return Verdict(outcome, ranked, rules, shadow)
