"""What both sides say of an answer: on the chat's page, on the card, in the room of figures."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from aiohttp import web
from click.testing import CliRunner

from bot.model import events as e
from handlers.cli import main
from handlers.cli.figures_command import gathered
from handlers.service.learning import ratings
from tests.scenario.conftest import Shop
from tests.shop import ADA
from tests.visitor import Page, Visitor

BOOTS = "Can I still return boots I bought three weeks ago?"
OWN = "You can return unworn items within 60 days of delivery. I had a look: yours are fine."


@asynccontextmanager
async def visitors(shop: Shop, *people: str) -> AsyncIterator[list[Visitor]]:
    """Two customers at the chat's page, and whoever is named at the desk; none has scripts."""
    runner = web.AppRunner(shop.app.site, shutdown_timeout=1.0)
    await runner.setup()
    listening = web.TCPSite(runner, "localhost", 0)
    await listening.start()
    base = f"http://localhost:{runner.addresses[0][1]}"
    made = [Visitor(base, {}) for _ in range(2 + len(people))]
    try:
        for person, visitor in zip(people, made[2:], strict=True):
            await visitor.get(await shop.app.sign_in.link(person))
        yield made
    finally:
        for visitor in made:
            await visitor.close()
        await runner.cleanup()


async def answered(shop: Shop, jonas: Visitor, body: str = "") -> str:
    """Jonas asks on the page and gets an answer; the id of the engagement."""
    await jonas.writes(BOOTS)
    await shop.app.service.quiet()
    [card] = shop.cards()
    now = shop.clock.now()
    event = e.Edited(now, ADA, body, card.digest) if body else e.Approved(now, ADA, card.digest)
    assert (await shop.app.service.decide(card.engagement, event)).done
    await shop.wait(25)
    await shop.app.service.quiet()
    await jonas.get("/chat")
    return card.engagement


def forms(page: Page) -> list[str]:
    """Where the lines “did this help?” of a page lead."""
    tags = (attrs.get("action", "") for tag, attrs in page.tags if tag == "form")
    return [action for action in tags if action.startswith(("/chat/helped/", "/desk/rating/"))]


def pressed(page: Page) -> list[str]:
    """What was said, as the buttons of a page show it."""
    return [attrs["value"] for _, attrs in page.tags if attrs.get("aria-pressed") == "true"]


def counted(shop: Shop) -> dict[tuple[str, str], int]:
    today = shop.clock.now().date()
    found = shop.app.store.read(lambda tx: ratings.list_rating_figures(tx, today, 1))
    return {(figure.what, figure.name): figure.count for figure in found}


async def test_an_exchange_is_social_when_both_say_so(shop: Shop) -> None:
    async with visitors(shop, "ada") as (jonas, _, ada):
        key = await answered(shop, jonas, OWN)
        [form] = forms(jonas.page)
        page = (await jonas.post(form, {"helped": "yes"})).page
        assert pressed(page) == ["yes"]
        assert counted(shop) == {("helped", "yes"): 1}
        await ada.get(f"/desk/{key}?view=done")
        [form] = forms(ada.page)
        assert pressed(ada.page) == []  # what the customer says is not shown before one's own
        page = (await ada.post(form, {"conversation": "yes"})).page
        assert pressed(page) == ["yes"]
        assert counted(shop) == {("helped", "yes"): 1, ("social", ""): 1}


async def test_a_draft_approved_as_it_stood_is_never_social(shop: Shop) -> None:
    async with visitors(shop, "ada") as (jonas, _, ada):
        key = await answered(shop, jonas)
        await jonas.post(forms(jonas.page)[0], {"helped": "yes"})
        await ada.get(f"/desk/{key}?view=done")
        await ada.post(forms(ada.page)[0], {"conversation": "yes"})
        assert counted(shop) == {("helped", "yes"): 1}


async def test_a_change_of_mind_counts_and_counts_once(shop: Shop) -> None:
    async with visitors(shop) as (jonas, _):
        await answered(shop, jonas)
        for said in ("yes", "yes", "no"):
            page = (await jonas.post(forms(jonas.page)[0], {"helped": said})).page
            assert pressed(page) == [said]
        assert counted(shop) == {("helped", "no"): 1}


async def test_it_counts_in_the_week_of_the_answer(shop: Shop) -> None:
    async with visitors(shop) as (jonas, _):
        await answered(shop, jonas)
        shop.clock.jump(timedelta(weeks=1))
        await jonas.get("/chat")
        await jonas.post(forms(jonas.page)[0], {"helped": "yes"})
        assert counted(shop) == {}
        today = shop.clock.now().date()
        [figure] = shop.app.store.read(lambda tx: ratings.list_rating_figures(tx, today, 2))
        assert (figure.what, figure.name, figure.channel) == ("helped", "yes", "web")


async def test_only_the_chat_that_got_the_answer_can_say_whether_it_helped(shop: Shop) -> None:
    async with visitors(shop, "noor") as (jonas, mara, noor):
        key = await answered(shop, jonas)
        [form] = forms(jonas.page)
        await mara.get("/chat")
        assert (await mara.post(form, {"helped": "yes"})).status == 404
        without = await mara.post(form, {"helped": "yes", "csrf": "guessed"})
        assert without.status == 403
        entry = shop.cards("done")[0].entry_url
        public = await mara.get("/record/" + entry.rpartition("/")[2])
        assert public.status == 200
        assert forms(public.page) == []
        await noor.get(f"/desk/{key}?view=done")
        assert forms(noor.page) == []
        assert (await noor.post(f"/desk/rating/{key}", {"conversation": "yes"})).status == 403
        assert (await jonas.post(form, {"helped": "perhaps"})).status == 400
        assert counted(shop) == {}


