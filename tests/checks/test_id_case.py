"""A server that tells a UUID in another case in one place than in another is accused of nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from bent import judged, subject

from conformance.contract.message import Reply, Wire

UUID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def in_capitals(where: str) -> Callable[[Wire, Reply], Reply]:
    """Replies from addresses with ``where`` in them tell UUIDs in capitals."""

    def answered(wire: Wire, reply: Reply) -> Reply:
        if where not in wire.url:
            return reply
        return replace(reply, content=UUID.sub(lambda found: found[0].upper(), reply.content))

    return answered


@pytest.mark.parametrize(
    ("case", "where"),
    [
        ("instabase/updateJobPipelines/set/told", "jobs/pipelines"),
        ("instabase/updateJobPipelines/set/same-twice", "jobs/pipelines"),
        ("instabase/updateJobPipelines/set/agrees", "jobs/pipelines"),
        ("instabase/updateJobPipelines/set/agrees", "flow/pipeline"),
        ("instabase/runFlowAsync/job/same-id", "jobs/status"),
        ("instabase/job/model/lives-as-promised", "jobs/pipelines"),
        ("pliant/triggerWorkflow/job/same-id", "stats/log"),
        ("smartflows/createExecution/job/same-id", "/progress"),
        ("smartflows/startFlow/accounts/same-names/getExecution", "flows/executions/"),
        ("smartflows/api/auth/caller/main", "users/me"),
        ("smartflows/findExecutions/pagination/newcomer", "/progress"),
        ("smartflows/findExecutions/pagination/newcomers", "/progress"),
        ("smartflows/findFlowExecutions/pagination/belonging", "flows/"),
        ("smartflows/cancelExecution/lifecycle/listed", "/progress"),
        ("smartflows/cancelExecution/lifecycle/reply", "/progress"),
        ("instabase/pipeline/visibility/listed", "flow/pipeline"),
        ("instabase/pipeline/visibility/shared-list", "flow/pipeline"),
        ("instabase/pipeline/visibility/hidden-list", "flow/pipeline"),
        ("smartflows/api/auth/author/main", "flows/executions/"),
        ("smartflows/startFlow/executions/named-twice", "flows/executions/"),
        ("kuflow/findProcessItems/pagination/union", "process-items?"),
        ("kuflow/findProcessItems/pagination/insert-at-the-end", "process-items?"),
        ("kuflow/findProcessItems/pagination/listed-as-read", "process-items?"),
        ("kuflow/findProcessItems/filtering/keeps/processId", "process-items?"),
        ("kuflow/findProcessItems/sorting/order/createdAt-desc", "process-items?"),
        ("kuflow/findProcessItems/sorting/order/completedAt-asc", "process-items?"),
        ("kuflow/process/model/lives-as-promised", "process-items?"),
    ],
)
def test_a_uuid_in_capitals_is_the_same_uuid(case: str, where: str) -> None:
    vendor, _, path = case.partition("/")
    line = judged(subject(vendor, path), answered=in_capitals(where))
    assert (line.case, line.verdict, line.reason) == (case, "PASS", "")


@pytest.mark.parametrize(
    "case",
    [
        "createProcess/idempotency/replay-status",
        "createProcess/idempotency/exactly-one",
        "createProcess/idempotency/concurrent-replays",
        "createWorker/idempotency/replay-updates",
        "worker/model/lives-as-promised",
    ],
)
def test_a_replay_may_tell_a_uuid_in_capitals(case: str) -> None:
    known: set[bytes] = set()

    def answered(wire: Wire, reply: Reply) -> Reply:
        """Each create that is sent again is answered in capitals."""
        again = wire.method == "POST" and wire.content in known
        known.add(wire.content)
        return in_capitals("")(wire, reply) if again else reply

    line = judged(subject("kuflow", case), answered=answered)
    assert (line.verdict, line.reason) == ("PASS", "")


@pytest.mark.parametrize(
    "case",
    [
        "smartflows/api/scenario/start-with-xml/output",
        "kuflow/createProcess/stores/kept/processDefinitionId",
        "kuflow/createProcess/stores/together",
        "kuflow/claimProcessItemTask/lifecycle/sets-property/ownerId",
        "kuflow/createAuthentication/authentications/oauth2-names-the-tenant",
        "kuflow/process/model/lives-as-promised",
    ],
)
def test_a_fixture_in_capitals_is_the_same_uuid(case: str) -> None:
    vendor, _, path = case.partition("/")
    bent = subject(vendor, path)
    fixtures = {
        name: value.upper() if UUID.fullmatch(str(value).encode()) else value
        for name, value in bent.target.fixtures.items()
    }
    line = judged(replace(bent, target=bent.target.model_copy(update={"fixtures": fixtures})))
    assert (line.verdict, line.reason) == ("PASS", "")


def test_an_empty_array_is_no_result_of_a_job_that_goes_on() -> None:
    def answered(wire: Wire, reply: Reply) -> Reply:
        pending = b'"PENDING"' in reply.content
        return replace(reply, content=b'{"results": [],' + reply.content[1:]) if pending else reply

    line = judged(subject("instabase", "runFlowAsync/job/result-is-late"), answered=answered)
    assert (line.verdict, line.reason) == ("PASS", "")


@pytest.mark.parametrize("check", ["sent-once", "repeat"])
def test_events_name_what_they_are_about_in_any_case(check: str) -> None:
    bent = subject("kuflow", f"api/events/{check}/PROCESS.STATE_CHANGED")
    inbox = bent.controls["webhook_inbox"]

    def in_capitals_too(arguments: Mapping[str, Any]) -> Any:
        told = json.dumps(inbox(arguments)).encode()
        return json.loads(UUID.sub(lambda found: found[0].upper(), told))

    line = judged(bent, controls={"webhook_inbox": in_capitals_too})
    assert line.verdict == "PASS", line.reason
