"""Stopping: a pause, the rate cap, the circuit breaker, loops. Nothing is lost, nothing twice."""

from __future__ import annotations

import asyncio
import stat
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.brand.limits import SendLimits
from bot.model import Delivery, State
from bot.model import events as e
from bot.model.errors import StoreError
from handlers.cli import main
from handlers.ports.channel_port import Posted, Refused, Unknown
from handlers.service.commands.sending.pause_sending import Stop
from handlers.service.control_socket import ask, socket_of
from tests.fakes.clock import VirtualClock
from tests.scenario.conftest import Shop, open_shop
from tests.shop import ADA, MILAN, NOW, ROOT

BOOTS = "Can I still return boots I bought three weeks ago?"
WHY = "The price list is wrong"
STOP = Stop("Milan", "a lead", reason=WHY)
GO_ON = replace(STOP, reason="", go_on=True)


def limited(shop: Shop, **limits: object) -> None:
    library = shop.app.library
    brand = replace(library.knowledge.brand, limits=SendLimits(**limits))  # type: ignore[arg-type]
    library.knowledge = replace(library.knowledge, brand=brand)


def entries(shop: Shop, kind: str) -> int:
    rows = shop.app.store.read(lambda tx: tx.table("record").all())
    return sum(row["kind"] == kind for row in rows)


async def test_paused_nothing_is_sent_everything_is_taken_and_resuming_sends_once(
    shop: Shop,
) -> None:
    await shop.write(BOOTS)
    await shop.approve()
    words = await shop.app.service.pause(STOP)
    assert "paused" in words
    assert await shop.write("I want to talk to a real person please", who="Lena")
    await shop.wait(3600)
    assert shop.said() == shop.said("Lena") == []  # neither the reply nor the notice
    card = shop.card()
    assert card.state is State.APPROVED
    assert WHY in card.held and "Milan" in card.held
    assert shop.card("Lena").state is State.PERSON  # cards are still drawn
    assert any(WHY in words for words in shop.app.service.banners())
    assert entries(shop, "paused") == 1

    await shop.app.service.pause(GO_ON)
    await shop.wait(1)
    assert len(shop.said()) == 1
    assert len(shop.said("Lena")) == 1
    assert shop.app.service.banners() == []
    assert entries(shop, "resumed") == 1


async def test_what_waited_can_be_undone_and_send_now_says_why_not(shop: Shop) -> None:
    await shop.write(BOOTS)
    await shop.approve()
    await shop.app.service.pause(STOP)
    await shop.wait(60)
    answer = await shop.decide(e.SendNow(shop.clock.now(), ADA))
    assert not answer.done and WHY in answer.words
    assert (await shop.decide(e.Undone(shop.clock.now(), ADA))).done
    await shop.app.service.pause(GO_ON)
    await shop.wait(60)
    assert shop.said() == []
    assert shop.card().state is State.WAITING


async def test_what_is_no_longer_true_when_resumed_goes_back_to_the_approver(shop: Shop) -> None:
    await shop.write(BOOTS)
    await shop.approve()
    await shop.app.service.pause(STOP)
    await shop.wait(60)
    library = shop.app.library
    people = tuple(p for p in library.knowledge.brand.people if p.id != "ada")
    library.knowledge = replace(
        library.knowledge, brand=replace(library.knowledge.brand, people=people)
    )
    await shop.app.service.pause(GO_ON)
    await shop.wait(60)
    assert shop.said() == []
    assert shop.card().state is State.WAITING
    assert "no longer approve" in shop.card().why


async def test_a_pause_of_one_channel_leaves_the_others_and_needs_a_reason(shop: Shop) -> None:
    await shop.app.service.pause(replace(STOP, channel="slack-community"))
    await shop.write(BOOTS)
    await shop.approve()
    await shop.wait(25)
    assert len(shop.said()) == 1
    with pytest.raises(StoreError, match="say why"):
        await shop.app.service.pause(replace(STOP, reason=" "))
    with pytest.raises(StoreError, match="no channel"):
        await shop.app.service.pause(replace(STOP, channel="web2"))


async def test_a_pause_survives_a_restart(tmp_path: Path) -> None:
    clock = VirtualClock(NOW)
    async with open_shop(tmp_path, clock) as shop:
        await shop.write(BOOTS)
        await shop.approve()
        await shop.app.service.pause(STOP)
        await shop.wait(60)
    async with open_shop(tmp_path, clock) as shop:
        await shop.wait(60)
        assert shop.said() == []
        assert WHY in shop.card().held
        await shop.app.service.pause(GO_ON)
        await shop.wait(60)
        assert len(shop.said()) == 1


async def test_one_command_stops_the_running_server(tmp_path: Path) -> None:
    """Over a socket that only the server's own user can open."""
    async with open_shop(tmp_path) as shop:
        store = tmp_path / "store.db"
        assert stat.S_IMODE(socket_of(store).stat().st_mode) == 0o600
        args = ["--root", str(ROOT), "pause", "web", "--reason", WHY, "--store", str(store)]
        done = await asyncio.to_thread(CliRunner().invoke, main, args)
        assert done.exit_code == 0, done.output
        assert "paused" in done.output
        await shop.write(BOOTS)
        await shop.approve()
        await shop.wait(60)
        assert shop.said() == []
        args = ["--root", str(ROOT), "resume", "web", "--store", str(store)]
        done = await asyncio.to_thread(CliRunner().invoke, main, args)
        assert done.exit_code == 0, done.output
        await shop.wait(60)
        assert len(shop.said()) == 1
        with pytest.raises(StoreError, match="does not know"):
            await asyncio.to_thread(ask, store, {"do": "sell"})


