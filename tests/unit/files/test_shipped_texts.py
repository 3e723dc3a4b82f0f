"""What the shipped brand says passes its own rules: every reply, and every notice."""

from __future__ import annotations

import pytest

from bot.drafting.compose import compose_draft
from bot.drafting.envelope import build_notice_reply, build_reply
from bot.model import Audience, Origin, Outcome, Place, Reply, Verdict
from bot.model.errors import BrandError
from bot.policy.judge import judge_reply
from bot.policy.rulebook import Rulebook, compile_rulebook
from bot.policy.subject import BrandFacts, ReplySubject
from handlers.brandfiles.brand_folder import LoadedBrand, load
from handlers.brandfiles.pack_files import read_pack
from handlers.brandfiles.template_files import REASONS
from tests.unit.files.test_brand import ROOT, TODAY

DUE = {
    "en": ["today 17:00", "tomorrow 09:30 (Berlin time)", "28 December 11:05 (Berlin time)"],
    "de": ["heute 17:00 Uhr", "morgen 09:30 Uhr (Berliner Zeit)", "28. Dezember 11:05 Uhr"],
}


@pytest.fixture(scope="module")
def shipped() -> LoadedBrand:
    return load(ROOT, TODAY)


@pytest.fixture(scope="module")
def rulebook(shipped: LoadedBrand) -> Rulebook:
    problems: list[BrandError] = []
    packs = [
        read_pack(ROOT / "policies" / p, f"policies/{p}", problems) for p in shipped.brand.packs
    ]
    assert problems == []
    return compile_rulebook([pack for pack in packs if pack is not None])


def judged(reply: Reply, shipped: LoadedBrand, rulebook: Rulebook, asked: str = "") -> Verdict:
    subject = ReplySubject(
        reply=reply,
        channel="slack-community",
        mode="collaborative",
        audience=Audience.PUBLIC,
        asked=asked,
        today=TODAY,
        published=shipped.published,
        brand=BrandFacts.of_brand(shipped.brand),
    )
    return judge_reply(rulebook, subject)


@pytest.mark.parametrize("locale", ["en", "de"])
def test_every_reply_passes_whatever_was_asked(
    locale: str, shipped: LoadedBrand, rulebook: Rulebook
) -> None:
    for intent in shipped.intents.values():
        if intent.reply != "draft":
            continue
        templates, brand = shipped.templates, shipped.brand
        draft = compose_draft(intent.id, locale, shipped.published, templates, brand, TODAY)
        reply = build_reply(
            draft.body,
            Origin.SOFTWARE,
            draft.locale,
            brand=brand,
            published=shipped.published,
            place=Place("slack-community"),
            answers=(),
            entry="e1",
            intent=intent.id,
            facts=draft.facts,
        )
        for asked in intent.examples[locale][::6]:
            verdict = judged(reply, shipped, rulebook, asked)
            said = [(finding.rule, finding.words) for finding in verdict.findings]
            assert verdict.outcome in (Outcome.PASS, Outcome.NOTE), (intent.id, asked, said)


@pytest.mark.parametrize("locale", ["en", "de"])
@pytest.mark.parametrize("reason", REASONS)
def test_every_notice_passes_whenever_it_is_due(
    reason: str, locale: str, shipped: LoadedBrand, rulebook: Rulebook
) -> None:
    for due in DUE[locale]:
        reply = build_notice_reply(
            reason,
            locale,
            brand=shipped.brand,
            templates=shipped.templates,
            place=Place("slack-community"),
            answers=(),
            entry="e1",
            due=due,
        )
        verdict = judged(reply, shipped, rulebook)
        assert verdict.outcome is Outcome.PASS, [(f.rule, f.words) for f in verdict.findings]


def test_boots_bought_three_weeks_ago_meet_the_published_rule(shipped: LoadedBrand) -> None:
    draft = compose_draft(
        "return-item", "en", shipped.published, shipped.templates, shipped.brand, TODAY
    )
    assert draft.body.startswith("You can return unworn items within 60 days of delivery.")
    assert draft.facts[0] == "returns.window"


@pytest.mark.parametrize("locale", ["en", "de"])
def test_every_word_on_objecting_passes(
    locale: str, shipped: LoadedBrand, rulebook: Rulebook
) -> None:
    books = [book for book in shipped.runbooks.values() if book.appeal]
    assert books
    for book in books:
        reply = build_notice_reply(
            "measure-taken",
            locale,
            brand=shipped.brand,
            templates=shipped.templates,
            place=Place("slack-community"),
            answers=(),
            entry="e1",
            appeal=book.appeal[locale],
        )
        verdict = judged(reply, shipped, rulebook)
        assert book.appeal[locale] in reply.body
        assert verdict.outcome is Outcome.PASS, [(f.rule, f.words) for f in verdict.findings]
