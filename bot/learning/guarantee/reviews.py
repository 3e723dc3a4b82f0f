"""From people's decisions to reviews: which drafts were judged, and how.

A draft counts as wrong unless somebody said otherwise. Approving it, editing it and keeping its
facts, or objecting to its voice or its facts but not to what it answers, says that the intent was
right. Taking over, closing, or writing something else instead says nothing, and is counted against
the software: people do that to bad drafts. What says nothing for a reason that has nothing to do
with the draft is left out: an approval faster than anybody reads, and one that was taken back.

Only the newest run of readings by the models in force counts. Whatever another model read is a
sample of something else.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.learning.guarantee.reviewed_drafts import ReviewedDraft
from bot.learning.labels import HumanDecision, Label, settle_labels
from bot.model import Objection

_UNDERSTOOD = frozenset({Objection.NOT_OUR_VOICE, Objection.WRONG_FACT})


def collect_reviews(labels: Sequence[Label], models: frozenset[str]) -> list[ReviewedDraft]:
    """The reviewed drafts of these labels, in the order of their first decision."""
    run = _labels_of_newest_run(sorted(labels, key=lambda label: label.at), models)
    drafted = {_reading_key(label) for label in run if label.drafted}
    return [
        ReviewedDraft(label.margin, _is_right(label), label.audit, label.least, label.at)
        for label in settle_labels(run)
        if label.predicted is not None and _reading_key(label) in drafted
        if label.counts and label.did is not HumanDecision.UNDID
    ]


def _labels_of_newest_run(labels: Sequence[Label], models: frozenset[str]) -> Sequence[Label]:
    for k in range(len(labels) - 1, -1, -1):
        if labels[k].model and labels[k].model not in models:
            return labels[k + 1 :]
    return labels


def _reading_key(label: Label) -> tuple[object, ...]:
    return label.engagement, label.model, label.predicted, label.score


def _is_right(label: Label) -> bool:
    if label.right is not None:
        return label.right
    return label.did is HumanDecision.REJECTED and label.objection in _UNDERSTOOD
