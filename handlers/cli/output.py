"""What subcommands share: their options, the store that is meant, JSON, findings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from bot.brand.settings import Brand
from bot.cards.wording import OUTCOMES
from bot.model import Finding
from bot.model.errors import StoreError

store_option = click.option("--store", type=click.Path(dir_okay=False), help="Another store file.")
json_option = click.option("--json", "json_", is_flag=True, help="One JSON object.")


def path_of_store(root: str, store: str | None, brand: Brand) -> Path:
    return Path(store) if store else Path(root) / brand.store


def find_store(root: str, store: str | None, brand: Brand) -> Path:
    """The store's file. Raises StoreError if nothing is stored yet."""
    path = path_of_store(root, store, brand)
    if not path.exists():
        raise StoreError(f"{path}: nothing is stored yet.")
    return path


def as_json(value: Any) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def finding_lines(findings: tuple[Finding, ...]) -> Iterator[str]:
    for finding in findings:
        shape, word = OUTCOMES[finding.outcome]
        yield f"  {shape} {word}: {finding.because}  [{finding.rule}]"
        if finding.instead:
            yield f"      instead: {finding.instead}"
