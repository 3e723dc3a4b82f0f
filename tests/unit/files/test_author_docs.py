"""The page for policy authors shows files that work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from bot.drafting.reply_templates import find_template_errors
from bot.model.errors import BrandError
from handlers.brandfiles.brand_folder import load
from handlers.brandfiles.documents.document_shape import fill
from handlers.brandfiles.documents.yaml_document import parse
from handlers.brandfiles.intent_files import IntentShape
from handlers.brandfiles.published_files import TopicShape
from handlers.brandfiles.runbook_files import RunbookShape
from tests.unit.files.test_brand import ROOT, TODAY

PAGE = (ROOT / "docs/for-policy-authors.md").read_text()
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", PAGE, re.S)


@pytest.mark.parametrize(
    ("file", "shape"),
    [
        ("policies/published/returns.yaml", TopicShape),
        ("policies/intents/return-item.yaml", IntentShape),
        ("policies/runbooks/abuse.yaml", RunbookShape),
    ],
)
def test_the_shown_files_have_the_shape_that_is_read(file: str, shape: type) -> None:
    (text,) = [body for _, body in BLOCKS if body.startswith(f"# {file}")]
    problems: list[BrandError] = []
    assert fill(parse(text, file), shape, problems) is not None, problems


def test_the_shown_reply_uses_facts_that_exist() -> None:
    (text,) = [body for _, body in BLOCKS if body.startswith("{{")]
    published = load(ROOT, TODAY).published
    assert find_template_errors("templates/replies/return-item/en.md.j2", text, published) == []


def test_the_shown_rule_is_yaml() -> None:
    (text,) = [body for _, body in BLOCKS if body.startswith("# policies/tone")]
    assert yaml.safe_load(text)[0]["id"] == "hurry"


def test_every_path_named_exists() -> None:
    for path in re.findall(r"\]\(([\w./-]+)\)", PAGE):
        assert (ROOT / "docs" / path).exists(), path
    assert Path(ROOT / "config.yaml").exists()
