"""What holds for the tables of every language, so that one can be added as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date

import pytest

from bot.detect.commitments import currencies
from bot.detect.commitments.extraction import extract_commitments
from bot.detect.commitments.languages.commitment_languages import LANGUAGES
from bot.detect.commitments.languages.language_tables import CommitmentLanguage
from bot.detect.commitments.lexer import tokenize
from tests.unit.detect.currency_signs import signs_in_cldr

EVERY = pytest.mark.parametrize("language", LANGUAGES.values(), ids=lambda one: one.code)
NO_PHRASES = {"code", "decimal", "endings", "reach", "makers"}


def phrases(language: CommitmentLanguage) -> list[str]:
    """Every word and phrase of every table."""
    found: list[str] = []
    for field in fields(language):
        table = getattr(language, field.name)
        if field.name not in NO_PHRASES and isinstance(table, Mapping | frozenset):
            found.extend(table)
    return found + [word for makers in language.makers.values() for word in makers]


@EVERY
def test_every_phrase_is_written_as_texts_are_read(language: CommitmentLanguage) -> None:
    """A phrase that the lexer cuts in another way would never be found."""
    for phrase in phrases(language):
        assert " ".join(tokenize(phrase).words) == phrase


@EVERY
def test_endings_are_tried_longest_first_where_one_ends_in_another(
    language: CommitmentLanguage,
) -> None:
    for index, ending in enumerate(language.endings):
        assert not any(later.endswith(ending) for later in language.endings[index + 1 :])


@EVERY
def test_every_unit_and_number_word_is_read(language: CommitmentLanguage) -> None:
    number = next(word for word, value in language.numbers.items() if value == 5)
    for word, (factor, unit) in language.periods.items():
        found = extract_commitments(f"{number} {word}", language.code, date(2026, 1, 1))
        assert [(one.value, one.unit) for one in found] == [(str(5 * int(factor)), unit)], word


@EVERY
def test_every_promise_can_be_made(language: CommitmentLanguage) -> None:
    for form, named in language.promises.items():
        if named is not None:
            maker = sorted(language.makers[named[1]] - language.infinitives)[0]
            found = extract_commitments(f"{maker} {form}", language.code, date(2026, 1, 1))
            assert [one.value for one in found] == [named[0]], form


def test_the_languages_promise_the_same_things() -> None:
    verbs = [
        {named[0] for named in language.promises.values() if named}
        for language in LANGUAGES.values()
    ]
    assert verbs[0] - {"upgrade"} == verbs[1]


def test_the_table_of_currency_signs_is_what_cldr_says() -> None:
    """If babel brings another CLDR: `python -m tests.unit.detect.currency_signs`."""
    assert signs_in_cldr() == currencies.SIGNS
