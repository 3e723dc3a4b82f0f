"""What a browser posts: read with bounds, and taken only from our own pages.

Two independent checks. The Origin header must be this very site; and the form must carry the
token that only a page of the same session was given.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a posted form. A missing field is empty; a file is not a field."""

    fields: dict[str, str]

    def get(self, name: str) -> str:
        return self.fields.get(name, "")


async def read_form(request: web.Request, csrf: str | None = None) -> Form:
    """The form, if it comes from a page of ours that knows `csrf`; else 403.

    Without `csrf` (a form that needs no session) the Origin alone is checked.
    """
    if not same_origin(request):
        raise web.HTTPForbidden(text="This form was sent from another site, so nothing was done.")
    posted = await request.post()
    fields = {k: _lines(v) for k, v in posted.items() if isinstance(v, str)}
    given = fields.get("csrf", "")
    if csrf is not None and not hmac.compare_digest(given.encode(), csrf.encode()):
        raise web.HTTPForbidden(
            text="This page is from an earlier visit. Load it again, then send once more."
        )
    return Form(fields)


def same_origin(request: web.Request) -> bool:
    """Whether the request comes from a page of this site.

    Browsers name the origin on every POST. Compared with the Host that the same browser asked
    for: behind a proxy the scheme differs, the host doesn't.
    """
    origin = urlsplit(request.headers.get("Origin", ""))
    return origin.scheme in ("http", "https") and origin.netloc == request.host


def _lines(text: str) -> str:
    """Browsers post line ends as CR LF; we keep LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
