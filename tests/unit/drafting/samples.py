"""A small brand, written out, for the tests of drafting."""

from __future__ import annotations

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from bot.brand.business_hours import BusinessHours
from bot.brand.published import PublishedFacts
from bot.brand.settings import Brand, ChannelProfile, Mode, Server, Understanding
from bot.drafting.reply_templates import Templates
from bot.model import Audience, Place, PublishedFact

TODAY = date(2026, 11, 21)
PLACE = Place("web", "", "chat-1")

BRAND = Brand(
    name="Trailhead",
    url="https://trailhead.example",
    handles=("@trailhead",),
    locales=("en", "de"),
    approver={"en": "a community manager", "de": "eine Community-Managerin"},
    fallback={"nl": "en"},
    server=Server("127.0.0.1", 8300, "https://talk.trailhead.example"),
    store="var/aboveboard.db",
    understanding=Understanding("lite"),
    people=(),
    channels={
        "web": ChannelProfile(
            "web", "web", "web chat", Audience.PRIVATE, Mode("dialogic", "We talk."), 20
        )
    },
    modes={},
    hours=BusinessHours(ZoneInfo("UTC"), {0: ((time(9), time(18)),)}, timedelta(hours=4)),
    packs=("transparency",),
)

WINDOW = PublishedFact(
    id="returns.window",
    text={
        "en": "You can return unworn items within 60 days.",
        "de": "Sie können ungetragene Artikel innerhalb von 60 Tagen zurückgeben.",
    },
    titles={"en": "Returns policy", "de": "Rückgabe"},
    url="https://trailhead.example/returns",
    as_of=date(2026, 10, 1),
    review_by=date(2027, 4, 1),
    value={"en": "60 days", "de": "60 Tagen"},
)
LABEL = PublishedFact(
    id="returns.label",
    text={"en": "Returns are free."},
    titles={"en": "Returns policy", "de": "Rückgabe"},
    url="https://trailhead.example/returns",
    as_of=date(2026, 9, 1),
    review_by=date(2027, 4, 1),
)
STORES = PublishedFact(
    id="shops.hours",
    text={"en": "Our shops open at 10:00.", "de": "Unsere Läden öffnen um 10:00 Uhr."},
    titles={"en": "Our shops", "de": "Unsere Läden"},
    url="https://trailhead.example/shops",
    as_of=date(2026, 11, 2),
    review_by=date(2027, 4, 1),
)
PUBLISHED = PublishedFacts([WINDOW, LABEL, STORES])

SOURCES = {
    "templates/replies/return-item/en.md.j2": (
        "{{ facts.returns.window }}\n{{ facts.returns.label }}\n\n- {{ facts.shops.hours }}\n"
    ),
    "templates/replies/return-item/de.md.j2": "{{ facts.returns.window }}\n",
    "templates/replies/short/en.md.j2": "You have {{ facts.returns.window.value }}.",
    "templates/notices/no-draft/en.txt.j2": "Thanks. A person will answer by {{ due }}.",
    "templates/notices/no-draft/de.txt.j2": "Danke. Ein Mensch antwortet bis {{ due }}.",
}
TEMPLATES = Templates(SOURCES)
