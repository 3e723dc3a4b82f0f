"""Rules over time: what the brand says changes, and whatever waits follows it.

The rows of the checklist that these tests stand for are in ROWS.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from click.testing import CliRunner

from bot.cards.decisions import Action
from bot.engagement.judging import judge_candidate, own_reply, propose
from bot.evaluation.replay import RuleReplay
from bot.model import Audience, Author, Engagement, Reading, Reply, State
from bot.model import events as e
from bot.policy.pack import Pack, Rule
from bot.policy.rulebook import compile_rulebook
from bot.policy.subject import MessageSubject, ReplySubject
from bot.policy.vocabulary import VOCABULARIES
from bot.record.entry import Entry, EntryKind
from handlers.brandfiles.loading import load_knowledge
from handlers.cli import main
from handlers.ports.store_port import Transaction
from handlers.public.entry_lines import line
from handlers.service.queries.mode_share import list_mode_shares
from handlers.service.record import recorded_entries as shelf
from handlers.service.record.record_verify import verify
from handlers.service.record.rules_in_force import LAST, TABLE
from handlers.service.simulation.dry_run import follow_through, open_ask
from handlers.service.simulation.replay_decisions import with_packs
from handlers.store import repository
from tests.fakes.clock import VirtualClock
from tests.scenario.conftest import Shop, open_shop
from tests.shop import ADA, NOW, ROOT, knowledge

ROWS: Mapping[int, tuple[str, ...]] = {
    4: ("test_a_rule_for_a_mode_speaks_on_every_channel_that_is_used_so",),
    10: (
        "test_answers_are_counted_by_mode_beside_their_targets",
        "test_nobody_has_to_have_answered_for_the_mix_to_be_told",
    ),
    12: (
        "test_a_new_mode_needs_no_code_and_old_entries_keep_theirs",
        "test_another_meaning_of_a_mode_is_told_with_its_reason",
        "test_a_store_of_before_modes_were_looked_at_tells_nothing_of_them",
    ),
    23: ("test_the_same_words_are_judged_alike_wherever_they_are_said",),
    25: (
        "test_a_channels_profile_is_held_against_what_is_said_there",
        "test_people_are_addressed_as_is_the_custom_there",
        "test_a_profile_is_a_named_persons",
    ),
    26: ("test_past_its_review_every_reply_there_is_held_until_somebody_looks",),
    33: (
        "test_a_marketing_reply_says_so_first_in_the_customers_language",
        "test_selling_that_does_not_say_so_cannot_be_sent",
    ),
    49: ("test_what_somebody_counts_for_changes_no_decision",),
    64: (
        "test_a_waiting_card_shows_the_new_figure",
        "test_a_draft_whose_fact_has_run_out_is_held_for_a_person",
        "test_what_runs_out_with_the_day_is_held_without_any_change_of_a_file",
    ),
    66: (
        "test_candidate_rules_are_tried_on_what_was_decided",
        "test_rules_that_never_spoke_are_named",
        "test_a_replay_says_what_judging_says",
    ),
    82: (
        "test_a_change_says_what_changed_and_why",
        "test_a_fact_is_announced_before_it_holds_and_begins_by_itself",
        "test_a_rule_is_announced_watched_and_then_judges_by_itself",
        "test_a_change_without_a_reason_is_noted_until_somebody_says_why",
    ),
}

BOOTS = "Can I still return boots I bought three weeks ago?"
OLD = "You can return unworn items within 60 days of delivery."
RETURNS = "policies/published/returns.yaml"


def test_every_row_names_tests_that_exist() -> None:
    missing = {name for names in ROWS.values() for name in names} - set(globals())
    assert not missing


class Files:
    """A copy of the shipped brand, to change."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copy(ROOT / "config.yaml", root)
        for part in ("policies", "templates"):
            shutil.copytree(ROOT / part, root / part)
        (root / "var").mkdir()
        (root / "var" / "models").symlink_to(ROOT / "var" / "models")

    def change(self, file: str, old: str, new: str) -> None:
        text = (self.root / file).read_text()
        assert old in text
        (self.root / file).write_text(text.replace(old, new))

    def shorten(self, file: str = RETURNS) -> None:
        """Sixty days become forty-five."""
        for old, new in (("60 days", "45 days"), ("60 Tage", "45 Tage")):
            self.change(file, old=old, new=new)
        self.change(file, old="as_of: 2026-10-01", new="as_of: 2026-11-23")


