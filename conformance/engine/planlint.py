"""The lint of clauses against the plan: every pattern meets a case, and no case is torn between levels."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from conformance.contract.lint.linting import lint
from conformance.contract.pointer import join
from conformance.contract.vendor import Vendor
from conformance.engine.plan import Case, plan


def findings(vendor: Vendor) -> tuple[str, ...]:
    """Every finding of the lint; those against the plan only where there is one, for semantics that fit."""
    return lint(vendor) or lint_plan(vendor)


def lint_plan(vendor: Vendor) -> tuple[str, ...]:
    """Every finding as one line: file, pointer, problem."""
    path = vendor.folder / "semantics.yaml"
    cases = plan(vendor)
    return tuple(f"{path}: {where}: {problem}" for where, problem in (*_unmatched(vendor, cases), *_torn(cases)))


def _unmatched(vendor: Vendor, cases: tuple[Case, ...]) -> Iterator[tuple[str, str]]:
    paths = [case.path for case in cases]
    for clause in vendor.semantics.clauses.values():
        for index, pattern in enumerate(clause.cases):
            if not any(fnmatchcase(path, pattern) for path in paths):
                yield join("clauses", clause.id, "cases", index), f"no case matches {pattern!r}"


def _torn(cases: tuple[Case, ...]) -> Iterator[tuple[str, str]]:
    for case in cases:
        levels = {clause.level for clause in case.clauses}
        if len(levels) > 1:
            cited = ", ".join(f"{clause.id} ({clause.level})" for clause in case.clauses)
            yield "/clauses", f"case {case.path} is cited at several levels: {cited}"
        if case.check.level == "observe" and levels - {"observe"}:
            binding = next(clause.id for clause in case.clauses if clause.level != "observe")
            says = f"case {case.path} only observes; leave it out of {binding}, or name it in a clause of level observe"
            yield "/clauses", says
