#!/usr/bin/env python3
"""Check an entry of a public record, with nothing but Python: python3 check_entry.py ADDRESS

It asks the address for the entry's leaf, its path and the signed head, and computes the rest
itself: the leaf's hash, the root that the path leads to (RFC 6962), and, if the package
`cryptography` is installed, the signature of the head (c2sp.org/signed-note). What it cannot
know is whether others were shown the same head: compare the root with somebody you trust.
"""

# ruff: noqa: T201, S310
from __future__ import annotations

import base64
import hashlib
import json
import sys
import urllib.request
from collections.abc import Iterator
from typing import Any


def root_of(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The root that `path` leads to from entry `index` of `size` (RFC 9162, 2.1.3.2)."""
    number, last = index, size - 1
    found = hashlib.sha256(b"\0" + leaf).digest()
    for step in path:
        if last == 0:
            raise ValueError("the path is too long")
        if number & 1 or number == last:
            found = hashlib.sha256(b"\1" + step + found).digest()
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            found = hashlib.sha256(b"\1" + found + step).digest()
        number, last = number >> 1, last >> 1
    if last:
        raise ValueError("the path is too short")
    return found


def signed(note: str, key: str) -> bool | None:
    """Whether `key` signed the note; None if `cryptography` is not installed."""
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return None
    name, _, public = key.strip().split("+", 2)
    text, _, signatures = note.rpartition("\n\n")
    for line in signatures.splitlines():
        _, signer, signature = line.split(" ")
        if signer == name:
            try:
                verifier = Ed25519PublicKey.from_public_bytes(base64.b64decode(public)[1:])
                verifier.verify(base64.b64decode(signature)[4:], (text + "\n").encode())
            except InvalidSignature:
                return False
            return True
    return False


def check(proof: dict[str, Any]) -> Iterator[str]:
    """What is found, a line each; raises ValueError if something is not as it says."""
    name, size, root = proof["checkpoint"].split("\n")[:3]
    if not proof["entries"]:
        raise ValueError("No entry is covered by a signed head yet.")
    for entry in proof["entries"]:
        path = [bytes.fromhex(step) for step in entry["path"]]
        found = root_of(entry["leaf"].encode(), entry["index"], int(size), path)
        if base64.b64encode(found).decode() != root:
            raise ValueError(f"Entry {entry['index']} does not lead to the signed root.")
        yield f"Entry {entry['index']} is one of the {size} entries of {name}."
    good = signed(proof["checkpoint"], proof["key"])
    if good is False:
        raise ValueError("The head is not signed by the key of this record.")
    yield f"The root is {root}."
    yield {
        True: "The head is signed by the key of this record.",
        None: "The signature was not checked: for that, install the package `cryptography`.",
    }[good]


def main() -> None:
    if len(sys.argv) != 2 or not sys.argv[1].startswith(("http://", "https://")):
        sys.exit("Name the address of an entry: python3 check_entry.py https://…/record/…")
    with urllib.request.urlopen(sys.argv[1].rstrip("/") + "/proof.json", timeout=30) as answer:
        proof = json.load(answer)
    try:
        print("\n".join(check(proof)))
    except ValueError as problem:
        sys.exit(f"This does not hold: {problem}")


if __name__ == "__main__":
    main()
