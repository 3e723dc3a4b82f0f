"""What the product learns from people's decisions, through its public surfaces."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.learning.labels import HumanDecision, Label
from bot.model import Objection, State
from bot.model import events as e
from handlers.cli import main
from handlers.store import repository
from tests.fakes.clock import VirtualClock
from tests.scenario.conftest import Shop, open_shop, place_of
from tests.scenario.visiting import desk
from tests.shop import ADA, NOW, ROOT

ROWS: Mapping[int, tuple[str, ...]] = {  # of the checklist
    13: (
        "test_content_context_and_intent_are_kept_apart",
        "test_without_content_context_or_intent_it_is_unclear",
    ),
}

BOOTS = "Can I still return boots I bought three weeks ago?"


def labels(shop: Shop, channel: str = "web") -> list[Label]:
    since = NOW - timedelta(days=1)
    return shop.app.store.read(lambda tx: repository.list_labels(tx, channel, since))


async def test_a_decision_is_a_label_that_outlives_the_server(tmp_path: Path) -> None:
    clock = VirtualClock(NOW)
    async with open_shop(tmp_path, clock) as shop:
        await shop.write(BOOTS)
        await shop.wait(30)
        await shop.approve()
    async with open_shop(tmp_path, clock) as shop:
        [label] = labels(shop)
    assert (label.did, label.predicted, label.right, label.counts) == (
        HumanDecision.APPROVED,
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


# proposed examples

SWAP = "Ordered the fleece in the wrong shade, what now"
ADDED = "ordered it in the wrong shade, what now"
FILE = "policies/intents/exchange-item.yaml"


@pytest.fixture
def brand(tmp_path: Path) -> Path:
    """A copy of the shipped brand, to change; the trained models are shared."""
    root = tmp_path / "brand"
    (root / "var").mkdir(parents=True)
    shutil.copy(ROOT / "config.yaml", root)
    for part in ("policies", "templates"):
        shutil.copytree(ROOT / part, root / part)
    (root / "var" / "models").symlink_to(ROOT / "var" / "models")
    return root


async def corrected(shop: Shop, text: str = SWAP) -> str:
    """Somebody says that it was about an exchange; the id of what is proposed."""
    await shop.write(text)
    event = (
        e.Tagged(shop.clock.now(), ADA, "exchange-item")
        if shop.card().state is State.PERSON
        else e.Redraft(shop.clock.now(), ADA, "exchange-item")
    )
    assert (await shop.decide(event)).done
    return f"{shop.card().engagement}:1"


async def test_a_correction_is_learned_once_an_author_accepts_it(
    brand: Path, tmp_path: Path
) -> None:
    """From the correction, over the room, into the file, to the next customer."""
    before = (brand / FILE).read_text()
    async with open_shop(tmp_path, root=brand) as shop, desk(shop, "noor") as noor:
        assert shop.app.library.reader.read_message(SWAP, direct=True).intent != "exchange-item"
        await corrected(shop, f"{SWAP}? Regards, Tjorven")
        page = await noor.get("/desk/learning")
        assert SWAP in page.page.words("asked")
        assert page.page.each("mark") == ["Tjorven"]
        refused = await noor.post("/desk/learning/accept", {"text": f"{ADDED} Tjorven"})
        assert refused.status == 409 and "Take out" in refused.text
        assert (brand / FILE).read_text() == before
        done = await noor.post("/desk/learning/accept", {"text": ADDED, "locale": "en"})
        assert done.status == 200 and "Added to policies/intents" in done.text
        assert "Nothing is proposed" in done.text and "Noor" in done.page.words("decided")
        added = [line for line in (brand / FILE).read_text().splitlines() if ADDED in line]
        assert added == [f"    - {ADDED}"]
        assert (brand / FILE).read_text().replace(f"{added[0]}\n", "") == before
        await shop.app.watch.look()
        assert shop.app.library.reader.read_message(ADDED, direct=True).intent == "exchange-item"


async def test_only_authors_and_leads_decide_what_is_learned(shop: Shop) -> None:
    await corrected(shop)
    async with desk(shop, "milan") as milan:
        page = await milan.get("/desk/learning")
        assert SWAP in page.text and "needs the role author or lead" in page.text
        refused = await milan.post("/desk/learning/accept", {"id": "x", "text": ADDED})
        assert refused.status == 409
        assert "needs the role" in refused.page.words("told")


async def test_what_is_declined_says_why_and_stays_declined(shop: Shop) -> None:
    key = await corrected(shop)
    async with desk(shop, "ada") as ada:
        await ada.get("/desk/learning")
        assert (await ada.post("/desk/learning/decline", {"reason": " "})).status == 409
        page = await ada.post("/desk/learning/decline", {"id": key, "reason": "Too vague"})
        assert "Too vague" in page.page.words("decided")
        again = await ada.post("/desk/learning/decline", {"id": key, "reason": "Too vague"})
        assert "no longer open" in again.text


async def test_what_its_author_takes_back_is_no_longer_proposed(shop: Shop) -> None:
    await shop.write(SWAP, key="m1")
    await shop.write("And I need a receipt", key="m2")
    await shop.decide(e.TakenOver(shop.clock.now(), ADA))
    await shop.decide(e.Tagged(shop.clock.now(), ADA, "exchange-item"))
    async with desk(shop, "ada") as ada:
        assert SWAP in (await ada.get("/desk/learning")).page.words("asked")
        await shop.app.service.delete("m1")
        page = await ada.get("/desk/learning")
        assert SWAP not in page.text and "I need a receipt" in page.page.words("asked")


async def test_without_the_desk_there_is_the_command(brand: Path, tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    async with open_shop(tmp_path, root=brand) as shop:
        key = await corrected(shop)
        await shop.write("My brother's tent pole, hm", who="Mira")
        await shop.decide(e.Tagged(shop.clock.now(), ADA, "repairs"), "Mira")
        other = f"{shop.card('Mira').engagement}:1"
        arguments = ("learn", "decline", other, "Too vague")
        told = await asyncio.to_thread(command, brand, *arguments, store=store)
        assert "Declined." in told  # by the server, which runs
    listed = await asyncio.to_thread(command, brand, "learn", "list", store=store)
    assert f"{key}  exchange for another size or colour (en)" in listed and SWAP in listed
    arguments = ("learn", "accept", key, "--text", ADDED)
    accepted = await asyncio.to_thread(command, brand, *arguments, store=store)
    assert "Added to" in accepted and ADDED in (brand / FILE).read_text()


def command(root: Path, *arguments: str, store: Path) -> str:
    """What the command says."""
    given = ["--root", str(root), *arguments, "--store", str(store)]
    result = CliRunner().invoke(main, given)
    return result.output


# content, context, intent


def test_every_row_names_tests_that_exist() -> None:
    assert {name for names in ROWS.values() for name in names} <= set(globals())


async def test_content_context_and_intent_are_kept_apart(shop: Shop) -> None:
    await shop.write(BOOTS, key="m1")
    key = shop.card().engagement
    asked = shop.app.store.read(lambda tx: tx.table("engagements").get(doc_id=key))["it"]
    assert [message["text"] for message in asked["messages"]] == [BOOTS]
    assert asked["circumstances"]["turns"] == ["m1"]
    assert asked["reading"]["intent"] == "return-item"
    assert BOOTS not in str(asked["circumstances"]) and BOOTS not in str(asked["reading"])


@pytest.mark.parametrize("missing", ["content", "context", "intent"])
async def test_without_content_context_or_intent_it_is_unclear(shop: Shop, missing: str) -> None:
    """A person gets it, and is told; nothing is drafted."""
    if missing == "context":  # what was said here before cannot be read
        conversation = place_of("web", "Jonas").conversation
        row = {"conversation": conversation, "sent": "no time at all", "live_in": "", "state": ""}
        await shop.app.store.write(lambda tx: repository.put_row(tx, "deliveries", "broken", row))
    words = {"content": " ", "context": BOOTS, "intent": "The moon is nice today, isn't it?"}
    await shop.write(words[missing])
    card = shop.card()
    assert card.state is State.PERSON and card.why.startswith("Unclear: ")
    assert card.body == ""
