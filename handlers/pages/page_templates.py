"""Pages from templates: everything escaped, a missing name is an error, templates run no code.

What strangers wrote enters a page as text only. An address becomes a link only if it is a web
address or a path of ours; anything else is shown as words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import Any

from aiohttp import web
from babel.dates import format_date, format_datetime
from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from handlers.pages.page_words import Words
from handlers.pages.static_files import fingerprint

MOMENTS = defaultdict(lambda: "EEE d MMM, HH:mm", de="EEE, d. MMM, HH:mm")


@dataclass(frozen=True, slots=True)
class Masthead:
    """Whose pages they are. Times are shown on the clock of `zone`; the exact one is in the
    mark-up."""

    name: str
    url: str
    zone: tzinfo = UTC


class Pages:
    """The page templates and words of a brand; `folders` are looked through in order. `masthead`
    gives what is in force, and is asked for each page."""

    def __init__(self, folders: list[Path], masthead: Callable[[], Masthead]) -> None:
        self.words, self._masthead = Words(folders), masthead
        self._environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(folders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals["static"] = fingerprint
        self._environment.tests["web_address"] = is_web_address
        self._environment.filters |= {
            "blocks": blocks,
            "clock": lambda at, lang: self._format(at, "HH:mm", lang),
            "moment": lambda at, lang: self._format(at, MOMENTS[lang], lang),
            "day": lambda day, lang: format_date(_day(day), "d MMM y", lang),
        }

    def render(self, template: str, language: str = "en", **values: Any) -> str:
        masthead = self._masthead()
        return self._environment.get_template(template).render(
            lang=language,
            say=self.words.of(language),
            brand=masthead.name,
            brand_url=masthead.url,
            **values,
        )

    def _format(self, at: str | datetime, pattern: str, language: str) -> str:
        return format_datetime(_moment(at), pattern, self._masthead().zone, language)

    def page(
        self, request: web.Request, template: str, *, status: int = 200, **values: Any
    ) -> web.Response:
        """A page in the reader's language, as their browser or the address asks for it."""
        language = self.words.language(request)
        text = self.render(template, language, status=status, path=request.path, **values)
        headers = {"Content-Language": language, "Vary": "Accept-Language"}
        return web.Response(text=text, status=status, content_type="text/html", headers=headers)


def _moment(at: str | datetime) -> datetime:
    return datetime.fromisoformat(at) if isinstance(at, str) else at


def _day(day: str | date) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day


def is_web_address(address: str) -> bool:
    return address.startswith(("https://", "http://")) or (
        address.startswith("/") and not address.startswith(("//", "/\\"))
    )


def blocks(text: str) -> list[tuple[str, list[str]]]:
    """A plain text as paragraphs and lists: `("text", lines)` or `("list", items)`.

    A blank line parts paragraphs; a paragraph whose every line begins with “- ” is a list.
    """
    found: list[tuple[str, list[str]]] = []
    for paragraph in text.split("\n\n"):
        lines = [line for line in paragraph.split("\n") if line]
        if lines and all(line.startswith("- ") for line in lines):
            found.append(("list", [line[2:] for line in lines]))
        elif lines:
            found.append(("text", lines))
    return found
