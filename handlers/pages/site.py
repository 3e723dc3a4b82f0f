"""The frame around every page: security headers, one way to say what went wrong, static files.

A page sets its own Content-Security-Policy only to be framed by named sites; everything else is
the same for all, and set when a response's headers leave, so that streams and errors have it too.
A person gets a page with what is so and what to do; a program that asks for JSON gets one shape:
`{"error": {"status": 429, "words": "…"}}`.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable

from aiohttp import web

from bot.model.errors import AboveboardError, StoreError
from handlers.pages.page_templates import Pages
from handlers.pages.static_files import serve

log = logging.getLogger(__name__)

LARGEST_REQUEST = 64 * 1024  # bytes; the longest text we take is 4,000 characters

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

WORDS = {
    400: "The request was not complete. Go back, load the page again, and try once more.",
    403: "This isn't allowed from here. Load the page again, and try once more.",
    404: "There is no page at this address.",
    405: "This address can't be used in that way.",
    413: "That is too long. Please shorten it and send it again.",
    429: "That was quick. Please wait a moment and send it again.",
    500: "Something of ours failed; it is in our log. Please try again in a moment.",
    503: "We can't store anything right now, so we took nothing. Please try again in a moment.",
}


def policy(ancestors: Iterable[str] = ()) -> str:
    """The Content-Security-Policy of a page that these sites may put in a frame."""
    frames = " ".join(ancestors) or "'none'"
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'self'; "
        f"frame-ancestors {frames}"
    )


POLICY = policy()

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # not `no-referrer`: it makes browsers send `Origin: null` with our own forms
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


async def set_headers(request: web.Request, response: web.StreamResponse) -> None:
    """The one place that sets security headers: on every response, just before it leaves."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.popall("Server", None)


async def behind_a_proxy(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Take the address of who asks from our proxy: the last of X-Forwarded-For, which it added.
    What stands before that, anybody can write."""
    said = request.headers.getall("X-Forwarded-For", [])
    last = said[-1].rpartition(",")[2].strip() if said else ""
    return await handler(request.clone(remote=last) if last else request)


def wants_json(request: web.Request) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def build(
    routes: Iterable[web.AbstractRouteDef], pages: Pages, *, proxy: bool = False
) -> web.Application:
    """One application for all pages, framed; the caller adds what has to start and stop.

    `proxy`: a proxy of ours names who asks.
    """

    @web.middleware
    async def say_what_failed(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPException as error:
            if error.status < 400:
                raise
            given = error.text or ""
            generic = given in ("", f"{error.status}: {error.reason}")
            generic = generic or isinstance(error, web.HTTPRequestEntityTooLarge)
            words = WORDS.get(error.status, WORDS[400]) if generic else given
            headers = {k: v for k, v in error.headers.items() if k in ("Retry-After", "Allow")}
            return told(request, error.status, words, headers)
        except StoreError as error:
            log.error("%s %s: %s", request.method, request.path, error)
            return told(request, 503, WORDS[503], {"Retry-After": "5"})
        except AboveboardError as error:
            log.error("%s %s: %s", request.method, request.path, error)
            return told(request, 500, WORDS[500], {})
        except Exception:
            log.exception("%s %s failed", request.method, request.path)
            return told(request, 500, WORDS[500], {})

    def told(
        request: web.Request, status: int, words: str, headers: dict[str, str]
    ) -> web.Response:
        if wants_json(request):
            error = {"status": status, "words": words}
            return web.json_response({"error": error}, status=status, headers=headers)
        response = pages.page(request, "error.html.j2", status=status, words_said=words)
        response.headers.update(headers)
        return response

    middlewares = [web.middleware(behind_a_proxy), say_what_failed] if proxy else [say_what_failed]
    site = web.Application(middlewares=middlewares, client_max_size=LARGEST_REQUEST)
    site.on_response_prepare.append(set_headers)
    site.add_routes([*routes, web.get("/static/{name}", serve)])
    return site
