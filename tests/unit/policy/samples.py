"""Rules and subjects for tests of the engine, shorter than YAML."""

from dataclasses import replace

from bot.policy.case_input import read_message_case, read_reply_case
from bot.policy.facts.fact_cache import Item
from bot.policy.facts.fact_types import Fact
from bot.policy.pack import Pack, Rule
from bot.policy.rulebook import Rulebook, compile_rulebook
from bot.policy.vocabulary import VOCABULARIES


def rule(id: str = "one", when: str = "true", **more) -> Rule:
    keys = {"on": "reply", "then": "hold", "because": "It is so."} | more
    return Rule("mine", id, when="" if "find" in keys else when, **keys)


def book(*rules: Rule, vocabularies=VOCABULARIES) -> Rulebook:
    return compile_rulebook([Pack("mine", rules)], vocabularies)


def reply(text: str = "Hello.", **given):
    return read_reply_case({"text": text, **given})


def message(text: str = "Hello.", **given):
    return read_message_case({"text": text, **given})


def vocabulary_with(**computes):
    """The real vocabulary, with other functions behind some names (dots as two underscores)."""
    reply_table = VOCABULARIES["reply"]
    facts = dict(reply_table.facts)
    for name, compute in computes.items():
        dotted = name.replace("__", ".")
        facts[dotted] = replace(facts[dotted], compute=compute)
    return {**VOCABULARIES, "reply": replace(reply_table, facts=facts)}


def vocabulary_of(*facts: Fact, items=None):
    """A vocabulary of one's own for replies."""
    table = replace(
        VOCABULARIES["reply"],
        facts={fact.name: fact for fact in facts},
        items={"words": (), **(items or {})},
    )
    return {**VOCABULARIES, "reply": table}


def words(*found: str) -> tuple[Item, ...]:
    return tuple(Item(word, n, n + len(word), {}) for n, word in enumerate(found))
