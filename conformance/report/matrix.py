"""The matrix of a run: how many cases of each facet got each verdict."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from conformance.results import VERDICTS, Results, Verdict


@dataclass(frozen=True)
class Row:
    """A facet on a target; ``counts`` has no zero."""

    target: str
    facet: str
    counts: dict[Verdict, int]

    @property
    def total(self) -> int:
        """The cases of the row."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Matrix:
    """Rows by target and facet, and the verdicts that occur in any of them."""

    verdicts: tuple[Verdict, ...]
    rows: tuple[Row, ...]

    @property
    def totals(self) -> dict[Verdict, int]:
        """The sum of each column."""
        return {verdict: sum(row.counts.get(verdict, 0) for row in self.rows) for verdict in self.verdicts}


def matrix(results: Results) -> Matrix:
    """The matrix of ``results``: targets as the header has them, facets by name."""
    counted: dict[tuple[str, str], Counter[Verdict]] = {}
    for case in results.cases:
        counted.setdefault((case.target, case.facet), Counter())[case.verdict] += 1
    order = {target.name: index for index, target in enumerate(results.header.targets)}
    places = sorted(counted, key=lambda place: (order.get(place[0], len(order)), place))
    seen = {case.verdict for case in results.cases}
    return Matrix(
        tuple(verdict for verdict in VERDICTS if verdict in seen),
        tuple(Row(target, facet, dict(counted[target, facet])) for target, facet in places),
    )
