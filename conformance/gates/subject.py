"""What a gate is given: a vendor, and where its other witnesses are."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol

from conformance import gates
from conformance.cassettes import files
from conformance.cassettes.agreement import findings
from conformance.cassettes.cassette import Cassette
from conformance.cassettes.finding import Finding as Disagreement
from conformance.contract.pointer import join
from conformance.contract.vendor import Vendor
from conformance.drift.finding import Finding
from conformance.results import Results

_NO_GATES = frozenset({"subject"})


@dataclass(frozen=True)
class Subject:
    """One vendor under the gate.

    ``generated`` is the folder that holds its client's distribution; ``results`` and ``traffic`` (HAR files) are what
    was heard of live servers, ``today`` the day on which waivers and ages are judged.
    """

    vendor: Vendor
    generated: Path
    results: tuple[tuple[Path, Results], ...] = ()
    traffic: tuple[Path, ...] = ()
    today: date = date.min

    @cached_property
    def cassettes(self) -> tuple[tuple[Cassette, tuple[Disagreement, ...]], ...]:
        """The vendor's cassettes, each with every way in which it contradicts the contract or the semantics."""
        loaded = (files.load(path, self.vendor.name) for path in files.cassettes(self.vendor.name))
        return tuple((one, tuple(findings(self.vendor, one))) for one in loaded)

    def file(self, name: str) -> str:
        """A file of the vendor's folder as a reader finds it: relative to where they are, if it is below that."""
        return shown(self.vendor.folder / name)

    def place(self, operation: str) -> str:
        """The pointer to an operation of the contract; empty where it has none of that name."""
        found = self.vendor.document.operations.get(operation)
        return join("paths", found.path, found.method.lower()) if found else ""


class Gate(Protocol):
    """A module of this package."""

    WITNESSES: str

    def hold(self, subject: Subject) -> Iterator[Finding]:
        """What the two witnesses disagree on; ``NothingToHold`` where one is not there."""


class NothingToHold(Exception):
    """One of the two witnesses is not there; the text says which."""


def discover() -> tuple[Gate, ...]:
    """Every gate, in the order of the files."""
    names = sorted(info.name for info in iter_modules(gates.__path__) if info.name not in _NO_GATES)
    return tuple(import_module(f"{gates.__name__}.{name}") for name in names)


def shown(path: Path) -> str:
    """``path`` relative to the working folder where it lies below that, with slashes."""
    relative = os.path.relpath(path)
    return path.as_posix() if relative.startswith("..") else Path(relative).as_posix()
