"""What ``conformance drift`` does: hold every pair of witnesses, weigh the waivers, tell the outcome."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from conformance.commands._distance import distance
from conformance.commands._usage import refuse
from conformance.contract.vendor import Vendor, find, folders
from conformance.drift import waivers
from conformance.drift.finding import Finding
from conformance.drift.rendering.github import github
from conformance.drift.rendering.note import of_findings
from conformance.drift.rendering.sarif import sarif
from conformance.drift.rendering.table import markdown, table
from conformance.drift.verdict import Drift, Row
from conformance.drift.verdict import as_json as drift_json
from conformance.errors import UsageError
from conformance.gates.subject import NothingToHold, Subject, discover
from conformance.results import read as read_results
from conformance.whole_file import write_whole

WAIVERS = "waivers.toml"


def drift(
    *,
    vendors: tuple[str, ...],
    against: str | None,
    any_digest: bool,
    accept: bool,
    results: tuple[str, ...],
    har: tuple[str, ...],
    generated: str | None,
    accept_all: bool,
    owner: str | None,
    expires: str | None,
    reason: str,
    shape: str,
    client: bool,
    specs: tuple[str, ...],
) -> int:
    """Carry out the command and return its exit code."""
    places = [Path(place) for place in specs]
    names = vendors or tuple(sorted(folders(places)))
    clients, alone = Path(generated or "generated"), "conformance drift VENDOR --against FILE"
    refuse(
        ((owner or expires) and not accept_all, "--owner and --expires need --accept-all", "add it, or leave them out"),
        (accept and not against, "--accept needs --against", alone),
        (any_digest and not against, "--any-digest needs --against", alone),
        (client and not against, "--client needs --against", alone),
        (against and len(vendors) != 1, "--against needs the vendor whose document it is", alone),
        (against and (results or har or accept_all), "--against holds nothing else against the contract", alone),
        (
            generated is not None and not clients.is_dir(),
            f"--generated {generated}: there is no such folder",
            "'conformance generate' writes clients",
        ),
    )
    if against is not None:
        folder = find(vendors[0], places)
        return distance(folder, against, shape, any_digest=any_digest, accept=accept, client=client)
    today = datetime.now(UTC).date()
    heard = tuple((Path(file), read_results(Path(file))) for file in results)
    subjects = [
        Subject(Vendor.load(find(name, places)), clients / name, heard, tuple(map(Path, har)), today) for name in names
    ]
    if accept_all:
        return _accept_all(subjects, owner, expires, reason)
    outcome = Drift(tuple(row for subject in subjects for row in rows(subject)))
    click.echo(rendered(outcome, shape), nl=False)
    return outcome.exit_code


def rows(subject: Subject) -> list[Row]:
    """A row for each pair of witnesses, and one for the waivers where there are any."""
    name, file = subject.vendor.name, subject.vendor.folder / WAIVERS
    held: list[tuple[str, tuple[Finding, ...], str]] = []
    for gate in discover():
        try:
            held.append((gate.WITNESSES, tuple(gate.hold(subject)), ""))
        except NothingToHold as nothing:
            held.append((gate.WITNESSES, (), str(nothing)))
    found = [finding for _, findings, _ in held for finding in findings]
    weighed = waivers.weigh(name, found, waivers.read(file), subject.file(WAIVERS), subject.today)
    told = [
        Row(
            name,
            witnesses,
            tuple(one for one in findings if one in weighed.counting),
            tuple((one, waiver) for one, waiver in weighed.accepted if one in findings),
            absent,
        )
        for witnesses, findings, absent in held
    ]
    stale = tuple(one for one in weighed.counting if one.witnesses == "waivers")
    return [*told, Row(name, "waivers", stale)] if file.is_file() else told


def rendered(outcome: Drift, shape: str) -> str:
    """The outcome in one of the forms."""
    match shape:
        case "json":
            return _json(drift_json(outcome))
        case "markdown":
            return markdown(outcome)
        case "sarif":
            return _json(sarif(of_findings(outcome.findings)))
        case "github":
            return github(of_findings(outcome.findings))
    return table(outcome)


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _accept_all(subjects: Sequence[Subject], owner: str | None, expires: str | None, reason: str) -> int:
    """Write a waiver for every finding of today; what was waived before stays as it is."""
    if not owner or not expires:
        raise UsageError("--accept-all needs --owner and --expires", "--owner api-team --expires 2027-01-31")
    try:
        day = date.fromisoformat(expires)
    except ValueError:
        raise UsageError(f"--expires {expires!r} is no date", "such as 2027-01-31") from None
    past = [subject for subject in subjects if day < subject.today]
    if past:
        raise UsageError(f"--expires {day} is past", f"an expired waiver fails the gate; today is {past[0].today}")
    for subject in subjects:
        findings = [one for row in rows(subject) for one in row.findings if row.witnesses != "waivers"]
        file = subject.vendor.folder / WAIVERS
        if findings:
            head = file.read_text(encoding="utf-8").rstrip("\n") + "\n" if file.is_file() else waivers.HEAD
            try:
                write_whole(file, head + waivers.written(findings, owner, reason, day))
            except OSError as wrong:
                raise UsageError(f"{file}: {wrong.strerror}", "give a folder that can be written") from None
        click.echo(f"{subject.vendor.name}: {len(findings)} findings waived until {day} by {owner}")
    return 0
