"""A brand's own settings: everything of config.yaml, as frozen values.

Reading the file is handlers/brandfiles/settings/config.py's part; what the brand says in public is
in bot/brand/published.py. Tokens and keys are not here: they come from the environment, and only to
the part that needs them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from bot.brand.advocates import Advocate
from bot.brand.business_hours import BusinessHours
from bot.brand.guarantee_terms import GuaranteeTerms
from bot.brand.limits import SendLimits
from bot.brand.response_rate import ResponseTarget
from bot.brand.teams import Team
from bot.model import Audience, Person

ONE_WAY = "one-way"  # the mode in which nobody converses; rules know it by this name


@dataclass(frozen=True, slots=True)
class Mode:
    """How a channel is used. More can be added in config; rules match on the name.

    `answers`: whether replies are drafted there at all. Where not, what arrives goes to a person.
    `target`: the share of our answers that we mean to give so, 0 to 1; None: no aim is set.
    """

    name: str
    meaning: str
    answers: bool = True
    target: float | None = None

    @property
    def meaning_hash(self) -> str:
        """Names what the mode means: another meaning under the same name is another version.

        The first 12 hex digits of SHA-256 over name, meaning and answers; an aim is no meaning.
        """
        said = json.dumps([self.name, self.meaning, self.answers], ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()[:12]


Maturity = Literal["starting", "practised", "seasoned"]


UNHEARD = Mode(ONE_WAY, "Nobody is named who listens here, so it is one-way.", answers=False)


@dataclass(frozen=True, slots=True)
class ChannelProfile:
    """A way to customers. `undo` is in seconds.

    `rooms` are the channel's own ids of the rooms that it listens to (empty: every room it is
    invited to). `direct`: it is for direct messages. `peers`: a space where
    customers help each other, so the brand speaks only when it is spoken to, and drafts only once
    `hold_off` has passed without somebody's answer. `listener`: who of the brand's listens there,
    by id; a channel that would answer and names nobody is one-way.
    """

    name: str
    kind: str
    title: str
    audience: Audience
    mode: Mode
    undo: float
    rooms: tuple[str, ...] = ()
    direct: bool = False
    peers: bool = False
    hold_off: timedelta = timedelta(0)
    listener: str = ""

    @property
    def is_one_way(self) -> bool:
        """Whether nobody converses here: it is declared so, or nobody is named who listens."""
        return self.mode.name == ONE_WAY

    @property
    def is_unheard(self) -> bool:
        """Whether it is one-way only because nobody is named who listens."""
        return self.mode == UNHEARD


Purpose = Literal["service", "marketing"]


@dataclass(frozen=True, slots=True)
class Intent:
    """Something customers ask, from policies/intents/. Titles and examples are by locale.

    `needs` person: the published rule is drafted, then a person follows up. `reply` none: no reply
    is needed, and the silence is logged; handoff: a person takes over, without a draft.
    `not_this`: texts that look like it and aren't. `purpose` marketing: its replies advertise, and
    say so in their first line.
    """

    id: str
    titles: Mapping[str, str]
    examples: Mapping[str, tuple[str, ...]]
    not_this: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needs: Literal["nobody", "person"] = "nobody"
    reply: Literal["draft", "none", "handoff"] = "draft"
    purpose: Purpose = "service"

    def title_in(self, locale: str) -> str:
        """What people call it: in this locale, else in the first it has a title in."""
        return self.titles.get(locale) or next(iter(self.titles.values()), self.id)


@dataclass(frozen=True, slots=True)
class Server:
    """Where the pages are served, and the address at which the world finds them (no slash).

    `embed`: the origins of the sites that may show the chat in a frame of theirs. `proxy`: a proxy
    of ours stands before it and names, last in X-Forwarded-For, who asked it.
    """

    host: str
    port: int
    public_url: str
    embed: tuple[str, ...] = ()
    proxy: bool = False


@dataclass(frozen=True, slots=True)
class Understanding:
    """`encoder`: `shipped`, or the path of a folder with another sentence encoder in ONNX."""

    model: Literal["strong", "lite"]
    encoder: str = "shipped"


@dataclass(frozen=True, slots=True)
class Customers:
    """How long what is between us and a customer counts.

    `shown_for`: older turns of theirs aren't shown. `stale_after`: what is older may no longer be
    so, and the card says it. `back_after`: whoever was silent for so long is back.
    `again_within`: a second ask for the same so soon means that our answer didn't help.
    """

    shown_for: timedelta = timedelta(days=180)
    stale_after: timedelta = timedelta(days=30)
    back_after: timedelta = timedelta(days=365)
    again_within: timedelta = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Internals:
    """What belongs inside: words, host names, forms of ticket ids (RE2 patterns), staff names."""

    words: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    tickets: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brand:
    """All that config.yaml says. `approver` is the role that approves, in words, by locale.

    `guarantee` holds the terms of the channels that one is asked of, by name. `channel_settings`
    are those that only one kind of channel reads, by kind.
    """

    name: str
    url: str
    handles: tuple[str, ...]
    locales: tuple[str, ...]
    approver: Mapping[str, str]
    server: Server
    store: str
    understanding: Understanding
    people: tuple[Person, ...]
    channels: Mapping[str, ChannelProfile]
    modes: Mapping[str, Mode]
    hours: BusinessHours
    packs: tuple[str, ...]
    fallback: Mapping[str, str] = field(default_factory=dict)
    greet_by_name: bool = False
    channel_settings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    internal: Internals = Internals()
    teams: tuple[Team, ...] = ()
    limits: SendLimits = field(default_factory=SendLimits)
    guarantee: Mapping[str, GuaranteeTerms] = field(default_factory=dict)
    customers: Customers = Customers()
    observed: ResponseTarget = field(default_factory=ResponseTarget)
    advocates: tuple[Advocate, ...] = ()
    maturity: Maturity = "starting"

    def find_person(self, id: str) -> Person | None:
        """Somebody of the brand's, by the id in config.yaml."""
        return next((person for person in self.people if person.id == id), None)

    def first_of_kind(self, kind: str) -> str:
        """The name of the first channel of a kind; empty if there is none."""
        return next((it.name for it in self.channels.values() if it.kind == kind), "")

    def find_mode(self, channel: str) -> Mode | None:
        """How a channel is used now; None if it is gone."""
        known = self.channels.get(channel)
        return known.mode if known else None

    def find_team(self, id: str) -> Team | None:
        """A team, by the id in config.yaml; None: everybody."""
        return next((team for team in self.teams if team.id == id), None)

    def hours_of_team(self, team: str) -> BusinessHours:
        """When the people of a team are there: its own hours, else the brand's."""
        known = self.find_team(team)
        return known.hours if known and known.hours else self.hours

    def person_with_account(self, kind: str, user: str) -> Person | None:
        """Somebody of the brand's, by the id that a kind of channel knows them by."""
        if not user:
            return None
        return next((one for one in self.people if one.accounts.get(kind) == user), None)

    def locale_for(self, language: str) -> str | None:
        """The locale to answer this language in; None if the brand doesn't speak it.

        The very locale, else its language without the region, else what `fallback` lists. The
        first locale is not used in silence.
        """
        for wanted in (language, language.partition("-")[0]):
            if wanted in self.locales:
                return wanted
            if wanted in self.fallback:
                return self.fallback[wanted]
        return None
