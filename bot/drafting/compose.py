"""The drafter: an intent and a language in, a body from published facts out.

Its signature is the veil. Nothing about who asks can be passed, so two people who ask the same in
the same language get the same words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.brand.published import PublishedFacts
from bot.brand.settings import Brand, Intent
from bot.drafting.facts_view import FactsView
from bot.drafting.reply_templates import LONGEST_BODY, Templates, template_path
from bot.model import Draft
from bot.model.errors import NoDraft
from bot.understanding.several_asks import JOINT


def compose_draft(
    intent: str,
    language: str,
    published: PublishedFacts,
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
    body = templates.fill_reply(intent, locale, facts)
    return Draft(body, locale, intent, template_path("replies", intent, locale), facts.used_facts())


def compose_joint_draft(
    intents: Sequence[Intent],
    language: str,
    published: PublishedFacts,
    templates: Templates,
    brand: Brand,
    today: date,
) -> Draft:
    """One draft that answers several intents in their order, each under its title.

    What two answers have in common is said once. The customer's own words are not in it: the veil
    is the same as for one. Raises NoDraft, and nothing else, if any of them has no honest answer.
    """
    drafts = [compose_draft(it.id, language, published, templates, brand, today) for it in intents]
    body = "\n\n".join(_iterate_titled_parts(intents, drafts))
    if len(body) > LONGEST_BODY:
        raise NoDraft(f"Together the answers are longer than {LONGEST_BODY} characters.")
    return Draft(
        body,
        drafts[0].locale,
        JOINT.join(draft.intent for draft in drafts),
        ", ".join(draft.template for draft in drafts),
        tuple(dict.fromkeys(fact for draft in drafts for fact in draft.facts)),
    )


def _iterate_titled_parts(intents: Sequence[Intent], drafts: Sequence[Draft]) -> Iterator[str]:
    said: set[str] = set()
    for intent, draft in zip(intents, drafts, strict=True):
        title = intent.title_in(draft.locale)
        yield f"{title[:1].upper()}{title[1:]}:"
        for paragraph in draft.body.split("\n\n"):
            if paragraph not in said:
                said.add(paragraph)
                yield paragraph
