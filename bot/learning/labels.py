"""Labels: what each decision of a person says about what the software had understood.

Promised: every approval, edit, rejection, redraft, take-over, close and tag that took effect gives
one label, with its provenance: which model read the ask, under which rules it was judged, what the
person did, how long they took, in which role. A label holds no words of anybody and does not say
who decided, so it may leave the store.

`right` is None wherever the decision does not say it: taking over is no verdict on the reading. A
reading that a person corrects stays with the engagement (`read`), so that an approval of the
corrected draft still counts against the reading that was wrong. An approval faster than anybody
can read is kept and does not count.

Left to others: storing labels (`handlers.store.repository`), and what is made of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model import Engagement, Objection, Origin, Person, Reading, Role, State, Unclear
from bot.model import events as e

# Silent reading of prose is 238 words a minute on average (Brysbaert 2019, a review of 190
# studies). Beyond three times that nobody follows what is written (Rayner et al. 2016).
FASTEST = 12.0  # words a second


class HumanDecision(StrEnum):
    """What the person did."""

    APPROVED = "approved"
    EDITED = "edited"  # changed the draft, and sent that
    ANSWERED = "answered"  # wrote the reply themselves; there was no draft
    REJECTED = "rejected"
    REDRAFTED = "redrafted"  # asked for another draft, perhaps of another intent
    TOOK_OVER = "took over"
    CLOSED = "closed"
    TAGGED = "tagged"  # said what was asked, and did nothing else
    UNDID = "undid"  # took an approval back: what it said is withdrawn


@dataclass(frozen=True, slots=True)
class Label:
    """One decision on one ask.

    `predicted` is the intent that the software accepted; None, with the reason in `unclear`, if it
    accepted none. `truth` is the intent that a person says it was: `events.NOTHING` for none of
    the brand's, None if nothing was said. `right` compares the two: whether the accepted intent
    was what was asked; None when no intent was accepted, or the decision doesn't say.
    `drafted`: a draft was before the person. `seconds`: from when the text, or the ask, was before
    them (or from their own last decision, if that was later) to the decision. `counts` is False
    of an approval that came faster than it can be read. `audit`: drawn at random to be read
    closely. `score` is the software's for `predicted`, `margin` how far above what it accepts;
    `least`: the margin below which nothing was drafted then, but for the audit.
    """

    engagement: str
    at: datetime
    channel: str
    language: str
    predicted: str | None
    unclear: Unclear | None
    score: float
    truth: str | None
    right: bool | None
    did: HumanDecision
    drafted: bool
    seconds: float
    role: Role
    counts: bool = True
    audit: bool = False
    objection: Objection | None = None  # of a rejection: what was wrong
    model: str = ""  # what read it
    rules: str = ""  # hash of the packs it was judged by
    margin: float = 0.0
    least: float = 0.0

    @property
    def is_override(self) -> bool:
        """Whether a draft was there and the person wanted something else."""
        return self.drafted and self.did in _OVERRIDES


_OVERRIDES = frozenset({HumanDecision.EDITED, HumanDecision.REJECTED, HumanDecision.REDRAFTED})


def label_decision(
    before: Engagement, event: e.Event, after: Engagement, last: datetime | None = None
) -> Label | None:
    """The label of what happened; None if it was no decision, or changed nothing.

    `last` is when the same person decided before. Samples teach nothing: nobody wrote them.
    """
    person = getattr(event, "person", None)
    did = _find_decision(before, event, after)
    if did is None or not isinstance(person, Person) or before.sample:
        return None
    reading = before.understanding.first_reading or before.understanding.reading
    truth = _true_intent(did, reading, event, before, after)
    seconds = _seconds_since_shown(before, event.at, last)
    verdict = after.proposal.verdict if did in _SENT else before.proposal.verdict
    return Label(
        engagement=before.id,
        at=event.at,
        channel=before.place.channel,
        language=reading.language if reading else "",
        predicted=reading.intent if reading else None,
        unclear=reading.unclear if reading else None,
        score=reading.score if reading else 0.0,
        truth=truth,
        right=_was_right(reading, truth, event),
        did=did,
        drafted=before.proposal.draft is not None,
        seconds=seconds,
        role=Role.LEAD if Role.LEAD in person.roles else Role.APPROVER,
        counts=did is not HumanDecision.APPROVED or seconds >= least_reading_seconds(before),
        objection=event.objection if isinstance(event, e.Rejected) else None,
        model=reading.model if reading else "",
        rules=verdict.rules if verdict else "",
        audit=before.understanding.audit,
        margin=reading.margin if reading else 0.0,
        least=before.understanding.least,
    )


def least_reading_seconds(engagement: Engagement) -> float:
    """How long it takes at least to read the ask and the text that is to be approved."""
    body = engagement.proposal.candidate.body if engagement.proposal.candidate else ""
    return len(f"{engagement.text} {body}".split()) / FASTEST


def settle_labels(labels: Iterable[Label]) -> list[Label]:
    """One label for each reading: what all decisions on it say together, in order of the first.

    Wrong, if any decision says so; else right, if one that counts says so. An approval that was
    taken back says nothing. The label that decides is returned as it is.
    """
    kept: dict[tuple[object, ...], Label] = {}
    for label in sorted(labels, key=lambda label: label.at):
        key = (label.engagement, label.model, label.predicted, label.unclear, label.score)
        known = kept.get(key)
        withdrawn = label.did is HumanDecision.UNDID and known is not None and known.right
        if known is None or withdrawn or _label_weight(label) >= _label_weight(known):
            kept[key] = label
    return list(kept.values())


def _label_weight(label: Label) -> int:
    """How much a label decides: wrong outweighs right, right outweighs nothing."""
    if label.right is None or not label.counts:
        return 0
    return 1 if label.right else 2


def _is_approval(before: Engagement, after: Engagement) -> bool:
    return after.state is State.APPROVED and before.state is not State.APPROVED


def _decide_own_text(before: Engagement, event: e.Event, after: Engagement) -> HumanDecision | None:
    if not _is_approval(before, after):
        return None
    return HumanDecision.EDITED if before.proposal.draft is not None else HumanDecision.ANSWERED


def _decide_approval(before: Engagement, event: e.Event, after: Engagement) -> HumanDecision | None:
    if not _is_approval(before, after):
        return None
    reply = before.proposal.candidate
    if reply is None or reply.origin is Origin.SOFTWARE:
        return HumanDecision.APPROVED
    return HumanDecision.EDITED if reply.origin is Origin.EDITED else HumanDecision.ANSWERED


def _decide_if_led_to(
    did: HumanDecision, state: State
) -> Callable[[Engagement, e.Event, Engagement], HumanDecision | None]:
    """It took effect if it led there."""

    def judge(before: Engagement, event: e.Event, after: Engagement) -> HumanDecision | None:
        return did if after is not before and after.state is state else None

    return judge


_DID: Mapping[type[e.Event], Callable[[Engagement, e.Event, Engagement], HumanDecision | None]] = {
    e.Approved: _decide_approval,
    e.Edited: _decide_own_text,
    e.Rejected: lambda before, event, after: (
        HumanDecision.REJECTED if before.proposal.digest and not after.proposal.digest else None
    ),
    e.Redraft: _decide_if_led_to(HumanDecision.REDRAFTED, State.UNDERSTOOD),
    e.TakenOver: _decide_if_led_to(HumanDecision.TOOK_OVER, State.PERSON),
    e.Ignored: _decide_if_led_to(HumanDecision.CLOSED, State.CLOSED),
    e.Tagged: lambda before, event, after: (
        HumanDecision.TAGGED if after.understanding.meant != before.understanding.meant else None
    ),
    e.Undone: _decide_if_led_to(HumanDecision.UNDID, State.WAITING),
}
_SENT = frozenset({HumanDecision.APPROVED, HumanDecision.EDITED, HumanDecision.ANSWERED})


def _find_decision(before: Engagement, event: e.Event, after: Engagement) -> HumanDecision | None:
    find = _DID.get(type(event))
    return find(before, event, after) if find else None


def _true_intent(
    did: HumanDecision,
    reading: Reading | None,
    event: e.Event,
    before: Engagement,
    after: Engagement,
) -> str | None:
    """The intent that a person says it was."""
    if after.understanding.meant or did is HumanDecision.UNDID:
        return after.understanding.meant or None
    if reading is None or reading.intent is None or before.proposal.draft is None:
        return None
    if did is HumanDecision.APPROVED or (did is HumanDecision.EDITED and _keeps_facts(after)):
        return reading.intent
    return None


def _keeps_facts(after: Engagement) -> bool:
    """Whether an edit still says what the draft said: all of its facts stand behind it."""
    draft, reply = after.proposal.draft, after.proposal.candidate
    if draft is None or reply is None or not draft.facts:
        return False
    return set(draft.facts) <= set(reply.facts)


def _was_right(reading: Reading | None, truth: str | None, event: e.Event) -> bool | None:
    if reading is None or reading.intent is None:
        return None
    if isinstance(event, e.Rejected) and event.objection is Objection.NOT_ASKED:
        return False
    return None if truth is None else truth == reading.intent


def _seconds_since_shown(before: Engagement, at: datetime, last: datetime | None) -> float:
    since = max(filter(None, (before.proposal.ready or before.opened, last)))
    return max(0.0, (at - since).total_seconds())
