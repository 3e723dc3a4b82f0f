"""A browser without scripts, and what it sees.

It keeps cookies, posts forms with the hidden fields of the page that it read, and names its origin,
as browsers do.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from html.parser import HTMLParser

from aiohttp import ClientResponse, ClientSession, ClientTimeout, CookieJar


class Visitor:
    def __init__(self, base: str, headers: dict[str, str]) -> None:
        self.base = base
        self._session = ClientSession(
            base,
            cookie_jar=CookieJar(unsafe=True),
            headers=headers,
            timeout=ClientTimeout(total=15),  # an event that never comes fails a test, not a night
        )
        self.page = Page("")

    async def close(self) -> None:
        await self._session.close()

    async def get(self, path: str, **headers: str) -> Response:
        async with self._session.get(path, headers=headers) as response:
            return await self._read(response)

    async def post(
        self, path: str, fields: dict[str, str] | None = None, **headers: str
    ) -> Response:
        """Post a form with what the last page had hidden in it."""
        given = {"Origin": self.base, **headers}
        data = {**self.page.hidden, **(fields or {})}
        sent = {k: v for k, v in given.items() if v}
        async with self._session.post(path, data=data, headers=sent) as response:
            return await self._read(response)

    async def writes(self, text: str, **fields: str) -> Response:
        """A customer writes on the chat page."""
        if "id" not in self.page.hidden:
            await self.get("/chat")
        return await self.post("/chat", {"text": text, **fields})

    async def events(
        self, path: str, listening: asyncio.Event | None = None, **headers: str
    ) -> AsyncIterator[Event]:
        """The events of a stream, one after the other. `listening` is set once none is missed."""
        async with self._session.get(path, headers=headers) as response:
            assert response.status == 200, await response.text()
            if listening is not None:
                listening.set()
            name, id, data = "", "", list[str]()
            async for raw in response.content:
                key, _, value = raw.decode().rstrip("\n").partition(": ")
                if key == "event":
                    name = value
                elif key == "id":
                    id = value
                elif key == "data":
                    data.append(value)
                elif not key and name:
                    yield Event(name, "\n".join(data), id)
                    name, data = "", []

    async def _read(self, response: ClientResponse) -> Response:
        text = await response.text()
        if response.content_type == "text/html" and "<!doctype" in text:
            self.page = Page(text)
        return Response(response.status, text, response)


@dataclass(frozen=True)
class Event:
    name: str
    data: str
    id: str


@dataclass(frozen=True)
class Response:
    status: int
    text: str
    response: ClientResponse

    @property
    def page(self) -> Page:
        return Page(self.text)


class Page(HTMLParser):
    """What stands on a page: its words by class, its hidden fields, its links, its elements."""

    VOID = frozenset({"br", "input", "meta", "link", "hr", "img", "path", "circle"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self._open: list[tuple[str, set[str], int]] = []
        self._words: list[tuple[list[tuple[str, set[str], int]], str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {k: v or "" for k, v in attrs}
        self.tags.append((tag, given))
        if tag == "input" and given.get("type") == "hidden":
            self.hidden[given["name"]] = given["value"]
        if tag == "a":
            self.links.append(given.get("href", ""))
        if tag == "br":
            self.handle_data("\n")
        if tag not in self.VOID:
            marks = {tag, *given.get("class", "").split(), f"#{given.get('id', '')}"}
            self._open.append((tag, marks, len(self.tags)))

    def handle_endtag(self, tag: str) -> None:
        while tag not in self.VOID and self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self._words.append((list(self._open), data))

    def words(self, mark: str = "body") -> str:
        """All words inside elements of this tag, class or #id."""
        return "".join(self.each(mark))

    def each(self, mark: str, inside: str = "body") -> list[str]:
        """The words of each outermost element of this kind inside another."""
        found: dict[int, str] = {}
        for opened, words in self._words:
            within = [n for _, marks, n in opened if inside in marks]
            if not within and inside != "body":
                continue
            at = next(
                (n for _, marks, n in opened if mark in marks and n >= min(within, default=0)), 0
            )
            if at:
                found[at] = found.get(at, "") + words
        return list(found.values())
