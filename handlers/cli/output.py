"""How the command says things: JSON for machines, findings for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from bot.cards.wording import OUTCOMES
from bot.model import Finding


def as_json(value: Any) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def finding_lines(findings: tuple[Finding, ...]) -> Iterator[str]:
    for finding in findings:
        shape, word = OUTCOMES[finding.outcome]
        yield f"  {shape} {word}: {finding.because}  [{finding.rule}]"
        if finding.instead:
            yield f"      instead: {finding.instead}"
