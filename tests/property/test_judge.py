"""Any text gives a verdict, failures never pass, and the order of rules means nothing."""

import random
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.detect.folding import replace_surrogates
from bot.model import Outcome, Verdict
from bot.policy.judge import judge_message, judge_reply
from bot.policy.pack import Pack
from bot.policy.rule_trace import trace_message, trace_reply
from bot.policy.rulebook import compile_rulebook
from handlers.brandfiles.pack_files import load_packs
from tests.unit.policy.samples import message, reply, vocabulary_with

POLICIES = Path(__file__).parents[2] / "policies"
PACKS = ("transparency", "handoff", "privacy", "tone", "manners")

ANY_TEXT = st.text(st.characters(codec=None), max_size=400) | st.sampled_from(
    ["", " ", "\x00", "\ud800", "{{ 7*7 }}", "<script>", "1" * 400, "a@b.cd " * 50, "‮x"]
)


@cache
def shipped():
    return load_packs(POLICIES, PACKS)


@cache
def rulebook():
    return compile_rulebook(shipped())


@given(text=ANY_TEXT, asked=ANY_TEXT, secret=ANY_TEXT, locale=st.sampled_from(["en", "de"]))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_a_verdict(text, asked, secret, locale):
    subject = reply(text, asked=asked, private=[secret], locale=locale)
    for verdict in (judge_reply(rulebook(), subject), judge_message(rulebook(), message(text))):
        assert isinstance(verdict, Verdict)
        assert not any(f.error for f in verdict.findings), verdict.findings
        for finding in verdict.findings:
            assert finding.because


@given(text=ANY_TEXT)
@settings(max_examples=50, deadline=None)
def test_what_a_finding_points_at_stands_there(text):
    subject = reply(text)
    whole = replace_surrogates(subject.reply.text)
    for finding in judge_reply(rulebook(), subject).findings:
        assert whole[finding.start : finding.end] == finding.words


def always_looked_at():
    """Facts that a rule reads of every reply: about the whole of it, or as the list it goes by."""
    groups = rulebook().groups["reply"]
    whole = frozenset().union(*(group.needs for group in groups if not group.each))
    return sorted(whole | {group.each for group in groups if group.each})


def failing(see):
    raise KeyError("gone")


@given(st.data(), ANY_TEXT)
@settings(max_examples=30, deadline=None)
def test_a_fact_that_fails_never_passes(data, text):
    """Whichever fact of the shipped rules fails, the text goes to a person, and it says why."""
    name = data.draw(st.sampled_from(always_looked_at()))
    broken = compile_rulebook(shipped(), vocabulary_with(**{name.replace(".", "__"): failing}))
    verdict = judge_reply(broken, reply(text, locale="de"))  # German has rules of its own
    assert verdict.outcome in (Outcome.HOLD, Outcome.BLOCK)
    assert any(f.error and name in f.because for f in verdict.findings)


@given(st.randoms(use_true_random=False), ANY_TEXT)
@settings(max_examples=30, deadline=None)
def test_the_order_of_rules_means_nothing(shuffler: random.Random, text):
    packs = [Pack(p.name, tuple(shuffler.sample(p.rules, len(p.rules)))) for p in shipped()]
    shuffler.shuffle(packs)
    again = compile_rulebook(packs)
    assert judge_reply(again, reply(text)) == judge_reply(rulebook(), reply(text))
    assert judge_message(again, message(text)) == judge_message(rulebook(), message(text))


@given(text=ANY_TEXT, signals=st.lists(st.sampled_from(["legal", "anger", "buying"]), max_size=2))
@settings(max_examples=50, deadline=None)
def test_the_trace_says_what_the_verdict_says(text, signals):
    for verdict, trace in (
        (judge_reply(rulebook(), reply(text)), trace_reply(rulebook(), reply(text))),
        (
            judge_message(rulebook(), message(text, signals=signals)),
            trace_message(rulebook(), message(text, signals=signals)),
        ),
    ):
        told = {look.finding for t in trace.traces for look in t.looks if look.finding}
        said = {*verdict.findings, *verdict.shadow}
        assert said <= told
        assert {finding.rule for finding in said} == {finding.rule for finding in told}
        assert str(trace)


@given(text=ANY_TEXT.filter(bool))
@settings(max_examples=20, deadline=None)
def test_what_is_too_long_to_be_judged_is_not_sent(text):
    """64 KB of anything: a bounded amount of work, and nothing that a person could wave through."""
    much = (text * 65_536)[:65_536]
    said = judge_reply(rulebook(), reply(much))
    assert (said.outcome, said.findings[0].rule) == (Outcome.BLOCK, "aboveboard/too-long")
    assert judge_message(rulebook(), message(much)).outcome is Outcome.HANDOFF
