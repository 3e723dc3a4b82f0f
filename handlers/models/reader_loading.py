"""The reader for a brand: its models from the cache, or trained when its examples are new.

Training happens in a process of its own, which takes seconds and then is gone with all its memory.
A model is named by the hash of everything it was made from, so a changed example, another encoder
or a new method trains again, and nothing else does. Call it off the event loop.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import msgspec

from bot.brand.settings import Brand, Intent
from bot.knowledge import Knowledge
from bot.model.errors import AboveboardError, BrandError
from bot.understanding.addressed import BrandWords
from bot.understanding.classifier.intent_model import IntentModel
from bot.understanding.classifier.model_naming import compute_model_id
from bot.understanding.reader import MessageReader
from handlers.models import SHIPPED, TABLE, OnnxEncoder, StaticEncoder, encoder_at
from handlers.models.language_identifier import identifier
from handlers.models.model_files import read_model

_LIMIT = 600.0  # seconds; a brand's examples take less than ten

Texts = dict[str, list[str]]
Encoder = OnnxEncoder | StaticEncoder


def reader_for(root: Path, knowledge: Knowledge) -> MessageReader:
    """A reader with the models of this brand's examples.

    Raises BrandError if the encoder can't be used or training fails.
    """
    brand = knowledge.brand
    encoder = encoder_of(root, brand)
    folder = (root / brand.store).parent / "models"
    return MessageReader(
        brand=BrandWords(brand.name, brand.handles),
        languages=(*brand.locales, *brand.fallback),
        models=_models(folder, brand, knowledge.intents, encoder),
        embed=encoder.embed if encoder else None,
        identify=identifier(frozenset(_language(locale) for locale in brand.locales), folder),
    )


def encoder_of(root: Path, brand: Brand) -> Encoder | None:
    """The encoder that config.yaml asks for; None if it reads none of the brand's languages."""
    chosen = brand.understanding
    spoken = frozenset(_language(locale) for locale in brand.locales)
    if chosen.model == "lite":
        encoder = _load_encoder(TABLE)
    elif chosen.encoder == "shipped":
        encoder = _load_encoder(SHIPPED)
    else:  # whoever names another encoder chose it for the languages of the brand
        encoder = _load_encoder(root / chosen.encoder, spoken)
    return encoder if spoken & encoder.languages else None


_load_encoder = lru_cache(maxsize=1)(encoder_at)


def _language(locale: str) -> str:
    return locale.partition("-")[0]


def _models(
    folder: Path, brand: Brand, intents: Mapping[str, Intent], encoder: Encoder | None
) -> dict[str, IntentModel]:
    """By locale. A locale whose examples tell nothing apart has no model."""
    lessons: dict[str, dict[str, object]] = {}
    names = {}
    for locale in brand.locales:
        examples, not_this = examples_of(intents, locale)
        if len(examples) < 2:
            continue
        own = encoder if encoder and _language(locale) in encoder.languages else None
        names[locale] = compute_model_id(locale, examples, not_this, own.id if own else "")
        lessons[locale] = {
            "language": locale,
            "examples": examples,
            "not_this": not_this,
            "encoder": str(own.path) if own else "",
        }
    models = {locale: read_model(folder, name) for locale, name in names.items()}
    missing = [locale for locale, model in models.items() if model is None]
    if missing:
        _train(folder, [lessons[locale] for locale in missing])
        models |= {locale: read_model(folder, names[locale]) for locale in missing}
    return {locale: _whole(folder, model) for locale, model in models.items()}


def examples_of(intents: Mapping[str, Intent], locale: str) -> tuple[Texts, Texts]:
    """Examples and near misses. An intent's title says what it is, and is learned from as well."""
    examples = {i.id: list(i.examples.get(locale, ())) for i in intents.values()}
    known = {intent: texts for intent, texts in examples.items() if texts}
    for intent, texts in known.items():
        texts += [title] if (title := intents[intent].titles.get(locale)) else []
    not_this = {i.id: list(i.not_this.get(locale, ())) for i in intents.values() if i.id in known}
    return known, not_this


def _train(folder: Path, lessons: list[dict[str, object]]) -> None:
    order = msgspec.json.encode({"folder": str(folder.resolve()), "lessons": lessons})
    try:
        done = subprocess.run(
            [sys.executable, "-m", "handlers.models.trainer"],
            input=order,
            capture_output=True,
            timeout=_LIMIT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise AboveboardError(f"Training could not run: {error}") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        why = said[-1] if said else f"it ended with {done.returncode}"
        raise BrandError("policies/intents", 0, f"Training failed: {why}")


def _whole(folder: Path, model: IntentModel | None) -> IntentModel:
    if model is None:
        problem = "The trained model can't be read back."
        raise BrandError(str(folder), 0, problem, "See that the disk has room, and start again.")
    return model
