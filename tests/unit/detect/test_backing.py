"""What a reply may say, and what is held against it: figures laid beside published facts."""

from __future__ import annotations

from datetime import date

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.brand.published import PublishedFacts
from bot.detect.claims.grounding import (
    Grounding,
    GroundingStatus,
    facts_behind,
    find_topic,
    ground_figures,
)
from bot.detect.commitments.extraction import extract_commitments
from tests.unit.detect.published import FACTS, OUTDATED, TEXTS, TODAY, fact

EVERY = [(id, locale, text) for id, texts in TEXTS.items() for locale, text in texts.items()]
DIGIT = re2.compile(r"\d")


def answers(text: str, cited: tuple[str, ...] = (), locale: str = "en") -> tuple[Grounding, ...]:
    return ground_figures(text, FACTS, cited, locale, TODAY)


def held(text: str, cited: tuple[str, ...] = (), locale: str = "en") -> list[str]:
    """What is held against a text, as “words: difference”."""
    found = answers(text, cited, locale)
    return [
        f"{one.span.words}: {one.differs}"
        for one in found
        if one.status is not GroundingStatus.BACKED
    ]


@pytest.mark.parametrize(("id", "locale", "text"), EVERY)
@pytest.mark.parametrize("cite", [True, False])
def test_published_text_stands(id: str, locale: str, text: str, cite: bool) -> None:
    found = answers(text, (id,) if cite else (), locale)
    assert {one.status for one in found} == {GroundingStatus.BACKED}
    assert {one.fact for one in found} == {id}


@pytest.mark.parametrize(("id", "locale", "text"), EVERY)
@pytest.mark.parametrize("cite", [True, False])
def test_one_figure_changed_is_caught(id: str, locale: str, text: str, cite: bool) -> None:
    """Every digit of every fact, made every other digit."""
    for digit in DIGIT.finditer(text):
        for other in "123456789":
            changed = text[: digit.start()] + other + text[digit.end() :]
            if changed != text:
                assert held(changed, (id,) if cite else (), locale), changed


@pytest.mark.parametrize(
    ("text", "cited", "difference"),
    [
        # another value, another unit
        ("You can return unworn items within 45 days.", "returns.window",
         "45 days: published: at most “60 days”, this says at most “45 days”"),
        ("We refund you within 5 to 7 days.", "refunds.time",
         "5 to 7 days: published: at most “5 to 7 business days”, this says at most “5 to 7 days”"),
        # a number of stores backs no discount
        ("You get 30% off in our stores in Europe.", "shops.number",
         "30%: no published fact says this"),
        # “up to” and “at least” are part of what is said
        ("In the outlet you get 40% off.", "discounts.outlet",
         "40%: published: at most “40%” (off), this says “40%” (off)"),
        ("Our jackets have a warranty of 2 years.", "warranty.period", None),
        ("Our jackets have a warranty of up to 2 years.", "warranty.period",
         "2 years: published: at least “2 years”, this says at most “2 years”"),
        ("You have 60 days to return unworn items.", "returns.window", None),
        ("You have about 60 days to return unworn items.", "returns.window",
         "60 days: published: at most “60 days”, this says about “60 days”"),
        # a condition may not be dropped, nor another one added
        ("Standard delivery is free.", "shipping.free",
         "free: published only “for over $ 50”, which this leaves out"),
        ("Students get 15% off unless they paid by card.", "discounts.students",
         "15%: this adds “unless they paid by card”, which is not published"),
        ("We replace it.", "damage.replace",
         "replace: published only “if an item arrives damaged”, which this leaves out"),
        ("If your item arrived damaged, we replace it.", "damage.replace", None),
        # from another day on is another period
        ("You can return unworn items within 60 days of purchase.", "returns.window",
         "60 days: published: “after delivery”, this says “after purchase”"),
        # the figure of a neighbour
        ("Sale items can be returned within 60 days.", "returns.sale",
         "60 days: published: at most “14 days”, this says at most “60 days”"),
        # the opposite
        ("We do not replace damaged items.", "damage.replace",
         "replace: published: “replace”, this says not “replace”"),
        # bare figures
        ("We are open from 9:00 to 20:00.", "shops.number",
         "20:00: published: “18:00”, this says “20:00”"),
    ],
)  # fmt: skip
def test_what_differs_is_said_in_plain_words(text: str, cited: str, difference: str | None) -> None:
    assert held(text, (cited,)) == ([difference] if difference else [])


