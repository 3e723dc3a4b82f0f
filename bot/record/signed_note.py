"""Signed notes and checkpoints, as C2SP specifies them (c2sp.org/signed-note, /tlog-checkpoint,
/tlog-proof), with Ed25519: so that outsiders check the record with tools that we didn't write.

Keys are written as Go's `golang.org/x/mod/sumdb/note` writes them: `name+id+key` for whoever
checks, `PRIVATE+KEY+name+id+key` for whoever signs.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\1"
_PRIVATE = "PRIVATE+KEY+"
_DASH = "— "
_MOST_SIGNATURES = 64


class NoteError(ValueError):
    """A note, a checkpoint or a key that cannot be trusted; says why."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """Who may have signed, and the public key (32 bytes) to check it with."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        if not self.name or "+" in self.name or any(c.isspace() or c < " " for c in self.name):
            raise NoteError(f"{self.name!r} cannot name a key: no spaces, no plus sign")

    @property
    def key_id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{_to_base64(_ED25519 + self.public)}"


@dataclass(frozen=True, slots=True)
class Signer:
    """A name, and the 32 bytes that its Ed25519 key is made of. Never shown: `repr` hides them."""

    name: str
    seed: bytes

    @property
    def verifier(self) -> Verifier:
        key = Ed25519PrivateKey.from_private_bytes(self.seed)
        return Verifier(self.name, key.public_key().public_bytes_raw())

    def __repr__(self) -> str:
        return f"Signer({self.name!r})"

    def private_key_text(self) -> str:
        """The private key as text, for its file."""
        return (
            f"{_PRIVATE}{self.name}+{self.verifier.key_id.hex()}+{_to_base64(_ED25519 + self.seed)}"
        )


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a tree: which record, how many entries, and the root of them all."""

    origin: str
    size: int
    root: bytes

    @property
    def note_text(self) -> str:
        return f"{self.origin}\n{self.size}\n{_to_base64(self.root)}\n"


def read_verifier(text: str) -> Verifier:
    """Raises NoteError if it is no public key, or names another id than its own."""
    name, key_id, key = _split_key(text)
    verifier = Verifier(name, key)
    if verifier.key_id.hex() != key_id:
        raise NoteError(f"the key of {name} has another id than it says")
    return verifier


def read_signer(text: str) -> Signer:
    """Raises NoteError if it is no private key, or names another id than its own."""
    if not text.startswith(_PRIVATE):
        raise NoteError("this is not a private key")
    name, key_id, seed = _split_key(text.removeprefix(_PRIVATE))
    signer = Signer(name, seed)
    if signer.verifier.key_id.hex() != key_id:
        raise NoteError(f"the key of {name} has another id than it says")
    return signer


def sign_note(text: str, signer: Signer) -> str:
    """The note: `text` (which ends a line), an empty line, and the signature's line."""
    if not text.endswith("\n") or any(c < " " and c != "\n" for c in text):
        raise NoteError("a note is lines of text without control characters")
    signature = Ed25519PrivateKey.from_private_bytes(signer.seed).sign(text.encode())
    return f"{text}\n{_DASH}{signer.name} {_to_base64(signer.verifier.key_id + signature)}\n"


def open_note(note: str, verifier: Verifier) -> str:
    """The text of a note, if `verifier` has signed it. Other signatures are passed over.

    Raises NoteError, and nothing else, if not.
    """
    text, blank, signatures = note.rpartition("\n\n")
    if not blank or not signatures.endswith("\n"):
        raise NoteError("this is not a signed note")
    lines = signatures[:-1].split("\n")
    if len(lines) > _MOST_SIGNATURES:
        raise NoteError("a note with so many signatures is not read")
    text += "\n"
    found = [_parse_signature(line) for line in lines]
    ours = [s for name, s in found if name == verifier.name and s[:4] == verifier.key_id]
    if not ours:
        raise NoteError(f"{verifier.name} has not signed this")
    key = Ed25519PublicKey.from_public_bytes(verifier.public)
    for signature in ours:
        try:
            key.verify(signature[4:], text.encode())
        except (InvalidSignature, UnicodeEncodeError) as error:
            raise NoteError(f"the signature of {verifier.name} is wrong") from error
    return text


def read_checkpoint(text: str) -> Checkpoint:
    """A checkpoint from the text of an opened note. Raises NoteError if it is none."""
    lines = text.split("\n")
    if len(lines) < 4 or not all(lines[:3]) or lines[-1] or "" in lines[:-1]:
        raise NoteError("a checkpoint has three lines: origin, size, root")
    origin, size, root = lines[:3]
    if not (size.isascii() and size.isdigit()) or (size[0] == "0" and size != "0"):
        raise NoteError(f"{size!r} is not the size of a tree")
    hashed = _from_base64(root)
    if len(hashed) != 32:
        raise NoteError("the root of a tree has 32 bytes")
    return Checkpoint(origin, int(size), hashed)


def write_proof(index: int, proof: Sequence[bytes], checkpoint: str) -> str:
    """A file that proves an entry offline (c2sp.org/tlog-proof): proof and signed checkpoint."""
    lines = ["c2sp.org/tlog-proof@v1", f"index {index}", *map(_to_base64, proof)]
    return "\n".join(lines) + "\n\n" + checkpoint


def _split_key(text: str) -> tuple[str, str, bytes]:
    parts = text.strip().split("+", 2)
    if len(parts) != 3:
        raise NoteError("a key is name+id+key")
    name, key_id, encoded = parts
    key = _from_base64(encoded)
    if key[:1] != _ED25519 or len(key) != 33:
        raise NoteError(f"the key of {name} is not an Ed25519 key")
    return name, key_id, key[1:]


def _parse_signature(line: str) -> tuple[str, bytes]:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not name or not space:
        raise NoteError("a line of signature is not one")
    signature = _from_base64(encoded)
    if len(signature) < 5:
        raise NoteError("a signature is too short")
    return name, signature


def _to_base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _from_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise NoteError("this is not base64") from error
