"""Proposed examples: what an author sees of them, and what accepting or declining one does.

Accepting writes to the intent's file first and notes it afterwards: were the server to stop in
between, the proposal is still open, and accepting it once more finds the example there. The watch
over the files trains with it. Nothing here is on the way of a message.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.cards.wording import UNCLEAR
from bot.detect.personal.personal_data import normalize_contacts
from bot.detect.taint.taint_detection import public_vocabulary
from bot.knowledge import Knowledge
from bot.learning.anonymizing import find_giveaways, find_unfamiliar_words
from bot.learning.likeness import KnownExamples, plain_letters
from bot.learning.proposed_examples import (
    ExampleList,
    Proposal,
    ProposalStanding,
    words_of_proposal,
)
from bot.model import Engagement, Span
from bot.model.errors import AboveboardError, BrandError
from handlers.brandfiles.loading import Library
from handlers.ports.store_port import Store, Transaction
from handlers.service.control_socket import Command, Request
from handlers.service.learning.example_files import add
from handlers.store import repository

SHOWN = 20  # at once
SURELY = 0.9
BY_COMMAND = "the command line"
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal as an author sees it. `private` are the words that have to go, in `text`."""

    proposal: Proposal
    text: str
    locale: str
    title: str  # of the intent
    read_as: str  # what the software had made of it, in words
    private: tuple[Span, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it, in words for the person; `shown` if it has to be changed first."""

    done: bool
    words: str
    shown: Shown | None = None


class NotLearned(AboveboardError):
    """Why a proposal was not decided on, in words for the person."""


class Proposals:
    def __init__(
        self, root: Path, store: Store, library: Library, now: Callable[[], datetime]
    ) -> None:
        self._root, self._store, self._library, self._now = root, store, library, now
        self._writing = asyncio.Lock()
        #: what a command may ask of the running server
        self.commands: Mapping[str, Command] = {
            "learn-accept": self._accept_by_command,
            "learn-decline": self._decline_by_command,
        }
        self._known: tuple[str, KnownExamples, frozenset[str]] | None = None

    async def waiting(self) -> tuple[list[Shown], int]:
        """The oldest that are open, and how many there are in all."""
        found = [pair for pair in self._store.read(_open) if words_of_proposal(*pair)]
        shown = [await self._shown(*pair) for pair in found[:SHOWN]]
        return shown, len(found)

    def decided(self) -> list[Proposal]:
        """The latest that were accepted or declined, newest first."""
        found = self._store.read(
            lambda tx: repository.list_proposals(tx, ProposalStanding.ACCEPTED)
        )
        found += self._store.read(
            lambda tx: repository.list_proposals(tx, ProposalStanding.DECLINED)
        )
        return sorted(found, key=lambda one: one.decided or one.at, reverse=True)[:SHOWN]

    async def one(self, id: str, text: str | None = None, locale: str = "") -> Shown | None:
        """An open proposal, with its words or an author's version of them."""
        found = self._store.read(lambda tx: _with_ask(tx, id))
        if (
            found is None
            or found[0].standing is not ProposalStanding.OPEN
            or not words_of_proposal(*found)
        ):
            return None
        return await self._shown(*found, text, locale)

    async def accept(self, id: str, text: str, locale: str, by: str) -> Outcome:
        """Make it an example, if nobody's words can be told from it. `by`: a person's id."""
        async with self._writing:
            shown = await self.one(id, " ".join(text.split()), locale)
            if shown is None:
                return Outcome(False, "This is no longer open.")
            if shown.private:
                words = "Take out what says whose words they are: it is marked. Then accept it."
                return Outcome(False, words, shown)
            if not plain_letters(shown.text):
                return Outcome(False, "There are no words in it.", shown)
            locales = self._library.knowledge.brand.locales
            if shown.locale not in locales:
                return Outcome(False, "Say in which language it is.", shown)
            part, proposal = shown.proposal.teaches.value, shown.proposal
            if not self._stands(shown):
                try:
                    work = (self._root, locales, proposal.intent, part, shown.locale, shown.text)
                    await asyncio.to_thread(add, *work)
                except BrandError as error:
                    return Outcome(False, f"Not added. {error}", shown)
            await self._decide(id, ProposalStanding.ACCEPTED, by, "")
            place = f"policies/intents/{proposal.intent}.yaml"
            return Outcome(True, f"Added to {place}. It is in force as soon as it is learned.")

    async def decline(self, id: str, reason: str, by: str) -> Outcome:
        reason = " ".join(reason.split())[:LONGEST_REASON]
        shown = await self.one(id)
        if shown is None:
            return Outcome(False, "This is no longer open.")
        if not reason:
            return Outcome(False, "Say why it should not be learned.", shown)
        await self._decide(id, ProposalStanding.DECLINED, by, reason)
        return Outcome(True, "Declined. It will not be proposed again.")

    async def accept_in_words(self, id: str, text: str | None, locale: str, by: str) -> str:
        """As `accept`, for somebody who sees no page: without `text`, the customer's own words.

        Raises NotLearned with what stands against it.
        """
        shown = await self.one(id)
        words = text if text is not None else shown.text if shown else ""
        outcome = await self.accept(id, words, locale, by)
        if outcome.shown is not None and outcome.shown.private:
            marked = ", ".join(f"“{span.words}”" for span in outcome.shown.private)
            raise NotLearned(f"Not added: take out {marked}. Give other words with --text.")
        return _words(outcome)

    async def decline_in_words(self, id: str, reason: str, by: str) -> str:
        """As `decline`. Raises NotLearned with what stands against it."""
        return _words(await self.decline(id, reason, by))

    async def _accept_by_command(self, request: Request) -> str:
        text = request.get("text")
        given = None if text is None else str(text)
        return await self.accept_in_words(
            str(request.get("id", "")), given, str(request.get("language", "")), BY_COMMAND
        )

    async def _decline_by_command(self, request: Request) -> str:
        id, reason = str(request.get("id", "")), str(request.get("reason", ""))
        return await self.decline_in_words(id, reason, BY_COMMAND)

    def _stands(self, shown: Shown) -> bool:
        """Whether it is there already: the server stopped before it was noted."""
        intent = self._library.knowledge.intents.get(shown.proposal.intent)
        if intent is None:
            return False
        near_miss = shown.proposal.teaches is ExampleList.NEAR_MISS
        known = intent.not_this if near_miss else intent.examples
        return shown.text in known.get(shown.locale, ())

    async def _decide(self, id: str, standing: ProposalStanding, by: str, reason: str) -> None:
        at = self._now()

        def work(tx: Transaction) -> None:
            proposal = repository.load_proposal(tx, id)
            if proposal is not None:
                after = replace(proposal, standing=standing, decided=at, by=by, reason=reason)
                repository.save_proposal(tx, after)

        await self._store.write(work)

    async def _shown(
        self, proposal: Proposal, asked: Engagement, text: str | None = None, locale: str = ""
    ) -> Shown:
        knowledge = self._library.knowledge
        text = words_of_proposal(proposal, asked) if text is None else text
        known, public = self._of(knowledge)
        contacts = normalize_contacts(tuple(knowledge.published.contacts))
        intent = knowledge.intents.get(proposal.intent)
        return Shown(
            proposal=proposal,
            text=text,
            locale=locale or knowledge.brand.locale_for(proposal.language) or "",
            title=intent.title_in("en") if intent else proposal.intent,
            read_as=_read_as(proposal, knowledge),
            private=find_giveaways(text, asked.text, asked.customer.name, public, contacts),
            notes=(*_to_look_at(text, public), *await self._notes(proposal, text, known)),
        )

    async def _notes(self, proposal: Proposal, text: str, known: KnownExamples) -> tuple[str, ...]:
        """What an author should know before it is an example."""
        notes = []
        knowledge = self._library.knowledge
        if proposal.intent not in knowledge.intents:
            notes.append("This intent is no longer among the brand's.")
        alike = known.nearest_example(text)
        if alike is not None:
            name = _title(alike.intent, knowledge)
            notes.append(f"Nearly the same stands there already: “{alike.text}” ({name}).")
        reading = await asyncio.to_thread(self._library.reader.read_message, text, direct=True)
        if reading.intent is None or reading.score < SURELY:
            return tuple(notes)
        name = f"{_title(reading.intent, knowledge)}, {reading.score:.2f}"
        if reading.intent != proposal.intent:
            notes.append(
                f"It is surely understood as another intent now ({name}). If that one's examples "
                "are right, the two overlap."
            )
        elif proposal.teaches is ExampleList.EXAMPLE:
            notes.append(f"It is surely understood already ({name}): there is little to learn.")
        return tuple(notes)

    def _of(self, knowledge: Knowledge) -> tuple[KnownExamples, frozenset[str]]:
        """All examples, to compare with, and the public words: made once for each set of files."""
        if self._known is None or self._known[0] != knowledge.version:
            texts = [
                (intent.id, text)
                for intent in knowledge.intents.values()
                for examples in intent.examples.values()
                for text in examples
            ]
            titles = [title for intent in knowledge.intents.values() for title in intent.titles]
            said = [knowledge.brand.name, *titles, *(text for _, text in texts)]
            public = knowledge.published.words | public_vocabulary(said)
            self._known = (knowledge.version, KnownExamples(texts), public)
        return self._known[1], self._known[2]


def _to_look_at(text: str, public: frozenset[str]) -> tuple[str, ...]:
    words = ", ".join(f"“{word}”" for word in find_unfamiliar_words(text, public)[:10])
    return (f"Uncommon words: {words}. Is one of them a name?",) if words else ()


def _words(outcome: Outcome) -> str:
    if not outcome.done:
        raise NotLearned(outcome.words)
    return outcome.words


def _open(tx: Transaction) -> list[tuple[Proposal, Engagement]]:
    found = sorted(repository.list_proposals(tx, ProposalStanding.OPEN), key=lambda one: one.at)
    asked = [(one, repository.load_engagement(tx, one.engagement)) for one in found]
    return [(one, ask) for one, ask in asked if ask is not None]


def _with_ask(tx: Transaction, id: str) -> tuple[Proposal, Engagement] | None:
    proposal = repository.load_proposal(tx, id)
    asked = repository.load_engagement(tx, proposal.engagement) if proposal else None
    return (proposal, asked) if proposal and asked else None


def _title(intent: str, knowledge: Knowledge) -> str:
    known = knowledge.intents.get(intent)
    return known.title_in("en") if known else intent


def _read_as(proposal: Proposal, knowledge: Knowledge) -> str:
    if proposal.read_as:
        return _title(proposal.read_as, knowledge)
    return f"unclear: {UNCLEAR[proposal.unclear]}" if proposal.unclear else "not read"