@pytest.fixture
def files(tmp_path: Path) -> Files:
    root = tmp_path / "brand"
    root.mkdir()
    return Files(root)


async def taken_over(shop: Shop) -> None:
    """The server looks at its files, and everything that follows has happened."""
    await shop.app.watch.look()
    await shop.app.service.quiet()


# what waits follows a change


async def test_a_waiting_card_shows_the_new_figure(tmp_path: Path, files: Files) -> None:
    async with open_shop(tmp_path, root=files.root) as shop:
        await shop.write(BOOTS)
        await shop.write("Wann habt ihr geöffnet?", who="Ines")
        before, other = shop.card(), shop.card("Ines")
        files.shorten()
        await taken_over(shop)
        card = shop.card()
        assert "45 days" in card.body
        assert "60 days" not in card.body
        assert card.state is State.WAITING
        stale = await shop.decide(e.Approved(shop.clock.now(), ADA, before.digest))
        assert not stale.done
        assert shop.card("Ines").version == other.version  # what doesn't differ isn't touched
        assert (await shop.approve()).done


async def test_a_draft_whose_fact_has_run_out_is_held_for_a_person(
    tmp_path: Path, files: Files
) -> None:
    async with open_shop(tmp_path, root=files.root) as shop:
        await shop.write(BOOTS)
        files.change(RETURNS, old="review_by: 2028-03-31", new="review_by: 2026-11-20")
        await taken_over(shop)
        card = shop.card()
        assert card.state is State.PERSON
        assert "needs a review" in card.why
        assert Action.APPROVE not in card.actions
        [said] = shop.said()
        assert "A person" in said.text


async def test_an_approval_in_its_undo_window_is_taken_back_when_the_figure_changes(
    tmp_path: Path, files: Files
) -> None:
    async with open_shop(tmp_path, root=files.root) as shop:
        await shop.write(BOOTS)
        await shop.approve()
        files.shorten()
        await taken_over(shop)
        card = shop.card()
        assert card.state is State.WAITING
        assert "45 days" in card.body
        assert "The rules now say" in card.why
        await shop.wait(60)
        assert shop.said() == []


async def test_an_approval_stands_when_the_change_has_nothing_against_it(
    tmp_path: Path, files: Files
) -> None:
    async with open_shop(tmp_path, root=files.root) as shop:
        await shop.write(BOOTS)
        await shop.approve()
        files.change(
            "policies/published/sizing.yaml", old="as_of: 2026-09-15", new="as_of: 2026-11-01"
        )
        await taken_over(shop)
        assert shop.card().state is State.APPROVED
        await shop.wait(30)
        assert len(shop.said()) == 1


async def test_a_persons_own_words_stay_theirs_and_are_judged_again(
    tmp_path: Path, files: Files
) -> None:
    async with open_shop(tmp_path, root=files.root) as shop:
        await shop.write(BOOTS)
        event = e.Edited(shop.clock.now(), ADA, OLD, shop.card().digest, send=False)
        assert (await shop.decide(event)).done
        files.shorten()
        await taken_over(shop)
        card = shop.card()
        assert card.body == OLD
        assert card.summary.startswith("1 blocking")
        assert not (await shop.approve()).done


async def test_what_changed_while_the_server_was_off_is_caught_up(
    tmp_path: Path, files: Files
) -> None:
    async with open_shop(tmp_path, root=files.root) as shop:
        await shop.write(BOOTS)
    files.shorten()
    clock = VirtualClock(NOW + timedelta(hours=1))
    async with open_shop(tmp_path, clock, root=files.root) as shop:
        assert "45 days" in shop.card().body
    async with open_shop(tmp_path, clock, root=files.root) as shop:
        before = shop.card()
        await taken_over(shop)
        assert shop.card().version == before.version


