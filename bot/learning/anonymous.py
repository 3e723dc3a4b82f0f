"""Whether a text still says whose it is: an example stands in a file that many read.

What has a form (addresses, numbers), what the customer told of themselves in the ask it comes from,
and names as far as they are announced or capitalised. Words of published facts and of other
examples are nobody's. It doesn't see a name in small letters that nothing announces: that is why an
author reads every example before it is one.
"""

from __future__ import annotations

from bot.detect import personal, taint
from bot.model import Span


def giveaways(
    text: str, asked: str, name: str, public: frozenset[str], contacts: frozenset[str]
) -> tuple[Span, ...]:
    """What has to be taken out of a text before it may be an example, in order.

    `asked` are all words of the ask that it was made from, `name` what its author goes by.
    `public` is a `taint.vocabulary`, `contacts` the published ones, as `personal.contacts` has
    them.
    """
    values = taint.values_of((asked, text), name, public)
    parts = (part for value in (name, *values) for part in value.split())
    private = (*values, *(part for part in parts if len(part) > 2))
    spans = [*personal.find(text, contacts), *taint.find(text, private, public)]
    found: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not found or span.start >= found[-1].end:
            found.append(span)
    return tuple(found)
