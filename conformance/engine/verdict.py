"""Verdicts of cases and the exit code of a run: pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from conformance.contract.semantics.clause import Level
from conformance.results import JUDGED, CaseLine, Verdict

UNFINISHED = frozenset({"budget", "interruption", "fixture"})
"""Causes of a SKIPPED that make a run incomplete."""


def failed(level: Level) -> Verdict:
    """The verdict of a case of ``level`` whose claim does not hold."""
    verdicts: dict[Level, Verdict] = {"must": "FAIL", "should": "WARN", "observe": "OBSERVED"}
    return verdicts[level]


def passed(level: Level) -> Verdict:
    """The verdict of a case of ``level`` whose claim holds."""
    return "OBSERVED" if level == "observe" else "PASS"


def exit_code(
    cases: Iterable[CaseLine],
    *,
    strict: bool = False,
    complete: bool = True,
    known_problem: bool = False,
    clauses_short: bool = False,
) -> int:
    """The first that applies: 3 ERROR; 1 FAIL, or a known failure gone wrong; 3 an unfinished run; 1 WARN if strict."""
    cases = tuple(cases)
    totals = Counter(case.verdict for case in cases)
    if totals["ERROR"]:
        return 3
    if totals["FAIL"] or known_problem:
        return 1
    unfinished = any(case.verdict == "SKIPPED" and case.reason.partition(":")[0] in UNFINISHED for case in cases)
    judged = any(case.verdict in JUDGED for case in cases)
    if totals["BLOCKED"] or unfinished or not complete or clauses_short or not judged:
        return 3
    return 1 if strict and totals["WARN"] else 0


def totals(cases: Iterable[CaseLine]) -> dict[Verdict, int]:
    """How many cases got each verdict, verdicts that none got left out."""
    counted: Mapping[Verdict, int] = Counter(case.verdict for case in cases)
    return dict(counted)
