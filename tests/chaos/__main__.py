"""`make chaos`: every fault, at length. Each module beside this one has a `full()` that breaks
things, checks what is left, and returns a line for each kind of fault; it raises when a promise
is broken."""

from __future__ import annotations

import importlib
import pkgutil
import sys
import time
from pathlib import Path


def main() -> int:
    broken = 0
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if module.name.startswith(("test_", "__")):
            continue
        full = getattr(importlib.import_module(f"tests.chaos.{module.name}"), "full", None)
        if full is None:
            continue
        began = time.monotonic()
        try:
            lines = full()
        except AssertionError as error:
            broken += 1
            lines = [f"BROKEN: {error}"]
        print(f"{module.name} ({time.monotonic() - began:.0f} s)")
        for line in lines:
            print(f"  {line}")
    return 1 if broken else 0


sys.exit(main())
