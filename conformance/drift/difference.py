"""Where two documents differ on the wire, place by place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from conformance.contract import pointer
from conformance.contract.pointer import ABSENT
from conformance.drift.wire import WireOperation
from conformance.drift.wire_schema import canonical_text


@dataclass(frozen=True)
class Difference:
    """One place of an operation's wire form as each document has it; no pointer means all of it."""

    operation: str
    pointer: str
    ours: Any
    theirs: Any

    def __str__(self) -> str:
        place = f"{self.operation} {self.pointer}".rstrip()
        return f"{place}: ours {_shown(self.ours)}, theirs {_shown(self.theirs)}"


def differences(ours: Mapping[str, WireOperation], theirs: Mapping[str, WireOperation]) -> list[Difference]:
    """Every difference between two documents' wire forms, by operation and pointer."""
    found = []
    for name in sorted(ours.keys() | theirs.keys()):
        left, right = ours.get(name), theirs.get(name)
        if left is None or right is None:
            found.append(Difference(name, "", left.value if left else ABSENT, right.value if right else ABSENT))
        elif left.digest != right.digest:
            found.extend(Difference(name, *place) for place in _compare(left.value, right.value, ""))
    return found


def _compare(ours: Any, theirs: Any, at: str) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        for key in sorted(ours.keys() | theirs.keys()):
            yield from _compare(ours.get(key, ABSENT), theirs.get(key, ABSENT), at + pointer.join(key))
    elif isinstance(ours, list) and isinstance(theirs, list):
        yield from _compare_lists(ours, theirs, at)
    elif ours is ABSENT or theirs is ABSENT or canonical_text(ours) != canonical_text(theirs):
        yield at, ours, theirs


def _compare_lists(ours: list[Any], theirs: list[Any], at: str) -> Iterator[tuple[str, Any, Any]]:
    """Item by item, since most lists are sorted sets; lists that differ in nothing but order differ whole."""
    only_ours, only_theirs = _without(ours, theirs), _without(theirs, ours)
    yield from ((at, item, ABSENT) for item in only_ours)
    yield from ((at, ABSENT, item) for item in only_theirs)
    if not only_ours and not only_theirs and canonical_text(ours) != canonical_text(theirs):
        yield at, ours, theirs


def _without(these: list[Any], those: list[Any]) -> list[Any]:
    known = {canonical_text(item) for item in those}
    return [item for item in these if canonical_text(item) not in known]


def _shown(value: Any) -> str:
    text = repr(value) if value is ABSENT else canonical_text(value)
    return text if len(text) <= 120 else f"{text[:117]}..."
