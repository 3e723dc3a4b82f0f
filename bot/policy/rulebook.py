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
from bot.policy.cel.expression import Expression, ExpressionBatch, ExpressionError, RuleLanguage
from bot.policy.cel.finding_words import FindingWords, WordsError, compile_words
from bot.policy.cel.pattern_sets import PatternSet, why_pattern_is_unusable
from bot.policy.facts.fact_types import WORDS, Vocabulary
from bot.policy.pack import Pack, Rule, rule_problems
from bot.policy.vocabulary import VOCABULARIES

_NOT_CONTENT = {"file", "lines"}
_FINDING = {"finding.words": "string"}


@dataclass(frozen=True)
class CompiledRule:
    """A rule that can be asked. `needs`: the facts that its `when` reads; `shown`: its words'."""

    rule: Rule
    expression: Expression | None  # None: every place that `find` matches is meant
    because: FindingWords
    instead: FindingWords
    needs: frozenset[str]
    shown: frozenset[str]

    def applies_in(self, channel: str, mode: str, locale: str) -> bool:
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
class RuleGroup:
    """Rules that look at the same thing: the whole (`each` empty), or each item of a list."""

    each: str
    rules: tuple[CompiledRule, ...]
    batch: ExpressionBatch
    needs: frozenset[str]

    def which_apply(self, channel: str, mode: str, locale: str) -> tuple[bool, ...]:
        """For each rule, whether it applies there."""
        if not self.is_limited:
            return self.all_apply
        return tuple(compiled.applies_in(channel, mode, locale) for compiled in self.rules)

    @cached_property
    def is_limited(self) -> bool:
        """Whether any of the rules is meant for some places only."""
        return any(c.rule.channels or c.rule.modes or c.rule.locales for c in self.rules)

    @cached_property
    def all_apply(self) -> tuple[bool, ...]:
        return (True,) * len(self.rules)


@dataclass(frozen=True)
class Rulebook:
    """All rules in force. `hash` is SHA-256 in hex of what they say; verdicts carry it."""

    hash: str
    rules: tuple[CompiledRule, ...]
    groups: Mapping[str, tuple[RuleGroup, ...]]  # by what they are on
    finders: Mapping[str, tuple[CompiledRule, ...]]  # rules with `find`
    pattern_sets: Mapping[str, PatternSet]
    vocabularies: Mapping[str, Vocabulary]
    replaced: Mapping[str, str]  # rule -> the one that stands in for it
    coming: tuple[Rule, ...] = ()  # announced for a later day; until then only watched

    def rules_on(self, what: str) -> tuple[CompiledRule, ...]:
        return tuple(compiled for compiled in self.rules if compiled.rule.on == what)

    def rule(self, name: str) -> Rule | None:
        """The rule called `pack/id`."""
        return next((c.rule for c in self.rules if c.rule.full_id == name), None)

    def has_rule_for(self, what: str, channel: str) -> bool:
        """Whether any enforced rule speaks on this channel."""
        channels = self._channels_with_rules[what]
        return "" in channels or channel in channels

    @cached_property
    def _channels_with_rules(self) -> Mapping[str, frozenset[str]]:
        """The channels that enforced rules speak on; "" stands for every one."""
        return {
            on: frozenset(
                channel
                for compiled in self.rules_on(on)
                if compiled.rule.status == "enforce"
                for channel in compiled.rule.channels or ("",)
            )
            for on in _ONS
        }

    @cached_property
    def mentioned_facts(self) -> frozenset[str]:
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
    compiler = _RulebookCompiler(vocabularies, today)
    return compiler.compile_packs(tuple(packs)), tuple(compiler.problems)


def rulebook_problems(
    packs: Iterable[Pack], vocabularies: Mapping[str, Vocabulary] = VOCABULARIES
) -> tuple[BrandError, ...]:
    """Everything that keeps these packs from being used, in the order of the files."""
    return try_rulebook(packs, vocabularies)[1]


