"""What changed in the rules, the published facts, the profiles of how we speak on a channel, and
the modes that channels are used in, item by item, and the reasons given for it.

What is in force is described in flat words (`describe_rules`), which can be kept and held against
the next description (`list_changes`): so a change is known after any restart, and what is told of
it depends on nothing but the two. A reason is an author's: it names what it is about, and explains
each of those once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from bot.brand.culture import Culture
from bot.brand.published import PublishedFacts
from bot.brand.settings import Mode
from bot.model import PublishedFact
from bot.policy.pack import Rule
from bot.policy.rulebook import Rulebook
from bot.record.rule_change import ChangedThing, ChangeKind, FlatWords, RuleChange

RuleDescriptions = Mapping[str, FlatWords]

_WHATS: Mapping[str, ChangedThing] = {name: name for name in get_args(ChangedThing)}
_ID = "@"  # stands between an id and the day that it is announced for


@dataclass(frozen=True, slots=True)
class ChangeReason:
    """Why something was changed, as an author says it. `what`: ids of rules and facts, names of
    packs and topics."""

    date: date
    what: tuple[str, ...]
    why: str

    def explains_change(self, change: RuleChange) -> bool:
        above = change.id.partition("." if change.what == "fact" else "/")[0]
        return change.id in self.what or above in self.what

    @property
    def reason_key(self) -> str:
        return "\n".join((self.date.isoformat(), *self.what, self.why))


def describe_rules(
    rulebook: Rulebook,
    published: PublishedFacts,
    cultures: Mapping[str, Culture],
    modes: Mapping[str, Mode],
) -> dict[str, dict[str, str]]:
    """All rules, facts, profiles and modes, in force or announced, in flat words; what is empty is
    left out. The profile of a channel is called `culture/CHANNEL`, a mode `modes/NAME`."""
    coming = {(rule.full_id, rule.since) for rule in rulebook.coming}
    found = {}
    for compiled in rulebook.rules:
        if (compiled.rule.full_id, compiled.rule.since) not in coming:
            found[f"rule:{compiled.rule.full_id}"] = _describe_rule(compiled.rule)
    for rule in rulebook.coming:
        found[f"rule:{rule.full_id}{_ID}{rule.since}"] = _describe_rule(rule)
    for fact in published.facts:
        found[f"fact:{fact.id}"] = _describe_fact(fact)
    for fact in published.coming:
        found[f"fact:{fact.id}{_ID}{fact.since}"] = _describe_fact(fact)
    for culture in cultures.values():
        found[f"profile:culture/{culture.channel}"] = _describe_profile(culture)
    for mode in modes.values():
        found[f"mode:modes/{mode.name}"] = _describe_mode(mode)
    return found


def list_changes(before: RuleDescriptions, after: RuleDescriptions) -> tuple[RuleChange, ...]:
    """What changed from one description to the other, in the order of ids."""
    return tuple(
        change
        for key in sorted({*before, *after})
        if before.get(key) != after.get(key)
        if (change := _describe_change(key, before, after)) is not None
    )


def list_announced_changes(rulebook: Rulebook, published: PublishedFacts) -> tuple[RuleChange, ...]:
    """What is announced for a later day, the soonest first."""
    now = describe_rules(rulebook, published, {}, {})
    begun = {key: words for key, words in now.items() if _ID not in key}
    return tuple(sorted(list_changes(begun, now), key=lambda change: (change.since, change.id)))


def _describe_change(
    key: str, before: RuleDescriptions, after: RuleDescriptions
) -> RuleChange | None:
    kind, _, name = key.partition(":")
    id, _, since = name.partition(_ID)
    what = _WHATS[kind]
    old, new = before.get(key, {}), after.get(key, {})
    title = (new or old).get("title", "")
    if since and not new:
        if f"{kind}:{id}" in after and before.get(f"{kind}:{id}") != after[f"{kind}:{id}"]:
            return None  # its day has come: that is told of what is in force now
        return RuleChange(what, id, "withdrawn", title, since=since)
    if since:
        now = before.get(f"{kind}:{id}", {})
        return RuleChange(what, id, "announced", title, *_differing_words(now, new), since)
    how: ChangeKind = "changed" if old and new else "came" if new else "went"
    announced = new.get("from", "")
    since = announced if f"{key}{_ID}{announced}" in before else ""
    apart = _differing_words(old, new)
    return RuleChange(what, id, how, title, *apart, since) if any(apart) else None


def _differing_words(old: FlatWords, new: FlatWords) -> tuple[dict[str, str], dict[str, str]]:
    """Of both, what the other doesn't say; the title and the day stand elsewhere."""
    names = [n for n in sorted({*old, *new}) if old.get(n) != new.get(n) and n != "from"]
    shown = [name for name in names if name != "title" or (old and new)]
    return {n: old[n] for n in shown if n in old}, {n: new[n] for n in shown if n in new}


