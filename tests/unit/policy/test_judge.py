"""Judging is exact about what it found, and fails closed about everything else."""

from dataclasses import replace

import pytest

from bot.model import Audience, Outcome
from bot.policy.facts.fact_types import Fact
from bot.policy.judge import judge_message, judge_reply
from tests.unit.policy.samples import (
    book,
    message,
    reply,
    rule,
    vocabulary_of,
    vocabulary_with,
    words,
)


def broken(see):
    raise RuntimeError("the moon is full")


def test_a_rule_that_holds_is_a_finding_with_its_words():
    asked = rule(
        each="reply.links",
        when="!it.own",
        then="block",
        title="Links",
        because="“{{ finding.words }}” leads to {{ it.host }} ({{ reply.locale }}).",
        instead="Leave out {{ it.words }}.",
        promise="sources-are-public",
        approvers=2,
    )
    verdict = judge_reply(book(asked), reply("Hi, see www.far.example now."))
    (finding,) = verdict.findings
    assert verdict.outcome is Outcome.BLOCK
    assert finding.because == "“www.far.example” leads to far.example (en)."
    assert finding.instead == "Leave out www.far.example."
    assert (finding.start, finding.end, finding.words) == (8, 23, "www.far.example")
    assert (finding.rule, finding.title, finding.promise) == (
        "mine/one",
        "Links",
        "sources-are-public",
    )
    assert verdict.approvers == 2
    assert verdict.rules == book(asked).hash


def test_places_are_places_in_the_whole_text():
    subject = reply("The very best ever.", greeting="Hello Jonas,")
    (finding,) = judge_reply(book(rule(find=("best ever",))), subject).findings
    assert subject.reply.text[finding.start : finding.end] == "best ever"


def test_the_worst_finding_decides():
    rules = [rule("a", then="note"), rule("b", then="block"), rule("c", then="hold")]
    verdict = judge_reply(book(*rules), reply())
    assert [f.rule for f in verdict.findings] == ["mine/b", "mine/c", "mine/a"]
    assert verdict.outcome is Outcome.BLOCK


def test_a_clean_text_passes():
    verdict = judge_reply(book(rule(when="reply.length > 100")), reply())
    assert (verdict.outcome, verdict.findings) == (Outcome.PASS, ())


def test_shadow_is_watched_and_changes_nothing():
    verdict = judge_reply(book(rule("a", "false"), rule("b", status="shadow")), reply())
    assert verdict.outcome is Outcome.PASS
    assert [f.rule for f in verdict.shadow] == ["mine/b"]


def test_an_error_in_shadow_changes_nothing_either():
    rules = (rule("a", "false"), rule("b", 'reply.facts[3] == ""', status="shadow"))
    verdict = judge_reply(book(*rules), reply())
    assert (verdict.outcome, verdict.shadow[0].error) == (Outcome.PASS, True)


def test_off_says_nothing():
    verdict = judge_reply(book(rule("a", "false"), rule("b", status="off")), reply())
    assert (verdict.findings, verdict.shadow) == ((), ())


@pytest.mark.parametrize(
    ("limit", "here", "speaks"),
    [
        ({"channels": ("web",)}, {"channel": "web"}, True),
        ({"channels": ("web",)}, {"channel": "slack"}, False),
        ({"modes": ("dialogic",)}, {"mode": "dialogic"}, True),
        ({"modes": ("dialogic",)}, {"mode": "one-way"}, False),
        ({"locales": ("de",)}, {"locale": "de"}, True),
        ({"locales": ("de",)}, {"locale": "en"}, False),
    ],
)
def test_a_rule_speaks_only_where_it_is_meant_to(limit, here, speaks):
    everywhere = rule("everywhere", "false")
    verdict = judge_reply(book(everywhere, rule(**limit)), reply(**here))
    assert (verdict.outcome is Outcome.HOLD) is speaks


