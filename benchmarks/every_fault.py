"""Whether a run tells every fault of one operation, by the operation's own cases and else by all of them.

Usage: python benchmarks/every_fault.py [--seed 1]

Each wrong server is KuFlow's mock with one fault of ``faulty.py``. What its own cases tell, the default run tells too,
for they are part of it. A fault of the known-good request keeps a run from judging anything, and the run says so.
Prints a line for each fault that is not told, and then one about all; exit 1 when there is one.
"""

from __future__ import annotations

import argparse
import platform
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from against_schemathesis import VENDOR, lines
from faulty import Fault, faults, serving

from conformance.contract.vendor import Vendor, find

BLOCKED = 3
"""The exit code of a run that could not judge."""


def main() -> int:
    """Run, print what is missed as it comes, and then one line about all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    told: Counter[str] = Counter()
    every = tuple(faults(Vendor.load(find(VENDOR)).document))
    for fault in every:
        where = tells(fault, asked.seed, "--only", f"{VENDOR}/{fault.operation}/*") or tells(fault, asked.seed)
        if where:
            told[where] += 1
        else:
            print(f"not told: {fault.name}", flush=True)
    print(f"{datetime.now(UTC):%Y-%m-%d}  {platform.machine()}  Python {platform.python_version()}")
    print(f"{told.total()} of {len(every)} faults told: {dict(told)}")
    return 0 if told.total() == len(every) else 1


def tells(fault: Fault, seed: int, *options: str) -> str:
    """What tells the fault: cases that end with FAIL or WARN (the honest mock gets none), or how the run ends."""
    with tempfile.TemporaryDirectory() as folder, serving(VENDOR, None, fault) as (environment, _):
        *cases, footer = lines(environment, seed, Path(folder), *options)
    if any(line.get("verdict") in {"FAIL", "WARN"} for line in cases):
        return "by the operation's own cases" if options else "by other cases"
    return "by the known-good request" if footer["exit_code"] == BLOCKED else ""


if __name__ == "__main__":
    raise SystemExit(main())
