"""The words on pages that customers read, by language: `templates/pages/words/<language>.yaml`.

A language is a file; every file has the same keys as English, or it can't be loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from aiohttp import web

from bot.model.errors import BrandError

DEFAULT = "en"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C takes a tenth


class Words:
    """All words of all languages; the first folder that has a language's file gives it."""

    def __init__(self, folders: list[Path]) -> None:
        self._words: dict[str, Mapping[str, str]] = {}
        for folder in folders:
            for file in sorted((folder / "words").glob("*.yaml")):
                self._words.setdefault(file.stem, _load(file))
        wanted = set(self._words.get(DEFAULT, {}))
        if not wanted:
            raise BrandError(f"words/{DEFAULT}.yaml", 0, "The words of the pages are missing.")
        for language, words in self._words.items():
            if odd := wanted ^ set(words):
                problem = f"These words are not in both {DEFAULT} and {language}: {sorted(odd)}."
                raise BrandError(f"words/{language}.yaml", 0, problem, "Add or remove them.")

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self._words)

    def of(self, language: str) -> Mapping[str, str]:
        return self._words[language]

    def language(self, request: web.Request) -> str:
        """`?lang=`, else the first language of Accept-Language that we have, else English."""
        asked = [request.query.get("lang", ""), *_accepted(request)]
        return next((name for name in asked if name in self._words), DEFAULT)


def _accepted(request: web.Request) -> list[str]:
    """The languages of Accept-Language, best first, without regions."""
    weighted: list[tuple[float, str]] = []
    for part in request.headers.get("Accept-Language", "")[:200].split(","):
        name, _, weight = part.strip().partition(";q=")
        try:
            weighted.append((-float(weight or 1), name.partition("-")[0].lower()))
        except ValueError:
            continue
    return [name for _, name in sorted(weighted, key=lambda pair: pair[0])]


def _load(file: Path) -> Mapping[str, str]:
    try:
        loaded = yaml.load(file.read_text("utf-8"), Loader=_Loader)  # noqa: S506 - it is a safe one
    except yaml.YAMLError as error:
        raise BrandError(str(file), 0, f"This is not YAML: {error}") from error
    if not isinstance(loaded, dict) or not all(isinstance(v, str) for v in loaded.values()):
        raise BrandError(str(file), 0, "Every line has to be `name: words`.")
    return MappingProxyType(loaded)
