"""What live servers were heard to answer is what the contract describes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from conformance.drift import traffic
from conformance.drift.finding import Finding
from conformance.drift.rendering.note import line_of
from conformance.gates.subject import NothingToHold, Subject, shown
from conformance.results import Results

WITNESSES = traffic.WITNESSES
_OTHER = "the run was of another contract"
_BLIND = "the run did not look: no case contract/undeclared got replies"


def hold(subject: Subject) -> Iterator[Finding]:
    """Every undocumented operation, status and property; agreement only where every witness could tell."""
    name = subject.vendor.name
    results = [(path, run) for path, run in subject.results if any(one.vendor == name for one in run.header.targets)]
    if not results and not subject.traffic:
        raise NothingToHold(f"no run of {name} in --results" if subject.results else "no --results and no --har")
    reasons = [(path, run, _silence(subject, run)) for path, run in results]
    heard = [one for path, run, why in reasons if why != _OTHER for one in _of_run(subject, shown(path), run)]
    for path in subject.traffic:
        heard += traffic.findings(subject.vendor, shown(path), traffic.of_har(path))
    silent = [f"{why} ({shown(path)})" for path, _, why in reasons if why]
    if silent and not heard:
        raise NothingToHold("; ".join(silent))
    for one in heard:
        yield one if subject.vendor.is_installed else _in_contract(subject, one)


def _silence(subject: Subject, run: Results) -> str:
    """Why a run cannot tell that everything agrees; nothing where it can."""
    if not traffic.is_of_contract(run, subject.vendor):
        return _OTHER
    return "" if traffic.looked(run, subject.vendor.name) else _BLIND


def _of_run(subject: Subject, file: str, run: Results) -> Iterator[Finding]:
    yield from traffic.observed(subject.vendor, file, run)
    yield from traffic.findings(subject.vendor, file, tuple(traffic.of_results(run, subject.vendor.name)))


def _in_contract(subject: Subject, one: Finding) -> Finding:
    """The same at the operation of the contract: what was recorded is seldom a file of the project."""
    line = line_of(subject.vendor.document.path, subject.place(one.operation))
    return replace(one, file=subject.file("openapi.yaml"), line=line, says=f"{one.says}, heard in {one.file}")
