"""From packs to a rulebook: every rule checked against the vocabulary, compiled once, hashed.

Promises: a rulebook holds only rules that can be asked; whatever cannot is a BrandError with line
and caret, found here and not while judging. It is a value: swapped whole, never changed. Two
rulebooks with the same rules in another order have the same hash and say the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property

import re2

from bot.model.errors import BrandError, did_you_mean
from bot.policy.cel.expression import Batch, Expression, ExpressionError, Language
from bot.policy.cel.finding_words import Words, WordsError, compile_words
from bot.policy.cel.pattern_sets import PatternSet, refused
from bot.policy.facts.fact_types import WORDS, Vocabulary
from bot.policy.pack import Pack, Rule, problems
from bot.policy.vocabulary import VOCABULARIES

_NOT_CONTENT = {"file", "lines"}
_FINDING = {"finding.words": "string"}


@dataclass(frozen=True)
class Compiled:
    """A rule that can be asked. `needs`: the facts that its `when` reads; `shown`: its words'."""

    rule: Rule
    expression: Expression | None  # None: every place that `find` matches is meant
    because: Words
    instead: Words
    needs: frozenset[str]
    shown: frozenset[str]

    def applies(self, channel: str, mode: str, locale: str) -> bool:
        rule = self.rule
        return (
            rule.status != "off"
            and self.speaks_on(channel)
            and (not rule.modes or mode in rule.modes)
            and (not rule.locales or locale in rule.locales)
        )

    def speaks_on(self, channel: str) -> bool:
        return not self.rule.channels or channel in self.rule.channels


@dataclass(frozen=True)
class Group:
    """Rules that look at the same thing: the whole (`each` empty), or each item of a list."""

    each: str
    rules: tuple[Compiled, ...]
    batch: Batch
    needs: frozenset[str]

    def asked(self, channel: str, mode: str, locale: str) -> tuple[bool, ...]:
        """For each rule, whether it applies there."""
        if not self.limited:
            return self.everywhere
        return tuple(compiled.applies(channel, mode, locale) for compiled in self.rules)

    @cached_property
    def limited(self) -> bool:
        """Whether any of the rules is meant for some places only."""
        return any(c.rule.channels or c.rule.modes or c.rule.locales for c in self.rules)

    @cached_property
    def everywhere(self) -> tuple[bool, ...]:
        return (True,) * len(self.rules)


@dataclass(frozen=True)
class Rulebook:
    """All rules in force. `hash` is SHA-256 in hex of what they say; verdicts carry it."""

    hash: str
    rules: tuple[Compiled, ...]
    groups: Mapping[str, tuple[Group, ...]]  # by what they are on
    finders: Mapping[str, tuple[Compiled, ...]]  # rules with `find`
    pattern_sets: Mapping[str, PatternSet]
    vocabularies: Mapping[str, Vocabulary]
    replaced: Mapping[str, str]  # rule -> the one that stands in for it
    coming: tuple[Rule, ...] = ()  # announced for a later day; until then only watched

    def on(self, what: str) -> tuple[Compiled, ...]:
        return tuple(compiled for compiled in self.rules if compiled.rule.on == what)

    def rule(self, name: str) -> Rule | None:
        """The rule called `pack/id`."""
        return next((c.rule for c in self.rules if c.rule.name == name), None)

    def guards(self, what: str, channel: str) -> bool:
        """Whether any enforced rule speaks on this channel."""
        channels = self._guarded[what]
        return "" in channels or channel in channels

    @cached_property
    def _guarded(self) -> Mapping[str, frozenset[str]]:
        """The channels that enforced rules speak on; "" stands for every one."""
        return {
            on: frozenset(
                channel
                for compiled in self.on(on)
                if compiled.rule.status == "enforce"
                for channel in compiled.rule.channels or ("",)
            )
            for on in _ONS
        }

    @cached_property
    def mentions(self) -> frozenset[str]:
        """Every fact that some rule mentions: the only ones that are ever computed."""
        lists = {compiled.rule.each for compiled in self.rules} - {""}
        return frozenset(lists).union(*(c.needs | c.shown for c in self.rules))


