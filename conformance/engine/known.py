"""Known failures: failures that a team has accepted for a while."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from conformance.engine.environment import Target
from conformance.engine.plan import concerns, matches
from conformance.errors import EnvironmentFileError
from conformance.results import CaseLine
from conformance.toml_file import Table, load


class KnownFailure(Table):
    """Cases that may fail until a day: ``case`` is a pattern over case ids, or over them as they are printed."""

    case: str
    reason: str
    owner: str
    expires: date

    def covers(self, line: CaseLine) -> bool:
        """Whether ``line`` is one of the cases meant."""
        return matches(line.case, self.case, line.target)


class _File(Table):
    known: tuple[KnownFailure, ...] = ()


def read(path: Path) -> tuple[KnownFailure, ...]:
    """The entries of a file of ``[[known]]`` tables."""
    hint = "known failures are a TOML file of [[known]] tables with case, reason, owner and expires"
    return load(path, _File, EnvironmentFileError, hint).known


def known_of(target: Target) -> tuple[KnownFailure, ...]:
    """The entries of the file that a target names, but for those of other targets."""
    known = read(Path(target.known_failures)) if target.known_failures else ()
    return tuple(entry for entry in known if concerns(entry.case, target.name))


def today() -> date:
    """The day by which entries expire."""
    return datetime.now(UTC).date()


def excuse(line: CaseLine, known: Sequence[KnownFailure], today: date) -> CaseLine:
    """``line`` as KNOWN when it is a failure that an entry still covers."""
    for entry in known:
        if line.verdict == "FAIL" and entry.expires >= today and entry.covers(line):
            return line.model_copy(update={"verdict": "KNOWN", "reason": f"{entry.reason} ({line.reason})"})
    return line


def problems(
    lines: Iterable[CaseLine], known: Sequence[KnownFailure], today: date, *, whole: bool = True
) -> tuple[str, ...]:
    """What is wrong with the entries: expired, passing now, or matching nothing of a plan that is the ``whole``."""
    lines = tuple(lines)
    found: list[str] = []
    for entry in known:
        meant = [line for line in lines if entry.covers(line)]
        if not meant:
            found += [f"known failure {entry.case!r} matches no case of this run"] if whole else []
        elif entry.expires < today:
            found.append(f"known failure {entry.case!r} expired on {entry.expires}")
        found += [f"known failure {line.case} passes now" for line in meant if line.verdict == "PASS"]
    return tuple(found)
