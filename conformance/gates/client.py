"""The generated package is, byte for byte, what the contract yields."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.codegen.generate import stale
from conformance.drift.finding import Finding
from conformance.errors import GenerationError
from conformance.gates.subject import NothingToHold, Subject, shown

WITNESSES = "contract and client"


def hold(subject: Subject) -> Iterator[Finding]:
    """The first file that differs."""
    name = subject.vendor.name
    if not subject.generated.is_dir():
        raise NothingToHold(f"there is no {shown(subject.generated)}")
    try:
        difference = stale(subject.vendor.folder, subject.generated)
    except GenerationError as wrong:
        yield Finding(
            name, WITNESSES, "client-not-generated", subject.file("openapi.yaml"), "", wrong.message, wrong.hint
        )
        return
    if difference is not None:
        yield Finding(
            name,
            WITNESSES,
            "client-stale",
            difference.file,
            "",
            "not what the contract generates",
            difference.command,
            line=difference.line,
            details=tuple(difference.difference.split("\n")),
        )
