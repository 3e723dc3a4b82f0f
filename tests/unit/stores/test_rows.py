"""Rows to frozen objects, in many threads at once."""

from __future__ import annotations

import subprocess
import sys

TWO_THREADS_MEET_EACH_KIND = """
import sys, threading
from dataclasses import make_dataclass
from handlers.store import repository
sys.setswitchinterval(1e-6)
FIELDS = [f"f{n}" for n in range(12)]
for n in range(40):
    inner = make_dataclass(f"Inner{n}", [(name, int) for name in FIELDS])
    kind = make_dataclass(f"Kind{n}", [(name, inner) for name in FIELDS])
    row = {"it": {name: dict.fromkeys(FIELDS, 1) for name in FIELDS}}
    together = threading.Barrier(2)
    def read():
        together.wait()
        assert repository.read_row(row, kind).f0.f0 == 1
    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
"""


def test_two_threads_that_read_a_kind_of_row_for_the_first_time_live_on() -> None:
    """In a process of its own: unguarded, it ends with a segmentation fault."""
    done = subprocess.run([sys.executable, "-c", TWO_THREADS_MEET_EACH_KIND], check=False)
    assert done.returncode == 0