def pair_with_reasons(
    changes: Iterable[RuleChange], reasons: Sequence[ChangeReason], seen: Iterable[str]
) -> Iterator[tuple[RuleChange, str]]:
    """Each change with its reason; empty if there is none.

    A reason counts once (`seen` are the keys of those that were there before); but what was
    announced begins with the reason that it was announced with. The newest stands first.
    """
    known = frozenset(seen)
    for change in changes:
        begun = bool(change.since) and change.how != "announced"
        why = (
            r.why
            for r in reasons
            if r.explains_change(change) and (begun or r.reason_key not in known)
        )
        yield change, next(why, "")


def reasons_given_later(
    unexplained: Iterable[RuleChange], reasons: Sequence[ChangeReason], seen: Iterable[str]
) -> Iterator[tuple[RuleChange, str]]:
    """Of changes that went without a reason, those that have got one since."""
    for change, why in pair_with_reasons(unexplained, reasons, seen):
        if why:
            yield replace(change, how="explained", before={}, after={}), why


def _describe_rule(rule: Rule) -> dict[str, str]:
    words = {
        "title": rule.title or rule.id,
        "on": rule.on,
        "each": rule.each,
        "find": "\n".join(rule.find),
        "when": rule.when.strip(),
        "then": rule.then,
        "because": rule.because,
        "instead": rule.instead,
        "promise": rule.promise,
        "status": "" if rule.status == "enforce" else rule.status,
        "channels": ", ".join(rule.channels),
        "modes": ", ".join(rule.modes),
        "locales": ", ".join(rule.locales),
        "approvers": "" if rule.approvers == 1 else str(rule.approvers),
        "replaces": rule.replaces,
        "note": rule.note,
        "from": rule.since.isoformat() if rule.since else "",
    }
    return {name: said for name, said in words.items() if said}


def _describe_profile(culture: Culture) -> dict[str, str]:
    """Without the name of who wrote it: that is for the people of the brand."""
    words = {
        "title": culture.channel,
        "tone": culture.tone,
        "longest": str(culture.longest or ""),
        "emoji": "yes" if culture.emoji else "no",
        **{f"address.{locale}": kind for locale, kind in culture.address.items()},
        **{f"greeting.{locale}": said for locale, said in culture.greeting.items()},
        **{f"hours.{locale}": said for locale, said in culture.hours.items()},
        "review_by": culture.review_by.isoformat(),
    }
    return {name: said for name, said in words.items() if said}


def _describe_mode(mode: Mode) -> dict[str, str]:
    """Its version stands with it, so that what an entry names by it can be looked up."""
    answers = "yes" if mode.answers else "no"
    return {
        "title": mode.name,
        "meaning": mode.meaning,
        "answers": answers,
        "version": mode.meaning_hash,
    }


def _describe_fact(fact: PublishedFact) -> dict[str, str]:
    words = {
        "title": fact.titles.get("en") or next(iter(fact.titles.values()), fact.id),
        **{f"text.{locale}": text for locale, text in fact.text.items()},
        **{f"value.{locale}": value for locale, value in fact.value.items()},
        "url": fact.url,
        "as_of": fact.as_of.isoformat(),
        "review_by": fact.review_by.isoformat(),
        "expires": fact.expires.isoformat() if fact.expires else "",
        "offer": "yes" if fact.offer else "",
        "from": fact.since.isoformat() if fact.since else "",
    }
    return {name: said for name, said in words.items() if said}
