"""Whose chat it is: a secret in a cookie, and what follows from it.

The secret never leaves the cookie. The conversation's id in the store, on cards and in the record
is a hash of it, so that knowing an id opens nothing. The form token is another hash: only a page
that was given to this very session knows it.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

import re2
from aiohttp import web

LASTS = 30 * 24 * 3600  # seconds
SECRET = re2.compile(r"[A-Za-z0-9_-]{43}")  # 32 random bytes


@dataclass(frozen=True, slots=True)
class Session:
    secret: str

    @property
    def thread(self) -> str:
        """The conversation's public-safe id."""
        return hashlib.sha256(b"aboveboard chat thread\0" + self.secret.encode()).hexdigest()[:32]

    @property
    def csrf(self) -> str:
        return hmac.new(self.secret.encode(), b"chat form", "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Cookies:
    """The cookie of the page, and another for the widget, which lives in other sites' pages."""

    https: bool

    def name(self, embedded: bool) -> str:
        prefix = "__Host-" if self.https else ""
        return f"{prefix}chat{'-widget' if embedded else ''}"

    def read(self, request: web.Request, embedded: bool) -> Session | None:
        value = request.cookies.get(self.name(embedded), "")
        return Session(value) if SECRET.fullmatch(value) else None

    def set(self, response: web.StreamResponse, session: Session, embedded: bool) -> None:
        """In a frame of another site a cookie needs `SameSite=None`, which needs HTTPS; it is
        then also kept apart for each site that embeds the widget."""
        kind = "SameSite=Lax"
        if self.https:
            kind = "SameSite=None; Secure; Partitioned" if embedded else "SameSite=Lax; Secure"
        response.headers.add(
            "Set-Cookie",
            f"{self.name(embedded)}={session.secret}; Path=/; Max-Age={LASTS}; HttpOnly; {kind}",
        )
