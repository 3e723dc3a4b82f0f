"""Language identification with the model of a kept library, py3langid. No network."""

from __future__ import annotations

import math
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np

from bot.understanding.language_choice import WRITTEN, Identify
from handlers.models.identifier_tables import LanguageTables, make_tables, read_tables

_LIMIT = 120.0  # seconds; making the tables takes three
_LONGEST = 6  # bytes in a sequence
_BYTE = np.uint64(8)
_MARKS = [np.uint64(1 << 8 * length) for length in range(1, _LONGEST + 1)]


@lru_cache(maxsize=1)
def identifier(also: frozenset[str] = frozenset(), folder: Path | None = None) -> Identify:
    """Text -> (language, probability), likeliest first, among those that customers may write.

    `also` names more languages, by ISO 639-1; those that the library doesn't know are left out.
    What it needs is kept in `folder`, and made in another process if it isn't there yet.
    """
    languages = WRITTEN | also
    tables = read_tables(folder, languages) if folder else None
    if folder and tables is None:
        subprocess.run(
            [sys.executable, "-m", "handlers.models.identifier_tables"],
            input="\n".join((str(folder.resolve()), *sorted(languages))).encode(),
            capture_output=True,
            timeout=_LIMIT,
            check=False,  # then they are made here, each time
        )
        tables = read_tables(folder, languages)
    return LanguageRanking(tables or make_tables(languages))


class LanguageRanking:
    """Naive Bayes over byte sequences, as py3langid computes it. Total: any str has a ranking."""

    def __init__(self, tables: LanguageTables) -> None:
        self._tables = tables
        names = tables.languages
        self._columns_again = [  # of a language that has a column already
            (names.index(name), n) for n, name in enumerate(names) if names.index(name) < n
        ]

    def __call__(self, text: str) -> Sequence[tuple[str, float]]:
        encoded = _encoded(text)
        scores = self._scores(encoded)
        scores *= 1.0 / math.sqrt(len(encoded) or 1)
        np.exp(scores - scores.max(), out=scores)
        scores /= scores.sum()
        for first, again in self._columns_again:
            scores[first] += scores[again]
        shares: dict[str, float] = {}
        for language, share in zip(self._tables.languages, scores.tolist(), strict=True):
            shares.setdefault(language, share)
        return sorted(shares.items(), key=itemgetter(1), reverse=True)

    def _scores(self, encoded: bytes) -> Any:
        """float32 [columns]: the logarithm of each one's likelihood, but for a constant."""
        counted = Counter(self._features(encoded).tolist())
        if not counted:
            return np.zeros(len(self._tables.languages), dtype=np.float32)
        rows = np.fromiter(counted.keys(), dtype=np.intp, count=len(counted))
        counts = np.fromiter(counted.values(), dtype=np.float32, count=len(counted))
        return np.log1p(counts) @ self._tables.weights[rows] + self._tables.priors

    def _features(self, encoded: bytes) -> Any:
        """What the longest known sequence stands for that ends at each byte, in order."""
        size = len(encoded)
        read = np.frombuffer(encoded, dtype=np.uint8).astype(np.uint64)
        ending = [read]  # the sequences of one byte, of two, …, that end at each byte
        while len(ending) < min(_LONGEST, size):
            ending.append((ending[-1][:-1] << _BYTE) | read[len(ending) :])
        numbers = np.concatenate([some | mark for some, mark in zip(ending, _MARKS, strict=False)])
        ends = np.concatenate([np.arange(n, size) for n in range(len(ending))])
        known = self._tables.sequences
        places = np.minimum(np.searchsorted(known, numbers), len(known) - 1)
        hit = np.nonzero(known[places] == numbers)[0]
        found = np.full(size, -1, dtype=np.int32)
        found[ends[hit]] = self._tables.features[places[hit]]  # the longest is written last
        return found[found >= 0]


def _encoded(text: str) -> bytes:
    """As the library reads a text; shouting says nothing about a language."""
    text = unicodedata.normalize("NFC", text.lower() if text.isupper() else text)
    return text.encode("utf-8", errors="surrogatepass")