def compile_rulebook(
    packs: Iterable[Pack],
    vocabularies: Mapping[str, Vocabulary] = VOCABULARIES,
    today: date = date.max,
) -> Rulebook:
    """The rules as they are on this day; without one, as if all had begun. Raises BrandError for
    the first problem; `rulebook_problems` gives all of them."""
    rulebook, found = try_rulebook(packs, vocabularies, today)
    if found:
        raise found[0]
    return rulebook


def try_rulebook(
    packs: Iterable[Pack],
    vocabularies: Mapping[str, Vocabulary] = VOCABULARIES,
    today: date = date.max,
) -> tuple[Rulebook, tuple[BrandError, ...]]:
    """The rules as they are on this day, and everything that keeps them from being used, in the
    order of the files: the rulebook is good for nothing unless that is empty."""
    compiler = _Compiler(vocabularies, today)
    return compiler.compile(tuple(packs)), tuple(compiler.problems)


def rulebook_problems(
    packs: Iterable[Pack], vocabularies: Mapping[str, Vocabulary] = VOCABULARIES
) -> tuple[BrandError, ...]:
    """Everything that keeps these packs from being used, in the order of the files."""
    return try_rulebook(packs, vocabularies)[1]


def unknown_places(
    rulebook: Rulebook, channels: Iterable[str], modes: Iterable[str]
) -> tuple[BrandError, ...]:
    """Rules that are limited to a channel or a mode which the brand doesn't have."""
    found = []
    known = {"channels": tuple(channels), "modes": tuple(modes)}
    for compiled in rulebook.rules:
        for key, names in known.items():
            for name in getattr(compiled.rule, key):
                if name not in names:
                    problem = f"config.yaml has no “{name}” under {key}."
                    found.append(compiled.rule.error(key, problem, did_you_mean(name, names)))
    return tuple(found)


