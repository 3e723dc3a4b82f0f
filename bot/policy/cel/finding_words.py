"""`because` and `instead`: small texts with slots, in a Jinja2 sandbox.

In scope: `finding.words`, `it.…` for a rule that goes through items, and any fact by its dotted
name. What is filled in is data: it is never read as a template. Checked at load, by the same
rendering with made-up values, so that a slot nobody can fill is an error of the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.model.errors import did_you_mean

# plain text on its way to surfaces that escape it each in their own way
_JINJA = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)

LONGEST = 200  # characters of a customer's or drafter's words in a reason


class WordsError(Exception):
    """A text whose slots cannot be filled. `line` from 1, within the text."""

    def __init__(self, line: int, problem: str, mend: str = "") -> None:
        self.line, self.problem, self.mend = line, problem, mend
        super().__init__(problem)


@dataclass(frozen=True)
class FindingWords:
    """A text with slots. `mentions`: the dotted names in them."""

    source: str
    mentions: frozenset[str]
    _template: Any  # None for a text without slots

    def fill_slots(self, values: Mapping[str, Any]) -> str:
        """The text; `values` by dotted name. Raises jinja2.TemplateError."""
        if self._template is None:
            return self.source
        return str(self._template.render(_nest_values(values)))


def compile_words(source: str, known: Mapping[str, str]) -> FindingWords:
    """`known`: dotted name -> type of everything in scope. Raises WordsError."""
    if "{" not in source:
        return FindingWords(source, frozenset(), None)
    try:
        tree = _JINJA.parse(source)
        mentions = frozenset(_find_dotted_names(tree))
        template = _JINJA.from_string(tree)
    except TemplateError as error:
        line = getattr(error, "lineno", 1) or 1
        mend = "Slots look like {{ finding.words }}."
        raise WordsError(line, f"The text cannot be read: {error}.", mend) from None
    for name in sorted(mentions - known.keys()):
        raise WordsError(1, f"There is nothing called “{name}”.", did_you_mean(name, known))
    words = FindingWords(source, mentions, template)
    try:
        words.fill_slots({name: _MADE_UP[known[name]] for name in mentions})
    except Exception as error:
        raise WordsError(1, f"The text cannot be filled: {error}.") from None
    return words


def clip_words(words: str) -> str:
    """Somebody's words, on one line and short enough for a reason."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


_MADE_UP: Mapping[str, Any] = {
    "string": "words",
    "bool": True,
    "int": 1,
    "double": 1.0,
    "list(string)": ["words"],
}


def _find_dotted_names(tree: nodes.Node) -> set[str]:
    """Every dotted name that is read, whole: `it.value`, not `it` as well."""
    inner = {id(node.node) for node in tree.find_all(nodes.Getattr)}
    found = set()
    for node in tree.find_all((nodes.Getattr, nodes.Name)):
        if id(node) in inner or (isinstance(node, nodes.Name) and node.ctx != "load"):
            continue
        if name := _join_dotted_name(node):
            found.add(name)
    return found


def _join_dotted_name(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        before = _join_dotted_name(node.node)
        return f"{before}.{node.attr}" if before else ""
    return ""


def _nest_values(values: Mapping[str, Any]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for name, value in values.items():
        *above, last = name.split(".")
        at = tree
        for part in above:
            at = at.setdefault(part, {})
        at[last] = value
    return tree
