"""The public record: what was said, promised, refused and changed, for anyone, without a login.

Only what may be read is shown; an address whose turn isn't finished says so. Every entry comes
with what it takes to check it without us: the leaf, the path to the signed head, and a script of a
page's length. “This is wrong” needs no account: it opens a correction that is followed up.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from aiohttp import web

from bot.cards.wording import commitment_words
from bot.learning.guarantee.guarantee_words import write_claim
from bot.policy.rule_changes import list_announced_changes
from bot.record.entry import EntryKind
from bot.record.merkle import leaf_hash
from handlers.brandfiles.loading import Library
from handlers.pages import Pages, read_form, wants_json
from handlers.pages.rate_limit import Buckets, Rate
from handlers.ports.service_port import Service
from handlers.ports.store_port import Store, Transaction
from handlers.public import change_words, entry_lines
from handlers.service.queries.mode_share import list_mode_shares
from handlers.service.record import record_export, record_log, recorded_entries
from handlers.service.record.ledger import Ledger
from handlers.service.record.recorded_entries import Recorded
from handlers.service.rows.correction_rows import count_breaches

ON_A_PAGE = 30
ON_THE_RULES = 8  # changes on the page of the rules
ENDINGS = frozenset({EntryKind.SENT, EntryKind.NOT_SENT, EntryKind.UNCERTAIN, EntryKind.NOTICE})
LONGEST_WORDS, LONGEST_CONTACT = 2_000, 200
CORRECTIONS = Rate(burst=5, every=120.0)  # by address


class PublicRecord:
    """The record's pages. Everything it needs comes in as arguments."""

    def __init__(
        self,
        store: Store,
        service: Service,
        library: Library,
        ledger: Ledger,
        pages: Pages,
        *,
        now: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store, self._service, self._pages = store, service, pages
        self._library, self._ledger, self._now = library, ledger, now
        self._corrections = Buckets(CORRECTIONS, monotonic)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/record", self.listing),
            web.get("/record/checkpoint", self.checkpoint),
            web.get("/record/key", self.key),
            web.get("/record/{address}", self.show),
            web.get("/record/{address}/proof.json", self.proof),
            web.get("/record/{address}/{index:[0-9]{1,12}}.tlog-proof", self.proof_file),
            web.get("/record/{address}/wrong", self.ask_what_is_wrong),
            web.post("/record/{address}/wrong", self.wrong),
            web.get("/rules", self.rules),
        ]

    # reading

    async def listing(self, request: web.Request) -> web.Response:
        asked, search = request.query.get("kind", ""), request.query.get("search", "")[:200]
        kind = EntryKind(asked) if asked in set(EntryKind) else None
        before = request.query.get("before", "")
        page = self._store.read(
            lambda tx: self._listed(
                tx,
                kind,
                search,
                int(before[:12]) if before.isascii() and before.isdigit() else None,
            )
        )
        kept = urlencode({k: v for k, v in {"kind": kind, "search": search}.items() if v})
        return self._pages.page(
            request,
            "record.html.j2",
            **page,
            kind=kind,
            search=search,
            kinds=[
                (it, entry_lines.TITLES[it])
                for it in entry_lines.TITLES
                if it is not EntryKind.INTENDED
            ],
            kept=f"{kept}&" if kept else "",
            size=self._store.read(record_log.size),
        )

    def _listed(
        self, tx: Transaction, kind: EntryKind | None, search: str, before: int | None
    ) -> dict[str, Any]:
        page = recorded_entries.newest(tx, kind=kind, search=search, before=before, limit=ON_A_PAGE)
        shown = [it for it in page.entries if kind or not self._ended(tx, it)]
        return {"entries": [self._shown(tx, it) for it in shown], "before": page.before}

    def _ended(self, tx: Transaction, it: Recorded) -> bool:
        """An intention whose outcome is on the record is told by its outcome."""
        if it.entry.kind is not EntryKind.INTENDED:
            return False
        return any(
            x.entry.kind in ENDINGS for x in recorded_entries.at_address(tx, it.entry.address)
        )

    async def show(self, request: web.Request) -> web.Response:
        return self._entry(request)

    def _entry(
        self, request: web.Request, status: int = 200, told: str = "", kept: str = ""
    ) -> web.Response:
        address = request.match_info["address"]
        found = self._store.read(lambda tx: recorded_entries.at_address(tx, address))
        if not found:
            raise web.HTTPNotFound(text="There is no entry at this address of the record.")
        public = [it for it in found if it.public]
        return self._pages.page(
            request,
            "record_entry.html.j2",
            status=status,
            address=address,
            entries=self._store.read(lambda tx: [self._shown(tx, it) for it in public]),
            proofs=self._store.read(lambda tx: [self._proof(tx, it) for it in public]),
            told=told,
            kept=kept,
            site=f"{request.scheme}://{request.host}",
            longest=LONGEST_WORDS,
        )

    def _shown(self, tx: Transaction, it: Recorded) -> dict[str, Any]:
        """What a page needs of an entry. The words were stored with the intention."""
        entry, told = it.entry, self._ended(tx, it)
        same = recorded_entries.at_address(tx, entry.address) if entry.address else ()
        said = it.words.get("said", "")
        if entry.kind in ENDINGS and not said:
            said = next((x.words["said"] for x in same if "said" in x.words and x.public), "")
        return {
            "it": it,
            "line": entry_lines.line(entry, said, it.words.get("why", "")),
            "shape": entry_lines.SHAPES.get(entry.kind, "·"),
            "title": entry_lines.TITLES[entry.kind],
            "said": "" if told else said,
            "changes": [change_words.words(change) for change in entry.changes],
            "promised": [] if told else [commitment_words(c) for c in entry.commitments],
        }

    async def rules(self, request: web.Request) -> web.Response:
        knowledge = self._library.knowledge
        rulebook, brand = knowledge.rulebook, knowledge.brand
        packs: dict[str, list[Any]] = {}
        for compiled in rulebook.rules:
            if compiled.rule.status == "enforce":
                packs.setdefault(compiled.rule.pack, []).append(compiled.rule)
        return self._pages.page(
            request,
            "rules.html.j2",
            packs=packs,
            because=entry_lines.because,
            hash=rulebook.hash,
            promises=self._promises(),
            sure=[
                (brand.channels[name].title, write_claim(it))
                for name, it in knowledge.guarantees.items()
                if name in brand.channels
            ],
            mix=self._store.read(lambda tx: list_mode_shares(tx, brand, self._now().date())),
            maturity=entry_lines.MATURITY[brand.maturity],
            facts=len(knowledge.published.facts),
            size=self._store.read(record_log.size),
            head=self._store.read(record_log.latest_checkpoint),
            cultures=[
                (brand.channels[name].title, culture)
                for name, culture in knowledge.cultures.items()
                if name in brand.channels
            ],
            coming=[
                change_words.words(it)
                for it in list_announced_changes(rulebook, knowledge.published)
            ],
            changes=self._store.read(self._changes),
        )

    def _changes(self, tx: Transaction) -> list[dict[str, Any]]:
        """The newest changes of rules and of facts."""
        kinds = (EntryKind.RULES_CHANGED, EntryKind.FACTS_CHANGED)
        found = [
            it for kind in kinds for it in recorded_entries.newest(tx, kind=kind, limit=5).entries
        ]
        found.sort(key=lambda it: it.index, reverse=True)
        return [self._shown(tx, it) for it in found[:ON_THE_RULES]]

    def _promises(self) -> list[dict[str, Any]]:
        """Each promise, the rules that keep it, and how often it was broken."""
        knowledge = self._library.knowledge
        broken = self._store.read(count_breaches)
        kept: dict[str, list[Any]] = {}
        for compiled in knowledge.rulebook.rules:
            if compiled.rule.status == "enforce":
                kept.setdefault(compiled.rule.promise, []).append(compiled.rule)
        return [
            {"it": it, "rules": kept.get(it.id, []), "broken": broken.get(it.id, 0)}
            for it in knowledge.promises.values()
        ]

    # checking

    async def checkpoint(self, request: web.Request) -> web.Response:
        note = self._store.read(record_log.latest_checkpoint)
        if not note:
            raise web.HTTPNotFound(text="Nothing on the record has been signed yet.")
        return web.Response(text=note)

    async def key(self, request: web.Request) -> web.Response:
        return web.Response(text=f"{self._ledger.signer.verifier}\n")

    async def proof(self, request: web.Request) -> web.Response:
        """All that is needed to check the entries of an address, as JSON."""
        address = request.match_info["address"]

        def read(tx: Transaction) -> dict[str, Any]:
            found = [it for it in recorded_entries.at_address(tx, address) if it.public]
            return {
                "entries": [p for it in found if (p := self._proof(tx, it)) is not None],
                "checkpoint": record_log.latest_checkpoint(tx),
                "key": str(self._ledger.signer.verifier),
            }

        return web.json_response(self._store.read(read))

    def _proof(self, tx: Transaction, it: Recorded) -> dict[str, Any] | None:
        """The leaf, and its path to the head that was last signed; None if that is older."""
        note = record_log.latest_checkpoint(tx)
        size = int(note.split("\n")[1]) if note else 0
        if it.index >= size:
            return None
        row = tx.table("record").get(doc_id=str(it.index))
        path = record_log.proof(tx, it.index, size).hashes
        return {
            "index": it.index,
            "size": size,
            "leaf": row["leaf"],
            "hash": leaf_hash(row["leaf"].encode()).hex(),
            "path": [step.hex() for step in path],
        }

    async def proof_file(self, request: web.Request) -> web.Response:
        """As c2sp.org/tlog-proof writes it, for other people's tools."""
        index = int(request.match_info["index"])

        def read(tx: Transaction) -> str:
            found = recorded_entries.read(tx, index)
            address = request.match_info["address"]
            if found is None or not found.public or found.entry.address != address:
                raise web.HTTPNotFound(text="There is no such entry at this address.")
            return record_export.proof_file(tx, index)

        try:
            return web.Response(text=self._store.read(read))
        except ValueError:
            raise web.HTTPNotFound(
                text="This entry will be under the next signed head; please come back later."
            ) from None

    # “this is wrong”

    async def ask_what_is_wrong(self, request: web.Request) -> web.Response:
        """Where “this is wrong” under an answer leads."""
        address = quote(request.match_info["address"], safe="")
        raise web.HTTPFound(f"/record/{address}#wrong")

    async def wrong(self, request: web.Request) -> web.Response:
        form = await read_form(request)
        words, contact = form.get("words").strip(), form.get("contact").strip()
        address = request.match_info["address"]
        if not words:
            return self._answer(request, 400, "Say in a few words what is wrong.", words)
        if len(words) > LONGEST_WORDS or len(contact) > LONGEST_CONTACT:
            told = f"That is too long; {LONGEST_WORDS} characters are the most."
            return self._answer(request, 413, told, words)
        if wait := self._corrections.take(request.remote or "?"):
            told = "You have sent several corrections. Please wait a few minutes, then send this."
            response = self._answer(request, 429, told, words)
            response.headers["Retry-After"] = str(int(wait) + 1)
            return response
        if not await self._service.correction(address, words, contact):
            raise web.HTTPNotFound(text="There is no entry at this address of the record.")
        told = "Thank you. A person looks into it; what comes of it will stand here."
        return self._answer(request, 200, told, "")

    def _answer(self, request: web.Request, status: int, told: str, kept: str) -> web.Response:
        if wants_json(request):
            body: dict[str, Any] = {"words": told}
            if status >= 400:
                body = {"error": {"status": status, "words": told}}
            return web.Response(
                text=json.dumps(body), status=status, content_type="application/json"
            )
        return self._entry(request, status, told, kept)