@pytest.mark.parametrize("status", ["shadow", "off"])
def test_no_enforced_rule_for_the_channel_holds(status):
    for rules in ([], [rule(when="false", channels=("web",))], [rule(status=status)]):
        verdict = judge_reply(book(*rules), reply(channel="slack"))
        assert verdict.outcome is Outcome.HOLD
        assert verdict.findings[0].error
        assert "slack" in verdict.findings[0].because


def test_no_rule_on_messages_hands_over():
    verdict = judge_message(book(rule()), message())
    assert (verdict.outcome, verdict.findings[0].error) == (Outcome.HANDOFF, True)


@pytest.mark.parametrize("when", ["reply.length > 3", "reply.length > 3 || true"])
def test_a_fact_that_fails_holds_and_is_named(when):
    """Even where the expression could be answered without it."""
    rulebook = book(rule("a", when), vocabularies=vocabulary_with(reply__length=broken))
    (finding,) = judge_reply(rulebook, reply()).findings
    assert (finding.outcome, finding.error) == (Outcome.HOLD, True)
    assert "reply.length" in finding.because
    assert "the moon is full" in finding.because


def test_a_fact_that_fails_leaves_the_other_rules_their_say():
    rules = (rule("a", "reply.length > 3"), rule("b", then="block"), rule("c", "false"))
    rulebook = book(*rules, vocabularies=vocabulary_with(reply__length=broken))
    findings = judge_reply(rulebook, reply()).findings
    assert [(f.rule, f.error) for f in findings] == [("mine/b", False), ("mine/a", True)]


@pytest.mark.parametrize("value", [None, "7", 7.0, True, [7]])
def test_a_fact_of_another_type_than_declared_holds(value):
    rulebook = book(
        rule(when="reply.length > 3"),
        vocabularies=vocabulary_with(reply__length=lambda see: value),
    )
    assert judge_reply(rulebook, reply()).findings[0].error


def test_a_list_that_fails_holds():
    rulebook = book(
        rule(each="reply.links", when="false"), vocabularies=vocabulary_with(reply__links=broken)
    )
    assert judge_reply(rulebook, reply()).findings[0].error


def test_an_item_without_a_declared_field_holds():
    rulebook = book(
        rule(each="reply.links", when="false"),
        vocabularies=vocabulary_with(reply__links=lambda see: words("a")),
    )
    assert judge_reply(rulebook, reply()).findings[0].error


def test_a_list_too_long_to_judge_holds():
    many = Fact("a.list", "list(words)", "Many.", lambda see: words(*["x"] * 1000))
    rulebook = book(rule(each="a.list", when="false"), vocabularies=vocabulary_of(many))
    (finding,) = judge_reply(rulebook, reply()).findings
    assert (finding.error, "more than the 512" in finding.because) == (True, True)


def test_a_finder_that_stopped_before_the_end_is_no_proof():
    """256 of our own links, and then one of somebody else's."""
    mine = "https://brand.example/x " * 256
    rulebook = book(rule(each="reply.links", when="!it.own", then="block"))
    assert judge_reply(rulebook, reply(mine[:-24])).outcome is Outcome.PASS
    verdict = judge_reply(rulebook, reply(mine + "https://far.example/"))
    assert (verdict.outcome, verdict.findings[0].error) == (Outcome.HOLD, True)


def test_what_was_found_before_the_end_still_counts():
    rulebook = book(rule(each="reply.links", when="!it.own", then="block"))
    verdict = judge_reply(rulebook, reply("https://far.example/ " * 300))
    assert verdict.outcome is Outcome.BLOCK
    assert any(finding.error for finding in verdict.findings)


def test_a_rule_speaks_often_enough_and_sees_to_the_end():
    """Findings are capped; what is judged isn't: the one bad item may be the last."""
    items = words(*["ok"] * 200, "bad", *["bad"] * 200)
    many = Fact("a.list", "list(words)", "Many.", lambda see: items)
    rulebook = book(rule(each="a.list", when='it.words == "bad"'), vocabularies=vocabulary_of(many))
    findings = judge_reply(rulebook, reply()).findings
    assert len(findings) == 50
    assert findings[0].start == 200


