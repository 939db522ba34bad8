"""The lint of semantics finds what the contract does not have, and says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.contract.lint.linting import lint
from conformance.contract.vendor import Vendor
from conformance.errors import DocumentError

SPECS = Path(__file__).parents[2] / "specs"


def findings(folder: Path, before: str = "", after: str = "", vendor: str = "instabase") -> tuple[str, ...]:
    """What the lint says of a copy in which ``after`` stands where ``before`` stood."""
    text = (SPECS / vendor / "semantics.yaml").read_text()
    assert before in text
    (folder / "semantics.yaml").write_text(text.replace(before, after, 1))
    (folder / "openapi.yaml").write_text((SPECS / vendor / "openapi.yaml").read_text())
    return lint(Vendor.load(folder))


def test_what_fits_has_no_findings(tmp_path: Path) -> None:
    assert findings(tmp_path) == ()


@pytest.mark.parametrize(
    ("before", "after", "pointer", "problem"),
    [
        ("unique: [/permissions]", "unique: [/rights]", "/operations/listFlowPipelines/list/unique/0", "/rights"),
        ("told: {items: /updated_", "told: {items: /", "/operations/updateJobPipelines/set/told", "/pipelines/0"),
        (
            "agrees: {operation: listFlowPipelines",
            "agrees: {operation: listFlowPipeline",
            "/operations/updateJobPipelines/set/agrees/operation",
            "did you mean 'listFlowPipelines'",
        ),
        ("state: /state", "state: /stat", "/operations/runFlowAsync/job/state", "no reply of getJobStatus has /stat"),
        (
            "schema: FlowJobProgress",
            "schema: FlowProgress",
            "/operations/runFlowAsync/job/details/schema",
            "unknown schema 'FlowProgress'",
        ),
        ("ended_at: /cur_status#", "ended_at: /status_now#", "/operations/runFlowAsync/job/ended_at", "/status_now#"),
    ],
)
def test_what_does_not_fit_is_found_where_it_stands(
    tmp_path: Path, before: str, after: str, pointer: str, problem: str
) -> None:
    found = findings(tmp_path, before, after)
    assert len(found) == 1
    assert f": {pointer}: " in found[0]
    assert problem in found[0]


@pytest.mark.parametrize(
    ("vendor", "before", "after", "pointer", "problem"),
    [
        ("kuflow", "webhook: events", "webhook: event", "/events/webhook", "webhook 'event'; did you mean 'events'"),
        (
            "kuflow",
            "child: process-item",
            "child: process-items",
            "/events/each/PROCESS_ITEM.TASK_STATE_CHANGED-by-cascade/child",
            "resource 'process-items'; did you mean 'process-item'",
        ),
        (
            "kuflow",
            "process-item, state: CLAIMED}",
            "process-item, state: CLAIMD}",
            "/operations/completeProcessItemTask/request/$request.path.id/state",
            "state 'CLAIMD'; did you mean 'CLAIMED'",
        ),
        (
            "kuflow",
            "capability: form_documents",
            "capability: documents",
            "/operations/downloadProcessItemTaskDataWebformsAsDocument/capability",
            "capability 'documents'; did you mean 'form_documents'",
        ),
        (
            "optimajet",
            "{control: set_access_token, argument: token}",
            "{control: set_token, argument: token}",
            "/auth/change/control",
            "control 'set_token'; did you mean 'set_access_token'",
        ),
        (
            "optimajet",
            "modes: [openid]",
            "modes: [openi]",
            "/createToken/modes/0",
            "mode 'openi'; did you mean 'openid'",
        ),
        (
            "optimajet",
            "follows: [set, reject]",
            "follows: [sett, reject]",
            "/box/follows/0",
            "command 'sett'; did you mean 'set'",
        ),
        (
            "optimajet",
            "[{resource: instance}]",
            "[{resource: instances}]",
            "/request/$request.body#~1processids/literal/0/resource",
            "resource 'instances'; did you mean 'instance'",
        ),
        (
            "optimajet",
            "            submit:",
            "            submitt:",
            "/createInstanceWithParameters/stores/kept/parameter/outlives/submitt",
            "command 'submitt'; did you mean 'submit'",
        ),
        (
            "optimajet",
            "after: submit",
            "after: submitt",
            "/getInstances/list/after",
            "command 'submitt'; did you mean 'submit'",
        ),
        (
            "pliant",
            "    keyed: [",
            "    keyd: [",
            "/auth/accepted/keyd",
            "identity 'keyd'; did you mean 'keyed'",
        ),
    ],
)
def test_a_name_of_nothing_is_found_wherever_it_stands(
    tmp_path: Path, vendor: str, before: str, after: str, pointer: str, problem: str
) -> None:
    assert findings(tmp_path, vendor=vendor) == ()
    found, *_ = findings(tmp_path, before, after, vendor)
    assert f"{pointer}: unknown {problem}" in found


@pytest.mark.parametrize(
    ("vendor", "before", "after", "operation", "missing"),
    [
        ("kuflow", "    effect: read\n    request: {$request.path.id: {resource: process}}\n", "    effect: read\n",
         "retrieveProcess", "$request.path.id"),
        ("kuflow", "      $request.body#/message: A line of the conformance suite.\n", "",
         "appendProcessItemTaskLog", "$request.body#/message"),
        ("kuflow", "      $request.body#/task/taskDefinitionCode: {fixture: task_definition_code}\n",
         "      $request.body#/task/data: {}\n", "createProcessItem", "$request.body#/task/taskDefinitionCode"),
        ("instabase", "      $request.body#/job_id: {resource: job}\n", "",
         "updateJobPipelines", "$request.body#/job_id"),
        ("kuflow", "      $request.query.fileName: note.txt\n      $request.body#: {bytes: a note}\n",
         "      $request.body#: {bytes: a note}\n", "uploadProcessDocument", "$request.query.fileName"),
        ("kuflow", "      $request.body#/task/taskDefinitionCode: {fixture: task_definition_code}\n",
         "      $request.body#/task: {data: {}}\n", "createProcessItem", "$request.body#/task/taskDefinitionCode"),
    ],
)  # fmt: skip
def test_a_request_lacks_what_the_contract_requires(
    tmp_path: Path, vendor: str, before: str, after: str, operation: str, missing: str
) -> None:
    found = findings(tmp_path, before, after, vendor)
    assert any(f": /operations/{operation}/request: {operation} requires {missing}, and" in one for one in found), found


@pytest.mark.parametrize(
    ("before", "after", "cycle"),
    [
        (
            "$request.body#/type: TASK\n",
            "$request.body#/type: TASK\n      $request.body#/ownerId: {resource: process-item}\n",
            "process-item needs process-item",
        ),
        (
            "request: {$request.body#/processDefinitionId: {fixture: process_definition_id}}",
            "request: {$request.body#/processDefinitionId: {resource: process-item}}",
            "process needs process-item needs process",
        ),
    ],
)
def test_what_needs_itself_to_be_made_is_found(tmp_path: Path, before: str, after: str, cycle: str) -> None:
    (found,) = findings(tmp_path, before, after, "kuflow")
    assert found.endswith(f": /resources/{cycle.partition(' ')[0]}: it needs itself: {cycle}")


@pytest.mark.parametrize("value", ["{}", "one", "{resource: process}", "{literal: a}"])
def test_members_of_a_set_are_several(tmp_path: Path, value: str) -> None:
    with pytest.raises(DocumentError, match="/operations/updateJobPipelines/set/members/1: members are a list of ids"):
        findings(tmp_path, "{fixture: other_pipeline_ids}]", f"{value}]")
    assert findings(tmp_path, "{fixture: other_pipeline_ids}]", "[one, two]]") == ()


@pytest.mark.parametrize(
    ("before", "after", "pointer", "problem"),
    [
        (
            "value: {fresh: uuid}",
            "value: {frsh: uuid}",
            "/operations/createWorker/stores/kept/installationId/value",
            "unknown source 'frsh'; did you mean 'fresh', or {literal: {frsh: …}}?",
        ),
        (
            "value: {fresh: uuid}",
            "value: [a, {b: {fresh: uid}}]",
            "/operations/createWorker/stores/kept/installationId/value",
            "/1/b: Input should be 'uuid' or 'text'",
        ),
        (
            "value: {fresh: uuid}",
            "value: {b: [{resurce: process}]}",
            "/operations/createWorker/stores/kept/installationId/value",
            "unknown source 'resurce'; did you mean 'resource'",
        ),
    ],
)
def test_a_value_that_almost_says_where_it_comes_from_is_refused(
    tmp_path: Path, before: str, after: str, pointer: str, problem: str
) -> None:
    with pytest.raises(DocumentError) as refused:
        findings(tmp_path, before, after, "kuflow")
    assert f": {pointer}: " in str(refused.value)
    assert problem in str(refused.value)


@pytest.mark.parametrize(
    "value", ["{literal: {frsh: uuid}}", "{frsh: 3}", "{frsh: a, other: b}", "[{literal: {frsh: uuid}}]"]
)
def test_what_is_said_to_be_a_literal_is_one(tmp_path: Path, value: str) -> None:
    assert findings(tmp_path, "value: {fresh: uuid}", f"value: {value}", "kuflow") == ()


@pytest.mark.parametrize("said", ["", "      format: text\n", "      format: uuid\n"])
def test_a_key_that_the_contract_leaves_open_has_a_format(tmp_path: Path, said: str) -> None:
    before = "      key: [$request.body#/id]\n      format: uuid\n"
    contract = (SPECS / "kuflow" / "openapi.yaml").read_text()
    text = (SPECS / "kuflow" / "semantics.yaml").read_text()
    assert text.count(before) == 2
    (tmp_path / "semantics.yaml").write_text(text.replace(before, f"      key: [$request.body#/id]\n{said}"))
    (tmp_path / "openapi.yaml").write_text(contract.replace("format: uuid", "format: id"))
    found = [one for one in lint(Vendor.load(tmp_path)) if "is a UUID; say format: text" in one]
    assert [one.split(": ")[1] for one in found] == (
        [] if said else ["/operations/createProcess/create", "/operations/createProcessItem/create"]
    )


@pytest.mark.parametrize(
    ("vendor", "before", "after", "problem"),
    [
        ("instabase", "  success: [OK]\n", "", "'place' and 'success' go together"),
        ("instabase", "  place: $response.body#/status\n", "", "'place' and 'success' go together"),
        (
            "kuflow",
            "[workflow-a, workflow-b], at",
            "[workflow-a, workflow-b], whole: true, at",
            "'whole' is for a value that is an object",
        ),
    ],
)
def test_what_goes_together_is_said_together(
    tmp_path: Path, vendor: str, before: str, after: str, problem: str
) -> None:
    with pytest.raises(DocumentError, match=problem):
        findings(tmp_path, before, after, vendor)
