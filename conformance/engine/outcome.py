"""How a check ends when it does not end silently."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

from conformance.contract.identity import same_id
from conformance.results import Blame

SHOWN = 300
"""Characters of a value that are shown."""


class Outcome(Exception):
    """The end of a case, other than a pass."""


class Mismatch(Outcome):
    """The server did something else than the claim says; ``expected`` and ``actual`` are short phrases.

    ``scenario`` are the steps that led there, in words, where the case took several.
    """

    def __init__(self, expected: str, actual: str, scenario: tuple[str, ...] = ()) -> None:
        super().__init__(f"expected {expected}; got {actual}")
        self.expected = expected
        self.actual = actual
        self.scenario = scenario


class Blocked(Outcome):
    """The case could not be set up; ``blame`` says who is to mend it."""

    def __init__(self, reason: str, blame: Blame = "server") -> None:
        super().__init__(reason)
        self.reason = reason
        self.blame = blame


class Skip(Outcome):
    """The case may not or cannot run here: ``cause`` is profile, fixture, identity, control, budget or replies."""

    def __init__(self, cause: str, reason: str) -> None:
        super().__init__(reason)
        self.cause = cause
        self.reason = reason


class NotApplicable(Outcome):
    """The target does not have what the case is about."""


class Inconclusive(Outcome):
    """The ground moved under the check: nothing can be said."""


class Moved(Inconclusive):
    """A list showed other items when it was walked again: others move it."""


def expect(holds: bool, expected: str, actual: object) -> None:
    """Raise ``Mismatch`` unless ``holds``."""
    if not holds:
        raise Mismatch(expected, str(actual))


def expect_equal(actual: object, expected: object, what: str) -> None:
    """Raise ``Mismatch`` unless the two values are equal, true being no 1; ``what`` names them."""
    if not same(actual, expected):
        ours, theirs = apart(expected, actual)
        raise Mismatch(f"{what} {ours}", f"{what} {theirs}")


def same(left: Any, right: Any) -> bool:
    """Equality of JSON values: numbers by value, booleans only with booleans, members of objects in any order.

    The letters of a UUID have no case (RFC 9562, section 4).
    """
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, str) and isinstance(right, str):
        return same_id(left, right)
    return bool(left == right)


def apart(expected: object, actual: object) -> tuple[str, str]:
    """Two values that differ, in words: whole where both are short, else by what tells them apart."""
    if max(len(repr(expected)), len(repr(actual))) > SHOWN:
        if isinstance(expected, dict) and isinstance(actual, dict):
            return _beyond(expected, actual), _beyond(actual, expected)
        if isinstance(expected, list) and isinstance(actual, list):
            return _items(expected, actual), _items(actual, expected)
    return _short(expected), _short(actual)


def _beyond(one: dict[Any, Any], other: dict[Any, Any]) -> str:
    """The members of an object that the other has not, or otherwise, and those that only the other has."""
    own = {key: value for key, value in one.items() if key not in other or not same(value, other[key])}
    missing = [key for key in other if key not in one]
    told = [f"with {_short(own)}"] if own else []
    return " and ".join([*told, *([f"without {_short(missing)}"] if missing else [])])


def _items(one: list[Any], other: list[Any]) -> str:
    """The items of a list that the other has not; of two with the same items, those from where the order parts."""
    count = f"{len(one)} items"
    if own := [item for item in one if item not in other]:
        return f"{count}, with {_short(own)}"
    if any(item not in one for item in other):
        return count
    same_so_far = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    first = sum(1 for _ in same_so_far)
    return f"{count}, from item {first + 1} on {_short(one[first:])}"


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
