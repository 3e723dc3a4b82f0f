"""One customer across channels: joined by themselves, parted at once, never by overhearing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.handoff.identity_linking import BITS, new_code
from bot.model import Author, Identity, Message, Place
from handlers.service.commands.customers.linking_page_commands import CustomerLinks
from handlers.service.rows import identity_link_rows as link_rows
from tests.fakes.elsewhere import Elsewhere
from tests.scenario.conftest import Shop, open_shop

CHAT = Identity("web", "Jonas")
SLACK = Identity("slack-direct", "U1")


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    extra = {name: Elsewhere(name) for name in ("slack-direct", "slack-community")}
    async with open_shop(tmp_path, extra=dict(extra)) as shop:
        yield shop


async def send(
    shop: Shop, text: str, channel: str = "slack-direct", who: str = "U1", **facts: bool
) -> None:
    """Somebody writes in Slack."""
    room = "D1" if channel == "slack-direct" else "C1"
    thread = "" if channel == "slack-direct" else str(shop.written)
    shop.written += 1
    facts.setdefault("direct", channel == "slack-direct")
    place = Place(channel, f"{room}{who}", thread)
    author = Author(who, who)
    message = Message(f"s{shop.written}", place, author, text, shop.clock.now(), **facts)  # type: ignore[arg-type]
    assert await shop.app.service.receive(message)
    await shop.app.service.quiet()


def posts(shop: Shop, channel: str = "slack-direct") -> list[str]:
    return [d.reply.body for d in shop.app.channels[channel].posts]  # type: ignore[attr-defined]


async def code(shop: Shop, holder: Identity = CHAT, number: int = 7) -> str:
    return (
        await CustomerLinks(shop.app.store, shop.clock.now, lambda _: number).offer(holder, "en")
    ).code


def customer(shop: Shop, who: Identity) -> set[Identity]:
    return set(shop.app.store.read(lambda tx: link_rows.list_identities(tx, who)))


def everything(shop: Shop) -> str:
    tables = ("messages", "engagements", "deliveries", "links", "record")
    return str(shop.app.store.read(lambda tx: [r for t in tables for r in tx.table(t).all()]))


async def test_a_code_sent_in_a_direct_message_joins_both_and_says_so(shop: Shop) -> None:
    await send(shop, await code(shop))
    assert customer(shop, CHAT) == {CHAT, SLACK, Identity("slack-community", "U1")}
    assert customer(shop, SLACK) == customer(shop, CHAT)
    [said] = posts(shop)
    assert "now belong together" in said


async def test_a_code_is_never_an_ask_and_nobody_sees_it(shop: Shop) -> None:
    word = await code(shop)
    await send(shop, word)
    assert [card for view in ("all", "done", "overheard") for card in shop.cards(view)] == []
    assert word not in everything(shop)
    assert shop.app.service.turns("slack-direct:D1U1:")[0].reply is not None  # only our notice


@pytest.mark.parametrize(
    "typed", ["link-0000-0007", " LINK-OOOO-OOO7. ", "LINK–0000–0007", "Link-0000-0007!\n"]
)
async def test_it_may_be_typed_as_people_type(shop: Shop, typed: str) -> None:
    assert await code(shop) == "LINK-0000-0007"
    await send(shop, typed)
    assert SLACK in customer(shop, CHAT)


@pytest.mark.parametrize(
    "written",
    [
        "> LINK-0000-0007",
        "“LINK-0000-0007”",
        "Jonas wrote: LINK-0000-0007",
        "my code is LINK-0000-0007",
    ],
)
async def test_passed_on_or_in_a_sentence_it_is_no_consent_and_is_spent(
    shop: Shop, written: str
) -> None:
    word = await code(shop)
    await send(shop, written)
    assert customer(shop, CHAT) == {CHAT}
    assert "LINK-xxxx-xxxx" in shop.card("U1").asked
    assert word not in everything(shop)
    await send(shop, word)
    assert customer(shop, CHAT) == {CHAT}


async def test_it_works_once(shop: Shop) -> None:
    word = await code(shop)
    await send(shop, word)
    await send(shop, word, who="U2")
    assert Identity("slack-direct", "U2") not in customer(shop, CHAT)
    assert "joined nothing" in posts(shop)[-1]


async def test_it_works_for_a_quarter_of_an_hour(shop: Shop) -> None:
    word = await code(shop)
    shop.clock.jump(timedelta(minutes=15))
    await send(shop, word)
    assert customer(shop, CHAT) == {CHAT}


async def test_a_new_code_takes_the_place_of_the_last(shop: Shop) -> None:
    first = await code(shop)
    second = await code(shop, number=8)
    await send(shop, first)
    assert customer(shop, CHAT) == {CHAT}
    await send(shop, second)
    assert SLACK in customer(shop, CHAT)


@pytest.mark.parametrize("facts", [{}, {"mention": True}, {"reply": True}])
async def test_where_others_read_it_joins_nobody_and_works_no_more(
    shop: Shop, facts: dict[str, bool]
) -> None:
    word = await code(shop)
    await send(shop, word, "slack-community", **facts)
    assert bool(posts(shop, "slack-community")) == bool(
        facts
    )  # who didn't speak to us hears nothing
    assert shop.cards("overheard") == []
    await send(shop, word)
    assert customer(shop, CHAT) == {CHAT}
    assert word not in everything(shop)


async def test_a_message_changed_into_a_code_is_taken_back(shop: Shop) -> None:
    word = await code(shop)
    await send(shop, "When do you open?")
    author, place = Author("U1", "U1"), Place("slack-direct", "D1U1", "")
    message = Message(f"s{shop.written}", place, author, word, shop.clock.now(), direct=True)
    assert await shop.app.service.edit(message)
    await shop.app.service.quiet()
    assert customer(shop, CHAT) == {CHAT}
    assert word not in everything(shop)


async def test_after_five_wrong_codes_in_an_hour_even_a_right_one_is_not_heard(shop: Shop) -> None:
    for number in range(5):
        await send(shop, new_code(1000 + number))
    await send(shop, await code(shop))
    assert customer(shop, CHAT) == {CHAT}
    shop.clock.jump(timedelta(hours=1))
    await send(shop, await code(shop))
    assert SLACK in customer(shop, CHAT)


async def test_two_chats_are_joined_through_a_third_only_over_links(shop: Shop) -> None:
    mara = Identity("web", "Mara")
    await send(shop, await code(shop))
    await send(shop, await code(shop, mara, 9))
    assert mara in customer(shop, CHAT)
    assert customer(shop, Identity("web", "Lena")) == {Identity("web", "Lena")}


async def test_unlinking_parts_this_chat_at_once_and_leaves_the_others(shop: Shop) -> None:
    mara = Identity("web", "Mara")
    await send(shop, await code(shop))
    await send(shop, await code(shop, mara, 9))
    assert await CustomerLinks(shop.app.store, shop.clock.now, lambda _: 0).part(CHAT)
    assert customer(shop, CHAT) == {CHAT}
    assert SLACK in customer(shop, mara)
    rows = shop.app.store.read(lambda tx: tx.table("links").all())
    assert [bool(row["ended"]) for row in rows] == [True, True, False, False]  # both are on file


async def test_unlink_in_a_direct_message_does_it_too(shop: Shop) -> None:
    await send(shop, await code(shop))
    await send(shop, "Unlink")
    assert customer(shop, SLACK) == {SLACK}
    assert "on its own again" in posts(shop)[-1]
    await send(shop, "unlink")  # nothing is linked: then it is words like any others
    assert shop.card("U1").asked == "unlink"


async def test_the_notice_speaks_the_language_of_the_page(shop: Shop) -> None:
    offer = await CustomerLinks(shop.app.store, shop.clock.now, lambda bits: 2**bits - 1).offer(
        CHAT, "de"
    )
    await send(shop, offer.code)
    assert "gehören jetzt zusammen" in posts(shop)[0]


async def test_the_notice_is_on_the_record_and_public(shop: Shop) -> None:
    await send(shop, await code(shop))
    rows = shop.app.store.read(lambda tx: tx.table("record").all())
    assert [row["kind"] for row in rows] == ["intended", "sent"]
    assert all(row["public"] for row in rows)


def test_codes_differ_in_every_bit() -> None:
    codes = {new_code(1 << bit) for bit in range(BITS)}
    assert len(codes) == BITS
