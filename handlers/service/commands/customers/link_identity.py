"""A message about a customer's linked channels: a code from another channel joins them, `unlink`
parts them. It is heard before anybody takes it for an ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.brand.settings import ChannelProfile
from bot.handoff.identity_linking import MOST_JOINED, Link, asks_to_part, code_in
from bot.model import Audience, Identity, Message
from handlers.service.rows.identity_link_rows import (
    end_links,
    list_identities,
    save_links,
    take_code,
    void_codes,
)
from handlers.service.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class LinkNotice:
    """What a message about links is answered with: a notice's reason, empty for nothing."""

    notice: str
    language: str


def link_identity(unit: UnitOfWork, message: Message, at: datetime) -> LinkNotice | None:
    """Join or part channels, if a message that came then is about that; None if it is about
    something else."""
    profiles = unit.knowledge.brand.channels
    code = code_in(message.text)
    private = profiles[message.place.channel].audience is Audience.PRIVATE and message.direct
    who = message.identity
    if code is None:
        if not (private and asks_to_part(message) and end_links(unit.tx, who, at)):
            return None
        return LinkNotice("unlinked", message.language)
    if not private:  # others have read it
        void_codes(unit.tx, message.text)
        spoken_to = message.mention or message.reply or message.direct
        return LinkNotice("not-linked" if spoken_to else "", message.language)
    language = _use_code(unit, code, who, _list_accounts(who, profiles), at)
    if language is None:
        return LinkNotice("not-linked", message.language)
    return LinkNotice("linked", message.language or language)


def _use_code(
    unit: UnitOfWork, code: str, by: Identity, accounts: list[Identity], at: datetime
) -> str | None:
    """Use a code up; the language it was given out in, or None if it doesn't join anything."""
    wrong_codes = unit.tools.wrong_codes
    if wrong_codes.has_spent_tries(by, at):
        return None
    taken = take_code(unit.tx, code)
    if taken is None:
        wrong_codes.count_wrong(by, at)
        return None
    holder, until, language = taken
    if holder == by or until <= at:
        return None
    one, other = list_identities(unit.tx, holder), list_identities(unit.tx, by)
    if len({*one, *other, *accounts}) > MOST_JOINED:
        return None
    made = [
        Link(holder, by, at, "code"),
        *(Link(by, account, at, "account") for account in accounts),
    ]
    save_links(unit.tx, made, unit.tools.new_id())
    return language


def _list_accounts(who: Identity, profiles: Mapping[str, ChannelProfile]) -> list[Identity]:
    """The same account, in the other channels of its platform."""
    kind = profiles[who.channel].kind
    others = (p.name for p in profiles.values() if p.kind == kind and p.name != who.channel)
    return [Identity(name, who.id) for name in others]
