"""Proofs at their edges: too long, too short, of an empty tree, of the tree itself."""

from __future__ import annotations

import hashlib

import pytest

from bot.record import merkle

EMPTY = hashlib.sha256().digest()
A, B = merkle.leaf_hash(b"a"), merkle.leaf_hash(b"b")
TWO = merkle.node_hash(A, B)


def test_a_proof_that_goes_on_above_the_root_is_refused() -> None:
    """Whatever root it is made to come out at."""
    above = merkle.node_hash(B, A)
    assert merkle.verify_inclusion(A, 0, 1, (), A)
    assert not merkle.verify_inclusion(A, 0, 1, (B,), above)
    assert not merkle.verify_inclusion(A, 0, 1, (B,), merkle.node_hash(A, B))
    assert not merkle.verify_inclusion(A, 0, 2, (B, A), merkle.node_hash(TWO, A))
    assert not merkle.verify_inclusion(A, 0, 2, (B, A), merkle.node_hash(A, TWO))


def test_a_proof_of_growth_that_goes_on_above_the_root_is_refused() -> None:
    assert merkle.verify_consistency(1, 2, A, TWO, (B,))
    for root in (merkle.node_hash(TWO, B), merkle.node_hash(B, TWO)):
        assert not merkle.verify_consistency(1, 2, A, root, (B, B))
        old = merkle.node_hash(B, A)
        assert not merkle.verify_consistency(1, 2, old, root, (B, B))


def test_a_proof_of_growth_cannot_be_made_longer_to_fit_any_roots() -> None:
    """Whoever chooses both roots could put what they like above them."""
    above = merkle.leaf_hash(b"above")
    old, new = merkle.node_hash(B, A), merkle.node_hash(B, TWO)
    assert merkle.verify_consistency(3, 4, old, new, (A, B, B))
    old, new = merkle.node_hash(above, old), merkle.node_hash(above, new)
    assert not merkle.verify_consistency(3, 4, old, new, (A, B, B, above))


@pytest.mark.parametrize(
    ("root", "proof", "holds"),
    [(EMPTY, (), True), (A, (), False), (EMPTY, (A,), False), (A, (A,), False)],
)
def test_every_tree_begins_empty(root: bytes, proof: tuple[bytes, ...], holds: bool) -> None:
    assert merkle.verify_consistency(0, 2, root, TWO, proof) is holds


@pytest.mark.parametrize(
    ("root", "proof", "holds"), [(TWO, (), True), (A, (), False), (TWO, (A,), False)]
)
def test_every_tree_is_its_own_beginning(
    root: bytes, proof: tuple[bytes, ...], holds: bool
) -> None:
    assert merkle.verify_consistency(2, 2, root, TWO, proof) is holds


def test_without_a_step_a_tree_that_is_no_power_of_two_has_not_grown() -> None:
    assert not merkle.verify_consistency(3, 4, TWO, TWO, ())


@pytest.mark.parametrize(("index", "size"), [(-1, 2), (2, 2), (0, 0)])
def test_there_is_no_such_leaf(index: int, size: int) -> None:
    assert not merkle.verify_inclusion(A, index, size, (B,), TWO)
    with pytest.raises(ValueError, match="no leaf"):
        merkle.inclusion_proof(index, size, lambda level, number: A)


@pytest.mark.parametrize(("old", "new"), [(-1, 2), (3, 2)])
def test_no_tree_shrinks(old: int, new: int) -> None:
    assert not merkle.verify_consistency(old, new, TWO, TWO, ())
    with pytest.raises(ValueError, match="not the beginning"):
        merkle.consistency_proof(old, new, lambda level, number: A)
