"""The section `modes:` of config.yaml: how a channel can be used, and how much of each is
the aim."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from bot.brand.settings import Mode
from handlers.brandfiles.documents.document_shape import Wrong


class ModeShape(msgspec.Struct, frozen=True):
    meaning: str
    answers: bool = True
    target: float | None = None


def read_modes(shapes: Mapping[str, ModeShape], wrong: Wrong) -> dict[str, Mode]:
    """The modes by name. Misfits are told to `wrong`."""
    total = 0.0
    for name, mode in shapes.items():
        if not mode.meaning.strip():
            wrong(f"Nobody can read what “{name}” means.", "Say it.", "modes", name, "meaning")
        if mode.target is None:
            continue
        here = ("modes", name, "target")
        if not 0.0 <= mode.target <= 1.0:
            wrong(f"{mode.target:g} is not a share of answers.", "Write it like 0.6.", *here)
            continue
        if mode.target and not mode.answers:
            wrong("No answers are given there to aim at.", "Leave target out.", *here)
        before, total = total, total + mode.target
        if before <= 1.0 + _ROUNDING < total:
            problem = f"With this one the targets add up to {total:.0%}."
            wrong(problem, "Together they can be 1 at most.", *here)
    return {
        name: Mode(name, shape.meaning, shape.answers, shape.target)
        for name, shape in shapes.items()
    }


_ROUNDING = 1e-9  # 0.7 + 0.2 + 0.1 is a little more than 1 in binary
