"""The way out of the web chat: a reply becomes a stored post, which the customer's page shows.

There is no network between us and the page's store, so sending is one transaction under the
delivery's id: done twice it is one post, and whether it was done can be looked up.
"""

from __future__ import annotations

from typing import Any

import rfc8785
from tinydb.table import Document

from bot.model import Delivery, Reply
from bot.model.errors import StoreError
from handlers.ports.channel_port import Absent, Posted, Refused, Unknown
from handlers.ports.store_port import Store, Transaction

POSTS = "web_posts"  # rows by delivery id: {conversation, payload}


class WebChannel:
    """A `handlers.ports.channel_port.Channel` whose posts live in the store."""

    def __init__(self, store: Store, name: str = "web") -> None:
        self.name = name
        self._store = store

    def render(self, reply: Reply, delivery: str) -> str:
        """What the page shows of a reply, in the order in which it is read."""
        envelope = reply.envelope
        shown = {
            "delivery": delivery,
            "locale": reply.locale,
            "origin": reply.origin.value,
            "greeting": envelope.greeting,
            "body": reply.body,
            "sources": [
                {"title": source.title, "url": source.url, "as_of": source.as_of.isoformat()}
                for source in envelope.sources
            ],
            "speaker": envelope.speaker,
            "links": [[words, url] for words, url in envelope.links],
            **({"label": envelope.label} if envelope.label else {}),
            **({"unread": envelope.unread} if envelope.unread else {}),
        }
        return rfc8785.dumps(shown).decode()

    async def send(self, delivery: Delivery) -> Posted | Refused | Unknown:
        def put(transaction: Transaction) -> None:
            posts = transaction.table(POSTS)
            if not posts.contains(doc_id=delivery.id):
                row = {
                    "conversation": delivery.reply.place.conversation,
                    "payload": delivery.payload,
                }
                posts.insert(Document(row, doc_id=delivery.id))  # type: ignore[arg-type]

        try:
            await self._store.write(put)
        except StoreError as error:  # the store's promise: then nothing happened
            return Refused(str(error), again=True, wait=5.0)
        return Posted(delivery.id)

    async def look(self, delivery: Delivery) -> Posted | Absent | Unknown:
        try:
            found = self.post(delivery.id)
        except StoreError as error:
            return Unknown(str(error))
        return Absent() if found is None else Posted(delivery.id)

    def post(self, delivery: str) -> str | None:
        """The payload that was posted under this id; None if none was."""
        row: Any = self._store.read(lambda view: view.table(POSTS).get(doc_id=delivery))
        return None if row is None else str(row["payload"])

    async def start(self) -> None:
        """Nothing to connect to."""

    async def stop(self) -> None:
        """Nothing to disconnect from."""
