"""What every channel promises, whatever lies behind it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import rfc8785

from bot.model import Delivery, DeliveryState, Envelope, Origin, Place, Reply, Source
from handlers.ports.channel_port import Absent, Posted, Refused, Unknown
from tests.contract.channels import CHANNELS, Kit, Trouble
from tests.stored import list_engagements, list_messages

HOSTILE = [
    "<!channel> <@U8JONAS> <https://evil.example|your bank>",
    "<script>alert(1)</script> &lt;b&gt; & &amp;amp;",
    "*bold* _it_ ~no~ `code` ```block``` > quote\n- list",
    "{{ facts }} {% raw %} ${x} %s [a](javascript:alert(1))",
    "zero\u200bwidth \u202eright to left\u202c 🧗‍♀️ 𝒳 ﷽",
    "@here @everyone #general",
]


@pytest_asyncio.fixture(params=CHANNELS.values(), ids=CHANNELS.keys())
async def kit(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Kit]:
    async with request.param(tmp_path) as opened:
        yield opened


async def says(kit: Kit, text: str) -> Any:
    message = kit.writes(text)
    assert await kit.delivers(message)
    return message


def reply(place: Place, body: str = "You can return them within 60 days.") -> Reply:
    return Reply(
        place,
        ("message@0",),
        "en",
        Origin.SOFTWARE,
        body,
        Envelope(
            "Trailhead · drafted by software, approved by a community manager",
            greeting="Hello Jonas,",
            label="This is advertising by Trailhead.",
            unread="Replies here are not monitored.",
            sources=(
                Source("Returns policy", "https://trailhead.example/returns", date(2026, 10, 1)),
            ),
            links=(("why this answer?", "http://localhost:8300/record/x"),),
        ),
    )


def delivery(kit: Kit, to: Reply, id: str = "d1") -> Delivery:
    payload = kit.channel.render(to, id)
    return Delivery(id, "e1", to, payload, "digest", DeliveryState.SENDING, 0.0)


# coming in


async def test_a_message_is_stored_before_its_sender_is_acknowledged(kit: Kit) -> None:
    await says(kit, "Can I return boots?")
    [message] = list_messages(kit.store)
    assert message.text == "Can I return boots?"
    assert message.author.id
    assert message.at.tzinfo is not None


async def test_what_cannot_be_stored_is_not_acknowledged_and_can_come_again(kit: Kit) -> None:
    kit.disk.full = True
    message = kit.writes("Can I return boots?")
    assert not await kit.delivers(message)
    assert list_messages(kit.store) == []
    kit.disk.full = False
    assert await kit.delivers(message)
    assert len(list_messages(kit.store)) == 1


async def test_a_redelivery_changes_nothing_and_is_acknowledged(kit: Kit) -> None:
    message = await says(kit, "Can I return boots?")
    before = list_engagements(kit.store)
    for _ in range(3):
        assert await kit.delivers(message)
    assert list_engagements(kit.store) == before
    assert len(list_messages(kit.store)) == 1


async def test_the_same_words_written_twice_are_two_messages(kit: Kit) -> None:
    await says(kit, "hello?")
    await says(kit, "hello?")
    assert len(list_messages(kit.store)) == 2


async def test_an_edit_changes_the_words_of_the_message(kit: Kit) -> None:
    message = await says(kit, "Can I return boots?")
    await kit.edits(message, "Can I return sandals?")
    [stored] = list_messages(kit.store)
    assert stored.text == "Can I return sandals?"


async def test_a_message_taken_back_is_gone(kit: Kit) -> None:
    message = await says(kit, "Can I return boots?")
    await kit.deletes(message)
    assert list_messages(kit.store) == []


@pytest.mark.parametrize("text", [*HOSTILE, "line\nbreak", "ümlaut 日本語"])
async def test_what_a_customer_typed_is_what_a_person_reads(kit: Kit, text: str) -> None:
    await says(kit, text)
    [message] = list_messages(kit.store)
    assert message.text == text


# going out


async def test_rendering_is_a_pure_function_into_canonical_json(kit: Kit) -> None:
    message = await says(kit, "Can I return boots?")
    to = reply(kit.place(message))
    payload = kit.channel.render(to, "d1")
    assert payload == kit.channel.render(to, "d1")
    assert rfc8785.dumps(json.loads(payload)).decode() == payload
    assert payload != kit.channel.render(to, "d2")


async def test_the_customer_sees_all_that_was_approved(kit: Kit) -> None:
    message = await says(kit, "Can I return boots?")
    to = reply(kit.place(message))
    assert isinstance(await kit.channel.send(delivery(kit, to)), Posted)
    [shown] = kit.seen(message)
    for words in (
        to.envelope.label,
        to.envelope.greeting,
        to.body,
        "Returns policy",
        to.envelope.speaker,
        to.envelope.unread,
    ):
        assert words in shown
    order = [shown.index(words) for words in (to.body, "Returns policy", to.envelope.speaker)]
    assert order == sorted(order)


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_words_arrive_as_words(kit: Kit, text: str) -> None:
    message = await says(kit, "Can I return boots?")
    to = reply(kit.place(message), text)
    assert isinstance(await kit.channel.send(delivery(kit, to)), Posted)
    [shown] = kit.seen(message)
    assert text in shown


async def test_what_was_sent_can_be_looked_up_under_its_own_id(kit: Kit) -> None:
    message = await says(kit, "Can I return boots?")
    sent = delivery(kit, reply(kit.place(message)))
    posted = await kit.channel.send(sent)
    assert posted == await kit.channel.look(sent)
    other = delivery(kit, reply(kit.place(message)), "d2")
    assert await kit.channel.look(other) == Absent()


async def test_two_replies_are_two_posts(kit: Kit) -> None:
    message = await says(kit, "Can I return boots?")
    first = await kit.channel.send(delivery(kit, reply(kit.place(message), "One."), "d1"))
    await wait_for_a_turn(kit)
    second = await kit.channel.send(delivery(kit, reply(kit.place(message), "Two."), "d2"))
    assert isinstance(first, Posted) and isinstance(second, Posted) and first != second
    assert ["One." in kit.seen(message)[0], "Two." in kit.seen(message)[1]] == [True, True]


async def wait_for_a_turn(kit: Kit) -> None:
    """Where posts are paced, a second later."""
    side = getattr(kit, "side", None)
    if side is not None:
        await side.clock.advance(1)


# going wrong


def skip_unless(kit: Kit, trouble: Trouble) -> None:
    if not kit.can(trouble):
        pytest.skip(f"here it cannot be that {trouble.value}")


async def test_lost_after_it_arrived_is_unknown_and_then_found(kit: Kit) -> None:
    skip_unless(kit, Trouble.AFTER)
    message = await says(kit, "Can I return boots?")
    sent = delivery(kit, reply(kit.place(message)))
    kit.meet(Trouble.AFTER)
    assert isinstance(await kit.channel.send(sent), Unknown)
    assert isinstance(await kit.channel.look(sent), Posted)
    assert kit.calls() == 1  # nothing was repeated behind our back
    assert len(kit.seen(message)) == 1


async def test_lost_before_it_arrived_is_not_there(kit: Kit) -> None:
    skip_unless(kit, Trouble.BEFORE)
    message = await says(kit, "Can I return boots?")
    sent = delivery(kit, reply(kit.place(message)))
    kit.meet(Trouble.BEFORE)
    outcome = await kit.channel.send(sent)
    assert isinstance(outcome, Unknown) or (isinstance(outcome, Refused) and outcome.again)
    assert await kit.channel.look(sent) == Absent()
    assert kit.calls() == 1
    assert kit.seen(message) == []


async def test_being_asked_to_wait_is_a_refusal_for_so_long(kit: Kit) -> None:
    skip_unless(kit, Trouble.LATER)
    message = await says(kit, "Can I return boots?")
    kit.meet(Trouble.LATER)
    outcome = await kit.channel.send(delivery(kit, reply(kit.place(message))))
    assert outcome == Refused(outcome.why, again=True, wait=7.0)
    assert kit.calls() == 1


async def test_a_refusal_for_good_says_why_in_words(kit: Kit) -> None:
    skip_unless(kit, Trouble.NEVER)
    message = await says(kit, "Can I return boots?")
    kit.meet(Trouble.NEVER)
    outcome = await kit.channel.send(delivery(kit, reply(kit.place(message))))
    assert isinstance(outcome, Refused) and not outcome.again
    assert " " in outcome.why
    assert kit.seen(message) == []


async def test_sending_on_a_stopped_channel_never_raises(kit: Kit) -> None:
    message = await says(kit, "Can I return boots?")
    sent = delivery(kit, reply(kit.place(message)))
    await kit.channel.stop()
    outcome = await kit.channel.send(sent)
    assert isinstance(outcome, (Refused, Unknown, Posted))
