"""The vendor's own document: which one is meant, where the contract departs from it, whether they agree."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from conformance.contract.pointer import get
from conformance.drift.difference import Difference, differences
from conformance.drift.parts import changed_parts, parts
from conformance.drift.wire import wire_operations
from conformance.errors import DocumentError
from conformance.toml_file import Table, load

RECORD = "published.toml"
_PROOF = (
    "# Written by `conformance drift VENDOR --against FILE --accept`: the wire form of each operation, and its parts."
)
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class PublishedDocument(Table):
    """One version of a file in the vendor's public repository; ``sha256`` is over its bytes."""

    version: str
    repository: str
    path: str
    commit: str
    date: date
    sha256: Sha256


class PublicationException(Table):
    """A value that stands in the published document and not in the contract.

    ``pointer`` leads from each of the named schemas to the list that the value is taken from; ``lines`` of
    the vendor's documentation bear it out.
    """

    schemas: tuple[str, ...] = Field(min_length=1)
    pointer: str
    remove: str
    why: str
    lines: tuple[int, ...] = Field(min_length=1)


class Publication(Table):
    """What a ``published.toml`` says.

    ``wire`` holds the digest of each operation's wire form when equality was proven, ``parts`` those of its parts.
    """

    document: PublishedDocument
    exceptions: tuple[PublicationException, ...] = Field(default=(), alias="exception")
    wire: Mapping[str, Sha256]
    parts: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)


@dataclass(frozen=True)
class Departure:
    """An operation that is not as it was proven; ``pointers`` are its parts that changed, none for all of it."""

    operation: str
    says: str
    pointers: tuple[str, ...] = ()


def load_publication(path: Path) -> Publication:
    """Read a ``published.toml``.

    :raises DocumentError: missing, malformed, or with a key or value that does not belong there.
    """
    if not path.exists():
        raise DocumentError(f"{path}: no such file", "no published document is on record here")
    return load(path, Publication, DocumentError, "docs/drift.md tells what a record is")


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal, as ``published.toml`` holds it."""
    return sha256(content).hexdigest()


def corrected(published: Mapping[str, Any], exceptions: Iterable[PublicationException]) -> dict[str, Any]:
    """A copy of the published document without what the exceptions take away.

    :raises DocumentError: an exception takes away what is not there.
    """
    document = deepcopy(dict(published))
    for exception in exceptions:
        for schema in exception.schemas:
            place = f"/components/schemas/{schema}{exception.pointer}"
            values = get(document, place)
            if not isinstance(values, list) or exception.remove not in values:
                raise DocumentError(
                    f"exception {exception.remove!r}: not at {place} of the published document",
                    "remove that [[exception]], or correct its pointer",
                )
            values.remove(exception.remove)
    return document


def compare(
    contract: Mapping[str, Any], published: Mapping[str, Any], exceptions: Iterable[PublicationException]
) -> list[Difference]:
    """Where the contract (ours) and the published document (theirs) differ beyond the exceptions."""
    return differences(wire_operations(contract), wire_operations(corrected(published, exceptions)))


def departures(contract: Mapping[str, Any], publication: Publication) -> list[Departure]:
    """The operations whose wire form is not the one on record, or that only one side has."""
    ours = wire_operations(contract)
    found = []
    for name in sorted(ours.keys() | publication.wire.keys()):
        if name not in ours:
            found.append(Departure(name, "the contract has it no longer"))
        elif name not in publication.wire:
            found.append(Departure(name, "it is new in the contract"))
        elif ours[name].digest != publication.wire[name]:
            places = changed_parts(parts(ours[name].value), publication.parts.get(name, {}))
            found.append(Departure(name, "it changed since it was proven equal", tuple(places)))
    return found


def accepted(text: str, contract: Mapping[str, Any], sha256: str) -> str:
    """The text of a ``published.toml`` with the proof of this moment in the place of the one in ``text``."""
    head = re.sub(r'(?m)^sha256 = "[0-9a-f]*"', f'sha256 = "{sha256}"', text.partition(_PROOF)[0].rstrip("\n"))
    forms = wire_operations(contract)
    lines = [f'{_key(name)} = "{forms[name].digest}"' for name in sorted(forms)]
    tables = [
        "\n".join(
            [f"[parts.{_key(name)}]", *(f'{_key(at)} = "{told}"' for at, told in parts(forms[name].value).items())]
        )
        for name in sorted(forms)
    ]
    return "\n\n".join([head, "\n".join([_PROOF, "[wire]", *lines]), *tables]) + "\n"


def _key(text: str) -> str:
    return text if re.fullmatch(r"[\w-]+", text, re.ASCII) else json.dumps(text, ensure_ascii=False)
