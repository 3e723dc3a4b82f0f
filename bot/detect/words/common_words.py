"""Common words per language: what anybody might write, and so nobody's secret.

A language is added as a module with `COMMON` (base forms, folded) and `ENDINGS` (what is taken off
a word to look for its base form), and a line here. The lists are the project's own.
"""

from __future__ import annotations

from functools import lru_cache

from bot.detect.words import common_english, common_german

_STEM = 4  # letters; shorter stems make names common (“Weber” is no “web” + “er”)
COMMON = common_english.COMMON | common_german.COMMON


@lru_cache(maxsize=16384)
def is_common(word: str) -> bool:
    """Whether a folded word, or its base form, is a common word in a language we know."""
    if word in COMMON:
        return True
    for language in (common_english, common_german):
        for ending, instead in language.ENDINGS:
            if word.endswith(ending):
                stem = word[: -len(ending)]
                if len(stem) >= _STEM and stem + instead in language.COMMON:
                    return True
                if len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in language.COMMON:
                    return True  # stopped, shipping
    return False
