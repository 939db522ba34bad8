"""Every deviation of the facet model, at twenty seeds: found, in how many steps, by how many requests.

Usage: python benchmarks/model_deviations.py [VENDOR...]
"""

from __future__ import annotations

import platform
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime

from conformance.contract.vendor import Vendor, find
from conformance.engine.plan import mode_of, plan
from conformance.engine.suite import Options, execute
from conformance.mocks import catalogue
from conformance.mocks.kit.model import Settings
from conformance.results import CaseLine
from conformance.selftest.target import in_process

VENDORS = ("kuflow", "optimajet", "pliant", "smartflows", "instabase")
SEEDS = range(1, 21)


def trial(vendor: str, name: str, seed: int) -> tuple[int, int]:
    """The lines of the scenario that found a deviation (none: not found), and the requests that it took."""
    loaded, mock = Vendor.load(find(vendor)), catalogue.find(vendor)
    case = mock.deviations()[name].case
    mode = next(one for one in mock.MODES if plan(loaded, case, mode_of(loaded, one)))
    settings = Settings(mode=mode, seed=seed, deviations=frozenset({name}))
    subject = in_process(loaded, settings, plan(loaded, case, mode_of(loaded, mode)))
    line = next(one for one in execute([subject], Options(seed)) if isinstance(one, CaseLine))
    return len(line.scenario), line.requests


def main() -> int:
    """Print one row a deviation; 1 when one of them was missed, or shrunk to more than two steps over the shortest."""
    print(f"{datetime.now(UTC):%Y-%m-%d}  {platform.machine()}  Python {platform.python_version()}")
    wrong = 0
    with ProcessPoolExecutor(2) as pool:
        for vendor in sys.argv[1:] or VENDORS:
            deviations = catalogue.find(vendor).deviations()
            for name in [name for name, one in deviations.items() if "/model/" in one.case]:
                trials = list(pool.map(trial, *zip(*((vendor, name, seed) for seed in SEEDS), strict=True)))
                lengths = [length for length, _ in trials if length]
                bad = len(lengths) < len(trials) or max(lengths) > min(lengths) + 2
                wrong += bad
                shown = f"{min(lengths)} to {max(lengths)} steps" if lengths else "never found"
                requests = sum(count for _, count in trials) // len(trials)
                print(f"{vendor:11} {name:36} {len(lengths)}/{len(trials)}  {shown}, {requests} requests{'  !' * bad}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
