"""Wrong replies caught, honest ones passed: counted by the verdict of the whole rulebook."""

from __future__ import annotations

from datetime import date

from bot.evaluation.claim_scores import score_claims
from tests.shop import NOW, knowledge

FACTS = {"1": {"topic": "returns", "text": "You can return unworn items within 30 days."}}
ROWS = [
    {"facts": FACTS, "text": "You can return unworn items within 30 days.", "label": "honest"},
    {"facts": FACTS, "text": "You can return unworn items within 90 days.", "label": "wrong"},
    {"facts": FACTS, "text": "Thank you for writing to us.", "label": "no-claim", "kind": "thanks"},
]


def test_what_is_stopped_is_counted_by_label_and_kind() -> None:
    found = score_claims(ROWS, knowledge(), "en", NOW.date())
    assert (found["caught"], found["passed"], found["blocked"], found["texts"]) == (1, 1, 0, 3)
    assert found["by_kind"]["no-claim/thanks"] == {"texts": 1, "stopped": 0, "blocked": 0}
    assert found["worst"] == []


def test_what_is_misjudged_is_shown_with_the_reasons() -> None:
    rows = [{**ROWS[1], "label": "honest"}, {**ROWS[0], "label": "wrong"}]
    found = score_claims(rows, knowledge(), "en", NOW.date())
    assert (found["caught"], found["passed"]) == (0, 0)
    first, second = found["worst"]
    assert first["because"] and not second["because"]
    assert sum(found["stopped_by"].values()) >= 1


def test_a_list_of_texts_is_published_too() -> None:
    facts = ["You can return unworn items within 30 days."]
    found = score_claims([{**ROWS[0], "facts": facts}], knowledge(), "en", date(2026, 11, 1))
    assert found["passed"] == 1