async def test_a_change_reaches_every_card_of_a_long_queue(tmp_path: Path, files: Files) -> None:
    async with open_shop(tmp_path, root=files.root) as shop:
        for number in range(45):
            await shop.write(BOOTS, who=f"Customer {number}")
        files.shorten()
        await taken_over(shop)
        assert {"45 days" in card.body for card in shop.cards()} == {True}


async def test_what_runs_out_with_the_day_is_held_without_any_change_of_a_file(
    tmp_path: Path, files: Files
) -> None:
    files.change(RETURNS, "review_by: 2028-03-31", "review_by: 2026-11-23")
    async with open_shop(tmp_path, root=files.root) as shop:
        await shop.write(BOOTS)
        await taken_over(shop)
        assert shop.card().state is State.WAITING
        shop.clock.jump(timedelta(hours=13))  # midnight, where the brand is
        await taken_over(shop)
        assert shop.card().state is State.PERSON


# changes say what and why, and are announced


CHANGES = "policies/CHANGES.yaml"
REASON = """changes:
  - date: 2026-11-23
    what: [returns.window]
    why: Most returns reach us within a month.
"""
NEXT = """    value: {en: 60 days, de: 60 Tagen}
    next:
      from: 2026-12-01
      text:
        en: You can return unworn items within 45 days of delivery.
        de: Sie können ungetragene Artikel innerhalb von 45 Tagen nach der Lieferung zurückgeben.
      value: {en: 45 days, de: 45 Tagen}
  label:
"""
RULE = """
  - id: parcel
    title: We don't speak of parcels
    on: reply
    from: 2026-12-01
    when: reply.body.contains("parcel")
    then: hold
    because: It speaks of a parcel.
    instead: Say what is in it.
"""


def told(shop: Shop, kind: EntryKind) -> list[str]:
    """The lines of the record on changes, oldest first."""
    page = shop.app.store.read(lambda tx: shelf.newest(tx, kind=kind))
    return [line(it.entry, "", it.words.get("why", "")) for it in reversed(page.entries)]


async def rules_page(shop: Shop) -> str:
    async with TestClient(TestServer(shop.app.site)) as client:
        return await (await client.get("/rules")).text()


async def test_a_change_says_what_changed_and_why(tmp_path: Path, files: Files) -> None:
    async with open_shop(tmp_path, root=files.root) as shop:
        files.change(CHANGES, "changes: []", REASON.replace("returns.window", "returns"))
        files.shorten()
        await taken_over(shop)
        [said] = told(shop, EntryKind.FACTS_CHANGED)
        assert "Returns policy: 60 days → 45 days" in said
        assert "Why: Most returns reach us within a month." in said
        assert told(shop, EntryKind.RULES_CHANGED) == []
        page = await rules_page(shop)
        assert "60 days → 45 days" in page
        assert "Most returns reach us" in page
        assert shop.app.store.read(verify).good


async def test_a_fact_is_announced_before_it_holds_and_begins_by_itself(
    tmp_path: Path, files: Files
) -> None:
    async with open_shop(tmp_path, root=files.root) as shop:
        await shop.write(BOOTS)
        files.change(CHANGES, "changes: []", REASON)
        files.change(RETURNS, "    value: {en: 60 days, de: 60 Tagen}\n  label:\n", NEXT)
        await taken_over(shop)
        assert "60 days" in shop.card().body
        blocked = await shop.edit("You can return unworn items within 45 days of delivery.")
        assert not blocked.done  # what is announced backs nothing yet
        page = await rules_page(shop)
        assert "Announced. Returns policy: 60 days → 45 days, from 1 December 2026." in page
        await shop.write(BOOTS, who="Ines")
        shop.clock.jump(timedelta(days=7, hours=12, minutes=59))  # a minute before it begins
        await taken_over(shop)
        assert "60 days" in shop.card("Ines").body
        shop.clock.jump(timedelta(minutes=2))
        await taken_over(shop)
        assert "45 days" in shop.card("Ines").body
        announced, begun = told(shop, EntryKind.FACTS_CHANGED)
        assert announced.startswith("Announced. Returns policy: 60 days → 45 days, from")
        assert begun.startswith("Returns policy: 60 days → 45 days")
        assert "from 1 December 2026. Why: Most returns reach us within a month." in begun
        assert "What is coming" not in await rules_page(shop)


