"""One rule, fact, profile or mode that changed, as the record tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ChangedThing = Literal["rule", "fact", "profile", "mode"]


ChangeKind = Literal["came", "went", "changed", "announced", "withdrawn", "explained"]


FlatWords = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One rule, fact, profile or mode that came, went or changed, or is announced to on a day,
    `since`.

    `before` and `after` hold what differs, by name: of a fact `text.en`, `value.en`, `expires`, …;
    of a rule `then`, `when`, …. A reason that came later `explained` a change.
    """

    what: ChangedThing
    id: str
    how: ChangeKind
    title: str = ""
    before: FlatWords = field(default_factory=dict)
    after: FlatWords = field(default_factory=dict)
    since: str = ""
