"""Requests that Schemathesis generates: what they are, what is judged of them, and who gets how many."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from schemathesis.checks import CHECKS, load_all_checks

from conformance.checks.contract import SCHEMATHESIS
from conformance.contract.message import Reply, Wire
from conformance.contract.vendor import Vendor, find
from conformance.engine.generating import COSTLY, HANDFUL
from conformance.engine.plan import plan
from conformance.engine.suite import Options, execute
from conformance.generation.generated import covering, fuzzed
from conformance.mocks.kit.model import Settings
from conformance.results import CaseLine
from conformance.selftest.target import in_process
from conformance.transport.base import Transport, TransportError
from conformance.transport.inprocess import InProcess


def test_every_check_of_schemathesis_has_a_level() -> None:
    load_all_checks()
    assert set(CHECKS.get_all_names()) == SCHEMATHESIS.keys()


@pytest.fixture(scope="module")
def kuflow() -> Vendor:
    return Vendor.load(find("kuflow"))


def test_every_operation_with_parameters_gets_requests_of_both_kinds(kuflow: Vendor) -> None:
    generated = covering(kuflow.document)
    assert generated.keys() == kuflow.document.operations.keys()
    for name, operation in kuflow.document.operations.items():
        kinds = {one.means_well for one in generated[name]}
        assert kinds == {True, False} if operation.parameters or operation.body else True


def test_bounds_and_enums_are_covered_and_bodies_of_every_kind_come(kuflow: Vendor) -> None:
    generated = covering(kuflow.document)
    sizes = {dict(one.request.query).get("size") for one in generated["findPrincipals"]}
    assert {"0", "1000", "1001", "-1"} <= sizes
    kinds = {dict(one.request.query).get("type") for one in generated["findPrincipals"] if one.means_well}
    assert {"USER", "APPLICATION", "SYSTEM"} <= kinds
    assert isinstance(generated["patchProcessEntity"][0].request.body, list)
    assert {type(one.request.body) for one in generated["uploadProcessDocument"]} & {bytes}
    smartflows = covering(Vendor.load(find("smartflows")).document)["createExecution"]
    assert {one.request.media_type for one in smartflows} & {"application/xml"}
    token = covering(Vendor.load(find("pliant")).document)["issueToken"]
    assert any(isinstance(one.request.body, dict) for one in token)


def test_random_ones_repeat_with_their_seed(kuflow: Vendor) -> None:
    first = fuzzed(kuflow.document, "createProcess", 5, 3)
    assert len(first) >= 8
    assert first == fuzzed(kuflow.document, "createProcess", 5, 3)
    assert first != fuzzed(kuflow.document, "createProcess", 5, 4)


def test_nothing_is_left_behind_in_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    fuzzed(Vendor.load(find("instabase")).document, "getJobStatus", 2, 1)
    assert list(tmp_path.iterdir()) == []


@dataclass
class Counting:
    inner: Transport
    sent: list[Wire] = field(default_factory=list)

    def send(self, wire: Wire) -> Reply:
        self.sent.append(wire)
        return self.inner.send(wire)

    def send_together(self, wires: Sequence[Wire]) -> list[Reply | TransportError]:
        return self.inner.send_together(wires)

    def close(self) -> None:
        self.inner.close()


def sent_by(vendor: Vendor, *cases: str, examples: int = 0) -> list[Wire]:
    """What some cases send to the mock, which passes them."""
    subject = in_process(vendor, Settings(seed=4), [one for one in plan(vendor) if one.path in cases])
    counting = Counting(subject.transport)
    lines = execute([replace(subject, transport=counting)], Options(1, examples=examples))
    ended = [(one.verdict, one.reason) for one in lines if isinstance(one, CaseLine)]
    assert ended == [("PASS", "")] * len(cases)
    return counting.sent


def test_of_what_breaks_one_rule_in_one_place_a_simple_value_and_one_with_parts_are_sent(kuflow: Vendor) -> None:
    case = "changeProcessInitiator/contract/generated-invalid"

    def values(examples: int = 0) -> list[object]:
        sent = [wire for wire in sent_by(kuflow, case, examples=examples) if b"initiatorId" in (wire.content or b"")]
        return [value for wire in sent if not isinstance(value := json.loads(wire.content or b"")["initiatorId"], str)]

    assert values() == [0, [None, None]]
    assert len(values(examples=1)) > 2


def test_what_another_case_saw_refused_is_not_sent_again_unless_it_is_null(kuflow: Vendor) -> None:
    def levels(*others: str) -> list[object]:
        cases = ["appendProcessItemTaskLog/contract/generated-invalid", *others]
        logs = [json.loads(wire.content) for wire in sent_by(kuflow, *cases) if b'"level"' in (wire.content or b"")]
        return [one["level"] for one in logs if not isinstance(one, list) and one["level"] != "INFO"]

    assert levels() == [None, [None, None], "AAA"]
    refused = "appendProcessItemTaskLog/contract/refuses"
    assert levels(f"{refused}/type-level", f"{refused}/enum-level") == [17, "NO_SUCH_MEMBER", None, [None, None]]


def test_null_is_refused_where_something_is_required_and_may_stand_for_nothing_elsewhere(kuflow: Vendor) -> None:
    def nulls(case: str) -> set[str]:
        bodies = [json.loads(wire.content) for wire in sent_by(kuflow, case) if wire.content.startswith(b"{")]
        return {name for body in bodies for name, value in body.items() if value is None}

    assert nulls("appendProcessItemTaskLog/contract/generated-invalid") == {"message", "level"}
    assert nulls("changeProcessInitiator/contract/generated-invalid") == set()


def test_what_is_read_only_breaks_no_rule_of_a_request(kuflow: Vendor) -> None:
    sent = sent_by(kuflow, "updateProcessMetadata/contract/generated-invalid", examples=3)
    bodies = [json.loads(wire.content) for wire in sent if wire.method == "PUT" and wire.content.startswith(b"{")]
    values = [body["metadata"] for body in bodies if isinstance(body.get("metadata"), dict)]
    assert any(not isinstance(value.get("value"), dict) for value in values)
    assert not [value for value in values if isinstance(value.get("value"), dict) and len(value) > 1]


def test_what_was_refused_to_be_changed_is_used_again(kuflow: Vendor) -> None:
    sent = sent_by(kuflow, "patchProcessMetadata/contract/generated-valid")
    patches = [wire for wire in sent if wire.method == "PATCH"]
    creates = [wire for wire in sent if wire.url.endswith("/processes")]
    assert len(patches) == COSTLY
    assert len(creates) < COSTLY // 2


@pytest.mark.parametrize(
    ("place", "examples", "case", "verdict", "expected"),
    [
        ("http://localhost:1", 0, "findPrincipals/contract/generated-invalid", "PASS", range(10, 100)),
        ("http://far.example", 0, "findPrincipals/contract/generated-invalid", "PASS", range(1, HANDFUL + 1)),
        ("http://far.example", 0, "createProcess/contract/generated-invalid", "SKIPPED", range(1)),
        ("http://far.example", 2, "findPrincipals/contract/generated-invalid", "PASS", range(10, 200)),
    ],
)
def test_a_server_elsewhere_gets_a_handful_and_reads_only(
    kuflow: Vendor, place: str, examples: int, case: str, verdict: str, expected: range
) -> None:
    (chosen,) = [one for one in plan(kuflow) if one.path == case]
    subject = in_process(kuflow, Settings(seed=4), (chosen,))
    assert isinstance(subject.transport, InProcess)
    (app, *_) = subject.transport._apps.values()
    counting = Counting(InProcess({place: app}))
    url = subject.target.url.replace("http://localhost:1", place)
    there = replace(subject, target=subject.target.model_copy(update={"url": url}), transport=counting)
    (line,) = [one for one in execute([there], Options(1, examples=examples)) if isinstance(one, CaseLine)]
    assert line.verdict == verdict, line.reason
    assert line.requests in expected


@pytest.mark.parametrize("name", ["kuflow", "optimajet", "pliant", "smartflows", "instabase"])
def test_no_case_passes_without_a_generated_request(name: str) -> None:
    vendor = Vendor.load(find(name))
    subject = in_process(vendor, Settings(seed=4), plan(vendor, "*/contract/generated-*"))
    lines = [one for one in execute([subject], Options(1)) if isinstance(one, CaseLine)]
    assert [line.case for line in lines if line.verdict == "PASS" and not line.requests] == []
