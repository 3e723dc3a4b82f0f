"""A guarantee, or none: how few drafts answer the wrong question, by what people said of drafts."""

from bot.guarantee.standing import Guarantee, Standing, fewest, guarantee
from bot.guarantee.terms import EVERYTHING, NOTHING, Judged, Terms

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
