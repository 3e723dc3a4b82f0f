"""The only place where the parts are joined. Tests bring a clock, a store and channels."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from aiohttp import web

from bot.brand.settings import Brand
from bot.model.errors import StoreError
from handlers.brandfiles.loading import Library
from handlers.channels.slack.slack_settings import has_slack_variables
from handlers.channels.web import WebChannel
from handlers.desk import SignIn
from handlers.ports.channel_port import Channel
from handlers.ports.clock import Clock, SystemClock
from handlers.routes import SiteParts, build_site
from handlers.service.application_service import ApplicationService
from handlers.service.commands.sending.pause_sending import Stop
from handlers.service.control_socket import Control, Request
from handlers.service.engine.config_reload import RELOAD_EVERY, Watch, words_on_restart
from handlers.service.engine.sample_asks import put_samples
from handlers.service.engine.server_engine import Engine
from handlers.service.learning.counters import INDEXES as COUNTER_INDEXES
from handlers.service.learning.drift_watch import DRIFT_EVERY, Drift
from handlers.service.learning.guarantee_keeping import Assurance
from handlers.service.learning.proposals import Proposals
from handlers.service.learning.ratings import INDEXES as RATING_INDEXES
from handlers.service.record import INDEXES as RECORD_INDEXES
from handlers.service.record.ledger import Ledger, signer_of
from handlers.service.rows.identity_link_rows import INDEXES as LINK_INDEXES
from handlers.service.rows.send_guard_rows import INDEXES as GUARD_INDEXES
from handlers.service.unit_of_work import Commands, Tools
from handlers.store.embedded import EmbeddedStore, tell_nobody
from handlers.store.repository import INDEXES

Probe = Callable[[str], None]
ALL_INDEXES = {
    **INDEXES,
    **LINK_INDEXES,
    **COUNTER_INDEXES,
    **RATING_INDEXES,
    **RECORD_INDEXES,
    **GUARD_INDEXES,
}


@dataclass
class App:
    """Everything that runs, joined. `site` serves the pages; `sign_in` makes links to the desk."""

    site: web.Application
    service: ApplicationService
    engine: Engine
    store: EmbeddedStore
    library: Library
    sign_in: SignIn
    channels: Mapping[str, Channel]
    watch: Watch
    drift: Drift


@asynccontextmanager
async def running(
    root: Path,
    library: Library,
    environ: Mapping[str, str],
    *,
    store_path: Path | None = None,
    clock: Clock | None = None,
    extra: Mapping[str, Channel] | None = None,
    probe: Probe = tell_nobody,
    samples: bool = True,
) -> AsyncIterator[App]:
    """The whole product on the embedded store, from its start to its orderly end.

    `extra` are channels that stand in for, or beside, those of config.yaml. Raises StoreError if
    the store is in use or cannot be opened, ChannelError if a channel's settings are wrong.
    """
    clock = clock or SystemClock()
    brand = library.knowledge.brand
    path = store_path or root / brand.store

    def in_force() -> Brand:
        return library.knowledge.brand

    store = EmbeddedStore(path, ALL_INDEXES, probe=probe)
    try:
        ledger = Ledger(signer_of(brand, path))
        web_chat = WebChannel(store, brand.first_of_kind("web") or "web")
        channels: dict[str, Channel] = {web_chat.name: web_chat}
        tools = Tools(channels, ledger, new_id=lambda: secrets.token_hex(16))
        commands = Commands(store, library, tools, clock)
        assurance = Assurance(store, library, clock)
        engine = Engine(
            store, library, commands, channels, clock, taught=assurance.refresh, probe=probe
        )
        service = ApplicationService(store, library, commands, engine, clock)
        slack = None
        if has_slack_variables(environ):
            from handlers.channels.slack.channel import SlackChannel

            slack = SlackChannel.create(in_force, environ, service, store, clock)
            channels |= dict.fromkeys(slack.names, slack)
        channels |= extra or {}
        drift = Drift(store, library, clock)
        library.watched += [assurance.status, *([slack.status] if slack else []), drift.banner]
        library.watched.append(lambda: words_on_restart(brand, in_force()))
        proposals = Proposals(root, store, library, clock.now)
        parts = SiteParts(
            root=root,
            store=store,
            service=service,
            web_chat=web_chat,
            library=library,
            ledger=ledger,
            clock=clock,
            slack=slack,
            drift=drift,
            proposals=proposals,
            assurance=assurance,
        )
        site, sign_in = build_site(parts)

        async def follow_change() -> None:
            if slack is not None:
                for name in slack.names:
                    channels.setdefault(name, slack)
                slack.settings_changed()
            await sign_in.end_of_removed()
            await engine.follow_change()
            await assurance.refresh()

        watch = Watch(root, library, clock, follow_change)
        await sign_in.end_of_removed()  # perhaps while no server ran
        await assurance.begin()
        if samples:
            await put_samples(root, web_chat.name, store, commands, clock)
        await engine.start()
        engine.tasks.repeat(RELOAD_EVERY, watch.look, "changed files could not be taken over")
        engine.tasks.repeat(DRIFT_EVERY, drift.look, "a change of traffic could not be looked for")
        for channel in set(channels.values()):
            await channel.start()
        control = Control(path, {"pause": partial(_pause, service), **proposals.commands})
        await control.start()
        try:
            yield App(site, service, engine, store, library, sign_in, channels, watch, drift)
        finally:
            await control.stop()
            for channel in set(channels.values()):
                await channel.stop()
            await engine.stop()
    finally:
        with suppress(StoreError):  # it is signed at the next start
            await store.write(ledger.sign_head)
        store.close()


async def _pause(service: ApplicationService, request: Request) -> str:
    return await service.pause(
        Stop(
            str(request.get("by", "")),
            str(request.get("role", "")),
            str(request.get("channel", "")),
            str(request.get("reason", "")),
            bool(request.get("go_on")),
        )
    )
