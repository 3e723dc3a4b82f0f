"""The transparency test, whole: would we say this in front of every customer we have?

Real files, rules and steps; what was understood of an ask is given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from functools import cache

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.brand.published import PublishedFacts
from bot.cards.reason_words import say_reason
from bot.detect.commitments.extraction import commitment_essence, extract_commitments
from bot.engagement.judging import judge_candidate, own_reply
from bot.knowledge import Knowledge, Past
from bot.model import Author, Engagement, Outcome, PublishedFact, Reading, State, Verdict
from bot.model import events as e
from bot.model.proposal import NO_PROPOSAL
from bot.policy.subject import MessageSubject, PastStatement, ReplySubject
from handlers.service.simulation.dry_run import follow_through, open_ask
from tests.shop import NOW, knowledge

LOCALES = ("en", "de")
TODAY = NOW.date()
HELD = (Outcome.HOLD, Outcome.BLOCK)
DIGITS = re2.compile(r"[0-9]+")


def asked(
    intent: str,
    locale: str = "en",
    text: str = "?",
    *,
    known: Knowledge | None = None,
    channel: str = "web",
    author: Author | None = None,
    addressed: bool = True,
) -> Engagement:
    """An ask that was understood, up to where it waits for somebody."""
    known = known or knowledge()
    begun = open_ask(text, known, NOW, channel, author or Author("c", "Jonas"), mention=True)
    reading = Reading(intent, 1.0, None, locale, addressed, True)
    return follow_through(begun, e.Understood(NOW, reading), known, NOW)


def edited(before: Engagement, body: str, known: Knowledge | None = None) -> Verdict:
    """What is said of a person's own words, in place of the draft."""
    known = known or knowledge()
    return judge_candidate(before, own_reply(before, body, known), known, NOW)


@cache
def drafts() -> dict[tuple[str, str], Engagement]:
    """The reply to every intent that is drafted, in every language."""
    known = knowledge()
    intents = [intent.id for intent in known.intents.values() if intent.reply == "draft"]
    return {(intent, locale): asked(intent, locale) for intent in intents for locale in LOCALES}


def changed(text: str) -> Iterator[str]:
    """The text with one of its figures another, for each of them."""
    for found in DIGITS.finditer(text):
        other = str(int(found.group()) + 7).zfill(len(found.group()))
        yield text[: found.start()] + other + text[found.end() :]


def rules_of(verdict: Verdict | None) -> set[str]:
    assert verdict is not None
    return {finding.rule.rpartition("/")[2] for finding in verdict.findings}


# backed


def test_a_figure_changed_in_any_reply_is_caught() -> None:
    count = 0
    for (intent, locale), before in drafts().items():
        assert before.proposal.candidate is not None
        for body in changed(before.proposal.candidate.body):
            count += 1
            verdict = edited(before, body)
            assert verdict.outcome in HELD, (intent, locale, body)
    assert count > 80


def test_a_figure_changed_in_any_published_fact_is_caught() -> None:
    """Whatever is quoted from the published list with another figure, in a person's own words."""
    for fact in knowledge().published.facts:
        for locale in LOCALES:
            before = replace(asked("return-item", locale), proposal=NO_PROPOSAL)
            for body in changed(fact.text[locale]):
                assert edited(before, body).outcome in HELD, (fact.id, body)


def test_what_is_published_passes_as_it_stands() -> None:
    for before in drafts().values():
        assert before.state is State.WAITING, before.handling.why
        assert before.proposal.verdict is not None
        assert before.proposal.verdict.outcome in (Outcome.PASS, Outcome.NOTE)


@pytest.mark.parametrize(
    ("locale", "body"),
    [
        ("en", "We have 30 stores. Here is 30% off."),
        ("en", "We will refund you today."),
        ("en", "As an exception, we waive the fee for you."),
        ("de", "Wir erlassen Ihnen die Gebühr."),
        ("de", "Sie erhalten einen Gutschein über 20 Euro."),
    ],
)
def test_a_private_deal_is_not_made(locale: str, body: str) -> None:
    assert edited(asked("return-item", locale), body).outcome in HELD


# current


def with_fact(id: str, **changes: object) -> Knowledge:
    """What is known, with one published fact otherwise."""
    known = knowledge()

    def other(fact: PublishedFact) -> PublishedFact:
        return replace(fact, **changes) if fact.id == id else fact  # type: ignore[arg-type]

    return replace(known, published=PublishedFacts(map(other, known.published.facts)))


