"""A text's tokens are those that the `tokenizers` library gave, without the library.

`tests/data/understanding/wordpiece.json` holds what it gave: of texts, and of every character that
Unicode had in 2002 between two letters, as a digest for each 256. Later characters are sorted by
the tables of the Python that runs, so they are not held here.
"""

from __future__ import annotations

import hashlib
import json
import sys
import types
import unicodedata
from copy import deepcopy
from pathlib import Path

import pytest

from bot.model.errors import BrandError
from handlers.models import SHIPPED
from handlers.models.onnx_encoder import load_tokenizer
from handlers.models.wordpiece import wordpiece

GOLDEN = json.loads(
    (Path(__file__).parents[2] / "data" / "understanding" / "wordpiece.json").read_text("utf-8")
)
DESCRIBED = json.loads((SHIPPED / "tokenizer.json").read_bytes())
TOKENIZER = load_tokenizer(SHIPPED / "tokenizer.json")
MOVED = (0x166D, 0x1734, 0x1885, 0x1886)  # were put in another category after 2015


def test_texts_are_cut_as_they_were():
    wrong = [text for text, ids in GOLDEN["texts"] if TOKENIZER.ids(text, 10_000) != ids]
    assert not wrong


@pytest.mark.parametrize("block", GOLDEN["blocks"])
def test_characters_are_sorted_as_they_were(block):
    first, old = int(block, 16), unicodedata.ucd_3_2_0
    codes = (code for code in range(first, first + 256) if code not in MOVED)
    there = (chr(code) for code in codes if old.category(chr(code)) not in ("Cn", "Cs"))
    ids = [TOKENIZER.ids(f"a{character}b", 128) for character in there]
    assert hashlib.sha256(json.dumps(ids).encode()).hexdigest()[:12] == GOLDEN["blocks"][block]


def test_what_is_too_long_is_cut_and_keeps_its_end():
    marked = TOKENIZER.ids("yes " * 500, 128)
    assert (len(marked), marked[0], marked[-1]) == (128, 101, 102)
    bare = TOKENIZER.ids("unbelievablenesses " * 500, 128, marked=False)
    assert len(bare) == 128
    assert 102 not in bare


@pytest.mark.parametrize("text", ["x" * 300_000, "#" * 300_000, "é" * 300_000, "q" * 100 + " "])
def test_any_text_has_tokens(text):
    assert len(TOKENIZER.ids(text, 128)) <= 128


def test_a_customer_cannot_write_the_encoders_own_tokens():
    assert not {100, 101, 102, 103} & set(TOKENIZER.ids("[CLS][SEP][MASK]", 128, marked=False))


@pytest.mark.parametrize(
    ("part", "key", "value"),
    [
        ("model", "type", "Unigram"),
        ("model", "continuing_subword_prefix", ""),
        ("normalizer", "lowercase", False),
        ("normalizer", "strip_accents", False),
        ("pre_tokenizer", "type", "Whitespace"),
        ("post_processor", "type", "RobertaProcessing"),
        ("post_processor", "single", []),
    ],
)
def test_a_tokenizer_of_another_kind_is_not_mistaken_for_ours(part, key, value):
    other = {**deepcopy({k: v for k, v in DESCRIBED.items() if k != "model"})}
    other["model"] = dict(DESCRIBED["model"])
    other[part][key] = value
    assert wordpiece(other) is None


@pytest.fixture
def other(tmp_path):
    file = tmp_path / "tokenizer.json"
    file.write_text('{"model": {"type": "Unigram"}}')
    return file


def test_without_the_library_another_kind_is_refused_in_words(other, monkeypatch):
    monkeypatch.setitem(sys.modules, "tokenizers", None)
    with pytest.raises(BrandError, match=r"doesn't read by itself.*aboveboard\[encoders\]"):
        load_tokenizer(other)


def test_with_the_library_another_kind_is_read_by_it(other, monkeypatch):
    class Library:
        def __init__(self):
            self.padding = {"pad_id": 1}

        @classmethod
        def from_file(cls, file):
            assert file == str(other)
            return cls()

        def no_padding(self):
            self.padding = None

        def enable_truncation(self, max_length):
            self.most = max_length

        def encode(self, text, add_special_tokens):
            ids = [0, *map(ord, text), 2] if add_special_tokens else [*map(ord, text)]
            return types.SimpleNamespace(ids=ids[: self.most])

    monkeypatch.setitem(sys.modules, "tokenizers", types.SimpleNamespace(Tokenizer=Library))
    tokenizer = load_tokenizer(other)
    assert tokenizer.pad == 1
    assert tokenizer.ids("ab", 128) == [0, 97, 98, 2]
    assert tokenizer.ids("abc", 2, marked=False) == [97, 98]
