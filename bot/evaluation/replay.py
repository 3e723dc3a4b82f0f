"""Candidate rules over what was decided: what would have come out otherwise, and which rules never
spoke.

Only what differs is asked again. A decision keeps the findings of the rules that both rulebooks
have word for word; those that came or changed are asked of the stored reply or message, with the
facts that they mention and no others. A decision that was made under other rules than those in
force is judged by them first, so that two rulebooks are compared, never two times.

What was on the record when a reply was judged is not kept with it, so contradictions are looked
for in the published facts alone. Pure: decisions in, an account out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.brand.business_hours import BusinessHours
from bot.engagement.judging import message_subject, private_values, reply_subject
from bot.knowledge import NO_PAST, Knowledge
from bot.model import Engagement, Finding, Outcome, Verdict, verdict_of
from bot.policy.judge import finding_without_rules, findings_on, judge_message, judge_reply
from bot.policy.pack import Pack, Rule
from bot.policy.rulebook import Rulebook, compile_rulebook
from bot.policy.subject import BrandFacts, MessageSubject, ReplySubject

PRIVATE = frozenset({"reply.tainted", "reply.personal"})  # facts that look at the customer's own
OWN = "aboveboard/"  # findings of the judging itself, which belong to no rule
Subject = ReplySubject | MessageSubject


@dataclass(frozen=True, slots=True)
class DecisionFlip:
    """A decision that would come out otherwise. `rules`: those whose findings make the difference;
    `words` what they point at."""

    engagement: str
    on: str  # reply | message
    at: datetime
    before: Outcome
    after: Outcome
    rules: tuple[str, ...]
    words: str
    asked: str


@dataclass
class ReplayAccount:
    """What a replay has found so far. `spoke`: rule -> decisions in which it has something to say
    under the candidate rules; `lost`: decisions on a channel that is no more."""

    decisions: int = 0
    judged_afresh: int = 0
    lost: int = 0
    flips: list[DecisionFlip] = field(default_factory=list)
    spoke: Counter[str] = field(default_factory=Counter)
    turns: Counter[tuple[Outcome, Outcome]] = field(default_factory=Counter)
    decides: Counter[str] = field(default_factory=Counter)  # rule -> decisions that it turns


class RuleReplay:
    """Two rulebooks, held against each other decision by decision.

    `now` is what is in force, `then` the same brand under the candidate rules (or the same again,
    to count only). `keep`: so many flips are kept whole; the rest is counted.
    """

    def __init__(self, now: Knowledge, then: Knowledge, keep: int = 1_000) -> None:
        self.account = ReplayAccount()
        self._now = replace(now, past=NO_PAST)
        self._then = replace(then, past=NO_PAST)
        self._keep = keep
        old, new = _rules_by_name(now.rulebook), _rules_by_name(then.rulebook)
        self.came = tuple(sorted(new.keys() - old.keys()))
        self.went = tuple(sorted(old.keys() - new.keys()))
        common = old.keys() & new.keys()
        self.changed = tuple(sorted(name for name in common if old[name] != new[name]))
        self.facts_differ = _visible_knowledge(now) != _visible_knowledge(then)
        ask = new.keys() if self.facts_differ else {*self.came, *self.changed}
        self._asked = compile_rulebook([Pack("replay", tuple(new[name] for name in sorted(ask)))])
        self._dropped = frozenset(old) if self.facts_differ else {*self.went, *self.changed}
        self._speaks = {on: bool(self._asked.rules_on(on)) for on in ("reply", "message")}
        self._private = bool(PRIVATE & self._asked.mentioned_facts)

    @property
    def business_hours(self) -> BusinessHours:
        return self._now.brand.hours

    @property
    def rules_differ(self) -> bool:
        return bool(self.came or self.went or self.changed or self.facts_differ)

    def silent_rules(self) -> tuple[str, ...]:
        """The rules under which nothing was found in all this, by name."""
        rules = (c.rule for c in self._then.rulebook.rules if c.rule.status != "off")
        return tuple(rule.full_id for rule in rules if not self.account.spoke[rule.full_id])

    def replay_engagement(self, engagement: Engagement) -> None:
        """Count what became of an ask: the verdict on its message, and the one on its reply."""
        if engagement.place.channel not in self._then.brand.channels:
            self.account.lost += 1
            return
        at = engagement.timeline[-1].at if engagement.timeline else engagement.opened
        if engagement.understanding.verdict is not None:
            self._replay_decision("message", engagement, engagement.understanding.verdict, at)
        if engagement.proposal.candidate is not None and engagement.proposal.verdict is not None:
            self._replay_decision("reply", engagement, engagement.proposal.verdict, at)

    def _replay_decision(
        self, on: str, engagement: Engagement, stored: Verdict, at: datetime
    ) -> None:
        self.account.decisions += 1
        before = stored
        if stored.rules != self._now.rulebook.hash:
            self.account.judged_afresh += 1
            subject = self._subject_then(on, engagement, self._now, at, private=True)
            before = _judge_subject(self._now.rulebook, subject)
        after = self._verdict_after(on, engagement, before, at)
        spoke = {finding.rule for finding in (*after.findings, *after.shadow)}
        self.account.spoke.update(spoke)
        if before.outcome is not after.outcome:
            self._record_flip(on, engagement, before, after, at)

    def _verdict_after(
        self, on: str, engagement: Engagement, before: Verdict, at: datetime
    ) -> Verdict:
        """The verdict under the candidate rules."""
        kept = tuple(f for f in before.findings if f.rule not in self._dropped)
        shadow = tuple(f for f in before.shadow if f.rule not in self._dropped)
        if self._speaks[on] and not any(f.rule == f"{OWN}too-long" for f in kept):
            subject = self._subject_then(on, engagement, self._then, at, private=self._private)
            found, watched = findings_on(self._asked, on, subject)
            kept, shadow = (*kept, *found), (*shadow, *watched)
        kept = tuple(f for f in kept if f.rule != f"{OWN}no-rules")
        if not self._then.rulebook.has_rule_for(on, engagement.place.channel):
            kept = (*kept, finding_without_rules(on, engagement.place.channel))
        return verdict_of(kept, self._then.rulebook.hash, shadow)

    def _subject_then(
        self, on: str, engagement: Engagement, knowledge: Knowledge, at: datetime, private: bool
    ) -> Subject:
        if on == "message":
            return message_subject(engagement, knowledge)
        assert engagement.proposal.candidate is not None
        values = private_values(engagement, knowledge) if private else ()
        return reply_subject(
            engagement, engagement.proposal.candidate, knowledge, at, private=values
        )

    def _record_flip(
        self, on: str, engagement: Engagement, before: Verdict, after: Verdict, at: datetime
    ) -> None:
        self.account.turns[before.outcome, after.outcome] += 1
        worse = after if after.outcome.rank > before.outcome.rank else before
        other = before if worse is after else after
        decisive = [f for f in worse.findings if f.outcome.rank > other.outcome.rank]
        rules = tuple(dict.fromkeys(finding.rule for finding in decisive))
        self.account.decides.update(rules)
        if len(self.account.flips) >= self._keep:
            return
        words = next((f.words for f in decisive if f.words), "") or _first_finding(decisive)
        self.account.flips.append(
            DecisionFlip(
                engagement.id,
                on,
                at,
                before.outcome,
                after.outcome,
                rules,
                words,
                engagement.text,
            )
        )


def _judge_subject(rulebook: Rulebook, subject: Subject) -> Verdict:
    if isinstance(subject, ReplySubject):
        return judge_reply(rulebook, subject)
    return judge_message(rulebook, subject)


def _visible_knowledge(knowledge: Knowledge) -> object:
    """What rules see of a brand besides the reply itself."""
    modes = {name: channel.mode.name for name, channel in knowledge.brand.channels.items()}
    return BrandFacts.of_brand(knowledge.brand), modes, knowledge.published, knowledge.cultures


def _first_finding(findings: list[Finding]) -> str:
    return findings[0].because if findings else ""


def _rules_by_name(rulebook: Rulebook) -> dict[str, Rule]:
    """Every rule that may speak, without its place in a file."""
    rules = (c.rule for c in rulebook.rules if c.rule.status != "off")
    return {rule.full_id: replace(rule, file="", lines={}, replaces="", note="") for rule in rules}
