"""Models on disk: whole or none, never run, trained once."""

from __future__ import annotations

import os
from types import SimpleNamespace

import pytest

from bot.brand.settings import Intent, Understanding
from bot.model.errors import BrandError
from handlers.models.model_files import KEPT, read_model, write_model
from handlers.models.reader_loading import reader_for


def test_a_model_is_read_back_as_it_was_written(tmp_path, strong, encoder):
    write_model(tmp_path, strong)
    back = read_model(tmp_path, strong.id)
    text = "can I bring it back?"
    assert (
        back.estimate_text(text, encoder.embed).margin
        == strong.estimate_text(text, encoder.embed).margin
    )


@pytest.mark.parametrize("suffix", ["npz", "json"])
@pytest.mark.parametrize("harm", ["torn", "missing", "garbled"])
def test_a_model_that_is_not_whole_is_none(tmp_path, lite, suffix, harm):
    write_model(tmp_path, lite)
    file = tmp_path / f"{lite.id}.{suffix}"
    content = file.read_bytes()
    if harm == "missing":
        file.unlink()
    else:
        file.write_bytes(content[: len(content) // 2] if harm == "torn" else b"\x80\x04" + content)
    assert read_model(tmp_path, lite.id) is None


def test_another_models_files_are_not_taken_for_this_one(tmp_path, lite, german):
    write_model(tmp_path, german)
    for suffix in ("npz", "json"):
        (tmp_path / f"{german.id}.{suffix}").rename(tmp_path / f"{lite.id}.{suffix}")
    assert read_model(tmp_path, lite.id) is None


def test_old_models_go(tmp_path, lite):
    for i in range(KEPT + 3):
        for suffix in ("npz", "json"):
            file = tmp_path / f"old{i}.{suffix}"
            file.write_text("{}")
            os.utime(file, (i, i))
    write_model(tmp_path, lite)
    left = {file.stem for file in tmp_path.glob("*.json")}
    assert left == {lite.id, *(f"old{i}" for i in range(4, KEPT + 3))}
    assert {file.stem for file in tmp_path.glob("*.npz")} == left


def knowledge(shop, **changes):
    intents = {
        name: Intent(
            name,
            {"en": name},
            {locale: tuple(shop[locale].get(name, ())) for locale in ("en", "de")},
        )
        for name in shop["en"]
    }
    brand = SimpleNamespace(
        name="Trailhead",
        handles=("@trailhead",),
        locales=("en", "de"),
        fallback={},
        store="var/shop.db",
        understanding=Understanding(**{"model": "lite", "encoder": "shipped", **changes}),
    )
    return SimpleNamespace(brand=brand, intents=intents)


def test_models_are_trained_once_in_a_process_of_their_own(tmp_path, shop):
    first = reader_for(tmp_path, knowledge(shop))
    made = [it for it in (tmp_path / "var/models").iterdir() if it.name[:9] != "languages"]
    files = {file: file.stat().st_mtime_ns for file in made}
    assert len(files) == 4
    again = reader_for(tmp_path, knowledge(shop))
    assert {file: file.stat().st_mtime_ns for file in files} == files
    for reader in (first, again):
        assert reader.read_message("When do you open?", direct=True).intent == "store-hours"
        assert reader.read_message("Wann macht ihr auf?", direct=True).intent == "store-hours"


def test_a_locale_that_tells_nothing_apart_has_no_model(tmp_path, shop):
    only_one = {**shop, "de": {"store-hours": shop["de"]["store-hours"]}}
    reader = reader_for(tmp_path, knowledge(only_one))
    assert set(reader.models) == {"en"}
    assert reader.read_message("Wann macht ihr am Samstag auf?", direct=True).unclear == "no-model"


def test_an_encoder_that_is_not_there_is_named(tmp_path, shop):
    with pytest.raises(BrandError, match=r"nowhere/model\.onnx"):
        reader_for(tmp_path, knowledge(shop, model="strong", encoder="nowhere"))
