"""The key that signs the record's checkpoints: one file, which only its user may read.

It names the record: whoever has the public half recognises this record by it, so the file is
kept for as long as the record is, and belongs into every backup.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from bot.model.errors import StoreError
from bot.record.signed_note import NoteError, Signer, read_signer


def signer(path: Path, name: str) -> Signer:
    """The key in the file; a new one of this name (`shop.example/record`), if there is no file.

    Raises StoreError if it cannot be read or made, or if others may read it.
    """
    try:
        if path.exists():
            if path.stat().st_mode & 0o077:
                raise StoreError(f"{path}: others may read this key. Run: chmod 600 {path}")
            return read_signer(path.read_text("utf-8"))
        return _new(path, name)
    except (NoteError, UnicodeDecodeError) as error:
        raise StoreError(f"{path}: {error}. Restore it from a backup.") from error
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}.") from error


def _new(path: Path, name: str) -> Signer:
    made = Signer(name, secrets.token_bytes(32))
    text = made.private_key_text() + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    # complete under another name first: half a key would be no key at all
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
    return made
