"""A brand's folder as it lies on disk: each file is taken from there once a load.

`digest` is of exactly the texts that were read. What is saved while a brand is read is therefore
in it as it was read, and another fingerprint at the next look.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path

from bot.model.errors import BrandError
from handlers.brandfiles.documents.yaml_document import Document, parse, read_text

WATCHED = ("policies", "templates/replies", "templates/notices")
Fingerprint = tuple[tuple[str, int, int], ...]


class BrandFiles:
    """One load's reading. What keeps a file from being read is added to `problems`."""

    def __init__(self, root: Path, problems: list[BrandError]) -> None:
        self.root, self.problems = root, problems
        self._texts: dict[str, str] = {}

    def read_text(self, name: str) -> str | None:
        """The text of a file, by its path from the brand's folder."""
        try:
            return self._texts.setdefault(name, read_text(self.root / name, name))
        except BrandError as error:
            self.problems.append(error)
            return None

    def read_document(self, name: str, optional: bool = False) -> Document | None:
        if optional and not (self.root / name).exists():
            return None
        text = self.read_text(name)
        try:
            return None if text is None else parse(text, name)
        except BrandError as error:
            self.problems.append(error)
            return None

    def read_folder(self, folder: str) -> list[Document]:
        """Every document of a folder; what else lies there is a problem."""
        documents = []
        for path in sorted((self.root / folder).glob("*")):
            name = f"{folder}/{path.name}"
            if path.name.startswith("."):
                continue
            if path.suffix != ".yaml":
                problem = BrandError(name, 0, "Only .yaml files are read here.", "Move it.")
                self.problems.append(problem)
            elif document := self.read_document(name):
                documents.append(document)
        return documents

    def iterate_names(self, folder: str) -> Iterator[str]:
        """Each file at any depth of a folder, by its path from the brand's folder."""
        for entry in iterate_files(str(self.root / folder)):
            yield Path(entry.path).relative_to(self.root).as_posix()

    def digest(self) -> bytes:
        """SHA-256 of the names and texts that were read."""
        digest = hashlib.sha256()
        for name, text in sorted(self._texts.items()):
            content = text.encode()
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
        return digest.digest()


def iterate_files(folder: str) -> Iterator[os.DirEntry[str]]:
    """The files below a folder, in order; hidden ones are an editor's."""
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from iterate_files(entry.path)
            elif not entry.is_dir():
                yield entry


def take_fingerprint(root: Path) -> Fingerprint:
    """What the files look like from outside: name, size, time of change."""
    found = []
    files: list[Path | os.DirEntry[str]] = [root / "config.yaml"]
    for file in chain(files, *(iterate_files(str(root / folder)) for folder in WATCHED)):
        with suppress(FileNotFoundError):
            status = file.stat()
            found.append((os.fspath(file), status.st_size, status.st_mtime_ns))
    return tuple(found)
