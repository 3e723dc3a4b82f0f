"""Commitments in a text: promises with substance, as the model's `Commitment`.

Money, percentages, periods, dates, counts and promised actions, with comparator, direction,
condition and negation; English and German, and of every other locale what needs no tables.
Pure and total: any text gives an answer, in time linear in its length.
"""

from bot.detect.commitments.extraction import (
    LIMIT,
    commitment_essence,
    extract_commitments,
    find_bare_figures,
    find_vague_amounts,
)

__all__ = [
    "LIMIT",
    "commitment_essence",
    "extract_commitments",
    "find_bare_figures",
    "find_vague_amounts",
]
