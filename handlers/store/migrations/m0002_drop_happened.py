"""Version 2 has no table `happened`.

It kept every event of an engagement, the customers' words among them, and nothing ever read it:
what a customer had taken back was still there.
"""

from __future__ import annotations

from handlers.store.sqlite_tinydb import SqliteTinyDB


def migrate(tx: SqliteTinyDB) -> None:
    tx.drop_table("happened")