async def test_a_rule_is_announced_watched_and_then_judges_by_itself(
    tmp_path: Path, files: Files
) -> None:
    path = files.root / "policies" / "tone" / "pack.yaml"
    async with open_shop(tmp_path, root=files.root) as shop:
        path.write_text(path.read_text().rstrip() + "\n" + RULE)
        await shop.write(BOOTS)
        await taken_over(shop)
        [announced] = told(shop, EntryKind.RULES_CHANGED)
        assert announced.startswith("Announced. New rule, from 1 December 2026: “We don't speak")
        assert not any("parcel" in mark.because for mark in shop.card().marks)
        shop.clock.jump(timedelta(days=8))
        await taken_over(shop)
        assert any("It speaks of a parcel." in mark.because for mark in shop.card().marks)
        begun = told(shop, EntryKind.RULES_CHANGED)[-1]
        assert begun.startswith("New rule, from 1 December 2026")


async def test_a_change_without_a_reason_is_noted_until_somebody_says_why(
    tmp_path: Path, files: Files
) -> None:
    def said(*words: str) -> str:
        order = ["--root", str(files.root), *words, "--store", str(tmp_path / "store.db")]
        done = CliRunner().invoke(main, order)
        assert done.exit_code == 0, done.output
        return done.output

    async with open_shop(tmp_path, root=files.root):
        assert "Nobody has said why" not in said("check")
    files.shorten()
    noted = [line for line in said("check").splitlines() if "returns.window" in line]
    assert noted == [
        "note: policies/CHANGES.yaml: Returns policy: 60 days → 45 days; looked at again on "
        "23 November 2026. Nobody has said why. Add an entry with what: [returns.window]."
    ]
    async with open_shop(tmp_path, root=files.root) as shop:  # it begins without a reason
        assert "No reason was given." in told(shop, EntryKind.FACTS_CHANGED)[0]
        assert "returns.window" in said("check")
        files.change(CHANGES, "changes: []", REASON.replace("returns.window", "returns"))
        await taken_over(shop)
        later = told(shop, EntryKind.FACTS_CHANGED)[-1]
        assert "Why: Most returns reach us within a month." in later
        assert "returns.window" not in said("check")
        page = shop.app.store.read(lambda tx: shelf.newest(tx, kind=EntryKind.FACTS_CHANGED))
        explained = said("explain", page.entries[-1].entry.address)
        assert "fact returns.window: changed" in explained
        assert "value.en: 60 days" in explained


# every place has manners of its own


def read_as(asked: Engagement, intent: str, language: str = "en") -> Engagement:
    """An ask of which this intent was understood, in this language."""
    reading = Reading(intent, 1.0, None, language, True, True)
    return replace(asked, understanding=replace(asked.understanding, reading=reading))


MANNERS = "policies/culture/web.yaml"


async def test_a_channels_profile_is_held_against_what_is_said_there(
    tmp_path: Path, files: Files
) -> None:
    async with open_shop(tmp_path, root=files.root) as shop:
        await shop.write("How do I choose the right size?")
        assert not (await shop.edit("Every product page has a size chart 🙂.")).done
        assert shop.card().summary.startswith("1 held")
        files.change(MANNERS, "emoji: false", "emoji: true")
        files.change(MANNERS, "longest: 900", "longest: 20")
        await taken_over(shop)
        [mark] = [mark for mark in shop.card().marks if mark.rule.startswith("manners/")]
        assert mark.because == "It has 38 characters; here people read 20."
        assert "Plain and calm" in shop.card().manners
        [said] = told(shop, EntryKind.RULES_CHANGED)
        assert said.startswith("How we speak in “web”: at most 900 → 20 characters; with emoji.")
        page = await rules_page(shop)
        assert "Plain and calm" in page
        assert "At most 20 characters." in page


