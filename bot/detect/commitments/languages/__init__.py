"""The languages that are read, by ISO 639-1 code. To add one: a module here, and its name below."""

from bot.detect.commitments.language import Language
from bot.detect.commitments.languages import de, en

LANGUAGES: dict[str, Language] = {module.LANGUAGE.code: module.LANGUAGE for module in (en, de)}
