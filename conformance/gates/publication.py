"""The contract is on the wire what it was when it was proven equal to the vendor's own document."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.contract.document import Document
from conformance.contract.pointer import get, join, tokens
from conformance.drift.finding import Finding
from conformance.drift.published import RECORD, departures, load_publication
from conformance.drift.rendering.note import line_of, located
from conformance.gates.subject import NothingToHold, Subject

WITNESSES = "contract and publication"


def hold(subject: Subject) -> Iterator[Finding]:
    """Every operation that departed, with the parts of it that did."""
    vendor, record = subject.vendor, subject.vendor.folder / RECORD
    if not record.is_file():
        raise NothingToHold(f"there is no {RECORD if vendor.is_installed else subject.file(RECORD)}")
    publication = load_publication(record)
    mend = f"conformance drift {vendor.name} --against FILE --accept, with version {publication.document.version}"
    for one in departures(vendor.document.root, publication):
        for pointer in one.pointers or ("",):
            file = subject.file("openapi.yaml")
            line = _line(vendor.document, subject.place(one.operation), pointer)
            yield Finding(
                vendor.name, WITNESSES, "publication-departed", file, pointer, one.says, mend, one.operation, line
            )


def _line(document: Document, at: str, part: str) -> int:
    """The line on which a ``part`` of the wire form of the operation ``at`` is written; 0 where there is none."""
    if not at:
        return 0
    above = at.rpartition("/")[0]
    match tokens(part):
        case ("path",):
            at = above
        case ("parameters", key):
            at = _parameter(document, (at, above), key)
        case ("request", *rest):
            at += join("requestBody", *rest)
        case _:
            at += part
    return line_of(document.path, located(document, _as_written(document, at)))


def _as_written(document: Document, at: str) -> str:
    """A pointer with its statuses, media types and headers spelled as the document does: they have no case."""
    place = ""
    for token in tokens(at):
        here = get(document.root, located(document, place))
        written = [str(key) for key in here if str(key).lower() == token.lower()] if isinstance(here, dict) else []
        place += join(token if token in written else next(iter(written), token))
    return place


def _parameter(document: Document, places: tuple[str, str], key: str) -> str:
    """The pointer of the schema of a parameter (``query size``) of an operation, or of its path."""
    for place in places:
        listed = get(document.root, f"{place}/parameters")
        for index, node in enumerate(listed if isinstance(listed, list) else ()):
            found = document.resolve(node)
            if f"{found['in']} {found['name']}".lower() == key.lower():
                return place + join("parameters", index, "schema")
    return places[0]