@pytest.mark.parametrize(
    ("locale", "body", "rules"),
    [
        ("de", "Du kannst sie zurückgeben.", {"address"}),
        ("de", "Du kannst sie zurückgeben. Schicken Sie sie uns.", {"address", "address-mixed"}),
        ("de", "Sie können sie zurückgeben.", set()),
        ("en", "You can return them.", set()),
    ],
)
def test_people_are_addressed_as_is_the_custom_there(
    locale: str, body: str, rules: set[str]
) -> None:
    known = knowledge()
    asked = read_as(open_ask("?", known, NOW, "web"), "sizing", locale)
    verdict = judge_candidate(asked, own_reply(asked, body, known), known, NOW)
    found = {finding.rule for finding in verdict.findings}
    assert {name.partition("/")[2] for name in found if name.startswith("manners/")} == rules


async def test_past_its_review_every_reply_there_is_held_until_somebody_looks(
    tmp_path: Path, files: Files
) -> None:
    files.change(MANNERS, "review_by: 2028-03-31", "review_by: 2026-11-23")
    async with open_shop(tmp_path, root=files.root) as shop:
        await shop.write(BOOTS)
        assert shop.card().shape == "●"
        shop.clock.jump(timedelta(hours=13))  # midnight, where the brand is
        await taken_over(shop)
        assert shop.card().shape == "⏸"
        await shop.write("I want to talk to a real person please", who="Ines")
        assert "A person" in shop.said("Ines")[0].text  # what is owed at once still goes out
        files.change(MANNERS, "review_by: 2026-11-23", "review_by: 2027-11-23")
        await taken_over(shop)
        assert shop.card().shape == "●"


def test_a_profile_is_a_named_persons(files: Files) -> None:
    files.change(MANNERS, "by: ada", "by: somebody")
    done = CliRunner().invoke(main, ["--root", str(files.root), "check"])
    assert done.exit_code == 1
    assert "policies/culture/web.yaml:3: Nobody called “somebody” is under people" in done.output


# candidate rules over what was decided


STRICT = """pack: tone
rules:
  - id: parcel
    on: reply
    find: ["parcel"]
    then: hold
    because: “{{ finding.words }}” is jargon.
"""


def candidate_pack(folder: Path) -> Path:
    """The pack of tone, with nothing in it but a rule of its own."""
    pack = folder / "candidate" / "tone"
    pack.mkdir(parents=True)
    (pack / "pack.yaml").write_text(STRICT)
    return pack


async def test_candidate_rules_are_tried_on_what_was_decided(tmp_path: Path, files: Files) -> None:
    async with open_shop(tmp_path, root=files.root) as shop:
        await shop.write(BOOTS)
        await shop.write("When do you open?", who="Ines")
        await shop.approve("Ines")
        await shop.wait(30)
    order = ["--root", str(files.root), "replay", "--store", str(tmp_path / "store.db")]
    pack = ["--pack", str(candidate_pack(tmp_path))]
    found = json.loads(CliRunner().invoke(main, [*order, *pack, "--json"]).output)
    assert found["decisions"] == 4  # two messages, two replies
    assert found["judged_afresh"] == 0
    [flip] = found["flips"]
    assert (flip["before"], flip["after"]) == ("pass", "hold")
    assert flip["rules"] == ["tone/parcel"]
    assert flip["words"] == "parcel"
    assert flip["asked"] == BOOTS
    assert found["rules"]["came"] == ["tone/parcel"]
    assert "tone/pressure" in found["rules"]["went"]
    said = CliRunner().invoke(main, [*order, *pack]).output
    assert "1 × ✓ clear → ⏸ held" in said
    late = json.loads(CliRunner().invoke(main, [*order, "--since", "2026-11-24", "--json"]).output)
    assert late["decisions"] == 0


async def test_rules_that_never_spoke_are_named(tmp_path: Path, files: Files) -> None:
    async with open_shop(tmp_path, root=files.root) as shop:
        await shop.write(BOOTS)
        await shop.edit("Hurry, this is your last chance: only 3 left in stock!")
    order = ["--root", str(files.root), "replay", "--store", str(tmp_path / "store.db")]
    said = CliRunner().invoke(main, order).output
    silent = said.partition("Never spoke")[2]
    assert "tone/blame" in silent
    assert "tone/pressure" not in silent