def test_an_expired_fact_drafts_nothing_and_backs_nothing() -> None:
    past = with_fact("returns.window", review_by=TODAY - timedelta(days=1))
    undrafted = asked("return-item", known=past)
    assert (undrafted.state, undrafted.proposal.candidate) == (State.PERSON, None)
    assert undrafted.handling.why is not None
    assert "returns.window" in undrafted.handling.why.about["detail"]
    verdict = edited(undrafted, knowledge().published.get("returns.window").text["en"], past)
    assert verdict.outcome is Outcome.BLOCK
    assert rules_of(verdict) & {"expired-promise", "expired-fact"}


def test_a_fact_that_is_due_soon_is_a_note() -> None:
    soon = with_fact("returns.window", review_by=TODAY + timedelta(days=5))
    verdict = asked("return-item", known=soon).proposal.verdict
    assert verdict is not None and verdict.outcome is Outcome.NOTE
    assert "review-soon" in rules_of(verdict)


# the same for everyone


def test_a_reply_states_the_whole_rule_of_whatever_it_cites() -> None:
    """Tiers too: who hears of 5% for 10 items hears of 12% for 30."""
    for (intent, locale), reply in drafts().items():
        assert reply.proposal.candidate is not None
        said = {
            commitment_essence(one)
            for one in extract_commitments(reply.proposal.candidate.body, locale, TODAY)
        }
        for id in reply.proposal.candidate.facts:
            fact = knowledge().published.get(id)
            assert fact is not None
            whole = {
                commitment_essence(one)
                for one in extract_commitments(fact.text[locale], locale, TODAY)
            }
            assert whole <= said, (intent, locale, id)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_tier_of_a_discount_is_said(locale: str) -> None:
    reply = drafts()["discount", locale].proposal.candidate
    assert reply is not None
    for figure in ("5", "10", "12", "30"):
        assert figure in DIGITS.findall(reply.body)


SAYINGS = (
    "You can return unworn items within 60 days of delivery.",
    "Here is 30% off, just for you.",
    "Hurry, only 3 left!",
    "We ship to Norway in 2 days.",
)


@pytest.mark.parametrize("body", SAYINGS)
def test_the_same_words_get_the_same_verdict_on_every_channel(body: str) -> None:
    found = []
    for channel in knowledge().brand.channels:
        verdict = edited(asked("return-item", channel=channel), body)
        found.append([(f.rule, f.outcome, f.because, f.words) for f in verdict.findings])
    assert len(found) >= 3
    assert all(one == found[0] for one in found)


@pytest.mark.parametrize("body", SAYINGS)
def test_who_asks_is_no_reason(body: str) -> None:
    """Not their name, and not what they say of themselves: followers, spending, the press."""
    plain = edited(asked("return-item", text="How long may I send boots back?"), body)
    for name, words in (
        ("mountain.mia", "I have 200k followers. How long may I send boots back?"),
        ("Dr. von Berg", "I spend 9,000 a year with you. How long may I send boots back?"),
        ("", "I have 3 followers. How long may I send boots back?"),
    ):
        before = asked("return-item", text=words, author=Author(name or "x", name))
        assert edited(before, body).findings == plain.findings


def test_there_is_no_place_for_what_somebody_is_worth() -> None:
    """What a rule can look at: none of it is a customer's reach, size or spending."""
    assert {field.name for field in fields(Author)} == {"id", "name", "kind"}
    for subject in (ReplySubject, MessageSubject):
        assert not {"author", "customer", "followers", "spend"} & {f.name for f in fields(subject)}


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec=None), max_size=200), st.text(max_size=40))
def test_whatever_a_customer_writes_the_draft_is_the_same(text: str, name: str) -> None:
    """Byte for byte, or a person has it: no instruction in a message changes a reply."""
    usual = drafts()["return-item", "en"].proposal.candidate
    after = asked("return-item", text=text or "?", author=Author("c", name))
    assert usual is not None
    if after.proposal.candidate is not None:
        assert (after.proposal.candidate.body, after.proposal.candidate.facts) == (
            usual.body,
            usual.facts,
        )
        assert after.proposal.candidate.envelope.speaker == usual.envelope.speaker
    else:
        assert after.state in (State.PERSON, State.CLOSED)


# consistent


