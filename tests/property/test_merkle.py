"""The tree: what RFC 6962's authors computed, and what must hold of every tree."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.record import merkle

# The test vectors of the Certificate Transparency project: leaves, and the root after each.
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
# (index, size, proof)
INCLUSION = [
    (0, 1, []),
    (
        0,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        5,
        8,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        1,
        5,
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]
# (old, new, proof)
CONSISTENCY = [
    (1, 1, []),
    (
        1,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (
        2,
        5,
        [
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]


class Tree:
    """A tree in memory, grown the way the store grows it."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.peaks: tuple[bytes, ...] = ()
        self.completed: list[tuple[bytes, ...]] = []
        for leaf in leaves:
            self.peaks, done = merkle.append_leaf(
                self.peaks, len(self.completed), merkle.leaf_hash(leaf)
            )
            self.completed.append(done)

    def node(self, level: int, number: int) -> bytes:
        index, place = merkle.find_completing_leaf(level, number)
        return self.completed[index][place]


def by_definition(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return merkle.leaf_hash(leaves[0])
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return merkle.node_hash(by_definition(leaves[:split]), by_definition(leaves[split:]))


def hexes(hashes: tuple[bytes, ...]) -> list[str]:
    return [one.hex() for one in hashes]


@pytest.mark.parametrize(("size", "root"), list(enumerate(ROOTS)))
def test_known_roots(size: int, root: str) -> None:
    tree = Tree(LEAVES[:size])
    assert merkle.root_of_peaks(tree.peaks).hex() == root
    assert merkle.root_of_size(size, Tree(LEAVES).node).hex() == root


@pytest.mark.parametrize(("index", "size", "proof"), INCLUSION)
def test_known_inclusion_proofs(index: int, size: int, proof: list[str]) -> None:
    made = merkle.inclusion_proof(index, size, Tree(LEAVES).node)
    assert hexes(made) == proof
    leaf = merkle.leaf_hash(LEAVES[index])
    assert merkle.verify_inclusion(leaf, index, size, made, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("old", "new", "proof"), CONSISTENCY)
def test_known_consistency_proofs(old: int, new: int, proof: list[str]) -> None:
    made = merkle.consistency_proof(old, new, Tree(LEAVES).node)
    assert hexes(made) == proof
    old_root, new_root = bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new])
    assert merkle.verify_consistency(old, new, old_root, new_root, made)


trees = st.lists(st.binary(max_size=4), min_size=1, max_size=70)


@given(trees)
def test_growing_leaf_by_leaf_gives_the_root_by_definition(leaves: list[bytes]) -> None:
    tree = Tree(leaves)
    for size in range(len(leaves) + 1):
        assert merkle.root_of_size(size, tree.node) == by_definition(leaves[:size])
    assert merkle.root_of_peaks(tree.peaks) == by_definition(leaves)
    assert len(tree.peaks) == len(leaves).bit_count()


@settings(max_examples=25, deadline=None)
@given(trees)
def test_every_entry_is_proved_in_every_tree_that_holds_it(leaves: list[bytes]) -> None:
    tree = Tree(leaves)
    size = len(leaves)
    for index, leaf in enumerate(leaves):
        proof = merkle.inclusion_proof(index, size, tree.node)
        assert len(proof) <= (size - 1).bit_length()
        assert merkle.verify_inclusion(
            merkle.leaf_hash(leaf), index, size, proof, merkle.root_of_peaks(tree.peaks)
        )


def test_every_leaf_of_every_small_tree_is_proved() -> None:
    tree = Tree([bytes([n]) for n in range(33)])
    for size in range(1, 34):
        root = merkle.root_of_size(size, tree.node)
        for index in range(size):
            proof = merkle.inclusion_proof(index, size, tree.node)
            leaf = merkle.leaf_hash(bytes([index]))
            assert merkle.verify_inclusion(leaf, index, size, proof, root)


