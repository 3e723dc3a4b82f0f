"""Rules over time: what the brand says changes, and whatever waits follows it.

The rows of the checklist that these tests stand for are in ROWS.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from bot import events as e
from bot.card import Action
from bot.model import State
from tests.fakes.clock import VirtualClock
from tests.scenario.conftest import Shop, open_shop
from tests.shop import ADA, NOW, ROOT

ROWS: Mapping[int, tuple[str, ...]] = {
    64: (
        "test_a_waiting_card_shows_the_new_figure",
        "test_a_draft_whose_fact_has_run_out_is_held_for_a_person",
    ),
}

BOOTS = "Can I still return boots I bought three weeks ago?"
OLD = "You can return unworn items within 60 days of delivery."
RETURNS = "policies/published/returns.yaml"


def test_every_row_names_tests_that_exist() -> None:
    missing = {name for names in ROWS.values() for name in names} - set(globals())
    assert not missing


class Files:
    """A copy of the shipped brand, to change."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copy(ROOT / "config.yaml", root)
        for part in ("policies", "templates"):
            shutil.copytree(ROOT / part, root / part)
        (root / "var").mkdir()
        (root / "var" / "models").symlink_to(ROOT / "var" / "models")

    def change(self, file: str, old: str, new: str) -> None:
        text = (self.root / file).read_text()
        assert old in text
        (self.root / file).write_text(text.replace(old, new))

    def shorten(self, file: str = RETURNS) -> None:
        """Sixty days become forty-five."""
        for old, new in (("60 days", "45 days"), ("60 Tage", "45 Tage")):
            self.change(file, old=old, new=new)
        self.change(file, old="as_of: 2026-10-01", new="as_of: 2026-11-23")


@pytest.fixture
def files(tmp_path: Path) -> Files:
    root = tmp_path / "brand"
    root.mkdir()
    return Files(root)


async def taken_over(shop: Shop) -> None:
    """The server looks at its files, and everything that follows has happened."""
    await shop.app.watch.look()
    await shop.app.office.quiet()


# what waits follows a change


async def test_a_waiting_card_shows_the_new_figure(tmp_path: Path, files: Files) -> None:
    async with open_shop(tmp_path, root=files.root) as shop:
        await shop.write(BOOTS)
        await shop.write("Wann habt ihr geöffnet?", who="Ines")
        before, other = shop.card(), shop.card("Ines")
        files.shorten()
        await taken_over(shop)
        card = shop.card()
        assert "45 days" in card.body
        assert "60 days" not in card.body
        assert card.state is State.WAITING
        stale = await shop.decide(e.Approved(shop.clock.now(), ADA, before.digest))
        assert not stale.done
        assert shop.card("Ines").version == other.version  # what doesn't differ isn't touched
        assert (await shop.approve()).done


async def test_a_draft_whose_fact_has_run_out_is_held_for_a_person(
    tmp_path: Path, files: Files
) -> None:
    async with open_shop(tmp_path, root=files.root) as shop:
        await shop.write(BOOTS)
        files.change(RETURNS, old="review_by: 2028-03-31", new="review_by: 2026-11-20")
        await taken_over(shop)
        card = shop.card()
        assert card.state is State.PERSON
        assert "needs a review" in card.why
        assert Action.APPROVE not in card.actions
        [said] = shop.said()
        assert "A person" in said.text


async def test_an_approval_in_its_undo_window_is_taken_back_when_the_figure_changes(
    tmp_path: Path, files: Files
) -> None:
    async with open_shop(tmp_path, root=files.root) as shop:
        await shop.write(BOOTS)
        await shop.approve()
        files.shorten()
        await taken_over(shop)
        card = shop.card()
        assert card.state is State.WAITING
        assert "45 days" in card.body
        assert "The rules now say" in card.why
        await shop.wait(60)
        assert shop.said() == []


async def test_an_approval_stands_when_the_change_has_nothing_against_it(
    tmp_path: Path, files: Files
) -> None:
    async with open_shop(tmp_path, root=files.root) as shop:
        await shop.write(BOOTS)
        await shop.approve()
        files.change(
            "policies/published/sizing.yaml", old="as_of: 2026-09-15", new="as_of: 2026-11-01"
        )
        await taken_over(shop)
        assert shop.card().state is State.APPROVED
        await shop.wait(30)
        assert len(shop.said()) == 1


async def test_a_persons_own_words_stay_theirs_and_are_judged_again(
    tmp_path: Path, files: Files
) -> None:
    async with open_shop(tmp_path, root=files.root) as shop:
        await shop.write(BOOTS)
        event = e.Edited(shop.clock.now(), ADA, OLD, shop.card().digest, send=False)
        assert (await shop.decide(event)).done
        files.shorten()
        await taken_over(shop)
        card = shop.card()
        assert card.body == OLD
        assert card.summary.startswith("1 blocking")
        assert not (await shop.approve()).done


async def test_what_changed_while_the_server_was_off_is_caught_up(
    tmp_path: Path, files: Files
) -> None:
    async with open_shop(tmp_path, root=files.root) as shop:
        await shop.write(BOOTS)
    files.shorten()
    clock = VirtualClock(NOW + timedelta(hours=1))
    async with open_shop(tmp_path, clock, root=files.root) as shop:
        assert "45 days" in shop.card().body
    async with open_shop(tmp_path, clock, root=files.root) as shop:
        before = shop.card()
        await taken_over(shop)
        assert shop.card().version == before.version


async def test_a_change_reaches_every_card_of_a_long_queue(tmp_path: Path, files: Files) -> None:
    async with open_shop(tmp_path, root=files.root) as shop:
        for number in range(45):
            await shop.write(BOOTS, who=f"Customer {number}")
        files.shorten()
        await taken_over(shop)
        assert {"45 days" in card.body for card in shop.cards()} == {True}
