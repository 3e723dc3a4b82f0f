"""Conversations as data: what is said on both sides, what people decide, and what the record holds.

Each file beside this one is a conversation, readable without knowing the code. README.md says how
one is written and lists which behaviour is shown where.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.model import Unclear
from bot.model.errors import BrandError
from tests.dialogues.__main__ import BEHAVIOURS, ELSEWHERE, HEAD, HERE, files, table
from tests.dialogues.format import load
from tests.dialogues.player import Unexpected, play


@pytest.mark.parametrize("name", files())
async def test_a_conversation_goes_as_its_file_says(name: str, tmp_path: Path) -> None:
    await play(load(HERE / name, name), tmp_path)


def test_every_behaviour_is_shown_and_the_table_is_current() -> None:
    shown = {row for name in files() for row in load(HERE / name, name).rows}
    assert set(BEHAVIOURS) == shown | ELSEWHERE.keys()
    assert all((HERE.parents[1] / path).is_file() for path in ELSEWHERE.values())
    written = (HERE / "README.md").read_text().rpartition(HEAD)[2]
    assert written == table(), "run `python -m tests.dialogues`"


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_reason_for_unclear_is_shown_in_each_language(language: str) -> None:
    said = {
        step.it.notice
        for name in files()
        if name.startswith(language)
        for step in load(HERE / name, name).steps
        if step.kind == "notice"
    }
    assert {reason.value for reason in Unclear} <= said


@pytest.mark.parametrize(
    ("turn", "said"),
    [
        ("custmer: Hello", "2: Unknown key “custmer” under “turns[0]”. Did you mean “customer”?"),
        ("card: {stat: person}", "2: Unknown key “stat” under “turns[0].card”. Did you mean"),
        ("customer: Hi\n    wait: 3 s", "2: In step 1 “customer” and “wait” stand together."),
        ("says: [x]", "2: In step 1 nothing happens. A step holds one of: customer"),
        ("wait: 3 blinks", "2: “3 blinks”. Write a length of time like 25 s"),
        ("notice: legal\n    by: Ada", "3: “by” means nothing beside “notice”. It may hold: never"),
    ],
)
def test_a_mistake_in_a_file_is_said_with_its_line(turn: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(f"turns:\n  - {turn}\ntitle: x\nrows: [13]\n")
    with pytest.raises(BrandError) as error:
        load(tmp_path / "x.yaml", "x.yaml")
    assert f"x.yaml:{said}" in str(error.value)


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        ("customer: asdf jkl", "said, and nobody expected it: Jonas: Thanks for writing."),
        ("card: {state: sent}", "x.yaml:4: card: Jonas has written nothing."),
        ("customer: Thanks!\n  - notice: legal", "x.yaml:5: notice: nothing was said, where"),
        ("customer: Thanks!\n  - card: {state: sent}", "x.yaml:5: card: state is “closed”"),
        ("customer: Thanks!\n  - desk: aprove", "“aprove” is nothing one does. Did you mean"),
    ],
)
async def test_what_is_not_as_a_file_says_is_said_with_its_line(
    turns: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "x.yaml").write_text(f"title: x\nrows: [13]\nturns:\n  - {turns}\n")
    with pytest.raises(Unexpected) as error:
        await play(load(tmp_path / "x.yaml", "x.yaml"), tmp_path)
    assert said in str(error.value)
