"""A guarantee, or none: what people say of drafts decides what is drafted, and what is claimed."""

from __future__ import annotations

import html
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

from aiohttp import CookieJar
from aiohttp.test_utils import TestClient, TestServer

from bot.brand.guarantee_terms import GuaranteeTerms
from bot.learning.guarantee.guarantee_standing import Guarantee, GuaranteeStanding
from bot.model import Objection, State
from bot.model import events as e
from handlers.app import running
from tests.fakes.clock import VirtualClock
from tests.scenario.conftest import Shop
from tests.shop import ADA, NOW, ROOT, shipped

SURE = "Do you price match?"
SHAKY = "can I give back a tent I used once"
TERMS = GuaranteeTerms(wrong=0.3, doubt=0.3, window=60, audit=0.25)
NEEDED = 6  # 0.7 ** 6 is below a half of four fifths of 0.3


@asynccontextmanager
async def certain_shop(
    folder: Path, terms: GuaranteeTerms = TERMS, clock: VirtualClock | None = None
) -> AsyncIterator[Shop]:
    """The shipped shop, with a guarantee asked of its web chat."""
    clock = clock or VirtualClock(NOW)
    library = shipped(clock.now())
    brand = replace(library.knowledge.brand, guarantee={"web": terms})
    library.knowledge = replace(library.knowledge, brand=brand)
    store = folder / "store.db"
    async with running(ROOT, library, {}, store_path=store, clock=clock, samples=False) as app:
        await app.service.quiet()
        yield Shop(app, clock)


def promised(shop: Shop) -> Guarantee:
    return shop.app.library.knowledge.guarantees["web"]


numbers = count()


async def ask(shop: Shop, text: str, audit: bool = False) -> str:
    """Somebody new asks; with `audit`, somebody whose message is drawn for it."""
    name = next(
        name for n in numbers if promised(shop).is_audited(name := f"customer-{n}") is audit
    )
    await shop.write(text, who=name, key=name)
    return name


async def approve(shop: Shop, text: str, times: int = 1, audit: bool = False) -> None:
    for _ in range(times):
        who = await ask(shop, text, audit)
        await shop.wait(60)
        assert (await shop.approve(who)).done


async def reject(shop: Shop, text: str) -> None:
    who = await ask(shop, text)
    at, digest = shop.clock.now(), shop.card(who).digest
    event = e.Rejected(at, ADA, "It asks something else.", digest, Objection.NOT_ASKED)
    assert (await shop.decide(event, who)).done


async def sure_ones_right_shaky_ones_wrong(shop: Shop) -> None:
    await approve(shop, SURE, 8)
    while promised(shop).draft_threshold == 0.0:
        await reject(shop, SHAKY)


async def all_wrong(shop: Shop) -> None:
    while promised(shop).standing is GuaranteeStanding.GATHERING:
        await reject(shop, SURE)


async def test_nothing_is_claimed_before_enough_drafts_were_reviewed(tmp_path: Path) -> None:
    async with certain_shop(tmp_path) as shop:
        assert promised(shop).standing is GuaranteeStanding.GATHERING
        assert promised(shop).missing == NEEDED
        await approve(shop, SHAKY, NEEDED - 1)
        assert promised(shop).standing is GuaranteeStanding.GATHERING
        assert promised(shop).missing == 1
        await approve(shop, SURE)
        assert promised(shop).standing is GuaranteeStanding.CERTIFIED
        assert promised(shop).draft_threshold == 0.0


async def test_what_is_below_the_threshold_goes_to_a_person_who_is_told_why(
    tmp_path: Path,
) -> None:
    async with certain_shop(tmp_path) as shop:
        await sure_ones_right_shaky_ones_wrong(shop)
        assert promised(shop).standing is GuaranteeStanding.CERTIFIED
        assert promised(shop).draft_threshold > 0.59
        shaky, sure = await ask(shop, SHAKY), await ask(shop, SURE)
        assert shop.card(sure).state is State.WAITING
        card = shop.card(shaky)
        assert card.state is State.PERSON
        assert card.why.startswith("Not certain enough")
        assert not card.body
        [said] = shop.said(shaky)
        assert "not surely enough for our software" in said.text


async def test_what_is_drawn_for_the_audit_is_drafted_and_marked(tmp_path: Path) -> None:
    async with certain_shop(tmp_path) as shop:
        early = await ask(shop, SURE, audit=True)
        assert "read closely" in shop.card(early).audit
        assert not shop.card(await ask(shop, SURE)).audit
        await sure_ones_right_shaky_ones_wrong(shop)
        drawn = await ask(shop, SHAKY, audit=True)
        card = shop.card(drawn)
        assert card.state is State.WAITING
        assert "the software alone would not have drafted this" in card.audit.casefold()


