"""Each reason has its counter, by week and channel; how many replies were sent is none of them."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from handlers.service.learning import counters
from tests.scenario.conftest import Shop, open_shop

BOOTS = "Can I still return boots I bought three weeks ago?"


def counted(shop: Shop, weeks: int = 1) -> dict[tuple[str, str, str], int]:
    today = shop.clock.now().date()
    found = shop.app.store.read(lambda tx: counters.list_figures(tx, today, weeks))
    return {(f.channel, f.what, f.name): f.count for f in found}


async def test_reasons_hand_overs_and_what_was_resolved_are_counted(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.write("asdf jkl", who="Mara")
        await shop.write("asdf jkl", who="Lena")
        await shop.write("I want to talk to a real person please", who="Omar")
        await shop.write("Thanks a lot, that helped!", who="Pia")
        await shop.write(BOOTS)
        await shop.approve()
        await shop.wait(25)
        await shop.app.service.quiet()
        assert counted(shop) == {
            ("web", "asked", ""): 5,
            ("web", "unclear", "gibberish"): 2,
            ("web", "handed-over", "gibberish"): 2,
            ("web", "handed-over", "wants-person"): 1,
            ("web", "no-reply", ""): 1,
            ("web", "resolved", ""): 1,
            ("web", "answered-in-time", ""): 1,
        }
        shop.clock.jump(timedelta(weeks=1))
        assert counted(shop) == {}
        assert counted(shop, weeks=2)["web", "asked", ""] == 5
        rows = json.dumps(shop.app.store.read(lambda tx: tx.table("counters").all()))
        assert "Mara" not in rows
