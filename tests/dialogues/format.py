"""A dialogue as its author writes it: YAML, a step a line, read with the place of every mistake.

What a step may hold is listed here once; README.md explains it to people. What a step does is
`player`'s part. Nothing is guessed: an unknown key, a missing value, two things in one step are
errors with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import msgspec

from bot.model.errors import BrandError
from handlers.brandfiles.documents.document_shape import fill
from handlers.brandfiles.documents.yaml_document import Document, read

#: what a step can be; exactly one of these keys stands in it
KINDS = (
    *("customer", "changes", "takes_back", "desk", "wait"),
    *("card", "no_card", "notice", "reply", "said", "record"),
)
#: what else may stand in a step, by what it is
ALSO: Mapping[str, frozenset[str]] = {
    "customer": frozenset({"who", "on", "how", "named", "page"}),
    "changes": frozenset({"who", "of"}),
    "takes_back": frozenset(),
    "desk": frozenset({"who", "by", "words", "intent", "to", "refused", "measure"}),
    "wait": frozenset(),
    "card": frozenset({"who"}),
    "no_card": frozenset(),
    "notice": frozenset({"who", "says", "never"}),
    "reply": frozenset({"who", "says", "never", "sources"}),
    "said": frozenset({"who"}),
    "record": frozenset({"says", "never"}),
}
_LENGTH = re.compile(r"(\d+) ?(s|min|h|days?|weeks?)")
_SECONDS = {"s": 1, "min": 60, "h": 3600, "day": 86_400, "week": 604_800}


class CardShape(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the card shows. What isn't given isn't looked at; an empty list means: none."""

    state: str | None = None
    asks: str | None = None  # the intent
    unclear: str | None = None  # or the reason why nobody can tell
    perhaps: tuple[str, ...] | None = None  # intents that must be among the candidates
    parts: tuple[str, ...] | None = None  # the intents of the parts of several asks, in order
    intents: tuple[str, ...] | None = None  # those that one reply answers, in order
    signals: tuple[str, ...] | None = None  # exactly these kinds were raised
    rules: tuple[str, ...] | None = None  # rules that say something, in words or in the draft
    why: tuple[str, ...] = ()  # words of why a person has it, or why it ended
    says: tuple[str, ...] = ()  # words of the draft, as it would be sent
    never: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    language: str | None = None
    addressed: bool | None = None
    with_: str | None = msgspec.field(default=None, name="with")  # who has it
    due: str | None = None  # “now”, or as people of the brand read the clock: 2026-11-23 15:00
    first: bool | None = None  # of all that waits
    late: bool | None = None
    stale: bool | None = None
    follow_up: bool | None = None
    can: tuple[str, ...] = ()
    cannot: tuple[str, ...] = ()
    runbook: str | None = None  # what people go by; empty: none
    severity: str | None = None
    shows: tuple[str, ...] = ()  # words anywhere else on the card


class StepShape(msgspec.Struct, frozen=True):
    customer: str | None = None
    changes: str | None = None
    takes_back: str | None = None
    desk: str | None = None
    wait: str | None = None
    card: CardShape | None = None
    no_card: str | None = None  # a customer for whom there is none
    notice: str | None = None
    reply: Literal["drafted", "changed", "written"] | None = None
    said: Literal["nothing"] | None = None
    record: tuple[str, ...] | None = None
    who: str = ""
    on: str = ""
    how: Literal["direct", "mention", "reply", ""] = ""
    named: str = ""
    page: str = ""  # the language of the page it was written on
    of: str = ""
    by: str = "Ada"
    words: str = ""
    intent: str = ""
    to: str = ""
    refused: bool = False
    measure: str = ""
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    sources: tuple[str, ...] | None = None


class BrandShape(msgspec.Struct, frozen=True):
    """In what the brand differs from the one that is shipped."""

    past_their_day: tuple[str, ...] = ()  # facts
    no_examples_in: tuple[str, ...] = ()  # languages


class DialogueShape(msgspec.Struct, frozen=True):
    title: str
    rows: tuple[int, ...]
    turns: tuple[StepShape, ...]
    about: str = ""
    starts: str = "2026-11-23 11:00"  # a Monday
    brand: BrandShape = BrandShape()


@dataclass(frozen=True, slots=True)
class Step:
    kind: str
    line: int
    it: StepShape


@dataclass(frozen=True, slots=True)
class Dialogue:
    file: str
    title: str
    rows: tuple[int, ...]
    starts: datetime  # on the brand's clock: without a zone
    brand: BrandShape
    steps: tuple[Step, ...]


def load(path: Path, name: str) -> Dialogue:
    """Read a dialogue; `name` is how errors call the file. Raises BrandError for the first one."""
    problems: list[BrandError] = []
    document = read(path, name)
    shape = fill(document, DialogueShape, problems)
    if problems or shape is None:
        raise problems[0]
    steps = tuple(_step(document, n, turn) for n, turn in enumerate(shape.turns))
    try:
        starts = datetime.fromisoformat(shape.starts)
    except ValueError:
        mend = "Write a day and a time, like 2026-11-23 11:00."
        raise document.error(f"“starts” is “{shape.starts}”.", mend, "starts") from None
    return Dialogue(name, shape.title, shape.rows, starts, shape.brand, steps)


def seconds(length: str) -> float:
    """“25 s”, “20 min”, “4 h”, “3 days” in seconds. Raises ValueError."""
    match = _LENGTH.fullmatch(length.strip())
    if match is None:
        raise ValueError("Write a length of time like 25 s, 20 min, 4 h or 3 days.")
    return timedelta(
        seconds=int(match[1]) * _SECONDS[match[2].removesuffix("s") or "s"]
    ).total_seconds()


def _step(document: Document, n: int, turn: StepShape) -> Step:
    given = set(document.value["turns"][n])
    kinds = [kind for kind in KINDS if kind in given]
    if len(kinds) != 1:
        so = "nothing happens" if not kinds else f"“{kinds[0]}” and “{kinds[1]}” stand together"
        mend = f"A step holds one of: {', '.join(KINDS)}. Begin another with “- ”."
        raise document.error(f"In step {n + 1} {so}.", mend, "turns", n)
    kind = kinds[0]
    for key in sorted(given - {kind} - ALSO[kind]):
        mend = f"It may hold: {', '.join(sorted(ALSO[kind])) or 'nothing else'}."
        raise document.error(f"“{key}” means nothing beside “{kind}”.", mend, "turns", n, key)
    if kind == "wait":
        try:
            seconds(str(turn.wait))
        except ValueError as error:
            raise document.error(f"“{turn.wait}”.", str(error), "turns", n, "wait") from None
    return Step(kind, document.line("turns", n), turn)
