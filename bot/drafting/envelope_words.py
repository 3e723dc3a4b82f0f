"""The envelope's own words, by language. A language is added as data, here.

`{approver}` is the role as config.yaml names it, in the nominative in every language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.model import Origin


@dataclass(frozen=True, slots=True)
class EnvelopeWords:
    speaker: Mapping[Origin, str]
    greeting: str
    why: str
    wrong: str
    person: str
    corrects: str
    marketing: str
    unread: str


LANGUAGES: Mapping[str, EnvelopeWords] = MappingProxyType(
    {
        "en": EnvelopeWords(
            speaker={
                Origin.SOFTWARE: "Drafted by software, approved by {approver} at {brand}.",
                Origin.EDITED: (
                    "Drafted by software, changed and approved by {approver} at {brand}."
                ),
                Origin.PERSON: "Written by {approver} at {brand}.",
                Origin.NOTICE: "Automated message from {brand}’s software.",
            },
            greeting="Hello {name},",
            why="Why this answer?",
            wrong="This is wrong",
            person="A person, please",
            corrects="This corrects what we told you before",
            marketing="This is advertising by {brand}.",
            unread="Replies here are not monitored.",
        ),
        "de": EnvelopeWords(
            speaker={
                Origin.SOFTWARE: (
                    "Von Software entworfen; {approver} von {brand} hat die Antwort freigegeben."
                ),
                Origin.EDITED: (
                    "Von Software entworfen; {approver} von {brand} hat die Antwort geändert und "
                    "freigegeben."
                ),
                Origin.PERSON: "{approver} von {brand} hat diese Antwort geschrieben.",
                Origin.NOTICE: "Automatische Nachricht der Software von {brand}.",
            },
            greeting="Hallo {name},",
            why="Warum diese Antwort?",
            wrong="Das stimmt nicht",
            person="Bitte ein Mensch",
            corrects="Das berichtigt, was wir Ihnen gesagt haben",
            marketing="Das ist Werbung von {brand}.",
            unread="Antworten werden hier nicht gelesen.",
        ),
    }
)


def envelope_words_for(locale: str) -> EnvelopeWords:
    """The words of a locale's language. Raises KeyError: a brand is checked at load for it."""
    return LANGUAGES.get(locale) or LANGUAGES[locale.partition("-")[0]]


def has_envelope_words(locale: str) -> bool:
    return locale in LANGUAGES or locale.partition("-")[0] in LANGUAGES
