"""TinyDB's own semantics, asked of TinyDB in memory (the oracle) and of every table of ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import Query, TinyDB, where
from tinydb.operations import add, delete, increment
from tinydb.operations import set as set_field
from tinydb.storages import MemoryStorage
from tinydb.table import Document, Table

from handlers.store.sqlite import open_writer
from handlers.store.sqlite_tinydb import SqliteTinyDB

INDEXES = {"things": ("state", "n", "place.channel")}


class TextIds(Table):
    """TinyDB's table as it is, but for ids that are text, which it leaves to its subclasses."""

    document_id_class = str  # type: ignore[assignment]
    made = 0  # how many were ever inserted: a document without an id is the next

    def _get_next_id(self) -> str:
        self.made += 1
        number = self.made
        while str(number) in self._read_table():
            number += 1
        return str(number)

    def insert(self, document: Any) -> Any:
        new = super().insert(document)
        self.made += isinstance(document, Document)
        return new

    def insert_multiple(self, documents: Any) -> Any:
        new = super().insert_multiple(documents)
        self.made += sum(isinstance(document, Document) for document in documents)
        return new


class Memory(TinyDB):
    table_class = TextIds


def in_memory(_: Path) -> tuple[Table, Callable[[], None]]:
    db = Memory(storage=MemoryStorage)
    return db.table("things"), db.close


def in_sqlite(folder: Path) -> tuple[Table, Callable[[], None]]:
    connection = open_writer(folder / "table.db", {})  # it makes its table when it is first used
    connection.execute("BEGIN IMMEDIATE")
    return SqliteTinyDB(connection, INDEXES).table("things"), connection.close


@pytest.fixture(params=[in_memory, in_sqlite])
def table(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Table]:
    opened, close = request.param(tmp_path)
    yield opened
    close()


def ids(documents: list[Any]) -> list[str]:
    return [document.doc_id for document in documents]


def fill(table: Table) -> None:
    for doc_id, n, state in (("b", 1, "new"), ("a", 2, "new"), ("c", 3, "old")):
        table.insert(Document({"n": n, "state": state}, doc_id))


def test_insert_returns_the_id_and_get_gives_the_document(table: Table) -> None:
    assert table.insert(Document({"n": 1}, "m:1/x'\"")) == "m:1/x'\""
    got = table.get(doc_id="m:1/x'\"")
    assert got == {"n": 1}
    assert got.doc_id == "m:1/x'\""
    assert table.get(doc_id="other") is None


def test_documents_without_an_id_get_numbers(table: Table) -> None:
    assert [table.insert({"n": n}) for n in range(3)] == ["1", "2", "3"]
    assert table.insert_multiple([{"n": 3}, {"n": 4}]) == ["4", "5"]
    table.remove(doc_ids=["5"])
    assert table.insert({}) == "6"


def test_an_id_is_taken_only_once(table: Table) -> None:
    table.insert(Document({"n": 1}, "a"))
    with pytest.raises(ValueError, match="already exists"):
        table.insert(Document({"n": 2}, "a"))
    assert table.all() == [{"n": 1}]


def test_several_are_inserted_or_none(table: Table) -> None:
    table.insert(Document({"n": 1}, "a"))
    with pytest.raises(ValueError, match="already exists"):
        table.insert_multiple([Document({"n": 0}, "b"), Document({"n": 2}, "a")])
    assert ids(table.all()) == ["a"]


def test_a_table_that_was_not_made_after_all_can_be_made(table: Table) -> None:
    with pytest.raises(ValueError, match="already exists"):
        table.insert_multiple([Document({"n": 0}, "a"), Document({"n": 1}, "a")])
    assert table.all() == []
    table.insert(Document({"n": 2}, "a"))
    assert table.all() == [{"n": 2}]


def test_only_mappings_are_documents(table: Table) -> None:
    with pytest.raises(ValueError, match="not a Mapping"):
        table.insert([1])  # type: ignore[arg-type]


