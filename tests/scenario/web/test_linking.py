"""The page on which a customer joins their chat with another channel."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.handoff.identity_linking import code_in, fingerprint
from bot.model import Author, Identity, Message, Place
from handlers.service.rows.identity_link_rows import list_identities
from tests.fakes.elsewhere import Elsewhere
from tests.webside import WebSide, web_side


@pytest.fixture
async def side(tmp_path: Path) -> AsyncIterator[WebSide]:
    """A shop that is reached over Slack too."""
    async with web_side(tmp_path, extra={"slack-direct": Elsewhere("slack-direct")}) as opened:
        yield opened


def shown_code(words: str) -> str:
    code = code_in(words)
    assert code is not None
    return code


async def use(side: WebSide, code: str) -> None:
    """The customer sends it from their other channel."""
    place = Place("slack-direct", "D1", "")
    message = Message("s1", place, Author("U1"), code, side.clock.now(), direct=True)
    assert await side.app.service.receive(message)
    await side.app.service.quiet()


async def test_a_code_is_shown_once_and_joins_this_very_chat(side: WebSide) -> None:
    jonas = side.visitor()
    page = (await jonas.get("/chat")).page
    assert "/chat/link" in page.links
    page = (await jonas.get("/chat/link")).page
    assert "nobody else does" in page.words("talk-head")
    page = (await jonas.post("/chat/link", page.hidden)).page
    code = shown_code(page.words("#code"))
    assert page.words("#code").strip() == code
    assert (await jonas.get("/chat/link")).page.words("#code") == ""
    stored = side.app.store.read(lambda tx: tx.table("link_codes").all())
    assert [row.doc_id for row in stored] == [fingerprint(code)]
    await use(side, code)
    page = (await jonas.get("/chat/link")).page
    assert "Slack direct message" in page.words("joined")


async def test_unlinking_takes_one_click(side: WebSide) -> None:
    jonas = side.visitor()
    await jonas.get("/chat")
    page = (await jonas.get("/chat/link")).page
    page = (await jonas.post("/chat/link", page.hidden)).page
    await use(side, shown_code(page.words("#code")))
    page = (await jonas.get("/chat/link?lang=de")).page
    assert "Slack direct message" in page.words("joined")
    page = (await jonas.post("/chat/unlink", page.hidden)).page
    assert page.words("joined") == ""
    who = Identity("slack-direct", "U1")
    assert side.app.store.read(lambda tx: list_identities(tx, who)) == (who,)


async def test_codes_are_given_out_at_a_walking_pace(side: WebSide) -> None:
    jonas = side.visitor()
    await jonas.get("/chat")
    page = (await jonas.get("/chat/link")).page
    given = [await jonas.post("/chat/link", page.hidden) for _ in range(4)]
    assert [answer.status for answer in given] == [200, 200, 200, 429]
    await side.clock.advance(60)
    await asyncio.sleep(0)
    assert (await jonas.post("/chat/link", page.hidden)).status == 200


async def test_another_sites_form_gets_no_code(side: WebSide) -> None:
    jonas = side.visitor()
    await jonas.get("/chat")
    page = (await jonas.get("/chat/link")).page
    assert (await jonas.post("/chat/link", {"csrf": "guessed"})).status == 403
    answer = await jonas.post("/chat/link", page.hidden, Origin="https://elsewhere.example")
    assert answer.status == 403


async def test_who_has_no_chat_is_led_to_one(side: WebSide) -> None:
    nobody = side.visitor()
    assert "You are writing with Trailhead." in (await nobody.get("/chat/link")).page.words("h1")
