"""The model of the kept library py3langid for some languages, in 10 MB instead of 80.

The library's model is an automaton over bytes: 39 MB of moves, half a second to unpack. All that
the moves say is which of a hundred thousand byte sequences, of one to six bytes, ends at each
place of a text; so the sequences are kept instead, sorted, and the answers are the same (docs/
decisions/0010). They are made in a process of their own, once, and lie beside the trained models.
Standard input: the folder, and each language, a line each.
"""

from __future__ import annotations

import hashlib
import io
import os
import sys
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, fields
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True)
class LanguageTables:
    """Which sequences there are, and what each says for each language.

    `sequences`: as numbers, ascending (uint64): the bytes behind a 1, so that shorter ones come
    first. `features`: for each of them the row of `weights` that it stands for, int32; -1 for none.
    `weights`: float16 [features, columns]; `priors`: float32 [columns]. `languages` names the
    columns; one language may have several.
    """

    languages: tuple[str, ...]
    sequences: Any
    features: Any
    weights: Any
    priors: Any


def make_tables(languages: Collection[str]) -> LanguageTables:
    """From the library's own model; languages that it doesn't know are left out."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    whole = LanguageIdentifier.from_model_file(MODEL_FILE)
    whole.set_languages(set(languages) & set(whole.labels))
    moves = np.asarray(whole.tk_nextmove).reshape(-1, 256)
    rows, features = np.asarray(whole.tk_row), np.asarray(whole.tk_output)
    numbers, states = map(np.concatenate, zip(*_by_length(moves, rows), strict=True))
    order = np.argsort(numbers)
    features = features[states[order]].astype(np.int32)
    return LanguageTables(
        tuple(whole.nb_classes), numbers[order], features, whole.nb_ptc, whole.nb_pc
    )


def _by_length(moves: Any, rows: Any) -> Iterator[tuple[Any, Any]]:
    """For one byte, two, …: the sequences that the automaton knows, and the state of each.

    A state stands for the longest known sequence that a text ends in. So the first way to reach
    it, from the start, is that sequence.
    """
    reached = np.zeros(len(rows), dtype=bool)
    reached[0] = True
    states, numbers = np.zeros(1, dtype=np.intp), np.ones(1, dtype=np.uint64)
    while True:
        following = moves[rows[states]]
        at, byte = np.nonzero(~reached[following])
        if not len(at):
            return
        longer = (numbers[at] << np.uint64(8)) | byte.astype(np.uint64)
        states, first = np.unique(following[at, byte], return_index=True)
        numbers = longer[first]
        reached[states] = True
        yield numbers, states


def tables_name(languages: Collection[str]) -> str:
    """The file of these tables: another version of the library makes another."""
    content = "\0".join((version("py3langid"), *sorted(languages)))
    return f"languages-{hashlib.sha256(content.encode()).hexdigest()[:12]}.npz"


def write_tables(folder: Path, languages: Collection[str]) -> None:
    """Make and keep them; earlier ones go. Raises OSError if the folder can't be written."""
    tables = make_tables(languages)
    packed = io.BytesIO()
    np.savez(packed, **asdict(tables))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / tables_name(languages)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(packed.getvalue())
    beside.replace(path)
    for old in folder.glob("languages-*.npz"):
        if old != path:
            old.unlink(missing_ok=True)


def read_tables(folder: Path, languages: Collection[str]) -> LanguageTables | None:
    """Those kept in the folder; None if there are none, or not whole ones."""
    try:
        content = (folder / tables_name(languages)).read_bytes()
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            found = {field.name: arrays[field.name] for field in fields(LanguageTables)}
        return LanguageTables(**{**found, "languages": tuple(map(str, found["languages"]))})
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


if __name__ == "__main__":
    _folder, *_languages = sys.stdin.read().splitlines()
    write_tables(Path(_folder), _languages)
