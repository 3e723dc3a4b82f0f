"""Buttons and modals: who clicked, on which text, and what the service says to it.

One listener for all our actions and one for all our modals; what each does stands in two tables.
A decision is committed, then acknowledged; if the commit takes longer than Slack waits, it is
acknowledged first and the answer follows. What a person is told, only they see. Whether they may
decide is the service's to say, save two things: who they are, and that they are from here.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from slack_bolt.async_app import AsyncApp

from bot.cards.card import Card
from bot.cards.decisions import DECISIONS, Action, Filled
from bot.model import Objection, Person
from bot.model import events as e
from bot.model.errors import StoreError
from handlers.channels.slack.api.background import BackgroundTasks, ends_within
from handlers.channels.slack.api.client import Done, SlackApi
from handlers.channels.slack.blocks.mrkdwn import escape_mrkdwn
from handlers.channels.slack.cards import modals
from handlers.channels.slack.cards.card_blocks import DETAILS, PREFIX
from handlers.channels.slack.cards.card_board import CardBoard
from handlers.channels.slack.cards.home_blocks import TURN
from handlers.channels.slack.cards.home_board import HomeBoard
from handlers.channels.slack.inbound.slack_events import BotIdentity, find_colleague
from handlers.channels.slack.slack_settings import InForce, find_person
from handlers.ports.clock import Clock
from handlers.ports.service_port import Answer, Service

Body = Mapping[str, Any]
Ack = Callable[..., Awaitable[Any]]
COMMIT: Final = 2.5  # seconds for a commit before Slack must hear something; it waits for 3
STRANGER: Final = (
    "You can read this, but not decide: you are not on the list of people. Whoever runs it can add "
    "you in config.yaml, under people, with your Slack member id."
)
OUTSIDER: Final = "Only people of this workspace decide. Nothing was changed."
log = logging.getLogger("aboveboard.slack")


@dataclass(frozen=True, slots=True)
class Click:
    """A click or submission. `digest` names the text on screen, `words` is what was typed."""

    at: datetime
    person: Person
    engagement: str
    digest: str
    words: str = ""
    choice: str = ""
    objection: Objection = Objection.OTHER
    seen: str = ""  # whose it was, on screen


def fill(click: Click) -> Filled:
    """What was filled in with a click or a modal, as every surface gives it."""
    return Filled(
        click.at,
        click.person,
        click.digest,
        click.words,
        click.choice,
        click.objection,
        click.seen,
    )


class ClickListener:
    def __init__(
        self,
        in_force: InForce,
        service: Service,
        board: CardBoard,
        homes: HomeBoard,
        api: Callable[[], SlackApi | None],
        us: Callable[[], BotIdentity | None],
        clock: Clock,
        tasks: BackgroundTasks,
    ) -> None:
        self._in_force, self._service, self._board, self._homes = in_force, service, board, homes
        self._api, self._us, self._clock, self._tasks = api, us, clock, tasks
        self._opens: Mapping[str, Callable[[Click, Card], modals.View]] = {
            DETAILS: lambda click, card: modals.details(card, self._deciders()),
            Action.EDIT: self._editor,
            Action.REJECT: lambda click, card: modals.reason(card, Action.REJECT),
            Action.IGNORE: lambda click, card: modals.reason(card, Action.IGNORE),
            Action.ESCALATE: lambda click, card: modals.passing_on(card),
        }

    def register(self, app: AsyncApp) -> None:
        ours = re.compile(f"^{re.escape(PREFIX)}")
        app.action(ours)(self.clicked)
        app.view_submission(ours)(self.submitted)
        app.view_closed(ours)(self.closed)
        app.command("/aboveboard")(self.commanded)

    # buttons and menus

    async def clicked(self, ack: Ack, body: Body) -> None:
        action = body["actions"][0]
        name = str(action["action_id"]).removeprefix(PREFIX)
        if name.startswith(f"{TURN}:"):
            await ack()
            page = int(action.get("value") or 0)
            self._homes.turn_page(body["user"]["id"], self._inside(body), page)
            return
        person = self._person(body)
        if isinstance(person, str):
            await ack()
            await self._tell(body, person)
            return
        click = self._click(body, action, person)
        if name in self._opens:
            await ack()
            await self._open(body, click, name)
            return
        event = self._event(name, click)
        if event is None:
            await ack()
            await self._tell(body, "Nothing was changed: that is no longer possible.")
            return
        await self._decide(ack, body, click.engagement, event)

    def _click(self, body: Body, action: Body, person: Person) -> Click:
        seen = action.get("value") or (body.get("view") or {}).get("private_metadata") or "{}"
        kept = json.loads(seen)
        chosen = (action.get("selected_option") or {}).get("value") or ""
        engagement, digest = str(kept.get("e", "")), str(kept.get("d", ""))
        owner = str(kept.get("o", ""))
        return Click(self._clock.now(), person, engagement, digest, choice=str(chosen), seen=owner)

    def _event(self, name: str, click: Click) -> e.Event | None:
        if name == modals.ASSIGN:
            to = self._in_force().find_person(click.choice)
            return None if to is None else e.Assigned(click.at, click.person, to)
        if name in self._opens or name not in set(Action):
            return None
        return DECISIONS[Action(name)].make(fill(click))

    async def _decide(self, ack: Ack, body: Body, engagement: str, event: e.Event) -> None:
        decided = self._tasks.spawn(self._decided(engagement, event))
        await ends_within(decided, COMMIT, self._clock)
        await ack()
        answer = await decided
        in_view = "view" in body and body["view"].get("type") == "modal"
        if not answer.done or in_view:
            await self._tell(body, answer.words, title="Done" if answer.done else "Not done")

    async def _decided(self, engagement: str, event: e.Event) -> Answer:
        try:
            return await self._service.decide(engagement, event)
        except StoreError as error:
            log.error("a decision could not be stored: %s", error)
            words = "Nothing was changed: it could not be stored just now. Please try again."
            return Answer(False, words, None)

    # modals

    async def _open(self, body: Body, click: Click, name: str) -> None:
        card = self._service.card(click.engagement, click.person)
        if card is None:
            await self._tell(body, "This is no longer here.")
            return
        if name != DETAILS and name not in card.actions:
            await self._tell(body, self._not_now(card))
            return
        await self._show(body, self._opens[name](click, card))

    def _not_now(self, card: Card) -> str:
        if card.refused:
            return card.refused
        last = card.timeline[-1:] if card.timeline else ()
        who = "".join(f" {h.who}: {h.what}." for h in last)
        return f"Nothing was changed: this is {card.status}.{who}"

    def _editor(self, click: Click, card: Card) -> modals.View:
        if not modals.editable(card):
            words = "This reply is too long for Slack's editor. Please change it on the desk."
            return modals.told("Write the reply", words)
        self._board.note_editor(card.engagement, click.person)
        return modals.editor(card, card.body)

    async def submitted(self, ack: Ack, body: Body) -> None:
        view = body["view"]
        name = str(view["callback_id"]).removeprefix(PREFIX)
        engagement, digest = modals.remembered(view)
        typed = modals.typed(view, modals.BODY if name == Action.EDIT else modals.REASON)
        person = self._person(body)
        if isinstance(person, str):
            await ack(response_action="update", view=modals.told("Not done", person, typed))
            return
        kind = modals.picked(view, modals.OBJECTION)
        objection = Objection(kind) if kind in set(Objection) else Objection.OTHER
        choice = modals.picked(view, modals.INTENT) or modals.picked(view, modals.MEASURE)
        if name == Action.ESCALATE:
            choice = modals.picked(view, modals.TEAM).replace(modals.LEADS, "")
        click = Click(self._clock.now(), person, engagement, digest, typed, choice, objection)
        event = (
            self._own_words(click)
            if name == Action.EDIT
            else DECISIONS[Action(name)].make(fill(click))
        )
        decided = self._tasks.spawn(self._decided(engagement, event))
        if not await ends_within(decided, COMMIT, self._clock):
            saving = modals.told("One moment", "It is being stored.", typed)
            await ack(response_action="update", view=saving)
            answer = await decided
            after = modals.told("Done" if answer.done else "Not done", answer.words, typed)
            await self._replace(view["id"], after)
            return
        answer = await decided
        if answer.done:
            self._board.note_editor(engagement, None)
            await ack()
        else:
            await ack(response_action="update", view=self._kept(click, answer))

    def _own_words(self, click: Click) -> e.Event:
        """A text that was kept with its findings, and is submitted as it is, is approved; any other
        text is a new one."""
        card = self._service.card(click.engagement, click.person)
        same = card is not None and card.digest == click.digest and card.body == click.words
        if same and card is not None and card.marks and Action.APPROVE in card.actions:
            return e.Approved(click.at, click.person, click.digest)
        return e.Edited(click.at, click.person, click.words, click.digest, send=True)

    def _kept(self, click: Click, answer: Answer) -> modals.View:
        """What a person sees when their text was not sent: why, and their text."""
        card = self._service.card(click.engagement, click.person)
        still_theirs = card is not None and card.body == click.words
        if card is not None and Action.EDIT in card.actions and still_theirs:
            return modals.editor(card, click.words, answer.words)
        self._board.note_editor(click.engagement, None)
        return modals.told("Not done", answer.words, click.words)

    async def closed(self, ack: Ack, body: Body) -> None:
        await ack()
        self._board.note_editor(modals.remembered(body["view"])[0], None)

    # the command

    async def commanded(self, ack: Ack, body: Body) -> None:
        us = self._us()
        inside = us is not None and body.get("team_id") == us.team
        person = find_person(self._in_force(), str(body.get("user_id"))) if inside else None
        if person is None:
            await ack(escape_mrkdwn(STRANGER if inside else OUTSIDER))
            return
        mine = self._service.queue(person, "mine")
        theirs = {card.engagement for card in mine}
        cards = self._service.queue(person, "all")
        free = [card for card in cards if not card.owner and card.engagement not in theirs]
        oldest = min(free, key=lambda card: card.at, default=None)
        words = f"{len(mine)} yours, {len(free)} waiting for somebody."
        if oldest is not None:
            words += f" The oldest: “{oldest.headline}”, {oldest.due or oldest.status}."
        await ack(escape_mrkdwn(words))

    # who, and how they hear

    def _inside(self, body: Body) -> bool:
        us = self._us()
        return us is not None and body["user"].get("team_id") == us.team

    def _person(self, body: Body) -> Person | str:
        """Who clicked; or, in words, why they don't decide."""
        us = self._us()
        if us is None or not self._inside(body):
            return OUTSIDER
        user = body["user"]
        return (
            find_colleague(self._in_force(), us, str(user["id"]), str(user["team_id"])) or STRANGER
        )

    def _deciders(self) -> list[Person]:
        return [person for person in self._in_force().people if person.may_decide]

    async def _tell(self, body: Body, words: str, title: str = "Not done") -> None:
        """Words for whoever clicked: beside the card, or in the modal, or over their home."""
        api = self._api()
        if api is None:
            return
        container = body.get("container") or {}
        if container.get("type") == "message":
            note = {
                "channel": container["channel_id"],
                "user": body["user"]["id"],
                "text": escape_mrkdwn(words),
            }
            told = await api.post("chat.postEphemeral", note)
            if not isinstance(told, Done):
                log.warning("somebody could not be told: %s", told.why)
            return
        await self._show(body, modals.told(title, words))

    async def _show(self, body: Body, view: modals.View) -> None:
        """A modal: in place of the one that is open, or a new one."""
        shown = body.get("view") or {}
        if shown.get("type") == "modal":
            await self._replace(shown["id"], view, str(shown.get("hash") or ""))
            return
        api = self._api()
        if api is None:
            return
        opened = await api.post("views.open", {"trigger_id": body["trigger_id"], "view": view})
        if not isinstance(opened, Done):
            log.warning("a modal could not be opened: %s", opened.why)
            self._not_opened(body, view)
            await self._note(body, "That took too long to open. Please click again.")

    def _not_opened(self, body: Body, view: modals.View) -> None:
        if view["callback_id"] == PREFIX + Action.EDIT:
            self._board.note_editor(modals.remembered(view)[0], None)

    async def _note(self, body: Body, words: str) -> None:
        if (body.get("container") or {}).get("type") == "message":
            await self._tell(body, words)

    async def _replace(self, view: str, by: modals.View, hash: str = "") -> None:
        """`hash`: of the modal as it was clicked. If it is another by now, a click before this one
        has been answered there, and its answer stays."""
        api = self._api()
        if api is None:
            return
        seen = {"hash": hash} if hash else {}
        shown = await api.post("views.update", {"view_id": view, "view": by, **seen})
        if not isinstance(shown, Done):
            log.info("a modal was not redrawn: %s", shown.why)
