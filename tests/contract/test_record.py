"""The record in a store, asked of every store."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tinydb.table import Document

from bot.model import Audience
from bot.model.errors import StoreError
from bot.record import merkle
from bot.record.entry import Entry, EntryKind
from bot.record.signed_note import Signer, open_note, read_checkpoint
from handlers.ports.store_port import Store, Transaction
from handlers.service.record import record_log as log
from handlers.service.record import recorded_entries as shelf
from handlers.service.record.record_export import export, proof_file
from handlers.service.record.record_verify import verify
from handlers.service.record.signing_key import signer
from tests.contract.stores import every_store

AT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
KEY = Signer("shop.example/record", b"\7" * 32)
ENTRY = Entry(EntryKind.SENT, AT, "a1", channel="web", audience=Audience.PUBLIC)


async def add(store: Store, entry: Entry = ENTRY, /, **words: str) -> int:
    return await store.write(lambda tx: log.append(tx, entry, words, public=AT))


async def fill(store: Store, count: int) -> None:
    def work(tx: Transaction) -> None:
        for n in range(count):
            kind = EntryKind.REFUSED if n % 5 == 0 else EntryKind.SENT
            entry = replace(ENTRY, kind=kind, address=f"a{n}", at=AT + timedelta(minutes=n))
            log.append(tx, entry, {"said": f"answer number {n}"}, public=AT)

    await store.write(work)


def problems(store: Store) -> list[str]:
    return [str(problem) for problem in store.read(lambda tx: verify(tx, KEY.verifier)).problems]


def change(table: str, doc_id: str, **fields: Any) -> Callable[[Transaction], Any]:
    return lambda tx: tx.table(table).upsert(Document(fields, doc_id))


async def test_entries_are_numbered_in_the_order_of_writing(store: Store) -> None:
    assert [await add(store, said=f"{n}") for n in range(5)] == [0, 1, 2, 3, 4]
    assert store.read(log.size) == 5
    assert problems(store) == []


async def test_an_entry_is_written_with_what_it_tells_of_or_not_at_all(store: Store) -> None:
    def work(tx: Transaction) -> None:
        log.append(tx, ENTRY, {"said": "hi"})
        raise RuntimeError

    await add(store)
    with pytest.raises(RuntimeError):
        await store.write(work)
    assert store.read(log.size) == 1
    assert await add(store) == 1
    assert problems(store) == []


async def test_every_entry_can_be_proved_under_the_signed_head(store: Store) -> None:
    await fill(store, 13)
    note = await store.write(lambda tx: log.checkpoint(tx, KEY))
    signed = read_checkpoint(open_note(note, KEY.verifier))
    assert (signed.origin, signed.size) == ("shop.example/record", 13)
    for index in range(13):
        proof = store.read(lambda tx, index=index: log.proof(tx, index, signed.size))
        row = store.read(lambda tx, index=index: tx.table("record").get(doc_id=str(index)))
        hashed = merkle.leaf_hash(row["leaf"].encode())
        assert merkle.verify_inclusion(hashed, index, 13, proof.hashes, signed.root)


async def test_a_later_head_is_proved_to_continue_an_earlier_one(store: Store) -> None:
    await fill(store, 6)
    first = read_checkpoint(
        open_note(await store.write(lambda tx: log.checkpoint(tx, KEY)), KEY.verifier)
    )
    await fill(store, 5)
    later = read_checkpoint(
        open_note(await store.write(lambda tx: log.checkpoint(tx, KEY)), KEY.verifier)
    )
    proof = store.read(lambda tx: log.consistency(tx, first.size, later.size))
    assert merkle.verify_consistency(first.size, later.size, first.root, later.root, proof)


async def test_nothing_new_is_signed_until_an_entry_is_added(store: Store) -> None:
    await fill(store, 3)
    first = await store.write(lambda tx: log.checkpoint(tx, KEY))
    assert await store.write(lambda tx: log.checkpoint(tx, KEY)) == first
    await add(store)
    assert await store.write(lambda tx: log.checkpoint(tx, KEY)) != first
    assert problems(store) == []


async def test_another_key_is_refused(store: Store) -> None:
    await fill(store, 3)
    await store.write(lambda tx: log.checkpoint(tx, KEY))
    await add(store)
    other = Signer(KEY.name, b"\x08" * 32)
    with pytest.raises(StoreError, match="Restore the key"):
        await store.write(lambda tx: log.checkpoint(tx, other))


async def test_an_entry_is_not_public_before_it_is_published(store: Store) -> None:
    entry = replace(ENTRY, address="turn")
    await store.write(lambda tx: log.append(tx, replace(entry, kind=EntryKind.INTENDED)))
    await store.write(lambda tx: log.append(tx, entry, {"said": "hello"}))
    assert store.read(shelf.newest).entries == ()
    assert [it.public for it in store.read(lambda tx: shelf.at_address(tx, "turn"))] == [None, None]
    assert await store.write(lambda tx: log.publish(tx, "turn", AT)) == 2
    assert await store.write(lambda tx: log.publish(tx, "turn", AT + timedelta(1))) == 0
    seen = store.read(shelf.newest).entries
    assert [(it.index, it.public) for it in seen] == [(1, AT), (0, AT)]
    assert problems(store) == []


async def test_words_said_in_private_never_enter(store: Store) -> None:
    private = replace(ENTRY, audience=Audience.PRIVATE)
    await add(store, private, said="your parcel is at 12 Elm Street", why="order 4711")
    recorded = store.read(lambda tx: shelf.read(tx, 0))
    assert recorded is not None and (recorded.words, recorded.erased) == ({}, ())
    rows = store.read(lambda tx: [list(tx.table(name)) for name in ("record", "record_text")])
    assert "Elm" not in str(rows) and "4711" not in str(rows)


async def test_erased_words_are_gone_and_every_proof_holds(store: Store) -> None:
    await fill(store, 7)
    note = await store.write(lambda tx: log.checkpoint(tx, KEY))
    assert await store.write(lambda tx: log.erase(tx, 3, AT)) == 7
    recorded = store.read(lambda tx: shelf.read(tx, 3))
    assert recorded is not None and (recorded.words, recorded.erased) == ({}, ("said",))
    tombstone = store.read(lambda tx: shelf.read(tx, 7))
    assert tombstone is not None
    assert (tombstone.entry.kind, tombstone.entry.refers) == (EntryKind.ERASED, "3:said")
    assert tombstone.public == AT
    assert problems(store) == []
    assert await store.write(lambda tx: log.checkpoint(tx, KEY)) != note
    assert await store.write(lambda tx: log.erase(tx, 3, AT)) is None


async def test_the_tombstone_of_an_entry_that_is_not_public_is_not_public(store: Store) -> None:
    await store.write(lambda tx: log.append(tx, ENTRY, {"said": "hello"}))
    await store.write(lambda tx: log.erase(tx, 0, AT))
    assert store.read(shelf.newest).entries == ()


async def test_one_of_several_texts_can_be_erased(store: Store) -> None:
    await add(store, said="hello", why="they asked")
    await store.write(lambda tx: log.erase(tx, 0, AT, ["why"]))
    recorded = store.read(lambda tx: shelf.read(tx, 0))
    assert recorded is not None
    assert (recorded.words, recorded.erased) == ({"said": "hello"}, ("why",))
    assert problems(store) == []


def all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


@every_store
async def test_erased_words_are_nowhere_in_the_files(
    open_store: Callable[[Path], Any], tmp_path: Path
) -> None:
    store = open_store(tmp_path)
    for n in range(50):
        await add(store, said=f"xyzzy plugh {n:04d} " * 20)
    for n in range(50):
        await store.write(lambda tx, n=n: log.erase(tx, n, AT))
    files = all_bytes(tmp_path)
    store.close()
    assert b"plugh" not in files


# Checking finds each kind of tampering, and names the first bad entry


def edit_leaf(tx: Transaction) -> None:
    row = tx.table("record").get(doc_id="4")
    tx.table("record").upsert(Document({"leaf": row["leaf"].replace("a4", "a9")}, "4"))


def edit_leaf_and_its_row(tx: Transaction) -> None:
    edit_leaf(tx)
    tx.table("record").upsert(Document({"address": "a9"}, "4"))


def swap(tx: Transaction) -> None:
    table = tx.table("record")
    fourth, fifth = dict(table.get(doc_id="4")), dict(table.get(doc_id="5"))
    table.upsert(Document(fifth, "4"))
    table.upsert(Document(fourth, "5"))


def cut(tx: Transaction) -> None:
    """The last entries are taken out, and the head is made to fit."""
    for doc_id in ("7", "8"):
        for table in ("record", "record_nodes", "record_text"):
            tx.table(table).remove(doc_ids=[doc_id])
    peaks = [log.nodes(tx)(2, 0), log.nodes(tx)(1, 2), log.nodes(tx)(0, 6)]
    head = {"size": 7, "peaks": [peak.hex() for peak in peaks]}
    tx.table("record_head").upsert(Document(head, log.HEAD))


TAMPERINGS: list[tuple[Callable[[Transaction], Any], str]] = [
    (edit_leaf, "entry 4: it is not what the tree holds"),
    (edit_leaf_and_its_row, "entry 4: it is not what the tree holds"),
    (swap, "entry 4: it is not what the tree holds"),
    (cut, "9 entries were signed; there are 7."),
    (lambda tx: tx.table("record").remove(doc_ids=["4"]), "entry 4: in its place stands 5"),
    (lambda tx: tx.table("record").remove(doc_ids=["8"]), "entry 8: it has been taken out"),
    (change("record", "4", leaf="{}"), "entry 4: it is not what the tree holds"),
    (change("record", "4", leaf=None), "entry 4: it is not what the tree holds"),
    (change("record_text", "4", words={"said": 5}), "entry 4: its row is damaged"),
    (change("record", "4", kind="notice"), "entry 4: its kind or address is not"),
    (change("record_nodes", "4", hashes=["00" * 32]), "entry 4: it is not what the tree holds"),
    (
        lambda tx: tx.table("record_text").remove(doc_ids=["4"]),
        "entry 4: its words (said) are missing",
    ),
    (
        change("record_text", "4", words={"said": {"text": "other", "salt": "01" * 32}}),
        "entry 4: its words (said) are not those that were recorded",
    ),
    (
        change("record_text", "4", words={"more": {"text": "x", "salt": "01" * 32}}),
        "entry 4: its words (more) are not those that were recorded",
    ),
    (change("record_head", "head", size=8), "The head says 8 entries; there are 9."),
    (lambda tx: tx.table("record_head").truncate(), "The head of the record is missing."),  # type: ignore[attr-defined]
    (
        change("record_checkpoints", "9", note="shop\n9\n"),
        "The checkpoint of 9 entries cannot be trusted",
    ),
]


@pytest.mark.parametrize(("tamper", "found"), TAMPERINGS)
async def test_tampering_is_found(
    store: Store, tamper: Callable[[Transaction], Any], found: str
) -> None:
    await fill(store, 9)
    await store.write(lambda tx: log.checkpoint(tx, KEY))
    assert problems(store) == []
    await store.write(tamper)
    assert problems(store)[0].startswith(found)


async def test_a_record_written_anew_is_found_by_its_checkpoint(store: Store) -> None:
    """All of it fits together, but it is not what was signed."""
    await fill(store, 6)
    await store.write(lambda tx: log.checkpoint(tx, KEY))

    def anew(tx: Transaction) -> None:
        for table in ("record", "record_nodes", "record_text"):
            tx.table(table).remove(doc_ids=[str(n) for n in range(6)])
        signed = tx.table("record_head").get(doc_id=log.HEAD)["signed"]
        blank = {"size": 0, "peaks": [], "latest": {}, "signed": signed}
        tx.table("record_head").upsert(Document(blank, log.HEAD))
        for n in range(7):
            log.append(tx, replace(ENTRY, address=f"other{n}"))

    await store.write(anew)
    assert problems(store) == ["entry 5: up to here it is not what was signed at 6 entries"]


async def test_an_empty_record_is_good(store: Store) -> None:
    report = store.read(verify)
    assert (report.good, report.size, report.root) == (True, 0, merkle.root_of_peaks(()))
    assert store.read(shelf.newest).entries == ()


# Reading


async def test_pages_are_newest_first_and_complete(store: Store) -> None:
    await fill(store, 23)
    seen: list[int] = []
    before: int | None = None
    while True:
        page = store.read(lambda tx, before=before: shelf.newest(tx, before=before, limit=5))
        seen += [it.index for it in page.entries]
        before = page.before
        if before is None:
            break
    assert seen == list(range(22, -1, -1))


async def test_pages_of_a_kind_hold_it_only(store: Store) -> None:
    await fill(store, 23)
    seen: list[int] = []
    before: int | None = None
    while True:
        page = store.read(
            lambda tx, before=before: shelf.newest(
                tx, kind=EntryKind.REFUSED, before=before, limit=2
            )
        )
        seen += [it.index for it in page.entries]
        before = page.before
        if before is None:
            break
    assert seen == [20, 15, 10, 5, 0]
    beside = store.read(lambda tx: shelf.newest(tx, kind=EntryKind.REFUSED, before=14))
    assert [it.index for it in beside.entries] == [10, 5, 0]
    assert store.read(lambda tx: shelf.newest(tx, kind=EntryKind.NOTICE)).entries == ()


async def test_a_rare_kind_is_found_without_walking_over_the_others(store: Store) -> None:
    await add(store, replace(ENTRY, kind=EntryKind.EXCEPTION))
    await fill(store, shelf.WALK + 10)
    page = store.read(lambda tx: shelf.newest(tx, kind=EntryKind.EXCEPTION))
    assert [it.index for it in page.entries] == [0]


async def test_a_search_finds_words_in_any_case_and_says_where_to_go_on(store: Store) -> None:
    await add(store, said="Boots within SIXTY days")
    await fill(store, shelf.WALK + 10)
    page = store.read(lambda tx: shelf.newest(tx, search="sixty boots"))
    assert (page.entries, page.before) == ((), 11)
    rest = store.read(lambda tx: shelf.newest(tx, search="sixty boots", before=page.before))
    assert [it.index for it in rest.entries] == [0]
    assert rest.before is None


@pytest.mark.parametrize("before", [-5, 0, 10**9])
async def test_any_place_to_start_gives_a_page(store: Store, before: int) -> None:
    await fill(store, 3)
    page = store.read(lambda tx: shelf.newest(tx, before=before))
    assert len(page.entries) == (3 if before > 0 else 0)


# For outsiders


async def test_an_export_is_checked_by_the_program_in_its_own_guide(
    store: Store, tmp_path: Path
) -> None:
    await fill(store, 11)
    await store.write(lambda tx: log.append(tx, ENTRY, {"said": "not yet public"}))
    await store.write(lambda tx: log.erase(tx, 4, AT))
    await store.write(lambda tx: log.checkpoint(tx, KEY))
    await add(store, said="after the checkpoint")
    folder = tmp_path / "export"
    assert store.read(lambda tx: export(tx, folder, KEY.verifier)) == 13
    guide = (folder / "README.md").read_text("utf-8")
    program = guide.partition("```python\n")[2].partition("```")[0]

    def check() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "-c", program]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)

    good = check()
    assert good.stdout == "13 entries of shop.example/record are what was signed.\n", good.stderr
    lines = folder / "entries.jsonl"
    assert "not yet public" not in lines.read_text("utf-8")
    lines.write_text(lines.read_text("utf-8").replace("number 7", "number 8"), "utf-8")
    assert check().returncode != 0


async def test_a_proof_file_holds_the_checkpoint(store: Store) -> None:
    await fill(store, 3)
    with pytest.raises(ValueError, match="not covered"):
        store.read(lambda tx: proof_file(tx, 0))
    note = await store.write(lambda tx: log.checkpoint(tx, KEY))
    await add(store)
    assert store.read(lambda tx: proof_file(tx, 2)).endswith(f"\n\n{note}")
    with pytest.raises(ValueError, match="no leaf"):
        store.read(lambda tx: proof_file(tx, 3))


async def test_nothing_is_exported_before_it_is_signed(store: Store, tmp_path: Path) -> None:
    await fill(store, 1)
    with pytest.raises(StoreError, match="checkpoint first"):
        store.read(lambda tx: export(tx, tmp_path / "export", KEY.verifier))


# The key


def test_a_key_is_made_once_and_only_its_user_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "var" / "record.key"
    made = signer(path, "shop.example/record")
    assert path.stat().st_mode & 0o777 == 0o600
    assert signer(path, "another.example") == made
    assert list(path.parent.iterdir()) == [path]


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "record.key"
    signer(path, "shop.example/record")
    path.chmod(0o644)
    with pytest.raises(StoreError, match="chmod 600"):
        signer(path, "shop.example/record")


@pytest.mark.parametrize("text", [b"", b"PRIVATE+KEY+", b"\xff\xfe"])
def test_a_damaged_key_is_refused_and_kept(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "record.key"
    path.write_bytes(text)
    path.chmod(0o600)
    with pytest.raises(StoreError, match="Restore it from a backup"):
        signer(path, "shop.example/record")
    assert path.read_bytes() == text
