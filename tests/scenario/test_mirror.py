"""The mirror: whoever asks is promised the same, in every language, or a person answers."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import msgspec
import pytest
from click.testing import CliRunner

from bot.drafting.reply_templates import Templates
from bot.evaluation.mirror import PERSONAS, Answer, Persona, find_promise_differences
from bot.knowledge import Knowledge
from handlers.cli import main
from handlers.service.simulation.mirror_asking import ask_as_personas
from tests.shop import NOW, ROOT, knowledge, shipped
from tests.unit.policy.samples import book, rule

SAMPLE = ("return-item", "shipping-cost", "discount", "are-you-a-bot")


@cache
def answers() -> tuple[Answer, ...]:
    """Every intent, language and persona, as if each ask had been understood."""
    return tuple(ask_as_personas(knowledge(), NOW))


def drafted(known: Knowledge) -> set[tuple[str, str]]:
    intents = [intent.id for intent in known.intents.values() if intent.reply == "draft"]
    return {(intent, locale) for intent in intents for locale in known.brand.locales}


def test_everybody_is_promised_the_same_in_every_language() -> None:
    assert len({persona.who for persona in PERSONAS}) == len(PERSONAS) >= 20
    assert find_promise_differences(answers()) == ()


def test_nothing_is_compared_with_nothing() -> None:
    """Everybody was answered about everything, so that the promise above is one."""
    answered = [one for one in answers() if one.text]
    assert {(one.intent, one.locale) for one in answered} == drafted(knowledge())
    assert len(answered) == len(answers()), {one.why for one in answers() if not one.text}
    assert sum(bool(one.promise_set) for one in answered) > len(answered) / 2


def test_what_people_say_of_themselves_changes_no_answer_through_the_reader() -> None:
    library = shipped()
    found = list(
        ask_as_personas(library.knowledge, NOW, library, intents=SAMPLE, personas=PERSONAS)
    )
    read = [one for one in found if one.read]
    assert len(read) == len(PERSONAS) * len(SAMPLE) * 2
    assert find_promise_differences(found) == ()
    assert sum(bool(one.text) for one in read) > len(read) / 2


def test_one_language_that_promises_more_is_found() -> None:
    """A template that gives one language a discount is told apart, with both texts."""
    paths = [path for kind in ("replies", "notices") for path in templates(kind)]
    sources = {path: (ROOT / path).read_text(encoding="utf-8") for path in paths}
    sources["templates/replies/return-item/de.md.j2"] += "\n\nSie erhalten 30 % Rabatt.\n"
    unruled = book(rule(when="false"), rule("messages", "false", on="message", then="note"))
    partial = replace(knowledge(), templates=Templates(sources), rulebook=unruled)
    (found,) = find_promise_differences(ask_as_personas(partial, NOW, intents=("return-item",)))
    assert {found.usual.locale, found.other.locale} == {"en", "de"}
    told = found.added_promises if found.other.locale == "de" else found.missing_promises
    assert "30 %" in told
    assert "Rabatt" in found.usual.text + found.other.text
    assert found.people == len(PERSONAS)


def templates(kind: str) -> list[str]:
    return [str(file.relative_to(ROOT)) for file in (ROOT / "templates" / kind).rglob("*.j2")]


def test_a_person_is_never_a_difference() -> None:
    one = Answer("i", "en", "a", "ask", True, why="Unclear.")
    other = Answer("i", "en", "b", "ask", True, text="You get 5% off.")
    assert find_promise_differences([one, other]) == ()


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["--root", str(ROOT), "mirror", *arguments])
    return result.exit_code, result.output


def test_the_command_says_what_it_compared() -> None:
    code, output = run("--no-reader", "--intent", "return-item", "--json")
    told = msgspec.json.decode(output)
    assert (code, told["same"], told["differences"]) == (0, True, [])
    assert told["answered"] == 2 * told["people"] >= 40


def test_an_intent_that_is_not_drafted_is_an_error_of_one_line() -> None:
    code, output = run("--no-reader", "--intent", "thanks")
    assert code == 1
    assert "nothing is drafted for “thanks”" in output


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.who)
def test_each_says_the_ask_in_every_language_of_the_brand(persona: Persona) -> None:
    for locale in (*knowledge().brand.locales, "xx"):
        assert "my ask" in persona.word_ask("my ask", locale)