def find_unknown_places(
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
                    found.append(compiled.rule.error_at(key, problem, did_you_mean(name, names)))
    return tuple(found)


class _RulebookCompiler:
    def __init__(self, vocabularies: Mapping[str, Vocabulary], today: date = date.max) -> None:
        self.vocabularies, self.today = vocabularies, today
        self.problems: list[BrandError] = []
        self._languages: dict[tuple[str, str], RuleLanguage] = {}

    def compile_packs(self, packs: tuple[Pack, ...]) -> Rulebook:
        written = [rule for pack in packs for rule in pack.rules]
        coming = tuple(rule for rule in written if rule.since and rule.since > self.today)
        rules = [_in_shadow(rule) if rule in coming else rule for rule in written]
        replaced = {
            old: new
            for old, new in self._replaced_rules(rules).items()
            if new not in {rule.full_id for rule in coming}
        }
        compiled = [self._compile_rule(rule) for rule in rules if rule.full_id not in replaced]
        usable = sorted((c for c in compiled if c is not None), key=lambda c: c.rule.full_id)
        asked = [c for c in usable if c.rule.status != "off"]
        finders = {on: tuple(c for c in asked if c.rule.find and c.rule.on == on) for on in _ONS}
        return Rulebook(
            hash=_hash_rules(rules),
            rules=tuple(usable),
            groups={on: self._group_rules(on, asked) for on in _ONS},
            finders=finders,
            pattern_sets={on: self._pattern_set(finders[on]) for on in _ONS},
            vocabularies=self.vocabularies,
            replaced=replaced,
            coming=coming,
        )

    def _pattern_set(self, finders: tuple[CompiledRule, ...]) -> PatternSet:
        try:
            return PatternSet((c.rule.full_id, pattern) for c in finders for pattern in c.rule.find)
        except re2.error:
            problem = (
                f"the patterns of the {len(finders)} rules with “find” are too large together."
            )
            mend = "Write shorter ones: no large {n,m}."
            self.problems.append(finders[0].rule.error_at("find", problem, mend))
            return PatternSet(())

    def _replaced_rules(self, rules: list[Rule]) -> dict[str, str]:
        names: dict[str, Rule] = {}
        for rule in rules:
            if rule.full_id in names:
                problem = f"there is another rule called “{rule.full_id}”."
                self.problems.append(rule.error_at("id", problem, "Give one of them another id."))
            names[rule.full_id] = rule
        for rule in rules:
            if rule.note and rule.replaces and rule.replaces not in names:
                problem = f"it replaces “{rule.replaces}”, which no pack has."
                mend = did_you_mean(rule.replaces, names)
                self.problems.append(rule.error_at("replaces", problem, mend))
        return {rule.replaces: rule.full_id for rule in rules if rule.replaces in names}

    def _compile_rule(self, rule: Rule) -> CompiledRule | None:
        before = len(self.problems)
        self.problems.extend(rule_problems(rule))
        vocabulary = self.vocabularies[rule.on]
        if rule.each and rule.each not in vocabulary.list_facts:
            problem = f"“each” cannot go through “{rule.each}”."
            mend = did_you_mean(rule.each, vocabulary.list_facts)
            self.problems.append(rule.error_at("each", problem, mend))
            return None
        for pattern in rule.find:
            if why := why_pattern_is_unusable(pattern):
                problem = f"the pattern “{pattern}” cannot be used: {why}."
                mend = "Patterns are RE2, as at github.com/google/re2/wiki/Syntax."
                self.problems.append(rule.error_at("find", problem, mend))
        language = self._language_for(rule)
        expression = self._compile_when(rule, language)
        scope = {**language.names, **_FINDING}
        because = self._compile_text(rule, "because", rule.because, scope)
        instead = self._compile_text(rule, "instead", rule.instead, scope)
        if len(self.problems) > before or because is None or instead is None:
            return None
        facts = vocabulary.facts.keys()
        needs = expression.mentions & facts if expression else frozenset()
        shown = (because.mentions | instead.mentions) & facts
        return CompiledRule(rule, expression, because, instead, needs, shown)

    def _language_for(self, rule: Rule) -> RuleLanguage:
        vocabulary = self.vocabularies[rule.on]
        kind = vocabulary.facts[rule.each].item if rule.each else "find" if rule.find else ""
        if (rule.on, kind) not in self._languages:
            fields = (
                vocabulary.fields_of_items(rule.each)
                if rule.each
                else (WORDS,)
                if rule.find
                else ()
            )
            names = vocabulary.type_by_name() | {f"it.{field.name}": field.type for field in fields}
            self._languages[rule.on, kind] = RuleLanguage(names)
        return self._languages[rule.on, kind]

    def _compile_when(self, rule: Rule, language: RuleLanguage) -> Expression | None:
        if not rule.when:
            return None
        try:
            return language.compile_expression(rule.when)
        except ExpressionError as error:
            source = rule.when.split("\n")[error.line - 1]
            caret = " " * (error.column - 1) + "^"
            shown = f"{error.mend}\n    {source}\n    {caret}".lstrip(" ")
            self.problems.append(rule.error_at("when", error.problem, shown, error.line - 1))
            return None

    def _compile_text(
        self, rule: Rule, key: str, source: str, scope: Mapping[str, str]
    ) -> FindingWords | None:
        try:
            return compile_words(source, scope)
        except WordsError as error:
            self.problems.append(rule.error_at(key, error.problem, error.mend, error.line - 1))
            return None

    def _group_rules(self, on: str, asked: list[CompiledRule]) -> tuple[RuleGroup, ...]:
        by_list: dict[str, list[CompiledRule]] = {}
        for compiled in asked:
            if compiled.rule.on == on and not compiled.rule.find:
                by_list.setdefault(compiled.rule.each, []).append(compiled)
        groups = []
        for each, rules in sorted(by_list.items()):
            expressions = [c.expression for c in rules if c.expression is not None]
            batch = self._language_for(rules[0].rule).compile_batch(expressions)
            facts = self.vocabularies[on].facts.keys()
            needs = frozenset(name for each_one in expressions for name in each_one.mentions)
            groups.append(RuleGroup(each, tuple(rules), batch, needs & facts))
        return tuple(groups)


def _in_shadow(rule: Rule) -> Rule:
    """A rule before its day: in shadow, so that its authors see what it is going to do."""
    return replace(rule, status="shadow") if rule.status == "enforce" else rule


_ONS = ("reply", "message")


def _hash_rules(rules: Iterable[Rule]) -> str:
    content = [field.name for field in fields(Rule) if field.name not in _NOT_CONTENT]
    said = [
        {name: getattr(rule, name) for name in content}
        for rule in sorted(rules, key=lambda rule: (rule.full_id, rule.when))
    ]
    canonical = json.dumps(
        said, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=date.isoformat
    )
    return hashlib.sha256(canonical.encode()).hexdigest()
