"""Each guard of a signed note alone: what it lets pass, and what it refuses at its edge."""

from __future__ import annotations

import base64

import pytest

from bot.record.signed_note import (
    NoteError,
    Signer,
    Verifier,
    open_note,
    read_checkpoint,
    read_signer,
    read_verifier,
    sign_note,
)

KEY = Signer("shop.example/record", b"\7" * 32)
NOTE = sign_note("Hello.\n", KEY)
OTHER = sign_note("Hello.\n", Signer("witness.example", b"\1" * 32)).rpartition("\n\n")[2]
ROOT = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


@pytest.mark.parametrize(("more", "read"), [(62, True), (63, True), (64, False)])
def test_a_note_with_so_many_signatures_is_not_read(more: int, read: bool) -> None:
    """64 in all are; each costs a moment, and nobody needs more."""
    note = NOTE + OTHER * more
    if read:
        assert open_note(note, KEY.verifier) == "Hello.\n"
        return
    with pytest.raises(NoteError, match="so many"):
        open_note(note, KEY.verifier)


@pytest.mark.parametrize(
    "line",
    [
        "shop.example/record AAAAAAAA",  # no dash
        "— nameless",  # no space, no signature
        "—  AAAAAAAA",  # no name
        "—",
        "",
    ],
)
def test_a_line_that_is_no_signature_spoils_the_note(line: str) -> None:
    with pytest.raises(NoteError, match=r"line of signature|signed note"):
        open_note(f"{NOTE}{line}\n", KEY.verifier)


@pytest.mark.parametrize(("length", "fits"), [(4, False), (5, True), (6, True)])
def test_a_signature_is_an_id_and_more(length: int, fits: bool) -> None:
    """Of other people's signatures we know no more than that."""
    line = f"— witness.example {base64.b64encode(bytes(length)).decode()}\n"
    if fits:
        assert open_note(NOTE + line, KEY.verifier) == "Hello.\n"
        return
    with pytest.raises(NoteError, match="too short"):
        open_note(NOTE + line, KEY.verifier)


def test_what_is_not_base64_to_the_letter_is_refused() -> None:
    """Python's decoder passes over letters that are none, unless it is told not to."""
    line = OTHER.replace("— witness.example ", "— witness.example !")
    with pytest.raises(NoteError, match="base64"):
        open_note(NOTE + line, KEY.verifier)


@pytest.mark.parametrize("name", ["a\x1fb", "a\x00b"])
def test_a_name_of_a_key_has_no_control_characters(name: str) -> None:
    with pytest.raises(NoteError):
        Verifier(name, bytes(32))


def test_a_note_holds_no_control_character_but_the_end_of_a_line() -> None:
    assert sign_note("Two\nlines.\n", KEY).startswith("Two\nlines.\n\n")
    with pytest.raises(NoteError):
        sign_note("A\tb\n", KEY)


@pytest.mark.parametrize(
    ("kind", "length"), [(b"\2", 32), (b"\1", 31), (b"\1", 33), (b"", 33), (b"\2", 31)]
)
def test_only_an_ed25519_key_is_read(kind: bytes, length: int) -> None:
    encoded = base64.b64encode(kind + b"\5" * length).decode()
    with pytest.raises(NoteError, match="not an Ed25519 key"):
        read_verifier(f"shop.example/record+00000000+{encoded}")


@pytest.mark.parametrize("text", ["a+b", "a", ""])
def test_a_key_is_three_parts(text: str) -> None:
    with pytest.raises(NoteError, match="name"):
        read_verifier(text)


def test_a_private_key_says_that_it_is_one() -> None:
    """Its letters alone would be read as a public key with another id."""
    with pytest.raises(NoteError, match="not a private key"):
        read_signer(KEY.private_key_text().removeprefix("PRIVATE+KEY+"))
    assert read_signer(f"{KEY.private_key_text()}\n") == KEY


@pytest.mark.parametrize(
    "text",
    [
        f"shop\n1\n{ROOT}",  # the last line does not end
        f"shop\n\n{ROOT}\n",
        "shop\n1\n\n",
        f"\n1\n{ROOT}\n",
        f"shop\n1\n{ROOT}\n\n",
        f"shop\n1\n{ROOT}\n\nmore\n",
        f"shop\n1\n{ROOT}\nmore",
    ],
)
def test_a_checkpoint_has_no_empty_line_and_ends_its_last(text: str) -> None:
    with pytest.raises(NoteError, match="three lines"):
        read_checkpoint(text)


def test_a_checkpoint_may_say_more_below() -> None:
    checkpoint = read_checkpoint(f"shop\n0\n{ROOT}\nmore\n")
    assert (checkpoint.origin, checkpoint.size, checkpoint.root) == ("shop", 0, bytes(range(32)))


def test_a_note_that_others_have_signed_is_not_ours() -> None:
    """Not of another name, nor of our name with another key."""
    for signer in (Signer("witness.example", b"\1" * 32), Signer(KEY.name, b"\1" * 32)):
        with pytest.raises(NoteError, match="has not signed this"):
            open_note(sign_note("Hello.\n", signer), KEY.verifier)


def test_our_key_under_another_name_is_passed_over() -> None:
    """The four bytes of a key may meet by chance: that is no signature of ours, and no fault."""
    chance = base64.b64encode(KEY.verifier.key_id + bytes(64)).decode()
    assert open_note(f"{NOTE}— witness.example {chance}\n", KEY.verifier) == "Hello.\n"
