"""A guarantee, or none: how few drafts answer the wrong question, by what people said of drafts."""

from bot.brand.guarantee_terms import GuaranteeTerms
from bot.learning.guarantee.guarantee_standing import (
    Guarantee,
    GuaranteeStanding,
    assess_guarantee,
    fewest_reviews,
)
from bot.learning.guarantee.guarantee_terms import EVERYTHING, NOTHING, ReviewedDraft

__all__ = [
    "EVERYTHING",
    "NOTHING",
    "Guarantee",
    "ReviewedDraft",
    "GuaranteeStanding",
    "GuaranteeTerms",
    "fewest_reviews",
    "assess_guarantee",
]
