"""What handlers/ports/store_port.py promises of a store, asked of every store."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tinydb import where
from tinydb.table import Document

from bot.model.errors import StoreError
from handlers.ports.store_port import Store, Transaction
from tests.contract.stores import every_store

Open = Callable[[Path], Store]


def put(table: str, doc_id: str, **fields: Any) -> Callable[[Transaction], str]:
    return lambda tx: tx.table(table).insert(Document(fields, doc_id))


def ids(store: Store, table: str) -> list[str]:
    return store.read(lambda tx: [row.doc_id for row in tx.table(table)])


async def test_a_work_returns_its_result(store: Store) -> None:
    assert await store.write(put("messages", "m1", text="hi")) == "m1"
    assert store.read(lambda tx: tx.table("messages").get(doc_id="m1")) == {"text": "hi"}


@every_store
async def test_what_was_written_is_there_after_reopening(open_store: Open, tmp_path: Path) -> None:
    store = open_store(tmp_path)
    await store.write(put("messages", "m1", text="größer 😀 \u2028"))
    store.close()
    again = open_store(tmp_path)
    assert again.read(lambda tx: tx.table("messages").all()) == [{"text": "größer 😀 \u2028"}]
    again.close()


async def test_a_work_that_raises_is_undone_over_all_its_tables(store: Store) -> None:
    def work(tx: Transaction) -> None:
        tx.table("messages").insert(Document({"state": "new"}, "m1"))
        tx.table("outbox").insert(Document({"state": "new"}, "o1"))
        raise KeyError("changed my mind")

    with pytest.raises(KeyError, match="changed my mind"):
        await store.write(work)
    assert ids(store, "messages") == ids(store, "outbox") == []


async def test_a_work_that_raises_does_not_undo_its_neighbours(store: Store) -> None:
    def bad(tx: Transaction) -> None:
        tx.table("messages").insert(Document({}, "bad"))
        raise RuntimeError("no")

    works = [
        store.write(put("messages", "a")),
        store.write(bad),
        store.write(put("messages", "b")),
    ]
    first, second, third = await asyncio.gather(*works, return_exceptions=True)
    assert (first, third) == ("a", "b")
    assert isinstance(second, RuntimeError)
    assert ids(store, "messages") == ["a", "b"]


async def test_works_run_one_at_a_time_in_the_order_given(store: Store) -> None:
    def number(tx: Transaction) -> int:
        table = tx.table("messages")
        count = len(table.all())
        table.insert(Document({"number": count}, f"m{count}"))
        return count

    assert await asyncio.gather(*[store.write(number) for _ in range(300)]) == list(range(300))


async def test_a_work_sees_what_works_before_it_did(store: Store) -> None:
    first = store.write(put("messages", "m1", state="new"))
    seen = store.write(lambda tx: tx.table("messages").contains(where("state") == "new"))
    assert (await first, await seen) == ("m1", True)


async def test_a_work_is_done_even_if_nobody_waits_for_it(store: Store) -> None:
    waiting = asyncio.ensure_future(store.write(put("messages", "m1")))
    waiting.cancel()
    await store.write(put("messages", "m2"))
    assert ids(store, "messages") == ["m1", "m2"]


async def test_a_work_that_ends_like_an_iterator_is_an_error_like_any_other(store: Store) -> None:
    works = [store.write(lambda _: next(iter(()))), store.write(put("messages", "m1"))]
    error, done = await asyncio.gather(*works, return_exceptions=True)
    assert isinstance(error, RuntimeError)
    assert done == "m1"


async def test_put_replaces_a_row_whole_and_upsert_writes_over_its_fields(store: Store) -> None:
    def work(tx: Transaction) -> list[Any]:
        table = tx.table("messages")
        for key in ("m1", "m2"):
            table.put(key, {"text": "hi", "state": "new"})
        table.put("m1", {"text": "hello"})
        table.upsert(Document({"text": "hello"}, "m2"))
        return [(row.doc_id, dict(row)) for row in table]

    assert await store.write(work) == [
        ("m1", {"text": "hello"}),
        ("m2", {"text": "hello", "state": "new"}),
    ]


async def test_a_table_made_by_a_later_work_is_seen_by_queries(store: Store) -> None:
    assert ids(store, "fresh") == []
    await store.write(put("fresh", "f1"))
    assert ids(store, "fresh") == ["f1"]


async def test_a_query_sees_a_missing_table_as_it_was_at_its_moment(store: Store) -> None:
    """What is missing when it is asked for first is missing until the query ends."""

    def query(tx: Transaction) -> list[int]:
        before = len(tx.table("fresh").all())
        thread = threading.Thread(target=lambda: asyncio.run(both()))
        thread.start()
        thread.join(30)
        return [before, len(tx.table("fresh").all()), len(tx.table("other").all())]

    async def both() -> None:
        await store.write(lambda tx: (put("fresh", "f1")(tx), put("other", "o1")(tx)))

    assert store.read(query) == [0, 0, 0]
    assert (ids(store, "fresh"), ids(store, "other")) == (["f1"], ["o1"])


def find_files(folder: Path, words: bytes) -> list[str]:
    """The files of a store that hold these words."""
    return [file.name for file in folder.iterdir() if words in file.read_bytes()]


@every_store
async def test_what_is_erased_is_in_no_file_of_the_store(open_store: Open, tmp_path: Path) -> None:
    """Neither in a row that is gone, nor in one that says something else now, nor in an index."""
    store = open_store(tmp_path)

    def write(tx: Transaction, n: int) -> None:
        for length in (10, 400, 3000):  # rows that grow move from page to page
            text = f"xyzzy {n} " * length
            tx.table("messages").put(f"m{n}", {"text": text, "state": f"xyzzy {n}"})

    for n in range(60):
        await store.write(lambda tx, n=n: write(tx, n))

    def erase(tx: Transaction) -> None:
        tx.table("messages").remove(doc_ids=[f"m{n}" for n in range(0, 60, 2)])
        for n in range(1, 60, 2):
            tx.table("messages").put(f"m{n}", {"text": "", "state": ""})
        tx.erase_log()

    await store.write(erase)
    assert find_files(tmp_path, b"xyzzy") == []
    assert len(ids(store, "messages")) == 30
    store.close()


async def test_a_query_cannot_write(store: Store) -> None:
    await store.write(put("messages", "m1"))
    with pytest.raises(StoreError, match="cannot write"):
        store.read(put("messages", "m2"))
    assert ids(store, "messages") == ["m1"]


async def test_a_query_sees_one_moment(store: Store) -> None:
    """A commit that falls between two reads of one query shows in neither."""
    await store.write(put("messages", "m1"))

    def query(tx: Transaction) -> tuple[int, int]:
        before = len(tx.table("messages").all())
        done = threading.Event()

        def other() -> None:
            asyncio.run(both())
            done.set()

        async def both() -> None:
            await store.write(
                lambda tx: (put("messages", "m2")(tx), put("outbox", "o1")(tx)),
            )

        threading.Thread(target=other).start()
        assert done.wait(30)
        return before, len(tx.table("outbox").all())

    assert store.read(query) == (1, 0)
    assert ids(store, "outbox") == ["o1"]


async def test_a_transaction_that_has_ended_can_neither_be_read_nor_written(store: Store) -> None:
    kept: list[Transaction] = []
    await store.write(kept.append)
    store.read(kept.append)
    for transaction in kept:
        with pytest.raises(StoreError):
            transaction.table("messages").insert({"late": True})
        with pytest.raises(StoreError):
            transaction.table("messages").all()


async def test_a_table_that_was_never_written_is_empty(store: Store) -> None:
    assert store.read(lambda tx: tx.table("nothing").all()) == []
    assert store.read(lambda tx: tx.table("nothing").get(doc_id="x")) is None
    assert store.read(lambda tx: tx.table("nothing").count(where("state") == "new")) == 0


async def test_a_table_made_by_an_undone_work_can_be_made_again(store: Store) -> None:
    def bad(tx: Transaction) -> None:
        tx.table("fresh").insert({})
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await store.write(bad)
    await store.write(put("fresh", "f1"))
    assert ids(store, "fresh") == ["f1"]


@every_store
async def test_closing_finishes_what_was_queued(open_store: Open, tmp_path: Path) -> None:
    store = open_store(tmp_path)
    waiting = [store.write(put("messages", f"m{n}")) for n in range(50)]
    store.close()
    assert await asyncio.gather(*waiting) == [f"m{n}" for n in range(50)]
    again = open_store(tmp_path)
    assert len(ids(again, "messages")) == 50
    again.close()


@every_store
async def test_a_closed_store_refuses_in_one_clear_line(open_store: Open, tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="the store is closed"):
        await store.write(put("messages", "m1"))
    with pytest.raises(StoreError, match="the store is closed"):
        ids(store, "messages")


async def test_many_threads_read_while_one_writes(store: Store) -> None:
    """Both tables change together, so no reader may ever see them differ."""
    seen: list[bool] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            seen.append(
                store.read(lambda tx: len(tx.table("messages").all()))
                <= store.read(lambda tx: len(tx.table("outbox").all()))
                and store.read(lambda tx: tx.table("messages").all() == tx.table("outbox").all())
            )

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for n in range(100):
        await store.write(
            lambda tx, n=n: (put("messages", str(n))(tx), put("outbox", str(n))(tx)),
        )
    stop.set()
    for thread in threads:
        thread.join()
    assert seen and all(seen)