def test_order_is_the_order_of_insertion(table: Table) -> None:
    fill(table)
    assert ids(table.all()) == ids(list(table)) == ["b", "a", "c"]
    assert ids(table.search(where("state") == "new")) == ["b", "a"]
    assert ids(table.search(where("n") >= 1)) == ["b", "a", "c"]
    assert ids(table.search(where("state").one_of(["old", "new"]))) == ["b", "a", "c"]
    assert ids(table.get(doc_ids=["c", "b", "zz"])) == ["b", "c"]
    table.remove(doc_ids=["b"])
    table.insert(Document({}, "b"))
    assert ids(table.all()) == ["a", "c", "b"]


def test_an_index_does_not_change_the_order(table: Table) -> None:
    for n, state in enumerate(["z", "a", "m", "a", "z"]):
        table.insert(Document({"n": n, "state": state}, str(n)))
    everything = ["0", "1", "2", "3", "4"]
    assert ids(table.search(where("state").one_of(["a", "m", "z"]))) == everything
    assert ids(table.search(where("state") >= "a")) == everything
    assert ids(table.search(where("state") <= "m")) == ["1", "2", "3"]


def test_get_by_condition_gives_the_first(table: Table) -> None:
    fill(table)
    assert table.get(where("state") == "new").doc_id == "b"
    assert table.get(where("state") == "none") is None
    with pytest.raises(RuntimeError):
        table.get()


def test_contains_and_count(table: Table) -> None:
    fill(table)
    assert table.contains(where("n") == 3)
    assert not table.contains(where("n") == 4)
    assert table.contains(doc_id="a")
    assert not table.contains(doc_id="z")
    assert (table.count(where("state") == "new"), len(table)) == (2, 3)


def test_update_merges(table: Table) -> None:
    fill(table)
    assert table.update({"late": True}, where("state") == "new") == ["b", "a"]
    assert table.get(doc_id="a") == {"n": 2, "state": "new", "late": True}
    assert table.update({"n": 9}, doc_ids=["c", "zz"]) == ["c"]
    assert table.update({"all": 1}) == ["b", "a", "c"]


def test_update_by_an_operation(table: Table) -> None:
    fill(table)
    table.update(increment("n"), where("state") == "old")
    table.update(add("n", 10), doc_ids=["c", "c"])
    table.update(set_field("state", "done"), where("n") == 24)
    table.update(delete("n"), where("state") == "done")
    assert table.get(doc_id="c") == {"state": "done"}


def test_update_multiple(table: Table) -> None:
    fill(table)
    table.update_multiple([({"x": 1}, where("n") == 1), (delete("n"), where("state") == "old")])
    assert table.all() == [
        {"n": 1, "state": "new", "x": 1},
        {"n": 2, "state": "new"},
        {"state": "old"},
    ]


def test_upsert_updates_or_inserts(table: Table) -> None:
    fill(table)
    assert table.upsert(Document({"n": 7}, "a")) == ["a"]
    assert table.get(doc_id="a") == {"n": 7, "state": "new"}
    assert table.upsert(Document({"n": 8}, "z")) == ["z"]
    assert table.upsert({"seen": True}, where("state") == "new") == ["b", "a"]
    with pytest.raises(ValueError):
        table.upsert({"n": 1})


def test_remove_and_truncate(table: Table) -> None:
    fill(table)
    assert table.remove(where("state") == "new") == ["b", "a"]
    assert table.remove(doc_ids=["a", "c"]) == ["c"]
    with pytest.raises(RuntimeError):
        table.remove()
    fill(table)
    table.truncate()
    assert len(table) == 0


def test_a_document_that_was_got_is_a_copy(table: Table) -> None:
    fill(table)
    table.get(doc_id="a")["n"] = 99
    for document in table.search(where("state") == "new"):
        document["n"] = 99
    assert table.get(doc_id="a")["n"] == 2


def test_the_table_may_change_while_it_is_walked(table: Table) -> None:
    for n in range(600):
        table.insert(Document({"n": n}, str(n)))
    if isinstance(table, TextIds):
        pytest.skip("TinyDB in memory may not be changed while it is walked")
    seen = []
    for document in table:
        seen.append(document.doc_id)
        table.remove(doc_ids=[document.doc_id])
        table.insert(Document({}, f"new {document.doc_id}"))
    assert seen == [str(n) for n in range(600)]
    assert len(table) == 600