def test_patterns_see_to_the_end():
    asked = replace(rule(find=(r"[a-z]+",)), when='it.words == "bad"')
    assert judge_reply(book(asked), reply("ok " * 150 + "bad")).outcome is Outcome.HOLD
    assert judge_reply(book(asked), reply("ok " * 900 + "bad")).outcome is Outcome.HOLD
    assert judge_reply(book(asked), reply("ok " * 150)).outcome is Outcome.PASS


def test_one_failing_rule_does_not_hide_the_others():
    """The fast path asks all at once, and one error spoils it: then each is asked by itself."""
    rules = (
        rule("bad", 'reply.facts[3] == "x"', then="note"),
        rule("good", then="block"),
        rule("quiet", "false"),
    )
    findings = judge_reply(book(*rules), reply()).findings
    assert [(f.rule, f.outcome, f.error) for f in findings] == [
        ("mine/good", Outcome.BLOCK, False),
        ("mine/bad", Outcome.HOLD, True),
    ]
    assert "index" in findings[1].because


def test_words_that_cannot_be_filled_hold():
    """A note whose reason breaks is no note any more."""
    rulebook = book(rule(then="note", because="{{ 7 / reply.length }}"))
    assert judge_reply(rulebook, reply("seven")).outcome is Outcome.NOTE
    verdict = judge_reply(rulebook, reply(""))
    assert (verdict.outcome, verdict.findings[0].error) == (Outcome.HOLD, True)


def test_a_comment_in_one_rule_does_not_swallow_the_next():
    rules = (rule("a", "false // never"), rule("b", "true // always"))
    assert [f.rule for f in judge_reply(book(*rules), reply()).findings] == ["mine/b"]


def test_only_the_facts_that_rules_mention_are_computed():
    vocabulary = vocabulary_with(reply__length=broken, reply__personal=broken)
    rulebook = book(rule(when='reply.locale == "de"'), vocabularies=vocabulary)
    assert judge_reply(rulebook, reply()).outcome is Outcome.PASS
    assert rulebook.mentioned_facts == {"reply.locale"}


def test_a_fact_is_computed_once():
    times = []

    def counted(see):
        times.append(1)
        return 3

    rules = (rule("a", "reply.length > 1"), rule("b", 'reply.length == 3 && reply.locale == "x"'))
    judge_reply(book(*rules, vocabularies=vocabulary_with(reply__length=counted)), reply())
    assert len(times) == 1


def test_customer_words_in_a_reason_are_data():
    asked = rule(find=("template.*",), because="Not “{{ finding.words }}”.")
    (finding,) = judge_reply(book(asked), reply("template {{ 7 * 7 }} {% raw %}")).findings
    assert finding.because == "Not “template {{ 7 * 7 }} {% raw %}”."


def test_long_words_are_cut_in_the_reason_only():
    asked = rule(find=("x+",), because="{{ finding.words }}")
    (finding,) = judge_reply(book(asked), reply("x" * 1000)).findings
    assert (len(finding.because), len(finding.words)) == (200, 1000)


def test_messages_are_judged_too():
    asked = rule(on="message", then="handoff", each="message.signals", when='it.kind == "legal"')
    assert judge_message(book(asked), message(signals=["legal"])).outcome is Outcome.HANDOFF
    assert judge_message(book(asked), message(signals=["thanks"])).outcome is Outcome.PASS


def test_lone_surrogates_and_nulls_are_text_like_any_other():
    asked = rule(find=("never",)), rule("b", 'reply.text.contains("never")')
    verdict = judge_reply(book(*asked), reply("a\ud800b\x00c"))
    assert verdict.outcome is Outcome.PASS


def test_nothing_hides_behind_a_null():
    """The expression engine ends a text at its first NUL; what stands behind it is judged too."""
    asked = rule("b", 'reply.text.contains("never")')
    assert judge_reply(book(asked), reply("hi\x00 you will never see")).outcome is Outcome.HOLD


def test_the_strictest_audience_is_assumed():
    asked = rule(when='channel.audience == "public" && !channel.private')
    assert reply().audience is Audience.PUBLIC
    assert judge_reply(book(asked), reply()).outcome is Outcome.HOLD
