"""Links between a customer's channels, as rows: codes given out, consents given and taken back.

`link_codes`: a row a live code, under its fingerprint. `links`: a row a join, found by both its
ends while it is in force; when the customer ends it the row stays, as the record of a consent that
was given and withdrawn, and nothing finds it any more.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tinydb import where

from bot.brand.settings import ChannelProfile
from bot.handoff.identity_linking import (
    BITS,
    LASTS,
    MOST_JOINED,
    MOST_WRONG,
    WRONG_WITHIN,
    Identity,
    Link,
    asks_to_part,
    code_in,
    codes_within,
    fingerprint,
    identity_of,
    joined,
    new_code,
)
from bot.model import Audience, Message
from handlers.ports.service_port import Offer
from handlers.ports.store_port import Store, Transaction
from handlers.store import repository

INDEXES: Mapping[str, tuple[str, ...]] = {
    "links": ("one", "other", "consent"),
    "link_codes": ("holder", "until"),
}
KEPT = 10_000  # identities whose wrong codes are counted


@dataclass(frozen=True, slots=True)
class Said:
    """A message that was about links. `notice` is what it is answered with, empty for nothing."""

    notice: str
    language: str


def customer(tx: Transaction, identity: Identity) -> tuple[Identity, ...]:
    """All identities of this customer, this one first."""
    return joined(identity, lambda one: of(tx, one))


def of(tx: Transaction, identity: Identity) -> list[Link]:
    """The links in force that end at this identity."""
    links = tx.table("links")
    ends = (where("one") == identity.key, where("other") == identity.key)
    return [repository.read_row(row, Link) for end in ends for row in links.search(end)]


def offer(tx: Transaction, holder: Identity, code: str, language: str, at: datetime) -> datetime:
    """Keep a code for this identity, instead of an earlier one; until when it works."""
    codes = tx.table("link_codes")
    for old in (where("holder") == holder.key, where("until") <= at.isoformat()):
        codes.remove(doc_ids=[row.doc_id for row in codes.search(old)])
    until = at + LASTS
    row = repository.make_row(holder, holder=holder.key, until=until.isoformat(), language=language)
    repository.add_row(tx, "link_codes", fingerprint(code), row)
    return until


def spoil(tx: Transaction, text: str) -> None:
    """Codes in this text were written where they don't belong: they work no more."""
    tx.table("link_codes").remove(doc_ids=[fingerprint(code) for code in codes_within(text)])


def part(tx: Transaction, identity: Identity, at: datetime) -> bool:
    """End every link of this identity, and what came with it; False if there was none."""
    links = tx.table("links")
    ends = (where("one") == identity.key, where("other") == identity.key)
    consents = {row["consent"] for end in ends for row in links.search(end)}
    for consent in consents:
        for row in links.search(where("consent") == consent):
            ended = {**row, "one": "", "other": "", "ended": row["ended"] or at.isoformat()}
            repository.put_row(tx, "links", row.doc_id, ended)
    return bool(consents)


class Guesses:
    """Wrong codes by identity. In memory and bounded: a restart forgets."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[Identity, tuple[int, datetime]] = OrderedDict()

    def spent(self, who: Identity, at: datetime) -> bool:
        count, since = self._wrong.get(who, (0, at))
        return count >= MOST_WRONG and at - since < WRONG_WITHIN

    def wrong(self, who: Identity, at: datetime) -> None:
        count, since = self._wrong.pop(who, (0, at))
        self._wrong[who] = (count + 1, since) if at - since < WRONG_WITHIN else (1, at)
        while len(self._wrong) > KEPT:
            self._wrong.popitem(last=False)


class Switchboard:
    """Hears the messages that join and part channels, before anybody takes them for an ask."""

    def __init__(self, ids: Callable[[], str]) -> None:
        self._ids, self._guesses = ids, Guesses()

    def hears(
        self,
        tx: Transaction,
        message: Message,
        profiles: Mapping[str, ChannelProfile],
        at: datetime,
    ) -> Said | None:
        """What a message about links comes to; None if it is about something else."""
        code = code_in(message.text)
        profile = profiles[message.place.channel]
        private = profile.audience is Audience.PRIVATE and message.direct
        who = identity_of(message.place, message.author.id)
        if code is None:
            if not (private and asks_to_part(message) and part(tx, who, at)):
                return None
            return Said("unlinked", message.language)
        if not private:  # others have read it
            spoil(tx, message.text)
            spoken_to = message.mention or message.reply or message.direct
            return Said("not-linked" if spoken_to else "", message.language)
        language = self._used(tx, code, who, _accounts(who, profiles), at)
        if language is None:
            return Said("not-linked", message.language)
        return Said("linked", message.language or language)

    def _used(
        self, tx: Transaction, code: str, by: Identity, accounts: list[Identity], at: datetime
    ) -> str | None:
        """Use a code up; the language it was given out in, or None if it doesn't join anything."""
        if self._guesses.spent(by, at):
            return None
        codes, key = tx.table("link_codes"), fingerprint(code)
        row = codes.get(doc_id=key)
        if row is None:
            self._guesses.wrong(by, at)
            return None
        codes.remove(doc_ids=[key])
        holder = repository.read_row(row, Identity)
        if holder == by or datetime.fromisoformat(row["until"]) <= at:
            return None
        if len({*customer(tx, holder), *customer(tx, by), *accounts}) > MOST_JOINED:
            return None
        made = [Link(holder, by, at, "code"), *(Link(by, it, at, "account") for it in accounts)]
        self._keep(tx, made)
        return str(row["language"])

    def _keep(self, tx: Transaction, made: Iterable[Link]) -> None:
        consent = self._ids()
        for number, link in enumerate(made):
            ends = {"one": link.one.key, "other": link.other.key}
            row = repository.make_row(link, **ends, consent=consent, ended="")
            repository.add_row(tx, "links", f"{consent}:{number}", row)


def _accounts(who: Identity, profiles: Mapping[str, ChannelProfile]) -> list[Identity]:
    """The same account, in the other channels of its platform."""
    kind = profiles[who.channel].kind
    others = (p.name for p in profiles.values() if p.kind == kind and p.name != who.channel)
    return [Identity(name, who.id) for name in others]


class Links:
    """What the customer's page does with links. `bits` gives so many random bits."""

    def __init__(
        self, store: Store, now: Callable[[], datetime], bits: Callable[[int], int]
    ) -> None:
        self._store, self._now, self._bits = store, now, bits

    async def offer(self, holder: Identity, language: str) -> Offer:
        """A new code; one that this identity took before works no more."""
        code, at = new_code(self._bits(BITS)), self._now()
        until = await self._store.write(lambda tx: offer(tx, holder, code, language, at))
        return Offer(code, until)

    async def part(self, holder: Identity) -> bool:
        """End all links of this identity, at once."""
        at = self._now()
        return bool(await self._store.write(lambda tx: part(tx, holder, at)))

    def joined(self, holder: Identity) -> list[tuple[str, datetime]]:
        """Which channels this identity was joined with by a code, and since when."""

        def read(tx: Transaction) -> list[tuple[str, datetime]]:
            others = customer(tx, holder)[1:]
            found: dict[str, datetime] = {}
            for link in (link for one in (holder, *others) for link in of(tx, one)):
                for end in (link.one, link.other):
                    if end != holder and link.how == "code":
                        found.setdefault(end.channel, link.at)
            return list(found.items())

        found: Any = self._store.read(read)
        return list(found)
