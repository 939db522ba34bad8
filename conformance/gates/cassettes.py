"""Recorded traffic is what the contract and the semantics say."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.cassettes import files
from conformance.cassettes.cassette import Cassette
from conformance.cassettes.finding import Finding as Disagreement
from conformance.contract.pointer import join
from conformance.contract.reading import read_back
from conformance.drift.finding import Finding
from conformance.gates.subject import NothingToHold, Subject, shown
from conformance.recording.naming import recorder

WITNESSES = "contract and cassettes"


def hold(subject: Subject) -> Iterator[Finding]:
    """Every way in which a cassette contradicts the contract."""
    if not subject.cassettes:
        raise NothingToHold(f"no cassette of {subject.vendor.name}")
    mend = f"{recorder(subject.vendor.name)}, or correct the contract"
    for cassette, contradictions in subject.cassettes:
        for one in contradictions:
            yield told(subject, WITNESSES, "cassette-contradicts", cassette, one, mend)


def told(subject: Subject, witnesses: str, rule: str, cassette: Cassette, one: Disagreement, mend: str) -> Finding:
    """A disagreement about a cassette as a finding of the gate; its pointer leads to the interaction.

    A cassette that came with the package is no file of the project: there it leads to the operation of the contract.
    """
    at = join("interactions", one.interaction - 1) if one.interaction is not None else ""
    where = f"{one.pointer}: " if one.pointer else ""
    number = f"interaction {one.interaction}: " if one.interaction is not None else ""
    says = f"{number}{where}{one.message} (witness: {one.witness})"
    if not files.is_installed(one.file):
        return Finding(subject.vendor.name, witnesses, rule, shown(one.file), at, says, mend)
    file = subject.file("openapi.yaml")
    name = f"the installed {subject.vendor.name}/{one.file.name}: "
    return Finding(subject.vendor.name, witnesses, rule, file, _spoken_of(subject, cassette, one), name + says, mend)


def _spoken_of(subject: Subject, cassette: Cassette, one: Disagreement) -> str:
    """The pointer to the operation that an interaction calls, empty where the contract has none."""
    if one.interaction is None or one.file != cassette.path:
        return ""
    wire = cassette.interactions[one.interaction - 1].wire
    request = read_back(subject.vendor.document, cassette.provenance.base, wire)
    return subject.place(request.operation) if request else ""
