"""Recorded traffic is what the contract and the semantics say."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.cassettes import files
from conformance.cassettes.agreement import findings
from conformance.cassettes.finding import Finding as Disagreement
from conformance.contract.pointer import join
from conformance.drift.finding import Finding
from conformance.gates.subject import NothingToHold, Subject, shown

WITNESSES = "contract and cassettes"


def hold(subject: Subject) -> Iterator[Finding]:
    """Every way in which a cassette contradicts the contract."""
    paths = files.cassettes(subject.vendor.name)
    if not paths:
        raise NothingToHold(f"no cassette of {subject.vendor.name}")
    mend = f"conformance record {subject.vendor.name}, or correct the contract"
    for path in paths:
        for one in findings(subject.vendor, files.load(path, subject.vendor.name)):
            yield told(subject, WITNESSES, "cassette-contradicts", one, mend)


def told(subject: Subject, witnesses: str, rule: str, one: Disagreement, mend: str) -> Finding:
    """A disagreement about a cassette as a finding of the gate; its pointer leads to the interaction."""
    at = join("interactions", one.interaction - 1) if one.interaction is not None else ""
    where = f"{one.pointer}: " if one.pointer else ""
    number = f"interaction {one.interaction}: " if one.interaction is not None else ""
    says = f"{number}{where}{one.message} (witness: {one.witness})"
    return Finding(subject.vendor.name, witnesses, rule, shown(one.file), at, says, mend)
