"""Every misfit of a file is found, at its line, with the nearest known key."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from bot.model.errors import BrandError
from handlers.brandfiles.documents.document_shape import fill
from handlers.brandfiles.documents.yaml_document import parse


class Item(msgspec.Struct, frozen=True):
    id: str
    on: Literal["reply", "message"]
    day: date | None = None
    many: str | tuple[str, ...] = ()


class Sheet(msgspec.Struct, frozen=True):
    name: str
    items: tuple[Item, ...] = ()
    sizes: dict[str, int] = {}


def test_what_fits_is_filled() -> None:
    problems: list[BrandError] = []
    text = "name: x\nitems: [{id: a, on: reply, day: 2026-10-01, many: [b]}]\nsizes: {m: 3}"
    sheet = fill(parse(text, "x.yaml"), Sheet, problems)
    assert problems == []
    assert sheet == Sheet("x", (Item("a", "reply", date(2026, 10, 1), ("b",)),), {"m": 3})


def test_all_misfits_are_collected_with_their_lines() -> None:
    text = """\
nmae: x
items:
  - id: 5
    on: replay
    day: 2026-10-51
  - just words
sizes:
  m: many
"""
    problems: list[BrandError] = []
    assert fill(parse(text, "x.yaml"), Sheet, problems) is None
    said = {(problem.line, problem.problem + problem.mend) for problem in problems}
    expected = {
        (1, "Unknown key “nmae”.Did you mean “name”?"),
        (1, "“name” is missing.Add “name:”."),
        (3, "“items[0].id” is “5”, but must be text (put quotes around it)."),
        (4, "“items[0].on” is “replay”, but must be one of: reply, message."),
        (5, "“items[0].day” is “2026-10-51”, but must be a day like 2027-04-30."),
        (6, "“items[1]” is “just words”, but must hold keys and values."),
        (8, "“sizes.m” is “many”, but must be a whole number."),
    }
    assert said == expected


def test_an_empty_file_says_so() -> None:
    problems: list[BrandError] = []
    assert fill(parse("", "x.yaml"), Sheet, problems) is None
    assert str(problems[0]) == "x.yaml:1: The file has no value, but must hold keys and values."


def test_a_part_of_a_file_can_be_filled_alone() -> None:
    problems: list[BrandError] = []
    document = parse("first:\n  id: a\n  on: reply\n", "x.yaml")
    assert fill(document, Item, problems, "first") == Item("a", "reply")
