"""What a language's words show: shapes of phrases, as data, one module a language.

Phrases are RE2 patterns, matched without regard to case between word boundaries; a space stands
for any white space. They raise flags and tell who is spoken to; they never accept anything.
"""

from bot.understanding.words.english_cues import ENGLISH
from bot.understanding.words.german_cues import GERMAN

LANGUAGES = {words.language: words for words in (ENGLISH, GERMAN)}
