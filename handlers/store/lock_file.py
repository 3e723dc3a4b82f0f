"""One server to a store: a lock file beside it, held for as long as the process lives.

The kernel gives the lock back when the process ends, however it ends; the number in the file is
only there to tell a person who has it. The file itself stays: taking it away would let two
processes each lock a file of that name.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from bot.model.errors import StoreError


class Lock:
    """Held from construction until `release`.

    Raises StoreError naming the process that has it, or why the file cannot be made.
    """

    def __init__(self, store: Path) -> None:
        path = store.with_name(store.name + ".lock")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StoreError(f"{path}: cannot be opened: {error.strerror}.") from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(self._file, 32, 0).decode("ascii", "replace").strip()
            os.close(self._file)
            who = f"process {holder}" if holder else "another process"
            raise StoreError(
                f"{store}: the store is in use by {who}. Stop it first, or use another store."
            ) from error
        try:
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, f"{os.getpid()}\n".encode(), 0)
        except OSError:
            pass  # on a full disk the lock holds all the same; only the number is missing

    def release(self) -> None:
        try:
            os.ftruncate(self._file, 0)
        finally:
            os.close(self._file)
