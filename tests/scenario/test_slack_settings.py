"""Settings that change while the server runs: Slack and the desk go by what is in force."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.model import State
from handlers.brandfiles.loading import Library, load_library
from tests.fakes.slack import Post, View, seen
from tests.shop import NOW, copy_brand, edit
from tests.slackside import (
    ADA,
    ADA_ID,
    HELP,
    JONAS,
    MILAN_ID,
    MIRA,
    NOOR_ID,
    RETURN,
    REVIEW,
    SECRETS,
    Opening,
    SlackSide,
    eventually,
    open_slack_side,
)
from tests.visitor import Visitor

ASK = f"<@UBOT> {RETURN}"
LEA_ID = ADA_ID
LEA_LINE = "  - {id: lea, name: Lea, roles: [approver, lead], slack: U1ADA}\n"
MILAN_LINE = "  - {id: milan, name: Milan, roles: [approver], slack: U2MILAN}\n"
MIRA_LINE = "  - {id: mira, name: Mira, roles: [approver], slack: U9MIRA}\n"
START = (
    ('  - {id: milan, name: Milan, roles: [approver], slack: ""}\n', LEA_LINE + MILAN_LINE),
    ('roles: [viewer, author], slack: ""', f"roles: [viewer, author], slack: {NOOR_ID}"),
    ('review_channel: "" ', f"review_channel: {REVIEW}"),
    ("rooms: []", f"rooms: [{HELP}]"),
)


class Configured:
    """A shop whose operator edits config.yaml."""

    def __init__(self, shop: SlackSide, root: Path) -> None:
        self.shop, self.root = shop, root
        self.people, self.slack = shop.people, shop.slack

    async def edit(self, *changes: tuple[str, str]) -> None:
        """Change the file; return when what it says is in force."""
        edit(self.root, *changes)
        assert await self.shop.app.watch.look()
        await self.shop.app.service.quiet()

    async def asked(self) -> Post:
        await self.people.says(JONAS, ASK, HELP)
        return await self.shop.card("Approve")

    def states(self) -> list[State]:
        return [card.state for card in self.shop.app.service.queue(ADA, "all")]

    async def told(self, user: str) -> str:
        """What only this person was told, beside the card."""
        notes = await self.slack.until(
            lambda: [note for note in self.slack.ephemerals if note["user"] == user]
        )
        return str(notes[-1]["text"])

    @asynccontextmanager
    async def desk(self, person: str) -> AsyncIterator[Visitor]:
        visitor = Visitor(self.shop.base, {})
        try:
            await visitor.get(await self.shop.app.sign_in.link(person))
            yield visitor
        finally:
            await visitor.close()


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Library]:
    """The brand as it is before each edit, read once."""
    root = copy_brand(tmp_path_factory.mktemp("configured"), *START)
    return root, load_library(root, NOW)


@pytest.fixture
async def side(tmp_path: Path, loaded: tuple[Path, Library]) -> AsyncIterator[Configured]:
    root = tmp_path / "brand"
    shutil.copytree(loaded[0], root)
    async with open_slack_side(Opening(tmp_path, loaded[1], root)) as shop:
        yield Configured(shop, root)


async def test_a_removed_lead_decides_nothing_on_the_card_and_is_told_why(
    side: Configured,
) -> None:
    card = await side.asked()
    await side.edit((LEA_LINE, ""))
    for button in ("Approve", "Take over", "Reject", "Edit", "Details…"):
        side.slack.ephemerals.clear()
        assert (await side.people.clicks(LEA_ID, button, card)).ok
        assert "you are not on the list of people" in await side.told(LEA_ID)
        assert side.states() == [State.WAITING]
    assert side.slack.modals == {}
    await side.shop.wait(60)
    assert side.shop.answers(HELP) == []


async def opened(side: Configured, card: Post, button: str) -> View:
    await side.people.clicks(LEA_ID, button, card)
    view: View = await side.slack.until(lambda: next(iter(side.slack.modals.values()), None))
    return view


async def test_what_a_removed_lead_had_open_decides_nothing(side: Configured) -> None:
    """Closing, passing on and giving it to somebody are in a modal that was open before."""
    card = await side.asked()
    view = await opened(side, card, "Details…")
    await side.edit((LEA_LINE, ""))
    before = dict(view.body)
    for button, value in (("Give it to …", "Milan"), ("No reply needed", "")):
        view.body = dict(before)
        await side.people.clicks(LEA_ID, button, view, value)
        await side.slack.until(lambda: view.body["callback_id"] == "ab:told")
        assert "you are not on the list of people" in seen(view.body["blocks"]).text
    [it] = side.shop.app.service.queue(ADA, "all")
    assert (it.state, it.owner) == (State.WAITING, "")


@pytest.mark.parametrize(
    ("button", "typed"),
    [("Edit", {"body": "Yes, within 60 days."}), ("Reject", {"reason": "No."})],
)
async def test_what_a_removed_lead_submits_changes_nothing_and_their_words_are_kept(
    side: Configured, button: str, typed: dict[str, str]
) -> None:
    await opened(side, await side.asked(), button)
    await side.edit((LEA_LINE, ""))
    await side.people.submits(LEA_ID, **typed)
    said = seen(side.people.modal(LEA_ID).body["blocks"]).text
    assert "you are not on the list of people" in said
    assert next(iter(typed.values())) in said
    assert side.states() == [State.WAITING]


async def test_whoever_lost_the_right_is_told_that_a_lead_can_give_it(side: Configured) -> None:
    card = await side.asked()
    await side.edit((LEA_LINE, LEA_LINE.replace("[approver, lead]", "[viewer]")))
    await side.people.clicks(LEA_ID, "Approve", card)
    assert "may look, but not decide" in await side.told(LEA_ID)
    assert side.states() == [State.WAITING]


async def home_says(side: Configured, user: str, words: str) -> None:
    homes = side.slack.homes
    await side.slack.until(lambda: user in homes and words in str(homes[user].body))


async def test_somebody_who_is_added_decides_at_once_in_slack_and_at_the_desk(
    side: Configured,
) -> None:
    card = await side.asked()
    await side.people.clicks(MIRA, "Approve", card)
    assert "not on the list" in await side.told(MIRA)
    await side.edit((MILAN_LINE, MILAN_LINE + MIRA_LINE))
    await side.people.clicks(MIRA, "Approve", card)
    await side.shop.card("Undo")
    async with side.desk("mira") as mira:
        [it] = side.shop.app.service.queue(ADA, "all")
        page = (await mira.get(f"/desk/{it.engagement}")).page
        assert "Mira" in page.words("bar")
        assert (await mira.post(f"/desk/{it.engagement}/undo")).status == 200
    await side.shop.card("Approve")
    await side.people.opens_home(MIRA)
    await home_says(side, MIRA, "1 waiting")


async def test_the_home_of_somebody_who_is_removed_shows_nothing_any_more(
    side: Configured,
) -> None:
    await side.asked()
    await side.people.opens_home(LEA_ID)
    await home_says(side, LEA_ID, "1 waiting")
    await side.edit((LEA_LINE, ""))
    await home_says(side, LEA_ID, "not on the list")


async def test_a_colleague_is_one_from_the_moment_that_they_are_listed(side: Configured) -> None:
    question = await side.people.says(JONAS, ASK, HELP)
    await side.shop.card("Approve")
    await side.edit((MILAN_LINE, MILAN_LINE + MIRA_LINE))
    await side.people.says(MIRA, "I'll look.", HELP, question.ts)
    await side.shop.card("With Mira")


async def test_rooms_are_listened_to_from_when_they_are_listed_until_they_are_not(
    side: Configured,
) -> None:
    await side.people.says(JONAS, ASK, SECRETS)
    assert side.states() == []
    await side.edit((f"rooms: [{HELP}]", f"rooms: [{HELP}, {SECRETS}]"))
    await side.people.says(JONAS, ASK, SECRETS)
    await side.shop.card("Approve")
    await side.edit((f"rooms: [{HELP}, {SECRETS}]", f"rooms: [{SECRETS}]"))
    await side.people.says(MIRA, ASK, HELP)
    await side.shop.app.service.quiet()
    assert side.states() == [State.WAITING]


async def test_a_room_that_is_listed_without_the_bot_in_it_is_said(side: Configured) -> None:
    side.slack.rooms[SECRETS].member = False
    banners = side.shop.app.service.banners
    assert banners() == []
    await side.edit((f"rooms: [{HELP}]", f"rooms: [{HELP}, {SECRETS}]"))
    await eventually(lambda: "not in" in str(banners()) or "knows no such" in str(banners()))
    await side.edit((f"rooms: [{HELP}, {SECRETS}]", f"rooms: [{HELP}]"))
    assert banners() == []


async def test_another_entry_for_slack_is_answered_where_it_is_asked(side: Configured) -> None:
    """A whole channel of config.yaml that is added while the server runs."""
    inside = (
        "  slack-insiders: {kind: slack, audience: members, mode: collaborative, undo: 5, "
        f"listener: milan, rooms: [{SECRETS}], peers: true}}\n"
    )
    await side.edit(("\nslack:\n", f"{inside}\nslack:\n"))
    await side.people.says(JONAS, ASK, SECRETS)
    card = await side.shop.card("Approve")
    await side.people.clicks(MILAN_ID, "Approve", card)
    await side.shop.card("Undo")
    await side.shop.wait(6)
    await side.slack.until(lambda: side.shop.answers(SECRETS))


async def test_cards_move_to_another_review_channel(side: Configured) -> None:
    await side.asked()
    side.slack.room("C7OTHER", "other")
    await side.edit((f"review_channel: {REVIEW}", "review_channel: C7OTHER"))
    card = await side.shop.card("Approve", room="C7OTHER")
    await side.people.clicks(MILAN_ID, "Approve", card)
    await side.shop.card("Undo", room="C7OTHER")


async def test_undo_is_as_long_as_is_in_force(side: Configured) -> None:
    card = await side.asked()
    await side.edit(("undo: 20", "undo: 5"))
    await side.people.clicks(MILAN_ID, "Approve", card)
    await side.shop.card("Sends within 5 s")
    await side.shop.wait(6)
    await side.slack.until(lambda: side.shop.answers(HELP))


async def test_a_desk_session_ends_with_the_person_and_does_not_come_back(
    side: Configured,
) -> None:
    await side.asked()
    [it] = side.shop.app.service.queue(ADA, "all")
    async with side.desk("lea") as lea:
        await lea.get(f"/desk/{it.engagement}")
        await side.edit((LEA_LINE, ""))
        assert (await lea.post(f"/desk/{it.engagement}/approve")).status == 401
        assert (await lea.get("/desk")).status == 401
        await side.edit((MILAN_LINE, LEA_LINE + MILAN_LINE))
        assert (await lea.get("/desk")).status == 401
    assert side.states() == [State.WAITING]


async def test_a_link_to_the_desk_ends_with_the_person(side: Configured) -> None:
    link = await side.shop.app.sign_in.link("lea")
    await side.edit((LEA_LINE, ""))
    visitor = Visitor(side.shop.base, {})
    assert (await visitor.get(link)).status == 403
    await visitor.close()


async def test_the_live_desk_tells_nothing_to_whoever_is_removed(side: Configured) -> None:
    async with side.desk("lea") as lea:
        events = lea.events("/desk/events")
        first = asyncio.ensure_future(anext(events, None))
        await side.people.says(JONAS, ASK, HELP)
        assert await first is not None
        await side.edit((LEA_LINE, ""))
        await side.people.says(MIRA, ASK, HELP)
        while (event := await anext(events, None)) is not None:
            assert event.data.split()[0] in {c.engagement for c in side.shop.app.service.queue(ADA)}


async def test_rights_that_change_change_the_buttons_at_the_desk(side: Configured) -> None:
    await side.asked()
    [it] = side.shop.app.service.queue(ADA, "all")
    async with side.desk("lea") as lea:
        await lea.get(f"/desk/{it.engagement}")
        await side.edit((LEA_LINE, LEA_LINE.replace("[approver, lead]", "[viewer]")))
        assert (await lea.post(f"/desk/{it.engagement}/approve")).status == 409
        page = (await lea.get(f"/desk/{it.engagement}")).page
        assert not [given for _, given in page.tags if given.get("data-act")]
        assert (await lea.post("/desk/sending", {"reason": "x"})).status == 403
    assert side.states() == [State.WAITING]


async def test_pages_bear_the_name_that_is_in_force(side: Configured) -> None:
    await side.edit(("name: Trailhead", "name: Summit"))
    visitor = Visitor(side.shop.base, {})
    assert "Summit" in (await visitor.get("/chat")).page.words("h1")
    await visitor.close()


async def test_what_needs_another_start_is_said_until_it_is_as_it_was(side: Configured) -> None:
    banners = side.shop.app.service.banners
    await side.edit(("port: 8300", "port: 8301"), ("transport: http", "transport: socket"))
    said = " ".join(banners())
    assert "In force from the next start of the server: server.port." in said
    assert "slack.transport is socket from the next start; until then http." in said
    await side.edit(("port: 8301", "port: 8300"), ("transport: socket", "transport: http"))
    assert banners() == []
