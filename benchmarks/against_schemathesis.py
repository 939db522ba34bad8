"""What ``conformance run kuflow`` and stock ``schemathesis run`` find on the same wrong servers, and at what cost.

Usage: python benchmarks/against_schemathesis.py [--deviations N|all] [--faults N|all] [--seeds S...] [--in-turn]

Each wrong server is KuFlow's mock with one deviation, or with one fault of one operation. Both tools meet it over real
sockets, with the defaults of the command line; Schemathesis is given the credentials besides. A detection is a failure
that the same tool with the same seed does not report of the honest mock. The honest mock is met first, by one tool
after the other, since that is what is timed; the wrong ones then side by side, a core each, with every seed or, with
``--in-turn``, with one of the seeds each. Requests are counted by the server.

Rewrites benchmarks/against_schemathesis.md after each wrong server, so that a long run can be cut short.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from faulty import Fault, faults, serving

from conformance.contract.vendor import Vendor, find
from conformance.mocks import catalogue
from conformance.mocks.kit.environment import toml

ROOT = Path(__file__).parents[1]
VENDOR = "kuflow"
LIMIT_SECONDS = 600


@dataclass(frozen=True)
class Run:
    """What one run of a tool reports, what it sends, and how long it takes."""

    failures: frozenset[str]
    requests: int
    seconds: float


@dataclass(frozen=True)
class Wrong:
    """A wrong server: a deviation of the mock, or a fault; neither for the honest one."""

    deviation: str | None = None
    fault: Fault | None = None

    @property
    def kind(self) -> str:
        """The row of the table."""
        return "semantic deviations" if self.fault is None else self.fault.kind

    @property
    def name(self) -> str:
        """The server in a word."""
        return self.fault.name if self.fault else str(self.deviation)


Tool = Callable[[Mapping[str, Any], int, Path], frozenset[str]]
Honest = dict[tuple[str, int], Run]
"""What each tool does with each seed on the honest mock."""
Found = Mapping[str, Sequence[bool]]
"""What each tool tells of one wrong server, seed by seed."""


def lines(environment: Mapping[str, Any], seed: int, folder: Path, *options: str) -> list[dict[str, Any]]:
    """The result lines of a run, its footer last."""
    (folder / "mock.toml").write_text(toml(VENDOR, environment), encoding="utf-8")
    command = [sys.executable, "-m", "conformance", "run", "--env", "mock.toml", "--seed", str(seed)]
    command += ["--json", *options]
    found = [json.loads(line) for line in _said(command, folder).splitlines()]
    if not found or found[-1]["kind"] != "footer":
        raise SystemExit(f"no results of {' '.join(command)}")
    return found


def ours(environment: Mapping[str, Any], seed: int, folder: Path) -> frozenset[str]:
    """The cases that a run ends with FAIL or WARN."""
    return frozenset(
        line["case"] for line in lines(environment, seed, folder) if line.get("verdict") in {"FAIL", "WARN"}
    )


def stock(environment: Mapping[str, Any], seed: int, folder: Path) -> frozenset[str]:
    """The kinds of failure that Schemathesis reports, each with its operation."""
    auth = environment["auth"]
    document = str(ROOT / "specs" / VENDOR / "openapi.yaml")
    command = [str(Path(sys.executable).parent / "schemathesis"), "run", document, "--url", environment["url"]]
    command += ["--seed", str(seed), "-a", f"{auth['username']}:{auth['password']}"]
    _said([*command, "--report", "json", "--report-json-path", "report.json"], folder)
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return frozenset(f"{one['code']} {where}" for one in report["failures"] for where in one["operations"])


def _said(command: Sequence[str], folder: Path) -> str:
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=LIMIT_SECONDS,
        env={**os.environ, "PYTHONPATH": path},
    )
    return done.stdout


def run(tool: Tool, wrong: Wrong, seed: int) -> Run:
    """One run of a tool on a fresh server, in an empty folder."""
    with tempfile.TemporaryDirectory() as folder, serving(VENDOR, wrong.deviation, wrong.fault) as (environment, count):
        started = time.perf_counter()
        failures = tool(environment, seed, Path(folder))
        return Run(failures, count.value, time.perf_counter() - started)


TOOLS: Mapping[str, Tool] = {"conformance": ours, "schemathesis": stock}


def drawn(wanted: str, all_of_them: Sequence[Wrong]) -> list[Wrong]:
    """As many as wanted, the same ones every time."""
    if wanted == "all" or int(wanted) >= len(all_of_them):
        return list(all_of_them)
    return sorted(random.Random(1).sample(list(all_of_them), int(wanted)), key=lambda one: one.name)


def main() -> None:
    """Run everything; progress goes to stderr, the table to the file beside this one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--deviations", default="20", metavar="N|all")
    parser.add_argument("--faults", default="20", metavar="N|all")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3], metavar="S")
    parser.add_argument("--in-turn", action="store_true", help="each wrong server at one of the seeds")
    asked = parser.parse_args()
    deviations = [Wrong(name) for name in catalogue.find(VENDOR).deviations()]
    broken = [Wrong(None, fault) for fault in faults(Vendor.load(find(VENDOR)).document)]
    wrongs = [*drawn(asked.deviations, deviations), *drawn(asked.faults, broken)]
    honest: Honest = {}
    for seed in asked.seeds:
        for name, tool in TOOLS.items():
            honest[name, seed] = run(tool, Wrong(), seed)
            print(f"seed {seed} honest {name}: {honest[name, seed]}", file=sys.stderr, flush=True)
    load = os.getloadavg()[1]
    found: dict[Wrong, Found] = {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        looked = {
            pool.submit(
                look, wrong, [asked.seeds[at % len(asked.seeds)]] if asked.in_turn else asked.seeds, honest
            ): wrong
            for at, wrong in enumerate(wrongs)
        }
        for done in as_completed(looked):
            wrong = looked[done]
            found[wrong] = done.result()
            print(f"{wrong.name}: {found[wrong]}", file=sys.stderr, flush=True)
            scope = f"{len(found)} of {len(deviations) + len(broken)} wrong servers"
            each = "each at one of the seeds" if asked.in_turn else "each at every seed"
            met = {one: found[one] for one in wrongs if one in found}
            page = table(f"{scope}, {each}", asked.seeds, load, honest, met)
            Path(__file__).with_suffix(".md").write_text(page, encoding="utf-8")


def look(wrong: Wrong, seeds: Sequence[int], honest: Honest) -> Found:
    """Whether each tool tells a wrong server, seed by seed."""
    return {
        name: [bool(run(tool, wrong, seed).failures - honest[name, seed].failures) for seed in seeds]
        for name, tool in TOOLS.items()
    }


def table(scope: str, seeds: Sequence[int], load: float, honest: Honest, found: Mapping[Wrong, Found]) -> str:
    """The page: what is found, of each kind, at most of its seeds; and the cost of a run on the honest mock."""
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    lines = [
        "# Against stock Schemathesis",
        "",
        f"Written by `against_schemathesis.py` on {datetime.now(UTC):%Y-%m-%d}: {machine}, Schemathesis",
        f"{version('schemathesis')}; {scope};",
        f"medians over the seeds {', '.join(map(str, seeds))}; load {load:.1f} while time was taken.",
        "",
        f"| | {' | '.join(TOOLS)} |",
        "|---|---|---|",
    ]
    for kind in dict.fromkeys(wrong.kind for wrong in found):
        of_the_kind = [each for wrong, each in found.items() if wrong.kind == kind]
        cells = [f"{sum(median(each[name]) > 0.5 for each in of_the_kind)} of {len(of_the_kind)}" for name in TOOLS]
        lines.append(f"| found: {kind} | {' | '.join(cells)} |")
    figures: dict[str, Callable[[Run], float]] = {
        "requests of a run on the honest mock": lambda run: run.requests,
        "seconds of a run on the honest mock": lambda run: run.seconds,
        "failures reported of the honest mock": lambda run: len(run.failures),
    }
    for title, read in figures.items():
        cells = [f"{median(read(honest[name, seed]) for seed in seeds):.0f}" for name in TOOLS]
        lines.append(f"| {title} | {' | '.join(cells)} |")
    alone = [wrong.name for wrong, each in found.items() if _only_stock(each)]
    lines += ["", f"Found by Schemathesis alone, at any seed: {', '.join(alone) or 'none'}.", ""]
    return "\n".join(lines)


def _only_stock(each: Found) -> bool:
    return any(theirs and not mine for mine, theirs in zip(each["conformance"], each["schemathesis"], strict=True))


if __name__ == "__main__":
    main()
