"""What is wrong with a draft, as the person who rejects it says."""

from __future__ import annotations

from enum import StrEnum


class Objection(StrEnum):
    NOT_ASKED = "not-asked"  # not what the customer asked
    NOT_OUR_VOICE = "not-our-voice"  # not how we would say it
    WRONG_FACT = "wrong-fact"
    OTHER = "other"
