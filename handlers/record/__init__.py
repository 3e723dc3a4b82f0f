"""The record in a store: append, publish, prove, erase (`log`), read (`shelf`), check (`verify`),
hand out (`export`), and the key that signs its checkpoints (`keys`)."""

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
