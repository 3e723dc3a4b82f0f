"""Language identification by a kept library, py3langid: 5 MB, no network, 0.05 ms a text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from bot.understanding.language_choice import WRITTEN, Identify


@lru_cache(maxsize=1)
def identifier(also: frozenset[str] = frozenset()) -> Identify:
    """Text -> (language, probability), likeliest first, among those that customers may write.

    `also` names more languages, by ISO 639-1; those that the library doesn't know are left out.
    """
    whole = LanguageIdentifier.from_model_file(MODEL_FILE)
    whole.set_languages((WRITTEN | also) & set(whole.labels))
    # The restricted copy lets go of the columns of all the other languages: 16 MB.
    restricted = LanguageIdentifier(
        whole.nb_ptc,
        whole.nb_pc,
        whole.nb_classes,
        whole.tk_nextmove,
        whole.tk_output,
        norm_probs=True,
        tk_row=whole.tk_row,
    )

    def identify(text: str) -> Sequence[tuple[str, float]]:
        return [(str(language), float(p)) for language, p in restricted.rank(text)]

    return identify
