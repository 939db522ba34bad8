"""The contract is on the wire what it was when it was proven equal to the vendor's own document."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.drift.finding import Finding
from conformance.drift.published import RECORD, departures, load_publication
from conformance.gates.subject import NothingToHold, Subject

WITNESSES = "contract and publication"


def hold(subject: Subject) -> Iterator[Finding]:
    """Every operation that departed, with the parts of it that did."""
    vendor, record = subject.vendor, subject.vendor.folder / RECORD
    if not record.is_file():
        raise NothingToHold(f"there is no {subject.file(RECORD)}")
    publication = load_publication(record)
    mend = f"conformance drift {vendor.name} --against FILE --accept, with version {publication.document.version}"
    for one in departures(vendor.document.root, publication):
        for pointer in one.pointers or ("",):
            file = subject.file("openapi.yaml")
            yield Finding(vendor.name, WITNESSES, "publication-departed", file, pointer, one.says, mend, one.operation)
