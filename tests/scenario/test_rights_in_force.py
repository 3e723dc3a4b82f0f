"""Rights are those of the settings in force: a card may have been drawn under others."""

from __future__ import annotations

from pathlib import Path

from bot.model import Person, Role, State
from bot.model import events as e
from tests.scenario.conftest import Shop, open_shop
from tests.scenario.test_rules_in_life import Files, files, taken_over
from tests.shop import ADA

__all__ = ["files"]
ADA_LEADS = '{id: ada, name: Ada, roles: [approver, lead], slack: ""}'
BOOTS = "Can I still return boots I bought three weeks ago?"
EVA = Person("eva", "Eva", frozenset({Role.APPROVER, Role.LEAD}))


async def test_a_role_that_was_taken_away_between_card_and_click_counts_no_more(
    tmp_path: Path, files: Files
) -> None:
    async with open_shop(tmp_path, root=files.root) as shop:
        await shop.write(BOOTS)
        seen = shop.card()
        files.change("config.yaml", ADA_LEADS, ADA_LEADS.replace("approver, lead", "viewer"))
        await taken_over(shop)
        answer = await _click(shop, e.Approved(shop.clock.now(), ADA, seen.digest))
        assert not answer
        assert shop.card().state is State.WAITING
        await shop.wait(60)
        assert shop.said() == []


async def test_who_was_removed_may_not_decide_and_who_is_new_may_at_once(
    tmp_path: Path, files: Files
) -> None:
    async with open_shop(tmp_path, root=files.root) as shop:
        await shop.write(BOOTS)
        seen = shop.card()
        assert not await _click(shop, e.Approved(shop.clock.now(), EVA, seen.digest))
        both = f"{ADA_LEADS}\n  - {ADA_LEADS.replace('ada', 'eva').replace('Ada', 'Eva')}"
        files.change("config.yaml", ADA_LEADS, both)
        await taken_over(shop)
        assert await _click(shop, e.Approved(shop.clock.now(), EVA, seen.digest))
        assert shop.card().state is State.APPROVED
        files.change("config.yaml", both, ADA_LEADS)
        await taken_over(shop)
        assert not await _click(shop, e.Undone(shop.clock.now(), EVA))
        await shop.wait(60)
        assert len(shop.said()) == 1


async def _click(shop: Shop, event: e.Event) -> bool:
    return (await shop.decide(event)).done
