"""Results made by hand, for the renderers' tests."""

from __future__ import annotations

from typing import Any

from conformance.results import (
    CaseLine,
    ClauseText,
    ExchangeLine,
    FooterLine,
    HeaderLine,
    Results,
    TargetLine,
    Verdict,
)

BASE = "http://127.0.0.1:4010/v2024-06-14"
CLAUSES = {
    "KF-036": ClauseText(
        says="A create with an id that was used before answers the process made then.",
        where="Create process, description, line 161",
        level="must",
    ),
    "KF-016": ClauseText(says="Without a direction a list ascends.", where="Find processes, sort", level="should"),
}


def exchange(**changes: Any) -> ExchangeLine:
    """An exchange of a create, changed as told."""
    fields: dict[str, Any] = {
        "method": "POST",
        "url": f"{BASE}/processes",
        "request_headers": {"content-type": "application/json", "authorization": "Basic [redacted]"},
        "request_body": '{"id": "7f3b8a52-0f6f-4c8e-9a43-0d4f7a1e2b3c"}',
        "status": 201,
        "response_headers": {"content-type": "application/json"},
        "response_body": '{"id": "7f3b8a52-0f6f-4c8e-9a43-0d4f7a1e2b3c", "state": "RUNNING"}',
    }
    return ExchangeLine(**{**fields, **changes})


def case(path: str = "createProcess/idempotency/replay", verdict: Verdict = "PASS", **changes: Any) -> CaseLine:
    """A case at ``operation/facet/check``, changed as told."""
    operation, facet, check = path.split("/")[:3]
    fields: dict[str, Any] = {
        "target": "kuflow",
        "case": f"kuflow/{path}",
        "vendor": "kuflow",
        "operation": operation,
        "facet": facet,
        "check": check,
        "clauses": (),
        "level": "must",
        "verdict": verdict,
        "claim": "A replay answers the resource that the first request made.",
        "seconds": 0.25,
        "requests": 2,
    }
    return CaseLine(**{**fields, **changes})


def failure(path: str = "createProcess/idempotency/replay", **changes: Any) -> CaseLine:
    """A FAIL of clause KF-036 with an exchange and a curl line."""
    fields: dict[str, Any] = {
        "clauses": ("KF-036",),
        "verdict": "FAIL",
        "blame": "server",
        "expected": "status 200",
        "actual": "status 201",
        "reason": "expected status 200; got status 201",
        "exchanges": (exchange(),),
        "curl": (
            f"curl -i -X POST {BASE}/processes -H 'content-type: application/json' "
            '-H "Authorization: Basic $TOKEN" --data-binary \'{"id": "7f3b8a52"}\''
        ),
    }
    return case(path, **{**fields, **changes})


def target(name: str = "kuflow", **changes: Any) -> TargetLine:
    """A target that stands for an embedded mock."""
    fields: dict[str, Any] = {
        "name": name,
        "vendor": "kuflow",
        "url": BASE,
        "contract": "sha256:0123",
        "profile": "full",
        "clauses": CLAUSES,
    }
    return TargetLine(**{**fields, **changes})


def results(
    *cases: CaseLine,
    targets: tuple[TargetLine, ...] | None = None,
    options: dict[str, Any] | None = None,
    footer: dict[str, Any] | None = None,
    finished: bool = True,
) -> Results:
    """Results of ``cases``; ``footer`` changes the footer, and a run that is not ``finished`` has none."""
    header = HeaderLine(
        suite="0.1.0",
        started="2026-01-02T03:04:05+00:00",
        targets=targets or (target(),),
        seed=42,
        options=options or {},
        planned=len(cases) if finished else len(cases) + 5,
    )
    failed = any(one.verdict == "FAIL" for one in cases)
    fields: dict[str, Any] = {
        "totals": {},
        "clauses_judged": ("KF-036",),
        "clauses_not_judged": {"KF-016": "not planned"},
        "requests": 1234,
        "writes": 56,
        "created": 20,
        "removed": 19,
        "left_behind": ("kuflow process 7f3b8a52",),
        "seconds": 3.21,
        "exit_code": 1 if failed else 0,
        "complete": True,
    }
    return Results(header, cases, FooterLine(**{**fields, **(footer or {})}) if finished else None)
