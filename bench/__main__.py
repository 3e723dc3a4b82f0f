"""`make bench`: every figure that the project reports, in one run, a table each.

    python -m bench [NAME …]

Data sets are read from the folder that ABOVEBOARD_DATA names, ../shared/data without it; a table
whose data is missing says so. Each table runs in a process of its own, one after the other.
"""

from __future__ import annotations

import subprocess
import sys
import time

TABLES = {
    "understanding": "Knowing what is asked",
    "guarantee": "A guarantee, or none",
    "commitments": "What a text promises",
    "backing": "Unpublished figures",
    "precedent": "Contradictions",
    "claims": "What a reply states, sentence by sentence",
    "detectors": "Personal data, taint, secrets, tone, injection, mark-up",
    "drift": "Alarms when traffic changes",
    "judge": "Judging one draft",
    "replay": "Candidate rules over what was decided",
    "pipeline": "From a message to a durable, judged draft",
    "store": "The store and the record as they grow",
    "starting": "What starting costs, and what a server holds",
    "slack": "Slack's events, made durable",
}


def main(names: list[str]) -> int:
    failed = []
    for name in names or TABLES:
        if name not in TABLES:
            print(f"There is no table “{name}”. There are: {', '.join(TABLES)}.", file=sys.stderr)
            return 2
        print(f"\n## {TABLES[name]} (`python -m bench.{name}`)\n", flush=True)
        began = time.time()
        if subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode:
            failed.append(name)
        print(f"\n({time.time() - began:.0f} s)", flush=True)
    if failed:
        print(f"\nFailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
