"""What changed between two results files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from conformance.report.words import ending, many, printed, visible
from conformance.results import Results, Verdict

PASSED: frozenset[Verdict] = frozenset({"PASS", "OBSERVED", "KNOWN"})
"""Verdicts after which a FAIL is a regression."""


@dataclass(frozen=True)
class Change:
    """A case whose verdict changed; ``before`` or ``after`` is ``None`` where the file does not have the case."""

    case: str
    before: Verdict | None
    after: Verdict | None

    @property
    def regression(self) -> bool:
        """Whether the case passed before and fails now."""
        return self.before in PASSED and self.after == "FAIL"


@dataclass(frozen=True)
class Comparison:
    """The cases with another verdict, the new and the gone ones, and how many stayed as they were.

    ``unfinished`` says how far the newer run came, where it did not end.
    """

    changed: tuple[Change, ...]
    new: tuple[Change, ...]
    gone: tuple[Change, ...]
    same: int
    unfinished: str = ""

    @property
    def exit_code(self) -> int:
        """1 when a case that passed fails now, 3 when the newer run did not end, else 0."""
        if any(change.regression for change in self.changed):
            return 1
        return 3 if self.unfinished else 0


def compare(old: Results, new: Results) -> Comparison:
    """What changed from ``old`` to ``new``, case by case; cases are the same when target and id are."""
    before = {printed(case): case.verdict for case in old.cases}
    after = {printed(case): case.verdict for case in new.cases}
    shared = [Change(case, before[case], verdict) for case, verdict in after.items() if case in before]
    changed = [change for change in shared if change.before != change.after]
    return Comparison(
        tuple(sorted(changed, key=lambda change: not change.regression)),
        tuple(Change(case, None, verdict) for case, verdict in after.items() if case not in before),
        tuple(Change(case, verdict, None) for case, verdict in before.items() if case not in after),
        len(shared) - len(changed),
        "" if new.footer and new.footer.complete else ending(new),
    )


def text(comparison: Comparison) -> str:
    """The comparison in lines for a reader, regressions first."""
    lines = [
        f"{'REGRESSION' if change.regression else 'changed':<10}  {change.case}: {change.before} -> {change.after}"
        for change in comparison.changed
    ]
    lines += [f"{'new':<10}  {change.case}: {change.after}" for change in comparison.new]
    lines += [f"{'gone':<10}  {change.case}: {change.before}" for change in comparison.gone]
    regressions = sum(change.regression for change in comparison.changed)
    total = (
        f"{comparison.same} the same, {len(comparison.changed)} changed ({many(regressions, 'regression')}), "
        f"{len(comparison.new)} new, {len(comparison.gone)} gone"
    )
    unfinished = [f"of NEW: {comparison.unfinished}"] if comparison.unfinished else []
    return "".join(f"{visible(line)}\n" for line in [*lines, total, *unfinished])


def as_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison for a program."""
    return {
        "changed": [
            {
                "case": change.case,
                "before": change.before,
                "after": change.after,
                "regression": change.regression,
            }
            for change in comparison.changed
        ],
        "new": [{"case": change.case, "after": change.after} for change in comparison.new],
        "gone": [{"case": change.case, "before": change.before} for change in comparison.gone],
        "same": comparison.same,
        "unfinished": comparison.unfinished or None,
        "exit_code": comparison.exit_code,
    }