async def test_a_replay_says_what_judging_says(tmp_path: Path, files: Files) -> None:
    """Asking only what differs comes to the same as judging all of it under the candidates."""
    texts = ("Here is 30% off, just for you.", "Your parcel is your own fault.", "Hurry! 🙂", "Ok.")
    known = load_knowledge(files.root, NOW)
    then = with_packs(files.root, known, (candidate_pack(tmp_path),))
    for text in texts:
        asked = read_as(open_ask("?", known, NOW, "slack-community", mention=True), "sizing")
        for now, candidate in ((known, then), (then, known)):
            replaying = RuleReplay(now, candidate)
            before = propose(asked, own_reply(asked, text, now), now, NOW)
            replaying.replay_engagement(before)
            after = judge_candidate(before, before.proposal.candidate or fail(), candidate, NOW)
            expected = {f.rule for f in (*after.findings, *after.shadow)}
            assert set(replaying.account.spoke) == expected
            verdict = before.proposal.verdict
            turned = verdict is not None and verdict.outcome is not after.outcome
            assert bool(replaying.account.flips) == turned


def fail() -> Reply:
    raise AssertionError("there is no reply")


# advertising is called by its name


async def test_a_marketing_reply_says_so_first_in_the_customers_language(
    tmp_path: Path, files: Files
) -> None:
    intent = "policies/intents/sizing.yaml"
    files.change(intent, "intent: sizing\n", "intent: sizing\npurpose: marketing\n")
    async with open_shop(tmp_path, root=files.root) as shop:
        await shop.write("How do I choose the right size?")
        await shop.write("Welche Größe soll ich nehmen?", who="Ines")
        assert shop.card().as_sent.startswith("This is advertising by Trailhead.\n\n")
        assert shop.card("Ines").as_sent.startswith("Das ist Werbung von Trailhead.\n\n")
        await shop.edit("Every product page has a size chart.")
        assert shop.card().as_sent.startswith("This is advertising by Trailhead.\n\n")
        await shop.wait(30)
        assert shop.said()[0].text.startswith("This is advertising by Trailhead.")
        await shop.write("When do you open?", who="Mia")
        assert "advertising" not in shop.card("Mia").as_sent


async def test_selling_that_does_not_say_so_cannot_be_sent(shop: Shop) -> None:
    await shop.write(BOOTS)
    body = "You can return them. While you're here, check out our new collection, now 20% off!"
    assert not (await shop.edit(body)).done
    assert Action.APPROVE not in shop.card().actions
    assert any(mark.rule == "transparency/selling-unlabelled" for mark in shop.card().marks)


# how a channel is used is data, and has versions


OURS = """modes:
  hosted: {meaning: We host and others talk., target: 0.1}
"""
CALM = """
  - id: calm-host
    title: A host keeps calm
    on: reply
    modes: [hosted]
    when: "true"
    then: note
    because: A host speaks last.
    instead: Wait.
"""
WEB = "    title: web chat\n    audience: private\n    mode: dialogic\n"
TALK = "meaning: We and one customer talk."


def sent(shop: Shop) -> list[Entry]:
    """What was said, oldest first, as the record has it."""
    page = shop.app.store.read(lambda tx: shelf.newest(tx, kind=EntryKind.SENT))
    return [it.entry for it in reversed(page.entries)]


async def answer(shop: Shop, who: str) -> None:
    await shop.write(BOOTS, who=who)
    assert (await shop.approve(who)).done
    await shop.wait(25)


