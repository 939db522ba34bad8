"""What the gate says in the end: a row for each pair of witnesses, and one verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from conformance.drift.finding import Finding
from conformance.drift.waivers import Waiver

Verdict = Literal["agree", "drift"]


@dataclass(frozen=True)
class Row:
    """One pair of witnesses of a vendor; ``absent`` says why they could not be held against each other."""

    vendor: str
    witnesses: str
    findings: tuple[Finding, ...] = ()
    accepted: tuple[tuple[Finding, Waiver], ...] = ()
    absent: str = ""


@dataclass(frozen=True)
class Drift:
    """The outcome of the gate."""

    rows: tuple[Row, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding that counts, in the order of the rows."""
        return tuple(finding for row in self.rows for finding in row.findings)

    @property
    def verdict(self) -> Verdict:
        """``drift`` when any finding counts."""
        return "drift" if self.findings else "agree"

    @property
    def exit_code(self) -> int:
        """1 for drift, else 0."""
        return 1 if self.findings else 0


def as_json(drift: Drift) -> dict[str, Any]:
    """The outcome for programs."""
    return {
        "verdict": drift.verdict,
        "pairs": [
            {
                "vendor": row.vendor,
                "witnesses": row.witnesses,
                "findings": len(row.findings),
                "accepted": len(row.accepted),
                "absent": row.absent or None,
            }
            for row in drift.rows
        ],
        "findings": [_finding(one) for one in drift.findings],
        "accepted": [
            {**_finding(one), "waiver": waiver.model_dump(mode="json")}
            for row in drift.rows
            for one, waiver in row.accepted
        ],
    }


def _finding(one: Finding) -> dict[str, Any]:
    return {name: value for name, value in vars(one).items() if value}
