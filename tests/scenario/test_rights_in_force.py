"""Rights are those of the settings in force: a card may have been drawn under others."""

from __future__ import annotations

from pathlib import Path

from bot.model import Person, Role, State
from bot.model import events as e
from handlers.service.commands.decisions.decide import NOT_YOU
from tests.scenario.conftest import open_shop
from tests.scenario.test_rules_in_life import Files, files, taken_over

__all__ = ["files"]
ADA_LINE = '{id: ada, name: Ada, roles: [approver, lead], slack: ""}'
EVA_LINE = '{id: eva, name: Eva, roles: [lead], slack: ""}'
BOTH = f"{ADA_LINE}\n  - {EVA_LINE}"
BOOTS = "Can I still return boots I bought three weeks ago?"
EVA = Person("eva", "Eva", frozenset({Role.LEAD}))


async def test_a_role_that_was_taken_away_between_card_and_click_counts_no_more(
    tmp_path: Path, files: Files
) -> None:
    files.change("config.yaml", ADA_LINE, BOTH)
    async with open_shop(tmp_path, root=files.root) as shop:
        await shop.write(BOOTS)
        seen = shop.card()
        files.change("config.yaml", "roles: [lead]", "roles: [viewer]")
        await taken_over(shop)
        answer = await shop.decide(e.Approved(shop.clock.now(), EVA, seen.digest))
        assert not answer.done
        assert shop.card().state is State.WAITING
        assert shop.card(viewer=EVA).version == seen.version


async def test_who_is_new_may_decide_at_once_and_who_was_removed_may_not(
    tmp_path: Path, files: Files
) -> None:
    async with open_shop(tmp_path, root=files.root) as shop:
        await shop.write(BOOTS)
        seen = shop.card()
        early = await shop.decide(e.Approved(shop.clock.now(), EVA, seen.digest))
        assert (early.done, early.words) == (False, NOT_YOU)
        files.change("config.yaml", ADA_LINE, BOTH)
        await taken_over(shop)
        assert (await shop.decide(e.Approved(shop.clock.now(), EVA, seen.digest))).done
        assert shop.card().state is State.APPROVED
        files.change("config.yaml", BOTH, ADA_LINE)
        await taken_over(shop)
        late = await shop.decide(e.Undone(shop.clock.now(), EVA))
        assert (late.done, late.words) == (False, NOT_YOU)
        assert shop.card().state is State.APPROVED
