"""The language that rules are written in: CEL, by Google's cel-expr-python. Nobody else knows.

Promises: an expression compiles only if every name in it is declared, its type is true-or-false,
and its patterns are written out and run on RE2. What evaluates gives a bool, or raises Unjudged;
never anything truthy in between (a runtime error comes back from the library as a truthy value).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import re2
from cel_expr_python import cel
from cel_expr_python.ext import ext_strings

from bot.model.errors import did_you_mean
from bot.policy.cel import checked_expression

Data = Mapping[str, Any]

# What the strings extension and the standard library offer, for “did you mean”
FUNCTIONS = (
    *("all", "charAt", "contains", "endsWith", "exists", "exists_one", "filter", "indexOf", "int"),
    *("join", "lowerAscii", "map", "matches", "replace", "size", "split", "startsWith", "string"),
    *("substring", "trim", "upperAscii"),
)

_PLACE = re2.compile(r"ERROR: <input>:(\d+):(\d+): ([^\n]*)")
_UNKNOWN = re2.compile(r"undeclared reference to '([^']*)'")
_OVERLOAD = re2.compile(r"found no matching overload for '([^']*)' applied to '\(?([^']*?)\)?'")
_TYPES = {"string": "text", "int": "a whole number", "double": "a number", "bool": "true or false"}


class ExpressionError(Exception):
    """An expression that cannot be used. `line` and `column` from 1, within the expression."""

    def __init__(self, line: int, column: int, problem: str, mend: str = "") -> None:
        self.line, self.column, self.problem, self.mend = line, column, problem, mend
        super().__init__(problem)


class Unjudged(Exception):
    """An expression gave neither true nor false."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One of the conditions that an expression joins; `number` from 1, in the order of reading."""

    number: int
    _program: Any

    def evaluate(self, data: Data) -> bool | None:
        """Whether it is true of these facts; None if it cannot be said."""
        value = self._program.eval(data=data)
        return bool(value.plain_value()) if value.type() == cel.Type.BOOL else None


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression: the declared names it reads, its RE2 patterns, the parts it joins."""

    source: str
    mentions: frozenset[str]
    patterns: tuple[str, ...]
    parts: tuple[Condition, ...]
    _program: Any

    def is_true_of(self, data: Data) -> bool:
        """Whether it is true of these facts. Raises Unjudged."""
        value = self._program.eval(data=data)
        if value.type() != cel.Type.BOOL:
            raise Unjudged(_why_unjudged(value))
        return bool(value.plain_value())


@dataclass(frozen=True, slots=True)
class ExpressionBatch:
    """Several expressions as one list: a fast way to ask them all."""

    _program: Any
    _size: int

    def evaluate_all(self, data: Data) -> list[bool] | None:
        """Which of them are true; None if any of them failed, without saying which."""
        answers = self._program.eval(data=data).plain_value()
        # an error is a text here; a list that is checked to be of bools comes back untyped
        if type(answers) is not list or len(answers) != self._size:
            return None
        return answers if set(map(type, answers)) <= {bool} else None


_CEL = {
    "string": cel.Type.STRING,
    "bool": cel.Type.BOOL,
    "int": cel.Type.INT,
    "double": cel.Type.DOUBLE,
    "list(string)": cel.Type.List(cel.Type.STRING),
}


class RuleLanguage:
    """CEL over these names. Their types: `string`, `bool`, `int`, `double`, `list(string)`."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = dict(names)
        variables = {name: _CEL[kind] for name, kind in names.items()}
        self._env = cel.NewEnv(variables=variables, extensions=[ext_strings.ExtStrings()])

    def compile_expression(self, source: str) -> Expression:
        """Raises ExpressionError."""
        try:
            program = self._env.compile(source)
        except RuntimeError as error:
            raise self._explain_error(source, str(error)) from None
        kind = program.return_type()
        if kind != cel.Type.BOOL:
            problem = f"It gives {_type_name(kind.name().lower())}, but a rule says true or false."
            raise ExpressionError(1, 1, problem, "Compare it with something, as in “… == …”.")
        serialized = program.serialize()
        mentions = checked_expression.list_mentions(serialized) & self.names.keys()
        parts = tuple(
            Condition(number, self._env.deserialize(part))
            for number, part in enumerate(checked_expression.list_conditions(serialized), 1)
        )
        return Expression(source, mentions, _check_patterns(source, serialized), parts, program)

    def compile_batch(self, expressions: Sequence[Expression]) -> ExpressionBatch:
        # each on lines of its own: a comment in one must not swallow the next
        source = "[" + ",".join(f"(\n{each.source}\n)" for each in expressions) + "]"
        return ExpressionBatch(self._env.compile(source), len(expressions))

    def _explain_error(self, source: str, message: str) -> ExpressionError:
        place = _PLACE.search(message)
        if place is None:
            return ExpressionError(1, 1, f"It cannot be read: {message.splitlines()[0]}.")
        line, column, said = int(place[1]), int(place[2]), place[3].split(" (in container")[0]
        if unknown := _UNKNOWN.search(said):
            return self._explain_unknown_name(source, unknown[1], line, column)
        if overload := _OVERLOAD.search(said):
            kinds = [_type_name(kind.strip()) for kind in overload[2].split(",")]
            sign = overload[1].strip("_").replace("_", " ").removeprefix("@")
            problem = f"“{sign}” doesn't work on {' and '.join(kinds)}."
            return ExpressionError(line, column, problem, "Compare like with like.")
        problem = f"It cannot be read here: {said.split(' expecting ')[0]}."
        return ExpressionError(line, column, problem, "Check brackets, quotes and operators.")

    def _explain_unknown_name(
        self, source: str, name: str, line: int, column: int
    ) -> ExpressionError:
        if source.split("\n")[line - 1][column - 1 :].startswith("("):
            # of a function the place given is that of its bracket
            column = max(1, column - len(name))
            problem = f"There is no function called “{name}”."
            mend = did_you_mean(name, FUNCTIONS)
            if name in FUNCTIONS:
                mend = f"Write it after what it works on: reply.text.{name}(…)."
            return ExpressionError(line, column, problem, mend)
        # of a dotted name it is that of its last dot
        column = max(1, column - max(0, name.rfind(".")))
        problem = f"There is no fact called “{name}”."
        return ExpressionError(line, column, problem, did_you_mean(name, self.names))


