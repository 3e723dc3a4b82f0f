"""Cases prove rules: what comes out otherwise is named with its line, and so is what is missing."""

import pytest

from bot.policy.case_input import CASE_KEYS, CaseInputError, read_message_case, read_reply_case
from bot.policy.pack import Pack, RuleCase
from bot.policy.rule_cases import run_cases
from bot.policy.rulebook import compile_rulebook
from tests.unit.policy.samples import rule

LONG = rule("long", "reply.length > 10", because="It has {{ reply.length }} characters.")


def run(*cases: RuleCase, rules=(LONG,)):
    packs = [Pack("mine", rules, cases)]
    return run_cases(compile_rulebook(packs), packs)


def case(text: str, catches: bool, id: str = "long", words: str = "", **given) -> RuleCase:
    return RuleCase(id, catches, {"text": text, **given}, words, "mine/cases.yaml", 7)


CAUGHT, PASSED = case("x" * 20, True), case("x", False)


def test_all_as_written():
    report = run(CAUGHT, PASSED)
    assert report.is_ok
    assert "1 rules, 2 cases: all as written." in str(report)


def test_a_case_that_comes_out_otherwise_is_named():
    report = run(CAUGHT, PASSED, case("y" * 30, False), case("y", True))
    assert report.failure_lines == (
        "mine/cases.yaml:7: long: it should pass, but: It has 30 characters.",
        "mine/cases.yaml:7: long: it should be caught, but nothing was found.",
    )


def test_a_finding_must_point_at_the_words():
    finder = rule("find", find=("best ever",))
    cases = case("The Best Ever", True, "find", "best"), case("x", False, "find")
    (failure,) = run(*cases, rules=(finder,)).failure_lines
    assert "it should point at “best”, but points at “Best Ever”" in failure


@pytest.mark.parametrize(("cases", "lacks"), [((CAUGHT,), "passes"), ((PASSED,), "catches")])
def test_a_rule_without_both_kinds_of_case_is_not_proven(cases, lacks):
    (failure,) = run(*cases).failure_lines
    assert f"none that it {lacks}" in failure or f"no case that it {lacks}" in failure


def test_a_rule_that_fails_on_a_case_has_not_let_it_pass():
    broken = rule("long", 'reply.facts[3] == ""')
    assert not run(CAUGHT, PASSED, rules=(broken,)).is_ok


def test_a_rule_that_fails_on_a_case_has_not_caught_it():
    broken = rule("long", 'reply.length > 10 && reply.facts[3] == ""')
    (failure,) = run(CAUGHT, PASSED, rules=(broken,)).failure_lines
    assert "could not be asked" in failure


def test_a_case_that_describes_nothing_is_a_failure():
    (failure,) = run(CAUGHT, PASSED, case("x", False, audience="everybody")).failure_lines
    assert "describes no reply" in failure


def test_a_rule_that_is_limited_is_tried_where_it_is_meant_for():
    limited = rule("long", "reply.length > 10", channels=("web",), modes=("dialogic",))
    assert run(CAUGHT, PASSED, rules=(limited,)).is_ok


def test_other_rules_dont_count_in_a_case():
    assert run(CAUGHT, PASSED, rules=(LONG, rule("all", "true", status="off"))).is_ok


def test_shadow_rules_are_proven_too():
    shadow = rule("long", "reply.length > 10", status="shadow")
    assert run(CAUGHT, PASSED, rules=(shadow,)).is_ok
    assert not run(CAUGHT, case("x" * 30, False), rules=(shadow,)).is_ok


def test_a_condition_that_no_case_decides_is_named():
    idle = rule("long", 'reply.length > 10 && reply.locale != "fr"')
    (cover,) = run(CAUGHT, PASSED, rules=(idle,)).coverage
    assert cover.undecided == ("condition 2 of 2: it is never false",)


def test_every_key_of_a_case_is_read():
    """With each key the subject differs from the one without it, or the key is for the other."""
    samples = {
        "text": "x",
        "channel": "web",
        "mode": "dialogic",
        "audience": "private",
        "locale": "de",
        "asked": "What?",
        "language": "de",
        "signals": ["legal"],
        "intent": "return",
        "unclear": "gibberish",
        "private": ["secret"],
        "addressed": False,
        "chosen": True,
        "first_contact": True,
        "corrects": True,
        "unanswered": 3,
        "repeated": 2,
        "echoes": 5,
        "returning": True,
        "sent_lately": 3,
        "budget": 5,
        "origin": "person",
        "facts": ["a.b"],
        "published": {"a.b": "Text."},
        "today": "2027-01-01",
        "brand": "Peak",
        "hosts": ["peak.example"],
        "advocates": ["Sam"],
        "internal": {"words": ["margin"]},
        "fallback": {"nl": "en"},
        "greeting": "Hello,",
        "speaker": "Nobody",
        "sources": False,
        "culture": {"longest": 5},
        "purpose": "marketing",
        "labelled": True,
        "earlier": [{"text": "You have 30 days.", "said_on": "2026-01-01"}],
    }
    assert set(samples) == set(CASE_KEYS)
    base = {"text": "Hello", "facts": ["a.c"], "published": {"a.c": "Other."}}
    for key, value in samples.items():
        changed = {**base, key: value}
        assert (read_reply_case(changed), read_message_case(changed)) != (
            read_reply_case(base),
            read_message_case(base),
        ), key


@pytest.mark.parametrize("build", [read_reply_case, read_message_case])
def test_without_a_text_there_is_nothing_to_judge(build):
    with pytest.raises(CaseInputError):
        build({})