async def test_a_new_mode_needs_no_code_and_old_entries_keep_theirs(
    tmp_path: Path, files: Files
) -> None:
    tone = files.root / "policies" / "tone" / "pack.yaml"
    async with open_shop(tmp_path, root=files.root) as shop:
        await answer(shop, "Ines")
        files.change("config.yaml", "modes:\n", OURS)
        files.change("config.yaml", WEB, WEB.replace("dialogic", "hosted"))
        tone.write_text(tone.read_text().rstrip() + "\n" + CALM)
        await taken_over(shop)
        assert shop.app.library.trouble == []
        await answer(shop, "Mia")
        old, new = sent(shop)
        modes = shop.app.library.knowledge.brand.modes
        assert (old.mode, old.mode_version) == ("dialogic", modes["dialogic"].meaning_hash)
        assert (new.mode, new.mode_version) == ("hosted", modes["hosted"].meaning_hash)
        assert any(mark.rule == "tone/calm-host" for mark in shop.card("Mia").marks)
        [came] = [it for it in told(shop, EntryKind.RULES_CHANGED) if "New mode" in it]
        assert came.startswith("New mode “hosted”: We host and others talk. (Version ")
        async with TestClient(TestServer(shop.app.site)) as client:
            page = await (await client.get(f"/record/{old.address}")).text()
        assert f"dialogic, version <code>{modes['dialogic'].meaning_hash}</code>" in page
        assert shop.app.store.read(verify).good


async def test_another_meaning_of_a_mode_is_told_with_its_reason(
    tmp_path: Path, files: Files
) -> None:
    async with open_shop(tmp_path, root=files.root) as shop:
        await answer(shop, "Ines")
        before = shop.app.library.knowledge.brand.modes["dialogic"].meaning_hash
        files.change("config.yaml", TALK, "meaning: We and one customer talk alone.")
        files.change(CHANGES, "changes: []", REASON.replace("returns.window", "modes/dialogic"))
        await taken_over(shop)
        after = shop.app.library.knowledge.brand.modes["dialogic"].meaning_hash
        assert told(shop, EntryKind.FACTS_CHANGED) == []
        [said] = told(shop, EntryKind.RULES_CHANGED)
        assert said.startswith(
            "What the mode “dialogic” means: “We and one customer talk.” → “We and one customer "
            f"talk alone.”; version {before} → {after}. Why: Most returns"
        )
        await answer(shop, "Mia")
        assert [entry.mode_version for entry in sent(shop)] == [before, after]
        files.change("config.yaml", "target: 0.6", "target: 0.5")  # an aim is no meaning
        await taken_over(shop)
        assert len(told(shop, EntryKind.RULES_CHANGED)) == 1


async def test_a_store_of_before_modes_were_looked_at_tells_nothing_of_them(
    tmp_path: Path, files: Files
) -> None:
    def forget(tx: Transaction) -> None:
        row = tx.table(TABLE).get(doc_id=LAST)
        assert row is not None
        kept = {key: it for key, it in row["held"].items() if not key.startswith("mode:")}
        assert kept != row["held"]
        repository.put_row(tx, TABLE, LAST, {**row, "held": kept})

    async with open_shop(tmp_path, root=files.root) as shop:
        await shop.app.store.write(forget)
    async with open_shop(tmp_path, root=files.root) as shop:
        assert told(shop, EntryKind.RULES_CHANGED) == []
        files.change("config.yaml", TALK, "meaning: We talk.")
        await taken_over(shop)
        assert len(told(shop, EntryKind.RULES_CHANGED)) == 1


# which ways of talking we use, beside what we mean to


def section(page: str, id: str) -> str:
    """The words of a section, without marks and line breaks."""
    found = page.partition(f'id="{id}"')[2].partition("</section>")[0]
    return " ".join(found.replace("<", " <").split())


async def test_answers_are_counted_by_mode_beside_their_targets(
    tmp_path: Path, files: Files
) -> None:
    async with open_shop(tmp_path, root=files.root) as shop:
        for who in ("Ines", "Mia", "Jonas"):
            await answer(shop, who)
        files.change("config.yaml", WEB, WEB.replace("dialogic", "transparent"))
        await taken_over(shop)
        await answer(shop, "Omar")  # and what was answered before stays where it was
        await shop.write("I want to talk to a real person please", who="Lena")  # no answer yet
        page = section(await rules_page(shop), "mix")
        assert "We and one customer talk: 75% of our 4 answers this week, we aim at 60%." in page
        assert "others listen: 25% of our 4 answers this week." in page
        assert "help when asked: 0% of our 4 answers this week, we aim at 30%." in page
        assert "replies are not monitored" not in page  # no channel is used so
        assert "We are starting with all this." in page
        shares = shop.app.store.read(
            lambda tx: list_mode_shares(
                tx, shop.app.library.knowledge.brand, shop.clock.now().date(), 2
            )
        )
        assert [(it.mode, it.answers, it.share, it.target) for it in shares[:3]] == [
            ("dialogic", 3, 0.75, 0.6),
            ("transparent", 1, 0.25, None),
            ("collaborative", 0, 0.0, 0.3),
        ]
        assert {it.share for it in shares[3:]} == {None}


