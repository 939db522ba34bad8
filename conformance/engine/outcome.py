"""How a check ends when it does not end silently."""

from __future__ import annotations

from conformance.results import Blame


class Outcome(Exception):
    """The end of a case, other than a pass."""


class Mismatch(Outcome):
    """The server did something else than the claim says; ``expected`` and ``actual`` are short phrases."""

    def __init__(self, expected: str, actual: str) -> None:
        super().__init__(f"expected {expected}; got {actual}")
        self.expected = expected
        self.actual = actual


class Blocked(Outcome):
    """The case could not be set up; ``blame`` says who is to mend it."""

    def __init__(self, reason: str, blame: Blame = "server") -> None:
        super().__init__(reason)
        self.reason = reason
        self.blame = blame


class Skip(Outcome):
    """The case may not or cannot run here: ``cause`` is profile, fixture, identity, control, budget or only."""

    def __init__(self, cause: str, reason: str) -> None:
        super().__init__(reason)
        self.cause = cause
        self.reason = reason


class NotApplicable(Outcome):
    """The target does not have what the case is about."""


class Inconclusive(Outcome):
    """The ground moved under the check: nothing can be said."""


def expect(holds: bool, expected: str, actual: object) -> None:
    """Raise ``Mismatch`` unless ``holds``."""
    if not holds:
        raise Mismatch(expected, str(actual))


def expect_equal(actual: object, expected: object, what: str) -> None:
    """Raise ``Mismatch`` unless the two values are equal; ``what`` names them."""
    if actual != expected:
        raise Mismatch(f"{what} {_short(expected)}", f"{what} {_short(actual)}")


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 300 else f"{text[:300]}…"
