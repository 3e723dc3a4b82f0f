"""The frame around every page: headers, errors, static files, words."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from aiohttp import web
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from bot.model.errors import BrandError, StoreError
from handlers.pages import Masthead, Pages
from handlers.pages.page_words import Words
from handlers.pages.static_files import FOLDER
from tests.webside import TEMPLATES, WebSide, web_side

PATHS = ["/", "/chat", "/desk", "/nothing", "/static/site.css", "/widget.js"]


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_has_the_headers(side: WebSide, path: str) -> None:
    headers = (await side.visitor().get(path)).response.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "http:" not in policy and "*" not in policy
    assert "Server" not in headers


async def test_streams_have_the_headers_too(side: WebSide) -> None:
    jonas = side.visitor()
    await jonas.writes("hello")
    async with jonas._session.get("/chat/events") as response:
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Security-Policy"]
        assert response.headers["Cache-Control"] == "no-store"


async def test_no_page_has_script_or_style_inside_it() -> None:
    for file in TEMPLATES.glob("*.j2"):
        if file.name == "evaluation.html.j2":
            continue  # a file for the author's disk, which needs nothing beside it
        text = file.read_text("utf-8")
        assert "<style" not in text and " style=" not in text, file.name
        assert "javascript:" not in text and " on" not in _attributes(text), file.name
        for script in text.split("<script")[1:]:
            assert script.startswith(' src="{{ static('), file.name


def _attributes(text: str) -> str:
    import re2

    return " ".join(re2.findall(r'\son[a-z]+="', text)).replace("\non", " on")


async def boom(request: web.Request) -> web.Response:
    raise {
        "/boom/store": StoreError("the disk is full at /secret/path"),
        "/boom/any": RuntimeError("secret"),
    }[request.path]


@pytest.mark.parametrize(("path", "status"), [("/boom/store", 503), ("/boom/any", 500)])
async def test_what_fails_is_a_page_in_plain_words_without_our_secrets(
    tmp_path: Path, path: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    async with web_side(tmp_path, routes=lambda app: [web.get("/boom/{x}", boom)]) as side:
        visitor = side.visitor()
        page = await visitor.get(path)
        assert page.status == status
        assert "secret" not in page.text and "Traceback" not in page.text
        assert "try again" in page.page.words("lead")
        answer = await visitor.get(path, Accept="application/json")
        error = (await answer.response.json())["error"]
        assert error["status"] == status and "secret" not in error["words"]


async def test_static_files_are_found_by_name_only(side: WebSide) -> None:
    visitor = side.visitor()
    assert (await visitor.get("/static/site.css")).status == 200
    for path in ("/static/..%2fapp.py", "/static/%2e%2e/app.py", "/static/", "/static/none.css"):
        assert (await visitor.get(path)).status == 404, path


def test_vendored_htmx_comes_with_its_licence() -> None:
    assert "Zero-Clause BSD" in (FOLDER / "htmx.LICENSE.txt").read_text("utf-8")


def test_every_language_has_the_same_words() -> None:
    words = Words([TEMPLATES])
    assert {"en", "de"} <= set(words.languages)


def test_a_language_that_misses_words_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "fr.yaml").write_text("skip: Au contenu\n")
    with pytest.raises(BrandError, match=r"words/fr\.yaml.*door_chat"):
        Words([tmp_path, TEMPLATES])


def test_a_name_that_a_template_misses_is_an_error_not_a_blank(tmp_path: Path) -> None:
    (tmp_path / "own.html.j2").write_text("Hello {{ nobody }}")
    pages = Pages([tmp_path, TEMPLATES], lambda: Masthead("Trailhead", "https://trailhead.example"))
    with pytest.raises(UndefinedError, match="nobody"):
        pages.render("own.html.j2")


def test_a_template_cannot_reach_into_python(tmp_path: Path) -> None:
    (tmp_path / "own.html.j2").write_text("{{ brand.__class__.__mro__ }}")
    pages = Pages([tmp_path, TEMPLATES], lambda: Masthead("Trailhead", "https://trailhead.example"))
    with pytest.raises(SecurityError):
        pages.render("own.html.j2")
