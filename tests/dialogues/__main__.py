"""`python -m tests.dialogues`: write the table of README.md from what the files say."""

from __future__ import annotations

from pathlib import Path

from tests.dialogues.format import load

HERE = Path(__file__).parent
HEAD = "| --- | --- | --- |\n"

BEHAVIOURS = {
    13: "content, context and intent are kept for every message; without one it is unclear",
    16: "who writes again and again unanswered is acknowledged, and gets a person",
    17: "a person gets all they need, and knows by when; nobody talks over them",
    21: "who was silent for long comes first, and is not nagged",
    29: "complaints don't close by themselves",
    31: "what needs no reply gets none, and that is a decision on the record",
    38: "abuse: a runbook, a person, no automatic word",
    46: "a rating from both sides",
    47: "social is what both call social",
    50: "implicit or unclear goes to a person",
    51: "sarcasm goes to a person",
    60: "buying interest is a note to a person, never a pitch",
    68: "whatever fits nothing goes to a person; what was closed opens again",
    90: "who objects to our tone, or is angry, gets a person",
}


def files() -> list[str]:
    return sorted(path.relative_to(HERE).as_posix() for path in HERE.glob("*/*.yaml"))


# rows that no conversation can show: a year passes, or something is said beside it
ELSEWHERE = {
    21: "tests/scenario/test_customer.py",
    46: "tests/scenario/test_rating.py",
    47: "tests/unit/core/test_rating.py",
}


def table() -> str:
    """A line a row: its number, what it is, and the files that show it."""
    shown: dict[int, list[str]] = {}
    for name in files():
        for row in load(HERE / name, name).rows:
            shown.setdefault(row, []).append(f"`{name}`")
    for row, path in ELSEWHERE.items():
        shown.setdefault(row, []).append(f"`{path}`")
    lines = (f"| {row} | {BEHAVIOURS[row]} | {', '.join(shown[row])} |\n" for row in sorted(shown))
    return "".join(lines)


if __name__ == "__main__":
    page = HERE / "README.md"
    before = page.read_text().rpartition(HEAD)[0]
    page.write_text(before + HEAD + table())