def test_a_contradiction_shows_both_texts_the_day_and_the_way_out() -> None:
    told = "You can return items within 30 days."
    (said, *_) = (one for one in extract_commitments(told, "en", TODAY) if one.value == "30")
    earlier = PastStatement(replace(said, topic="returns"), told, date(2026, 3, 5))
    known = replace(knowledge(), past=Past(earlier=(earlier,)))
    verdict = asked("return-item", known=known).proposal.verdict
    assert verdict is not None and verdict.outcome is Outcome.HOLD
    finding = next(f for f in verdict.findings if f.rule.endswith("says-otherwise-than-before"))
    for words in ("60 days", "30 days", "2026-03-05", told):
        assert words in finding.because
    assert "publish" in finding.instead and "correct" in finding.instead


# says who speaks


@pytest.mark.parametrize("locale", LOCALES)
def test_are_you_a_bot_is_answered_truthfully_and_first(locale: str) -> None:
    question = {"en": "Are you a real human being?", "de": "Bist du ein echter Mensch?"}[locale]
    answer = asked("are-you-a-bot", locale, question)
    assert answer.state is State.WAITING, answer.handling.why
    assert answer.proposal.candidate is not None
    first = answer.proposal.candidate.body.split(".")[0]
    assert "oftware" in first
    evasive = {"en": "Good question! How can we help?", "de": "Gute Frage! Was können wir tun?"}
    assert answer.proposal.draft is not None
    draft = replace(answer.proposal.draft, body=evasive[locale])
    again = follow_through(
        replace(answer, state=State.UNDERSTOOD),
        e.Drafted(NOW, draft),
        knowledge(),
        NOW,
    )
    assert "are-you-a-bot" in rules_of(again.proposal.verdict)


@pytest.mark.parametrize(
    "body", ["I am a real person.", "Ich bin ein echter Mensch.", "I'm not a bot."]
)
def test_an_edited_draft_never_says_that_no_software_was_there(body: str) -> None:
    assert "claims-to-be-human" in rules_of(edited(asked("return-item"), body))


# invited


@pytest.mark.parametrize("channel", ["slack-community", "web"])
def test_what_is_overheard_is_not_answered_and_could_not_be(channel: str) -> None:
    heard = asked("return-item", channel=channel, addressed=False)
    assert (heard.state, heard.proposal.candidate) == (State.OVERHEARD, None)
    verdict = edited(heard, "You can return unworn items within 60 days of delivery.")
    assert verdict.outcome is Outcome.BLOCK
    assert "not-invited" in rules_of(verdict)
    entered = edited(replace(heard, chosen=True), "Hello, may we help?")
    assert "not-invited" not in rules_of(entered)


def test_where_we_only_announce_nothing_is_drafted() -> None:
    known = knowledge()
    profile = known.brand.channels["web"]
    quiet = replace(profile, mode=known.brand.modes["one-way"])
    brand = replace(known.brand, channels={**known.brand.channels, "web": quiet})
    announced = asked("return-item", known=replace(known, brand=brand))
    assert (announced.state, announced.proposal.candidate) == (State.PERSON, None)
    why = say_reason(announced.handling.why, announced, replace(known, brand=brand))
    assert "not monitored" in why


# nobody's secrets, nothing internal


def test_what_a_customer_wrote_does_not_surface_where_others_read() -> None:
    text = "My order TH-4711-B82 to Lindenallee 17, 72070 Tübingen: can I send it back?"
    before = asked("return-item", text=text, channel="slack-community")
    for body in ("About T H - 4 7 1 1 - B 8 2: yes.", "We collect it in LINDENALLEE 17."):
        assert edited(before, body).outcome in HELD
    assert before.state is State.WAITING, before.handling.why


def test_nothing_internal_is_said() -> None:
    internal = knowledge().brand.internal
    for words in (*internal.words, *internal.staff, *internal.hosts[:1], "OPS-4711"):
        assert edited(asked("return-item"), f"We asked {words} about it.").outcome in HELD, words


# total


@pytest.mark.parametrize(
    "piece", ["(", "we refund 5 dollars if ", "a@b.cd ", "\ud800", "{{x}}", "‮<"]
)
def test_64_kb_of_anything_gets_a_verdict_and_a_person(piece: str) -> None:
    much = (piece * 65_536)[:65_536]
    ask = asked("return-item", text=much)
    assert (ask.state, ask.proposal.candidate) == (State.PERSON, None)
    assert edited(asked("return-item"), much).outcome is Outcome.BLOCK
