"""Client impact beside the changes of the wire that cause it, and on its own where nothing on the wire does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from conformance.codegen.impact import Impact, impacts, step
from conformance.codegen.interface import Interface, public_interface
from conformance.codegen.package import build, import_name
from conformance.codegen.prepare import prepared
from conformance.contract.document import Document
from conformance.contract.pointer import tokens
from conformance.drift.change import Change
from conformance.drift.document.reader import Reader, nameless
from conformance.errors import DocumentError, GenerationError

NAME = "compared"


def with_impact(changes: Sequence[Change], old: Document, new: Document) -> list[Change]:
    """The changes with what each does to the generated package, then those that only a client's author notices.

    :raises DocumentError: one of the documents yields no client; ``diff`` without ``--client`` takes it.
    """
    found = impacts(_interface(old), _interface(new))
    names = _operations(old) | _operations(new)
    used: set[Impact] = set()
    told = []
    for change in changes:
        mine = [impact for impact in found if _concerns(impact, change, names)]
        used.update(mine)
        told.append(replace(change, client=tuple(map(str, mine))))
    return [*told, *_own(impact for impact in found if impact not in used), *_version(found)]


def _interface(document: Document) -> Interface:
    try:
        files = build(prepared(dict(document.root)), NAME)
    except GenerationError as wrong:
        raise DocumentError(f"{document.path}: {wrong.message}", "leave out --client") from None
    with TemporaryDirectory(prefix="conformance-client-") as scratch:
        for name, content in files.items():
            path = Path(scratch) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return public_interface(Path(scratch) / import_name(NAME))


def _operations(document: Document) -> dict[str, str]:
    """The name of each operation by its request line."""
    operations = Reader(document.root).operations()
    return {f"{one.method} {one.route}": one.name for one in operations if not one.is_outgoing}


def _concerns(impact: Impact, change: Change, names: Mapping[str, str]) -> bool:
    """Whether an impact comes from a change: of the same operation, and of what is called the same."""
    if change.level == "docs" or change.operation not in {names.get(nameless(sends), "") for sends in impact.sends}:
        return False
    if change.rule.startswith("operation-"):
        return impact.place.startswith("api.") and not impact.names
    words = {*tokens(change.pointer), str(_text(change.before)), str(_text(change.after))}
    return bool(set(map(_plain, words)) & set(map(_plain, impact.names)))


def _plain(name: str) -> str:
    """A name as it is called on the wire and in Python alike."""
    return name.replace("_", "").replace("-", "").lower()


def _text(value: Any) -> Any:
    return value if isinstance(value, str) else ""


def _own(found: Iterator[Impact] | Any) -> Iterator[Change]:
    for impact in found:
        rule = f"client-{'removed' if 'gone' in impact.says else 'added' if 'new' in impact.says else 'changed'}"
        level: Any = "client" if impact.step == "major" else "additive"
        yield Change(level, rule, "", "", str(impact), client=(str(impact),))


def _version(found: Sequence[Impact]) -> Iterator[Change]:
    if found:
        says = f"the client's version makes a {step(found)} step"
        yield Change("docs", f"client-version-{step(found)}", "", "", says)
