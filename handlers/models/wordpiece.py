"""A text as tokens of a BERT vocabulary (WordPiece, uncased): the numbers that an encoder reads.

Reads the `tokenizer.json` of such an encoder and gives what the `tokenizers` library gives, without
its threads and the download client that it brings; how far that was checked stands in
docs/decisions/0009-doubtful-dependencies.md. It differs knowingly in one thing: what looks like a
token of the encoder's own, as “[SEP]”, is words like any other when a customer writes it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from bot.detect.folding import CharacterTable

_NORMALIZER = {
    "type": "BertNormalizer",
    "clean_text": True,
    "handle_chinese_chars": True,
    "lowercase": True,
}
_MODEL = {
    "type": "WordPiece",
    "continuing_subword_prefix": "##",
    "max_input_chars_per_word": 100,
}
_LONGEST_WORD = 100
# Ideographs, each a word of its own
_IDEOGRAPHS = (
    *((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F)),
    *((0x2B740, 0x2B81F), (0x2B920, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)),
)


class WordPiece:
    """Texts as token numbers. Any `str`, linear in its length."""

    pad = 0

    def __init__(self, vocabulary: Mapping[str, int], begin: int, end: int, unknown: int) -> None:
        self.vocabulary = vocabulary
        self._begin, self._end, self._unknown = begin, end, unknown
        self._longest = max(map(len, vocabulary))

    def ids(self, text: str, most: int, marked: bool = True) -> list[int]:
        """At most so many numbers; `marked`: with the encoder's own at begin and end."""
        room = most - 2 if marked else most
        found: list[int] = []
        for word in text.translate(_LETTERS).split():
            found.extend(self._pieces(word))
            if len(found) >= room:
                break
        return [self._begin, *found[:room], self._end] if marked else found[:room]

    def _pieces(self, word: str) -> list[int]:
        """The longest beginning that the vocabulary has, and so on; unknown if a rest has none."""
        whole = self.vocabulary.get(word)
        if whole is not None:
            return [whole]
        if len(word) > _LONGEST_WORD:
            return [self._unknown]
        pieces = []
        at = 0
        while at < len(word):
            before = "##" if at else ""
            for end in range(min(len(word), at + self._longest), at, -1):
                piece = self.vocabulary.get(before + word[at:end])
                if piece is not None:
                    break
            else:
                return [self._unknown]
            pieces.append(piece)
            at = end
        return pieces


def wordpiece(described: Mapping[str, Any]) -> WordPiece | None:
    """What a `tokenizer.json` describes; None if it is a tokenizer of another kind."""
    model: Any = described.get("model")
    normalizer: Any = described.get("normalizer")
    if not (
        _has(model, _MODEL)
        and _has(normalizer, _NORMALIZER)
        and normalizer.get("strip_accents") in (None, True)
        and described.get("pre_tokenizer") == {"type": "BertPreTokenizer"}
        and all(added.get("special") for added in described.get("added_tokens") or ())
    ):
        return None
    vocabulary = model["vocab"]
    around = [*_around(described.get("post_processor"))]
    if len(around) != 2 or not {*around, model["unk_token"], "[PAD]"} <= vocabulary.keys():
        return None
    if vocabulary["[PAD]"] != WordPiece.pad:
        return None
    begin, end = (vocabulary[token] for token in around)
    return WordPiece(vocabulary, begin, end, vocabulary[model["unk_token"]])


def _has(part: Any, wanted: Mapping[str, Any]) -> bool:
    return isinstance(part, dict) and wanted.items() <= part.items()


def _around(processor: Any) -> Iterator[str]:
    """The tokens put before and after one text; none if something else is done to it."""
    if not _has(processor, {"type": "TemplateProcessing"}) or len(processor["single"]) != 3:
        return
    before, text, after = processor["single"]
    if "SpecialToken" in before and "Sequence" in text and "SpecialToken" in after:
        yield before["SpecialToken"]["id"]
        yield after["SpecialToken"]["id"]


def _letters(character: str) -> str:
    """Lower case without accents; marks of punctuation stand alone, what isn't seen goes."""
    if character in "\t\n\r":
        return " "
    if character == "\ufffd" or unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs"):
        return ""
    if character.isspace():
        return " "
    parts = unicodedata.normalize("NFD", character)
    bare = "".join(part for part in parts if unicodedata.category(part) != "Mn").lower()
    apart = "".join(f" {letter} " if _punctuation(letter) else letter for letter in bare)
    code = ord(character)
    return f" {apart} " if any(low <= code <= high for low, high in _IDEOGRAPHS) else apart


def _punctuation(letter: str) -> bool:
    if letter.isascii():
        return "!" <= letter <= "~" and not letter.isalnum()
    return unicodedata.category(letter).startswith("P")


_LETTERS = CharacterTable(_letters)
