"""The detectors against FIGURES section 2: how well they see, at what cost, beside others' figures.

`python -m bench.detectors [--data DIR] [--worst]`, or ABOVEBOARD_DATA. Times are CPU time. Rows
marked “made here” run on lines of bench/data or on cases made by bench/*_cases.py. Of the lines a
third is sealed. When the seal was first broken, pressure stood at F1 .990 with 1.1% alarms; one
shape was mended after that. Shapes and lines have one author: the row “oblique”, worded to be
unlike any shape, says what such figures are worth on free wording.
"""

from __future__ import annotations

import argparse
import csv
import html
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from markupsafe import escape

from bench import secret_cases, taint_cases
from bot.brand.settings import Internals
from bot.detect import links, markup
from bot.detect.injection.injection_detection import find_injections
from bot.detect.personal.personal_data import find_personal_data
from bot.detect.secrets.secret_detection import find_secrets
from bot.detect.taint.taint_detection import find_tainted
from bot.detect.tone.tone_detection import find_tone
from bot.evaluation.detector_scores import (
    score_injections,
    score_personal_data,
    score_pressure,
    score_secrets,
    score_taint,
)
from handlers.channels.slack.blocks.mrkdwn import escape_mrkdwn

LINES = Path(__file__).parent / "data"
NOBODY = Internals()
REPLY = (
    "Hello Jonas. You can return unworn items within 60 days of delivery; your boots, bought on 31 "
    "October, are well within it. Choose the items under “My orders” and use the label in the "
    "parcel. Refunds arrive within 7 days. Returns policy: https://trailhead.example/returns. "
    "Trailhead: drafted by software, approved by our team. Why this answer: "
    "https://trailhead.example/record/5f1c9a"
)
PRIVATE = (
    *("Jonas Weber", "#W5967152", "jonas.weber@example.com", "60 Oak Street, 90210 Springfield"),
    *(
        "+49 171 2345678",
        "4711-A1234",
        "Theresa",
        "1993-04-17",
        "Tübingen",
        "DE02120300000000202051",
    ),
)
HOSTILE = (
    *("a", "1", "1 ", "@", "a@", "a@b.co ", "+49 30 1234567 ", "::", "1.1.1.1 ", "<", "<a", "{{"),
    *("[](", "http://", "a.b.", "key=", "key=Ab1", "only 3 ", "ignore all ", "I", "\u200b", "é"),
    *("ﬃ", "\ud800", "4111 1111 1111 1111 ", "ghp_", "-----BEGIN ", "GB82WEST", "A n n a ", "&#"),
    *("\u202e", "Street 1 ", "Jonas ", "we are sorry. ", "2 people have ", "\n", ".", "x=1,"),
)

