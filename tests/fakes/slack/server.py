"""The pretended Slack on a real port: its Web API, and Socket Mode's WebSocket."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from typing import Any

from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer

from tests.fakes.clock import VirtualClock
from tests.fakes.slack.methods import METHODS, scope_for
from tests.fakes.slack.rules import SlackError
from tests.fakes.slack.workspace import Call, Fault, Node, Workspace


class FakeSlack(Workspace):
    """`async with FakeSlack(clock) as slack`: then `slack.api` is its address."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__(clock)
        self.released = asyncio.Event()  # ends the waiting of slow answers
        self.sockets: list[web.WebSocketResponse] = []
        self.acks: dict[str, asyncio.Future[Node | None]] = {}
        self.tried: Counter[str] = Counter()  # calls of a method, whatever became of them
        self._tickets: set[str] = set()
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/socket/{ticket}", self._socket)
        self._server = TestServer(app)

    async def __aenter__(self) -> FakeSlack:
        await self._server.start_server()
        return self

    async def __aexit__(self, *_: object) -> None:
        self.released.set()
        for socket in self.sockets:
            await socket.close()
        await self._server.close()

    @property
    def api(self) -> str:
        return str(self._server.make_url("/api/"))

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        raw = await request.read()
        body = await _body(request, raw)
        self.tried[method] += 1
        self.noted()
        fault, wait = self._next_fault(method)
        if fault is Fault.DROP_BEFORE:
            return self._drop(request)
        if fault is Fault.FAIL:
            return web.Response(status=500, text="oh no")
        if fault is Fault.LIMITED:
            return _limited(wait)
        self.calls.append(Call(method, body, raw))
        answer = self._answer(request, method, body, fault)
        self.noted()
        if fault is Fault.DROP_AFTER:
            return self._drop(request)
        if fault is Fault.FAIL_AFTER:
            return web.Response(status=500, text="oh no")
        if fault is Fault.SLOW:
            await self.released.wait()
        return answer

    def _next_fault(self, method: str) -> tuple[Fault | str | None, float]:
        waiting = self.faults.get(method) or []
        return waiting.pop(0) if waiting else (None, 0.0)

    def _drop(self, request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    def _answer(
        self, request: web.Request, method: str, body: Node, fault: Fault | str | None
    ) -> web.Response:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if isinstance(fault, str):
            return web.json_response({"ok": False, "error": fault})
        if method == "apps.connections.open":
            return self._open(request, token)
        if not token:
            return web.json_response({"ok": False, "error": "not_authed"})
        if token != self.token or self.revoked:
            word = "token_revoked" if self.revoked else "invalid_auth"
            return web.json_response({"ok": False, "error": word})
        if method not in METHODS:
            return web.json_response({"ok": False, "error": "unknown_method"})
        perform, _, (per_second, burst, by_room) = METHODS[method]
        scope = scope_for(self, method, body)
        if scope and scope not in self.scopes:
            return web.json_response({"ok": False, "error": "missing_scope", "needed": scope})
        wait = self.spend(method, body.get("channel", "") if by_room else "", per_second, burst)
        if wait:
            return _limited(wait)
        try:
            return web.json_response({"ok": True, **perform(self, body)})
        except SlackError as refused:
            messages = {"messages": [refused.detail]}
            answer = {"ok": False, "error": refused.word, "response_metadata": messages}
            return web.json_response(answer)

    # Socket Mode

    def _open(self, request: web.Request, token: str) -> web.Response:
        if token != self.app_token:
            return web.json_response({"ok": False, "error": "invalid_auth"})
        ticket = f"ticket-{self.serial()}"
        self._tickets.add(ticket)
        url = self._server.make_url(f"/socket/{ticket}").with_scheme("ws")
        return web.json_response({"ok": True, "url": str(url)})

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        ticket = request.match_info["ticket"]
        if ticket not in self._tickets:
            return web.Response(status=403)
        self._tickets.discard(ticket)  # each address is good once
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        self.sockets.append(socket)
        self.noted()
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                ack = json.loads(message.data)
                waiting = self.acks.get(ack["envelope_id"])
                if waiting is not None and not waiting.done():
                    waiting.set_result(ack.get("payload"))
        self.sockets.remove(socket)
        self.noted()
        return socket

    async def envelope(self, kind: str, payload: Node, retry: int = 0) -> asyncio.Future[Any]:
        """Send one envelope; the future is done when it is acknowledged."""
        await self.until(lambda: self.sockets)
        id = f"envelope-{self.serial()}"
        self.acks[id] = asyncio.get_running_loop().create_future()
        envelope = {
            "envelope_id": id,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
            "retry_attempt": retry,
            "retry_reason": "timeout" if retry else "",
        }
        await self.sockets[-1].send_json(envelope)
        return self.acks[id]


async def _body(request: web.Request, raw: bytes) -> Node:
    if request.method == "GET":
        return dict(request.query)
    if request.content_type == "application/json":
        return dict(json.loads(raw or b"{}"))
    return {k: str(v) for k, v in (await request.post()).items()}


def _limited(wait: float) -> web.Response:
    answer = {"ok": False, "error": "ratelimited"}
    return web.json_response(answer, status=429, headers={"Retry-After": str(max(1, round(wait)))})
