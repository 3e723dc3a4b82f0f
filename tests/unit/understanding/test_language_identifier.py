"""The language identifier says what the library says that its model is from, and is kept whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from bot.understanding.language_choice import WRITTEN
from handlers.models.identifier_tables import read_tables, tables_name, write_tables
from handlers.models.language_identifier import identifier
from tests.unit.detect.hostile import NAUGHTY, anything, for_any

pytestmark = pytest.mark.slow  # more than a thought: left out of make quick

LANGUAGES = WRITTEN | {"sr", "yi"}
TEXTS = (
    "",
    "Can I still return the boots I bought three weeks ago?",
    "WO BLEIBT MEINE BESTELLUNG?",
    "Où est ma commande, s’il vous plaît ?",
    "Моя посылка не пришла. Где она?",
    "Da li mogu da vratim čizme?",
    "ブーツを返品できますか",
    "مرحبا، أين طلبي؟",
    "ok",
    "7" * 3000,
)


@pytest.fixture(scope="module")
def library() -> LanguageIdentifier:
    made = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    made.set_languages(LANGUAGES & set(made.labels))
    return made


@pytest.mark.parametrize("text", (*TEXTS, *NAUGHTY))
def test_its_answer_is_the_librarys(library: LanguageIdentifier, text: str) -> None:
    same = pytest.approx([share for _, share in library.rank(text)], rel=1e-5, abs=1e-9)
    ranked = identifier(LANGUAGES)(text)
    assert [language for language, _ in ranked] == [language for language, _ in library.rank(text)]
    assert [share for _, share in ranked] == same


@for_any
@given(anything | st.binary(max_size=80).map(lambda raw: raw.decode(errors="replace")))
def test_any_text_has_a_ranking(text: str) -> None:
    made = identifier(LANGUAGES)(text)
    assert sum(share for _, share in made) == pytest.approx(1.0, abs=1e-3)
    assert made[0][1] == max(share for _, share in made)


def test_what_it_needs_is_made_once_and_kept(tmp_path: Path) -> None:
    """By another process, so that the library's own tables are never in this one."""
    ranked = identifier(frozenset({"en"}), tmp_path)(TEXTS[1])
    assert ranked == identifier(frozenset({"en"}))(TEXTS[1])
    assert [file.name for file in tmp_path.iterdir()] == [tables_name(WRITTEN | {"en"})]


def test_half_a_file_is_none_and_other_languages_are_other_tables(tmp_path: Path) -> None:
    write_tables(tmp_path, ("de", "en"))
    write_tables(tmp_path, ("de", "fr"))
    (file,) = tmp_path.iterdir()
    assert read_tables(tmp_path, ("de", "en")) is None
    assert read_tables(tmp_path, ("fr", "de")) is not None
    file.write_bytes(file.read_bytes()[:-4000])
    assert read_tables(tmp_path, ("de", "fr")) is None
