"""What looks like a flag and is none: the words around it say so.

“Are you a real person?” asks what we are, and is answered; it doesn't ask for somebody else. A
buckle that broke is a repair, unless a climber hung on it. Every entry says what it excuses, in
which company, and beside which words it excuses nothing: where in doubt, a person still reads it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.model import Span
from bot.understanding.words.cue_languages import LANGUAGES
from bot.understanding.words.cue_shape import CuePhrases

_ANYWHERE = CuePhrases(r"\S+")
_NOTHING = CuePhrases()


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Flags of `kind` inside `looks` are none in a text with `beside`, unless it has `unless`."""

    kind: str
    looks: CuePhrases
    beside: CuePhrases = _ANYWHERE
    unless: CuePhrases = _NOTHING


_US = r"(?:an? |the |actually |really |even |just |still |a bot or |real |actual |live |human )*"
_BEING = r"(?:person|human|human being|people|agent)"
_UNS = (
    r"(?:eine?[mnr]? |denn |hier |gerade |wirklich |eigentlich |jetzt |auch "
    r"|echte[mnrs]? |richtige[mnrs]? |reale[mnrs]? )*"
)
_MENSCH = r"(?:mensch(?:en)?|person|leute|mitarbeiter(?:in)?)"
_WRITES = r"(?:read|reads|write|writes|wrote|answer|answers|see|sees|check|checks)"

LOOK_ALIKES = (
    *(  # “no reply needed” doesn't say that none came
        LookAlike("complaint", words.no_reply) for words in LANGUAGES.values()
    ),
    LookAlike(  # asks what we are
        "wants-person",
        CuePhrases(
            rf"(?:are|r|is) (?:you|u|this|that|these) {_US}{_BEING}",
            rf"am i {_US}(?:talking|speaking|chatting|writing) (?:to|with) {_US}{_BEING}",
            rf"(?:do|does|did) {_US}{_BEING} (?:\w+ )?{_WRITES}",
            rf"(?:bist du|sind sie|seid ihr|ist das|ist hier) {_UNS}{_MENSCH}",
            rf"(?:schreibe|rede|spreche|chatte) ich {_UNS}mit {_UNS}{_MENSCH}",
            rf"(?:lesen|liest|schreib(?:t|en)|antworte[nt]) (?:das |mir |da )*{_UNS}{_MENSCH}",
        ),
    ),
    LookAlike(  # a part of a bag, not what somebody hangs on
        "safety",
        CuePhrases(
            r"buckle (?:has |had )?(?:snapped|broke|failed|tore|ripped|cracked|gave way)",
            r"schnalle (?:ist |hat )?(?:gerissen|gebrochen|versagt)",
        ),
        unless=CuePhrases(
            r"harness(?:es)?|helmets?|climb\w*|belay\w*|rope|via ferrata|fell|fall(?:s|ing|en)?"
            r"|child|baby|kid|son|daughter|hurt",
            r"gurt|klettergurt|helm|kletter\w*|geklettert|seil|klettersteig|abgestürzt|gestürzt"
            r"|kind|baby|sohn|tochter",
        ),
    ),
    LookAlike(  # a fire that is meant to burn
        "safety",
        CuePhrases(r"brennt|gebrannt|verbrannt"),
        beside=CuePhrases(r"lagerfeuers?|feuerschalen?|kaminholz|holz|kerzen?|feuerstahl|anzünder"),
        unless=CuePhrases(
            r"hand|hände|finger|haut|arme?|beine?|gesicht|haare|kind(?:er)?|sohn|tochter|baby"
            r"|mich|mir|uns|er|sie|zelt|jemand|verletz\w+|schmerz\w*|lichterloh|wald|hütte"
        ),
    ),
)


def drop_look_alikes(spans: Iterable[Span], text: str) -> set[Span]:
    """The flags of a text without what only looks like one. `text` as `CuePhrases` want it."""
    spans = set(spans)
    for one in LOOK_ALIKES:
        alike = {span for span in spans if span.kind == one.kind}
        if alike and one.beside.occurs_in(text) and not one.unless.occurs_in(text):
            ranges = list(one.looks.find_places(text))
            spans -= {s for s in alike if any(a <= s.start and s.end <= b for a, b in ranges)}
    return spans
