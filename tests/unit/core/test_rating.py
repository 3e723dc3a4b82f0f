"""“Social && Social = Social”: both say so, and a person took part."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.learning.rating import AnswerRating, is_social_exchange, person_took_part
from bot.model import (
    Audience,
    Author,
    Clock,
    Engagement,
    Envelope,
    Handling,
    Origin,
    Place,
    Proposal,
    Reply,
    State,
    Understanding,
)

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
PLACE = Place("web", "", "chat-1")
SAID = (True, False, None)
INTENTS = ("return-item", "complaint", "")  # the last: a person found out what was meant


def engagement(origin: Origin | None, *, intent: str = "", talking: bool = False) -> Engagement:
    reply = None
    if origin is not None:
        reply = Reply(PLACE, ("m1@0",), "en", origin, "Yes.", Envelope("We"), intent=intent)
    author = Author("jonas", "Jonas")
    return Engagement(
        "e1",
        PLACE,
        Audience.PRIVATE,
        author,
        (),
        State.SENT,
        AT,
        Clock(AT),
        "entry",
        proposal=Proposal(candidate=reply),
        handling=Handling(talking=talking),
        understanding=Understanding(meant=intent),
    )


@pytest.mark.parametrize("intent", INTENTS)
@pytest.mark.parametrize("staff", SAID)
@pytest.mark.parametrize("customer", SAID)
def test_social_is_what_both_say_whatever_was_asked(
    customer: bool | None, staff: bool | None, intent: str
) -> None:
    written = engagement(Origin.PERSON, intent=intent)
    assert is_social_exchange(customer, staff, written) is ((customer, staff) == (True, True))


@pytest.mark.parametrize(
    ("origin", "talking", "part"),
    [
        (Origin.SOFTWARE, False, False),  # approved as it stood
        (Origin.NOTICE, False, False),
        (None, False, False),
        (Origin.EDITED, False, True),
        (Origin.PERSON, False, True),
        (Origin.SOFTWARE, True, True),  # and wrote in the channel itself
        (None, True, True),
    ],
)
def test_without_a_person_who_wrote_nothing_is_social(
    origin: Origin | None, talking: bool, part: bool
) -> None:
    ask = engagement(origin, talking=talking)
    assert person_took_part(ask) is part
    assert is_social_exchange(True, True, ask) is part


@pytest.mark.parametrize("customer", SAID)
@pytest.mark.parametrize("staff", SAID)
def test_only_a_yes_against_a_no_is_looked_at(customer: bool | None, staff: bool | None) -> None:
    assert AnswerRating(customer, staff).sides_differ is ({customer, staff} == {True, False})
