"""Adds an example to an intent's file, and touches nothing else of it: layout and comments stay.

The place is found by PyYAML's own marks, the line is written by hand, and what came out is read
back: it must say what the file said before and the new example, no more and no less, and the whole
of the intents must be without a new problem. Only then it takes the old one's place, in one step:
whoever reads sees the one or the other, and a failure anywhere leaves the old one as it was.
"""

from __future__ import annotations

import json
import os
import tempfile
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

from bot.model.errors import BrandError
from handlers.brandfiles.documents.yaml_document import Loader, parse, read_text
from handlers.brandfiles.intent_files import Intents

FOLDER = "policies/intents"


def add(
    root: Path, locales: tuple[str, ...], intent: str, part: str, locale: str, example: str
) -> None:
    """Put one example into the list `part` (`examples`, `not_this`) of an intent's file.

    Raises BrandError, in words for an author, if it can't be put there; the file is as it was.
    """
    file = f"{FOLDER}/{intent}.yaml"
    path = root / file
    before = read_text(path, file)
    after = inserted(before, file, part, locale, example)
    _check(root, locales, file, after)
    _swap(path, file, before, after)


def inserted(text: str, file: str, part: str, locale: str, example: str) -> str:
    """A file's text with one more example. Raises BrandError if there is no clear place for it."""
    expected = deepcopy(parse(text, file).value)
    try:
        expected.setdefault(part, {}).setdefault(locale, []).append(example)
        after = _with(text, part, locale, example)
        good = parse(after, file).value == expected
    except (BrandError, AttributeError, TypeError, ValueError, yaml.YAMLError):
        good = False
    if not good:
        problem = f"There is no clear place for an example in “{part}”."
        raise BrandError(file, 0, problem, "Add it to the file by hand.")
    return after


def _with(text: str, part: str, locale: str, example: str) -> str:
    top: Any = yaml.compose(text, Loader=Loader)
    lists = _under(top, part)
    if lists is None:
        end = text if text.endswith("\n") else text + "\n"
        return f"{end}{part}:\n  {locale}:\n    - {_scalar(example)}\n"
    items = _under(lists, locale)
    if items is None:
        return _with_locale(text, lists, locale, example)
    if items.flow_style:
        return _in_flow(text, items, json.dumps(example, ensure_ascii=False))
    return _after(text, items.value[-1], f"{' ' * _dash(text, items)}- {_scalar(example)}\n")


def _with_locale(text: str, lists: Any, locale: str, example: str) -> str:
    quoted = json.dumps(example, ensure_ascii=False)
    if lists.flow_style:
        return _in_flow(text, lists, f"{locale}: [{quoted}]")
    key, value = lists.value[-1]
    column = " " * key.start_mark.column
    return _after(text, value, f"{column}{locale}:\n{column}  - {_scalar(example)}\n")


def _under(node: Any, key: str) -> Any:
    return next((value for name, value in node.value if name.value == key), None)


def _dash(text: str, items: Any) -> int:
    """The column of a block list's dashes."""
    return int(items.start_mark.column)


def _in_flow(text: str, node: Any, item: str) -> str:
    """One more item before the bracket that closes a list or mapping in a line."""
    if not node.value:
        at = node.start_mark.index + 1
        return f"{text[:at]}{item}{text[at:]}"
    last = node.value[-1]
    end = (last[1] if isinstance(last, tuple) else last).end_mark.index
    return f"{text[:end]}, {item}{text[end:]}"


def _after(text: str, node: Any, line: str) -> str:
    """A line below the one that a node ends in."""
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end = node.end_mark.index
    if end and text[end - 1] != "\n":  # a block scalar ends at the start of the next line
        end = text.find("\n", end) + 1 or len(text)
    before = text[:end]
    if before and not before.endswith("\n"):
        before += "\n"
    return f"{before}{line}{text[end:]}"


def _scalar(example: str) -> str:
    """As people write it where YAML reads it back the same; else in quotes."""
    try:
        plain = parse(f"- {example}\n- x", "").value == [example, "x"]
    except BrandError:
        plain = False
    return example if plain else json.dumps(example, ensure_ascii=False)


def _check(root: Path, locales: tuple[str, ...], file: str, after: str) -> None:
    """Read all intents with the changed file in its place. Raises the first problem it brings."""
    known = _problems(root, locales, file, None)
    for problem in _problems(root, locales, file, after):
        if str(problem) not in {str(one) for one in known}:
            raise problem


def _problems(
    root: Path, locales: tuple[str, ...], file: str, changed: str | None
) -> list[BrandError]:
    intents = Intents(locales)
    for path in sorted((root / FOLDER).glob("[!.]*.yaml")):
        name = f"{FOLDER}/{path.name}"
        text = changed if name == file and changed is not None else read_text(path, name)
        intents.read(parse(text, name))
    return intents.problems


def _swap(path: Path, file: str, before: str, after: str) -> None:
    """Put the new text in the old one's place: durable, or not at all."""
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as new:
            new.write(after)
            new.flush()
            os.fchmod(new.fileno(), path.stat().st_mode & 0o7777)
            os.fsync(new.fileno())
        if read_text(path, file) != before:
            problem = "Somebody has changed the file meanwhile; nothing was written."
            raise BrandError(file, 0, problem, "Try again.")
        Path(temporary).replace(path)
        temporary = ""
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        problem = f"It cannot be written: {error.strerror}."
        raise BrandError(file, 0, problem, "Give the server the right to write it.") from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
