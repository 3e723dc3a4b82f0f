"""policies/intents/<intent>.yaml -> what customers ask, with examples in every locale."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Literal

import msgspec
import re2

from bot.brand.settings import Intent, Purpose
from bot.learning.likeness import plain_letters
from bot.model.errors import BrandError
from handlers.brandfiles.documents.document_shape import fill, find_unknown_locales
from handlers.brandfiles.documents.yaml_document import Document, Step

FEWEST = 5  # examples in a locale without which nothing can be learned
ENOUGH = 15
LONGEST_EXAMPLE = 1_000  # characters
_NAME = re2.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


class IntentShape(msgspec.Struct, frozen=True):
    intent: str
    title: dict[str, str]
    examples: dict[str, tuple[str, ...]]
    needs: Literal["nobody", "person"] = "nobody"
    reply: Literal["draft", "none", "handoff"] = "draft"
    not_this: dict[str, tuple[str, ...]] = {}
    purpose: Purpose = "service"


class Intents:
    """Reads one file after the other, and sees what they have in common: an example used twice."""

    def __init__(self, locales: tuple[str, ...]) -> None:
        self.locales = locales
        self.intents: dict[str, Intent] = {}
        self.problems: list[BrandError] = []
        self.notes: list[BrandError] = []
        self._seen: dict[tuple[str, str], tuple[str, int]] = {}

    def read(self, document: Document) -> None:
        shape = fill(document, IntentShape, self.problems)
        if shape is None:
            return
        expected = PurePosixPath(document.file).stem
        if shape.intent != expected or not _NAME.fullmatch(shape.intent):
            problem = f"The intent is “{shape.intent}”, but the file is “{expected}.yaml”."
            mend = "Make them the same: small letters, digits and hyphens."
            self.problems.append(document.error(problem, mend, "intent"))
            return
        for locale in self.locales:
            self._check_locale(document, shape, locale)
        for key in ("title", "examples", "not_this"):
            self.problems += find_unknown_locales(document, getattr(shape, key), self.locales, key)
        self.intents[shape.intent] = Intent(
            id=shape.intent,
            titles=shape.title,
            examples=shape.examples,
            not_this=shape.not_this,
            needs=shape.needs,
            reply=shape.reply,
            purpose=shape.purpose,
        )

    def _check_locale(self, document: Document, shape: IntentShape, locale: str) -> None:
        if locale not in shape.title:
            problem = f"The title is missing in “{locale}”."
            self.problems.append(document.error(problem, "Add it.", "title"))
        examples = shape.examples.get(locale, ())
        if len(examples) < ENOUGH:
            few = "no examples" if not examples else f"only {len(examples)} examples"
            problem = f"There are {few} in “{locale}”: it will often be taken for something else."
            mend = f"Write at least {ENOUGH}, as customers write."
            severe = self.problems if len(examples) < FEWEST else self.notes
            severe.append(document.error(problem, mend, "examples", locale))
        for n, text in enumerate(examples):
            self._check_example(document, locale, text, ("examples", locale, n))
        known = {plain_letters(example) for example in examples}
        for n, text in enumerate(shape.not_this.get(locale, ())):
            if plain_letters(text) in known:
                problem = f"“{_short(text)}” is an example of it, and not."
                mend = "Keep one of the two."
                self.problems.append(document.error(problem, mend, "not_this", locale, n))

    def _check_example(
        self, document: Document, locale: str, text: str, path: tuple[Step, ...]
    ) -> None:
        words = plain_letters(text)
        if not words or len(text) > LONGEST_EXAMPLE:
            problem = "An example has no words." if not words else "An example is too long."
            mend = f"Write what a customer would, in at most {LONGEST_EXAMPLE} characters."
            self.problems.append(document.error(problem, mend, *path))
            return
        line = document.line(*path)
        file, first = self._seen.setdefault((locale, words), (document.file, line))
        if (file, first) != (document.file, line):
            problem = f"“{_short(text)}” is an example already, at {file}:{first}."
            self.problems.append(document.error(problem, "Keep one of the two.", *path))


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
