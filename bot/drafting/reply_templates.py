"""Reply templates and notices: texts with slots, checked before their first use.

A reply's slots are published facts, a notice's are `due`, `record_url` and `brand`. There are no
statements, filters, tests or calls: a template cannot loop, decide or compute, so its cost is its
length and what it says can be read off the file. Strangers' text never enters one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, Literal

import re2
from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.brand.published import PublishedFacts
from bot.drafting.facts_view import FactsView
from bot.model.errors import BrandError, NoDraft, did_you_mean, nearest

TemplateKind = Literal["replies", "notices"]
TemplateKey = tuple[
    TemplateKind, str, str
]  # ("replies", intent, locale) or ("notices", reason, locale)

SUFFIX: Mapping[str, str] = MappingProxyType({"replies": ".md.j2", "notices": ".txt.j2"})
NOTICE_SLOTS = frozenset({"due", "record_url", "brand"})
MORE_SLOTS = {"measure-taken": frozenset({"appeal"})}  # of single notices
LONGEST_SOURCE = 4_000  # characters of a template's file
LONGEST_BODY = 2_400  # characters of what it makes; every channel takes that much

_FIGURE = re2.compile(r"[^\s]*[0-9][^\s]*")
_SLOT_ONLY = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr)


def template_path(kind: TemplateKind, name: str, locale: str) -> str:
    return f"templates/{kind}/{name}/{locale}{SUFFIX[kind]}"


def template_key(path: str) -> TemplateKey:
    """What a template is for, by its path. Raises BrandError if it lies where none belongs."""
    match path.split("/"):
        case ["templates", "replies" | "notices" as kind, name, file] if file.endswith(
            SUFFIX[kind]
        ):
            return kind, name, file.removesuffix(SUFFIX[kind])
    mend = (
        "Name it like templates/replies/return-item/en.md.j2 or templates/notices/legal/en.txt.j2."
    )
    raise BrandError(path, 0, "No template is looked for here.", mend)


class Templates:
    """All templates of a brand. Raises BrandError for the first that cannot be compiled."""

    __slots__ = ("_sources", "hash", "keys")

    def __init__(self, sources: Mapping[str, str]) -> None:
        for path, source in sorted(sources.items()):
            _parse_template(path, source)
        self._sources = {template_key(path): source for path, source in sources.items()}
        self.keys = frozenset(self._sources)
        content = "\0".join(f"{path}\0{source}" for path, source in sorted(sources.items()))
        self.hash = hashlib.sha256(content.encode()).hexdigest()

    def locales(self, kind: TemplateKind, name: str) -> frozenset[str]:
        """The locales in which there is a reply for this intent, or a notice for this reason."""
        return frozenset(locale for k, n, locale in self.keys if (k, n) == (kind, name))

    def fill_reply(self, intent: str, locale: str, facts: FactsView) -> str:
        """The body for an intent. Raises NoDraft if there is no template, or a fact is missing."""
        return self._fill_template("replies", intent, locale, {"facts": facts})

    def fill_notice(self, reason: str, locale: str, slots: Mapping[str, str]) -> str:
        """A notice's text. Raises NoDraft if there is none, or a slot is not given."""
        return self._fill_template("notices", reason, locale, slots)

    def _fill_template(
        self, kind: TemplateKind, name: str, locale: str, slots: Mapping[str, Any]
    ) -> str:
        source = self._sources.get((kind, name, locale))
        if source is None:
            raise NoDraft(f"There is no {template_path(kind, name, locale)}.")
        try:
            template = _compile_template(template_path(kind, name, locale), source)
            body = tidy_paragraphs(template.render(slots))
        except TemplateError as error:
            raise NoDraft(
                f"{template_path(kind, name, locale)} cannot be filled: {error}."
            ) from error
        if not body:
            raise NoDraft(f"{template_path(kind, name, locale)} says nothing.")
        if len(body) > LONGEST_BODY:
            raise NoDraft(
                f"{template_path(kind, name, locale)} makes more than {LONGEST_BODY} characters."
            )
        return body


def tidy_paragraphs(text: str) -> str:
    """Paragraphs a blank line apart, each on one line, but for lines that begin with “- ”."""
    paragraphs: list[list[str]] = [[]]
    for line in (" ".join(line.split()) for line in text.splitlines()):
        if not line:
            paragraphs.append([])
        elif line.startswith("- ") or not paragraphs[-1]:
            paragraphs[-1].append(line)
        else:
            paragraphs[-1][-1] += f" {line}"
    return "\n\n".join("\n".join(lines) for lines in paragraphs if lines)


