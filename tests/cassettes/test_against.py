"""Servers held against cassettes: honest ones agree under other ids, and wrong ones are told apart."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from instabase_client import Client
from instabase_client.api.pipeline import list_flow_pipelines
from instabase_client.models import FlowPipelines
from known import ROOT, vendor

from conformance.cassettes import files, inbound
from conformance.cassettes.cassette import Cassette
from conformance.cassettes.finding import Finding
from conformance.cassettes.rebinding import bound, learned
from conformance.cassettes.structure import disagreements
from conformance.cli import cli
from conformance.contract.message import Reply, Wire
from conformance.engine.journey import Journey
from conformance.engine.scenario import Scenario
from conformance.mocks import catalogue
from conformance.mocks.embedded import embedded, write_environment
from conformance.mocks.kit.model import Settings
from conformance.recording.against import Comparison, against
from conformance.recording.record import record
from conformance.selftest.target import in_process
from conformance.transport.base import Transport, TransportError

PLACES = [ROOT / "cassettes"]
TRACKED = [path for name in files.vendors(PLACES) for path in files.cassettes(name, PLACES)]


def held(path: Path, seed: int = 8, **settings: Any) -> Comparison:
    name, cassette = path.parent.name, files.load(path)
    mock = in_process(vendor(name), Settings(mode=cassette.provenance.mode or "", seed=seed, **settings), ())
    sent = {"transport": mock.transport, "controls": mock.controls, "patience": 0}
    return against(vendor(name), cassette, mock.target, seed, **sent)


def cassette(name: str) -> Path:
    return ROOT / "cassettes" / f"{name}.yaml"


@pytest.mark.parametrize("path", TRACKED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_honest_server_with_other_ids_agrees(path: Path) -> None:
    comparison = held(path)
    assert [str(one) for one in comparison.findings] == []
    assert comparison.skipped == ""
    assert comparison.compared == len(files.load(path).interactions)


@pytest.mark.parametrize("name", catalogue.vendors())
def test_every_vendor_has_what_its_document_prints(name: str) -> None:
    told = files.load(cassette(f"{name}/printed"))
    assert told.provenance.is_evidence
    assert len(told.provenance.samples) == len(told.interactions) > 0
    for sample, one in zip(told.provenance.samples, told.interactions, strict=True):
        assert sample.line
        assert one.reply.json is not None


@pytest.mark.parametrize(
    ("name", "deviation", "told"),
    [
        ("kuflow/start-idempotently", "replay-answers-201", "interaction 2: status 200 recorded, 201 now"),
        ("kuflow/cancel-with-cascade", "done-task-stops-the-cascade", "/task/state: 'CANCELLED' recorded, 'READY' now"),
        ("kuflow/work-a-task", "document-keeps-the-task-open", "/task/state: 'COMPLETED' recorded, 'CLAIMED' now"),
        ("pliant/printed", "trigger-answers-202", "interaction 2: status 200 recorded, 202 now"),
        ("pliant/get-a-token", "token-has-to-warm-up", "interaction 2: status 200 recorded, 401 now"),
        ("instabase/printed", "update-answers-201", "interaction 2: status 200 recorded, 201 now"),
        ("smartflows/start-with-xml", "report-lost-when-waited-for", "/state/report: recorded, and missing now"),
        ("optimajet/use-the-identity-server", "token-that-created-offers-nothing", "status 200 recorded, 401 now"),
    ],
)
def test_a_wrong_server_disagrees(name: str, deviation: str, told: str) -> None:
    text = "\n".join(map(str, held(cassette(name), deviations=frozenset({deviation})).findings))
    assert told in text
    assert f"{name.partition('/')[2]}.yaml: interaction " in text
    assert "(witness: " in text


def test_what_agreed_beside_a_disagreement_is_counted() -> None:
    path = cassette("kuflow/start-idempotently")
    comparison = held(path, deviations=frozenset({"replay-answers-201"}))
    disagreeing = {one.interaction for one in comparison.findings}
    assert disagreeing
    assert comparison.compared == len(files.load(path).interactions)
    assert comparison.agreeing == comparison.compared - len(disagreeing) > 0


def test_an_exchange_that_broke_off_is_none_that_was_compared() -> None:
    path = cassette("kuflow/start-idempotently")
    several = (Finding(path, 2, "/a", "", "mock"), Finding(path, 2, "/b", "", "mock"), Finding(path, 5, "", "", "mock"))
    assert Comparison((*several, Finding(path, None, "", "", "mock")), compared=4).agreeing == 3


def test_the_command_counts_what_agreed_before_a_disagreement(monkeypatch: pytest.MonkeyPatch) -> None:
    def partly(*_: object) -> Comparison:
        return Comparison((Finding(cassette("pliant/printed"), 3, "", "it is not", "document"),), compared=4)

    monkeypatch.setattr("conformance.gates.mock.against_mock", partly)
    arguments = ["replay", "pliant", "--against-mock", "--only", "printed", "--cassettes", str(ROOT / "cassettes")]
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1].startswith("3 exchanges agree, 3 of them with")
    (told,) = json.loads(CliRunner().invoke(cli, [*arguments, "--json"]).stdout)
    assert (told["compared"], told["agreeing"], told["evidence"]) == (4, 3, 3)


def test_what_a_document_prints_catches_wrong_servers() -> None:
    """Of the deviations that break the shape of a reply, what the documents print catches those that it shows."""
    caught = 0
    for name in catalogue.vendors():
        path = cassette(f"{name}/printed")
        for deviation, told in catalogue.find(name).deviations().items():
            if "contract/valid-request" in told.case and name != "kuflow":
                caught += bool(held(path, deviations=frozenset({deviation})).findings)
    assert caught > 40


def test_a_target_without_a_fixture_is_told() -> None:
    told: Cassette = files.load(cassette("kuflow/work-a-task"))
    mock = in_process(vendor("kuflow"), Settings(seed=2), ())
    fixtures = {key: value for key, value in mock.target.fixtures.items() if key != "task_definition_code"}
    target = mock.target.model_copy(update={"fixtures": fixtures})
    comparison = against(vendor("kuflow"), told, target, 2, transport=mock.transport)
    assert comparison.skipped == "interaction 1: fixture: the environment gives no fixture 'task_definition_code'"
    read_only = mock.target.model_copy(update={"profile": "read-only"})
    assert "profile" in against(vendor("kuflow"), told, read_only, 2, transport=mock.transport).skipped


@pytest.mark.parametrize("status", [0, 502])
def test_weather_is_no_disagreement(status: int) -> None:
    class Stormy:
        def __init__(self, inner: Transport) -> None:
            self.inner = inner

        def send(self, wire: Wire) -> Reply:
            if wire.method == "POST":
                if not status:
                    raise TransportError("network", "no reply")
                return Reply(status, {}, b"")
            return self.inner.send(wire)

        def send_together(self, wires: Sequence[Wire]) -> list[Reply | TransportError]:
            return self.inner.send_together(wires)

        def close(self) -> None:
            self.inner.close()

    mock = in_process(vendor("kuflow"), Settings(seed=2), ())
    assert mock.transport is not None
    told = files.load(cassette("kuflow/start-idempotently"))
    comparison = against(vendor("kuflow"), told, mock.target, 2, transport=Stormy(mock.transport))
    assert (comparison.findings, comparison.compared) == ((), 0)
    met = "got status 502" if status else "lost its reply (network: no reply)"
    assert comparison.skipped == f"interaction 1: network: createProcess {met}; replay it again"


def two_callers(journey: Journey) -> None:
    with journey.step("seen"):
        for identity in ("other", "main", "other"):
            found = list_flow_pipelines.sync(client=journey.client(Client, identity))
            names = {one.name for one in journey.got(FlowPipelines, found).pipelines}
            journey.api.observe(**{identity: len(names)})


def test_another_identity_is_recorded_and_replayed_as_another(tmp_path: Path) -> None:
    told = Scenario("two-callers", "Two users look.", {"seen": "Each sees a list."}, two_callers)
    mock = in_process(vendor("instabase"), Settings(seed=2), ())
    sent = {"transport": mock.transport, "controls": mock.controls}
    made = record(vendor("instabase"), mock.target, told, 2, **sent)
    assert made.told.callers == {1: "other", 3: "other"}
    path = tmp_path / "instabase" / "two-callers.yaml"
    made.write(path)
    assert [str(one) for one in held(path).findings] == []
    listed = [len(one.reply.json["pipelines"]) for one in files.load(path).interactions]
    assert listed[0] == listed[2] != listed[1]
    fresh = in_process(vendor("instabase"), Settings(seed=2), ())
    alone = fresh.target.model_copy(update={"identities": {}})
    comparison = against(vendor("instabase"), files.load(path), alone, 2, transport=fresh.transport)
    assert "identity: the environment gives no identity 'other'" in comparison.skipped


def test_a_server_on_a_socket_is_asked_by_the_command(tmp_path: Path) -> None:
    file = tmp_path / "env.toml"
    settings = Settings(seed=5, progress="reads:2")
    with embedded("smartflows", settings) as running:
        write_environment(running, file)
        done = CliRunner().invoke(cli, ["replay", "--env", str(file), "--cassettes", str(ROOT / "cassettes"), "--json"])
    told = json.loads(done.stdout)
    assert done.exit_code == 0, done.output
    assert {one["against"] for one in told} == {"smartflows"}
    evidence = {one["provenance"]: one["evidence"] for one in told}
    assert evidence == {"mock": 0, "document": 3}


def test_agreement_of_a_mock_with_itself_is_no_evidence() -> None:
    arguments = ["replay", "pliant", "--against-mock", "--cassettes", str(ROOT / "cassettes")]
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1].startswith("12 exchanges agree, 4 of them with what a live server or")


def test_a_command_that_contradicts_itself_is_refused() -> None:
    done = CliRunner().invoke(cli, ["replay", "--against-mock", "--env", "x.toml"])
    assert "--against-mock does not go with --env" in str(done.exception)


def shape(value: Any) -> Any:
    """A JSON value with the names of types in place of its texts and numbers."""
    return {key: shape(item) for key, item in value.items()} if isinstance(value, dict) else type(value).__name__


def test_the_mock_delivers_what_the_document_prints() -> None:
    (printed,) = inbound.load(cassette("kuflow/printed"))
    delivered = [one["body"] for one in inbound.load(cassette("kuflow/receive-webhooks"))]
    same = [one for one in delivered if one["type"] == printed["body"]["type"]]
    assert [shape(one) for one in same] == [shape(printed["body"])]
    assert same[0]["data"]["processState"] == printed["body"]["data"]["processState"]


PROCESS = vendor("kuflow").document.operations["retrieveProcess"]


def reply(body: Any, status: int = 200, media_type: str = "application/json") -> Reply:
    return Reply(status, {"content-type": media_type}, json.dumps(body).encode())


SHOWN: dict[str, Any] = {
    "id": "a",
    "state": "RUNNING",
    "tenantId": "t",
    "createdAt": "2026-01-01T00:00:00Z",
    "metadata": {"valid": True, "value": {"a": 1}},
    "processRelated": {"incoming": [], "outcoming": ["x"]},
}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, []),
        ({"id": "b", "tenantId": "u", "createdAt": "2027-01-01T00:00:00Z"}, []),
        ({"metadata": {"valid": True, "value": {"b": "c"}}}, []),
        ({"initiatorId": "i"}, []),
        ({"state": "COMPLETED"}, [("/state", "'RUNNING' recorded, 'COMPLETED' now")]),
        ({"id": 7}, [("/id", "string recorded, number now")]),
        ({"id": None}, [("/id", "string recorded, null now")]),
        ({"colour": "red"}, [("/colour", "not recorded, and there now")]),
        ({"metadata": {"valid": False, "value": {}}}, [("/metadata/valid", "True recorded, False now")]),
        ({"processRelated": {"outcoming": ["y", 1]}}, [("/processRelated/outcoming/1", "string recorded, number now")]),
    ],
)
def test_what_the_contract_leaves_open_is_no_disagreement(change: dict[str, Any], told: list[tuple[str, str]]) -> None:
    found = disagreements(vendor("kuflow").document, PROCESS, reply(SHOWN), reply({**SHOWN, **change}))
    assert list(found) == told


def test_a_needed_property_is_missed_and_an_optional_one_is_not() -> None:
    seen = {key: value for key, value in SHOWN.items() if key not in ("tenantId", "metadata")}
    found = disagreements(vendor("kuflow").document, PROCESS, reply(SHOWN), reply(seen))
    assert list(found) == [("/tenantId", "recorded, and missing now")]


def test_status_and_media_type_come_first() -> None:
    document = vendor("kuflow").document
    for seen, told in (
        (reply(SHOWN, 201), "status 200 recorded, 201 now"),
        (reply(SHOWN, 200, "text/html"), "application/json recorded, text/html now"),
    ):
        assert list(disagreements(document, PROCESS, reply(SHOWN), seen)) == [("", told)]
    refusals = reply({"status": 404}, 404), reply({"status": 403}, 403)
    assert list(disagreements(document, PROCESS, *refusals)) == []


def test_names_are_learned_from_replies_and_fixtures() -> None:
    recorded = Reply(
        201,
        {"location": "https://v.example/things/17"},
        json.dumps({"id": "17", "name": "a", "job": {"runUri": "x:1"}, "told": '{"jobId": "9"}'}).encode(),
    )
    here = Reply(
        201,
        {"location": "https://elsewhere/things/99"},
        json.dumps({"id": "99", "name": "b", "job": {"runUri": "y:2"}, "told": '{"jobId": "8"}'}).encode(),
    )
    assert learned(recorded, here) == {"17": "99", "x:1": "y:2", "9": "8"}
    assert bound({"a": ["x", 1], "k": {"p": "q"}}, {"a": ["y", 2], "k": {"z": "w"}}) == {"x": "y", "p": "z", "q": "w"}
