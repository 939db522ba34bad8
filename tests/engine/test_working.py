"""The refusals of an operation that refuses everything say nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest

from conformance.contract.message import Reply, Wire
from conformance.engine.plan import Case
from conformance.engine.suite import Options, Subject, execute
from conformance.results import CaseLine
from conformance.transport.base import Transport, TransportError

Make = Callable[..., tuple[Subject, Any]]
REFUSAL = b'{"timestamp":"2026-01-01T00:00:00Z","status":400,"message":"no"}'


@dataclass
class Refusing:
    """Refuses each patch."""

    inner: Transport
    patches: int = 0

    def send(self, wire: Wire) -> Reply:
        if wire.method == "PATCH":
            self.patches += 1
            return Reply(400, {"content-type": "application/json"}, REFUSAL)
        return self.inner.send(wire)

    def send_together(self, wires: Sequence[Wire]) -> list[Reply | TransportError]:
        return [self.send(wire) for wire in wires]

    def close(self) -> None:
        self.inner.close()


def verdicts(subject: Subject) -> set[str]:
    return {line.verdict for line in execute([subject], Options(9)) if isinstance(line, CaseLine)}


@pytest.mark.parametrize(
    "name",
    [
        "patch/atomic/remove-of-nothing",
        "contract/refuses/no-body",
        "auth/without-credentials",
    ],
)
def test_what_refuses_everything_passes_no_test_of_refusals(name: str, cases: dict[str, Case], tapped: Make) -> None:
    case = cases[f"kuflow/patchProcessMetadata/{name}"]
    subject, transport = tapped(case)
    assert verdicts(subject) == {"PASS"}
    assert sum(wire.method == "PATCH" for wire in transport.carried) == 2
    subject, _ = tapped(case)
    assert subject.transport is not None
    assert verdicts(replace(subject, transport=Refusing(subject.transport))) == {"BLOCKED"}


def test_one_success_is_enough_for_all(cases: dict[str, Case], tapped: Make) -> None:
    names = ["contract/valid-request", "contract/refuses/no-body", "contract/refuses/syntax"]
    subject, transport = tapped(*(cases[f"kuflow/patchProcessMetadata/{name}"] for name in names))
    assert verdicts(subject) == {"PASS"}
    assert sum(wire.method == "PATCH" for wire in transport.carried) == 3
