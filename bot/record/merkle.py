"""The Merkle tree of RFC 6962 (section 2.1; RFC 9162 for checking), over hashes of leaves.

A tree of n leaves is a row of perfect subtrees, one for each bit of n. Their hashes, the *peaks*,
are all that appending needs: each append completes the subtrees that end with the new leaf, and
their hashes never change again. A proof picks among them, so it costs O(log n) look-ups.

A node is named by (level, number): it covers the leaves number·2^level … (number+1)·2^level - 1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

Node = Callable[[int, int], bytes]  # (level, number) of a perfect subtree -> its hash


def leaf_hash(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\0" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def append_leaf(
    peaks: Sequence[bytes], size: int, leaf: bytes
) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """The peaks after one more leaf (given by its hash), and the hashes of all subtrees that it
    completes, level 0 (itself) first. `peaks` are the largest first, one for each bit of `size`."""
    left, done = list(peaks), [leaf]
    while size & 1:
        done.append(node_hash(left.pop(), done[-1]))
        size >>= 1
    return (*left, done[-1]), tuple(done)


def find_completing_leaf(level: int, number: int) -> tuple[int, int]:
    """Where a node's hash is found: (the leaf whose append completed it, place in that list)."""
    return ((number + 1) << level) - 1, level


def root_of_peaks(peaks: Sequence[bytes]) -> bytes:
    """The hash of the whole tree; of no leaves, SHA-256 of nothing."""
    if not peaks:
        return hashlib.sha256().digest()
    *rest, hashed = peaks
    for peak in reversed(rest):
        hashed = node_hash(peak, hashed)
    return hashed


def root_of_size(size: int, node: Node) -> bytes:
    """The root of the first `size` leaves."""
    return _span_hash(0, size, node) if size else root_of_peaks(())


def inclusion_proof(index: int, size: int, node: Node) -> tuple[bytes, ...]:
    """That leaf `index` is in the tree of `size`: its sibling's hash first, up to the root's child.

    Raises ValueError unless 0 <= index < size.
    """
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    return tuple(_inclusion_path(index, 0, size, node))


def consistency_proof(old: int, new: int, node: Node) -> tuple[bytes, ...]:
    """That the tree of `old` leaves is the beginning of the tree of `new`.

    Raises ValueError unless 0 <= old <= new. From an empty tree, and to the same, it is empty.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {old} is not the beginning of one of {new}")
    if old in (0, new):
        return ()
    return tuple(_consistency_subproof(old, 0, new, node, whole=True))


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether `proof` shows the leaf, given by its hash, in the tree with this root.

    The method is of RFC 9162, 2.1.3.2.
    """
    if not 0 <= index < size:
        return False
    at, last, hashed = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            hashed = node_hash(sibling, hashed)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            hashed = node_hash(hashed, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and hashed == root


def verify_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether `proof` shows that the old tree is the beginning of the new (RFC 9162, 2.1.4.2)."""
    if not 0 <= old <= new:
        return False
    if old == 0:
        return not proof and old_root == root_of_peaks(())
    if old == new:
        return not proof and old_root == new_root
    steps = list(proof) if old & (old - 1) else [old_root, *proof]
    if not steps:
        return False
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            after = node_hash(after, step)
        at, last = at >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def _largest_power_below(count: int) -> int:
    """The largest power of two smaller than `count`."""
    return 1 << ((count - 1).bit_length() - 1)


def _span_hash(start: int, end: int, node: Node) -> bytes:
    """The hash of the leaves start … end - 1, as the recursion of RFC 6962 meets them."""
    count = end - start
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return node(level, start >> level)
    middle = start + _largest_power_below(count)
    return node_hash(_span_hash(start, middle, node), _span_hash(middle, end, node))


def _inclusion_path(index: int, start: int, end: int, node: Node) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + _largest_power_below(end - start)
    if index < middle:
        return [*_inclusion_path(index, start, middle, node), _span_hash(middle, end, node)]
    return [*_inclusion_path(index, middle, end, node), _span_hash(start, middle, node)]


def _consistency_subproof(
    old: int, start: int, end: int, node: Node, *, whole: bool
) -> list[bytes]:
    """`whole`: so far the old tree is all of it, and whoever checks has its root."""
    if old == end:
        return [] if whole else [_span_hash(start, end, node)]
    middle = start + _largest_power_below(end - start)
    if old <= middle:
        return [
            *_consistency_subproof(old, start, middle, node, whole=whole),
            _span_hash(middle, end, node),
        ]
    return [
        *_consistency_subproof(old, middle, end, node, whole=False),
        _span_hash(start, middle, node),
    ]
