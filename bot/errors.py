"""One small family of errors. Each message names the place, says what is so, and the mend."""

from __future__ import annotations


class AboveboardError(Exception):
    """Anything that a person can mend. `str(error)` is one clear line."""


class BrandError(AboveboardError):
    """A file of the brand's (config, pack, fact, intent, template) cannot be used.

    `file` and `line` (from 1; 0 if the whole file is meant) say where, `problem` what is so,
    `mend` what to do.
    """

    def __init__(self, file: str, line: int, problem: str, mend: str = "") -> None:
        self.file, self.line, self.problem, self.mend = file, line, problem, mend
        place = f"{file}:{line}" if line else file
        super().__init__(f"{place}: {problem}" + (f" {mend}" if mend else ""))


class StoreError(AboveboardError):
    """The store cannot be opened, read or written."""


class ChannelError(AboveboardError):
    """A channel cannot be started, or refuses for good."""


class NoDraft(AboveboardError):
    """There is no honest draft: a fact is missing or expired, or no template fits.

    `fact` names the fact, if it is one.
    """

    def __init__(self, why: str, fact: str = "") -> None:
        self.why, self.fact = why, fact
        super().__init__(why)