def test_a_fact_of_another_topic_backs_nothing_unless_the_words_are_about_it() -> None:
    assert held("Parking is free for 60 days.", ("shops.number",))
    assert not held("We have 30 stores in Europe. Students get 15% off.", ("shops.number",))


def test_an_expired_fact_backs_nothing_but_is_named() -> None:
    (one,) = ground_figures("Students get 15% off.", OUTDATED, (), "en", TODAY)
    assert (one.status, one.fact) == (GroundingStatus.EXPIRED, "discounts.students")


def test_a_current_fact_is_taken_before_an_expired_one() -> None:
    texts = {"en": "Students get 15% off."}
    both = PublishedFacts([fact("a.old", texts, date(2026, 1, 1)), fact("a.new", texts)])
    (one,) = ground_figures("Students get 15% off.", both, (), "en", TODAY)
    assert (one.status, one.fact) == (GroundingStatus.BACKED, "a.new")


def test_a_language_without_published_text_backs_nothing() -> None:
    (one,) = answers("30 jours", ("returns.window",), "fr")
    assert one.status is GroundingStatus.UNBACKED


def test_a_relative_day_is_backed_by_the_same_words() -> None:
    """“By Friday” was another day when it was published."""
    published = PublishedFacts([fact("a.b", {"en": "We call you back by Friday."})])
    found = ground_figures("We call you back by Friday.", published, ("a.b",), "en", TODAY)
    assert {one.status for one in found} == {GroundingStatus.BACKED}
    other = ground_figures("We call you back by Monday.", published, ("a.b",), "en", TODAY)
    assert [one.status for one in other if one.span.kind == "date"] == [GroundingStatus.UNBACKED]


def test_the_facts_behind_a_text_are_found_without_being_cited() -> None:
    body = "Hello! Students get 15% off. We refund you within 5 to 7 business days.\n\nBest wishes"
    assert set(facts_behind(body, FACTS, (), "en")) == {"discounts.students", "refunds.time"}


def test_a_cited_fact_that_was_edited_away_is_not_behind_the_text() -> None:
    body = "Students get 15% off."
    assert facts_behind(body, FACTS, ("discounts.students", "shops.number"), "en") == (
        "discounts.students",
    )


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Unworn items come back within 45 days of delivery.", "returns"),
        ("In the outlet we give students 99% off.", "discounts"),
        ("The moon is 5 days old.", None),
    ],
)
def test_the_topic_of_a_free_text(text: str, topic: str | None) -> None:
    commitment = next(
        one for one in extract_commitments(text, "en", TODAY) if one.number is not None
    )
    assert find_topic(commitment, text, FACTS, "en") == topic


def test_two_topics_that_fit_alike_are_none() -> None:
    same = {"en": "Members get 5% off every order."}
    both = PublishedFacts([fact("a.one", same), fact("b.one", same)])
    text = "Members get 7% off every order."
    assert find_topic(extract_commitments(text, "en", TODAY)[0], text, both, "en") is None


@settings(max_examples=100, deadline=None)
@given(st.text(), st.sampled_from(["en", "de", "xx"]))
def test_any_text_has_an_answer_for_each_figure(text: str, locale: str) -> None:
    found = ground_figures(text, FACTS, ("nowhere.at.all",), locale, TODAY)
    assert all(one.differs for one in found if one.status is GroundingStatus.UNBACKED)
    assert set(facts_behind(text, FACTS, ("nowhere.at.all",), locale)) <= FACTS.ids
    assert len(found) >= len(extract_commitments(text, locale, TODAY))
