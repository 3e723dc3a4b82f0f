"""The test itself: a verdict on one exact text, by the rules in force.

Total, and it fails closed. Whatever goes wrong (a fact that cannot be computed, a rule that gives
no true or false, words that cannot be filled, no rule for the channel) is a finding that names the
culprit and gives the text to a person; nothing passes because something failed. Pure: the same
rulebook and subject give the same verdict, in whatever order the rules were written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.model import Finding, Outcome, Verdict, verdict_of
from bot.policy.cel.finding_words import clip_words
from bot.policy.facts.fact_cache import FactError, Item
from bot.policy.facts.fact_context import FactContext, text_to_judge
from bot.policy.rulebook import CompiledRule, Rulebook, RuleGroup
from bot.policy.subject import MessageSubject, ReplySubject

#: Characters of a text that is judged; what is longer is not sent, whatever it says. The desk takes
#: 8,000, and the time that a hostile text can cost stays bounded.
LONGEST = 12_000

#: what “a person decides” is called, by what is judged
DOUBT = {"reply": Outcome.HOLD, "message": Outcome.HANDOFF}


def judge_reply(rulebook: Rulebook, subject: ReplySubject) -> Verdict:
    """What the rules say of an exact reply. Total."""
    return _judge(rulebook, "reply", subject)


def judge_message(rulebook: Rulebook, subject: MessageSubject) -> Verdict:
    """What the rules say of a customer's message. Total."""
    return _judge(rulebook, "message", subject)


def _judge(rulebook: Rulebook, on: str, subject: ReplySubject | MessageSubject) -> Verdict:
    try:
        length = len(text_to_judge(subject))
        if length > LONGEST:
            return verdict_of((_too_long_finding(on, length),), rulebook.hash)
        enforced, shadow = findings_on(rulebook, on, subject)
        if not rulebook.has_rule_for(on, subject.channel):
            enforced = (*enforced, finding_without_rules(on, subject.channel))
        return verdict_of(enforced, rulebook.hash, shadow)
    except Exception as error:  # the last net: nothing may pass because judging broke
        why = f"It could not be judged: {type(error).__name__}: {clip_words(str(error))}"
        finding = Finding("aboveboard/judge", DOUBT[on], why, "It could not be judged", error=True)
        return verdict_of((finding,), rulebook.hash)


