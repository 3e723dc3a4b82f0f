"""The languages that are read, by ISO 639-1 code. To add one: a module here, and its name below."""

from bot.detect.commitments.languages import english_commitments as en
from bot.detect.commitments.languages import german_commitments as de
from bot.detect.commitments.languages.language_tables import Language

LANGUAGES: dict[str, Language] = {module.LANGUAGE.code: module.LANGUAGE for module in (en, de)}
