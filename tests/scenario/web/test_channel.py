"""The way out of the chat: one transaction, once, to be looked up."""

from __future__ import annotations

from dataclasses import replace

from bot.model import Delivery, DeliveryState, Envelope, Origin, Place, Reply
from bot.model.errors import StoreError
from handlers.channels.web import POSTS, WebChannel
from handlers.ports.channel_port import Posted, Refused, Unknown
from tests.webside import WebSide, shown

REPLY = Reply(
    Place("web", thread="t1"), ("m@0",), "en", Origin.SOFTWARE, "60 days.", Envelope("Trailhead")
)


def delivery(channel: WebChannel) -> Delivery:
    payload = channel.render(REPLY, "d1")
    return Delivery("d1", "e1", REPLY, payload, "digest", DeliveryState.SENDING, 0.0)


async def test_sent_twice_is_one_post_and_the_first(side: WebSide) -> None:
    sent = delivery(side.channel)
    other = replace(sent, payload='{"other":1}')
    assert await side.channel.send(sent) == await side.channel.send(other) == Posted("d1")
    assert len(side.app.store.read(lambda tx: tx.table(POSTS).all())) == 1
    assert side.channel.post("d1") == sent.payload


async def test_a_store_that_fails_is_a_refusal_that_may_be_tried_again(side: WebSide) -> None:
    class Full:
        """A store whose disk is full."""

        def write(self, work: object) -> object:
            async def fail() -> None:
                raise StoreError("the disk is full")

            return fail()

        def read(self, query: object) -> object:
            raise StoreError("the disk cannot be read")

        def close(self) -> None: ...

    channel = WebChannel(Full())  # type: ignore[arg-type]
    outcome = await channel.send(delivery(side.channel))
    assert outcome == Refused("the disk is full", again=True, wait=5.0)
    assert isinstance(await channel.look(delivery(side.channel)), Unknown)


def test_an_address_that_is_no_web_address_becomes_no_link(side: WebSide) -> None:
    hostile = replace(REPLY, body="See [a](javascript:alert(1))")
    page = shown(side.channel.render(hostile, "d1"))
    assert "[a](javascript:alert(1))" in page.words("ours")
    assert not [link for link in page.links if link.startswith("javascript")]