def findings_on(
    rulebook: Rulebook, on: str, subject: ReplySubject | MessageSubject
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """What these rules say of a text of bounded length, and nothing else: enforced, and in shadow.

    For whoever asks some of the rules only; a verdict is `judge_reply`'s and `judge_message`'s.
    """
    enforced: dict[Finding, None] = {}
    shadow: dict[Finding, None] = {}
    for compiled, finding in _iterate_findings(rulebook, on, subject):
        (shadow if compiled.rule.status == "shadow" else enforced)[finding] = None
    return tuple(enforced), tuple(shadow)


def _iterate_findings(
    rulebook: Rulebook, on: str, subject: ReplySubject | MessageSubject
) -> Iterator[tuple[CompiledRule, Finding]]:
    context = FactContext(rulebook.vocabularies[on], rulebook.pattern_sets[on], subject)
    where = (subject.channel, subject.mode, subject.locale)
    for group in rulebook.groups[on]:
        applying = group.which_apply(*where)
        if any(applying):
            yield from _ask_group(group, applying, context)
    for compiled in rulebook.finders[on]:
        if compiled.applies_in(*where):
            yield from _ask_finder(compiled, context)


def _ask_group(
    group: RuleGroup, applying: tuple[bool, ...], context: FactContext
) -> Iterator[tuple[CompiledRule, Finding]]:
    """The rules of a group, all at once where that works, one by one where it doesn't."""
    asked = [compiled for compiled, applies in zip(group.rules, applying, strict=True) if applies]
    try:
        items: tuple[Item | None, ...] = context.list_items(group.each) if group.each else (None,)
    except FactError as error:
        yield from ((compiled, failure_finding(compiled, error)) for compiled in asked)
        return
    for compiled in asked:
        if group.each and (cut := context.why_items_are_cut(compiled.rule)):
            yield compiled, failure_finding(compiled, cut)
    if not items:
        return
    facts = context.fact_values(group.needs)
    for item in items:
        answers = (
            _ask_group_at_once(group, item, facts, context)
            if len(facts) == len(group.needs)
            else None
        )
        if answers is None:
            for compiled in asked:
                finding = ask_rule(compiled, item, context)
                if finding and not context.has_said_enough(compiled.rule):
                    yield compiled, finding
            continue
        for compiled, applies, holds in zip(group.rules, applying, answers, strict=True):
            if applies and holds and not context.has_said_enough(compiled.rule):
                yield compiled, rule_finding(compiled, item, context)


def _ask_group_at_once(
    group: RuleGroup, item: Item | None, facts: dict[str, Any], context: FactContext
) -> list[bool] | None:
    try:
        data = {**facts, **context.item_data(group.each, item)} if item else facts
        return group.batch.evaluate_all(data)
    except Exception:  # asked one by one, the culprit has a name
        return None


def _ask_finder(
    compiled: CompiledRule, context: FactContext
) -> Iterator[tuple[CompiledRule, Finding]]:
    try:
        items = context.find_pattern_items(compiled.rule)
    except FactError as error:
        yield compiled, failure_finding(compiled, error)
        return
    if cut := context.why_items_are_cut(compiled.rule):
        yield compiled, failure_finding(compiled, cut)
    for item in items:
        finding = ask_rule(compiled, item, context)
        if finding and not context.has_said_enough(compiled.rule):
            yield compiled, finding


def ask_rule(compiled: CompiledRule, item: Item | None, context: FactContext) -> Finding | None:
    """What one rule says of the whole, or of one item; None if it has nothing to say."""
    try:
        holds = compiled.expression is None or compiled.expression.is_true_of(
            rule_facts(compiled, compiled.needs, item, context)
        )
    except Exception as error:
        return failure_finding(compiled, error, item)
    return rule_finding(compiled, item, context) if holds else None


def rule_facts(
    compiled: CompiledRule, names: frozenset[str], item: Item | None, context: FactContext
) -> dict[str, Any]:
    """These facts, and the item's fields, by name. Raises FactError if any of it is missing."""
    data = context.fact_values(names)
    for name in names:
        if name in context.failed:
            raise context.failed[name]
    if item is not None:
        data.update(context.item_data(compiled.rule.each, item))
    return data


def rule_finding(compiled: CompiledRule, item: Item | None, context: FactContext) -> Finding:
    """The finding of a rule that holds."""
    rule = compiled.rule
    words = item.words if item else ""
    try:
        values = rule_facts(compiled, compiled.shown, item, context) | {"finding.words": words}
        short = {k: clip_words(v) if isinstance(v, str) else v for k, v in values.items()}
        because, instead = compiled.because.fill_slots(short), compiled.instead.fill_slots(short)
    except Exception as error:
        return failure_finding(compiled, error, item)
    return Finding(
        rule=rule.full_id,
        outcome=Outcome(rule.then),
        because=because.strip(),
        title=rule.title,
        instead=instead.strip(),
        words=words,
        start=item.start if item else 0,
        end=item.end if item else 0,
        approvers=rule.approvers,
        promise=rule.promise,
        entry=str(item.fields.get("entry", "")) if item else "",
        runbook=rule.runbook,
    )


def failure_finding(compiled: CompiledRule, error: Exception, item: Item | None = None) -> Finding:
    """The finding of a rule that could not be asked: a person decides."""
    rule = compiled.rule
    return Finding(
        rule=rule.full_id,
        outcome=DOUBT[rule.on],
        because=f"The rule “{rule.title or rule.id}” could not be asked: {clip_words(str(error))}.",
        title=rule.title,
        instead="Decide by reading it, and tell whoever looks after the rules.",
        words=item.words if item else "",
        start=item.start if item else 0,
        end=item.end if item else 0,
        approvers=rule.approvers,
        error=True,
        promise=rule.promise,
        runbook=rule.runbook,
    )


def _too_long_finding(on: str, length: int) -> Finding:
    because = f"It is too long to be judged: {length} characters, and {LONGEST} is the most."
    instead = "Shorten it." if on == "reply" else "Read it yourself."
    outcome = Outcome.BLOCK if on == "reply" else DOUBT[on]
    return Finding("aboveboard/too-long", outcome, because, "Too long", instead, error=True)


def finding_without_rules(on: str, channel: str) -> Finding:
    """The finding where no rule is in force."""
    where = f"the channel “{channel}”" if channel else "this channel"
    because = f"No rule on a {on} is in force for {where}, so nothing says that it may pass."
    instead = "Add a pack to config.yaml, or a rule for this channel."
    return Finding("aboveboard/no-rules", DOUBT[on], because, "No rules", instead, error=True)
