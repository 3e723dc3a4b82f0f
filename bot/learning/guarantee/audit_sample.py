"""The random audit sample: which messages are drafted and read closely, whatever the threshold.

Decided by a keyed hash of the message's id: so a replay draws the same ones, every message has the
same chance, and nobody who doesn't know the key can tell which will be drawn, or write one that
isn't.
"""

from __future__ import annotations

import hashlib
import hmac


def is_in_audit_sample(salt: bytes, message: str, share: float) -> bool:
    """Whether this message is in the sample. `share` is between 0 and 1."""
    mark = hmac.new(salt, message.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
    return int.from_bytes(mark[:8], "big") < share * 2**64
