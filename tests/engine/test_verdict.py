"""The exit code is the first that applies, in the order that the design fixes."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.engine.verdict import exit_code, failed, passed
from conformance.results import CaseLine


def case(verdict: str, reason: str = "") -> CaseLine:
    return CaseLine.model_validate(
        {
            "target": "t",
            "case": f"v/o/f/{verdict}",
            "vendor": "v",
            "operation": "o",
            "facet": "f",
            "check": "c",
            "clauses": (),
            "level": "must",
            "verdict": verdict,
            "claim": "It holds.",
            "reason": reason,
        }
    )


@pytest.mark.parametrize(
    ("verdicts", "options", "code"),
    [
        (["PASS"], {}, 0),
        (["OBSERVED"], {}, 0),
        (["PASS", "INCONCLUSIVE"], {}, 0),
        (["PASS", "KNOWN"], {}, 0),
        (["PASS", "NOT_APPLICABLE"], {}, 0),
        (["PASS", "WARN"], {}, 0),
        (["PASS", "WARN"], {"strict": True}, 1),
        (["PASS", "FAIL"], {}, 1),
        (["FAIL", "ERROR"], {}, 3),
        (["FAIL", "BLOCKED"], {}, 1),
        (["PASS", "BLOCKED"], {}, 3),
        (["PASS", "WARN", "BLOCKED"], {"strict": True}, 3),
        (["PASS"], {"complete": False}, 3),
        (["PASS"], {"known_problem": True}, 1),
        (["PASS"], {"clauses_short": True}, 3),
        (["SKIPPED"], {}, 3),
        (["INCONCLUSIVE"], {}, 3),
        ([], {}, 3),
    ],
)
def test_the_first_that_applies(verdicts: list[str], options: dict[str, Any], code: int) -> None:
    assert exit_code([case(verdict) for verdict in verdicts], **options) == code


@pytest.mark.parametrize(
    ("cause", "code"),
    [("budget", 3), ("interruption", 3), ("fixture", 3), ("profile", 0), ("control", 0), ("identity", 0)],
)
def test_a_skip_counts_by_its_cause(cause: str, code: int) -> None:
    assert exit_code([case("PASS"), case("SKIPPED", f"{cause}: because")]) == code


def test_a_level_decides_what_a_broken_claim_is() -> None:
    assert [failed(level) for level in ("must", "should", "observe")] == ["FAIL", "WARN", "OBSERVED"]
    assert [passed(level) for level in ("must", "should", "observe")] == ["PASS", "PASS", "OBSERVED"]
