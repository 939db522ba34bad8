"""What ``conformance replay`` does: find cassettes, replay them, tell what was found."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import click

from conformance.cassettes import files
from conformance.cassettes.agreement import findings
from conformance.cassettes.cassette import Cassette
from conformance.cassettes.finding import Finding
from conformance.cassettes.provenance import Provenance
from conformance.commands._targets import file_targets, mode_in
from conformance.commands._usage import refuse
from conformance.contract.lint.linting import require_fit
from conformance.contract.vendor import Vendor, find
from conformance.engine.environment import Target
from conformance.engine.plan import mode_of
from conformance.engine.scenario import Scenario
from conformance.errors import UsageError, nearest
from conformance.gates import mock as gate
from conformance.recording.against import Comparison, against
from conformance.recording.naming import recorder
from conformance.recording.replay import replay as play
from conformance.recording.tour import recordable
from conformance.report.words import visible


@dataclass(frozen=True)
class _Outcome:
    """What came of one cassette; ``asked`` names the server that was held against it, if any was."""

    cassette: Cassette
    comparison: Comparison
    asked: str = ""


def replay(
    *,
    vendors: tuple[str, ...],
    against_mock: bool,
    env_files: tuple[str, ...],
    targets: tuple[str, ...],
    only: str | None,
    max_age: int | None,
    seed: int | None,
    places: tuple[str, ...],
    specs: tuple[str, ...],
    as_json: bool,
) -> int:
    """Carry out the command and return its exit code."""
    refuse((against_mock and env_files, "--against-mock does not go with --env", "leave one of them out"))
    named = file_targets(env_files, targets, vendors, [Path(one) for one in specs])
    for target in named:
        mode_in(Vendor.load(find(target.vendor, [Path(one) for one in specs])), target.mode, target.name)
    names = vendors or tuple(dict.fromkeys(target.vendor for target in named))
    seed = secrets.randbelow(2**31) if seed is None else seed
    today = datetime.now(UTC).date()
    outcomes: list[_Outcome] = []
    for vendor, cassette in _chosen(names, only, [Path(place) for place in places], [Path(one) for one in specs]):
        old = _dated(cassette, max_age, today)
        for outcome in _outcomes(vendor, cassette, named, seed, mock=against_mock):
            outcomes.append(outcome)
            if not as_json:
                _tell(outcome, old, today)
        if old:
            outcomes.append(_Outcome(cassette, Comparison((old,))))
    if not outcomes:
        modes = ", ".join(sorted({target.mode or "none" for target in named}))
        raise UsageError(f"no cassette is of the mode that a target is in ({modes})", "name other targets or vendors")
    if as_json:
        click.echo(json.dumps([_plain(one) for one in outcomes], indent=2))
    elif against_mock or named:
        _tell_evidence(outcomes)
    if any(one.comparison.findings for one in outcomes):
        return 1
    return 3 if any(one.comparison.skipped for one in outcomes) else 0


def _outcomes(
    vendor: Vendor, cassette: Cassette, targets: Sequence[Target], seed: int, *, mock: bool
) -> Iterator[_Outcome]:
    told = cassette.provenance
    gone = () if told.scenario is None or _scenario(vendor, told) else (_gone(cassette),)
    if mock:
        came = gate.against_mock(vendor, cassette, seed)
        yield _Outcome(cassette, replace(came, findings=(*gone, *came.findings)), "the mock")
        return
    for target in targets:
        if target.vendor == vendor.name and told.mode in (None, mode_of(vendor, target.mode), target.mode):
            came = against(vendor, cassette, target, seed)
            yield _Outcome(cassette, replace(came, findings=(*gone, *came.findings)), target.name)
    if not targets:
        yield _Outcome(cassette, Comparison((*_played(vendor, cassette), *findings(vendor, cassette))))


def _chosen(
    vendors: Sequence[str], only: str | None, places: Sequence[Path], specs: Sequence[Path]
) -> Iterator[tuple[Vendor, Cassette]]:
    known = files.vendors(places)
    if places and not known:
        raise UsageError(
            f"{' and '.join(map(str, places))}: there is no cassette", "it holds VENDOR/SCENARIO.yaml of 'record'"
        )
    chosen: list[tuple[str, Path]] = []
    for name in vendors or known:
        if name not in known:
            find(name, specs)
            raise UsageError(f"{name} has no cassettes", f"'{recorder(name)}' records them")
        chosen += [(name, path) for path in files.cassettes(name, places)]
    left = [(name, path) for name, path in chosen if only is None or fnmatchcase(path.stem, only)]
    if not left:
        raise UsageError(f"no cassette matches {only!r}", nearest(only or "", {path.stem for _, path in chosen}))
    loaded: dict[str, Vendor] = {}
    for name, path in left:
        if name not in loaded:
            loaded[name] = Vendor.load(find(name, specs))
            require_fit(loaded[name])
        yield loaded[name], files.load(path, loaded[name].name)


def _played(vendor: Vendor, cassette: Cassette) -> list[Finding]:
    told = cassette.provenance
    if told.scenario is None:
        return []
    scenario = _scenario(vendor, told)
    return [_gone(cassette)] if scenario is None else play(vendor, cassette, scenario)


def _scenario(vendor: Vendor, told: Provenance) -> Scenario | None:
    return next((one for one in recordable(vendor, told.mode) if one.name == told.scenario), None)


def _gone(cassette: Cassette) -> Finding:
    message = f"there is no scenario {cassette.provenance.scenario!r} any more"
    return Finding(cassette.path, None, "", message, cassette.provenance.provenance)


def _dated(cassette: Cassette, limit: int | None, today: date) -> Finding | None:
    age = cassette.provenance.age(today)
    if age < 0:
        message = f"recorded on {cassette.provenance.recorded}, which is yet to come"
        return Finding(cassette.path, None, "", message, cassette.provenance.provenance)
    if limit is None or age <= limit or cassette.provenance.provenance == "document":
        return None
    message = f"recorded {age} days ago, {limit} are allowed"
    return Finding(cassette.path, None, "", message, cassette.provenance.provenance)


def _tell(outcome: _Outcome, old: Finding | None, today: date) -> None:
    told, comparison = outcome.cassette.provenance, outcome.comparison
    found = [*comparison.findings, *([old] if old else [])]
    word = "FAIL" if found else "SKIP" if comparison.skipped else "ok"
    words = f"{len(outcome.cassette.interactions)} interactions, {told.provenance}, {told.age(today)} days old"
    click.echo(f"{word:4}  {outcome.cassette.name}  {words}{', against ' * bool(outcome.asked)}{outcome.asked}")
    for one in found:
        click.echo(visible(f"      {one}"))
    if comparison.skipped:
        click.echo(visible(f"      not asked: {comparison.skipped}"))
    for name in comparison.left if outcome.asked != "the mock" else ():
        click.echo(visible(f"      left behind: {name}"), err=True)


def _tell_evidence(outcomes: Sequence[_Outcome]) -> None:
    """How many exchanges agree, and how many of them say anything about the vendor."""
    asked = [one for one in outcomes if one.asked]
    counted = sum(one.comparison.agreeing for one in asked)
    evidence = sum(one.comparison.agreeing for one in asked if one.cassette.provenance.is_evidence)
    click.echo(f"{counted} exchanges agree, {evidence} of them with what a live server or a vendor's document says")


def _plain(outcome: _Outcome) -> dict[str, Any]:
    told, comparison = outcome.cassette.provenance, outcome.comparison
    return {
        "cassette": outcome.cassette.name,
        "file": str(outcome.cassette.path),
        "provenance": told.provenance,
        "recorded": told.recorded.isoformat(),
        "against": outcome.asked or None,
        "compared": comparison.compared,
        "agreeing": comparison.agreeing,
        "evidence": comparison.agreeing if told.is_evidence else 0,
        "skipped": comparison.skipped or None,
        "findings": [{**vars(one), "file": str(one.file)} for one in comparison.findings],
    }
