"""A guarantee, or none: how few drafts answer the wrong question, by what people said of drafts."""

from bot.brand.guarantee_terms import Terms
from bot.learning.guarantee.guarantee_standing import Guarantee, Standing, fewest, guarantee
from bot.learning.guarantee.guarantee_terms import EVERYTHING, NOTHING, Judged

__all__ = [
    "EVERYTHING",
    "NOTHING",
    "Guarantee",
    "Judged",
    "Standing",
    "Terms",
    "fewest",
    "guarantee",
]