@settings(max_examples=10, deadline=None)
@given(trees)
def test_every_tree_is_proved_to_be_the_beginning_of_every_later_one(leaves: list[bytes]) -> None:
    tree = Tree(leaves)
    roots = [merkle.root_of_size(size, tree.node) for size in range(len(leaves) + 1)]
    for new in range(len(leaves) + 1):
        for old in range(new + 1):
            proof = merkle.consistency_proof(old, new, tree.node)
            assert merkle.verify_consistency(old, new, roots[old], roots[new], proof)


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8 % len(data)] ^= 1 << bit % 8
    return bytes(changed)


@given(trees, st.data())
def test_one_changed_bit_fails_an_inclusion_proof(leaves: list[bytes], data: st.DataObject) -> None:
    tree, size = Tree(leaves), len(leaves)
    index = data.draw(st.integers(0, size - 1))
    parts = [
        merkle.leaf_hash(leaves[index]),
        merkle.root_of_peaks(tree.peaks),
        *merkle.inclusion_proof(index, size, tree.node),
    ]
    which, bit = data.draw(st.integers(0, len(parts) - 1)), data.draw(st.integers(0, 255))
    parts[which] = flipped(parts[which], bit)
    leaf, root, *proof = parts
    assert not merkle.verify_inclusion(leaf, index, size, proof, root)


@given(trees, st.data())
def test_one_changed_bit_fails_a_consistency_proof(
    leaves: list[bytes], data: st.DataObject
) -> None:
    tree, new = Tree(leaves), len(leaves)
    old = data.draw(st.integers(1, new))
    parts = [
        merkle.root_of_size(old, tree.node),
        merkle.root_of_peaks(tree.peaks),
        *merkle.consistency_proof(old, new, tree.node),
    ]
    which, bit = data.draw(st.integers(0, len(parts) - 1)), data.draw(st.integers(0, 255))
    parts[which] = flipped(parts[which], bit)
    old_root, new_root, *proof = parts
    assert not merkle.verify_consistency(old, new, old_root, new_root, proof)


@given(trees, st.data())
def test_a_proof_is_of_one_place_only(leaves: list[bytes], data: st.DataObject) -> None:
    leaves = [bytes([n]) + leaf for n, leaf in enumerate(leaves)]  # all different
    tree, size = Tree(leaves), len(leaves)
    index, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(-2, size + 2))
    proof, root = merkle.inclusion_proof(index, size, tree.node), merkle.root_of_peaks(tree.peaks)
    leaf = merkle.leaf_hash(leaves[index])
    assert merkle.verify_inclusion(leaf, other, size, proof, root) == (other == index)


@pytest.mark.parametrize("change", [lambda p: p[:-1], lambda p: [*p, p[-1]], lambda p: []])
def test_a_proof_of_another_length_fails(change: Callable[[list[bytes]], list[bytes]]) -> None:
    tree = Tree(LEAVES)
    root = merkle.root_of_peaks(tree.peaks)
    inclusion = list(merkle.inclusion_proof(3, 8, tree.node))
    assert not merkle.verify_inclusion(merkle.leaf_hash(LEAVES[3]), 3, 8, change(inclusion), root)
    consistency = list(merkle.consistency_proof(3, 8, tree.node))
    old_root = merkle.root_of_size(3, tree.node)
    assert not merkle.verify_consistency(3, 8, old_root, root, change(consistency))


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_there_is_no_proof_of_what_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        merkle.inclusion_proof(index, size, Tree(LEAVES).node)
    assert not merkle.verify_inclusion(
        merkle.leaf_hash(b""), index, size, [], merkle.root_of_peaks(())
    )


@pytest.mark.parametrize(("old", "new"), [(-1, 3), (4, 3)])
def test_a_tree_is_no_beginning_of_a_smaller_one(old: int, new: int) -> None:
    with pytest.raises(ValueError, match="not the beginning"):
        merkle.consistency_proof(old, new, Tree(LEAVES).node)
    assert not merkle.verify_consistency(
        old, new, merkle.root_of_peaks(()), merkle.root_of_peaks(()), []
    )
