"""Filling typed structs from a parsed file, with the place of everything that doesn't fit.

A shape is a msgspec.Struct: its fields are the known keys, those without a default are required.
All misfits of a file are collected, not only the first. Leaves are converted by msgspec (dates,
numbers, enums, literals), strictly: `"5"` is not 5.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import PurePosixPath
from types import NoneType, UnionType
from typing import Any, Protocol, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from bot.model.errors import BrandError, did_you_mean
from handlers.brandfiles.documents.yaml_document import Document, Step

T = TypeVar("T")


class Wrong(Protocol):
    """How a check says what is wrong: the problem, the mend, and the keys that lead to it."""

    def __call__(self, problem: str, mend: str, *path: Step) -> None: ...


def fill(document: Document, shape: type[T], problems: list[BrandError], *path: Step) -> T | None:
    """The value at `path` as a `shape`; None if it doesn't fit, and why is added to `problems`."""
    value = document.value
    for step in path:
        value = value[step]
    found = len(problems)
    built = _fit(value, shape, path, document, problems)
    return built if len(problems) == found else None


def find_unknown_locales(
    document: Document, named: Iterable[str], locales: Collection[str], *path: Step
) -> Iterator[BrandError]:
    """Those keys at `path` that are no locale of the brand's."""
    for locale in named:
        if locale not in locales:
            problem = f"The brand has no locale “{locale}”."
            yield document.error(problem, did_you_mean(locale, locales), *path, locale)


def find_wrong_name(
    document: Document, key: str, name: str, mend: str = "Make them the same."
) -> Iterator[BrandError]:
    """A file is called as what it describes."""
    expected = PurePosixPath(document.file).stem
    if name != expected:
        yield document.error(
            f"The {key} is “{name}”, but the file is “{expected}.yaml”.", mend, key
        )


def _fit(
    value: Any, kind: Any, path: tuple[Step, ...], document: Document, problems: list[BrandError]
) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _fit_union(value, arguments, path, document, problems)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return _fit_struct(value, kind, path, document, problems)
    if origin is dict:
        if not isinstance(value, dict):
            return _misfit(document, path, "must hold keys and values", value, problems)
        return {
            key: _fit(item, arguments[1], (*path, key), document, problems)
            for key, item in value.items()
        }
    if origin in (tuple, list):
        if not isinstance(value, list):
            return _misfit(document, path, "must be a list", value, problems)
        items = [
            _fit(item, arguments[0], (*path, n), document, problems) for n, item in enumerate(value)
        ]
        return items if origin is list else tuple(items)
    if kind is Any:
        return value
    return _fit_leaf(value, kind, path, document, problems)


def _fit_union(
    value: Any,
    arguments: tuple[Any, ...],
    path: tuple[Step, ...],
    document: Document,
    problems: list[BrandError],
) -> Any:
    others = [kind for kind in arguments if kind is not NoneType]
    if value is None and len(others) < len(arguments):
        return None
    for kind in others:
        tried: list[BrandError] = []
        fitted = _fit(value, kind, path, document, tried)
        if not tried:
            return fitted
    problems.extend(tried)
    return None


def _fit_struct(
    value: Any,
    kind: type[msgspec.Struct],
    path: tuple[Step, ...],
    document: Document,
    problems: list[BrandError],
) -> Any:
    if not isinstance(value, dict):
        return _misfit(document, path, "must hold keys and values", value, problems)
    fields, hints = _fields_of(kind)
    filled: dict[str, Any] = {}
    for key, item in value.items():
        if key not in fields:
            problem = f"Unknown key “{key}”{_under(path)}."
            problems.append(document.error(problem, did_you_mean(key, fields), *path, key))
            continue
        field = fields[key]
        filled[field.name] = _fit(item, hints[field.name], (*path, key), document, problems)
    for key, field in fields.items():
        if field.required and key not in value:
            problem = f"“{key}” is missing{_under(path)}."
            problems.append(document.error(problem, f"Add “{key}:”.", *path))
    if any(field.required and field.name not in filled for field in fields.values()):
        return None
    return kind(**filled)


@cache
def _fields_of(
    kind: type[msgspec.Struct],
) -> tuple[Mapping[str, msgspec.structs.FieldInfo], Mapping[str, Any]]:
    """A shape's fields by their keys in the file, and their types by their own names."""
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    return fields, get_type_hints(kind)


def _fit_leaf(
    value: Any,
    kind: Any,
    path: tuple[Step, ...],
    document: Document,
    problems: list[BrandError],
) -> Any:
    if get_origin(kind) is not None and isinstance(value, str):
        choices = [str(choice) for choice in get_args(kind)]
    else:
        choices = [str(c.value) for c in kind] if hasattr(kind, "__members__") else []
    if choices and value not in choices:
        problem = f"{_name(path)} is “{_shown(value)}”, but must be one of: {', '.join(choices)}."
        mend = did_you_mean(str(value), choices) if len(choices) > 12 else ""
        problems.append(document.error(problem, mend, *path))
        return None
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return _misfit(document, path, f"must be {_WORDS.get(kind, str(kind))}", value, problems)


def _misfit(
    document: Document, path: tuple[Step, ...], must: str, value: Any, problems: list[BrandError]
) -> None:
    so = "has no value" if value is None else f"is “{_shown(value)}”"
    problems.append(document.error(f"{_name(path)} {so}, but {must}.", "", *path))


_WORDS: dict[Any, str] = {
    str: "text (put quotes around it)",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    date: "a day like 2027-04-30",
}


def _name(path: tuple[Step, ...]) -> str:
    """How a person calls the value at this path: `rules[0].when`."""
    words = "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in path)
    return f"“{words.lstrip('.')}”" if words else "The file"


def _under(path: tuple[Step, ...]) -> str:
    return f" under {_name(path)}" if path else ""


def _shown(value: Any) -> str:
    words = str(value)
    return words if len(words) <= 40 else words[:39] + "…"
