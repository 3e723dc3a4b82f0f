"""What may be claimed of a channel now, and what follows for its drafts.

*Gathering*: fewer reviews than the claim needs. Nothing is claimed, everything understood is
drafted, and every draft is a proposal that a person reviews. *Certified*: a threshold keeps the
terms; what is read with less goes to a person. *Uncertifiable*: no threshold can keep the terms
within the window, so everything goes to people, but for the audit's share, which is how the claim
can be won back. From there no road leads back to gathering: forgetting is not learning.

A guarantee is a value. It speaks of the models that the reviews were of, and of no others: to what
another model reads it doesn't apply, so new examples begin with gathering.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.brand.guarantee_terms import GuaranteeTerms
from bot.learning.guarantee.audit_sample import is_in_audit_sample
from bot.learning.guarantee.certify import ThresholdPoint, certify_thresholds, lowest_certified
from bot.learning.guarantee.reviewed_drafts import EVERYTHING, NOTHING, ReviewedDraft
from bot.model import Reading


class GuaranteeStanding(StrEnum):
    GATHERING = "gathering"
    CERTIFIED = "certified"
    UNCERTIFIABLE = "cannot be certified"


@dataclass(frozen=True, slots=True)
class Guarantee:
    """`judged` is the window, oldest first. `point` is the threshold in force, if one is.

    `missing`: reviews, all right, that gathering still needs at least. `models`: whose readings
    this is about, as `Reading.model` names them. `salt` is the key of the audit sample.
    """

    channel: str
    standing: GuaranteeStanding
    terms: GuaranteeTerms
    points: tuple[ThresholdPoint, ...]
    point: ThresholdPoint | None
    judged: tuple[ReviewedDraft, ...]
    missing: int
    models: frozenset[str]
    salt: bytes

    @property
    def draft_threshold(self) -> float:
        """The margin from which on a draft is made."""
        if self.standing is GuaranteeStanding.UNCERTIFIABLE:
            return NOTHING
        return self.point.threshold if self.point else EVERYTHING

    def threshold_for_reading(self, reading: Reading) -> float:
        """The threshold for this reading: all that another model reads is drafted, and reviewed."""
        return self.draft_threshold if reading.model in self.models else EVERYTHING

    def is_audited(self, message: str) -> bool:
        """Whether this message is in the audit sample."""
        return is_in_audit_sample(self.salt, message, self.terms.audit)


def assess_guarantee(
    channel: str,
    judged: Sequence[ReviewedDraft],
    terms: GuaranteeTerms,
    *,
    models: frozenset[str] = frozenset(),
    salt: bytes = b"",
) -> Guarantee:
    """What these reviews, the newest last, allow to be claimed."""
    window = tuple(judged[-terms.window :])
    points = certify_thresholds(window, terms)
    point = lowest_certified(points)
    helps = [it.missing_reviews for it in points if it.missing_reviews is not None]
    missing = min(helps, default=terms.window + 1)
    stopped = any(one.least >= NOTHING for one in window)
    if point is not None:
        standing = GuaranteeStanding.CERTIFIED
    elif stopped or missing > terms.window - len(window):
        standing = GuaranteeStanding.UNCERTIFIABLE
    else:
        standing = GuaranteeStanding.GATHERING
    return Guarantee(channel, standing, terms, points, point, window, missing, models, salt)


def fewest_reviews(terms: GuaranteeTerms) -> int:
    """How many reviews a claim on these terms needs at least, if they are all right."""
    return min(
        it.missing_reviews for it in certify_thresholds((), terms) if it.missing_reviews is not None
    )
