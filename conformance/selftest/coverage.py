"""Which clauses are covered: cited by a case that a deviation named for them turned red."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from conformance.contract.semantics.clause import Clause
from conformance.mocks import catalogue
from conformance.selftest.trial import Outcome


def covered(outcomes: Iterable[Outcome]) -> set[str]:
    """The ids of the clauses that a caught deviation names and that the case which caught it cites."""
    found: set[str] = set()
    for outcome in outcomes:
        if outcome.trial.deviation and not outcome.problem:
            deviation = catalogue.find(outcome.trial.vendor.name).deviations()[outcome.trial.deviation]
            found |= set(deviation.clauses) & set(outcome.judged)
    return found


def row(clause: str) -> str:
    """The row of the vendor's list that a clause belongs to: its id without the letter of a split row."""
    return re.sub(r"(?<=\d)[a-z]$", "", clause)


def covered_rows(clauses: Mapping[str, Clause], outcomes: Iterable[Outcome]) -> tuple[set[str], set[str]]:
    """The rows with a covered clause, and all rows."""
    return {row(clause) for clause in covered(outcomes)}, {row(clause) for clause in clauses}
