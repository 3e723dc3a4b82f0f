"""A brand's folder: the shipped one can be used; each mistake in it is one line with its mend."""

from __future__ import annotations

import shutil
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.drafting.compose import compose_draft
from bot.model.errors import NoDraft
from bot.policy.rulebook import compile_rulebook
from handlers.brandfiles.brand_folder import LoadedBrand, UnusableBrandError, load
from handlers.brandfiles.pack_files import load_packs
from handlers.brandfiles.runbook_files import unknown_runbooks, unused_runbooks

pytestmark = pytest.mark.slow  # more than a thought: left out of make quick

ROOT = Path(__file__).resolve().parents[3]
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def shipped() -> LoadedBrand:
    return load(ROOT, TODAY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped brand, to break."""
    shutil.copy(ROOT / "config.yaml", tmp_path)
    for part in (
        "policies/culture",
        "policies/published",
        "policies/intents",
        "policies/runbooks",
        "templates/replies",
        "templates/notices",
    ):
        shutil.copytree(ROOT / part, tmp_path / part)
    shutil.copy(ROOT / "policies" / "CHANGES.yaml", tmp_path / "policies")
    shutil.copy(ROOT / "policies/promises.yaml", tmp_path / "policies")
    return tmp_path


def change(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))


def problems(folder: Path, today: date = TODAY) -> list[str]:
    with pytest.raises(UnusableBrandError) as caught:
        load(folder, today)
    return [str(problem) for problem in caught.value.problems]


def test_the_shipped_brand_has_nothing_to_mend(shipped: LoadedBrand) -> None:
    assert shipped.notes == ()


def test_the_shipped_brand_is_as_rich_as_a_visitor_expects(shipped: LoadedBrand) -> None:
    assert len(shipped.intents) >= 16
    assert len(shipped.published.facts) >= 30
    assert len(shipped.published.by_topic) >= 10
    assert len(shipped.published.offers) >= 4
    for intent in shipped.intents.values():
        assert len(intent.examples["en"]) >= 18
        assert len(intent.examples["de"]) >= 16


def test_the_sample_does_not_expire_while_it_is_new(shipped: LoadedBrand) -> None:
    assert load(ROOT, TODAY + timedelta(days=365)).notes == ()


def test_the_same_files_are_the_same_version(folder: Path, shipped: LoadedBrand) -> None:
    assert load(folder, TODAY).version == shipped.version
    change(folder, "policies/intents/thanks.yaml", "Great, thanks", "Great, thank you")
    assert load(folder, TODAY).version != shipped.version


def test_what_is_saved_while_we_read_is_another_version(folder: Path) -> None:
    late = [str(folder / "policies/intents/thanks.yaml")]

    def save_meanwhile(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and late and str(arguments[0]) == late[0]:
            late.clear()
            change(folder, "config.yaml", "brand:", "# saved meanwhile\nbrand:")

    sys.addaudithook(save_meanwhile)
    seen = load(folder, TODAY).version
    assert not late
    assert load(folder, TODAY).version != seen


REPLY = "templates/replies/return-item/en.md.j2"
RETURNS = "policies/published/returns.yaml"
STOCK = "policies/intents/stock.yaml"
ABUSE = "policies/runbooks/abuse.yaml"
WORN = "{{ facts.returns.worn }}"

# what is changed, into what, which line of the changed file is named, and what is said of it
MISTAKES = [
    (
        *(REPLY, "facts.returns.window", "facts.returns.windw", "windw"),
        "returns.windw: no such fact; did you mean returns.window?",
    ),
    (*(REPLY, WORN, "{% for x in facts %}x{% endfor %}", "{% for"), "text and slots only"),
    (*(REPLY, WORN, "{{ facts.returns.worn | upper }}", "upper"), "text and slots only"),
    (*(REPLY, WORN, "{{ facts.returns.worn() }}", "worn()"), "text and slots only"),
    (*(REPLY, WORN, "{{ facts.returns.worn", "returns.how"), "It cannot be read"),
    (*(REPLY, WORN, "You have 90 days.", "90"), "A figure is written into it: “90”."),
    (*(REPLY, WORN, "Hi {{ customer.name }}", "customer"), "“customer.name” is not known here."),
    (*(REPLY, WORN, "{{ facts.returns }}", "returns }}"), "“facts.returns” is not a fact."),
    (
        *(REPLY, WORN, "{{ facts.returns.worn.value }}", "worn"),
        "returns.worn has no value in “en”.",
    ),
    (*(REPLY, WORN, "See https://example.com", "https"), "It holds a link"),
    (*(REPLY, WORN, "<b>now</b>", "<b>"), "It holds HTML"),
    (
        *("templates/notices/no-draft/de.txt.j2", "{{ due }}", "{{ dew }}", "dew"),
        "“dew”: a notice has no such slot. Did you mean “due”?",
    ),
    (
        *(RETURNS, "von 60 Tagen nach", "von 30 Tagen nach", "value: {en: 60 days"),
        "The value “60 Tagen” does not stand in the text.",
    ),
    (
        *("policies/published/discounts.yaml", "12 % Rabatt", "15 % Rabatt", "15 % Rabatt auf"),
        "The texts do not promise the same: “12%” only in “en”, “15 %” only in “de”.",
    ),
    (*(RETURNS, "as_of: 2026", "as_of: 2029", "window:"), "It is to be reviewed by 2028-03-31, be"),
    (*(RETURNS, "https://t", "http://t", "url:"), "is not a public address. Begin it with https"),
    (*(RETURNS, "topic: returns", "topic: return", "topic:"), "but the file is “returns.yaml”"),
    (*(RETURNS, "  worn:", "  not-worn:", "not-worn"), "“not-worn” is not a fact's name."),
    (*(RETURNS, "      en: Trying", "      fr: Trying", "fr:"), "The brand has no locale “fr”."),
    (
        *(STOCK, "Is this in stock?", "Are you a bot?", "Are you a bot?"),
        "“Are you a bot?” is an example already, at policies/intents/are-you-a-bot.yaml:8.",
    ),
    (*(STOCK, "needs: nobody", "needs: none", "needs"), "must be one of: nobody, person."),
    (*(STOCK, "- Is this in stock?", "- '?!'", "'?!'"), "An example has no words."),
    (
        *(
            STOCK,
            "when are you open on sat",
            "sold out everywhere, will you get more?\n# ",
            "more?\n# ",
        ),
        "is an example of it, and not.",
    ),
    (*(ABUSE, "severity: high", "severity: severe", "severity"), "must be one of: low, medium"),
    (*(ABUSE, "runbook: abuse", "runbook: abused", "runbook:"), "but the file is “abuse.yaml”."),
    (*(ABUSE, "owner: lead", "owner: viewer", "owner"), "who may decide has the role “viewer”"),
    (*(ABUSE, "id: hidden", "id: ignored", "id: ignored, title: Hide"), "“ignored” is given twice"),
    (*(ABUSE, "  de: Wenn", "  fr: Wenn", "fr:"), "The brand has no locale “fr”."),
    (*(ABUSE, "  de: Wenn", "  fr: Wenn", "appeal:"), "“appeal” is missing in “de”."),
    (*(ABUSE, "Hide it in the channel", '""', "id: hidden"), "The measure “hidden” has no title."),
]


@pytest.mark.parametrize(("file", "right", "wrong", "at", "said"), MISTAKES)
def test_a_mistake_is_one_line_with_its_place(
    folder: Path, file: str, right: str, wrong: str, at: str, said: str
) -> None:
    change(folder, file, right, wrong)
    text = (folder / file).read_text()
    line = text.count("\n", 0, text.index(at)) + 1
    found = problems(folder)
    assert any(p.startswith(f"{file}:{line}: ") and said in p for p in found), found
    assert all("\n" not in problem for problem in found)


def test_a_locale_taken_away_leaves_nothing_unnoticed(folder: Path) -> None:
    change(folder, "config.yaml", "locales: [en, de]", "locales: [en]")
    found = "\n".join(problems(folder))
    for file in (RETURNS, STOCK, "templates/replies/stock/de.md.j2"):
        assert f"{file}:" in found
    assert "The brand has no locale “de”." in found


def test_all_problems_are_told_at_once(folder: Path) -> None:
    (folder / "templates/replies/sizing/de.md.j2").unlink()
    (folder / "templates/notices/legal/en.txt.j2").unlink()
    (folder / "templates/replies/return-itm").mkdir()
    (folder / "templates/replies/return-itm/en.md.j2").write_text("Hello.")
    (folder / "policies/published/notes.txt").write_text("x")
    (folder / "policies/published/refunds.yaml").write_text("a: [")
    found = "\n".join(problems(folder))
    assert "templates/replies/sizing/de.md.j2: It is missing." in found
    assert "templates/notices/legal/en.txt.j2: It is missing." in found
    assert "There is no intent “return-itm”. Did you mean “return-item”?" in found
    assert "policies/published/notes.txt: Only .yaml files are read here." in found
    assert "policies/published/refunds.yaml:2: It is not valid YAML" in found


def test_two_facts_that_contradict_each_other_are_found(folder: Path) -> None:
    (folder / "policies/published/refunds.yaml").write_text(
        (folder / "policies/published/refunds.yaml").read_text()
        + """\
  again:
    text:
      en: Some banks need up to 9 business days more until the money shows in the account.
      de: Manche Banken brauchen bis zu 9 Werktage länger, bis das Geld auf dem Konto erscheint.
"""
    )
    expected = "“refunds.again” says the same as “refunds.bank”, with another figure."
    assert any(expected in problem for problem in problems(folder))


def test_an_expired_fact_is_a_note_and_no_draft(folder: Path) -> None:
    """The shop stays open: what needs the fact goes to a person, and the authors hear of it."""
    change(folder, "policies/published/stock.yaml", "2028-03-31", "2026-11-20")
    loaded = load(folder, TODAY)
    said = [str(note) for note in loaded.notes]
    assert any("“stock.shown” is past its day" in note for note in said)
    with pytest.raises(NoDraft, match=r"stock\.shown") as caught:
        compose_draft("stock", "en", loaded.published, loaded.templates, loaded.brand, TODAY)
    assert caught.value.fact == "stock.shown"


def test_a_review_that_is_due_soon_is_a_note(folder: Path) -> None:
    change(folder, "policies/published/stock.yaml", "2028-03-31", "2026-12-10")
    (note, *_) = load(folder, TODAY).notes
    assert str(note).startswith("policies/published/stock.yaml:8: “stock.shown” has to be reviewed")


def test_few_examples_are_a_note_and_next_to_none_a_problem(folder: Path) -> None:
    file = folder / "policies/intents/thanks.yaml"
    head = "intent: thanks\ntitle: {en: thanks, de: Danke}\nreply: none\nexamples:\n"
    some = "".join(f"    - danke nummer {word}\n" for word in "abcdefghi")
    file.write_text(head + "  en:\n" + some.replace("danke", "thanks") + "  de:\n" + some)
    assert any("only 9 examples in “de”" in str(note) for note in load(folder, TODAY).notes)
    file.write_text(head + "  en:\n" + some.replace("danke", "thanks"))
    assert any("There are no examples in “de”" in problem for problem in problems(folder))


def test_a_folder_without_a_brand_says_how_to_begin_one(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path)
    assert problem.startswith("config.yaml: There is no such file.")
    assert "aboveboard init" in problem


def test_a_brand_that_says_nothing_is_no_brand(folder: Path) -> None:
    shutil.rmtree(folder / "policies/published")
    assert "policies/published: No fact is published." in problems(folder)[0]
    shutil.copytree(ROOT / "policies/published", folder / "policies/published")
    shutil.rmtree(folder / "policies/intents")
    assert any("policies/intents: No intent is described." in p for p in problems(folder))


def test_rules_and_runbooks_name_each_other(shipped: LoadedBrand) -> None:
    packs = load_packs(ROOT / "policies", ["handoff"])
    rulebook = compile_rulebook(packs)
    assert unknown_runbooks(rulebook, shipped.runbooks) == []
    assert unused_runbooks(rulebook, shipped.runbooks) == []
    fewer = {id: book for id, book in shipped.runbooks.items() if id != "press"}
    [unknown] = unknown_runbooks(rulebook, fewer)
    assert "policies/handoff/pack.yaml:" in str(unknown)
    assert "there is no runbook “press”." in str(unknown)
    more = {**shipped.runbooks, "fire": shipped.runbooks["safety"]}
    [unused] = unused_runbooks(rulebook, more)
    assert str(unused).startswith("policies/runbooks/fire.yaml: No rule leads to it.")
