"""The shipped packs: every rule is proven by its cases, and no condition in them is idle."""

import json
from functools import cache
from pathlib import Path

import msgspec
import pytest

from bot.model import Outcome
from bot.policy.reference import build_pack_schema, write_vocabulary_page
from bot.policy.rule_cases import run_cases
from bot.policy.rulebook import compile_rulebook
from handlers.brandfiles.documents.reference_page import PAGES
from handlers.brandfiles.pack_files import RuleShape, load_packs, slow_patterns

POLICIES = Path(__file__).parents[3] / "policies"
PACKS = ("transparency", "handoff", "privacy", "tone", "manners")


@cache
def packs():
    return load_packs(POLICIES, PACKS)


@cache
def report():
    return run_cases(compile_rulebook(packs()), packs())


@pytest.mark.slow
@pytest.mark.parametrize("name", PACKS)
def test_all_cases_come_out_as_written(name):
    failures = [line for line in report().failure_lines if f"/{name}/" in line]
    assert not failures, "\n".join(failures)


def test_every_condition_of_a_rule_is_decided_by_some_case():
    idle = {cover.rule.full_id: cover.undecided for cover in report().coverage if cover.undecided}
    assert not idle


def test_every_rule_has_cases_in_both_languages():
    """All but those that are for one language only."""
    limited = {rule.id for pack in packs() for rule in pack.rules if rule.locales}
    spoken = {"en": set(), "de": set()}
    for result in report().results:
        if result.case.catches and result.case.rule not in limited:
            spoken[str(result.case.case_input.get("locale", "en"))].add(result.case.rule)
    assert spoken["en"] == spoken["de"]


def test_every_rule_says_why_and_the_way_out():
    for pack in packs():
        for rule in pack.rules:
            assert rule.title and rule.because and rule.instead, rule.full_id


def test_hints_never_block():
    """A word list also alarms on the harmless: in the tone pack nothing blocks."""
    tone = next(pack for pack in packs() if pack.name == "tone")
    assert {rule.then for rule in tone.rules} <= {"note", "hold"}


def test_their_patterns_are_quick():
    assert slow_patterns(compile_rulebook(packs())) == []


def test_messages_only_ever_go_to_people():
    handoff = next(pack for pack in packs() if pack.name == "handoff")
    assert {rule.on for rule in handoff.rules} == {"message"}
    assert {Outcome(rule.then) for rule in handoff.rules} == {Outcome.NOTE, Outcome.HANDOFF}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_pages_made_from_the_vocabulary_are_up_to_date(name):
    """If this fails: python -m handlers.brandfiles.documents.reference_page"""
    assert (POLICIES / name).read_text(encoding="utf-8") == PAGES[name]()


def test_the_page_names_every_fact():
    page = write_vocabulary_page()
    for pack in compile_rulebook(packs()).vocabularies.values():
        for name in pack.facts:
            assert f"| `{name}` |" in page


def test_the_schema_knows_the_keys_that_the_reader_knows():
    known = json.loads(build_pack_schema())["properties"]["rules"]["items"]["properties"]
    assert set(known) == {field.encode_name for field in msgspec.structs.fields(RuleShape)}


def test_each_can_go_through_what_the_schema_lists():
    known = json.loads(build_pack_schema())["properties"]["rules"]["items"]["properties"]
    used = {rule.each for pack in packs() for rule in pack.rules if rule.each}
    assert used <= set(known["each"]["enum"])
