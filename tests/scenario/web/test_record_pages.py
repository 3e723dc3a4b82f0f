"""What anybody can read of the record, check of it, and say against it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.model import Audience, Commitment, CommitmentKind, Comparator, Source
from bot.record.entry import Entry, EntryKind
from bot.record.signed_note import Signer, open_note, read_verifier
from handlers.pages.static_files import FOLDER
from handlers.public.entry_lines import TITLES, commitment_words, line
from handlers.service.record import record_log as log
from handlers.service.record.ledger import signer_of
from tests.shop import knowledge
from tests.webside import WebSide

AT = datetime(2026, 10, 5, 10, 42, tzinfo=UTC)
SENT = Entry(
    EntryKind.SENT,
    AT,
    "address1",
    channel="web",
    audience=Audience.PRIVATE,
    intent="return-item",
    locale="en",
    by="software",
    approved="a community manager",
    commitments=(
        Commitment(
            CommitmentKind.PERIOD,
            "60",
            "day",
            Comparator.AT_MOST,
            condition="if unworn",
            source="returns.window",
        ),
    ),
    facts=("returns.window",),
    sources=(Source("Returns policy", "https://trailhead.example/returns", date(2026, 10, 1)),),
    rules="7f3a" + "0" * 60,
)


async def put(side: WebSide, *entries: Entry, public: datetime | None = AT, said: str = "") -> None:
    signer = signer_of(side.app.library.knowledge.brand, side.app.store.path)

    def write(tx: object) -> None:
        for entry in entries:
            log.append(tx, entry, {"said": said}, public=public)  # type: ignore[arg-type]
        log.checkpoint(tx, signer)  # type: ignore[arg-type]

    await side.app.store.write(write)


async def test_an_entry_is_a_line_of_plain_words(side: WebSide) -> None:
    await put(side, SENT)
    page = (await side.visitor().get("/record")).page
    assert (
        "Promised a customer: at most 60 days, if unworn. Source: Returns policy. Drafted by "
        "software, approved by a community manager. Rules 7f3a." in page.words("entries")
    )


async def test_a_private_entry_reads_the_same_whatever_is_published_later(side: WebSide) -> None:
    now = replace(SENT, published=knowledge().published.hash)
    await put(side, now, replace(SENT, address="address2", published="0" * 64))
    visitor = side.visitor()
    pages = [(await visitor.get(f"/record/address{n}")).page for n in (1, 2)]
    assert pages[0].words("h2") == pages[1].words("h2")
    fact = knowledge().published.get_fact("returns.window")
    assert fact is not None and fact.text["en"] not in pages[0].words("entry")


DUE = Commitment(CommitmentKind.DATE, "2026-10-06")


@pytest.mark.parametrize(
    ("changes", "said", "words"),
    [
        ({"commitments": ()}, "", "Answered a customer; nothing in it binds. Source:"),
        ({}, "You have 60 days.", "Told a customer: You have 60 days. Source:"),
        ({"by": "notice"}, "", "Told a customer, automatically, what happens next. Source:"),
        (
            {"by": "notice", "commitments": (DUE,)},
            "",
            "Told a customer that a person answers by 2026-10-06. Source:",
        ),
        ({"by": "notice"}, "A person looks.", "Told a customer, automatically: A person looks."),
    ],
)
def test_a_line_is_true_of_its_entry(changes: dict[str, Any], said: str, words: str) -> None:
    assert line(replace(SENT, **changes), said, "").startswith(words)


async def test_what_is_not_public_yet_is_not_shown_and_says_so(side: WebSide) -> None:
    await put(side, replace(SENT, audience=Audience.PUBLIC), public=None, said="a red boot")
    visitor = side.visitor()
    assert "Told" not in (await visitor.get("/record")).text
    answer = await visitor.get("/record/address1")
    assert answer.status == 200 and "Not public yet" in answer.text
    assert "red boot" not in answer.text and "60" not in answer.page.words("main")
    assert (await visitor.get("/record?search=boot")).page.words("entries") == ""
    proof = json.loads((await visitor.get("/record/address1/proof.json")).text)
    assert proof["entries"] == []
    assert (await visitor.get("/record/address1/0.tlog-proof")).status == 404


async def test_words_of_a_private_conversation_never_reach_the_record(side: WebSide) -> None:
    await put(side, SENT, said="my own address is Elm Street 5")
    visitor = side.visitor()
    for path in ("/record", "/record/address1", "/record/address1/proof.json"):
        assert "Elm Street" not in (await visitor.get(path)).text


async def test_said_in_public_is_shown_whole_and_inert(side: WebSide) -> None:
    said = "<script>alert(1)</script>\n\nTrailhead"
    public = replace(SENT, audience=Audience.PUBLIC)
    await put(side, replace(public, kind=EntryKind.INTENDED), said=said)
    await put(side, public)
    page = (await side.visitor().get("/record/address1")).page
    assert page.each("asked") == [said]  # at the outcome; the intention doesn't repeat it
    assert "Meant to be sent, written down before the send." in page.words("main")
    assert not [given for tag, given in page.tags if tag == "script"]


async def test_an_intention_is_told_by_its_outcome(side: WebSide) -> None:
    await put(side, replace(SENT, kind=EntryKind.INTENDED), SENT)
    page = (await side.visitor().get("/record")).page
    assert page.words("entries").count("Promised a customer") == 1
    assert "Meant to be sent" not in page.words("entries")


async def test_by_kind_by_words_and_page_by_page(side: WebSide) -> None:
    entries = [replace(SENT, address=f"a{n}") for n in range(35)]
    await put(
        side, *entries, replace(SENT, kind=EntryKind.HANDED_OVER, address="h", intent="cancel")
    )
    visitor = side.visitor()
    page = (await visitor.get("/record?kind=handed-over")).page
    assert page.each("li", inside="entries")[0].count("Handed to a person.") == 1
    assert len(page.each("li", inside="entries")) == 1
    assert len((await visitor.get("/record?search=CANCEL")).page.each("li", inside="entries")) == 1
    page = (await visitor.get("/record")).page
    assert len(page.each("li", inside="entries")) == 30
    [older] = [link for link in page.links if "before=" in link]
    assert len((await visitor.get(older)).page.each("li", inside="entries")) == 6


@pytest.mark.parametrize("query", ["kind=nonsense", "before=x", "before=-1", "before=9" * 30])
async def test_odd_questions_get_a_page(side: WebSide, query: str) -> None:
    await put(side, SENT)
    assert (await side.visitor().get(f"/record?{query}")).status == 200


async def test_anybody_can_check_an_entry_with_a_script_of_one_page(side: WebSide) -> None:
    await put(side, *(replace(SENT, address=f"a{n}") for n in range(7)))
    visitor = side.visitor()
    script = FOLDER / "check_entry.py"
    for n in range(7):
        proof = json.loads((await visitor.get(f"/record/a{n}/proof.json")).text)
        found = checked(script, proof)
        assert f"Entry {n} is one of the 7 entries of trailhead.example/record." in found
        assert "The head is signed by the key of this record." in found


def checked(script: Path, proof: object) -> str:
    """What the script says of a proof, run as outsiders run it, but for the download."""
    run = (
        "import json, runpy, sys; check = runpy.run_path(sys.argv[1])['check'];"
        "print('\\n'.join(check(json.load(sys.stdin))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", run, str(script)],
        input=json.dumps(proof),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout or done.stderr


async def test_the_script_finds_what_was_changed(side: WebSide) -> None:
    await put(side, *(replace(SENT, address=f"a{n}") for n in range(5)))
    proof = json.loads((await side.visitor().get("/record/a3/proof.json")).text)
    script = FOLDER / "check_entry.py"
    entry = proof["entries"][0]
    changed = {**entry, "leaf": entry["leaf"].replace('"60"', '"90"')}
    assert "does not lead to" in checked(script, {**proof, "entries": [changed]})
    head = proof["checkpoint"].replace("\n5\n", "\n6\n")
    assert "ValueError" in checked(script, {**proof, "checkpoint": head})
    other = str(Signer("trailhead.example/record", bytes(32)).verifier)
    assert "not signed by the key" in checked(script, {**proof, "key": other})


async def test_the_signed_head_and_its_key_are_plain_text(side: WebSide) -> None:
    visitor = side.visitor()
    assert (await visitor.get("/record/checkpoint")).status == 404
    await put(side, SENT)
    note = await visitor.get("/record/checkpoint")
    assert note.response.content_type == "text/plain"
    key = read_verifier((await visitor.get("/record/key")).text.strip())
    assert open_note(note.text, key).startswith("trailhead.example/record\n1\n")
    proof = (await visitor.get("/record/address1/0.tlog-proof")).text
    assert proof.startswith("c2sp.org/tlog-proof@v1\nindex 0\n")


async def test_this_is_wrong_needs_no_account(side: WebSide) -> None:
    await put(side, SENT)
    visitor = side.visitor()
    await visitor.get("/record/address1")
    answer = await visitor.post(
        "/record/address1/wrong", {"words": " It is 30 days. ", "contact": "j@example.com"}
    )
    assert "A person looks into it" in answer.page.words("notice")
    [disputed] = side.app.service.disputed()
    said = disputed.correction
    assert (said.entry, said.words, said.contact) == ("address1", "It is 30 days.", "j@example.com")


@pytest.mark.parametrize(
    ("fields", "headers", "status"),
    [
        ({"words": "  "}, {}, 400),
        ({"words": "x" * 2_001}, {}, 413),
        ({"words": "x", "contact": "y" * 201}, {}, 413),
        ({"words": "x"}, {"Origin": "https://evil.example"}, 403),
    ],
)
async def test_a_correction_that_cannot_be_taken(
    side: WebSide, fields: dict[str, str], headers: dict[str, str], status: int
) -> None:
    await put(side, SENT)
    answer = await side.visitor().post("/record/address1/wrong", fields, **headers)
    assert answer.status == status
    assert side.app.service.disputed() == []


async def test_corrections_from_one_address_are_slowed_down(side: WebSide) -> None:
    await put(side, SENT)
    visitor = side.visitor()
    posts = [await visitor.post("/record/address1/wrong", {"words": "wrong"}) for _ in range(6)]
    assert [post.status for post in posts] == [200] * 5 + [429]
    assert "Retry-After" in posts[-1].response.headers


async def test_this_is_wrong_under_an_answer_leads_to_the_form(side: WebSide) -> None:
    await put(side, SENT)
    page = (await side.visitor().get("/record/address1/wrong")).page
    assert ("textarea", "words") in [(tag, given.get("name")) for tag, given in page.tags]


async def test_no_entry_no_page_and_no_correction(side: WebSide) -> None:
    visitor = side.visitor()
    assert (await visitor.get("/record/nothing")).status == 404
    assert (await visitor.post("/record/nothing/wrong", {"words": "wrong"})).status == 404


async def test_the_rules_in_force_are_public(side: WebSide) -> None:
    page = (await side.visitor().get("/rules")).page
    rulebook = knowledge().rulebook
    assert rulebook.hash in page.words("code")
    for compiled in rulebook.rules:
        if compiled.rule.status == "enforce":
            assert (compiled.rule.title or compiled.rule.id) in page.words("rules")
    assert "{{" not in page.words("rules")
    assert "“…”" in page.words("rules")


def test_every_kind_of_entry_has_a_line_and_a_title() -> None:
    for kind in EntryKind:
        assert line(replace(SENT, kind=kind), "", "").endswith("Rules 7f3a.")
        assert TITLES[kind]


@pytest.mark.parametrize(
    ("commitment", "words"),
    [
        (Commitment(CommitmentKind.MONEY, "5.00", "EUR", direction="back"), "5.00 EUR back"),
        (Commitment(CommitmentKind.PERCENT, "10", "percent", direction="off"), "10% off"),
        (Commitment(CommitmentKind.PERIOD, "3", "business day", until="5"), "3 to 5 business days"),
        (Commitment(CommitmentKind.PROMISE, "refund", negated=True), "not refund"),
    ],
)
def test_commitments_in_words(commitment: Commitment, words: str) -> None:
    assert commitment_words(commitment) == words
