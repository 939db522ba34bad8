"""Vendors for whom nobody told a scenario: two files are enough to record and replay."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from known import ROOT

from conformance.cassettes import files
from conformance.cassettes.agreement import findings
from conformance.contract.vendor import Vendor
from conformance.engine.environment import Target
from conformance.errors import RecordingError
from conformance.recording.against import against
from conformance.recording.record import Recorded, record
from conformance.recording.replay import replay
from conformance.recording.tour import recordable
from conformance.transport.inprocess import InProcess

STRANGERS = ROOT / "tests" / "strangers"
sys.path.append(str(STRANGERS))

from kit import Stranger, serve  # noqa: E402
from server_a import ServerA  # noqa: E402
from server_b import ServerB  # noqa: E402
from server_c import ServerC  # noqa: E402

SERVERS: dict[str, type[Stranger]] = {"a": ServerA, "b": ServerB, "c": ServerC}


def target(name: str, server: Stranger, token: str = "main-secret") -> Target:
    return Target.model_validate(
        {
            "name": name,
            "vendor": name,
            "url": "http://api.invalid",
            "profile": "full",
            "auth": {"kind": "bearer", "token": token},
            "fixtures": server.fixtures,
        }
    )


def taken(name: str, token: str = "main-secret") -> Recorded:
    told, server = Vendor.load(STRANGERS / name), SERVERS[name](None)
    (tour,) = recordable(told)
    transport = InProcess({"http://api.invalid": serve(name, server)})
    controls = {"advance_clock": server.advance}
    return record(told, target(name, server, token), tour, 3, transport=transport, controls=controls)


@pytest.mark.parametrize("name", SERVERS)
def test_a_tour_is_recorded_replayed_and_held_against_a_server(name: str, tmp_path: Path) -> None:
    made = taken(name)
    path = tmp_path / name / "tour.yaml"
    made.write(path)
    assert made.told.provenance == "live"
    assert "main-secret" not in made.text
    told, cassette = Vendor.load(STRANGERS / name), files.load(path)
    (tour,) = recordable(told)
    assert set(tour.steps) == set(told.semantics.operations)
    assert replay(told, cassette, tour) == []
    assert list(findings(told, cassette)) == []
    server = SERVERS[name](None)
    transport = InProcess({"http://api.invalid": serve(name, server)})
    comparison = against(told, cassette, target(name, server), 9, transport=transport)
    assert comparison.findings == ()
    assert comparison.compared == made.interactions >= len(told.semantics.operations)


def test_a_wrong_server_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "b" / "tour.yaml"
    taken("b").write(path)
    server = SERVERS["b"]("text-weight")
    transport = InProcess({"http://api.invalid": serve("b", server)})
    found = against(Vendor.load(STRANGERS / "b"), files.load(path), target("b", server), 9, transport=transport)
    assert "string now" in str(found.findings[0])


def test_a_tour_that_fails_is_not_written() -> None:
    with pytest.raises(RecordingError, match=r"a/tour: \w+: .*401"):
        taken("a", "wrong-secret")
