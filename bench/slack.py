"""A signed event of Slack's until its message is durable, beside Bolt doing nothing.

    python -m bench.slack

Both are served over HTTP by one process and called by another, 16 events at a time, in turns, so
that both see the same machine. Ours is the whole product's server: signature, Bolt, the message
stored with `synchronous=FULL`, then the acknowledgement; what is done with a message afterwards
(understanding it, drafting) is switched off here, `bench.pipeline` measures that. Bolt's is an app
with one listener that does nothing. CPU is the serving process's, its store's thread included.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from handlers.app import running
from handlers.brandfiles.loading import load_library
from tests.fakes.clock import VirtualClock
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.driver import sign
from tests.slackside import JONAS, env, eventually, populate

ROOT = Path(__file__).resolve().parents[1]
TOGETHER = 16
EVENTS = 480
ROUNDS = 7
GOAL = 1.5
ROOM = "C1HELP"
TEXT = "Can I still return the boots I bought three weeks ago? " * 2
fresh = itertools.count()


# the process that serves


def nothing(slack: FakeSlack) -> web.Application:
    """Bolt as it comes, with one listener that does nothing."""
    client = AsyncWebClient(slack.token, base_url=slack.api)
    app = AsyncApp(client=client, signing_secret=slack.secret)

    async def listener() -> None:
        pass

    app.event("message")(listener)
    return app.web_app("/slack/events")


async def cpu(request: web.Request) -> web.Response:
    return web.json_response(time.process_time())


async def serve(folder: Path) -> None:
    """Both servers, until the line on stdin; their addresses go to stdout."""
    library = load_library(ROOT, datetime.now(UTC))
    settings = replace(library.knowledge.brand, channel_settings={})
    library.knowledge = replace(library.knowledge, brand=settings)
    async with FakeSlack(VirtualClock()) as slack:
        populate(slack)
        starting = running(ROOT, library, env(slack), store_path=folder / "s.db", samples=False)
        async with starting as app, TestServer(nothing(slack)) as bolt:
            app.engine.conversations.wake = lambda conversation: None  # type: ignore[method-assign]
            app.site.router.add_get("/cpu", cpu)
            async with TestServer(app.site) as ours:
                await eventually(lambda: app.channels["slack-community"].ready)  # type: ignore[attr-defined]
                urls = {"ours": "/slack/events", "cpu": "/cpu"}
                said = {name: str(ours.make_url(path)) for name, path in urls.items()}
                said["bolt"] = str(bolt.make_url("/slack/events"))
                print(json.dumps(said), flush=True)
                await asyncio.to_thread(sys.stdin.readline)


# the process that calls


def event() -> bytes:
    number = next(fresh)
    ts = f"{int(time.time())}.{number:06d}"
    post = {"type": "message", "channel": ROOM, "channel_type": "channel", "team": "T1"}
    body = {
        "type": "event_callback",
        "team_id": "T1",
        "api_app_id": "A1",
        "event_id": f"Ev{number}",
        "event_time": int(time.time()),
        "authorizations": [{"team_id": "T1", "user_id": "UBOT", "is_bot": True}],
        "event": {**post, "user": JONAS, "text": TEXT, "ts": ts, "event_ts": ts},
    }
    return json.dumps(body).encode()


async def called(http: aiohttp.ClientSession, url: str, count: int) -> float:
    """Seconds of wall time until so many events are acknowledged."""
    waiting = [event() for _ in range(count)]

    async def worker() -> None:
        while waiting:
            raw, now = waiting.pop(), str(int(time.time()))
            headers = {
                "Content-Type": "application/json",
                "X-Slack-Request-Timestamp": now,
                "X-Slack-Signature": sign(FakeSlack.secret, now, raw),
            }
            async with http.post(url, data=raw, headers=headers) as response:
                assert response.status == 200, await response.text()

    began = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(TOGETHER)))
    return time.perf_counter() - began


async def measure(urls: dict[str, str]) -> dict[str, tuple[float, float]]:
    """Of each server: (CPU, wall) in µs an event, the median of the rounds."""
    rounds: dict[str, list[tuple[float, float]]] = {"bolt": [], "ours": []}
    async with aiohttp.ClientSession() as http:

        async def spent() -> float:
            async with http.get(urls["cpu"]) as response:
                return float(await response.json())

        for name in rounds:
            await called(http, urls[name], TOGETHER * 4)  # warm
        for _ in range(ROUNDS):
            for name, found in rounds.items():
                before = await spent()
                wall = await called(http, urls[name], EVENTS)
                found.append(((await spent() - before) / EVENTS * 1e6, wall / EVENTS * 1e6))
    return {
        name: (statistics.median(c for c, _ in found), statistics.median(w for _, w in found))
        for name, found in rounds.items()
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.slack", "--serve", folder]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as server:
            assert server.stdin is not None and server.stdout is not None
            found = asyncio.run(measure(json.loads(server.stdout.readline())))
            server.communicate("\n")
    print(f"{'µs an event, ' + str(TOGETHER) + ' at a time':<48}{'CPU':>8}{'wall':>8}")
    names = {"bolt": "Bolt's no-op over HTTP", "ours": "signed event → durable message"}
    for key, (used, wall) in found.items():
        print(f"{names[key]:<48}{used:>8.0f}{wall:>8.0f}")
    ratios = [ours / bolt for ours, bolt in zip(found["ours"], found["bolt"], strict=True)]
    print(f"{'ratio (goal ≤ ' + str(GOAL) + ')':<48}{ratios[0]:>8.2f}{ratios[1]:>8.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        asyncio.run(serve(Path(sys.argv[2])))
    else:
        main()
