"""Signed notes and checkpoints: what others' tools write and read; all else is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.record.signed_note import (
    Checkpoint,
    NoteError,
    Signer,
    Verifier,
    open_note,
    read_checkpoint,
    read_signer,
    read_verifier,
    sign_note,
    write_proof,
)

# The example of Go's golang.org/x/mod/sumdb/note: key, text and the note it makes of them.
PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
NOTE = (
    f"{TEXT}\n— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
KEY = Signer("shop.example/record", b"\7" * 32)


def test_a_note_is_what_others_make_of_the_same_key_and_text() -> None:
    signer = read_signer(PRIVATE)
    assert sign_note(TEXT, signer) == NOTE
    assert str(signer.verifier) == PUBLIC
    assert signer.private_key_text() == PRIVATE
    assert open_note(NOTE, read_verifier(PUBLIC)) == TEXT


def test_a_signer_does_not_show_its_key() -> None:
    assert KEY.seed.hex() not in repr(KEY) and repr(KEY.seed) not in repr(KEY)


def test_other_signatures_are_passed_over() -> None:
    witness = Signer("witness.example", b"\x01" * 32)
    line = sign_note(TEXT, witness).rpartition("\n\n")[2]
    assert open_note(NOTE + line, read_verifier(PUBLIC)) == TEXT
    assert open_note(NOTE + line, witness.verifier) == TEXT


@given(st.integers(0, len(NOTE.encode()) * 8 - 1))
def test_a_note_with_one_bit_changed_is_refused(bit: int) -> None:
    changed = bytearray(NOTE.encode())
    changed[bit // 8] ^= 1 << bit % 8
    # the last character of Base64 has bits that mean nothing
    if changed.decode("utf-8", "replace").rstrip("\n")[:-2] == NOTE.rstrip("\n")[:-2]:
        return
    with pytest.raises(NoteError):
        open_note(changed.decode("utf-8", "surrogateescape"), read_verifier(PUBLIC))


@given(st.text() | st.text(alphabet="\n— aA0+=/").map(lambda text: f"a\n\n— {text}\n"))
def test_any_text_is_refused_in_one_way(text: str) -> None:
    for read in (lambda t: open_note(t, read_verifier(PUBLIC)), read_verifier, read_signer):
        with pytest.raises(NoteError):
            read(text)


@given(st.text())
def test_any_text_is_a_checkpoint_or_refused(text: str) -> None:
    try:
        checkpoint = read_checkpoint(text)
    except NoteError:
        return
    assert text.startswith(checkpoint.note_text)


def test_a_checkpoint_is_three_lines() -> None:
    checkpoint = Checkpoint("shop.example/record", 20852163, bytes(range(32)))
    assert checkpoint.note_text == (
        "shop.example/record\n20852163\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
    )
    assert (
        read_checkpoint(open_note(sign_note(checkpoint.note_text, KEY), KEY.verifier)) == checkpoint
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "shop\n1\n",
        "shop\n01\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "shop\n-1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "shop\n²\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "shop\n1\nAAEC\n",
        "shop\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "shop\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n\nmore\n",
    ],
)
def test_what_is_not_quite_a_checkpoint_is_none(text: str) -> None:
    with pytest.raises(NoteError):
        read_checkpoint(text)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u00a0b"])
def test_names_of_keys_have_neither_spaces_nor_plus_signs(name: str) -> None:
    with pytest.raises(NoteError):
        Verifier(name, bytes(32))


def test_a_key_that_says_another_id_than_its_own_is_refused() -> None:
    with pytest.raises(NoteError, match="another id"):
        read_verifier(PUBLIC.replace("c74f20a3", "c74f20a4"))
    with pytest.raises(NoteError, match="another id"):
        read_signer(PRIVATE.replace("c74f20a3", "c74f20a4"))


@pytest.mark.parametrize("text", ["no end of line", "bell\a\n"])
def test_only_lines_of_text_are_signed(text: str) -> None:
    with pytest.raises(NoteError):
        sign_note(text, KEY)


def test_a_proof_file_is_index_hashes_and_checkpoint() -> None:
    note = sign_note(Checkpoint("shop.example/record", 2, bytes(32)).note_text, KEY)
    lines = write_proof(1, (b"\1" * 32,), note).split("\n")
    assert lines[:4] == [
        "c2sp.org/tlog-proof@v1",
        "index 1",
        "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=",
        "",
    ]
    assert "\n".join(lines[4:]) == note
