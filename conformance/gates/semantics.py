"""The semantics speak of what the contract has."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.drift.finding import Finding
from conformance.engine.planlint import findings
from conformance.gates.subject import Subject

WITNESSES = "contract and semantics"


def hold(subject: Subject) -> Iterator[Finding]:
    """Every finding of the lint."""
    vendor, file = subject.vendor, subject.file("semantics.yaml")
    for line in findings(vendor):
        pointer, _, says = line.removeprefix(f"{vendor.folder / 'semantics.yaml'}: ").partition(": ")
        mend = f"conformance clauses {vendor.name} --lint"
        yield Finding(vendor.name, WITNESSES, "semantics-unfit", file, pointer, says, mend)
