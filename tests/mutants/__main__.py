"""`make mutants`: how much of what could be changed in the pure code the unit tests would notice.

    python -m tests.mutants [--again] [FILE …]

mutmut changes one thing at a time (operators.py says what) in the files that pyproject.toml names
under [tool.mutmut], and runs the unit tests that reach it. A change that no test notices is a
survivor. Each has its line in survivors.txt, with why it may live. The command fails when a
survivor has no line, when a line has no survivor, and when less than 92 % of all are noticed.

With files or folders named, only their changes are tried, and only their lines are compared.
--again tries nothing: it compares what the last run left in mutants/ with the list as it is now.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import libcst as cst
from mutmut.__main__ import cli
from mutmut.mutation.diff_apply import read_functions_from_index
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files
from mutmut.utils.format_utils import orig_function_and_class_names_from_key

from tests.mutants.operators import install

LEAST = 0.92
FOUND = {"killed", "timeout", "caught by type check", "segfault"}
LIST = Path(__file__).parent / "survivors.txt"
WORK = Path("mutants")


@dataclass(frozen=True, slots=True)
class Mutant:
    file: str
    function: str
    change: str  # the changed lines, before and after
    status: str

    @property
    def name(self) -> str:
        """What it is called in the list: no line numbers, no running numbers."""
        return f"{self.file} {self.function}: {self.change}"


def _change(before: str, after: str) -> str:
    """The lines that differ: before => after."""
    old, new = ([line.strip() for line in text.splitlines()] for text in (before, after))
    gone: list[str] = []
    come: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            gone += old[a:b]
            come += new[c:d]
    return f"{' '.join(gone)} => {' '.join(come)}"


def _tried() -> Iterator[Mutant]:
    for path in walk_mutatable_files():
        meta = WORK / f"{path}.meta"
        if not meta.exists():
            continue
        data = json.loads(meta.read_text("utf-8"))
        for key, code in data["exit_code_by_key"].items():
            function, owner = orig_function_and_class_names_from_key(key)
            status = status_by_exit_code[code]
            change = ""
            if status not in FOUND:
                functions = read_functions_from_index(key, path)
                assert functions is not None, f"mutmut's index lacks {key}"
                change = _change(*(cst.Module([each]).code for each in functions))
            yield Mutant(
                file=str(path),
                function=f"{owner}.{function}" if owner else function,
                change=change,
                status=status,
            )


def explained(text: str) -> Counter[str]:
    """The survivors that the list names. After each, indented, stands why."""
    names: Counter[str] = Counter()
    last, reasoned = "", True
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith(" "):
            reasoned = True
            continue
        if not reasoned:
            raise SystemExit(f"{LIST.name} does not say why this may live: {last}")
        last, reasoned = line.strip(), False
        names[last] += 1
    if not reasoned:
        raise SystemExit(f"{LIST.name} does not say why this may live: {last}")
    return names


def _try(files: list[str]) -> None:
    shutil.rmtree(WORK, ignore_errors=True)  # its cache does not notice a changed test
    install()
    modules = [file.removesuffix(".py").rstrip("/").replace("/", ".") + ".*" for file in files]
    workers = os.environ.get("MUTANTS_WORKERS", str(os.cpu_count() or 2))
    began = time.monotonic()
    cli(["run", "--max-children", workers, *modules], standalone_mode=False)
    print(f"\n{(time.monotonic() - began) / 60:.1f} minutes.")


def main(words: list[str]) -> int:
    files = [word for word in words if word != "--again"]
    if "--again" not in words:
        _try(files)
    tried = [mutant for mutant in _tried() if mutant.file.startswith(tuple(files) or "")]
    if not tried:
        print("Nothing was changed: see only_mutate under [tool.mutmut] in pyproject.toml.")
        return 1
    if unfinished := sum(mutant.status == "not checked" for mutant in tried):
        print(f"The run was cut short: {unfinished} changes were not tried.")
        return 1
    for file in sorted({mutant.file for mutant in tried}):
        of = [mutant for mutant in tried if mutant.file == file]
        found = sum(mutant.status in FOUND for mutant in of)
        slow = sum(mutant.status == "timeout" for mutant in of)
        note = f", {slow} by never ending" if slow else ""
        print(f"  {file}: {found} of {len(of)} noticed ({found / len(of):.1%}){note}")
    left = [mutant for mutant in tried if mutant.status not in FOUND]
    share = 1 - len(left) / len(tried)
    print(f"{len(tried)} changes, {share:.1%} noticed.")

    known = explained(LIST.read_text("utf-8"))
    if files:
        known = Counter({n: c for n, c in known.items() if n.startswith(tuple(files))})
    living = Counter(mutant.name for mutant in left)
    untested = {mutant.name for mutant in left if mutant.status == "no tests"}
    failed = False
    for name, count in sorted((living - known).items()):
        failed = True
        why = "no unit test runs this" if name in untested else "no test notices"
        print(f"NOT EXPLAINED ({why}){f' ×{count}' if count > 1 else ''}\n{name}")
    for name in sorted((known - living).elements()):
        failed = True
        print(f"NO LONGER SURVIVES: take it off {LIST.name}\n{name}")
    if share < LEAST:
        failed = True
        print(f"TOO FEW: {share:.1%} of the changes are noticed; at least {LEAST:.0%} must be.")
    if failed:
        print(f"A test that notices is better than a line in {LIST.relative_to(Path.cwd())}.")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
