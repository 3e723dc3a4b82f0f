"""What is in force: the brand's files as one `Knowledge`, and the reader trained on its examples.

Swapped whole, so that no step sees half of a change. A change that fails to load leaves the old one
in force, and `trouble` says so to everybody who must know.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.knowledge import Knowledge
from bot.understanding.reader import Reader


@dataclass
class Library:
    knowledge: Knowledge
    reader: Reader
    trouble: list[str] = field(default_factory=list)
