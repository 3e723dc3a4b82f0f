"""What mutmut changes here: one operator, constant, guard or returned value at a time.

Left out of mutmut's own list: words (strings), dropped arguments and assignments, which say more
about wording and typing than about decisions; and whatever stands in a `raise`, which is wording.
Added: guards of `if`, `while`, `match` and comprehensions, returned values, and properties.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import libcst as cst
from mutmut.mutation import file_mutation
from mutmut.mutation import mutators as m
from mutmut.workers import isolation

_KEPT = (
    m.operator_number,
    m.operator_name,  # True and False
    m.operator_augmented_assignment,
    m.operator_remove_unary_ops,
    m.operator_keywords,
    m.operator_swap_op,
    m.operator_lambda,
    m.operator_match,
    m.operator_if_exp,
)


def _forced(test: cst.BaseExpression) -> Iterable[cst.BaseExpression]:
    """Never true, and always true; what the test itself does (`:=`) still happens."""
    inner = test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    for operator, word in ((cst.And(), "False"), (cst.Or(), "True")):
        yield cst.BooleanOperation(left=inner, operator=operator, right=cst.Name(word))


def guard(node: cst.If) -> Iterable[cst.If]:
    for test in _forced(node.test):
        yield node.with_changes(test=test)


def loop(node: cst.While) -> Iterable[cst.While]:
    """`while` never entered; entered always would only say that it never ends."""
    yield node.with_changes(test=next(iter(_forced(node.test))))


def case_guard(node: cst.MatchCase) -> Iterable[cst.MatchCase]:
    if node.guard is not None:
        for test in _forced(node.guard):
            yield node.with_changes(guard=test)


def filtered(node: cst.CompIf) -> Iterable[cst.CompIf]:
    """A comprehension that lets everything through."""
    yield node.with_changes(test=list(_forced(node.test))[1])


def returned(node: cst.Return) -> Iterable[cst.Return]:
    """None instead of the value. True and False are turned round already."""
    if isinstance(node.value, cst.Name) and node.value.value in ("None", "True", "False"):
        return
    if node.value is not None:
        yield node.with_changes(value=cst.Name("None"))


_ADDED = (
    (cst.If, guard),
    (cst.While, loop),
    (cst.MatchCase, case_guard),
    (cst.CompIf, filtered),
    (cst.Return, returned),
)


def _is_property(node: cst.CSTNode) -> bool:
    if not isinstance(node, cst.FunctionDef) or len(node.decorators) != 1:
        return False
    decorator = node.decorators[0].decorator
    return isinstance(decorator, cst.Name) and decorator.value == "property"


def install() -> None:
    """Teach mutmut, in this process and in those it forks."""
    m.mutation_operators[:] = [  # type: ignore[index]
        (kind, operator) for kind, operator in m.mutation_operators if operator in _KEPT
    ] + list(_ADDED)

    visitor: Any = file_mutation.MutationVisitor
    skips = visitor._skip_node_and_children

    def skip(self: Any, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.Raise):
            return True
        return False if _is_property(node) else bool(skips(self, node))

    visitor._skip_node_and_children = skip

    arranges: Any = file_mutation.function_trampoline_arrangement

    def arrange(function: cst.FunctionDef, mutants: Any, class_name: str | None) -> Any:
        before, nodes, after, names = arranges(function, mutants, class_name)
        if _is_property(function):  # the switch is the property, what it switches between is not
            nodes = [nodes[0], *(node.with_changes(decorators=[]) for node in nodes[1:])]
        return before, nodes, after, names

    file_mutation.function_trampoline_arrangement = arrange

    # A busy machine is no endless loop: processor time decides (2 × timeout_multiplier ×
    # (what the tests take + timeout_constant)), the clock only ends what waits for ever.
    clock = isolation.register_timeout
    isolation.register_timeout = lambda pid, timeout_s: clock(pid, 20 * timeout_s + 60)
