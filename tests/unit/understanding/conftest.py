"""A small shop, its models and its readers: trained once for all tests here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.understanding.addressed import BrandWords
from bot.understanding.classifier.intent_model import IntentModel
from bot.understanding.classifier.model_training import train_model
from bot.understanding.reader import MessageReader
from handlers.models import OnnxEncoder, shipped
from handlers.models.language_identifier import identifier

DATA = Path(__file__).parents[2] / "data" / "understanding"
BRAND = BrandWords("Trailhead", ("@trailhead",))


def cases(name: str) -> list[Any]:
    """Labelled cases of a file, named for the report; of every three the third is sealed."""
    rows = yaml.safe_load((DATA / f"{name}.yaml").read_text())
    return [_case(row, f"{'sealed' if i % 3 == 2 else 'open'}-{i}") for i, row in enumerate(rows)]


def _case(row: dict[str, Any], name: str) -> Any:
    missed = row.get("missed")
    marks = [pytest.mark.xfail(reason=missed, strict=True)] if missed else []
    return pytest.param(row, id=f"{name}-{row['text'][:40]}", marks=marks)


TRAINED = {"shop", "encoder", "lite", "strong", "german", "reader", "lite_reader"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What trains or runs a model takes longer than a thought."""
    for item in items:
        if Path(__file__).parent in item.path.parents and TRAINED & set(item.fixturenames):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def shop() -> dict[str, dict[str, list[str]]]:
    loaded: dict[str, dict[str, list[str]]] = yaml.safe_load((DATA / "shop.yaml").read_text())
    return loaded


@pytest.fixture(scope="session")
def encoder() -> OnnxEncoder:
    return shipped()


@pytest.fixture(scope="session")
def lite(shop: dict[str, dict[str, list[str]]]) -> IntentModel:
    return train_model("en", shop["en"])


@pytest.fixture(scope="session")
def strong(shop: dict[str, dict[str, list[str]]], encoder: OnnxEncoder) -> IntentModel:
    return train_model("en", shop["en"], encoder.embed, encoder=encoder.id)


@pytest.fixture(scope="session")
def german(shop: dict[str, dict[str, list[str]]]) -> IntentModel:
    return train_model("de", shop["de"])


@pytest.fixture(scope="session")
def reader(strong: IntentModel, german: IntentModel, encoder: OnnxEncoder) -> MessageReader:
    models = {"en": strong, "de": german}
    return MessageReader(BRAND, ("en", "de"), models, encoder.embed, identifier())


@pytest.fixture(scope="session")
def lite_reader(lite: IntentModel, german: IntentModel) -> MessageReader:
    return MessageReader(BRAND, ("en", "de"), {"en": lite, "de": german}, None, identifier())
