"""Known failures: failures that a team has accepted for a while."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from conformance.engine.plan import matches
from conformance.errors import EnvironmentFileError
from conformance.results import CaseLine

_HINT = "known failures are a TOML file of [[known]] tables"


class KnownFailure(BaseModel):
    """Cases that may fail until a day: ``case`` is a pattern over case ids, or over them as they are printed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    case: str
    reason: str
    owner: str
    expires: date

    def covers(self, line: CaseLine) -> bool:
        """Whether ``line`` is one of the cases meant."""
        return matches(line.case, self.case, line.target)


def read(path: Path) -> tuple[KnownFailure, ...]:
    """The entries of a file of ``[[known]]`` tables."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise EnvironmentFileError(f"{path}: {getattr(wrong, 'strerror', None) or wrong}", _HINT) from None
    entries = tables.pop("known", [])
    if tables or not isinstance(entries, list):
        raise EnvironmentFileError(f"{path}: {next(iter(tables), 'known')!r} is no list of [[known]] tables", _HINT)
    try:
        return tuple(KnownFailure.model_validate(entry) for entry in entries)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise EnvironmentFileError(f"{path}: {where}: {first['msg']}", "case, reason, owner and expires") from None


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
