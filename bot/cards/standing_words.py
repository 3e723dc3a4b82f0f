"""What a customer is told about where their ask stands: true now, in their language, short."""

from __future__ import annotations

from collections.abc import Mapping

from bot.model import State

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "read": "We have your message. It is being read.",
        "waiting": "A reply is drafted. A person reads it before it is sent.",
        "person": "A person will answer.",
        "sending": "A reply is on its way.",
        "sent": "Answered.",
        "closed": "Nothing more is needed from you. Write again at any time.",
    },
    "de": {
        "read": "Ihre Nachricht ist da. Sie wird gelesen.",
        "waiting": "Eine Antwort ist entworfen. Ein Mensch liest sie, bevor sie gesendet wird.",
        "person": "Ein Mensch wird antworten.",
        "sending": "Eine Antwort ist unterwegs.",
        "sent": "Beantwortet.",
        "closed": "Sie müssen nichts weiter tun. Schreiben Sie jederzeit wieder.",
    },
}

_KEYS = {
    State.ARRIVED: "read",
    State.UNDERSTOOD: "read",
    State.PEERS: "read",
    State.OVERHEARD: "read",
    State.WAITING: "waiting",
    State.PERSON: "person",
    State.APPROVED: "sending",
    State.SENDING: "sending",
    State.UNCERTAIN: "person",
    State.SENT: "sent",
    State.CLOSED: "closed",
}


def standing_words(state: State, locale: str) -> str:
    """One or two sentences for the customer who waits; English where there are no others."""
    return WORDS.get(locale, WORDS["en"])[_KEYS[state]]