def _check_patterns(source: str, serialized: bytes) -> tuple[str, ...]:
    """Its patterns. Raises ExpressionError for one that RE2 refuses, or that is computed."""
    texts = []
    for pattern in checked_expression.list_patterns(serialized):
        line, column = _find_place(source, "matches(")
        if pattern.text is None:
            problem = "A pattern must be written out in the rule, not computed."
            raise ExpressionError(line, column, problem, "Put the pattern in quotes.")
        if refusal := why_pattern_is_refused(pattern.text):
            line, column = _find_place(source, pattern.text)
            problem = f"The pattern “{pattern.text}” cannot be used: {refusal}."
            raise ExpressionError(line, column, problem, "Patterns are RE2 (no look-around).")
        texts.append(pattern.text)
    return tuple(texts)


def why_pattern_is_refused(pattern: str) -> str:
    """Why RE2 refuses a pattern; empty if it doesn't."""
    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0] if error.args else error
        return reason.decode() if isinstance(reason, bytes) else str(reason)
    return ""


def _find_place(source: str, words: str) -> tuple[int, int]:
    at = max(0, source.find(words))
    before = source[:at]
    return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1


def _type_name(name: str) -> str:
    if name.startswith("list"):
        return "a list"
    return _TYPES.get(name, name)


def _why_unjudged(value: Any) -> str:
    if value.type() == cel.Type.ERROR:
        return str(value.plain_value()).partition(": ")[2] or "it failed"
    return f"it gave {_type_name(value.type().name().lower())}, not true or false"
