"""What any tool shows of a change or a finding: how bad it is, what, and on which line of which file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from conformance.contract.document import Document
from conformance.contract.pointer import ABSENT, get, join, tokens
from conformance.contract.references import referred
from conformance.contract.source import lines_of
from conformance.drift.change import Change
from conformance.drift.finding import Finding

Weight = Literal["error", "warning", "note"]
_WEIGHTS: dict[str, Weight] = {"breaking": "error", "unknown": "warning", "client": "warning"}


@dataclass(frozen=True)
class Note:
    """One line for a reader, with ``details`` below it; ``line`` counts from 1, and no ``file`` is no place."""

    weight: Weight
    rule: str
    says: str
    file: str
    line: int
    pointer: str
    details: tuple[str, ...] = ()


def of_changes(changes: Iterable[Change], old: Document, new: Document) -> Iterator[Note]:
    """A note a change, on the line that its pointer leads to, references followed."""
    for change in changes:
        document = old if change.gone else new
        path = document.path.with_name(change.beside) if change.beside else document.path
        place = change.pointer if change.beside else located(document, change.pointer)
        operation = f"{change.operation}: " if change.operation else ""
        yield Note(
            _WEIGHTS.get(change.level, "note"),
            change.rule,
            f"{operation}{change.says}",
            path.as_posix(),
            line_of(path, place),
            place,
            tuple(_details(change)),
        )


def of_findings(findings: Iterable[Finding]) -> Iterator[Note]:
    """A note a finding."""
    for one in findings:
        operation = f"{one.operation}: " if one.operation else ""
        details = (*one.details, *((f"to mend it: {one.mend}",) if one.mend else ()))
        line = one.line or line_of(Path(one.file), one.pointer)
        yield Note("error", one.rule, f"{one.witnesses}: {operation}{one.says}", one.file, line, one.pointer, details)


def located(document: Document, pointer: str) -> str:
    """The pointer at which the value really stands, references followed; of as much of it as there is."""
    here: Any = document.root
    place = ""
    for token in tokens(pointer):
        here, place = _followed(document, here, place)
        here, place = _within_all_of(document, here, place, token)
        found = get(here, join(token))
        if found is ABSENT:
            return place
        here, place = found, place + join(token)
    return place


def _followed(document: Document, here: Any, place: str) -> tuple[Any, str]:
    for _ in range(20):
        target = referred(document.root, here)
        if target is None:
            break
        here, place = get(document.root, target), target
    return here, place


def _within_all_of(document: Document, here: Any, place: str, token: str) -> tuple[Any, str]:
    """The part of an ``allOf`` that has the member ``token``, where the schema itself has not."""
    if not isinstance(here, dict) or token in here:
        return here, place
    for index, part in enumerate(here.get("allOf") or ()):
        part, at = _followed(document, part, place + join("allOf", index))  # noqa: PLW2901
        found, at = _within_all_of(document, part, at, token)
        if isinstance(found, dict) and token in found:
            return found, at
    return here, place


def _details(change: Change) -> Iterator[str]:
    if change.counterexample is not ABSENT:
        yield f"counterexample: {change.counterexample!r}"
    yield from (f"tried: {one}" for one in change.tried)
    yield from (f"client: {one}" for one in change.client)


@cache
def _lines(path: Path) -> dict[str, int]:
    return lines_of(path)


def line_of(path: Path, pointer: str) -> int:
    """The line of a place, or of the nearest one above it; 1 for a file that cannot be read."""
    known = _lines(path.resolve())
    parts = tokens(pointer) if pointer.startswith("/") else ()
    for length in range(len(parts), -1, -1):
        line = known.get(join(*parts[:length]))
        if line is not None:
            return line
    return 1
