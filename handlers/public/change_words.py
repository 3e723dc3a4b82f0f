"""A change of rules, modes or facts in plain words, as the record and the page of rules tell it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from babel.dates import format_date

from bot.record.rule_change import FlatWords, RuleChange

THEN: Mapping[str, str] = {
    "note": "noted for the person who decides",
    "hold": "held for a person",
    "block": "never sent",
    "handoff": "given to a person",
}
_STATUS: Mapping[str, str] = {"": "in force", "shadow": "only watched", "off": "switched off"}
_DATES: Mapping[str, str] = {
    "as_of": "looked at again on {}",
    "review_by": "to be looked at again by {}",
    "expires": "runs out on {}",
}


_NAMES: Mapping[str, str] = {
    "rule": "the rule ",
    "profile": "how we speak in ",
    "mode": "the mode ",
}
_ANSWERS: Mapping[str, str] = {"yes": "replies are drafted", "no": "nothing is drafted"}


def words(change: RuleChange) -> str:
    """One sentence, or a few: “Returns policy: 60 days → 45 days, from 1 December 2026.”"""
    if change.how == "explained":
        return f"Said later about {_named(change)}."
    return _HOW[change.how](change)


def _named(change: RuleChange) -> str:
    return f"{_NAMES.get(change.what, '')}“{change.title}”"


def _from(change: RuleChange) -> str:
    return f", from {day(change.since)}" if change.since else ""


def _came(change: RuleChange) -> str:
    if change.what == "fact":
        return f"New, {change.title}{_from(change)}: {_quoted(change.after)}"
    if change.what == "profile":
        return f"New, how we speak in “{change.title}”: {change.after.get('tone', '')}"
    if change.what == "mode":
        after = change.after
        return f"New mode “{change.title}”: {after['meaning']} (Version {after['version']}.)"
    then = THEN.get(change.after.get("then", ""), "")
    return f"New rule{_from(change)}: “{change.title}”; what it speaks of is {then}."


def _went(change: RuleChange) -> str:
    if change.what == "fact":
        return f"No longer, {change.title}: {_quoted(change.before)}"
    if change.what == "profile":
        return f"No longer said: how we speak in “{change.title}”."
    if change.what == "mode":
        return f"No longer a mode: “{change.title}”, version {change.before['version']}."
    return f"No longer a rule: “{change.title}”."


def _changed(change: RuleChange) -> str:
    parts = _PARTS[change.what](change)
    named = {
        "rule": f"“{change.title}”",
        "profile": f"How we speak in “{change.title}”",
        "mode": f"What the mode “{change.title}” means",
    }
    name = named.get(change.what, change.title)
    return f"{name}: {'; '.join(parts)}{_from(change)}."


def _announced(change: RuleChange) -> str:
    if change.before:
        return f"Announced. {_changed(change)}"
    return f"Announced. {_came(change)}"


def _withdrawn(change: RuleChange) -> str:
    return f"Withdrawn: what was announced for {day(change.since)} about {_named(change)}."


_HOW: Mapping[str, Callable[[RuleChange], str]] = {
    "came": _came,
    "went": _went,
    "changed": _changed,
    "announced": _announced,
    "withdrawn": _withdrawn,
}


def _fact_parts(change: RuleChange) -> Iterator[str]:
    old, new = change.before, change.after
    said = _said(old), _said(new)
    if said[0] != said[1]:
        yield f"{said[0] or '–'} → {said[1] or '–'}"
    for name, phrase in _DATES.items():
        if name in new and new[name] != change.since:
            yield phrase.format(day(new[name]))
        elif name in old and name == "expires":
            yield "no longer runs out"
    for name, phrase in (("title", "its source is now called “{}”"), ("url", "now stands at {}")):
        if name in new:
            yield phrase.format(new[name])
    if "offer" in new or "offer" in old:
        yield "is an offer" if "offer" in new else "is no longer an offer"


def _rule_parts(change: RuleChange) -> Iterator[str]:
    old, new = change.before, change.after
    if "then" in new:
        yield f"{THEN.get(old.get('then', ''), '–')} → {THEN.get(new['then'], '–')}"
    if "status" in old or "status" in new:
        before, after = _STATUS.get(old.get("status", "")), _STATUS.get(new.get("status", ""))
        yield f"{before} → {after}"
    if {"when", "each", "find", "on"} & {*old, *new}:
        yield "looks for something else"
    if {"channels", "modes", "locales"} & {*old, *new}:
        yield "holds in other places"
    if {"because", "instead", "title", "note", "promise", "replaces"} & {*old, *new}:
        yield "is worded otherwise"
    if "approvers" in old or "approvers" in new:
        yield f"wants {new.get('approvers', '1')} to approve"


def _profile_parts(change: RuleChange) -> Iterator[str]:
    old, new = change.before, change.after
    if "tone" in new:
        yield f"“{old.get('tone', '–')}” → “{new['tone']}”"
    if "longest" in new or "longest" in old:
        yield f"at most {old.get('longest', 'any')} → {new.get('longest', 'any')} characters"
    if "emoji" in new:
        yield "with emoji" if new["emoji"] == "yes" else "without emoji"
    for name in ("address", "greeting", "hours"):
        before, after = _in(old, name), _in(new, name)
        if before != after:
            yield f"{name}: {before or '–'} → {after or '–'}"
    if "review_by" in new:
        yield _DATES["review_by"].format(day(new["review_by"]))


def _mode_parts(change: RuleChange) -> Iterator[str]:
    old, new = change.before, change.after
    if "meaning" in new:
        yield f"“{old['meaning']}” → “{new['meaning']}”"
    if "answers" in new:
        yield f"{_ANSWERS[old['answers']]} → {_ANSWERS[new['answers']]}"
    yield f"version {old['version']} → {new['version']}"


_PARTS: Mapping[str, Callable[[RuleChange], Iterator[str]]] = {
    "rule": _rule_parts,
    "fact": _fact_parts,
    "profile": _profile_parts,
    "mode": _mode_parts,
}


def _said(words: FlatWords) -> str:
    """Its figure if it has one, else its whole text."""
    value = _in(words, "value")
    return value or _quoted(words)


def _quoted(words: FlatWords) -> str:
    text = _in(words, "text")
    return f"“{text}”" if text else ""


def _in(words: FlatWords, name: str) -> str:
    """In English if there is any, else in the first language."""
    first = (said for key, said in sorted(words.items()) if key.startswith(f"{name}."))
    return words.get(f"{name}.en") or next(first, "")


def day(written: str) -> str:
    """“1 December 2026” of “2026-12-01”."""
    return format_date(date.fromisoformat(written), "d MMMM y", "en")
