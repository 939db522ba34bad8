"""What ``conformance replay`` does: find cassettes, replay them, tell what was found."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import click

from conformance.cassettes import files
from conformance.cassettes.cassette import Cassette
from conformance.cassettes.finding import Finding
from conformance.contract.vendor import Vendor, find
from conformance.engine.scenario import scenarios
from conformance.errors import UsageError, nearest
from conformance.recording.replay import replay as play


def replay(
    *,
    vendors: tuple[str, ...],
    only: str | None,
    max_age: int | None,
    places: tuple[str, ...],
    specs: tuple[str, ...],
    as_json: bool,
) -> int:
    """Carry out the command and return its exit code."""
    found: list[Finding] = []
    today = datetime.now(UTC).date()
    for vendor, cassette in _chosen(vendors, only, [Path(place) for place in places], [Path(one) for one in specs]):
        mine = [*_too_old(cassette, max_age, today), *_played(vendor, cassette)]
        found += mine
        if not as_json:
            _tell(cassette, mine, today)
    if as_json:
        click.echo(json.dumps([_plain(one) for one in found], indent=2))
    return 1 if found else 0


def _chosen(
    vendors: Sequence[str], only: str | None, places: Sequence[Path], specs: Sequence[Path]
) -> Iterator[tuple[Vendor, Cassette]]:
    known = files.vendors(places)
    chosen: list[tuple[str, Path]] = []
    for name in vendors or known:
        if name not in known:
            find(name, specs)
            raise UsageError(f"{name} has no cassettes", f"'conformance record {name}' records them")
        chosen += [(name, path) for path in files.cassettes(name, places)]
    left = [(name, path) for name, path in chosen if only is None or fnmatchcase(path.stem, only)]
    if not left:
        raise UsageError(f"no cassette matches {only!r}", nearest(only or "", {path.stem for _, path in chosen}))
    loaded: dict[str, Vendor] = {}
    for name, path in left:
        if name not in loaded:
            loaded[name] = Vendor.load(find(name, specs))
        yield loaded[name], files.load(path)


def _played(vendor: Vendor, cassette: Cassette) -> list[Finding]:
    told = cassette.provenance
    if told.scenario is None:
        return []
    scenario = next((one for one in scenarios(vendor.name) if one.name == told.scenario), None)
    if scenario is None:
        message = f"there is no scenario {told.scenario!r} any more"
        return [Finding(cassette.path, None, "", message, told.provenance)]
    return play(vendor, cassette, scenario)


def _too_old(cassette: Cassette, limit: int | None, today: date) -> list[Finding]:
    age = cassette.provenance.age(today)
    if limit is None or age <= limit or cassette.provenance.provenance == "document":
        return []
    message = f"recorded {age} days ago, {limit} are allowed"
    return [Finding(cassette.path, None, "", message, cassette.provenance.provenance)]


def _tell(cassette: Cassette, findings: Sequence[Finding], today: date) -> None:
    told = cassette.provenance
    words = f"{len(cassette.interactions)} interactions, {told.provenance}, {told.age(today)} days old"
    click.echo(f"{'FAIL' if findings else 'ok':4}  {cassette.name}  {words}")
    for one in findings:
        click.echo(f"      {one}")


def _plain(finding: Finding) -> dict[str, Any]:
    return {**vars(finding), "file": str(finding.file)}
