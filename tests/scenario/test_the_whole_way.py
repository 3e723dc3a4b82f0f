"""A customer asks, a person approves, the answer goes out, and the record holds it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.cards.decisions import Action
from bot.model import Delivery, Message, Reply, State
from bot.model import events as e
from handlers.channels.web import WebChannel
from handlers.ports.channel_port import Absent, Posted, Refused, Unknown
from handlers.service.record.record_verify import verify
from tests.fakes.clock import VirtualClock
from tests.scenario.conftest import Shop, open_shop, place_of
from tests.shop import ADA, MILAN, NOOR, NOW

BOOTS = "Can I still return boots I bought three weeks ago?"
CLEAN = "You can return unworn items within 60 days of delivery."


def kinds(shop: Shop) -> list[str]:
    return [row["kind"] for row in shop.app.store.read(lambda tx: tx.table("record").all())]


async def test_an_ask_is_drafted_approved_sent_and_recorded(shop: Shop) -> None:
    assert await shop.write(BOOTS)
    card = shop.card()
    assert card.state is State.WAITING
    assert "60 days" in card.body
    assert card.sources
    answer = await shop.approve()
    assert answer.done
    assert shop.said() == []
    await shop.wait(25)
    [said] = shop.said()
    assert said.reply is not None
    assert said.reply.text == card.as_sent
    assert "approved by a community manager" in said.text
    assert card.entry_url in said.text
    assert kinds(shop) == ["intended", "sent"]
    assert shop.app.store.read(verify).good
    assert shop.card().state is State.SENT


async def test_a_redelivery_changes_nothing(shop: Shop) -> None:
    assert await shop.write(BOOTS, key="m1")
    before = shop.card()
    assert not await shop.write(BOOTS, key="m1")
    assert shop.card().version == before.version
    assert len(shop.cards()) == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("asdf jkl", "gibberish"),
        ("my cousin's lawyer will call you", "legal"),
        ("I want to talk to a real person please", "wants-person"),
    ],
)
async def test_what_nobody_can_tell_goes_to_a_person_with_a_kind_word(
    shop: Shop, text: str, reason: str
) -> None:
    await shop.write(text)
    card = shop.card()
    assert card.state is State.PERSON
    assert card.why
    [said] = shop.said()
    assert "Automated message" in said.text
    engagement = shop.app.store.read(lambda tx: tx.table("engagements").all())[0]["it"]
    assert engagement["notices"] == [reason]


async def test_two_clicks_make_one_decision_and_the_second_learns_who(shop: Shop) -> None:
    await shop.write(BOOTS)
    first = await shop.approve(person=MILAN)
    second = await shop.approve(person=ADA)
    assert first.done
    assert not second.done
    assert "Milan" in second.words
    await shop.wait(25)
    assert len(shop.said()) == 1


async def test_a_stale_click_changes_nothing(shop: Shop) -> None:
    await shop.write(BOOTS)
    event = e.Approved(shop.clock.now(), ADA, "another digest")
    answer = await shop.decide(event)
    assert not answer.done
    assert shop.card().state is State.WAITING


async def test_who_may_only_look_decides_nothing(shop: Shop) -> None:
    await shop.write(BOOTS)
    answer = await shop.approve(person=NOOR)
    assert not answer.done
    assert shop.card(viewer=NOOR).actions == ()
    assert shop.card().state is State.WAITING


async def test_an_undo_in_time_sends_nothing(shop: Shop) -> None:
    await shop.write(BOOTS)
    await shop.approve()
    await shop.wait(10)
    assert Action.UNDO in shop.card().actions
    await shop.decide(e.Undone(shop.clock.now(), ADA))
    await shop.wait(60)
    assert shop.said() == []
    assert shop.card().state is State.WAITING


async def test_send_now_skips_the_window(shop: Shop) -> None:
    await shop.write(BOOTS)
    await shop.approve()
    await shop.decide(e.SendNow(shop.clock.now(), ADA))
    assert len(shop.said()) == 1


async def test_own_words_that_are_clean_go_out_in_one_step(shop: Shop) -> None:
    await shop.write(BOOTS)
    answer = await shop.edit(CLEAN)
    assert answer.done
    await shop.wait(25)
    [said] = shop.said()
    assert CLEAN in said.text
    assert "changed and approved" in said.text


async def test_own_words_that_promise_what_is_not_published_are_kept_and_not_sent(
    shop: Shop,
) -> None:
    await shop.write(BOOTS)
    answer = await shop.edit("You can return them within 90 days, and get 30% off, just for you.")
    assert not answer.done
    card = shop.card()
    assert "30% off" in card.body
    assert Action.APPROVE not in card.actions
    assert any("30%" in mark.words for mark in card.marks)
    await shop.wait(60)
    assert shop.said() == []


async def test_after_a_reject_the_card_stays_with_that_person(shop: Shop) -> None:
    await shop.write(BOOTS)
    digest = shop.card().digest
    await shop.decide(e.Rejected(shop.clock.now(), ADA, "Too long", digest))
    card = shop.card()
    assert (card.state, card.owner) == (State.PERSON, "Ada")
    assert len(shop.said()) == 1  # the customer hears that a person will answer
    answer = await shop.edit(CLEAN)
    assert answer.done
    await shop.wait(25)
    assert "Written by a community manager" in shop.said()[-1].text


async def test_a_new_message_returns_an_approved_reply(shop: Shop) -> None:
    await shop.write(BOOTS)
    await shop.approve()
    await shop.write("Sorry, I meant a tent that I have used")
    await shop.wait(60)
    assert all("Drafted by software" not in turn.text for turn in shop.said())
    assert shop.card().state in (State.WAITING, State.PERSON)


async def test_a_message_taken_back_is_not_answered(shop: Shop) -> None:
    await shop.write(BOOTS, key="m1")
    await shop.approve()
    assert await shop.app.service.delete("m1")
    await shop.wait(60)
    assert shop.said() == []
    assert shop.card().state is State.CLOSED


async def test_a_changed_message_is_read_again(shop: Shop) -> None:
    await shop.write(BOOTS, key="m1")
    before = shop.card()
    message = Message(
        "m1", place_of("web", "Jonas"), before_author(), "When do you open?", NOW, direct=True
    )
    assert await shop.app.service.edit(message)
    await shop.app.service.quiet()
    assert shop.card().digest != before.digest
    assert "60 days" not in shop.card().body


def before_author():  # type: ignore[no-untyped-def]
    from bot.model import Author

    return Author("Jonas", "Jonas")


async def test_thanks_are_logged_and_not_answered(shop: Shop) -> None:
    await shop.write("Thanks a lot, that helped!")
    assert shop.card().state is State.CLOSED
    assert "No reply needed" in shop.card().why
    assert shop.said() == []


async def test_lateness_is_said_once_and_sends_no_draft(shop: Shop) -> None:
    await shop.write(BOOTS)
    left = datetime.fromisoformat(shop.card().due_at) - shop.clock.now()
    await shop.wait(left.total_seconds() - 60)
    assert shop.said() == []
    await shop.wait(120)
    said = [turn.text for turn in shop.said()]
    assert len(said) == 1
    assert "Automated message" in said[0]
    assert shop.card().state is State.WAITING


async def test_a_jump_of_the_wall_clock_sends_nothing_early(shop: Shop) -> None:
    await shop.write(BOOTS)
    await shop.approve()
    shop.clock.jump(timedelta(hours=1))
    await shop.wait(10)
    assert shop.said() == []
    await shop.wait(15)
    assert len(shop.said()) == 1


async def test_an_approval_after_a_restart_three_days_later_completes(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.write(BOOTS)
    async with open_shop(tmp_path, VirtualClock(NOW + timedelta(hours=72))) as shop:
        answer = await shop.approve()
        assert answer.done
        await shop.wait(25)
        assert len([t for t in shop.said() if "Drafted by software" in t.text]) == 1


async def test_what_is_overheard_is_never_answered_and_soon_forgotten(shop: Shop) -> None:
    extra = shop.app.channels
    assert "slack-community" in shop.app.library.knowledge.brand.channels
    assert "slack-community" not in extra  # no tokens: nothing could be sent there anyway
    await shop.write(
        "My neighbour's tent from Trailhead broke, he said.", channel="slack-community"
    )
    card = shop.card()
    assert card.state is State.OVERHEARD
    assert shop.cards() == []
    shop.clock.jump(timedelta(days=8))
    await shop.wait(60)
    stored = shop.app.store.read(
        lambda tx: [row for name in ("messages", "engagements") for row in tx.table(name)]
    )
    assert "neighbour" not in str(stored)
    assert shop.said(channel="slack-community") == []


async def test_who_may_only_look_settles_no_doubt(tmp_path: Path) -> None:
    async with open_shop(tmp_path, extra={"web": Unsure("lost after", blind=True)}) as shop:
        await shop.write(BOOTS)
        await shop.approve()
        await shop.wait(600)
        await shop.decide(e.Resolved(shop.clock.now(), NOOR, arrived=True))
        assert shop.card().state is State.UNCERTAIN
        rows = shop.app.store.read(lambda tx: tx.table("deliveries").all())
        assert [row["state"] for row in rows] == ["uncertain"]


class Unsure:
    """A channel whose calls are lost as planned, and that knows what it took."""

    name = "web"

    def __init__(self, *answers: str, blind: bool = False) -> None:
        self._answers, self._blind = list(answers), blind
        self.posts: list[str] = []
        self.looked = 0

    def render(self, reply: Reply, delivery: str) -> str:
        return WebChannel.render(self, reply, delivery)  # type: ignore[arg-type]

    async def send(self, delivery: Delivery) -> Posted | Refused | Unknown:
        answer = self._answers.pop(0) if self._answers else "fine"
        if answer in ("fine", "lost after"):
            self.posts.append(delivery.id)
        if answer == "wait":
            return Refused("429", again=True, wait=30.0)
        if answer == "no":
            return Refused("channel_not_found")
        return Posted("r1") if answer == "fine" else Unknown("connection lost")

    async def look(self, delivery: Delivery) -> Posted | Absent | Unknown:
        self.looked += 1
        if self._blind:
            return Unknown("no rights to read")
        return Posted("r1") if delivery.id in self.posts else Absent()

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


@pytest.mark.parametrize(
    ("answers", "state", "posts"),
    [
        (("lost after",), State.SENT, 1),
        (("lost before",), State.SENT, 1),
        (("lost before", "lost after"), State.SENT, 1),
        (("wait", "wait"), State.SENT, 1),
        (("no",), State.WAITING, 0),
    ],
)
async def test_an_unknown_outcome_is_looked_up_after_the_grace_period(
    tmp_path: Path, answers: tuple[str, ...], state: State, posts: int
) -> None:
    channel = Unsure(*answers)
    async with open_shop(tmp_path, extra={"web": channel}) as shop:
        await shop.write(BOOTS)
        await shop.approve()
        await shop.wait(25)
        await shop.wait(600)
        assert shop.card().state is state
        assert len(channel.posts) == posts


async def test_what_cannot_be_looked_up_is_shown_to_a_person(tmp_path: Path) -> None:
    channel = Unsure("lost after", blind=True)
    async with open_shop(tmp_path, extra={"web": channel}) as shop:
        await shop.write(BOOTS)
        await shop.approve()
        await shop.wait(600)
        assert shop.card().state is State.UNCERTAIN
        assert len(channel.posts) == 1
        await shop.decide(e.Resolved(shop.clock.now(), ADA, arrived=True))
        assert shop.card().state is State.SENT
        assert kinds(shop) == ["intended", "uncertain", "sent"]


async def test_rights_are_checked_again_at_the_send(shop: Shop) -> None:
    await shop.write(BOOTS)
    await shop.approve()
    library = shop.app.library
    brand = replace(library.knowledge.brand, people=())
    library.knowledge = replace(library.knowledge, brand=brand)
    await shop.wait(60)
    assert shop.said() == []
    assert shop.card().state is State.WAITING
    assert "may no longer approve" in shop.card().why


async def test_an_entry_called_wrong_opens_a_correction(shop: Shop) -> None:
    await shop.write(BOOTS)
    await shop.approve()
    await shop.wait(25)
    entry = shop.card().entry_url.rpartition("/")[2]
    assert await shop.app.service.correction(entry, "It was 30 days in the shop!")
    assert not await shop.app.service.correction("0" * 32, "no such entry")
    assert kinds(shop)[-1] == "correction"