async def test_where_nothing_can_be_certified_people_answer_and_the_desk_says_so(
    tmp_path: Path,
) -> None:
    async with certain_shop(tmp_path) as shop:
        await all_wrong(shop)
        assert promised(shop).standing is GuaranteeStanding.UNCERTIFIABLE
        assert shop.card(await ask(shop, SURE)).state is State.PERSON
        # thanks alone are known by their words, without the model
        assert shop.card(await ask(shop, "thanks!")).state is State.CLOSED
        assert shop.card(await ask(shop, SURE, audit=True)).state is State.WAITING
        assert any("web chat" in words for words in shop.app.service.banners())


async def test_the_audit_wins_the_claim_back(tmp_path: Path) -> None:
    async with certain_shop(tmp_path) as shop:
        await all_wrong(shop)
        assert promised(shop).standing is GuaranteeStanding.UNCERTIFIABLE
        await approve(shop, SURE, 10, audit=True)
        assert promised(shop).standing is GuaranteeStanding.CERTIFIED
        assert promised(shop).point.by_audit  # type: ignore[union-attr]
        assert shop.card(await ask(shop, SURE)).state is State.WAITING
        assert not shop.app.service.banners()


async def test_a_claim_that_no_longer_holds_is_taken_back(tmp_path: Path) -> None:
    async with certain_shop(tmp_path) as shop:
        await approve(shop, SURE, NEEDED)
        assert promised(shop).standing is GuaranteeStanding.CERTIFIED
        await reject(shop, SURE)
        assert promised(shop).standing is GuaranteeStanding.GATHERING
        assert promised(shop).missing > 0


async def test_a_restart_claims_what_was_claimed(tmp_path: Path) -> None:
    async with certain_shop(tmp_path) as shop:
        await sure_ones_right_shaky_ones_wrong(shop)
        before, clock = promised(shop), shop.clock
    async with certain_shop(tmp_path, clock=clock) as shop:
        assert promised(shop) == before
        assert shop.card(await ask(shop, SHAKY)).state is State.PERSON


async def test_clicks_faster_than_reading_certify_nothing(tmp_path: Path) -> None:
    async with certain_shop(tmp_path) as shop:
        for _ in range(NEEDED * 2):
            assert (await shop.approve(await ask(shop, SURE))).done
        assert promised(shop).missing == NEEDED
        assert promised(shop).judged == ()


async def test_taking_over_a_draft_speaks_against_it(tmp_path: Path) -> None:
    async with certain_shop(tmp_path) as shop:
        who = await ask(shop, SURE)
        await shop.decide(e.TakenOver(shop.clock.now(), ADA), who)
        assert [one.right for one in promised(shop).judged] == [False]
        assert promised(shop).missing > NEEDED


async def test_an_objection_to_the_voice_is_none_to_the_reading(tmp_path: Path) -> None:
    async with certain_shop(tmp_path) as shop:
        who = await ask(shop, SURE)
        at, digest = shop.clock.now(), shop.card(who).digest
        event = e.Rejected(at, ADA, "Too stiff.", digest, Objection.NOT_OUR_VOICE)
        await shop.decide(event, who)
        assert [one.right for one in promised(shop).judged] == [True]


async def test_without_terms_nothing_is_claimed_and_nothing_held_back(shop: Shop) -> None:
    await shop.write(SHAKY)
    assert shop.card().state is State.WAITING
    assert not shop.app.library.knowledge.guarantees
    assert not shop.card().audit


async def page(shop: Shop, path: str) -> str:
    """A page as Ada sees it, with its blanks made one."""
    async with TestClient(TestServer(shop.app.site), cookie_jar=CookieJar(unsafe=True)) as client:
        assert (await client.get(await shop.app.sign_in.link("ada"))).status == 200
        response = await client.get(path)
        assert response.status == 200
        return " ".join(html.unescape(await response.text()).split())


async def test_the_desk_and_the_public_read_what_is_claimed(tmp_path: Path) -> None:
    async with certain_shop(tmp_path) as shop:
        for path in ("/desk/certainty", "/rules"):
            assert f"at least {NEEDED} drafts more have to be reviewed" in await page(shop, path)
        await sure_ones_right_shaky_ones_wrong(shop)
        claimed = "at most 30% answer another question than was asked. We are 70% sure of that"
        for path in ("/desk/certainty", "/rules"):
            assert claimed in await page(shop, path)
        room = await page(shop, "/desk/certainty")
        assert "Certified" in room
        assert "<polyline" in room
        assert "No guarantee is asked here" in room  # of Slack


async def test_the_desk_says_where_nothing_can_be_certified(tmp_path: Path) -> None:
    async with certain_shop(tmp_path) as shop:
        await all_wrong(shop)
        room = await page(shop, "/desk/certainty")
        assert "Cannot be certified" in room
        assert "No threshold keeps wrong drafts below 30%" in room
        assert f"0 of {shop.written} understood" in room
        await ask(shop, SURE)
        assert f"1 of {shop.written} understood" in await page(shop, "/desk/certainty")


async def test_the_room_is_for_those_who_are_signed_in(shop: Shop) -> None:
    async with TestClient(TestServer(shop.app.site)) as client:
        assert (await client.get("/desk/certainty")).status == 401
