"""What ``conformance record`` does: run scenarios on targets or mocks, and write what is fit to be kept."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import click

from conformance.commands._targets import file_targets, mode_in
from conformance.commands._usage import refuse
from conformance.contract.lint.linting import require_fit
from conformance.contract.vendor import Vendor, find, folders
from conformance.engine.environment import Target
from conformance.engine.scenario import Scenario
from conformance.errors import RecordingError, UsageError, nearest
from conformance.mocks import catalogue
from conformance.mocks.kit.model import Settings
from conformance.recording.naming import recorder
from conformance.recording.record import Recorded
from conformance.recording.record import record as keep
from conformance.recording.tour import recordable
from conformance.report.words import visible
from conformance.selftest.target import in_process


@dataclass(frozen=True)
class _Take:
    """One scenario to record from one target, or from a fresh mock in ``mode``."""

    vendor: Vendor
    scenario: Scenario
    target: Target | None
    mode: str = ""


def record(
    *,
    vendors: tuple[str, ...],
    env_files: tuple[str, ...],
    mock: bool,
    targets: tuple[str, ...],
    only: str | None,
    seed: int | None,
    output: str,
    specs: tuple[str, ...],
) -> int:
    """Carry out the command and return its exit code."""
    refuse((mock and env_files, "--mock does not go with --env", "leave one of them out"))
    places = [Path(place) for place in specs]
    named = file_targets(env_files, targets, vendors, places)
    takes = list(_live(named, places) if named else _mocked(vendors, places))
    chosen = [take for take in takes if only is None or fnmatchcase(take.scenario.name, only)]
    if not chosen:
        names = {take.scenario.name for take in takes}
        raise UsageError(f"no scenario to record matches {only or 'these vendors'!r}", nearest(only or "", names))
    for vendor in {take.vendor.name: take.vendor for take in chosen}.values():
        require_fit(vendor)
    if seed is None:
        seed = secrets.randbelow(2**31) if named else 1
    failed = 0
    for take in chosen:
        path = Path(output) / take.vendor.name / f"{take.scenario.name}.yaml"
        try:
            recorded = _recorded(take, seed)
        except RecordingError as wrong:
            click.echo(visible(f"error: {wrong}"), err=True)
            failed += 1
            continue
        recorded.write(path)
        by = f", seed {seed}" if named else ""
        click.echo(f"{path}: {recorded.interactions} interactions, {recorded.told.provenance}{by}")
        for name in recorded.left if take.target else ():
            click.echo(visible(f"  left behind: {name}"), err=True)
    return 1 if failed else 0


def _recorded(take: _Take, seed: int) -> Recorded:
    if take.target is not None:
        return keep(take.vendor, take.target, take.scenario, seed)
    subject = in_process(take.vendor, Settings(mode=take.mode, seed=seed), ())
    return keep(
        take.vendor, subject.target, take.scenario, seed, transport=subject.transport, controls=subject.controls
    )


def _live(targets: Sequence[Target], places: Sequence[Path]) -> Iterator[_Take]:
    for target in targets:
        vendor = Vendor.load(find(target.vendor, places))
        for scenario in recordable(vendor, mode_in(vendor, target.mode, target.name)):
            yield _Take(vendor, scenario, target)


def _mocked(vendors: Sequence[str], places: Sequence[Path]) -> Iterator[_Take]:
    """Each scenario once, on the mock in the first mode in which it makes sense."""
    for name in vendors or sorted(folders(places).keys() & set(catalogue.vendors())):
        vendor = Vendor.load(find(name, places))
        if name not in catalogue.vendors():
            raise UsageError(f"no mock of {name!r}", f"'{recorder(name)}' records a live server")
        modes = catalogue.find(name).MODES
        for scenario in recordable(vendor):
            yield _Take(vendor, scenario, None, next(iter(scenario.modes), modes[0]))
