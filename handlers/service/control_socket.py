"""Commands to the running server: one line of JSON each way over a Unix socket beside the store.

Only the server's own user can use it: the socket is made with mode 0600, and the kernel is asked
who is at the other end. It is how a command changes something while the server holds the store's
lock. `Control` listens; `ask` is the command's side.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
import stat
import struct
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from bot.model.errors import AboveboardError, StoreError

Request = Mapping[str, Any]
Command = Callable[[Request], Awaitable[str]]
LONGEST = 64 * 1024  # bytes of a line
WAIT = 10.0  # seconds for a request, or an answer
_LONGEST_PATH = 100  # bytes; the kernel takes 108 on Linux, 104 on macOS
log = logging.getLogger("aboveboard")


def socket_of(store: Path) -> Path:
    return store.with_name(store.name + ".sock")


class Control:
    """Answers `commands` by name, with words. Made while the store's lock is held: whatever socket
    is found there is of a server that is no more."""

    def __init__(self, store: Path, commands: Mapping[str, Command]) -> None:
        self._path, self._commands = socket_of(store), commands
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen. Where that cannot be, the server runs all the same, and the log says so."""
        try:
            with suppress(FileNotFoundError):
                if stat.S_ISSOCK(self._path.lstat().st_mode):
                    self._path.unlink()
            listening = socket.socket(socket.AF_UNIX)
            before = os.umask(0o177)
            try:
                with _reachable(self._path) as address:
                    listening.bind(address)
            finally:
                os.umask(before)
        except OSError as error:
            log.error("%s: commands cannot reach this server: %s", self._path, error)
            return
        self._server = await asyncio.start_unix_server(self._serve, sock=listening, limit=LONGEST)

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
            with suppress(FileNotFoundError):
                self._path.unlink()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if _is_ours(writer.get_extra_info("socket")):
                async with asyncio.timeout(WAIT):
                    answer = await self._answer(await reader.readline())
                    writer.write(json.dumps(answer).encode() + b"\n")
                    await writer.drain()
        except (OSError, ValueError, TimeoutError) as error:
            log.warning("a command got no answer: %s", error)
        finally:
            writer.close()

    async def _answer(self, line: bytes) -> dict[str, Any]:
        try:
            request = json.loads(line)
            command = self._commands[request["do"]]
        except (ValueError, KeyError, TypeError):
            return {"ok": False, "words": "This server does not know that command."}
        try:
            return {"ok": True, "words": await command(request)}
        except AboveboardError as error:
            return {"ok": False, "words": str(error)}
        except Exception as error:
            log.exception("a command failed")
            return {"ok": False, "words": f"The server could not do it: {type(error).__name__}."}


def ask(store: Path, request: Request) -> str | None:
    """What the running server answers; None if none listens there. Raises StoreError."""
    line = b""
    with socket.socket(socket.AF_UNIX) as calling:
        calling.settimeout(WAIT)
        try:
            with _reachable(socket_of(store)) as address:
                calling.connect(address)
        except (FileNotFoundError, ConnectionRefusedError):
            return None
        except OSError as error:
            raise StoreError(f"{socket_of(store)}: {error.strerror or error}.") from error
        try:
            calling.sendall(json.dumps(dict(request)).encode() + b"\n")
            while not line.endswith(b"\n") and (part := calling.recv(4096)):
                line += part
            answer = json.loads(line)
        except (OSError, ValueError) as error:
            raise StoreError("The server took the command and did not answer.") from error
    if not answer["ok"]:
        raise StoreError(str(answer["words"]))
    return str(answer["words"])


@contextmanager
def _reachable(path: Path) -> Iterator[str]:
    """An address of this path that is short enough for a socket."""
    if len(os.fsencode(path)) <= _LONGEST_PATH:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


def _is_ours(peer: socket.socket) -> bool:
    """Whether the other end runs as our own user, or as root."""
    if sys.platform == "linux":
        size = struct.calcsize("3i")
        _, user, _ = struct.unpack(
            "3i", peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
        )
    else:  # BSD and macOS: getsockopt(SOL_LOCAL, LOCAL_PEERCRED) gives version, then user
        _, user = struct.unpack("2I", peer.getsockopt(0, 1, struct.calcsize("2I")))
    return user in (os.getuid(), 0)
