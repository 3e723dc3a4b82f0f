"""How pytest runs on a mutant: the same examples every time, no shrinking, no old caches."""

from __future__ import annotations

import functools
import gc

from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "mutants",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=50,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("mutants")


def pytest_sessionstart() -> None:
    """A worker is a fork of a process that ran the tests: what it remembers is not the mutant's."""
    for thing in gc.get_objects():
        if isinstance(thing, functools._lru_cache_wrapper):
            thing.cache_clear()
