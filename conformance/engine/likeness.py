"""What two representations of one thing show alike, be it in a list, in a read or in the reply to a write."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import zip_longest
from typing import Any

from conformance.contract.pointer import ABSENT, join
from conformance.engine.ordering import instant
from conformance.engine.outcome import Mismatch, apart, same

CLOSE = timedelta(seconds=1)
"""Moments that are closer are the same: a store may keep fewer digits of a second than were shown before."""


def shared(one: Any, other: Any, at: str = "") -> Iterator[tuple[str, Any, Any]]:
    """The places that both show, objects opened: pointer, value of the one, value of the other."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in one:
            if name in other:
                yield from shared(one[name], other[name], f"{at}{join(name)}")
    else:
        yield at, one, other


def told(one: Any, other: Any) -> Iterator[tuple[str, Any, Any]]:
    """Of what both show the places where both tell something; of a list a summary may leave members out."""
    for at, left, right in shared(one, other):
        if left is not None and right is not None and not isinstance(left, list) and not isinstance(right, list):
            yield at, left, right


def told_throughout(one: Any, other: Any) -> Iterator[tuple[str, Any, Any]]:
    """As ``told``, lists opened too: an element that one of them lacks is absent; objects may stand in any order."""
    for at, left, right in shared(one, other):
        if isinstance(left, list) and isinstance(right, list):
            for index, (here, there) in enumerate(_paired(left, right)):
                yield from ((f"{at}/{index}{within}", *both) for within, *both in told_throughout(here, there))
        elif left is not None and right is not None:
            yield at, left, right


def _paired(left: list[Any], right: list[Any]) -> Iterator[tuple[Any, Any]]:
    """The elements side by side; an object with one that says the same, since no vendor says how those stand."""
    if not all(isinstance(one, dict) for one in (*left, *right)):
        yield from zip_longest(left, right, fillvalue=ABSENT)
        return
    others, alone = sorted(right, key=_text), []
    for one in sorted(left, key=_text):
        found = next((at for at, other in enumerate(others) if _agree(one, other)), None)
        if found is None:
            alone.append(one)
        else:
            yield one, others.pop(found)
    yield from zip_longest(alone, others, fillvalue=ABSENT)


def _text(element: Any) -> str:
    return json.dumps(element, sort_keys=True)


def _agree(one: Any, other: Any) -> bool:
    return all(alike(here, there) for _, here, there in told_throughout(one, other))


def alike(one: Any, other: Any) -> bool:
    """Whether two values say the same: moments, however deep in them, are compared as such."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    if not isinstance(one, str) or not isinstance(other, str):
        return same(one, other)
    left, right = instant(one), instant(other)
    return same(one, other) if left is None or right is None else abs(left - right) < CLOSE


def expect_alike(actual: Any, expected: Any, what: str) -> None:
    """Raise ``Mismatch`` unless two representations of one thing say the same throughout; ``what`` names them."""
    if not alike(actual, expected):
        ours, theirs = apart(expected, actual)
        raise Mismatch(f"{what} {ours}", f"{what} {theirs}")