async def test_nobody_has_to_have_answered_for_the_mix_to_be_told(shop: Shop) -> None:
    page = section(await rules_page(shop), "mix")
    assert "We and one customer talk: no answers yet this week, we aim at 60%." in page


# nobody is treated otherwise for who or where they are


PLACES = ("web", "slack-community", "slack-direct")
TEXTS = (
    "You can return unworn items within 60 days of delivery.",
    "You can return them within 90 days, just for you.",
    "Hurry, this is your last chance!",
    "That is your own fault.",
    "Here is 30% off.",
)


@pytest.mark.parametrize("text", TEXTS)
def test_the_same_words_are_judged_alike_wherever_they_are_said(text: str) -> None:
    """Rows 4 and 23: a channel makes no difference, unless a rule names it or who reads there."""
    known = knowledge()
    verdicts = {}
    for name in PLACES:
        profile = known.brand.channels[name]
        same = {**known.brand.channels, name: replace(profile, audience=Audience.MEMBERS)}
        here = replace(known, brand=replace(known.brand, channels=same))
        asked = open_ask("Can I return them?", here, NOW, name, mention=True)
        asked = read_as(asked, "return-item")
        verdict = judge_candidate(asked, own_reply(asked, text, here), here, NOW)
        verdicts[name] = {(f.rule, f.outcome, f.words, f.because) for f in verdict.findings}
    assert len({frozenset(found) for found in verdicts.values()}) == 1, verdicts


@pytest.mark.parametrize("mode", ["one-way", "dialogic"])
def test_a_rule_for_a_mode_speaks_on_every_channel_that_is_used_so(mode: str) -> None:
    rule = Rule("mine", "calm", "reply", "hold", "Not here.", when="true", modes=(mode,))
    known = knowledge()
    rulebook = compile_rulebook([Pack("mine", (rule,))])
    for name in PLACES:
        profile = replace(known.brand.channels[name], mode=known.brand.modes[mode])
        channels = {**known.brand.channels, name: profile}
        here = replace(known, rulebook=rulebook, brand=replace(known.brand, channels=channels))
        asked = open_ask("Hello?", here, NOW, name, mention=True)
        verdict = judge_candidate(asked, own_reply(asked, "Hello.", here), here, NOW)
        assert [f.rule for f in verdict.findings] == ["mine/calm"], name


@pytest.mark.parametrize("bio", ["", "1,200,000 followers", "VIP, spends 40,000 EUR a year"])
def test_what_somebody_counts_for_changes_no_decision(bio: str) -> None:
    """Whatever a platform says of who asks, there is no field that it could come in by; and what
    they call themselves changes nothing either."""
    names = {field.name for kind in (ReplySubject, MessageSubject) for field in fields(kind)}
    names |= {name for table in VOCABULARIES.values() for name in table.facts}
    assert not {n for n in names if any(w in n for w in ("follow", "spend", "tier", "size", "vip"))}
    known = knowledge()
    outcomes = []
    for name in ("Jonas", f"Jonas ({bio})"):
        begun = open_ask(BOOTS, known, NOW, "slack-community", Author("c", name), mention=True)
        read = e.Understood(NOW, Reading("return-item", 1.0, None, "en", True, True))
        after = follow_through(begun, read, known, NOW)
        assert after.proposal.candidate is not None and after.proposal.verdict is not None
        outcomes.append(
            (
                after.state,
                after.proposal.candidate.body,
                after.clock.due,
                after.proposal.verdict.outcome,
            )
        )
    assert outcomes[0] == outcomes[1]
