"""YAML as people write it, and the line of every key: so that an error can name its place.

Strict on purpose. Scalars follow YAML 1.2 (`on`, `off`, `yes` and `no` are words, `09:00` is not a
number, dates stay text until a schema asks for a date). A key given twice, an alias, a tag, and
nesting deeper than anybody writes by hand are errors. What the values must look like is
`handlers.brandfiles.documents.document_shape`'s part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import re2
import yaml
from yaml import events

from bot.model.errors import BrandError

Step = str | int
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

LARGEST = 1_000_000  # characters in a file
DEEPEST = 20

_INTEGER = re2.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re2.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?:\.[0-9]*)?[eE][-+]?[0-9]+)")
_WORDS: Mapping[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}


class Spot(NamedTuple):
    """Where a value begins: line and column from 1. A `block` scalar's text begins a line below."""

    line: int
    column: int
    block: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A file's plain value, and where each part of it stands.

    A path is the keys and list positions that lead to a value: `line("rules", 0, "when")`.
    """

    file: str
    value: Any
    keys: Mapping[tuple[Step, ...], int]
    spots: Mapping[tuple[Step, ...], Spot]

    def line(self, *path: Step) -> int:
        """The line of the key at this path, or of the nearest part above it that exists."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.keys:
                return self.keys[path[:end]]
        return 1

    def spot(self, *path: Step) -> Spot:
        """Where the value at this path begins."""
        return self.spots.get(path) or Spot(self.line(*path), 1)

    def error(self, problem: str, mend: str = "", *path: Step) -> BrandError:
        return BrandError(self.file, self.line(*path), problem, mend)


def read(path: Path, file: str) -> Document:
    """Read a file. `file` is its name as errors should show it. Raises BrandError."""
    return parse(read_text(path, file), file)


def read_text(path: Path, file: str) -> str:
    """A file's text. Raises BrandError, also for bytes that are not UTF-8."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise BrandError(file, 0, "There is no such file.", "Create it.") from None
    except OSError as error:
        problem = f"It cannot be read: {error.strerror}."
        raise BrandError(file, 0, problem, "Check that it is a file that you may read.") from None
    if len(raw) > LARGEST:
        problem = f"It is larger than {LARGEST:,} bytes."
        raise BrandError(file, 0, problem, "Split it into several files.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BrandError(file, line, "It is not UTF-8 text.", "Save it as UTF-8.") from None


def parse(text: str, file: str) -> Document:
    """Parse one YAML document. Raises BrandError with the line."""
    builder = _Builder(file, yaml.parse(text, Loader=Loader))
    try:
        value = builder.document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = error.problem or error.context or "it cannot be parsed"
        problem = f"It is not valid YAML: {what}."
        mend = "Check the indentation, and put quotes around text that holds “: ” or “#”."
        raise BrandError(file, mark.line + 1 if mark else 0, problem, mend) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1 if isinstance(error.position, int) else 0
        mend = "Remove it."
        raise BrandError(file, line, "It holds a character that YAML forbids.", mend) from None
    return Document(file, value, builder.keys, builder.spots)


class _Builder:
    """From parser events to plain values; one method for each kind of node."""

    def __init__(self, file: str, stream: Iterator[Any]) -> None:
        self.file = file
        self.stream = stream
        self.keys: dict[tuple[Step, ...], int] = {}
        self.spots: dict[tuple[Step, ...], Spot] = {}

    def document(self) -> Any:
        next(self.stream)
        if isinstance(next(self.stream), events.StreamEndEvent):
            return None
        value = self.node(next(self.stream), ())
        next(self.stream)
        extra = next(self.stream)
        if not isinstance(extra, events.StreamEndEvent):
            self.fail(extra, "It holds a second document.", "Make it a file of its own.")
        return value

    def node(self, event: Any, path: tuple[Step, ...]) -> Any:
        if isinstance(event, events.AliasEvent):
            self.fail(event, "It uses an alias (*).", "Write the value out.")
        if event.tag is not None:
            self.fail(event, f"It uses a tag ({event.tag}).", "Remove the tag.")
        if len(path) > DEEPEST:
            self.fail(event, "It is nested too deep.", "Check the indentation and the brackets.")
        mark, style = event.start_mark, getattr(event, "style", None)
        self.spots[path] = Spot(mark.line + 1, mark.column + 1, style in ("|", ">"))
        if isinstance(event, events.MappingStartEvent):
            return self.mapping(path)
        if isinstance(event, events.SequenceStartEvent):
            return self.sequence(path)
        return event.value if style else _plain(event.value)

    def mapping(self, path: tuple[Step, ...]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(event := next(self.stream), events.MappingEndEvent):
            if not isinstance(event, events.ScalarEvent):
                self.fail(event, "A key must be a word.", "Put quotes around it.")
            key, line = event.value, event.start_mark.line + 1
            here = (*path, key)
            if key in result:
                first = self.keys[here]
                mend = f"It stands in line {first} already: keep one of the two."
                self.fail(event, f"The key “{key}” is given twice.", mend)
            self.keys[here] = line
            result[key] = self.node(next(self.stream), here)
        return result

    def sequence(self, path: tuple[Step, ...]) -> list[Any]:
        result: list[Any] = []
        while not isinstance(event := next(self.stream), events.SequenceEndEvent):
            here = (*path, len(result))
            self.keys[here] = event.start_mark.line + 1
            result.append(self.node(event, here))
        return result

    def fail(self, event: Any, problem: str, mend: str) -> None:
        raise BrandError(self.file, event.start_mark.line + 1, problem, mend)


def _plain(text: str) -> Any:
    """An unquoted scalar, by YAML 1.2's core schema."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INTEGER.fullmatch(text):
        return int(text) if len(text) <= 18 else text
    return float(text) if _FLOAT.fullmatch(text) else text
