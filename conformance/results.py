"""The results file: a header, a line a case, a footer (JSON Lines). Everything shown to anyone is rendered from it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from conformance.errors import UsageError

FORMAT = 1
_WANTED = "give a results.jsonl that 'conformance run --report' wrote"

Verdict = Literal[
    "PASS",
    "FAIL",
    "WARN",
    "OBSERVED",
    "KNOWN",
    "NOT_APPLICABLE",
    "SKIPPED",
    "BLOCKED",
    "INCONCLUSIVE",
    "ERROR",
]
VERDICTS: tuple[Verdict, ...] = Verdict.__args__  # type: ignore[attr-defined]
JUDGED: frozenset[Verdict] = frozenset({"PASS", "FAIL", "WARN", "OBSERVED", "KNOWN"})
Blame = Literal["server", "document", "environment", "fixture", "credentials", "network", "suite"]
Level = Literal["must", "should", "observe"]


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ClauseText(_Line):
    """A clause as a reader needs it beside a failure."""

    says: str
    where: str
    level: Level


class TargetLine(_Line):
    """A target as it was when the run began; ``contract`` is the digest of the vendor's document."""

    name: str
    vendor: str
    url: str
    contract: str
    mode: str | None = None
    profile: str
    clauses: dict[str, ClauseText] = Field(default_factory=dict)


class HeaderLine(_Line):
    """The first line of a results file."""

    kind: Literal["header"] = "header"
    format: int = FORMAT
    suite: str
    started: str
    targets: tuple[TargetLine, ...]
    seed: int
    options: dict[str, Any]
    planned: int


class ExchangeLine(_Line):
    """A request of an identity and its reply, redacted; bodies are text, cut where long."""

    identity: str = "main"
    method: str
    url: str
    request_headers: dict[str, str]
    request_body: str
    status: int | None
    response_headers: dict[str, str]
    response_body: str


class CaseLine(_Line):
    """One case's outcome; ``scenario`` are the steps that led to a failure, in words, where it took several.

    ``attempts`` are the plays of the case, and ``requests`` those of all its plays.
    """

    kind: Literal["case"] = "case"
    target: str
    case: str
    vendor: str
    operation: str
    facet: str
    check: str
    clauses: tuple[str, ...]
    level: Level
    verdict: Verdict
    claim: str
    reason: str = ""
    blame: Blame | None = None
    identity: str = "main"
    effect: str = "read"
    attempts: int = 1
    requests: int = 0
    seconds: float = 0.0
    observed: dict[str, Any] = Field(default_factory=dict)
    expected: str = ""
    actual: str = ""
    scenario: tuple[str, ...] = ()
    exchanges: tuple[ExchangeLine, ...] = ()
    curl: str = ""


class FooterLine(_Line):
    """The last line of a results file that is ``complete``.

    ``problems`` are what no case tells: known failures gone wrong, and fewer clauses judged than expected.
    """

    kind: Literal["footer"] = "footer"
    totals: dict[Verdict, int]
    clauses_judged: tuple[str, ...]
    clauses_not_judged: dict[str, str]
    requests: int
    writes: int
    created: int
    removed: int
    left_behind: tuple[str, ...]
    seconds: float
    exit_code: int
    complete: bool
    problems: tuple[str, ...] = ()


Line = HeaderLine | CaseLine | FooterLine
LINES: TypeAdapter[Line] = TypeAdapter(Annotated[Line, Field(discriminator="kind")])


@dataclass(frozen=True)
class Results:
    """A results file, read; ``footer`` is ``None`` for a run that did not end."""

    header: HeaderLine
    cases: tuple[CaseLine, ...]
    footer: FooterLine | None


_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
"""What no UTF-8 has; a reply or a command line gives it all the same."""

_WRITTEN = _SURROGATES | {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}
"""How characters are written that other readers take for the end of a line, or that no file holds."""


def write_line(line: Line) -> str:
    """``line`` as one line of the file, keys in the order of the model."""
    return json.dumps(line.model_dump(mode="json"), ensure_ascii=False).translate(_WRITTEN)


def gather(lines: Iterable[Line], name: str = "the results") -> Results:
    """The results that the lines of ``name`` make."""
    header: HeaderLine | None = None
    cases: list[CaseLine] = []
    footer: FooterLine | None = None
    for line in lines:
        match line:
            case HeaderLine():
                header = line
            case CaseLine():
                cases.append(line)
            case FooterLine():
                footer = line
    if header is None:
        raise UsageError(f"{name}: no header line", _WANTED)
    return Results(header, tuple(cases), footer)


def read(path: Path) -> Results:
    """Read a results file; what is none is a ``UsageError`` with the line."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        reason = wrong.strerror if isinstance(wrong, OSError) else "not UTF-8"
        raise UsageError(f"{path}: {reason}", _WANTED) from None
    found = gather(_parse(path, text), str(path))
    if found.header.format != FORMAT:
        says = f"{path}: the results are of format {found.header.format}, written by version {found.header.suite}"
        raise UsageError(says, f"this version reads format {FORMAT}; read it with the one that wrote it")
    return found


def _parse(path: Path, text: str) -> Iterator[Line]:
    """The lines, without a last one that was cut while it was written."""
    *lines, last = text.split("\n")
    for number, raw in enumerate([*lines, last] if _is_whole(last) else lines, 1):
        try:
            yield LINES.validate_json(raw)
        except ValidationError as wrong:
            one = wrong.errors()[0]
            says = ": ".join([*filter(None, [".".join(map(str, one["loc"]))]), one["msg"]])
            raise UsageError(f"{path}:{number}: no line of a results file: {says}", _WANTED) from None


def _is_whole(last: str) -> bool:
    try:
        return isinstance(json.loads(last), dict)
    except ValueError:
        return False
