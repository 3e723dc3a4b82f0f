"""The hand-over: the packet, whose it is, who takes it, what the customer hears and when."""

from __future__ import annotations

import pytest

from bot.model import Engagement, Person, Role, State
from handlers import rows
from tests.scenario.conftest import Shop

BOOTS = "Can I still return boots I bought three weeks ago?"
LAWYER = "My lawyer will call you about these boots."
SAFE = "My stove caught fire and I am hurt"
CLEAN = "You can return unworn items within 60 days of delivery."
LEAD = Person("ada", "Ada", frozenset({Role.APPROVER, Role.LEAD}))
PLAIN = Person("milan", "Milan", frozenset({Role.APPROVER}))


def stored(shop: Shop, who: str = "Jonas") -> Engagement:
    found = shop.app.store.read(lambda tx: rows.engagement(tx, shop.card(who).engagement))
    assert found is not None
    return found


async def test_the_packet_holds_what_a_person_needs(shop: Shop) -> None:
    await shop.write(BOOTS)
    await shop.approve()
    await shop.wait(25)
    await shop.write("I want to talk to a real person about returning boots")
    it = stored(shop)
    packet = it.packet
    assert packet is not None
    assert packet.missing == ()
    assert packet.reason == "wants-person"
    assert len(packet.asks) == 1
    assert len(packet.turns) == 3  # the first ask, our answer, and this
    assert "returns.window" in packet.facts
    assert any("60 days" in promised.words for promised in packet.promised)
    assert [finding.rule for finding in packet.rules] == [
        "handoff/wants-person",
        "handoff/asked-before",  # a note: the same was asked, and answered
    ]
    assert packet.rules[0].instead
    assert packet.language == "en"
    assert packet.due == it.due


async def test_a_look_up_that_fails_makes_the_packet_incomplete_and_loud(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    """A person still has it, the customer still hears so; card, desk and log say what is wrong."""

    def broken(tx: object) -> None:
        row = {"conversation": "web::chat-Jonas", "sent": "not a time", "it": {"notice": ""}}
        rows.put(tx, "deliveries", "damaged", row)  # type: ignore[arg-type]

    await shop.app.store.write(broken)
    await shop.write("I want to talk to a real person please")
    it = stored(shop)
    assert it.state is State.PERSON
    assert it.packet is not None
    assert any("promised before" in missing for missing in it.packet.missing)
    assert any("incomplete" in words for words in shop.app.office.banners())
    assert any("incomplete" in line.what for line in shop.card().timeline)
    assert any("incomplete" in record.message for record in caplog.records)
