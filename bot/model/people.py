"""The people who decide, and what each may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """From config.yaml. An author writes rules; approving is a right of its own."""

    VIEWER = "viewer"
    APPROVER = "approver"
    LEAD = "lead"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the brand's. `id` is the name in config.yaml; `slack` their Slack user id."""

    id: str
    name: str
    roles: frozenset[Role] = frozenset()
    slack: str = ""

    @property
    def may_decide(self) -> bool:
        return bool(self.roles & {Role.APPROVER, Role.LEAD})

    @property
    def may_teach(self) -> bool:
        """Whether they may change what the software learns from."""
        return bool(self.roles & {Role.AUTHOR, Role.LEAD})
