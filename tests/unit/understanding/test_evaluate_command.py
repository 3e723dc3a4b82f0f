"""`aboveboard evaluate intents`, as somebody types it: text, JSON, a page, and odd files."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from bot.model.errors import BrandError
from handlers.cli import main
from handlers.cli.evaluation.evaluate_intents import read_table
from handlers.cli.evaluation.evaluation_page import evaluation_page
from tests.shop import ROOT

pytestmark = pytest.mark.slow  # more than a thought: left out of make quick

TRAIN = """text,intent
when do you open?,hours
opening hours please,hours
are you open on sunday?,hours
can I send it back?,returns
how do I return boots?,returns
I want to return a jacket,returns
"""
TEST = """text,intent
when do you open on sunday?,hours
how can I return these?,returns
"<b>{{ 7 * 7 }}</b> boots, back?",hours
wer wird Weltmeister? ⚽,oos
"""
KEYS = {
    *("in_scope_accuracy", "oos_auroc", "oos_aupr", "oos_recall", "coverage_at_99", "ece"),
    *("ms_per_message", "confusion", "intents", "languages", "notes"),
}


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    test, train = tmp_path / "test.csv", tmp_path / "train.csv"
    test.write_text(TEST, encoding="utf-8")
    train.write_text(TRAIN, encoding="utf-8")
    return test, train


def run(*arguments: str | Path):
    command = ["--root", str(ROOT), "evaluate", "intents", *map(str, arguments)]
    return CliRunner().invoke(main, command)


def test_the_figures_as_text_and_as_json_and_on_a_page(files, tmp_path):
    test, train = files
    page = tmp_path / "out.html"
    told = run(test, "--train", train, "--page", page)
    assert told.exit_code == 0, told.output
    assert "Intents that are read worst" in told.output
    figures = msgspec.json.decode(run(test, "--train", train, "--json").output)
    assert set(figures) >= KEYS
    assert figures["messages"] == 4

    text = page.read_text(encoding="utf-8")
    assert text.count("<svg") == 3
    assert "<script" not in text
    assert not re.search(r"(?:src|href)=|@import|url\(", text)
    assert "<b>{{ 7" not in text
    HTMLParser().feed(text)


def test_without_examples_the_brands_own_are_the_examples(tmp_path):
    test = tmp_path / "labelled.csv"
    rows = "text,intent,language\nIs the Berlin shop open on Sunday?,store-hours,en\n"
    test.write_text(rows + "Was kostet der Versand?,shipping-cost,de\n", encoding="utf-8")
    figures = msgspec.json.decode(run(test, "--json").output)
    assert set(figures["languages"]) == {"en", "de"}
    assert figures["closed_accuracy"] == 1.0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no columns for text and intent"),
        (b"text,intent\n", "there is no message in it"),
        (b"a,b\n1,2\n", "no columns for text and intent"),
        (b"text,intent\nhello,\n", ":2: the intent is missing"),
        (b"text,intent\n ,hours\n", ":2: the text is missing"),
        (b"text,intent\nhello\n", ":2: the intent is missing"),
        (b"\xff\xfe\x00", "this is not UTF-8"),
    ],
    ids=["empty", "no rows", "other columns", "no intent", "no text", "short row", "not text"],
)
def test_a_file_that_cant_be_used_says_where_and_why(content, said, tmp_path):
    file = tmp_path / "labelled.csv"
    file.write_bytes(content)
    with pytest.raises(BrandError) as raised:
        read_table(file)
    assert said in str(raised.value)


def test_one_intent_alone_tells_nothing_apart(files):
    test, train = files
    train.write_text("text,intent\nwhen do you open?,hours\n", encoding="utf-8")
    told = run(test, "--train", train)
    assert told.exit_code != 0
    assert "at least two intents" in told.output


def test_a_page_is_made_of_figures_that_are_missing_too():
    nothing = {
        "messages": 0,
        "notes": ["there is nothing"],
        "intents": {},
        "languages": {},
        "confusion": [],
        "matrix": {"intents": [], "counts": [], "others": []},
        "reliability": [],
        "risk": [],
    }
    shares = ("closed_accuracy", "accepted_of_all", "wrong_of_accepted", "ece", "coverage_at_99")
    figures = nothing | dict.fromkeys((*shares, "oos_auroc", "ms_per_message"))
    text = evaluation_page(figures, "none.csv", "Trailhead")
    assert "there is nothing" in text
    assert "nan" not in text.lower().replace("finance", "")
