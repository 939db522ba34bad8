"""The whole plan on honest servers of different seeds, progressions and legal choices: no alarm is expected.

Usage: python benchmarks/soak.py [--runs 200] [--seed 1]

Prints a line for each run that raises an alarm, with what it takes to repeat it; exit 1 when there is one.
"""

from __future__ import annotations

import argparse
import json
import platform
import time
from collections import Counter
from datetime import UTC, datetime

from conformance.contract.vendor import find, folders
from conformance.selftest.soak import soak
from conformance.selftest.trial import run


def main() -> int:
    """Run, print alarms as they come, and then one line about all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    started = time.perf_counter()
    runs: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    requests = 0
    for trial in soak([find(name) for name in sorted(folders([]))], asked.runs, asked.seed):
        outcome = run(trial)
        runs[trial.vendor.name] += 1
        requests += outcome.requests
        if outcome.problem:
            alarms[trial.vendor.name] += 1
            drawn = {"seed": trial.seed, "mode": trial.mode, "progress": trial.progress, "choices": trial.choices}
            print(f"{trial.vendor.name} {json.dumps(drawn)}\n  {outcome.problem}", flush=True)
    seconds = time.perf_counter() - started
    print(f"{datetime.now(UTC):%Y-%m-%d}  {platform.machine()}  Python {platform.python_version()}")
    print(f"{runs.total()} runs {dict(runs)}, {requests} requests, {seconds:.0f} s, {alarms.total()} with an alarm")
    return 1 if alarms else 0


if __name__ == "__main__":
    raise SystemExit(main())
