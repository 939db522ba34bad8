"""What live servers were heard to answer is what the contract describes."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.drift import traffic
from conformance.drift.finding import Finding
from conformance.gates.subject import NothingToHold, Subject, shown

WITNESSES = traffic.WITNESSES


def hold(subject: Subject) -> Iterator[Finding]:
    """Every undocumented operation, status and property."""
    if not subject.results and not subject.traffic:
        raise NothingToHold("no --results and no --har")
    for path, results in subject.results:
        file = shown(path)
        yield from traffic.observed(subject.vendor, file, results)
        yield from traffic.findings(subject.vendor, file, tuple(traffic.of_results(results, subject.vendor.name)))
    for path in subject.traffic:
        yield from traffic.findings(subject.vendor, shown(path), traffic.of_har(path))
