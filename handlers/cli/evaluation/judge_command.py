"""`aboveboard judge FILE.jsonl`: a library of canned replies, judged at once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from bot.detect.claims.grounding import facts_behind
from bot.drafting.envelope import build_reply
from bot.knowledge import Knowledge
from bot.model import Audience, Origin, Place, Verdict
from bot.model.errors import BrandError, did_you_mean
from bot.policy.judge import judge_reply
from bot.policy.subject import BrandFacts, ReplySubject
from handlers.brandfiles.loading import load_knowledge
from handlers.cli.output import finding_lines


class Line(msgspec.Struct, forbid_unknown_fields=True):
    """One text to judge. What isn't given is the strictest: a public place, nothing asked."""

    text: str
    channel: str = ""
    audience: Audience | None = None
    intent: str = ""
    asked: str = ""
    private: list[str] = []
    locale: str = ""


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--json", "json_", is_flag=True, help="One JSON object a line.")
@click.pass_obj
def judge(root: str, file: str, json_: bool) -> None:
    """Judge every text of FILE (one JSON object a line: text, and optionally channel, audience,
    intent, asked, private, locale). Prints one verdict a line."""
    now = datetime.now(UTC)
    knowledge = load_knowledge(Path(root), now)
    lines = list(_read(file))
    with click.progressbar(
        lines, label="Judging", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as progress:
        for number, line in progress:
            verdict = judge_line(line, knowledge, now.date(), f"{file}:{number}")
            if json_:
                click.echo(msgspec.json.encode(shown(line, verdict)).decode())
            else:
                click.echo(f"{number}: {verdict.outcome}  {' '.join(line.text.split())[:70]}")
                for said in finding_lines(verdict.findings):
                    click.echo(said)


def _read(file: str) -> Iterator[tuple[int, Line]]:
    with click.open_file(file, "rb") as opened:
        for number, raw in enumerate(opened, 1):
            if not raw.strip():
                continue
            try:
                yield number, msgspec.json.decode(raw, type=Line)
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                raise BrandError(file, number, *_wrong_with(raw)) from error


SHAPE = 'Write one object a line, like {"text": "…", "channel": "web"}.'
TEXTS = ("text", "channel", "intent", "asked", "locale")


def _wrong_with(raw: bytes) -> tuple[str, str]:
    """Why a line is no text to judge, and the mend; in the order in which a reader would look."""
    try:
        given = msgspec.json.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return "this is not JSON.", SHAPE
    if not isinstance(given, dict):
        return "this is not an object.", SHAPE
    known = Line.__struct_fields__
    for name in given:
        if name not in known:
            mend = did_you_mean(name, known) or f"There are: {', '.join(known)}."
            return f"there is no “{name}”.", mend
    if "text" not in given:
        return "“text” is missing.", "It is what is judged."
    for name in TEXTS:
        if not isinstance(given.get(name, ""), str):
            return f"“{name}” is not a text.", "Put it in quotes."
    audiences = ", ".join(Audience)
    if given.get("audience") not in (None, *Audience):
        return f"“{given['audience']}” is not an audience.", f"There are: {audiences}."
    return "“private” is not a list of texts.", 'Write it like ["Jonas Weber", "A-1007"].'


def judge_line(line: Line, knowledge: Knowledge, today: date, place: str) -> Verdict:
    """The verdict on one text, in its envelope."""
    brand = knowledge.brand
    channel = brand.channels.get(line.channel) if line.channel else None
    if line.channel and channel is None:
        known = ", ".join(brand.channels)
        file, _, number = place.rpartition(":")
        raise BrandError(file, int(number), f"no channel “{line.channel}”.", f"There are: {known}.")
    named = channel or next(iter(brand.channels.values()))
    audience = line.audience or (channel.audience if channel else Audience.PUBLIC)
    locale = line.locale or brand.locales[0]
    reply = build_reply(
        line.text,
        Origin.PERSON,
        locale,
        brand=brand,
        published=knowledge.published,
        place=Place(named.name),
        answers=(),
        entry="0" * 32,
        intent=line.intent,
        marketing=knowledge.purpose(line.intent) == "marketing",
        facts=facts_behind(line.text, knowledge.published, (), locale),
    )
    subject = ReplySubject(
        reply=reply,
        channel=named.name,
        mode=named.mode.name,
        audience=audience,
        asked=line.asked,
        private=tuple(line.private),
        today=today,
        published=knowledge.published,
        purpose=knowledge.purpose(line.intent),
        culture=knowledge.cultures.get(named.name) if channel else None,
        brand=BrandFacts.of_brand(brand),
    )
    return judge_reply(knowledge.rulebook, subject)


def shown(line: Line, verdict: Verdict) -> dict[str, Any]:
    return {
        "text": line.text,
        "outcome": verdict.outcome,
        "findings": [
            {
                "rule": finding.rule,
                "outcome": finding.outcome,
                "because": finding.because,
                "words": finding.words,
            }
            for finding in verdict.findings
        ],
        "rules": verdict.rules,
    }
