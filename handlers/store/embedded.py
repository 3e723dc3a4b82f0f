"""The embedded store: one file, one process, one thread that writes.

Promised, and what it rests on:

- What `write` has returned is on disk: it returns after SQLite's COMMIT with `synchronous=FULL`.
- A work is whole or nothing. One that raises is undone alone; the others of its commit stand,
  for each runs in a SAVEPOINT where several share one.
- Works that are waiting when the writer gets to them share one commit, so that a hundred senders
  cost about one disk flush, and a lone one waits for nobody.
- When the disk is full or fails, every work of that commit gets a StoreError and none has
  happened. The next one simply tries again: the store mends itself once there is space.
- What a work has erased for good (`Transaction.erase_log`) is in no file of the store any more
  when `write` returns: the log is emptied too, or as soon as a reader that holds it lets go.
- A second server on the same file is refused, by name of the first (`lock`).

A work runs in the writer's thread: it must be short, and must not wait for anything.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from bot.model.errors import StoreError
from handlers.ports.store_port import Transaction
from handlers.store.lock_file import Lock
from handlers.store.migrations import MIGRATIONS, Migration
from handlers.store.readers import Readers
from handlers.store.sqlite import empty_log, explain_error, open_writer
from handlers.store.sqlite_storage import Indexes
from handlers.store.sqlite_tinydb import SqliteTinyDB

T = TypeVar("T")
Probe = Callable[[str], None]

_TOGETHER = 256  # works to a commit at most: a burst is acknowledged in parts
_LOG_AGAIN = 1.0  # seconds until the log that a reader held is tried again
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Job:
    """A work, and who waits for it, on which event loop; without one, a thread waits."""

    work: Callable[[Transaction], Any]
    waiting: asyncio.Future[Any] | Future[Any]
    loop: asyncio.AbstractEventLoop | None = None
    erases: bool = False  # the log has to be emptied after it
    result: Any = None
    error: BaseException | None = None


class EmbeddedStore:
    """`Store` of handlers/ports/store_port.py on one SQLite file.

    `indexes` names each table's indexed fields (`state`, `place.channel`). `migrations` bring a
    store of an earlier version up to this one, once, at opening. `probe` is told of each commit
    point as it is passed (`before-commit`, `after-commit`, `after-ack`): tests end the process
    there.

    Raises StoreError if the file cannot be used, a server uses it already, or a later version of
    this software has written it.
    """

    def __init__(
        self,
        path: Path | str,
        indexes: Mapping[str, tuple[str, ...]],
        *,
        migrations: Sequence[Migration] = MIGRATIONS,
        probe: Probe | None = None,
    ) -> None:
        self.path = Path(path)
        self._indexes: Indexes = dict(indexes)
        self._probe = probe or tell_nobody
        self._lock = Lock(self.path)
        try:
            self._connection = open_writer(self.path, self._indexes, migrations)
        except BaseException:
            self._lock.release()
            raise
        # what was erased: some may be left of a process that was killed just then
        self._log_to_empty = not empty_log(self._connection)
        self._readers = Readers(self.path, self._indexes, 1 + len(migrations))
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._gate = threading.Lock()  # between taking a work and closing
        self._closed = False
        self._writer = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._writer.start()

    # What anybody may call

    def write(self, work: Callable[[Transaction], T]) -> Awaitable[T]:
        """Run `work` in one transaction; its result once it is durable. See
        handlers/ports/store_port.py.

        It is in the queue when this returns, awaited or not: two calls in a row run in that order.
        """
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[T] = loop.create_future()
        self._put(_Job(work, waiting, loop))
        return waiting

    def write_now(self, work: Callable[[Transaction], T]) -> T:
        """As `write`, for callers without an event loop. Blocks."""
        waiting: Future[T] = Future()
        self._put(_Job(work, waiting))
        return waiting.result()

    def read(self, query: Callable[[Transaction], T]) -> T:
        """Run `query` on a consistent view of what is committed. Any thread. See
        handlers/ports/store_port.py.
        """
        return self._readers.read(query)

    def close(self) -> None:
        """Finish what was queued, then end. After this everything is refused with a StoreError."""
        with self._gate:
            if self._closed:
                return
            self._closed = True
            self._jobs.put(None)
        self._writer.join()
        self._readers.close()
        self._connection.close()
        self._lock.release()

    # The writer's thread

    def _put(self, job: _Job) -> None:
        with self._gate:
            if self._closed:
                raise StoreError(f"{self.path}: the store is closed.")
            self._jobs.put(job)

    def _run(self) -> None:
        going = True
        while going:
            batch, going = self._next()
            if batch:
                self._commit(batch)
            if self._log_to_empty:
                self._log_to_empty = not empty_log(self._connection)
            self._acknowledge(batch)

    def _next(self) -> tuple[list[_Job], bool]:
        """Wait for a job; take all that wait with it. False: the store is closing."""
        batch: list[_Job] = []
        try:
            job = self._jobs.get(timeout=_LOG_AGAIN if self._log_to_empty else None)
            while job is not None:
                batch.append(job)
                if len(batch) == _TOGETHER:
                    return batch, True
                job = self._jobs.get_nowait()
        except Empty:
            return batch, True
        return batch, False

    def _commit(self, batch: list[_Job]) -> None:
        run = self._connection.execute
        try:
            run("BEGIN IMMEDIATE")
            if len(batch) == 1:
                self._attempt_alone(batch[0])
            else:
                for job in batch:
                    self._attempt_among_others(job)
            self._probe("before-commit")
            if self._connection.in_transaction:
                run("COMMIT")
        except BaseException as error:
            self._undo(batch, error)
        else:
            self._log_to_empty |= any(job.erases and job.error is None for job in batch)
            self._probe("after-commit")

    def _attempt_alone(self, job: _Job) -> None:
        """Run the only work of a transaction: if it raises, the whole of that is undone."""
        try:
            self._perform(job)
        except BaseException as error:
            if not self._connection.in_transaction:
                raise
            self._connection.execute("ROLLBACK")
            job.error = self._blame(error)
        else:
            self._refuse_ended()

    def _attempt_among_others(self, job: _Job) -> None:
        """Run one work in its savepoint. Raises only when the whole transaction is lost."""
        run = self._connection.execute
        run("SAVEPOINT work")
        try:
            self._perform(job)
        except BaseException as error:
            if not self._connection.in_transaction:
                raise
            run("ROLLBACK TO work")
            job.error = self._blame(error)
        self._refuse_ended()
        run("RELEASE work")

    def _perform(self, job: _Job) -> None:
        with SqliteTinyDB(self._connection, self._indexes) as transaction:
            job.result = job.work(transaction)
            job.erases = transaction.erases_log

    def _refuse_ended(self) -> None:
        if not self._connection.in_transaction:
            raise sqlite3.OperationalError("the transaction has ended within a work")

    def _blame(self, error: BaseException) -> BaseException:
        if isinstance(error, sqlite3.Error):
            return self._store_error(error)
        if isinstance(error, StopIteration):  # which no future can hold
            return RuntimeError(f"a work ended with {error!r}")
        return error

    def _undo(self, batch: list[_Job], error: BaseException) -> None:
        """Nothing of this commit has happened: everybody in it is told so."""
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except sqlite3.Error:
            _log.exception("%s: a failed commit could not be rolled back", self.path)
        refusal = self._store_error(error)
        _log.error("%s", refusal)
        for job in batch:
            job.result, job.error = None, job.error or refusal

    def _store_error(self, error: BaseException) -> StoreError:
        words = explain_error(error) if isinstance(error, sqlite3.Error) else f"{error!r}"
        refusal = StoreError(f"{self.path}: nothing was written: {words}")
        refusal.__cause__ = error
        return refusal

    def _acknowledge(self, batch: list[_Job]) -> None:
        # one wake-up for each event loop, however many wait there
        for loop in {job.loop for job in batch}:
            jobs = [job for job in batch if job.loop is loop]
            if loop is None:
                self._settle(jobs)
                continue
            try:
                loop.call_soon_threadsafe(self._settle, jobs)
            except RuntimeError:
                _log.warning("%s: whoever waited for a write has gone", self.path)

    def _settle(self, jobs: list[_Job]) -> None:
        for job in jobs:
            if job.waiting.done():  # given up; what was written stays written
                continue
            if job.error is not None:
                job.waiting.set_exception(job.error)
            else:
                job.waiting.set_result(job.result)
        self._probe("after-ack")


def tell_nobody(point: str) -> None:
    """Nobody listens to the commit points."""
