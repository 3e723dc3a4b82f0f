"""What people in the workspace call themselves, looked up once and kept.

A name is never waited for longer than a second, and never needed: without one a customer is
greeted without a name. People from outside the workspace are ids to us and nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from handlers.channels.slack.api.background import BackgroundTasks, ends_within
from handlers.channels.slack.api.client import Denied, Done, SlackApi
from handlers.ports.clock import Clock

_WAIT: Final = 1.0
_AGAIN: Final = 60.0  # seconds before a name that was not given is asked for again
_MOST: Final = 5_000


class UserNames:
    def __init__(
        self, api: Callable[[], SlackApi | None], clock: Clock, tasks: BackgroundTasks
    ) -> None:
        self._api, self._clock, self._tasks = api, clock, tasks
        self._known: dict[str, str] = {}
        self._unknown: dict[str, float] = {}

    @property
    def known(self) -> Mapping[str, str]:
        return self._known

    async def learn(self, user: str) -> None:
        """Try to know this user's name. Never raises, never takes long."""
        now = self._clock.monotonic()
        api = self._api()
        if not user or user in self._known or api is None or self._unknown.get(user, 0.0) > now:
            return
        self._unknown[user] = now + _AGAIN
        asked = self._tasks.spawn(self._ask(api, user))
        await ends_within(asked, _WAIT, self._clock)

    async def _ask(self, api: SlackApi, user: str) -> None:
        outcome = await api.get("users.info", user=user)
        if isinstance(outcome, Done):
            self._make_room()
            self._known[user] = _name(outcome.data.get("user") or {})
            self._unknown.pop(user, None)
        elif isinstance(outcome, Denied):
            self._unknown[user] = self._clock.monotonic() + 60 * _AGAIN

    def _make_room(self) -> None:
        for table in (self._known, self._unknown):
            while len(table) >= _MOST:
                table.pop(next(iter(table)))


def _name(user: Mapping[str, Any]) -> str:
    profile = user.get("profile") or {}
    found = profile.get("display_name") or profile.get("real_name") or user.get("real_name")
    return str(found or "")
