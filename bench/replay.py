"""Replaying candidate rules over what was decided, against FIGURES section 3.

`python -m bench.replay`. CPU time of one core, from the rows of a store on disk to the account.
The asks are the shipped intents' own examples, drafted and judged by the shipped rules, each reply
with words of its own; the candidates are a changed rule of tone, a new one, and one that goes.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.evaluation.replay import RuleReplay
from bot.knowledge import Knowledge
from bot.model import Engagement, Reading
from bot.model import events as e
from bot.policy.pack import Pack, Rule
from bot.policy.rulebook import compile_rulebook
from handlers.brandfiles.loading import load_knowledge
from handlers.brandfiles.pack_files import load_packs
from handlers.service.simulation.dry_run import follow_through, open_ask
from handlers.service.simulation.replay_decisions import replay_asks
from handlers.store import repository
from handlers.store.embedded import EmbeddedStore
from handlers.store.readers import open_readonly

ROOT = Path(__file__).resolve().parents[1]
TOTAL = 10_000  # asks
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def asks(knowledge: Knowledge) -> list[Engagement]:
    made = []
    for intent in knowledge.intents.values():
        for locale in knowledge.brand.locales:
            for text in intent.examples[locale][:10]:
                begun = open_ask(text, knowledge, NOW, "web")
                reading = Reading(intent.id, 0.9, None, locale, True, True)
                made.append(follow_through(begun, e.Understood(NOW, reading), knowledge, NOW))
    return made


def with_a_limit(knowledge: Knowledge) -> Knowledge:
    """A rule more that goes through every promise of a reply: what costs most to look for."""
    packs = load_packs(ROOT / "policies", knowledge.brand.packs)
    keys = {"each": "reply.commitments", "when": 'it.kind == "period" && it.number > 90.0'}
    new = Rule("mine", "long", "reply", "hold", "It is long.", **keys)
    return replace(knowledge, rulebook=compile_rulebook([*packs, Pack("mine", (new,))]))


def candidates(knowledge: Knowledge) -> Knowledge:
    packs = load_packs(ROOT / "policies", knowledge.brand.packs)
    new = Rule(
        "mine", "parcel", "reply", "hold", "It speaks of a parcel.", find=("parcel", "paket")
    )

    def other(rule: Rule) -> Rule:
        return replace(rule, then="block") if rule.full_id == "tone/pressure" else rule

    kept = [
        replace(p, rules=tuple(other(r) for r in p.rules if r.full_id != "tone/superlatives"))
        for p in packs
    ]
    return replace(knowledge, rulebook=compile_rulebook([*kept, Pack("mine", (new,))]))


def numbered(it: Engagement, number: int) -> Engagement:
    """Another ask with a reply of its own words, so that nothing remembers having read it."""
    word = "".join(chr(ord("a") + int(digit)) for digit in str(number))
    reply = it.proposal.candidate
    if reply is not None:
        reply = replace(reply, body=f"{reply.body} The name is {word}.")
    proposal = replace(it.proposal, candidate=reply)
    return replace(it, id=f"e{number}", proposal=proposal, version=1)


def main() -> None:
    knowledge = load_knowledge(ROOT, NOW)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        store = EmbeddedStore(path, repository.INDEXES)
        many = list(islice(cycle(asks(knowledge)), TOTAL))
        for start in range(0, TOTAL, 500):
            part = [numbered(one, start + n) for n, one in enumerate(many[start : start + 500])]
            store.write_now(
                lambda tx, part=part: [repository.save_engagement(tx, it) for it in part]
            )
        store.close()
        print("| candidates | decisions | turned | decisions/s/core | goal |")
        print("| --- | --- | --- | --- | --- |")
        for title, then in (
            ("the same again", knowledge),
            ("three rules differ", candidates(knowledge)),
            ("a rule on promises is new", with_a_limit(knowledge)),
        ):
            best = 0.0
            for _ in range(3):
                replaying = RuleReplay(knowledge, then)
                readers = open_readonly(path, repository.INDEXES)
                began = time.process_time()
                readers.read(lambda tx, it=replaying: replay_asks(tx, it))
                spent = time.process_time() - began
                readers.close()
                best = max(best, replaying.account.decisions / spent)
            account = replaying.account
            turned = sum(account.turns.values())
            print(f"| {title} | {account.decisions:,} | {turned:,} | {best:,.0f} | ≥ 5,000 |")


if __name__ == "__main__":
    main()