Found = Callable[[str], Sequence[Any]]
CHECKS: dict[str, Found] = {
    "personal data": find_personal_data,
    "taint, 10 values": lambda text: find_tainted(text, PRIVATE, frozenset()),
    "secrets": lambda text: find_secrets(text, NOBODY),
    "mark-up": markup.find_markup,
    "links": links.find_links,
    "tone": lambda text: find_tone(text, "en"),
    "injection": find_injections,
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", default=os.environ.get("ABOVEBOARD_DATA", "../shared/data"))
    parser.add_argument("--worst", action="store_true", help="show what was missed")
    options = parser.parse_args(arguments)
    data = Path(options.data) / "transparency"
    rows = [*_seeing(data), *_inert(data)]
    _table(("check", "texts", "P", "R", "F1", "alarms", "ms a text", "goal", "others"), rows)
    if options.worst:
        for name, figures in _WORST.items():
            print(f"\n### {name}\n")
            for one in figures[:12]:
                print(f"- {one}")
    print()
    _table(("cost", "400-character reply, µs", "64 KB hostile, worst ms", "on"), _costs())
    return 0


_WORST: dict[str, list[Any]] = {}
Row = tuple[str, ...]
_ESCAPERS = "nh3 155, html.escape 0"


def _seeing(data: Path) -> Iterable[Row]:
    harmless = _lines("harmless.txt")
    prose = harmless + _customers(data.parent / "intent")
    yield _measured(
        "personal data, structured", _load(data / "personal_data_synth_v2.jsonl"),
        score_personal_data, "F1 ≥ .95, ≤ 0.3 ms", "presidio .873, 2.4 ms")  # fmt: skip
    yield _measured(
        "phone numbers", _load(data / "spans_PhoneNumber.jsonl"), score_personal_data,
        "F1 ≥ .95", "recognizers-text .832")  # fmt: skip
    yield _measured(
        "taint (made here)", list(taint_cases.cases(harmless, 3000, 7)), score_taint,
        "R ≥ .99, alarms ≤ 1%", "presidio R .23")  # fmt: skip
    yield _measured(
        "secrets (made here; customers' lines)", list(secret_cases.cases(prose, 7)),
        score_secrets, "F1 ≥ .88, no alarm", "gitleaks' rules .885")  # fmt: skip
    for name, sealed in (("open", False), ("sealed", True)):
        yield _measured(
            f"pressure (made here, {name})", _pressure(sealed), score_pressure,
            "F1 ≥ .95, alarms ≤ 1%", ".96 at 11% alarms")  # fmt: skip
    for name in ("banners", "oblique"):
        lines = [{"text": line, "label": 1} for line in _lines(f"pressure_{name}.txt")]
        quiet = [{"text": line, "label": 0} for line in harmless]
        yield _measured(
            f"pressure (made here, {name})",
            [*lines, *quiet],
            score_pressure,
            "",
            "",
        )
    yield _measured(
        "injection, deepset train", _load(data / "injection_deepset_train.jsonl"),
        score_injections, "alarms ≤ 1%", "NeMo YARA R ≤ .215")  # fmt: skip
    alarms = [{"text": line, "label": 0} for line in prose]
    yield _measured("injection, customers' lines", alarms, score_injections, "≤ 1%", "")


def _measured(
    name: str,
    rows: list[Any],
    figures: Callable[[Iterable[Any]], dict[str, Any]],
    goal: str,
    others: str,
) -> Row:
    if not rows:
        return (name, "no data", "", "", "", "", "", goal, others)
    figures(rows[:20])
    began = time.process_time()
    got = figures(rows)
    spent = (time.process_time() - began) / len(rows) * 1000
    _WORST[name] = got["worst"]
    alarms = f"{got['false_alarm_rate']:.2%}" if "false_alarm_rate" in got else "–"
    scores = [f"{got[key]:.3f}" for key in ("precision", "recall", "f1")]
    if not any(row.get("label", 1) for row in rows):
        scores = ["–", "–", "–"]
    return (name, str(len(rows)), *scores, alarms, f"{spent:.3f}", goal, others)


def _inert(data: Path) -> Iterable[Row]:
    strings = _strings(data)
    if not strings:
        return [("mark-up, XSS and BLNS", "no data", "", "", "", "", "", "0 survive", "nh3 155")]
    slack = sum(_speaks_slack(escape_mrkdwn(text)) for text in strings)
    pages = sum(_opens_tags(str(escape(text))) for text in strings)
    back = sum(html.unescape(str(escape(text))) != text for text in strings)
    exact = sum(_unslack(escape_mrkdwn(text)) != text for text in strings)
    counts = {"survive into HTML": pages, "survive into Slack": slack, "lost": exact + back}
    return [
        (f"XSS and BLNS: {name}", str(len(strings)), *("",) * 3, str(n), "", "0", _ESCAPERS)
        for name, n in counts.items()
    ]


def _strings(data: Path) -> list[str]:
    files = (data / "xss_payloadbox.txt", data / "blns.json")
    if not all(file.exists() for file in files):
        return []
    lines = files[0].read_text("utf-8").splitlines()
    return [line for line in lines if line.strip()] + json.loads(files[1].read_text("utf-8"))


def _speaks_slack(text: str) -> bool:
    return "<" in text or ">" in text


def _unslack(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _opens_tags(text: str) -> bool:
    seen: list[str] = []
    parser = HTMLParser(convert_charrefs=False)
    parser.handle_starttag = lambda tag, attrs: seen.append(tag)  # type: ignore[method-assign]
    parser.handle_comment = seen.append  # type: ignore[method-assign]
    parser.feed(f"<p>{text}</p>")
    parser.close()
    return seen != ["p"]


def _costs() -> Iterable[Row]:
    for name, check in CHECKS.items():
        usual = min(_time(check, REPLY, 200) for _ in range(5)) * 1e6
        times = {piece: _time(check, (piece * 65536)[:65536], 1) * 1000 for piece in HOSTILE}
        worst = max(times, key=lambda piece: times[piece])
        yield (name, f"{usual:.0f}", f"{times[worst]:.0f}", repr(worst))


def _time(check: Found, text: str, times: int) -> float:
    began = time.process_time()
    for _ in range(times):
        check(text)
    return (time.process_time() - began) / times


def _lines(name: str) -> list[str]:
    lines = (LINES / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _pressure(sealed: bool) -> list[dict[str, Any]]:
    labelled = [(line, 1) for line in _lines("pressure.txt")]
    harmless = [(line, 0) for line in _lines("harmless.txt")]
    return [
        {"text": text, "label": label}
        for listed in (labelled, harmless)
        for n, (text, label) in enumerate(listed)
        if (n % 3 == 2) == sealed
    ]


def _load(path: Path) -> list[Any]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]


def _customers(folder: Path) -> list[str]:
    """What customers wrote to banks: prose that holds no secret and orders no software about."""
    path = folder / "banking77_test.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [row[0] for row in csv.reader(file)][1:]


def _table(head: Row, rows: Iterable[Row]) -> None:
    print("| " + " | ".join(head) + " |")
    print("|" + " --- |" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
