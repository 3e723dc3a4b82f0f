"""The drafter, behind its veil."""

from __future__ import annotations

import inspect
import typing
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import model
from bot.brand.published import PublishedFacts
from bot.brand.settings import Brand
from bot.drafting import compose
from bot.drafting.compose import compose_draft
from bot.drafting.reply_templates import Templates
from bot.model import Draft
from bot.model.errors import NoDraft
from tests.unit.drafting.samples import BRAND, LABEL, PUBLISHED, STORES, TEMPLATES, TODAY, WINDOW


def test_nothing_about_the_person_can_be_passed() -> None:
    """The veil: an intent, a language, and what is the same for everybody."""
    hints = typing.get_type_hints(compose_draft)
    assert hints == {
        "intent": str,
        "language": str,
        "published": PublishedFacts,
        "templates": Templates,
        "brand": Brand,
        "today": date,
        "return": Draft,
    }
    kinds = {parameter.kind for parameter in inspect.signature(compose_draft).parameters.values()}
    assert kinds == {inspect.Parameter.POSITIONAL_OR_KEYWORD}


def test_the_drafter_knows_no_word_for_a_person() -> None:
    """Neither it nor what it is made of imports a message, an author or an engagement."""
    from bot.drafting import facts_view, reply_templates

    personal = (model.Message, model.Author, model.Engagement, model.Place, model.Reading)
    for part in (compose, facts_view, reply_templates):
        assert not any(value is known for value in vars(part).values() for known in personal)


def test_a_draft_says_what_it_was_made_from() -> None:
    draft = compose_draft("return-item", "de", PUBLISHED, TEMPLATES, BRAND, TODAY)
    assert draft == Draft(
        body="Sie können ungetragene Artikel innerhalb von 60 Tagen zurückgeben.",
        locale="de",
        intent="return-item",
        template="templates/replies/return-item/de.md.j2",
        facts=("returns.window",),
    )


@pytest.mark.parametrize(
    ("language", "locale"), [("de", "de"), ("de-AT", "de"), ("en", "en"), ("nl", "en")]
)
def test_the_language_is_the_customers_or_one_that_config_lists(language: str, locale: str) -> None:
    assert (
        compose_draft("return-item", language, PUBLISHED, TEMPLATES, BRAND, TODAY).locale == locale
    )


EXPIRED = replace(LABEL, expires=date(2026, 11, 20))
UNREVIEWED = replace(WINDOW, review_by=date(2026, 11, 20))


@pytest.mark.parametrize(
    ("intent", "language", "facts", "fact", "why"),
    [
        ("return-item", "fr", PUBLISHED.facts, "", "Trailhead does not answer in “fr”."),
        ("short", "de", PUBLISHED.facts, "", "no templates/replies/short/de.md.j2"),
        ("unheard-of", "en", PUBLISHED.facts, "", "no templates/replies/unheard-of/en.md.j2"),
        ("return-item", "en", [WINDOW, STORES], "returns.label", "no such fact"),
        ("return-item", "en", [WINDOW, EXPIRED, STORES], "returns.label", "until 2026-11-20"),
        ("return-item", "en", [UNREVIEWED, LABEL, STORES], "returns.window", "needs a review"),
        ("short", "en", [replace(WINDOW, value={})], "returns.window", "has no value"),
        ("short", "en", [replace(WINDOW, text={"de": "x"})], "returns.window", "has no text"),
    ],
)
def test_without_an_honest_answer_there_is_no_draft(
    intent: str, language: str, facts: list[model.PublishedFact], fact: str, why: str
) -> None:
    with pytest.raises(NoDraft) as caught:
        compose_draft(intent, language, PublishedFacts(facts), TEMPLATES, BRAND, TODAY)
    assert caught.value.fact == fact
    assert why in caught.value.why


@given(st.text(), st.text(), st.dates())
def test_anything_else_is_no_draft_either(intent: str, language: str, today: date) -> None:
    with pytest.raises(NoDraft):
        compose_draft(f"{intent}?", language, PUBLISHED, TEMPLATES, BRAND, today)