class _Compiler:
    def __init__(self, vocabularies: Mapping[str, Vocabulary], today: date = date.max) -> None:
        self.vocabularies, self.today = vocabularies, today
        self.problems: list[BrandError] = []
        self._languages: dict[tuple[str, str], Language] = {}

    def compile(self, packs: tuple[Pack, ...]) -> Rulebook:
        written = [rule for pack in packs for rule in pack.rules]
        coming = tuple(rule for rule in written if rule.since and rule.since > self.today)
        rules = [_watched(rule) if rule in coming else rule for rule in written]
        replaced = {
            old: new
            for old, new in self._replaced(rules).items()
            if new not in {rule.name for rule in coming}
        }
        compiled = [self._rule(rule) for rule in rules if rule.name not in replaced]
        usable = sorted((c for c in compiled if c is not None), key=lambda c: c.rule.name)
        asked = [c for c in usable if c.rule.status != "off"]
        finders = {on: tuple(c for c in asked if c.rule.find and c.rule.on == on) for on in _ONS}
        return Rulebook(
            hash=_hash(rules),
            rules=tuple(usable),
            groups={on: self._groups(on, asked) for on in _ONS},
            finders=finders,
            pattern_sets={on: self._patterns(finders[on]) for on in _ONS},
            vocabularies=self.vocabularies,
            replaced=replaced,
            coming=coming,
        )

    def _patterns(self, finders: tuple[Compiled, ...]) -> PatternSet:
        try:
            return PatternSet((c.rule.name, pattern) for c in finders for pattern in c.rule.find)
        except re2.error:
            problem = (
                f"the patterns of the {len(finders)} rules with “find” are too large together."
            )
            mend = "Write shorter ones: no large {n,m}."
            self.problems.append(finders[0].rule.error("find", problem, mend))
            return PatternSet(())

    def _replaced(self, rules: list[Rule]) -> dict[str, str]:
        names: dict[str, Rule] = {}
        for rule in rules:
            if rule.name in names:
                problem = f"there is another rule called “{rule.name}”."
                self.problems.append(rule.error("id", problem, "Give one of them another id."))
            names[rule.name] = rule
        for rule in rules:
            if rule.note and rule.replaces and rule.replaces not in names:
                problem = f"it replaces “{rule.replaces}”, which no pack has."
                mend = did_you_mean(rule.replaces, names)
                self.problems.append(rule.error("replaces", problem, mend))
        return {rule.replaces: rule.name for rule in rules if rule.replaces in names}

    def _rule(self, rule: Rule) -> Compiled | None:
        before = len(self.problems)
        self.problems.extend(problems(rule))
        vocabulary = self.vocabularies[rule.on]
        if rule.each and rule.each not in vocabulary.lists:
            problem = f"“each” cannot go through “{rule.each}”."
            mend = did_you_mean(rule.each, vocabulary.lists)
            self.problems.append(rule.error("each", problem, mend))
            return None
        for pattern in rule.find:
            if why := refused(pattern):
                problem = f"the pattern “{pattern}” cannot be used: {why}."
                mend = "Patterns are RE2, as at github.com/google/re2/wiki/Syntax."
                self.problems.append(rule.error("find", problem, mend))
        language = self._language(rule)
        expression = self._expression(rule, language)
        scope = {**language.names, **_FINDING}
        because = self._words(rule, "because", rule.because, scope)
        instead = self._words(rule, "instead", rule.instead, scope)
        if len(self.problems) > before or because is None or instead is None:
            return None
        facts = vocabulary.facts.keys()
        needs = expression.mentions & facts if expression else frozenset()
        shown = (because.mentions | instead.mentions) & facts
        return Compiled(rule, expression, because, instead, needs, shown)

    def _language(self, rule: Rule) -> Language:
        vocabulary = self.vocabularies[rule.on]
        kind = vocabulary.facts[rule.each].item if rule.each else "find" if rule.find else ""
        if (rule.on, kind) not in self._languages:
            fields = vocabulary.fields(rule.each) if rule.each else (WORDS,) if rule.find else ()
            names = vocabulary.names() | {f"it.{field.name}": field.type for field in fields}
            self._languages[rule.on, kind] = Language(names)
        return self._languages[rule.on, kind]

    def _expression(self, rule: Rule, language: Language) -> Expression | None:
        if not rule.when:
            return None
        try:
            return language.compile(rule.when)
        except ExpressionError as error:
            source = rule.when.split("\n")[error.line - 1]
            caret = " " * (error.column - 1) + "^"
            shown = f"{error.mend}\n    {source}\n    {caret}".lstrip(" ")
            self.problems.append(rule.error("when", error.problem, shown, error.line - 1))
            return None

    def _words(self, rule: Rule, key: str, source: str, scope: Mapping[str, str]) -> Words | None:
        try:
            return compile_words(source, scope)
        except WordsError as error:
            self.problems.append(rule.error(key, error.problem, error.mend, error.line - 1))
            return None

    def _groups(self, on: str, asked: list[Compiled]) -> tuple[Group, ...]:
        by_list: dict[str, list[Compiled]] = {}
        for compiled in asked:
            if compiled.rule.on == on and not compiled.rule.find:
                by_list.setdefault(compiled.rule.each, []).append(compiled)
        groups = []
        for each, rules in sorted(by_list.items()):
            expressions = [c.expression for c in rules if c.expression is not None]
            batch = self._language(rules[0].rule).together(expressions)
            facts = self.vocabularies[on].facts.keys()
            needs = frozenset(name for each_one in expressions for name in each_one.mentions)
            groups.append(Group(each, tuple(rules), batch, needs & facts))
        return tuple(groups)


def _watched(rule: Rule) -> Rule:
    """A rule before its day: in shadow, so that its authors see what it is going to do."""
    return replace(rule, status="shadow") if rule.status == "enforce" else rule


_ONS = ("reply", "message")


def _hash(rules: Iterable[Rule]) -> str:
    content = [field.name for field in fields(Rule) if field.name not in _NOT_CONTENT]
    said = [
        {name: getattr(rule, name) for name in content}
        for rule in sorted(rules, key=lambda rule: (rule.name, rule.when))
    ]
    canonical = json.dumps(
        said, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=date.isoformat
    )
    return hashlib.sha256(canonical.encode()).hexdigest()
