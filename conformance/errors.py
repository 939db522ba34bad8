"""What can go wrong before and around a run, told in one place.

Each error is one line for the reader: what is wrong, where, and what to do next. The command line prints
``error: {message}`` and ``hint: {hint}`` and exits with ``exit_code``; nothing here ever ends as a traceback.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class ConformanceError(Exception):
    """The request cannot be carried out; ``hint`` says what to do next."""

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message


class UsageError(ConformanceError):
    """The command line asks for something that does not exist or does not go together."""


class DocumentError(ConformanceError):
    """A contract, semantics or publication file cannot be read or contradicts itself."""


class EnvironmentFileError(ConformanceError):
    """An environment file is missing, malformed, or names something unknown."""


class CassetteError(ConformanceError):
    """A cassette is missing, cannot be read, or does not say where it comes from."""


class RecordingError(ConformanceError):
    """A scenario did not go as it tells, so that there is nothing to keep."""

    exit_code = 1


class MockError(ConformanceError):
    """An embedded mock server did not start or was asked for something it does not have."""

    exit_code = 3


class TrialError(ConformanceError):
    """A process in which the suite was tried ended before the trial did."""

    exit_code = 3


class GenerationError(ConformanceError):
    """A client package cannot be generated or written."""


class StaleError(ConformanceError):
    """A committed client package is not what its contract generates."""

    exit_code = 1


def likely(wrong: str, known: Iterable[str]) -> str | None:
    """The known value that ``wrong`` was probably meant to be, if one is close."""
    return next(iter(get_close_matches(wrong, sorted(known), n=1, cutoff=0.5)), None)


def nearest(wrong: str, known: Iterable[str], many: str = "") -> str:
    """A hint naming the known value closest to ``wrong``, or when none is close all of them, or ``many`` instead."""
    options = sorted(known)
    meant = likely(wrong, options)
    if meant is not None:
        return f"did you mean {meant!r}?"
    return many or (f"known: {', '.join(options)}" if options else "none is known")
