"""config.yaml -> Brand. Every key that exists is in the shapes below; any other is an error."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal
from urllib.parse import urlsplit

import msgspec
import re2

from bot.brand.settings import Brand, ChannelProfile, Internals, Maturity, Server, Understanding
from bot.model import Audience, Person, Role
from bot.model.errors import BrandError, did_you_mean
from handlers.brandfiles.documents.document_shape import Wrong, fill
from handlers.brandfiles.documents.yaml_document import Document, Step
from handlers.brandfiles.settings.advocate_settings import AdvocateShape, read_advocates
from handlers.brandfiles.settings.customer_settings import CustomersShape, customers_of
from handlers.brandfiles.settings.guarantee_settings import GuaranteeShape, terms_by_channel
from handlers.brandfiles.settings.hours_settings import HoursShape, read_hours
from handlers.brandfiles.settings.limit_settings import LimitsShape, length_of, read_limits
from handlers.brandfiles.settings.listener_settings import check_listeners, mode_of
from handlers.brandfiles.settings.mode_settings import ModeShape, read_modes
from handlers.brandfiles.settings.response_rate_settings import ObservedShape, read_observed
from handlers.brandfiles.settings.team_settings import TeamShape, read_teams

FILE = "config.yaml"
LONGEST_UNDO = 600  # seconds

_QUIET = re2.Options()
_QUIET.log_errors = False
_LOCALE = re2.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?")


class BrandShape(msgspec.Struct, frozen=True):
    name: str
    url: str
    locales: tuple[str, ...]
    approver: dict[str, str]
    handles: tuple[str, ...] = ()
    fallback: dict[str, str] = {}
    greet_by_name: bool = False


class ServerShape(msgspec.Struct, frozen=True):
    host: str = "127.0.0.1"
    port: int = 8300
    public_url: str = "http://localhost:8300"
    embed: tuple[str, ...] = ()
    proxy: bool = False


class StoreShape(msgspec.Struct, frozen=True):
    path: str = "var/aboveboard.db"


class UnderstandingShape(msgspec.Struct, frozen=True):
    model: Literal["strong", "lite"] = "strong"
    encoder: str = "shipped"


class PersonShape(msgspec.Struct, frozen=True):
    id: str
    name: str
    roles: tuple[Role, ...] = ()
    slack: str = ""


class ChannelShape(msgspec.Struct, frozen=True):
    kind: Literal["web", "slack"]
    audience: Audience
    mode: str
    undo: float
    title: str = ""
    rooms: tuple[str, ...] = ()
    direct: bool = False
    peers: bool = False
    hold_off: str = "0m"
    listener: str = ""


class SlackShape(msgspec.Struct, frozen=True):
    review_channel: str = ""
    transport: Literal["http", "socket"] = "http"


class InternalShape(msgspec.Struct, frozen=True):
    words: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    tickets: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()


class ConfigShape(msgspec.Struct, frozen=True):
    brand: BrandShape
    people: tuple[PersonShape, ...]
    channels: dict[str, ChannelShape]
    modes: dict[str, ModeShape]
    hours: HoursShape
    packs: tuple[str, ...]
    server: ServerShape = ServerShape()
    store: StoreShape = StoreShape()
    understanding: UnderstandingShape = UnderstandingShape()
    slack: SlackShape = SlackShape()
    internal: InternalShape = InternalShape()
    teams: dict[str, TeamShape] = {}
    limits: LimitsShape = LimitsShape()
    guarantee: GuaranteeShape = GuaranteeShape()
    customers: CustomersShape = CustomersShape()
    observed: ObservedShape = ObservedShape()
    advocates: tuple[AdvocateShape, ...] = ()
    maturity: Maturity = "starting"


def read_config(document: Document, problems: list[BrandError]) -> Brand | None:
    """The brand that a parsed config.yaml describes; None if something in it cannot be used."""
    found = len(problems)
    shape = fill(document, ConfigShape, problems)
    if shape is None:
        return None

    def wrong(problem: str, mend: str, *path: Step) -> None:
        problems.append(document.error(problem, mend, *path))

    hours = read_hours(shape.hours, document, problems, "hours")
    _check_brand(shape.brand, wrong)
    _check_server(shape, wrong)
    _check_people(shape, wrong)
    _check_channels(shape, wrong)
    _check_internal(shape.internal, wrong)
    people = tuple(_person(person) for person in shape.people)
    check_listeners(shape.channels, people, wrong)
    teams = read_teams(shape.teams, people, shape.brand.locales, shape.channels, document, problems)
    limits = read_limits(shape.limits, shape.channels, wrong)
    guarantee = terms_by_channel(shape.guarantee, document, shape.channels, wrong)
    observed = read_observed(shape.observed, wrong)
    advocates = read_advocates(shape.advocates, shape.channels, wrong)
    customers = customers_of(shape.customers, document, problems)
    modes = read_modes(shape.modes, wrong)
    if len(problems) > found or hours is None:
        return None
    return Brand(
        name=shape.brand.name,
        url=shape.brand.url.rstrip("/"),
        handles=shape.brand.handles,
        locales=shape.brand.locales,
        approver=shape.brand.approver,
        fallback=shape.brand.fallback,
        greet_by_name=shape.brand.greet_by_name,
        server=Server(
            shape.server.host,
            shape.server.port,
            shape.server.public_url.rstrip("/"),
            tuple(site.rstrip("/") for site in shape.server.embed),
            shape.server.proxy,
        ),
        store=shape.store.path,
        understanding=Understanding(shape.understanding.model, shape.understanding.encoder),
        people=people,
        channels={
            name: ChannelProfile(
                name=name,
                kind=channel.kind,
                title=channel.title or name,
                audience=channel.audience,
                mode=mode_of(name, shape.channels, modes),
                undo=channel.undo,
                rooms=channel.rooms,
                direct=channel.direct,
                peers=channel.peers,
                listener=channel.listener,
                hold_off=length_of(channel.hold_off) or timedelta(0),
            )
            for name, channel in shape.channels.items()
        },
        modes=modes,
        hours=hours,
        packs=shape.packs,
        channel_settings={"slack": msgspec.to_builtins(shape.slack)},
        internal=Internals(*msgspec.structs.astuple(shape.internal)),
        teams=teams,
        limits=limits,
        guarantee=guarantee,
        customers=customers,
        observed=observed,
        advocates=advocates,
        maturity=shape.maturity,
    )


def _person(shape: PersonShape) -> Person:
    accounts = {"slack": shape.slack} if shape.slack else {}
    return Person(shape.id, shape.name, frozenset(shape.roles), accounts)


def _check_brand(brand: BrandShape, wrong: Wrong) -> None:
    if not brand.name.strip():
        wrong("The brand has no name.", "Give it one.", "brand", "name")
    if not _is_address(brand.url):
        wrong(f"“{brand.url}” is not a web address.", "Begin it with https://.", "brand", "url")
    if not brand.locales:
        wrong("No locale is listed.", "List at least one, e.g. [en].", "brand", "locales")
    for n, locale in enumerate(brand.locales):
        if not _LOCALE.fullmatch(locale):
            wrong(
                f"“{locale}” is not a locale.", "Write it like de or de-AT.", "brand", "locales", n
            )
        if locale not in brand.approver:
            mend = f"Add “{locale}:” and how the role that approves is called in that language."
            wrong(f"The approver has no name in “{locale}”.", mend, "brand", "approver")
    for language, locale in brand.fallback.items():
        if locale not in brand.locales:
            mend = did_you_mean(locale, brand.locales)
            wrong(f"“{locale}” is not one of the locales.", mend, "brand", "fallback", language)


def _check_server(shape: ConfigShape, wrong: Wrong) -> None:
    if not 0 <= shape.server.port <= 65535:
        wrong(f"{shape.server.port} is not a port.", "Use 1 to 65535.", "server", "port")
    if not _is_address(shape.server.public_url):
        problem = f"“{shape.server.public_url}” is not a web address."
        wrong(problem, "Begin it with http:// or https://.", "server", "public_url")
    for n, site in enumerate(shape.server.embed):
        if not _is_address(site) or urlsplit(site).path.strip("/"):
            mend = "Name its origin alone, like https://www.shop.example."
            wrong(f"“{site}” is not the address of a site.", mend, "server", "embed", n)


def _check_people(shape: ConfigShape, wrong: Wrong) -> None:
    for key in ("id", "slack"):
        seen: dict[str, int] = {}
        for n, person in enumerate(shape.people):
            value = getattr(person, key)
            if value and value in seen:
                mend = f"Give {shape.people[seen[value]].name} or {person.name} another."
                wrong(f"“{value}” is the {key} of two people.", mend, "people", n, key)
            seen.setdefault(value, n)
    if not any(Person(p.id, p.name, frozenset(p.roles)).may_decide for p in shape.people):
        wrong("Nobody may approve a reply.", "Give somebody the role approver.", "people")


def _check_channels(shape: ConfigShape, wrong: Wrong) -> None:
    for name, channel in shape.channels.items():
        if channel.mode not in shape.modes:
            mend = did_you_mean(channel.mode, shape.modes)
            wrong(f"There is no mode “{channel.mode}”.", mend, "channels", name, "mode")
        if not 0 <= channel.undo <= LONGEST_UNDO:
            mend = f"Use 0 to {LONGEST_UNDO} seconds."
            wrong(f"The undo window is {channel.undo:g} seconds.", mend, "channels", name, "undo")
        if length_of(channel.hold_off) is None:
            problem = f"“{channel.hold_off}” is no length of time."
            wrong(problem, "Write it like 15m, or 0m.", "channels", name, "hold_off")
        elif length_of(channel.hold_off) and not channel.peers:
            mend = "Say peers: true, or leave hold_off out."
            wrong("Only among peers somebody else may answer.", mend, "channels", name, "hold_off")
    if not shape.packs:
        problem = "No pack of rules is listed, so every reply would be held."
        wrong(problem, "List at least one, e.g. [transparency].", "packs")
    for n, pack in enumerate(shape.packs):
        if shape.packs.index(pack) != n:
            wrong(f"The pack “{pack}” is listed twice.", "Remove one of them.", "packs", n)


def _check_internal(internal: InternalShape, wrong: Wrong) -> None:
    for n, pattern in enumerate(internal.tickets):
        try:
            matches_nothing = re2.compile(pattern, _QUIET).fullmatch("") is not None
        except re2.error:
            mend = "Check the brackets; RE2 knows no look-around."
            wrong(f"“{pattern}” is not a pattern.", mend, "internal", "tickets", n)
            continue
        if matches_nothing:
            mend = "Write a pattern that needs at least one character."
            wrong(f"“{pattern}” matches an empty text.", mend, "internal", "tickets", n)


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
