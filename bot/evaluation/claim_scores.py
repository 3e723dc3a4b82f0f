"""How well a verdict tells wrong replies from honest ones: rows `facts`, `asked`, `text`, `label`
(honest, wrong or no-claim) and `kind`; the whole rulebook judges, as it would a person's own words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import re2

from bot.brand.published import PublishedFacts
from bot.detect.claims.grounding import facts_behind
from bot.drafting.envelope import build_reply
from bot.knowledge import Knowledge
from bot.model import Audience, Origin, Outcome, Place, PublishedFact, Verdict
from bot.policy.judge import judge_reply
from bot.policy.subject import BrandFacts, ReplySubject

WORST = 20
SOURCE = "https://brand.example/terms"
LABELS = ("honest", "wrong", "no-claim")
STOPS = (Outcome.HOLD, Outcome.BLOCK)


def score_claims(
    rows: Iterable[Mapping[str, Any]], known: Knowledge, locale: str, today: date
) -> dict[str, Any]:
    """`caught`: the share of wrong replies that are held or blocked; `passed`: of the others, those
    that are not; `blocked`: of the others, those that nobody could send. Each also `by_kind`, with
    the rules that stopped what is honest, and `worst`, the misjudged ones.

    A row may name its `locale`.
    """
    outcomes: dict[tuple[str, str], Counter[Outcome]] = defaultdict(Counter)
    rules: Counter[str] = Counter()
    worst: list[dict[str, Any]] = []
    brands: dict[str, PublishedFacts] = {}
    for row in rows:
        label, kind = str(row["label"]), str(row.get("kind", ""))
        where = str(row.get("locale") or locale)
        key = repr((where, row["facts"]))
        if key not in brands:
            brands[key] = _publish(row["facts"], where, today)
        verdict = _judge(row, where, brands[key], known, today)
        outcomes[label, kind][verdict.outcome] += 1
        stopped = [finding for finding in verdict.findings if finding.outcome in STOPS]
        if label != "wrong":
            rules.update({finding.rule for finding in stopped})
        if (label == "wrong") != bool(stopped):
            because = [finding.because for finding in stopped]
            worst.append({"text": row["text"], "label": label, "kind": kind, "because": because})
    return {
        "caught": _share(outcomes, ("wrong",), STOPS),
        "passed": 1 - _share(outcomes, ("honest", "no-claim"), STOPS),
        "passed_honest": 1 - _share(outcomes, ("honest",), STOPS),
        "blocked": _share(outcomes, ("honest", "no-claim"), (Outcome.BLOCK,)),
        "texts": sum(counts.total() for counts in outcomes.values()),
        "by_kind": dict(_by_kind(outcomes)),
        "stopped_by": dict(rules.most_common()),
        "worst": worst[:WORST],
    }


def _publish(facts: Any, locale: str, today: date) -> PublishedFacts:
    """Facts as a file gives them: a list of texts or objects, or texts or objects by id."""
    named = facts.items() if isinstance(facts, Mapping) else enumerate(facts, 1)
    return PublishedFacts(_fact(str(key), it, locale, today) for key, it in named)


def _fact(key: str, it: Any, locale: str, today: date) -> PublishedFact:
    given = it if isinstance(it, Mapping) else {"text": it}
    topic = str(given.get("topic") or "published")
    return PublishedFact(
        id=f"{re2.sub(r'[^a-z0-9]+', '_', topic.casefold())}.{given.get('id', key)}",
        text={locale: str(given["text"])},
        titles={locale: str(given.get("topic") or "")},
        url=SOURCE,
        as_of=today,
        review_by=date.max,
    )


def _judge(
    row: Mapping[str, Any], locale: str, published: PublishedFacts, known: Knowledge, today: date
) -> Verdict:
    """The verdict on a person's own words, as said in a private channel of the brand's."""
    text, brand = str(row["text"]), known.brand
    profiles = sorted(brand.channels.values(), key=lambda it: it.audience is not Audience.PRIVATE)
    reply = build_reply(
        text,
        Origin.PERSON,
        locale,
        brand=brand,
        published=published,
        place=Place(profiles[0].name),
        answers=(),
        entry="0" * 32,
        facts=facts_behind(text, published, (), locale),
    )
    subject = ReplySubject(
        reply=reply,
        channel=profiles[0].name,
        mode=profiles[0].mode.name,
        audience=profiles[0].audience,
        asked=str(row.get("asked", "")),
        today=today,
        published=published,
        brand=replace(BrandFacts.of_brand(brand), locales=(locale,)),
    )
    return judge_reply(known.rulebook, subject)


def _share(
    outcomes: Mapping[tuple[str, str], Counter[Outcome]],
    labels: tuple[str, ...],
    these: tuple[Outcome, ...],
) -> float:
    counts = [count for (label, _), count in outcomes.items() if label in labels]
    total = sum(count.total() for count in counts)
    return sum(count[it] for count in counts for it in these) / total if total else 0.0


def _by_kind(
    outcomes: Mapping[tuple[str, str], Counter[Outcome]],
) -> Iterator[tuple[str, dict[str, float]]]:
    for (label, kind), count in sorted(outcomes.items()):
        stopped = sum(count[it] for it in STOPS) / count.total()
        blocked = count[Outcome.BLOCK] / count.total()
        yield (
            f"{label}/{kind}" if kind else label,
            {"texts": count.total(), "stopped": stopped, "blocked": blocked},
        )
