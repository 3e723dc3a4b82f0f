"""A small brand's published facts, for the tests of what stands behind a reply."""

from __future__ import annotations

from datetime import date

from bot.brand.published import PublishedFacts
from bot.model import PublishedFact

TODAY = date(2026, 11, 21)
TEXTS = {
    "returns.window": {
        "en": "You can return unworn items within 60 days of delivery.",
        "de": "Sie können ungetragene Artikel innerhalb von 60 Tagen nach Lieferung zurückgeben.",
    },
    "returns.sale": {
        "en": "Sale items can be returned within 14 days.",
        "de": "Reduzierte Artikel können innerhalb von 14 Tagen zurückgegeben werden.",
    },
    "refunds.time": {
        "en": "We refund you within 5 to 7 business days.",
        "de": "Wir erstatten Ihnen den Betrag innerhalb von 5 bis 7 Werktagen.",
    },
    "shipping.free": {
        "en": "Standard delivery is free on orders over $50.",
        "de": "Die Standardlieferung ist ab einem Bestellwert von 50 $ kostenlos.",
    },
    "shops.number": {
        "en": "We have 30 stores in Europe, open from 9:00 to 18:00.",
        "de": "Wir haben 30 Filialen in Europa, geöffnet von 9:00 bis 18:00 Uhr.",
    },
    "discounts.students": {
        "en": "Students get 15% off.",
        "de": "Studierende erhalten 15 % Rabatt.",
    },
    "discounts.outlet": {
        "en": "In the outlet you get up to 40% off.",
        "de": "Im Outlet erhalten Sie bis zu 40 % Rabatt.",
    },
    "warranty.period": {
        "en": "Our jackets have a warranty of at least 2 years.",
        "de": "Unsere Jacken haben eine Garantie von mindestens 2 Jahren.",
    },
    "damage.replace": {
        "en": "If an item arrives damaged, we replace it.",
        "de": "Wenn ein Artikel beschädigt ankommt, ersetzen wir ihn.",
    },
}


def fact(id: str, text: dict[str, str], review_by: date = date(2027, 6, 1)) -> PublishedFact:
    url = f"https://shop.example/{id}"
    return PublishedFact(id, text, {}, url, date(2026, 10, 1), review_by)


FACTS = PublishedFacts(fact(id, text) for id, text in TEXTS.items())
OUTDATED = PublishedFacts(fact(id, text, date(2026, 11, 1)) for id, text in TEXTS.items())
