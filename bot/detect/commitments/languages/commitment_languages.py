"""The languages that are read, by ISO 639-1 code. To add one: a module here, and its name below."""

from bot.detect.commitments.languages import english_commitments, german_commitments
from bot.detect.commitments.languages.language_tables import CommitmentLanguage

LANGUAGES: dict[str, CommitmentLanguage] = {
    module.LANGUAGE.code: module.LANGUAGE for module in (english_commitments, german_commitments)
}
