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
from bot.policy.cel.finding_words import clipped
from bot.policy.facts.fact_cache import FactError, Item
from bot.policy.facts.fact_context import Sight, text_of
from bot.policy.rulebook import Compiled, Group, Rulebook, compile_rulebook
from bot.policy.subject import MessageSubject, ReplySubject

__all__ = ["Rulebook", "compile_rulebook", "judge_message", "judge_reply"]

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
        length = len(text_of(subject))
        if length > LONGEST:
            return verdict_of((_too_long(on, length),), rulebook.hash)
        enforced, shadow = heard(rulebook, on, subject)
        if not rulebook.guards(on, subject.channel):
            enforced = (*enforced, unguarded(on, subject.channel))
        return verdict_of(enforced, rulebook.hash, shadow)
    except Exception as error:  # the last net: nothing may pass because judging broke
        why = f"It could not be judged: {type(error).__name__}: {clipped(str(error))}"
        finding = Finding("aboveboard/judge", DOUBT[on], why, "It could not be judged", error=True)
        return verdict_of((finding,), rulebook.hash)


def heard(
    rulebook: Rulebook, on: str, subject: ReplySubject | MessageSubject
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """What these rules say of a text of bounded length, and nothing else: enforced, and in shadow.

    For whoever asks some of the rules only; a verdict is `judge_reply`'s and `judge_message`'s.
    """
    enforced: dict[Finding, None] = {}
    shadow: dict[Finding, None] = {}
    for compiled, finding in _findings(rulebook, on, subject):
        (shadow if compiled.rule.status == "shadow" else enforced)[finding] = None
    return tuple(enforced), tuple(shadow)


def _findings(
    rulebook: Rulebook, on: str, subject: ReplySubject | MessageSubject
) -> Iterator[tuple[Compiled, Finding]]:
    sight = Sight(rulebook.vocabularies[on], rulebook.pattern_sets[on], subject)
    where = (subject.channel, subject.mode, subject.locale)
    for group in rulebook.groups[on]:
        applying = group.asked(*where)
        if any(applying):
            yield from _group(group, applying, sight)
    for compiled in rulebook.finders[on]:
        if compiled.applies(*where):
            yield from _finder(compiled, sight)


def _group(
    group: Group, applying: tuple[bool, ...], sight: Sight
) -> Iterator[tuple[Compiled, Finding]]:
    """The rules of a group, all at once where that works, one by one where it doesn't."""
    asked = [compiled for compiled, applies in zip(group.rules, applying, strict=True) if applies]
    try:
        items: tuple[Item | None, ...] = sight.items(group.each) if group.each else (None,)
    except FactError as error:
        yield from ((compiled, failed(compiled, error)) for compiled in asked)
        return
    for compiled in asked:
        if group.each and (cut := sight.unread(compiled.rule)):
            yield compiled, failed(compiled, cut)
    if not items:
        return
    facts = sight.data(group.needs)
    for item in items:
        answers = _at_once(group, item, facts, sight) if len(facts) == len(group.needs) else None
        if answers is None:
            for compiled in asked:
                finding = ask(compiled, item, sight)
                if finding and not sight.heard_enough(compiled.rule):
                    yield compiled, finding
            continue
        for compiled, applies, holds in zip(group.rules, applying, answers, strict=True):
            if applies and holds and not sight.heard_enough(compiled.rule):
                yield compiled, say(compiled, item, sight)


def _at_once(
    group: Group, item: Item | None, facts: dict[str, Any], sight: Sight
) -> list[bool] | None:
    try:
        data = {**facts, **sight.item_data(group.each, item)} if item else facts
        return group.batch.hold(data)
    except Exception:  # asked one by one, the culprit has a name
        return None


def _finder(compiled: Compiled, sight: Sight) -> Iterator[tuple[Compiled, Finding]]:
    try:
        items = sight.found(compiled.rule)
    except FactError as error:
        yield compiled, failed(compiled, error)
        return
    if cut := sight.unread(compiled.rule):
        yield compiled, failed(compiled, cut)
    for item in items:
        finding = ask(compiled, item, sight)
        if finding and not sight.heard_enough(compiled.rule):
            yield compiled, finding


def ask(compiled: Compiled, item: Item | None, sight: Sight) -> Finding | None:
    """What one rule says of the whole, or of one item; None if it has nothing to say."""
    try:
        holds = compiled.expression is None or compiled.expression.holds(
            facts_for(compiled, compiled.needs, item, sight)
        )
    except Exception as error:
        return failed(compiled, error, item)
    return say(compiled, item, sight) if holds else None


def facts_for(
    compiled: Compiled, names: frozenset[str], item: Item | None, sight: Sight
) -> dict[str, Any]:
    """These facts, and the item's fields, by name. Raises FactError if any of it is missing."""
    data = sight.data(names)
    for name in names:
        if name in sight.failed:
            raise sight.failed[name]
    if item is not None:
        data.update(sight.item_data(compiled.rule.each, item))
    return data


def say(compiled: Compiled, item: Item | None, sight: Sight) -> Finding:
    """The finding of a rule that holds."""
    rule = compiled.rule
    words = item.words if item else ""
    try:
        values = facts_for(compiled, compiled.shown, item, sight) | {"finding.words": words}
        short = {k: clipped(v) if isinstance(v, str) else v for k, v in values.items()}
        because, instead = compiled.because.fill(short), compiled.instead.fill(short)
    except Exception as error:
        return failed(compiled, error, item)
    return Finding(
        rule=rule.name,
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


def failed(compiled: Compiled, error: Exception, item: Item | None = None) -> Finding:
    """The finding of a rule that could not be asked: a person decides."""
    rule = compiled.rule
    return Finding(
        rule=rule.name,
        outcome=DOUBT[rule.on],
        because=f"The rule “{rule.title or rule.id}” could not be asked: {clipped(str(error))}.",
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


def _too_long(on: str, length: int) -> Finding:
    because = f"It is too long to be judged: {length} characters, and {LONGEST} is the most."
    instead = "Shorten it." if on == "reply" else "Read it yourself."
    outcome = Outcome.BLOCK if on == "reply" else DOUBT[on]
    return Finding("aboveboard/too-long", outcome, because, "Too long", instead, error=True)


def unguarded(on: str, channel: str) -> Finding:
    """The finding where no rule is in force."""
    where = f"the channel “{channel}”" if channel else "this channel"
    because = f"No rule on a {on} is in force for {where}, so nothing says that it may pass."
    instead = "Add a pack to config.yaml, or a rule for this channel."
    return Finding("aboveboard/no-rules", DOUBT[on], because, "No rules", instead, error=True)
