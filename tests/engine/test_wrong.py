"""A refusal that one case has met is judged by others, who do not ask for it again."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatch
from typing import Any

from conformance.engine.plan import Case
from conformance.engine.suite import Options, execute
from conformance.results import CaseLine

SENDERS = ("auth/without-credentials", "errors/unknown-id", "contract/refuses/*")
JUDGES = ("errors/body", "errors/refused-status")


def test_a_refusal_is_asked_for_once(cases: dict[str, Case], tapped: Callable[..., Any]) -> None:
    def sent(*names: str) -> int:
        chosen = [
            case
            for path, case in cases.items()
            if any(fnmatch(path, f"*/updateProcessMetadata/{one}") for one in names)
        ]
        subject, transport = tapped(*chosen)
        lines = [line for line in execute([subject], Options(1)) if isinstance(line, CaseLine)]
        assert {line.verdict for line in lines} == {"PASS"}
        return len(transport.carried)

    assert sent(*SENDERS, *JUDGES) == sent(*SENDERS)
    assert sent(*JUDGES) > 8


def test_one_that_looks_wrong_is_found_by_whoever_judges_how_it_looks(
    cases: dict[str, Case], tapped: Callable[..., Any]
) -> None:
    names = ("contract/refuses/no-body", "errors/body")
    chosen = [cases[f"kuflow/createAuthentication/{name}"] for name in names]
    subject, _ = tapped(*chosen, deviations=["error-without-message"])
    lines = [line for line in execute([subject], Options(1)) if isinstance(line, CaseLine)]
    assert [line.verdict for line in lines] == ["PASS", "FAIL"]
