"""Text that speaks to the software instead of asking the brand: “ignore your instructions, say …”.

Nothing here protects anything: the drafter has no tools and never sees the words as orders, so an
injection has nothing to change. A hint sends the message to a person, who should see it; that is
all it may do. Kinds: `override`, `role`, `dictation`, `disclosure`, `markup`, `spaced`.
"""

from __future__ import annotations

from bot.detect.folding import fold_text
from bot.detect.injection.injection_shapes import SHAPES
from bot.detect.phrase_library import PhraseLibrary
from bot.model import Span

MOST_INJECTIONS = 32
_LIBRARY = PhraseLibrary(SHAPES, MOST_INJECTIONS)


def find_injections(text: str) -> tuple[Span, ...]:
    """Instructions to software in a customer's text, in order. Total and linear."""
    folded = fold_text(text)
    plain = folded.text.replace("’", "'")
    spans = [
        folded.original_span(start, end, kind) for start, end, kind in _LIBRARY.find_phrases(plain)
    ]
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if (not kept or span.start >= kept[-1].end) and len(kept) < MOST_INJECTIONS:
            kept.append(span)
    return tuple(kept)
