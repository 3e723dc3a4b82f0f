"""What keeps a text that cannot be judged from passing, guard by guard; and every field said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.model import Outcome
from bot.policy.facts.fact_cache import Item
from bot.policy.facts.fact_types import Fact, Field
from bot.policy.judge import LONGEST, finding_without_rules, findings_on, judge_message, judge_reply
from tests.unit.policy.samples import (
    book,
    message,
    reply,
    rule,
    vocabulary_of,
    vocabulary_with,
    words,
)

QUIET = rule("quiet", "false")
LISTENING = rule("listens", "false", on="message", then="handoff")


@pytest.mark.parametrize(("length", "fits"), [(LONGEST, True), (LONGEST + 1, False)])
def test_a_reply_that_is_too_long_to_be_judged_is_blocked(length: int, fits: bool) -> None:
    """Nobody can send it, whatever it says."""
    base = reply("x")
    subject = reply("x" * (1 + length - len(base.reply.text)))
    assert len(subject.reply.text) == length
    verdict = judge_reply(book(QUIET), subject)
    if fits:
        assert verdict.findings == ()
        return
    (finding,) = verdict.findings
    assert (verdict.outcome, finding.rule, finding.title) == (
        Outcome.BLOCK,
        "aboveboard/too-long",
        "Too long",
    )
    assert (finding.instead, finding.error) == ("Shorten it.", True)
    assert str(length) in finding.because
    assert verdict.rules == book(QUIET).hash


def test_a_message_that_is_too_long_to_be_judged_a_person_reads() -> None:
    (finding,) = judge_message(book(LISTENING), message("x" * (LONGEST + 1))).findings
    assert (finding.outcome, finding.instead, finding.error) == (
        Outcome.HANDOFF,
        "Read it yourself.",
        True,
    )


@pytest.mark.parametrize(
    ("judge", "subject", "outcome"),
    [(judge_reply, reply(), Outcome.HOLD), (judge_message, message(), Outcome.HANDOFF)],
)
def test_whatever_breaks_gives_it_to_a_person(judge, subject, outcome) -> None:
    """A rule book without its patterns: no rule can be asked at all."""
    broken = replace(book(QUIET, LISTENING), pattern_sets={})
    verdict = judge(broken, subject)
    (finding,) = verdict.findings
    assert (verdict.outcome, finding.rule, finding.error) == (outcome, "aboveboard/judge", True)
    assert finding.title == "It could not be judged"
    assert "KeyError" in finding.because
    assert verdict.rules == broken.hash


@pytest.mark.parametrize(("channel", "where"), [("web", "the channel “web”"), ("", "this channel")])
def test_where_no_rule_is_in_force_it_says_where(channel: str, where: str) -> None:
    finding = finding_without_rules("reply", channel)
    assert where in finding.because
    assert (finding.rule, finding.error) == ("aboveboard/no-rules", True)


def test_a_rule_in_force_elsewhere_guards_nothing_here() -> None:
    verdict = judge_reply(book(rule(when="false", channels=("web",))), reply(channel="forum"))
    assert [f.rule for f in verdict.findings] == ["aboveboard/no-rules"]


# findings say everything


def test_a_finding_on_the_whole_points_nowhere() -> None:
    (finding,) = judge_reply(book(rule()), reply("Hello")).findings
    assert (finding.words, finding.start, finding.end, finding.entry) == ("", 0, 0, "")


def test_a_finding_on_an_item_points_to_it_and_names_its_entry() -> None:
    found = Item("b", 4, 9, {"entry": "k3v9"})
    said = Fact("a.list", "list(word)", "Some.", lambda see: (found,))
    known = vocabulary_of(said, items={"word": (Field("entry", "string", "Its entry."),)})
    asked = rule(each="a.list", when='it.words == "b"')
    (finding,) = judge_reply(book(asked, vocabularies=known), reply()).findings
    assert (finding.words, finding.start, finding.end, finding.entry) == ("b", 4, 9, "k3v9")


@pytest.mark.parametrize(
    ("on", "outcome", "then"),
    [("reply", Outcome.HOLD, "note"), ("message", Outcome.HANDOFF, "note")],
)
def test_a_rule_that_could_not_be_asked_says_which_and_keeps_its_demands(
    on: str, outcome: Outcome, then: str
) -> None:
    more = {"approvers": 2, "promise": "p"} if on == "reply" else {}
    fact = "reply.length" if on == "reply" else "message.length"
    asked = rule(when=f"7 / ({fact} - {fact}) > 1", on=on, then=then, title="Sevenths", **more)
    judged = judge_reply(book(asked), reply()) if on == "reply" else None
    verdict = judged or judge_message(book(asked), message())
    (finding,) = verdict.findings
    assert (finding.rule, finding.outcome, finding.error) == ("mine/one", outcome, True)
    assert (finding.words, finding.start, finding.end) == ("", 0, 0)
    assert "“Sevenths”" in finding.because
    assert finding.title == "Sevenths"
    assert finding.instead
    if on == "reply":
        assert (finding.approvers, finding.promise) == (2, "p")


def test_a_rule_without_a_title_is_named_by_its_id() -> None:
    asked = rule("odd", "7 / (reply.length - reply.length) > 1")
    (finding,) = judge_reply(book(asked), reply()).findings
    assert "“odd”" in finding.because


def test_a_rule_that_hands_over_and_could_not_be_asked_keeps_its_runbook() -> None:
    asked = rule(
        "odd",
        "7 / (message.length - message.length) > 1",
        on="message",
        then="handoff",
        runbook="fire",
    )
    (finding,) = judge_message(book(asked), message()).findings
    assert (finding.runbook, finding.error) == ("fire", True)


def test_what_could_not_be_asked_of_an_item_points_to_it() -> None:
    asked = rule(find=("b+",))
    asked = replace(asked, when="7 / (it.words.size() - 2) > 9")
    (finding,) = judge_reply(book(asked), reply("a bb a")).findings
    assert (finding.words, finding.error) == ("bb", True)
    assert reply("a bb a").reply.text[finding.start : finding.end] == "bb"


def test_words_that_break_on_an_item_hold_and_point_to_it() -> None:
    """Of a reply without a body, found in the line that says who speaks."""
    asked = rule(find=("software",), then="note", because="{{ 7 / reply.length }}")
    (finding,) = judge_reply(book(asked), reply("")).findings
    assert (finding.outcome, finding.error) == (Outcome.HOLD, True)
    assert finding.words == "software"
    assert reply("").reply.text[finding.start : finding.end] == "software"


# each is asked where it is meant, whichever way it is asked


@pytest.mark.parametrize("kind", ["whole", "each", "find"])
@pytest.mark.parametrize("breaks", [False, True])
def test_a_rule_meant_for_elsewhere_is_not_asked(kind: str, breaks: bool) -> None:
    """All at once, or one by one because another rule breaks that."""
    how = {
        "whole": {"when": "true"},
        "each": {"each": "reply.links", "when": "true"},
        "find": {"find": ("far",)},
    }[kind]
    here = rule("here", **how)
    there = rule("there", channels=("forum",), **how)
    odd = rule("odd", 'reply.facts[9] == ""', each=how.get("each", "")) if breaks else QUIET
    rules = (here, there, odd) if breaks else (here, there)
    found = judge_reply(book(*rules), reply("See https://far.example", channel="web")).findings
    assert {f.rule for f in found} == {"mine/here"} | ({"mine/odd"} if breaks else set())


def test_rules_all_meant_for_elsewhere_cost_no_fact() -> None:
    """What nobody asks is not computed, so it cannot fail either."""

    def broken(see):
        raise RuntimeError("It was asked.")

    away = rule("away", each="reply.links", when="true", channels=("forum",))
    rulebook = book(away, QUIET, vocabularies=vocabulary_with(reply__links=broken))
    assert judge_reply(rulebook, reply(channel="web")).findings == ()


def test_a_list_without_items_asks_no_fact_of_its_rules() -> None:
    """What would be asked of each item is not computed where there is none."""
    computed = []

    def counted(see):
        computed.append(1)
        return 3

    asked = rule(each="reply.links", when="reply.length > 1")
    rulebook = book(asked, vocabularies=vocabulary_with(reply__length=counted))
    assert judge_reply(rulebook, reply("No address.")).findings == ()
    assert computed == []


def test_after_an_item_that_breaks_the_others_are_judged() -> None:
    """One by one for the item that breaks it, and the next are asked again."""
    items = words("ab", "bad", "ab", "worse")
    some = Fact("a.list", "list(words)", "Some.", lambda see: items)
    asked = rule(each="a.list", when='10 / (it.words.size() - 3) < 0 || it.words == "worse"')
    found = judge_reply(book(asked, vocabularies=vocabulary_of(some)), reply()).findings
    assert [(f.words, f.error) for f in found] == [
        ("ab", False),
        ("bad", True),
        ("ab", False),
        ("worse", False),
    ]


def test_asked_alone_a_rule_speaks_often_enough_too() -> None:
    """The cap holds where the rules of a list are asked one by one."""
    items = words(*["bad"] * 60)
    some = Fact("a.list", "list(words)", "Some.", lambda see: items)
    rules = (
        rule("a", each="a.list", when='it.words == "bad"'),
        rule("b", each="a.list", when="7 / (it.words.size() - 3) > 1"),
    )
    found = judge_reply(book(*rules, vocabularies=vocabulary_of(some)), reply()).findings
    assert [f.rule for f in found].count("mine/a") == 50
    assert [f.rule for f in found].count("mine/b") == 50


def test_patterns_speak_often_enough() -> None:
    found = judge_reply(book(rule(find=("a",))), reply("a " * 60, envelope=None)).findings
    assert len(found) == 50


def test_patterns_that_cannot_be_asked_hold_under_the_name_of_the_rule() -> None:
    rulebook = book(rule(find=("a",)))
    broken = replace(rulebook, pattern_sets={**rulebook.pattern_sets, "reply": object()})
    (finding,) = judge_reply(broken, reply()).findings
    assert (finding.rule, finding.outcome, finding.error) == ("mine/one", Outcome.HOLD, True)
    assert "AttributeError" in finding.because


def test_the_same_finding_is_said_once_and_shadow_apart() -> None:
    rules = (rule("a", find=("x",)), rule("b", find=("x",), status="shadow"))
    enforced, shadow = findings_on(book(*rules), "reply", reply("x"))
    assert ([f.rule for f in enforced], [f.rule for f in shadow]) == (["mine/a"], ["mine/b"])
