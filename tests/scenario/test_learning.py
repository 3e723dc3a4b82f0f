"""What the product learns from people's decisions, through its public surfaces."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot import events as e
from bot.learning import Did, Label
from bot.model import Objection, State
from handlers import rows
from tests.fakes.clock import VirtualClock
from tests.scenario.conftest import Shop, open_shop
from tests.shop import ADA, NOW

BOOTS = "Can I still return boots I bought three weeks ago?"


def labels(shop: Shop, channel: str = "web") -> list[Label]:
    since = NOW - timedelta(days=1)
    return shop.app.store.read(lambda tx: rows.labels(tx, channel, since))


async def test_a_decision_is_a_label_that_outlives_the_server(tmp_path: Path) -> None:
    clock = VirtualClock(NOW)
    async with open_shop(tmp_path, clock) as shop:
        await shop.write(BOOTS)
        await shop.wait(30)
        await shop.approve()
    async with open_shop(tmp_path, clock) as shop:
        [label] = labels(shop)
    assert (label.did, label.predicted, label.right, label.counts) == (
        Did.APPROVED,
        "return-item",
        True,
        True,
    )
    assert label.seconds == 30 and label.model and label.rules


async def test_approving_one_after_the_other_without_reading_does_not_count(shop: Shop) -> None:
    for who in ("Jonas", "Mira"):
        await shop.write(BOOTS, who=who)
    await shop.wait(60)
    await shop.approve("Jonas")
    await shop.wait(1)
    await shop.approve("Mira")
    assert [label.counts for label in labels(shop)] == [True, False]


async def test_a_draft_rejected_as_something_else_keeps_what_was_read(shop: Shop) -> None:
    await shop.write(BOOTS)
    event = e.Rejected(
        shop.clock.now(), ADA, "", shop.card().digest, Objection.NOT_ASKED, "exchange-item"
    )
    assert (await shop.decide(event)).done
    card = shop.card()
    assert card.state is State.PERSON and "Not what they asked" in card.why
    [label] = labels(shop)
    assert (label.predicted, label.truth, label.right) == ("return-item", "exchange-item", False)