def test_a_tinydb_lists_and_drops_its_tables(tmp_path: Path) -> None:
    connection = open_writer(tmp_path / "a.db", {})
    connection.execute("BEGIN")
    db = SqliteTinyDB(connection, {})
    db.insert({"n": 1})  # into the default table, as TinyDB does
    db.table("other").insert({"n": 2})
    assert db.tables() == {"_default", "other"}
    assert len(db) == 1
    db.drop_table("_default")
    assert (db.tables(), db.table("other").all()) == ({"other"}, [{"n": 2}])
    connection.close()


# The same operations, the same results

values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 2),
    st.sampled_from([2**53, 2**53 + 1, 2**63, -(2**64), 0.0, 1.0, 0.1, 1e22, 1e300]),
    st.sampled_from(["", "new", "old", "1", "a", "a\0b", "a\0", "b", "é", "\uffff", "😀", "[1]"]),
    st.lists(st.integers(0, 2), max_size=2),
    st.just({"channel": "web"}),
)
documents = st.dictionaries(
    st.sampled_from(["state", "n", "free"]), values, max_size=3
) | st.builds(lambda value: {"place": {"channel": value}}, values)
doc_ids = st.sampled_from(["a", "b", "1", "2", "x'y", "é\0"])
texts = st.sampled_from(["", "a", "a\0b", "b", "new", "😀"])


def equality(path: str, value: Any) -> Any:
    query: Any = Query()
    for part in path.split("."):
        query = query[part]
    return query == value


def safely(path: str, sign: str, bound: str) -> Any:
    """An order that TinyDB can ask of any value: of others than text it would raise."""
    field: Any = Query()[path]
    text = field.test(lambda value: isinstance(value, str))
    order = {"<": field < bound, "<=": field <= bound, ">": field > bound, ">=": field >= bound}
    return text & order[sign]


fields = st.sampled_from(["state", "n", "free", "place.channel", "place"])
simple = st.one_of(
    st.builds(equality, fields, values),
    st.builds(
        safely, st.sampled_from(["state", "free"]), st.sampled_from(["<", "<=", ">", ">="]), texts
    ),
    st.builds(
        lambda f, items: Query()[f].one_of(items),
        st.sampled_from(["state", "n"]),
        st.lists(values, max_size=3),
    ),
)
queries = st.recursive(
    simple,
    lambda inner: st.one_of(
        st.builds(lambda a, b: a & b, inner, inner),
        st.builds(lambda a, b: a | b, inner, inner),
        st.builds(lambda a: ~a, inner),
    ),
    max_leaves=4,
)
operations = st.one_of(
    st.tuples(st.just("insert"), documents),
    st.tuples(st.just("insert"), st.builds(Document, documents, doc_ids)),
    st.tuples(
        st.just("insert_multiple"), st.lists(st.builds(Document, documents, doc_ids), max_size=3)
    ),
    st.tuples(st.just("upsert"), st.builds(Document, documents, doc_ids)),
    st.tuples(st.just("upsert"), documents, queries),
    st.tuples(st.just("update"), documents, queries),
    st.tuples(st.just("remove"), queries),
    st.tuples(st.just("search"), queries),
    st.tuples(st.just("get"), queries),
    st.tuples(st.just("count"), queries),
    st.tuples(st.just("contains"), queries),
)


def outcome(table: Table, name: str, *arguments: Any) -> Any:
    try:
        result = getattr(table, name)(*arguments)
    except ValueError as error:
        return str(error)
    found = result if isinstance(result, list) else [result]
    return [(getattr(one, "doc_id", None), one) for one in found]


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    opened = open_writer(tmp_path_factory.mktemp("differential") / "table.db", INDEXES)
    yield opened
    opened.close()


@settings(max_examples=150, deadline=None)
@given(st.lists(operations, max_size=25))
def test_any_operations_give_what_tinydb_gives(
    connection: sqlite3.Connection, steps: list[Any]
) -> None:
    oracle, _ = in_memory(Path())
    connection.execute("BEGIN")
    try:
        ours = SqliteTinyDB(connection, INDEXES).table("things")
        for step in steps:
            assert outcome(ours, *step) == outcome(oracle, *step), step
            assert [(d.doc_id, d) for d in ours] == [(d.doc_id, d) for d in oracle]
    finally:
        connection.execute("ROLLBACK")