def find_template_errors(path: str, source: str, published: PublishedFacts) -> list[BrandError]:
    """All that is wrong with a template: its place, its form, and the facts it mentions."""
    try:
        kind, _, locale = template_key(path)
        tree = _parse_template(path, source)
    except BrandError as error:
        return [error]
    problems = list(_check_text(path, tree))
    if kind == "replies":
        problems += _check_figures(path, tree)
    for name, line in _walk_slots(tree):
        if kind == "notices":
            problems += _check_notice_slot(path, line, name)
        else:
            problems += _check_fact_slot(path, line, name, locale, published)
    return problems


def slots(path: str, source: str) -> list[tuple[str, int]]:
    """Each slot of a template and its line: `("facts.returns.window", 3)`. Raises BrandError."""
    return list(_walk_slots(_parse_template(path, source)))


@cache
def _create_environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, keep_trailing_newline=False
    )
    environment.globals.clear()
    environment.filters.clear()
    environment.tests.clear()
    return environment


@lru_cache(maxsize=512)
def _compile_template(path: str, source: str) -> Template:
    return _create_environment().from_string(_parse_template(path, source))


@lru_cache(maxsize=512)  # of a brand's: each is checked, put into use, and compiled
def _parse_template(path: str, source: str) -> nodes.Template:
    if len(source) > LONGEST_SOURCE:
        problem = f"It is longer than {LONGEST_SOURCE:,} characters."
        raise BrandError(path, 0, problem, "Say it shorter.")
    try:
        tree = _create_environment().parse(source)
    except TemplateSyntaxError as error:
        mend = "A slot is written {{ facts.topic.name }}; comments {# like this #}."
        raise BrandError(path, error.lineno, f"It cannot be read: {error.message}.", mend) from None
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _SLOT_ONLY):
            problem = "A template holds text and slots only: no statements, filters, calls or sums."
            mend = "Write {{ facts.topic.name }}, and put what varies into a fact of its own."
            raise BrandError(path, node.lineno, problem, mend)
    return tree


def _walk_slots(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    for output in tree.find_all(nodes.Output):
        for node in output.nodes:
            if not isinstance(node, nodes.TemplateData):
                yield _join_dotted_name(node), node.lineno


def _join_dotted_name(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_join_dotted_name(node.node)}.{node.attr}"
    assert isinstance(node, nodes.Name)
    return node.name


def _check_text(path: str, tree: nodes.Template) -> Iterator[BrandError]:
    for data in tree.find_all(nodes.TemplateData):
        for mark, what in (("://", "a link"), ("](", "a link"), ("<", "HTML"), ("**", "mark-up")):
            at = data.data.find(mark)
            if at >= 0:
                line = data.lineno + data.data.count("\n", 0, at)
                mend = "Write plain text; the sources' links are added to every reply."
                yield BrandError(path, line, f"It holds {what} (“{mark}”).", mend)


def _check_figures(path: str, tree: nodes.Template) -> Iterator[BrandError]:
    for data in tree.find_all(nodes.TemplateData):
        figure = _FIGURE.search(data.data)
        if figure:
            line = data.lineno + data.data.count("\n", 0, figure.start())
            mend = "Publish it as a fact, and write {{ facts.topic.name }} here."
            yield BrandError(path, line, f"A figure is written into it: “{figure[0]}”.", mend)


def _check_notice_slot(path: str, line: int, name: str) -> Iterator[BrandError]:
    known = NOTICE_SLOTS | MORE_SLOTS.get(template_key(path)[1], frozenset())
    if name not in known:
        mend = did_you_mean(name, known)
        yield BrandError(path, line, f"“{name}”: a notice has no such slot.", mend)


def _check_fact_slot(
    path: str, line: int, name: str, locale: str, published: PublishedFacts
) -> Iterator[BrandError]:
    scope, *rest = name.split(".")
    if scope != "facts":
        mend = "Only facts are in scope: {{ facts.topic.name }}."
        yield BrandError(path, line, f"“{name}” is not known here.", mend)
        return
    if len(rest) not in (2, 3) or (len(rest) == 3 and rest[2] != "value"):
        mend = "Write {{ facts.topic.name }} or {{ facts.topic.name.value }}."
        yield BrandError(path, line, f"“{name}” is not a fact.", mend)
        return
    id = ".".join(rest[:2])
    fact = published.get_fact(id)
    if fact is None:
        near = nearest(id, published.ids)
        mend = f"did you mean {near}?" if near else f"add it to policies/published/{rest[0]}.yaml."
        yield BrandError(path, line, f"{id}: no such fact;", mend)
    elif locale not in fact.text:
        yield BrandError(path, line, f"{id} has no text in “{locale}”.", "Add it to the fact.")
    elif len(rest) == 3 and locale not in fact.value:
        yield BrandError(path, line, f"{id} has no value in “{locale}”.", "Add it to the fact.")
