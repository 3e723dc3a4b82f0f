"""What starting costs, and what a server holds: CPU of the command line, memory of a real server.

`python -m bench.starting [help] [check] [start] [memory]`. Every figure is a process of its own;
CPU is its own and its children's, the best of three. The server is `aboveboard serve` on a copy of
the sample brand; a thousand customers write to it over HTTP, each from an address of their own.
Beside the figures stands what a fixed piece of work costs here, for machines differ.
"""

from __future__ import annotations

import asyncio
import hmac
import os
import re
import resource
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import aiohttp
import yaml

ROOT = Path.cwd()
PORT = 8397
MESSAGES = 1000
AT_ONCE = 8
COMMAND = [sys.executable, "-c", "from handlers.cli import main; main()"]


def run(*arguments: str, cwd: Path = ROOT) -> float:
    """Seconds of CPU until a command is done."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*COMMAND, *arguments], cwd=cwd, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def calibration() -> float:
    """Seconds of CPU for a million steps of plain Python."""
    best = 9e9
    for _ in range(3):
        began, total = time.process_time(), 0
        for number in range(1_000_000):
            total += number * number % 7
        best = min(best, time.process_time() - began)
    return best


@contextmanager
def brand() -> Iterator[Path]:
    """A copy of the sample brand, behind a proxy, without a model yet."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for part in ("policies", "templates"):
            shutil.copytree(ROOT / part, root / part)
        config = yaml.safe_load((ROOT / "config.yaml").read_text("utf-8"))
        config["server"] = {**config.get("server", {}), "proxy": True}
        (root / "config.yaml").write_text(
            yaml.safe_dump(config, allow_unicode=True, sort_keys=False), "utf-8"
        )
        yield root


@contextmanager
def server(root: Path) -> Iterator[int]:
    """A server that answers; its process's id."""
    arguments = ["--root", str(root), "serve", "--no-samples", "--port", str(PORT)]
    process = subprocess.Popen([*COMMAND, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        while process.poll() is None:
            try:
                urllib.request.urlopen(f"http://localhost:{PORT}/chat", timeout=60).read()
                break
            except OSError:
                time.sleep(0.05)
        else:
            raise SystemExit("The server ended.")
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def cpu_of(pid: int) -> float:
    """Seconds, with those of children that have ended."""
    ticks = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:15]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def resident(pid: int, what: str = "VmRSS") -> float:
    """MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(rf"{what}:\s+(\d+)", status)
    assert found is not None
    return int(found[1]) / 1024


def started(root: Path) -> float:
    """Seconds of CPU until a server's first answer."""
    with server(root) as pid:
        return cpu_of(pid)


async def write(texts: list[str], first: int) -> None:
    """Each text from a customer of its own, at an address of its own."""
    base = f"http://localhost:{PORT}"
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:

        async def one(text: str, number: int) -> None:
            secret = secrets.token_urlsafe(32)
            token = hmac.new(secret.encode(), b"chat form", "sha256").hexdigest()
            form = {"csrf": token, "id": str(uuid.uuid4()), "text": text}
            headers = {
                "Origin": base,
                "Cookie": f"chat={secret}",
                "Accept": "application/json",
                "X-Forwarded-For": f"10.0.{number >> 8}.{number & 255}",
            }
            async with session.post(f"{base}/chat", data=form, headers=headers) as answer:
                answer.raise_for_status()

        for begin in range(0, len(texts), AT_ONCE):
            group = texts[begin : begin + AT_ONCE]
            await asyncio.gather(*(one(text, first + begin + n) for n, text in enumerate(group)))


def settled(pid: int) -> None:
    """Wait until the server has nothing to do."""
    before = -1.0
    while cpu_of(pid) - before > 0.1:
        before = cpu_of(pid)
        time.sleep(1.0)


def examples(root: Path) -> list[str]:
    files = sorted((root / "policies" / "intents").glob("*.yaml"))
    intents = [yaml.safe_load(file.read_text("utf-8")) for file in files]
    texts = [text for intent in intents for text in (intent.get("examples") or {}).get("en", [])]
    return (texts * (MESSAGES // len(texts) + 1))[:MESSAGES]


def memory(root: Path) -> None:
    texts = examples(root)
    with server(root) as pid:
        settled(pid)
        print(f"{'resident after the start':<44}{resident(pid):>8.0f} MB")
        began = cpu_of(pid)
        for first, last in ((0, 100), (100, MESSAGES)):
            asyncio.run(write(texts[first:last], first))
            settled(pid)
            goal = "   goal ≤ 250" if last == MESSAGES else ""
            print(f"{f'resident after {last:,} messages':<44}{resident(pid):>8.0f} MB{goal}")
        parts = f"own {resident(pid, 'RssAnon'):.0f}, of files {resident(pid, 'RssFile'):.0f}"
        print(f"{'':<44}{parts}, at most {resident(pid, 'VmHWM'):.0f}")
        each = (cpu_of(pid) - began) / MESSAGES * 1e3
        print(f"{'CPU a message, with HTTP and the desk':<44}{each:>8.1f} ms")


def row(what: str, measure: Callable[[], float], goal: float) -> None:
    best = min(measure() for _ in range(3))
    print(f"{what:<44}{best:>8.2f} s    goal ≤ {goal:g}", flush=True)


def main() -> None:
    wanted = sys.argv[1:] or ["help", "check", "start", "memory"]
    print(f"{'a million steps of plain Python':<44}{calibration():>8.3f} s", flush=True)
    if "help" in wanted:
        row("CPU of aboveboard --help", lambda: run("--help"), 0.2)
    if "check" in wanted:
        row("CPU of aboveboard check", lambda: run("check"), 1.0)
    if {"start", "memory"} & {*wanted}:
        with brand() as root:
            first = started(root)
            print(f"{'CPU of the first start, training included':<44}{first:>8.2f} s", flush=True)
            if "start" in wanted:
                row("CPU of the second start", lambda: started(root), 2.0)
            if "memory" in wanted:
                memory(root)
    print(f"{'a million steps of plain Python':<44}{calibration():>8.3f} s")


if __name__ == "__main__":
    main()
