"""The people who decide, and what each may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """From config.yaml. An author writes rules; approving is a right of its own."""

    VIEWER = "viewer"
    APPROVER = "approver"
    LEAD = "lead"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the brand's. `id` is the name in config.yaml; `accounts`: by kind of channel, the
    id under which that channel knows them."""

    id: str
    name: str
    roles: frozenset[Role] = frozenset()
    accounts: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def may_decide(self) -> bool:
        return bool(self.roles & {Role.APPROVER, Role.LEAD})

    @property
    def may_teach(self) -> bool:
        """Whether they may change what the software learns from."""
        return bool(self.roles & {Role.AUTHOR, Role.LEAD})
