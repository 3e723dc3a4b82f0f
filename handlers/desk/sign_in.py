"""Who is at the desk: one-time links, and the sessions that they open.

Both are secrets of 32 random bytes, stored only as hashes. A link opens one session, once, while
it is fresh; the session says who somebody is, never what they may do: rights are read from the
brand's people at every request, so that a change of role counts at once. Whoever is no longer one
of them loses both for good: who is listed again later signs in anew.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tinydb import where
from tinydb.table import Document

from bot.model import Person
from handlers.ports.store_port import Store, Table, Transaction

LINKS, SESSIONS = "desk_links", "desk_sessions"  # rows by hash: {person, expires}
FRESH = timedelta(hours=1)
LASTS = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody at the desk; `csrf` goes into every form that they are given."""

    person: Person
    secret: str

    @property
    def csrf(self) -> str:
        return hmac.new(self.secret.encode(), b"desk form", "sha256").hexdigest()


class SignIn:
    def __init__(
        self,
        store: Store,
        person: Callable[[str], Person | None],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        secret: Callable[[], str] = lambda: secrets.token_urlsafe(32),
    ) -> None:
        self._store, self._person, self._now, self._secret = store, person, now, secret

    async def link(self, person: str) -> str:
        """The path of a link that signs this person in, once, within the next hour."""
        token = self._secret()
        await self._store.write(lambda t: self._put(t, LINKS, token, person, FRESH))
        return f"/desk/sign-in?token={token}"

    async def enter(self, token: str) -> str | None:
        """The secret of a new session; None if the link was used, is old, or never was."""
        secret = self._secret()

        def swap(transaction: Transaction) -> str | None:
            person = self._whose(transaction.table(LINKS), token)
            transaction.table(LINKS).remove(doc_ids=[_hash(token)])
            if person is None or self._person(person) is None:
                return None
            self._put(transaction, SESSIONS, secret, person, LASTS)
            return secret

        if not self._store.read(lambda t: t.table(LINKS).contains(doc_id=_hash(token))):
            return None  # a guess costs no write
        return await self._store.write(swap)

    def visit(self, secret: str) -> Visit | None:
        """Whose session it is; None if it ended, or the person is no longer one of the brand's."""
        if not secret:
            return None
        id = self._store.read(lambda t: self._whose(t.table(SESSIONS), secret))
        person = None if id is None else self._person(id)
        return None if person is None else Visit(person, secret)

    async def leave(self, secret: str) -> None:
        def end(transaction: Transaction) -> None:
            transaction.table(SESSIONS).remove(doc_ids=[_hash(secret)])

        if self.visit(secret):
            await self._store.write(end)

    async def end_of_removed(self) -> None:
        """End the sessions and links of everybody who is no longer one of the brand's."""

        def removed(transaction: Transaction) -> list[tuple[str, str]]:
            return [
                (name, row.doc_id)
                for name in (LINKS, SESSIONS)
                for row in transaction.table(name).all()
                if self._person(row["person"]) is None
            ]

        def end(transaction: Transaction) -> None:
            for name, id in removed(transaction):
                transaction.table(name).remove(doc_ids=[id])

        if self._store.read(removed):
            await self._store.write(end)

    def _put(
        self, transaction: Transaction, name: str, secret: str, person: str, lasts: timedelta
    ) -> None:
        table, now = transaction.table(name), self._now()
        table.remove(where("expires") < now.isoformat())
        row = {"person": person, "expires": (now + lasts).isoformat()}
        table.insert(Document(row, doc_id=_hash(secret)))  # type: ignore[arg-type]

    def _whose(self, table: Table, secret: str) -> str | None:
        row = table.get(doc_id=_hash(secret))
        if row is None or row["expires"] < self._now().isoformat():
            return None
        return str(row["person"])


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
