"""What a vocabulary is made of: named facts with declared types, and the items of its lists.

A fact's type is CEL's (`string`, `bool`, `int`, `double`, `list(string)`) or `list(KIND)`, where
KIND names items. A rule that goes through such a list with `each:` reads an item's fields as
`it.NAME`; in any other expression the list is its items' words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.policy.facts.fact_cache import FactCache, FactError, Item

Compute = Callable[[FactCache[Any]], Any]

_PYTHON: Mapping[str, type] = {"string": str, "bool": bool, "int": int, "double": float}


@dataclass(frozen=True, slots=True)
class Fact:
    """`meaning` is one sentence, for authors. `compute` is pure."""

    name: str
    type: str
    meaning: str
    compute: Compute

    @property
    def item(self) -> str:
        """The kind of its items; empty if it isn't a list of items."""
        inner = self.type.removeprefix("list(").removesuffix(")")
        return inner if self.type.startswith("list(") and inner != "string" else ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an item: `it.name` in a rule."""

    name: str
    type: str
    meaning: str


WORDS = Field("words", "string", "The words that were found, as they stand in the text.")


@dataclass(frozen=True)
class Vocabulary:
    """All that rules on one kind of subject may mention."""

    on: str
    facts: Mapping[str, Fact]
    items: Mapping[str, tuple[Field, ...]]

    @property
    def list_facts(self) -> tuple[str, ...]:
        """The facts that `each:` can go through."""
        return tuple(name for name, fact in self.facts.items() if fact.item)

    def fields_of_items(self, each: str) -> tuple[Field, ...]:
        return (WORDS, *self.items[self.facts[each].item])

    def type_by_name(self) -> dict[str, str]:
        """Name -> CEL type of every fact."""
        return {
            name: "list(string)" if fact.item else fact.type for name, fact in self.facts.items()
        }

    @cached_property
    def _python_types(self) -> dict[str, tuple[bool, type]]:
        """Of each fact, whether it is a list, and the Python type of it or of what is in it."""
        return {
            name: (
                fact.type.startswith("list("),
                Item if fact.item else _PYTHON.get(fact.type, str),
            )
            for name, fact in self.facts.items()
        }

    def compute_fact(self, name: str, seen: FactCache[Any]) -> Any:
        """A fact as declared: items as a tuple of Item. Raises FactError, and nothing else."""
        fact = self.facts[name]
        try:
            value = seen.compute_once(fact.compute)
        except Exception as error:  # whatever it is: a fact that fails is never taken for granted
            raise FactError(name, _describe_error(error)) from error
        if not _has_declared_type(value, *self._python_types[name]):
            raise FactError(name, f"it should be {fact.type}, and is {type(value).__name__}")
        return value

    def item_data(self, each: str, item: Item) -> dict[str, Any]:
        """An item's fields by the names that rules use. Raises FactError."""
        data: dict[str, Any] = {"it.words": whole(item.words)}
        for field in self.items[self.facts[each].item]:
            value = item.fields.get(field.name)
            if type(value) is not _PYTHON.get(field.type):
                raise FactError(each, f"“{field.name}” of an item should be {field.type}")
            data[f"it.{field.name}"] = whole(value)
        return data


def plain_value(value: Any) -> Any:
    """A fact's value as expressions get it: of items only the words."""
    if isinstance(value, tuple):
        return [whole(each.words if isinstance(each, Item) else each) for each in value]
    return whole(value)


def whole(value: Any) -> Any:
    """A text that an expression reads to its end: the engine would stop at a NUL, and never see
    what stands behind it. Places stay where they are."""
    return value.replace("\0", "\ufffd") if isinstance(value, str) and "\0" in value else value


def _has_declared_type(value: Any, listed: bool, kind: type) -> bool:
    if not listed:
        return type(value) is kind
    return type(value) is tuple and set(map(type, value)) <= {kind}


def _describe_error(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]
