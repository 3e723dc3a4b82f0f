"""What looks like a flag and is none, beside what looks the same and is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import signals

ASKS_WHAT_WE_ARE = (
    "Are you a real human being?",
    "are you an actual person",
    "Am I talking to a real person?",
    "Do real people read this?",
    "Bist du wirklich ein echter Mensch?",
    "Schreibe ich hier mit einem echten Menschen?",
    "Lesen das hier echte Menschen?",
)
ASKS_FOR_SOMEBODY = (
    "Are you able to let me talk to a real person?",
    "Is there a real person I can speak to?",
    "Are you a real person? I want to talk to a human agent.",
    "Get me a real person",
    "Kann ich mit einem echten Menschen sprechen?",
    "Bist du ein Mensch? Ich möchte mit einem Mitarbeiter sprechen.",
)
HARMLESS = (
    "My backpack buckle broke",
    "Die Schnalle ist gebrochen",
    "Welches Holz brennt am besten am Lagerfeuer?",
    "Ein Funke vom Lagerfeuer hat ein Loch in die Jacke gebrannt",
)
DANGER = (
    "the buckle broke while I was climbing",
    "The harness buckle snapped",
    "Der Klettergurt: die Schnalle ist gebrochen",
    "Am Lagerfeuer habe ich mir die Hand verbrannt",
    "Das Zelt brennt",
)


def kinds(text: str) -> set[str]:
    return {span.kind for span in signals.find_signals(text)}


@pytest.mark.parametrize("text", ASKS_WHAT_WE_ARE)
def test_asking_what_we_are_is_not_asking_for_somebody(text: str) -> None:
    assert "wants-person" not in kinds(text)


@pytest.mark.parametrize("text", ASKS_FOR_SOMEBODY)
def test_whoever_asks_for_somebody_gets_somebody(text: str) -> None:
    assert "wants-person" in kinds(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_a_repair_and_a_fire_that_is_meant_to_burn_are_no_danger(text: str) -> None:
    assert "safety" not in kinds(text)


@pytest.mark.parametrize("text", DANGER)
def test_danger_is_seen_all_the_same(text: str) -> None:
    assert "safety" in kinds(text)


@given(st.text(st.characters(codec=None), max_size=80))
def test_any_text_has_flags_or_none(text: str) -> None:
    """Lone surrogates among them, which no encoding knows."""
    found = signals.find_signals(f"{text} I will sue you")
    assert "legal" in {span.kind for span in found}
