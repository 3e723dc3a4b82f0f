"""From a customer's message to a durable, judged draft: CPU a message, with its stages, beside the
goals; memory and start. Real models, real rules, the real store.

    python -m bench.pipeline

CPU is the whole process's, writer thread included. What is asked is the sample brand's own
examples, so that most are drafted and some are handed over, as in life.
"""

from __future__ import annotations

import asyncio
import itertools
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.engagement.step import step
from bot.model import Author, Message, Place
from handlers.app import running
from handlers.brandfiles.brand_folder import load
from handlers.brandfiles.loading import Library, load_knowledge, load_library
from handlers.models.reader_loading import reader_for
from handlers.service.read_and_draft import make_draft, read_ask, unread_of
from handlers.service.simulation.dry_run import try_message

ROOT = Path(__file__).resolve().parents[1]
TOGETHER = 16
MESSAGES = 480


def library(model: str) -> Library:
    knowledge = load_knowledge(ROOT, datetime.now(UTC))
    chosen = replace(knowledge.brand.understanding, model=model)  # type: ignore[arg-type]
    knowledge = replace(knowledge, brand=replace(knowledge.brand, understanding=chosen))
    return Library(knowledge, reader_for(ROOT, knowledge))


def asks(it: Library) -> Iterator[str]:
    """The brand's own English examples, round and round."""
    drafting = [i for i in it.knowledge.intents.values() if i.reply == "draft"]
    rows = zip(*(intent.examples["en"] for intent in drafting), strict=False)
    return itertools.cycle([text for row in rows for text in row])


async def through(it: Library, folder: Path, messages: int) -> float:
    """CPU seconds a message, from `receive` to the last durable draft, 16 at a time."""
    texts = asks(it)
    async with running(ROOT, it, {}, store_path=folder / "store.db", samples=False) as app:

        async def one(number: int) -> None:
            place = Place("web", "", f"t{number}")
            text = next(texts)
            at = datetime.now(UTC)
            await app.service.receive(
                Message(f"m{number}", place, Author(f"c{number}"), text, at, direct=True)
            )

        async def some(numbers: range) -> None:
            await asyncio.gather(*(one(number) for number in numbers))
            await app.service.quiet()

        await some(range(TOGETHER))
        began = time.process_time()
        for first in range(TOGETHER, TOGETHER + messages, TOGETHER):
            await some(range(first, first + TOGETHER))
        return (time.process_time() - began) / messages


def stages(it: Library) -> dict[str, float]:
    """CPU seconds of each stage of one message, outside of the store."""
    at = datetime.now(UTC)
    known = it.knowledge
    now = try_message("Can I still return boots I bought three weeks ago?", it, at)
    start = replace(now, state=type(now.state).ARRIVED)
    reading = read_ask(unread_of(start), it.reader, at)
    ready, _ = step(start, reading, known)
    draft = make_draft(ready, known, at)
    return {
        "understand": cpu(lambda: read_ask(unread_of(start), it.reader, at)),
        "step: rules on the message": cpu(lambda: step(start, reading, known)),
        "draft": cpu(lambda: make_draft(ready, known, at)),
        "step: envelope, rules on the reply": cpu(lambda: step(ready, draft, known)),
    }


def cpu(work: Callable[[], object], rounds: int = 60) -> float:
    """The best of three means."""
    work()
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        for _ in range(rounds):
            work()
        best = min(best, (time.process_time() - began) / rounds)
    return best


def second_start() -> float:
    """Seconds of wall clock to everything that serving needs, models cached, in a new process."""
    code = (
        "import time; b = time.time(); from datetime import UTC, datetime;"
        "from pathlib import Path;"
        "import handlers.app; from handlers.brandfiles.loading import load_library;"
        f"load_library(Path({str(ROOT)!r}), datetime.now(UTC)); print(time.time() - b)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)


def memory() -> float:
    """MB at most, so far, of a process that has done all this."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    load(ROOT, datetime.now(UTC).date())
    load_library(ROOT, datetime.now(UTC))  # trains, if need be
    print("| what | here | goal |\n| --- | --- | --- |")
    print(f"| start to everything loaded, models cached | {second_start():.1f} s | ≤ 3 s |")
    goals = {"lite": "≤ 4 ms, then ≤ 2", "strong": "≥ 120 messages/s/core: ≤ 8.3 ms"}
    for model, goal in goals.items():
        it = library(model)
        with tempfile.TemporaryDirectory() as name:
            each = asyncio.run(through(it, Path(name), MESSAGES))
        print(f"| event → durable judged draft, {model} | {each * 1e3:.2f} ms CPU | {goal} |")
        for stage, seconds in stages(it).items():
            print(f"| · {stage} ({model}) | {seconds * 1e3:.2f} ms | |")
    print(f"| memory of this process, encoder loaded, both models | {memory():.0f} MB | ≤ 250 MB |")


if __name__ == "__main__":
    main()
