"""The record in a store: append, publish, prove, erase (`record_log`), read (`recorded_entries`),
check (`record_verify`), hand out (`record_export`), and the key that signs its checkpoints
(`signing_key`). What is said on it, `ledger` writes.
"""

from collections.abc import Mapping
from typing import Final

# Tables, and what they are looked up by; for whoever opens the store.
INDEXES: Final[Mapping[str, tuple[str, ...]]] = {
    "record": ("address",),
    "record_nodes": (),
    "record_text": (),
    "record_head": (),
    "record_checkpoints": (),
}
