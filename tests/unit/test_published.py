"""The index of what the brand says in public."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.brand.published import PublishedFacts
from bot.model import PublishedFact

WINDOW = PublishedFact(
    id="returns.window",
    text={"en": "You can return unworn items within 60 days.", "de": "60 Tage."},
    titles={"en": "Returns policy", "de": "Rückgabe"},
    url="https://Trailhead.example/returns",
    as_of=date(2026, 10, 1),
    review_by=date(2027, 4, 1),
)
PHONE = replace(
    WINDOW,
    id="contact.phone",
    text={"en": "Call +49 30 23125 014 or write to help@trailhead.example in 2 days."},
    offer=True,
    expires=date(2026, 12, 31),
)
BOTH = PublishedFacts([WINDOW, PHONE])


def test_facts_are_found_by_id_topic_and_kind() -> None:
    assert BOTH.get_fact("returns.window") is WINDOW
    assert BOTH.get_fact("returns.windw") is None
    assert BOTH.by_topic["contact"] == (PHONE,)
    assert BOTH.offers == (PHONE,)
    assert BOTH.ids == {"returns.window", "contact.phone"}


def test_public_words_hosts_and_contacts() -> None:
    assert BOTH.hosts == {"trailhead.example"}
    assert {"unworn", "rückgabe", "60"} <= BOTH.words
    assert BOTH.contacts == {"+49 30 23125 014", "help@trailhead.example"}


def test_a_fact_backs_nothing_after_its_last_day() -> None:
    assert BOTH.current_facts(date(2026, 12, 31)) == (PHONE, WINDOW)
    assert BOTH.current_facts(date(2027, 1, 1)) == (WINDOW,)
    assert BOTH.current_facts(date(2027, 4, 1)) == (WINDOW,)
    assert BOTH.current_facts(date(2027, 4, 2)) == ()
    assert BOTH.facts_due_for_review(date(2027, 3, 2)) == (WINDOW,)
    assert BOTH.facts_due_for_review(date(2027, 3, 1)) == ()


def test_the_hash_names_what_is_said() -> None:
    assert PublishedFacts([PHONE, WINDOW]) == BOTH
    for changed in (
        replace(WINDOW, text={"en": "45 days."}),
        replace(WINDOW, offer=True),
        replace(WINDOW, url="https://trailhead.example/other"),
        replace(WINDOW, expires=date(2027, 1, 1)),
        replace(WINDOW, review_by=date(2027, 4, 2)),
    ):
        assert PublishedFacts([changed, PHONE]).hash != BOTH.hash
