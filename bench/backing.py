"""Unpublished offers against FIGURES section 2: published text with one figure changed by machine.

`python -m bench.backing`. Published facts: those of the sample brand, and the paragraphs and lists
of the data sets' policies if they are there. Each fact is judged as it stands (none may be held
against it) and with each of its figures changed (each should be caught), both with the fact cited
and as a person's own words. A change that makes the text of another fact is no change that can be
seen, and is left out.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import re2
import yaml

from bench.commitments import data_folder
from bot.brand.published import PublishedFacts
from bot.detect.claims.figure_context import find_figures_in_context
from bot.detect.claims.grounding import Grounding, GroundingStatus, ground_figures
from bot.detect.claims.published_figures import index_published_figures
from bot.detect.commitments.languages.language_tables import table_in_order
from bot.model import PublishedFact

TODAY = date(2026, 10, 2)
LATER = date(2030, 1, 1)
ROUNDS = 8  # changes of each figure
HERE = Path(__file__).parent
DIGITS = re2.compile(r"\d+(?:[.,]\d+)*")
WORDS = {
    "en": table_in_order(
        "two three four five six seven eight nine ten twelve fourteen twenty thirty one"
    ),
    "de": table_in_order(
        "zwei drei vier fünf sechs sieben acht neun zehn zwölf vierzehn zwanzig dreißig"
    ),
}


def published() -> PublishedFacts:
    """All facts: the sample brand's in two languages, the policies' paragraphs in English."""
    facts = []
    for path in sorted((HERE.parent / "policies/published").glob("*.yaml")):
        topic = yaml.safe_load(path.read_text())
        for name, fact in topic["facts"].items():
            facts.append(_fact(f"{topic['topic']}.{name}", fact["text"]))
    for path in sorted((data_folder() / "transparency").glob("tau2_*_policy.md")):
        for number, text in enumerate(_paragraphs(path.read_text())):
            facts.append(_fact(f"{path.stem}.p{number}", {"en": text}))
    return PublishedFacts(facts)


def _fact(id: str, text: dict[str, str]) -> PublishedFact:
    return PublishedFact(id, text, {}, "https://example.org", date(2026, 10, 1), LATER)


def _paragraphs(text: str) -> Iterator[str]:
    """Paragraphs, and lists with the line that heads them."""
    for part in text.split("\n\n"):
        if part.strip() and not part.startswith("#"):
            yield part.strip()


def changed(text: str, locale: str, rng: random.Random) -> Iterator[str]:
    """The text with one figure made another, for each of its figures."""
    for one in find_figures_in_context(text, locale, TODAY):
        start, end = one.span.start, one.span.end
        words = text[start:end]
        for digits in DIGITS.finditer(words):
            new = _other_digits(digits.group(), rng)
            yield text[:start] + words[: digits.start()] + new + words[digits.end() :] + text[end:]
        for word in words.split():
            if word.lower() in WORDS[locale]:
                new = rng.choice([other for other in WORDS[locale] if other != word.lower()])
                yield text[:start] + words.replace(word, new, 1) + text[end:]


def _other_digits(digits: str, rng: random.Random) -> str:
    """A number as long, with one digit another."""
    at = rng.choice([index for index, char in enumerate(digits) if char.isdigit()])
    least = "1" if at == 0 else "0"
    new = rng.choice([char for char in "0123456789" if char != digits[at] and char >= least])
    return digits[:at] + new + digits[at + 1 :]


def bad(found: tuple[Grounding, ...]) -> list[Grounding]:
    return [one for one in found if one.status is not GroundingStatus.BACKED]


def main() -> None:
    rng = random.Random(7)
    facts = published()
    for locale in ("en", "de"):
        index_published_figures(facts, locale)  # built once per set of facts
    texts = {text for fact in facts.facts for text in fact.text.values()}
    for label, cites in (("fact cited", True), ("own words", False)):
        originals = blocked = mutants = caught = 0
        spent = 0.0
        for fact in facts.facts:
            for locale, text in fact.text.items():
                cited = (fact.id,) if cites else ()
                begin = time.process_time()
                held = bad(ground_figures(text, facts, cited, locale, TODAY))
                spent += time.process_time() - begin
                originals, blocked = originals + 1, blocked + bool(held)
                _show("blocked", text, held)
                others = (other for _ in range(ROUNDS) for other in changed(text, locale, rng))
                for other in sorted(set(others) - texts):
                    found = bad(ground_figures(other, facts, cited, locale, TODAY))
                    mutants, caught = mutants + 1, caught + bool(found)
                    if not found:
                        _show("missed", other, [None])
        print(
            f"{label}: caught {caught / mutants:.3f} of {mutants} changed (goal .99), "
            f"{blocked} of {originals} originals blocked (goal 0), "
            f"{spent / originals * 1000:.2f} ms a text"
        )


def _show(what: str, text: str, found: list[Grounding] | list[None]) -> None:
    if found and "--worst" in sys.argv:
        why = [f"{one.span.words}: {one.differs} [{one.fact}]" for one in found if one]
        print(f"    {what}", json.dumps(text, ensure_ascii=False), why)


if __name__ == "__main__":
    main()