async def test_the_command_stops_what_does_not_run_and_the_next_start_finds_it_so(
    tmp_path: Path,
) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.write(BOOTS)
    store = str(tmp_path / "store.db")
    args = ["--root", str(ROOT), "pause", "--reason", WHY, "--store", store]
    done = await asyncio.to_thread(CliRunner().invoke, main, args)
    assert done.exit_code == 0, done.output
    async with open_shop(tmp_path) as shop:
        assert any(WHY in words for words in shop.app.service.banners())
        await shop.approve()
        await shop.wait(60)
        assert shop.said() == []


# the rate cap


async def test_above_the_rate_nothing_goes_out_until_there_is_room(shop: Shop) -> None:
    limited(shop, sends_an_hour=2)
    for who in ("A", "B", "C"):
        await shop.write(BOOTS, who=who)
        await shop.approve(who)
        await shop.wait(60)
    assert [len(shop.said(who)) for who in "ABC"] == [1, 1, 0]
    assert "2 texts went out" in shop.card("C").held
    assert any("2 texts went out" in words for words in shop.app.service.banners())
    await shop.wait(3600 - 120)
    assert len(shop.said("C")) == 1


async def test_a_lead_may_go_over_the_rate_and_an_approver_may_not(shop: Shop) -> None:
    limited(shop, sends_an_hour=1)
    for who in ("A", "B"):
        await shop.write(BOOTS, who=who)
        await shop.approve(who)
        await shop.wait(30)
    refused = await shop.decide(e.SendNow(shop.clock.now(), MILAN), "B")
    assert not refused.done and "A lead" in refused.words
    assert shop.said("B") == []
    assert (await shop.decide(e.SendNow(shop.clock.now(), ADA), "B")).done
    await shop.wait(1)
    assert len(shop.said("B")) == 1


# loops


async def test_the_same_words_a_third_time_are_a_persons(shop: Shop) -> None:
    library = shop.app.library  # where a second ask for the same is nothing to notice
    never = replace(library.knowledge.brand.customers, again_within=timedelta(0))
    brand = replace(library.knowledge.brand, customers=never)
    library.knowledge = replace(library.knowledge, brand=brand)
    for number in range(3):
        await shop.write(BOOTS)
        await shop.approve()
        await shop.wait(30)
        assert len(shop.said()) == min(number + 1, 2)
    assert shop.card().state is State.WAITING
    assert "twice within a day" in shop.card().why
    await shop.approve()
    await shop.wait(30)
    assert len(shop.said()) == 2  # approving again changes nothing: it is one too many
    await shop.edit("You can return unworn items within 60 days of delivery. Did that not work?")
    await shop.wait(30)
    assert len(shop.said()) == 3  # a person's own words go out, and the loop is over
    assert shop.card().held == ""


async def test_notices_in_a_row_end_and_a_person_has_it(shop: Shop) -> None:
    limited(shop, notices_in_a_row=2)
    for _ in range(4):
        await shop.write("I want to talk to a real person please")
        await shop.decide(e.Ignored(shop.clock.now(), ADA, "spam"))
        await shop.wait(60)
    assert len(shop.said()) == 2
    await shop.write(BOOTS)
    assert shop.card().state is State.PERSON  # nothing goes on by itself here
    assert "notices in a row" in shop.card().why
    assert len(shop.said()) == 2


# the circuit breaker


@dataclass(eq=False)
class Failing:
    """A channel that answers as it is told."""

    name: str = "web"
    answer: object = None  # None: it works
    calls: list[str] = field(default_factory=list)

    def render(self, reply: object, delivery: str) -> str:
        return f"{delivery}"

    async def send(self, delivery: Delivery) -> object:
        self.calls.append(delivery.id)
        return self.answer or Posted(delivery.id)

    async def look(self, delivery: Delivery) -> object:
        return Unknown("nobody answers") if self.answer else Posted(delivery.id)

    async def start(self) -> None: ...
    async def stop(self) -> None: ...


async def failing(tmp_path: Path, stack: AsyncExitStack, **limits: object) -> tuple[Shop, Failing]:
    channel = Failing()
    shop = await stack.enter_async_context(
        open_shop(tmp_path, extra={"web": channel})  # type: ignore[dict-item]
    )
    limited(shop, **limits)
    return shop, channel


async def test_failures_in_a_row_rest_the_channel_and_one_call_tries(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        shop, channel = await failing(
            tmp_path, stack, failures=3, rest=timedelta(minutes=5), sends_an_hour=100
        )
        channel.answer = Refused("503", again=True, wait=1000.0)
        for who in "ABCDEF":
            await shop.write(BOOTS, who=who)
            await shop.approve(who)
        await shop.wait(25)
        assert len(channel.calls) == 3  # then it rests
        assert any("failed, so nothing is tried" in words for words in shop.app.service.banners())
        assert "503" in shop.card("F").held
        await shop.wait(299)
        assert len(channel.calls) == 4  # one tries; it fails, and the rest begins anew
        channel.answer = None
        await shop.wait(305)
        assert len(channel.calls) >= 4 + 1
        await shop.wait(2000)
        assert all(len(shop.said(who)) == 1 for who in "ABCDEF")
        assert shop.app.service.banners() == []


async def test_an_open_circuit_is_found_again_after_a_restart(tmp_path: Path) -> None:
    clock = VirtualClock(NOW)
    channel = Failing(answer=Refused("503", again=True, wait=1000.0))
    for calls in (5, 5):
        async with open_shop(tmp_path, clock, extra={"web": channel}) as shop:  # type: ignore[dict-item]
            if shop.cards() == []:
                for who in "ABCDEF":
                    await shop.write(BOOTS, who=who)
                    await shop.approve(who)
            await shop.wait(25)
            assert len(channel.calls) == calls
