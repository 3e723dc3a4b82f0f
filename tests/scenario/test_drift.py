"""Alarms when what customers ask, or what people make of our drafts, has changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from bot.learning.drift import KEPT, OVERRIDE, UNCLEAR
from bot.learning.drift_alarm import DECISIONS, MESSAGES
from bot.model import State
from bot.model import events as e
from handlers.ports.store_port import Transaction
from handlers.service.learning import observing
from handlers.service.learning.observing import SPARE, Stream
from tests.fakes.clock import VirtualClock
from tests.scenario.conftest import Shop, open_shop
from tests.scenario.visiting import desk
from tests.shop import ADA, NOW

ROWS: Mapping[int, tuple[str, ...]] = {  # of the checklist
    41: ("test_a_change_is_told_with_examples_until_somebody_says_why",),
    69: ("test_that_nobody_decides_is_said",),
}

BOOTS = "Can I still return boots I bought three weeks ago?"
ODD = "The weather is nice for a walk on the moon"


async def traffic(shop: Shop, count: int, mark: str, share: float, kind: str = MESSAGES) -> None:
    """So many observations, this share of them with the mark, evenly."""

    def work(tx: Transaction) -> None:
        made = next((s.count for s in observing.list_streams(tx) if s.kind == kind), 0)
        for n in range(made, made + count):
            has = round((n + 1) * share) > round(n * share)
            marks = frozenset({mark} if has else ())
            observing.observe(tx, kind, "web", "en", f"e{n}", marks)

    await shop.app.store.write(work)


async def test_what_is_read_and_decided_is_observed(shop: Shop) -> None:
    await shop.write(BOOTS)
    await shop.write("And my cousin Vinny too", who="Mira")
    await shop.write("I did not get it. Boots!", who="Mira")  # read again: still one ask
    await shop.wait(30)
    await shop.approve()
    counts = {s.key: s.count for s in shop.app.store.read(observing.list_streams)}
    assert counts[f"{MESSAGES}|web|en"] == 2
    assert counts[f"{DECISIONS}|web|en"] == 1
    found = shop.app.store.read(
        lambda tx: observing.list_newest(tx, Stream(MESSAGES, "web", "en", 2))
    )
    assert [one.n for one in found] == [1, 2]
    assert found[0].marks == {"intent:return-item"}


async def test_what_is_overheard_is_not_observed(shop: Shop) -> None:
    await shop.write("has anyone tried Trailhead boots?", channel="slack-community")
    assert shop.app.store.read(observing.list_streams) == []


async def test_a_change_is_told_with_examples_until_somebody_says_why(shop: Shop) -> None:
    await traffic(shop, 300, UNCLEAR, 0.1)
    assert await shop.app.drift.look() == []
    await shop.write(ODD)
    assert shop.card().state is State.PERSON
    await traffic(shop, 49, UNCLEAR, 0.6)
    [alarm] = await shop.app.drift.look()
    assert (alarm.channel, alarm.language) == ("web", "en")
    [banner] = shop.app.service.banners()
    assert "More messages are not understood" in banner and "of the last 50" in banner
    assert await shop.app.drift.look() == []  # told once
    async with desk(shop, "milan") as milan:
        page = await milan.get("/desk/learning")
        assert "More messages are not understood" in page.page.words("alarm")
        refused = await milan.post("/desk/learning/acknowledge", {"reason": ""})
        assert refused.status == 409 and "Say why" in refused.text
        done = await milan.post(
            "/desk/learning/acknowledge", {"id": alarm.id, "reason": "A new product"}
        )
        assert done.status == 200 and done.page.words("alarm") == ""
    assert shop.app.service.banners() == []
    await traffic(shop, 300, UNCLEAR, 0.6)
    assert await shop.app.drift.look() == []  # the new normal
    await traffic(shop, 50, UNCLEAR, 0.1)
    assert [one.change.has_risen for one in await shop.app.drift.look()] == [False]


async def test_examples_are_for_peoples_eyes_on_the_desk_only(shop: Shop) -> None:
    """Customers' words stand in the room, not in the banner, which Slack shows as well."""
    await traffic(shop, 300, OVERRIDE, 0.0, DECISIONS)
    await traffic(shop, 49, OVERRIDE, 1.0, DECISIONS)
    await shop.write(BOOTS)
    await shop.wait(20)
    await shop.decide(e.Rejected(shop.clock.now(), ADA, "no", shop.card().digest))
    assert len(await shop.app.drift.look()) == 1
    assert BOOTS not in "".join(shop.app.service.banners())
    async with desk(shop, "noor") as noor:
        page = await noor.get("/desk/learning")
        assert BOOTS in page.page.words("alarm")


async def test_alarms_outlive_the_server_and_rows_do_not_grow(tmp_path: Path) -> None:
    clock = VirtualClock(NOW)
    async with open_shop(tmp_path, clock) as shop:
        await traffic(shop, KEPT + 2 * SPARE, UNCLEAR, 0.1)
        await traffic(shop, 50, UNCLEAR, 0.9)
        await shop.wait(61)
        await shop.app.drift.look()  # if the one that was due is still at it
        kept = shop.app.store.read(lambda tx: len(tx.table("observed").all()))
        assert kept == KEPT + SPARE
    async with open_shop(tmp_path, clock) as shop:
        assert len(shop.app.drift.alarms()) == 1


async def test_that_nobody_decides_is_said(shop: Shop) -> None:
    await shop.write(BOOTS)
    shop.clock.jump(timedelta(days=6))
    assert shop.app.service.banners() == []
    shop.clock.jump(timedelta(days=2))
    [banner] = shop.app.service.banners()
    assert banner.startswith("Nobody has decided on a draft for 8 days.")
    await shop.approve()
    assert shop.app.service.banners() == []


def test_every_row_names_tests_that_exist() -> None:
    assert {name for names in ROWS.values() for name in names} <= set(globals())
