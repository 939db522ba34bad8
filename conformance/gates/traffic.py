"""What live servers were heard to answer is what the contract describes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from conformance.drift import traffic
from conformance.drift.finding import Finding
from conformance.drift.rendering.note import line_of
from conformance.gates.subject import NothingToHold, Subject, shown

WITNESSES = traffic.WITNESSES


def hold(subject: Subject) -> Iterator[Finding]:
    """Every undocumented operation, status and property."""
    if not subject.results and not subject.traffic:
        raise NothingToHold("no --results and no --har")
    for one in _heard(subject):
        yield one if subject.vendor.is_installed else _in_contract(subject, one)


def _heard(subject: Subject) -> Iterator[Finding]:
    for path, results in subject.results:
        file = shown(path)
        yield from traffic.observed(subject.vendor, file, results)
        yield from traffic.findings(subject.vendor, file, tuple(traffic.of_results(results, subject.vendor.name)))
    for path in subject.traffic:
        yield from traffic.findings(subject.vendor, shown(path), traffic.of_har(path))


def _in_contract(subject: Subject, one: Finding) -> Finding:
    """The same at the operation of the contract: what was recorded is seldom a file of the project."""
    line = line_of(subject.vendor.document.path, subject.place(one.operation))
    return replace(one, file=subject.file("openapi.yaml"), line=line, says=f"{one.says}, heard in {one.file}")
