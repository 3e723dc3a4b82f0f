"""The drafter: an intent and a language in, a body from published facts out.

Its signature is the veil. Nothing about who asks can be passed, so two people who ask the same in
the same language get the same words.
"""

from __future__ import annotations

from datetime import date

from bot.brand import Brand
from bot.drafting.facts_view import FactsView
from bot.drafting.templates import Templates, path_of
from bot.errors import NoDraft
from bot.model import Draft
from bot.published import Published


def compose(
    intent: str,
    language: str,
    published: Published,
    templates: Templates,
    brand: Brand,
    today: date,
) -> Draft:
    """The draft for an intent, in the locale in which the brand answers this language.

    Raises NoDraft, and nothing else, if there is no honest one: no template in that locale, or a
    fact it needs is missing or past its day.
    """
    locale = brand.locale_for(language)
    if locale is None:
        raise NoDraft(f"{brand.name} does not answer in “{language}”.")
    facts = FactsView(published, locale, today)
    body = templates.reply(intent, locale, facts)
    return Draft(body, locale, intent, path_of("replies", intent, locale), facts.used())
