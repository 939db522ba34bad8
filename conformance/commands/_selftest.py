"""What ``conformance selftest`` does: run the trials, tell each problem, and count."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from conformance.contract.lint.linting import require_fit
from conformance.contract.vendor import Vendor, find, folders
from conformance.errors import UsageError
from conformance.mocks import catalogue
from conformance.selftest.coverage import covered_rows
from conformance.selftest.trial import Outcome, deviant, honest, run_all


def selftest(vendors: Sequence[str], full: bool, jobs: int, specs: list[Path], as_json: bool) -> int:
    """Carry out the command and return its exit code."""
    everything: list[Outcome] = []
    for name in vendors or sorted(folders(specs).keys() & set(catalogue.vendors())):
        folder = find(name, specs)
        vendor = Vendor.load(folder)
        require_fit(vendor)
        started = time.perf_counter()
        trials = [*honest(folder, name), *deviant(folder, name, full=full)]
        if not trials:
            raise UsageError(f"the mock of {name} has neither modes nor deviations")
        outcomes: list[Outcome] = []
        for outcome in run_all(trials, jobs):
            outcomes.append(outcome)
            if sys.stderr.isatty():
                click.echo(f"\r{name}: {len(outcomes)} of {len(trials)} trials", err=True, nl=False)
            if outcome.problem and not as_json:
                click.echo(f"{name} {outcome.trial.name}: {outcome.problem}")
        if sys.stderr.isatty():
            click.echo("\r\033[K", err=True, nl=False)
        everything += outcomes
        if not as_json:
            _tell(vendor, outcomes, full, time.perf_counter() - started)
    if as_json:
        click.echo(json.dumps([asdict(outcome) for outcome in everything], default=str))
    return 1 if any(outcome.problem for outcome in everything) else 0


def _tell(vendor: Vendor, outcomes: Sequence[Outcome], full: bool, seconds: float) -> None:
    clean = [outcome for outcome in outcomes if outcome.trial.deviation is None]
    broken = [outcome for outcome in outcomes if outcome.trial.deviation is not None]
    if full:
        _matrix(broken)
    rows, all_rows = covered_rows(vendor.semantics.clauses, broken)
    click.echo(
        f"{vendor.name}: {_of(clean)} honest servers without an alarm, {_of(broken)} deviations caught by their cases, "
        f"{len(rows)} of {len(all_rows)} rows of clauses covered, "
        f"{sum(outcome.requests for outcome in outcomes)} requests, {seconds:.1f} s"
    )


def _of(outcomes: Sequence[Outcome]) -> str:
    return f"{sum(not outcome.problem for outcome in outcomes)} of {len(outcomes)}"


def _matrix(outcomes: Sequence[Outcome]) -> None:
    """A row a deviation, a column a facet: how many cases of the facet it turned red."""
    rows = [(outcome, Counter(case.split("/")[2] for case in outcome.alarms)) for outcome in outcomes]
    facets = sorted({facet for _, counts in rows for facet in counts})
    width = max((len(outcome.trial.name) for outcome in outcomes), default=0)
    click.echo(" " * width + "  " + "  ".join(facets))
    for outcome, counts in rows:
        cells = "  ".join(str(counts[facet] or "·").rjust(len(facet)) for facet in facets)
        click.echo(f"{outcome.trial.name:<{width}}  {cells}")
