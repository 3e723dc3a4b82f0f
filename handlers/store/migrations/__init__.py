"""How a store of an earlier version becomes one of this: a file a migration, in their order.

`m0002_….py` makes version 2 of version 1. It says what changes and why, and changes it in
`migrate(tx)`; where rows change shape, by a pure function of one row (`change_rows`). All that a
store lacks run in one transaction, at the first opening to write; nothing here may import the
model, whose types are those of today and not those of the version in question. A migration that
was released is never changed. `tests/stores/` keeps stores of earlier versions to try them on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from handlers.store.migrations import m0002_drop_happened, m0003_engagement_parts
from handlers.store.migrations.migration import Migration, change_rows

MIGRATIONS: Final[Sequence[Migration]] = (
    m0002_drop_happened.migrate,
    m0003_engagement_parts.migrate,
)

__all__ = ["MIGRATIONS", "Migration", "change_rows"]
