"""`observed:` of config.yaml: below which share of answers a channel is one-way in practice."""

from __future__ import annotations

import msgspec

from bot.brand.response_rate import ResponseTarget
from handlers.brandfiles.documents.document_shape import Wrong


class ObservedShape(msgspec.Struct, frozen=True):
    answered: float = 0.5
    asks: int = 20
    weeks: int = 4


def read_observed(shape: ObservedShape, wrong: Wrong) -> ResponseTarget:
    """The section's values; what is wrong with them is said through `wrong`."""
    if not 0.0 <= shape.answered <= 1.0:
        wrong(f"{shape.answered:g} is not a share.", "Write it like 0.5.", "observed", "answered")
    if shape.asks < 1:
        wrong(f"“asks” is {shape.asks}.", "Use 1 or more.", "observed", "asks")
    if not 1 <= shape.weeks <= 52:
        wrong(f"“weeks” is {shape.weeks}.", "Use 1 to 52.", "observed", "weeks")
    return ResponseTarget(shape.answered, shape.asks, shape.weeks)
