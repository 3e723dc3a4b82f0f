"""Reading a checked CEL expression: what it mentions, which patterns it holds, what its parts are.

`Expression.serialize()` gives a `cel.expr.CheckedExpr` in protobuf's wire format (cel-spec,
proto/cel/expr/checked.proto and syntax.proto). Only a few fields of it matter here, so they are
read by number, without generated classes: fields that aren't known are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

# Any.value; CheckedExpr.reference_map, .expr; Reference.name (as in a map entry's value)
ANY_VALUE, REFERENCES, EXPR, ENTRY_VALUE, REFERENCE_NAME = 2, 2, 4, 2, 1
# Expr's kinds, and their fields
CONST, IDENT, SELECT, CALL, LIST, STRUCT, COMPREHENSION = 3, 4, 5, 6, 7, 8, 9
CALL_TARGET, CALL_FUNCTION, CALL_ARGS = 1, 2, 3
CONST_STRING = 6

# Where the expressions lie inside each kind that has any
_INSIDE = {
    SELECT: (1,),
    CALL: (CALL_TARGET, CALL_ARGS),
    LIST: (1,),
    COMPREHENSION: (2, 4, 5, 6, 7),
}
_LOGICAL = {"_&&_": "and", "_||_": "or", "!_": "not"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression in a rule; `text` is None when it isn't written out there."""

    text: str | None


def list_mentions(serialized: bytes) -> frozenset[str]:
    """All names that the expression refers to, functions' own names left out."""
    names: set[str] = set()
    for number, entry in _iterate_fields(_wrap_expression(serialized)):
        if number == REFERENCES:
            for reference in _all_fields(_expect_message(entry), ENTRY_VALUE):
                names.update(_expect_text(name) for name in _all_fields(reference, REFERENCE_NAME))
    return frozenset(name for name in names if not name.startswith("@"))


def list_patterns(serialized: bytes) -> tuple[Pattern, ...]:
    """The second operand of every `matches`."""
    found = []
    for expr in _walk_expressions(_root_expression(serialized)):
        for call in _all_fields(expr, CALL):
            if [_expect_text(name) for name in _all_fields(call, CALL_FUNCTION)] == ["matches"]:
                operands = [*_all_fields(call, CALL_TARGET), *_all_fields(call, CALL_ARGS)]
                found.append(Pattern(_constant_string(operands[1])))
    return tuple(found)


def list_conditions(serialized: bytes) -> tuple[bytes, ...]:
    """Each condition that `&&`, `||` and `!` join, as a serialized expression of its own."""
    header = b"".join(
        _encode_field(number, value)
        for number, value in _iterate_fields(_wrap_expression(serialized))
        if number != EXPR and isinstance(value, bytes)
    )
    url = _all_fields(serialized, 1)[0]
    return tuple(
        _encode_field(1, url) + _encode_field(ANY_VALUE, header + _encode_field(EXPR, leaf))
        for leaf in _leaf_conditions(_root_expression(serialized))
    )


def _leaf_conditions(expr: bytes) -> Iterator[bytes]:
    for call in _all_fields(expr, CALL):
        if _expect_text(_all_fields(call, CALL_FUNCTION)[0]) in _LOGICAL:
            for operand in _all_fields(call, CALL_ARGS):
                yield from _leaf_conditions(operand)
            return
    yield expr


def _walk_expressions(expr: bytes) -> Iterator[bytes]:
    yield expr
    for kind, places in _INSIDE.items():
        for node in _all_fields(expr, kind):
            for place in places:
                for inner in _all_fields(node, place):
                    yield from _walk_expressions(inner)
    for struct in _all_fields(expr, STRUCT):
        for entry in _all_fields(struct, 2):
            for inner in (*_all_fields(entry, 3), *_all_fields(entry, 4)):
                yield from _walk_expressions(inner)


def _wrap_expression(serialized: bytes) -> bytes:
    return _all_fields(serialized, ANY_VALUE)[0]


def _root_expression(serialized: bytes) -> bytes:
    return _all_fields(_wrap_expression(serialized), EXPR)[0]


def _constant_string(expr: bytes) -> str | None:
    for constant in _all_fields(expr, CONST):
        for value in _all_fields(constant, CONST_STRING):
            return _expect_text(value)
    return None


def _all_fields(message: bytes, number: int) -> list[bytes]:
    return [_expect_message(value) for n, value in _iterate_fields(message) if n == number]


def _expect_message(value: int | bytes) -> bytes:
    return value if isinstance(value, bytes) else b""


def _expect_text(value: bytes) -> str:
    return value.decode("utf-8")


def _iterate_fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """(field number, value) in order; a varint or fixed value as int, everything else as bytes."""
    at = 0
    while at < len(message):
        tag, at = _read_varint(message, at)
        number, wire = tag >> 3, tag & 7
        if wire == 0:
            value, at = _read_varint(message, at)
            yield number, value
            continue
        if wire == 2:
            size, at = _read_varint(message, at)
        else:
            size = {1: 8, 5: 4}[wire]
        yield number, message[at : at + size]
        at += size


def _read_varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def _encode_field(number: int, value: bytes) -> bytes:
    return _encode_varint(number << 3 | 2) + _encode_varint(len(value)) + value


def _encode_varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)
