"""A whole run: targets one after another, as a stream of result lines."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from conformance import __version__
from conformance.contract.semantics.clause import Clause
from conformance.contract.vendor import Vendor
from conformance.engine.cleanup import clean_up
from conformance.engine.environment import Target
from conformance.engine.known import KnownFailure, excuse, known_of, problems, today
from conformance.engine.opening import connected, opened
from conformance.engine.plan import Case
from conformance.engine.run import Runner
from conformance.engine.verdict import exit_code, totals
from conformance.results import JUDGED, CaseLine, ClauseText, FooterLine, HeaderLine, Line, TargetLine
from conformance.transport.base import Transport
from conformance.transport.redaction import Redactor


@dataclass(frozen=True)
class Options:
    """What the caller of a run chooses."""

    seed: int
    only: str | None = None
    strict: bool = False
    jobs: int = 1
    max_requests: int | None = None
    examples: int = 0

    def shown(self) -> dict[str, Any]:
        """The options as the header stores them."""
        return {name: value for name, value in vars(self).items() if name != "seed" and value not in (None, False, 0)}


@dataclass(frozen=True)
class Subject:
    """One target with its vendor and its plan; ``transport`` and ``controls`` stand in for sockets when given."""

    vendor: Vendor
    target: Target
    cases: tuple[Case, ...]
    transport: Transport | None = None
    controls: Mapping[str, Any] = field(default_factory=dict)


def execute(subjects: Sequence[Subject], options: Options) -> Generator[Line, None, None]:
    """Run everything; the header comes first, the footer last, and an interruption still ends in a footer.

    What a table names and is not there, of whichever target, is told before the first of them is sent a request.
    """
    started = time.perf_counter()
    with ExitStack() as stack:
        begun = [_begin(subject, stack) for subject in subjects]
        yield HeaderLine(
            suite=__version__,
            started=datetime.now(UTC).isoformat(timespec="seconds"),
            targets=tuple(_target_line(subject) for subject in subjects),
            seed=options.seed,
            options=options.shown(),
            planned=sum(len(subject.cases) for subject in subjects),
        )
        tally = _Tally()
        for each in begun:
            yield from _run(each, options, tally) if tally.complete else _skipped(each.subject, tally)
        yield _footer(subjects, options, tally, time.perf_counter() - started)


@dataclass
class _Tally:
    lines: list[CaseLine] = field(default_factory=list)
    requests: int = 0
    writes: int = 0
    created: int = 0
    removed: int = 0
    left: list[str] = field(default_factory=list)
    known_problems: list[str] = field(default_factory=list)
    short: list[str] = field(default_factory=list)
    complete: bool = True


@dataclass(frozen=True)
class _Begun:
    """A subject with what its table names: connections, and the failures that are known."""

    subject: Subject
    transport: Transport
    known: tuple[KnownFailure, ...]


def _begin(subject: Subject, stack: ExitStack) -> _Begun:
    target = subject.target
    known = known_of(target)
    transport = subject.transport or connected(target)
    stack.callback(transport.close)
    return _Begun(subject, transport, known)


def _run(begun: _Begun, options: Options, tally: _Tally) -> Iterator[CaseLine]:
    subject, target, known = begun.subject, begun.subject.target, begun.known
    session, transport = opened(
        subject.vendor,
        target,
        options.seed,
        transport=begun.transport,
        controls=subject.controls,
        max_requests=options.max_requests,
        examples=options.examples,
        jobs=options.jobs,
    )
    ledger = session.ledger
    runner = Runner(session)
    mine: list[CaseLine] = []
    try:
        for line in runner.run(subject.cases):
            mine.append(excuse(line, known, today()))
            yield mine[-1]
    except KeyboardInterrupt:
        tally.complete = False
        for case in subject.cases[len(mine) :]:
            mine.append(excuse(runner.ended.get(case.id) or _interrupted(case, target), known, today()))
            with suppress(KeyboardInterrupt):
                yield mine[-1]
    finally:
        removed, left, interrupted = clean_up(session)
        tally.complete = tally.complete and not interrupted
        tally.lines += mine
        tally.requests += transport.requests
        tally.writes += ledger.writes
        tally.created += len(ledger.entries) + len(ledger.ended)
        tally.removed += removed
        tally.left += left
        tally.known_problems += problems(mine, known, today(), whole=options.only is None)
        _settle(target, mine, tally)


def _skipped(subject: Subject, tally: _Tally) -> Iterator[CaseLine]:
    """The lines of a target that was not begun with before the interruption."""
    lines = [_interrupted(case, subject.target) for case in subject.cases]
    tally.lines += lines
    for line in lines:
        with suppress(KeyboardInterrupt):
            yield line


def _settle(target: Target, lines: Sequence[CaseLine], tally: _Tally) -> None:
    judged = _judged(lines)
    if target.expect.clauses is not None and len(judged) < target.expect.clauses:
        tally.short.append(f"{target.name}: {len(judged)} clauses judged, {target.expect.clauses} expected")


def _judged(lines: Iterable[CaseLine]) -> set[str]:
    return {clause for line in lines if line.verdict in JUDGED - {"OBSERVED"} for clause in line.clauses}


def _footer(subjects: Sequence[Subject], options: Options, tally: _Tally, seconds: float) -> FooterLine:
    judged = _judged(tally.lines)
    not_judged: dict[str, str] = {}
    for subject in subjects:
        for clause in subject.vendor.semantics.clauses.values():
            if clause.id not in judged:
                not_judged[clause.id] = clause.unseen or "; ".join(_why_not(clause.id, tally.lines)) or "not planned"
    return FooterLine(
        totals=totals(tally.lines),
        clauses_judged=tuple(sorted(judged)),
        clauses_not_judged=not_judged,
        requests=tally.requests,
        writes=tally.writes,
        created=tally.created,
        removed=tally.removed,
        left_behind=tuple(tally.left),
        seconds=round(seconds, 3),
        exit_code=exit_code(
            tally.lines,
            strict=options.strict,
            complete=tally.complete,
            known_problem=bool(tally.known_problems),
            clauses_short=bool(tally.short),
        ),
        complete=tally.complete,
        problems=(*tally.known_problems, *tally.short),
    )


def _why_not(clause: str, lines: Sequence[CaseLine]) -> list[str]:
    return sorted({line.verdict.lower() for line in lines if clause in line.clauses})


def _target_line(subject: Subject) -> TargetLine:
    cited = {clause.id: clause for case in subject.cases for clause in case.clauses}
    return TargetLine(
        name=subject.target.name,
        vendor=subject.vendor.name,
        url=Redactor.of(subject.target.secrets()).text(subject.target.url),
        contract=subject.vendor.document.digest,
        mode=subject.target.mode,
        profile=subject.target.profile,
        clauses={
            name: ClauseText(says=clause.says, where=_where(subject.vendor, clause), level=clause.level)
            for name, clause in cited.items()
        },
    )


def _where(vendor: Vendor, clause: Clause) -> str:
    """The place of a clause as who does not have the semantics can find it: a line is one of the vendor's document."""
    return f"{vendor.semantics.title}, {clause.where}" if clause.where.startswith("line") else clause.where


def _interrupted(case: Case, target: Target) -> CaseLine:
    return CaseLine(
        target=target.name,
        case=case.id,
        vendor=case.vendor,
        operation=case.subject_name,
        facet=case.check.facet,
        check=case.check.name,
        clauses=tuple(clause.id for clause in case.clauses),
        level=case.level,
        verdict="SKIPPED",
        claim=case.check.claim_of(case.variant),
        reason="interruption: the run was interrupted before this case",
        effect=case.effect,
    )
