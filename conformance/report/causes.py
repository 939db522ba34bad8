"""Cases that end alike for one reason, told once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from conformance.report.words import BY_WEIGHT
from conformance.results import CaseLine, Verdict

TOLD: frozenset[Verdict] = frozenset({"FAIL", "WARN", "BLOCKED", "ERROR", "INCONCLUSIVE"})
"""Verdicts that get a block each cause."""

_UUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE)
_LITERAL = re.compile(r"'(?:[^'\\]|\\.)*'")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_STRUCTURE = re.compile(r"[{\[].*", re.DOTALL)
_NUMBER = re.compile(r"(?<!status )(?<![\w.])-?\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Cause:
    """The first case of a cause, which is shown, and the others, which are named."""

    case: CaseLine
    others: tuple[CaseLine, ...] = ()

    def stops_target(self, cases: Iterable[CaseLine]) -> bool:
        """Whether nothing of the target among ``cases`` could be judged, all for this one cause."""
        whole = sum(case.target == self.case.target for case in cases)
        return self.case.verdict == "BLOCKED" and len(self.others) + 1 == whole > 1


def causes(cases: Iterable[CaseLine], verdicts: Collection[Verdict] = TOLD) -> tuple[Cause, ...]:
    """The causes of every case with one of ``verdicts``: the weightiest verdict first, then in the order of the run."""
    groups: dict[tuple[object, ...], list[CaseLine]] = {}
    for case in cases:
        if case.verdict in verdicts:
            groups.setdefault(_key(case), []).append(case)
    found = [Cause(group[0], tuple(group[1:])) for group in groups.values()]
    return tuple(sorted(found, key=lambda cause: BY_WEIGHT.index(cause.case.verdict)))


def reasons(cases: Iterable[CaseLine], verdict: Verdict) -> dict[str, int]:
    """How many cases of ``verdict`` give each reason, in the order of the run."""
    counted: dict[str, int] = {}
    for case in cases:
        if case.verdict == verdict:
            counted[case.reason or "no reason given"] = counted.get(case.reason or "no reason given", 0) + 1
    return counted


def alike(text: str) -> str:
    """``text`` without what differs between two cases of one cause: ids, values of Python, and numbers but a status."""
    return _NUMBER.sub("<number>", _LITERAL.sub("<value>", _UUID.sub("<uuid>", text)))


def _key(case: CaseLine) -> tuple[object, ...]:
    if case.expected or case.actual:
        seen = _QUOTED.sub("<value>", _STRUCTURE.sub("<value>", case.actual))
        return case.verdict, case.vendor, case.clauses, alike(case.expected), alike(seen)
    return case.verdict, case.target, case.blame, alike(case.reason)
