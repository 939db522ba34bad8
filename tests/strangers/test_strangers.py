"""Vendors that the suite never saw: no Python for them, honest servers pass, every planted fault is caught."""

from __future__ import annotations

from functools import cache

import pytest
from kit import HERE, Stranger, serve
from server_a import ServerA
from server_b import ServerB
from server_c import ServerC
from server_d import ServerD
from server_e import ServerE

from conformance.contract.vendor import Vendor
from conformance.engine.environment import Target
from conformance.engine.plan import Case, plan
from conformance.engine.suite import Options, Subject, execute
from conformance.results import CaseLine
from conformance.transport.inprocess import InProcess

SERVERS: dict[str, type[Stranger]] = {"a": ServerA, "b": ServerB, "c": ServerC, "d": ServerD, "e": ServerE}
FAULTS = [(name, fault) for name, server in SERVERS.items() for fault in server.faults]


@cache
def vendor(name: str) -> Vendor:
    return Vendor.load(HERE / name)


@cache
def cases(name: str) -> dict[str, Case]:
    return {case.path: case for case in plan(vendor(name))}


def target_of(name: str, server: Stranger) -> Target:
    return Target.model_validate(
        {
            "name": name,
            "vendor": name,
            "url": "http://localhost:1",
            "profile": "full",
            "auth": {"kind": "bearer", "token": "main-secret"},
            "identities": {"other": {"kind": "bearer", "token": "other-secret"}},
            "fixtures": server.fixtures,
        }
    )


def run(name: str, fault: str | None, *chosen: Case) -> list[CaseLine]:
    server = SERVERS[name](fault)
    transport = InProcess({"http://localhost:1": serve(name, server)})
    subject = Subject(vendor(name), target_of(name, server), chosen, transport, {"advance_clock": server.advance})
    return [line for line in execute([subject], Options(1)) if isinstance(line, CaseLine)]


@pytest.mark.parametrize("name", SERVERS)
def test_an_honest_stranger_passes(name: str) -> None:
    lines = run(name, None, *cases(name).values())
    wrong = [f"{line.verdict} {line.case}: {line.reason}" for line in lines if line.verdict not in {"PASS", "OBSERVED"}]
    assert len(lines) > 50
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("name", "fault"), FAULTS)
def test_a_planted_fault_is_caught(name: str, fault: str) -> None:
    case = cases(name)[SERVERS[name].faults[fault]]
    (line,) = run(name, fault, case)
    assert line.verdict == ("WARN" if case.level == "should" else "FAIL"), line


@pytest.mark.parametrize("name", SERVERS)
def test_every_facet_of_the_plan_has_a_fault(name: str) -> None:
    judged = {case.check.facet for case in cases(name).values() if case.level != "observe"}
    assert judged == {cases(name)[case].check.facet for case in SERVERS[name].faults.values()}
    assert len(SERVERS[name].faults) >= 12
