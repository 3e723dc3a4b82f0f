"""templates/replies and templates/notices: read as text; what is missing, what lies astray."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.brand.published import PublishedFacts
from bot.brand.settings import Brand, Intent
from bot.drafting.reply_templates import find_template_errors, template_key, template_path
from bot.model import Unclear
from bot.model.errors import BrandError, did_you_mean
from handlers.brandfiles.documents.brand_files import BrandFiles

#: why a notice is sent: each reason for “unclear”, and what else hands over or speaks first;
#: abuse has none: nothing automatic answers it
REASONS = (
    *(reason.value for reason in Unclear),
    *("wants-person", "legal", "data-request", "press", "safety", "self-harm", "anger"),
    *("tone-complaint", "no-draft", "rejected", "measure-taken"),
    *("needs-person", "not-certain", "first-contact", "later"),
    *("waiting-long", "asked-again"),
    *("linked", "not-linked", "unlinked"),
)


def read_sources(files: BrandFiles) -> dict[str, str]:
    """Every template's text by its path from the brand's folder."""
    sources = {}
    for folder in ("templates/replies", "templates/notices"):
        for name in files.iterate_names(folder):
            try:
                template_key(name)
            except BrandError as error:
                files.problems.append(error)
            else:
                text = files.read_text(name)
                if text is not None:
                    sources[name] = text
    return sources


def check_sources(
    sources: Mapping[str, str],
    brand: Brand,
    published: PublishedFacts,
    intents: Mapping[str, Intent],
    problems: list[BrandError],
) -> None:
    """All that is wrong with the templates, and all that are missing, is added to `problems`."""
    for path, source in sources.items():
        problems += find_template_errors(path, source, published)
        problems += _astray(path, brand, intents)
    for intent in intents.values():
        if intent.reply == "draft":
            problems += _missing("replies", intent.id, brand.locales, sources)
    for reason in REASONS:
        problems += _missing("notices", reason, brand.locales, sources)


def _astray(path: str, brand: Brand, intents: Mapping[str, Intent]) -> Iterable[BrandError]:
    kind, name, locale = template_key(path)
    known: Iterable[str] = intents if kind == "replies" else REASONS
    if name not in known:
        what = "intent" if kind == "replies" else "reason for a notice"
        yield BrandError(path, 0, f"There is no {what} “{name}”.", did_you_mean(name, known))
    elif kind == "replies" and intents[name].reply != "draft":
        problem = f"The intent “{name}” says reply: {intents[name].reply}, so this is never used."
        yield BrandError(path, 0, problem, "Remove it, or write reply: draft.")
    if locale not in brand.locales:
        mend = did_you_mean(locale, brand.locales)
        yield BrandError(path, 0, f"The brand has no locale “{locale}”.", mend)


def _missing(
    kind: str, name: str, locales: Iterable[str], sources: Mapping[str, str]
) -> Iterable[BrandError]:
    for locale in locales:
        path = template_path("replies" if kind == "replies" else "notices", name, locale)
        if path not in sources:
            mend = "Write it." if kind == "notices" else "Write it, or such asks go to a person."
            yield BrandError(path, 0, "It is missing.", mend)