async def test_nobody_is_asked_in_a_message_and_an_automated_text_is_no_answer(shop: Shop) -> None:
    """A direct answer, and a quiet line beside it: no survey, and nothing that comes afterwards."""
    async with visitors(shop) as (jonas, mara):
        await answered(shop, jonas)
        assert jonas.page.each("helped")
        assert "Did this help?" not in jonas.page.words("words")
        conversation = shop.cards("done")[0].conversation
        said = [t for t in shop.app.service.turns(conversation) if t.reply]
        assert len(said) == 1
        assert "help?" not in said[0].text
        await shop.wait(3 * 24 * 3600)
        assert len(shop.app.service.turns(conversation)) == 2
        await mara.writes("I want to talk to a real person please")
        await shop.app.service.quiet()
        await mara.get("/chat")
        assert mara.page.each("ours")
        assert forms(mara.page) == []
        [notice] = [t["id"] for _, t in mara.page.tags if t.get("id", "").startswith("post-")]
        said_anyway = await mara.post(f"/chat/helped/{notice[5:]}", {"helped": "yes"})
        assert said_anyway.status == 404


async def test_the_line_speaks_the_customers_language_and_stays_in_it(shop: Shop) -> None:
    async with visitors(shop) as (jonas, _):
        await answered(shop, jonas)
        page = (await jonas.get("/chat?lang=de")).page
        assert "Hat das geholfen?" in page.words("helped")
        [form] = forms(page)
        after = await jonas.post(form, {"helped": "no"})
        assert "Hat das geholfen?" in after.page.words("helped")
        assert pressed(after.page) == ["no"]


async def test_what_the_two_sides_differ_about_is_looked_at_until_somebody_has(shop: Shop) -> None:
    async with visitors(shop, "ada") as (jonas, _, ada):
        key = await answered(shop, jonas, OWN)
        await jonas.post(forms(jonas.page)[0], {"helped": "no"})
        await ada.get(f"/desk/{key}?view=done")
        await ada.post(forms(ada.page)[0], {"conversation": "yes"})
        page = (await ada.get("/desk/figures")).page
        assert f"/desk/{key}?view=done" in page.links
        assert "didn’t help, we say that it was a conversation" in page.words("differing")
        [answer] = [t["value"] for _, t in page.tags if t.get("name") == "answer"]
        page = (await ada.post("/desk/figures/looked", {"answer": answer})).page
        assert page.words("differing").strip() == ""

        await jonas.post(forms(jonas.page)[0], {"helped": "no"})  # says it again
        page = (await ada.get("/desk/figures")).page
        assert f"/desk/{key}?view=done" in page.links
        await jonas.post(forms(jonas.page)[0], {"helped": "yes"})  # and now otherwise
        page = (await ada.get("/desk/figures")).page
        assert page.words("differing").strip() == ""


async def test_the_room_shows_what_became_of_asks_and_counts_no_replies(shop: Shop) -> None:
    async with visitors(shop, "ada") as (jonas, mara, ada):
        await mara.writes("asdf jkl")
        await shop.app.service.quiet()
        key = shop.cards()[0].engagement
        await shop.app.service.decide(key, e.Ignored(shop.clock.now(), ADA, "Not a question."))
        await answered(shop, jonas)
        await jonas.post(forms(jonas.page)[0], {"helped": "yes"})
        page = (await ada.get("/desk/figures")).page
        cells = [
            (attrs["data-what"], words)
            for (_, attrs), words in zip(
                [t for t in page.tags if t[0] == "td" and "data-what" in t[1]],
                page.each("td", "channels"),
                strict=True,
            )
        ]
        assert cells == [
            ("asks", "2"),
            ("resolved", "1"),
            ("closed without an answer", "1"),
            ("customers: it helped", "1"),
            ("customers: it didn’t", "0"),
            ("social", "0"),
        ]
        assert "no words that make sense together" in page.words("reasons")
        headings = [words.lower() for words in [*page.each("th"), *page.each("caption")]]
        assert not [words for words in headings if "repl" in words or "sent" in words]
        signed_out = await mara.get("/desk/figures")
        assert signed_out.status == 401


async def test_the_command_carries_what_both_sides_say(shop: Shop, tmp_path: Path) -> None:
    async with visitors(shop, "ada") as (jonas, _, ada):
        key = await answered(shop, jonas, OWN)
        await jonas.post(forms(jonas.page)[0], {"helped": "no"})
        await ada.get(f"/desk/{key}?view=done")
        await ada.post(forms(ada.page)[0], {"conversation": "yes"})
        store, today = tmp_path / "store.db", shop.clock.now().date()
        found, differing = gathered(store, today, 1)
        assert {(it.what, it.name): it.count for it in found} == {
            ("asked", ""): 1,
            ("answered-in-time", ""): 1,
            ("resolved", ""): 1,
            ("helped", "no"): 1,
        }
        assert [(it.engagement, it.said.customer, it.said.staff) for it in differing] == [
            (key, False, True)
        ]
        result = CliRunner().invoke(main, ["figures", "--json", "--store", str(store)])
        assert result.exit_code == 0, result.output
        assert json.loads(result.output)["differing"][0]["engagement"] == key
