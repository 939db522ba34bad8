"""What is wrong and passes, what is refused too late, and refusals that do not look like one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from conformance.mocks.instabase.deviations._tools import without
from conformance.mocks.instabase.inputs import parsed
from conformance.mocks.instabase.records import Job, User
from conformance.mocks.instabase.server import Instabase
from conformance.mocks.kit import jsonio
from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Received, Refusal
from conformance.mocks.kit.model import Json

ERRORS, SET = "instabase/updateJobPipelines/errors", "instabase/updateJobPipelines/set"

BODY, REFUSES = f"{ERRORS}/body", "instabase/updateJobPipelines/contract/refuses"


def _mend(server: Instabase, defaults: Json) -> None:
    honest = server.rules.inputs.parsed
    server.rules.inputs.parsed = lambda raw: {**defaults, **honest(raw)}


def _a_job(server: Instabase) -> str:
    return next(iter(server.store.jobs))


@deviation("array-taken-for-object", clauses=("IB-10",), case=f"{REFUSES}/no-object")
def array_taken_for_object(server: Instabase) -> None:
    """A body that is an array is taken for the list of pipelines of the first job."""

    def read(raw: bytes) -> Json:
        value: Any = jsonio.parse(raw) if raw.lstrip().startswith(b"[") else None
        return {"job_id": _a_job(server), "pipeline_ids": []} if isinstance(value, list) else parsed(raw)

    server.rules.inputs.parsed = read


@deviation("single-item-unwrapped", clauses=("IB-10",), case=f"{REFUSES}/no-object")
def single_item_unwrapped(server: Instabase) -> None:
    """A body that is an array round an object is taken for the object."""

    def read(raw: bytes) -> Json:
        value: Any = jsonio.parse(raw) if raw.lstrip().startswith(b"[{") else None
        return dict(value[0]) if isinstance(value, list) else parsed(raw)

    server.rules.inputs.parsed = read


@deviation("broken-json-passes", clauses=("IB-10",), case=f"{REFUSES}/syntax")
def broken_json_passes(server: Instabase) -> None:
    """A body that is not JSON is answered with an OK."""

    def read(raw: bytes) -> Json:
        try:
            jsonio.parse(raw or b"null")
        except ValueError:
            return {"job_id": _a_job(server), "pipeline_ids": []}
        return parsed(raw)

    server.rules.inputs.parsed = read


@deviation("job-id-optional", clauses=("IB-11",), case=f"{REFUSES}/missing-job_id")
def job_id_optional(server: Instabase) -> None:
    """An update without a job changes the first one."""
    honest = server.rules.inputs.parsed
    server.rules.inputs.parsed = lambda raw: {"job_id": _a_job(server), **honest(raw)}


@deviation("pipeline-ids-optional", clauses=("IB-11",), case=f"{REFUSES}/missing-pipeline_ids")
def pipeline_ids_optional(server: Instabase) -> None:
    """An update without pipelines takes all of them away."""
    _mend(server, {"pipeline_ids": []})


@deviation("any-pipeline-ids", clauses=("IB-11a",), case=f"{REFUSES}/type-pipeline_ids")
def any_pipeline_ids(server: Instabase) -> None:
    """Pipelines that are no list are taken for none."""
    honest = server.rules.inputs.parsed

    def read(raw: bytes) -> Json:
        body = honest(raw)
        return {**body, "pipeline_ids": []} if isinstance(body.get("pipeline_ids"), str) else body

    server.rules.inputs.parsed = read


@deviation("any-job-will-do", clauses=("IB-12",), case=f"{ERRORS}/unknown-reference/job_id")
def any_job_will_do(server: Instabase) -> None:
    """An unknown job is made up on the spot."""
    honest = server.rules.jobs.found

    def found(server: Instabase, user: User, sent: str) -> Job:
        try:
            return honest(server, user, sent)
        except Refusal:
            return Job(sent, user.name, "", server.clock.now(), fails=False)

    server.rules.jobs.found = found


@deviation("refused-after-the-deed", clauses=("IB-13a",), case=f"{SET}/refused-changes-nothing")
def refused_after_the_deed(server: Instabase) -> None:
    """An update with a pipeline that does not exist is refused, but only after the old ones are gone."""
    honest, replacing = server.rules.pipelines.wanted, server.rules.jobs.found
    last: list[Job] = []

    def found(server: Instabase, user: User, sent: str) -> Job:
        last[:] = [replacing(server, user, sent)]
        return last[0]

    def wanted(server: Instabase, user: User, sent: Iterable[str]) -> list[str]:
        try:
            return honest(server, user, sent)
        except Refusal:
            for job in last:
                job.pipelines = []
            raise

    server.rules.jobs.found, server.rules.pipelines.wanted = found, wanted


@deviation("error-without-msg", clauses=("IB-17a",), case=BODY)
def error_without_msg(server: Instabase) -> None:
    """A refusal does not say why."""
    server.rules.errors.body = lambda _: {"status": "ERROR"}


@deviation("msg-is-an-object", clauses=("IB-17a",), case=BODY)
def msg_is_an_object(server: Instabase) -> None:
    """A refusal says why in an object."""
    server.rules.errors.body = lambda message: {"status": "ERROR", "msg": {"text": message}}


@deviation("error-says-fail", clauses=("IB-03",), case=BODY)
def error_says_fail(server: Instabase) -> None:
    """A refusal has a status of its own making."""
    server.rules.errors.body = lambda message: {"status": "FAIL", "msg": message}


@deviation("error-is-400", clauses=("IB-21",), case=f"{ERRORS}/refused-status")
def error_is_400(server: Instabase) -> None:
    """A refusal comes with the status of one."""
    server.rules.errors.status = 400


@deviation("error-is-500", clauses=("IB-08",), case="instabase/listFlowPipelines/auth/without-credentials")
def error_is_500(server: Instabase) -> None:
    """A refusal comes as a failure of the server."""
    server.rules.errors.status = 500


@deviation("folder-unchecked", clauses=("IB-23a",), case="instabase/runFlowAsync/contract/refuses/missing-input_dir")
def folder_unchecked(server: Instabase) -> None:
    """A flow is started over no folder at all."""
    _mend(server, {"input_dir": next(iter(server.store.folders))})


@deviation("job-type-optional", clauses=("IB-22a",), case="instabase/getJobStatus/contract/refuses/missing-type")
def job_type_optional(server: Instabase) -> None:
    """The status of a job is told without a type."""
    honest = server.rules.receive

    def receive(name: str, request: Received) -> Received:
        got = honest(name, request)
        query = tuple({"type": "flow", **dict(got.query)}.items())
        return replace(got, query=query) if name == "getJobStatus" else got

    server.rules.receive = receive


@deviation("any-job-type", clauses=("IB-22k",), case="instabase/getJobStatus/contract/refuses/enum-type")
def any_job_type(server: Instabase) -> None:
    """The status of a job is told whatever type is asked for."""
    honest = server.rules.inputs.query

    def query(request: Received) -> tuple[str, str]:
        told = dict(request.query)
        return honest(replace(request, query=(*{**told, "type": "flow"}.items(),)) if told.get("type") else request)

    server.rules.inputs.query = query


@deviation("job-status-without-status", clauses=("IB-22",), case="instabase/getJobStatus/contract/valid-request")
def job_status_without_status(server: Instabase) -> None:
    """The status of a job does not say whether it was found."""
    without(server, "getJobStatus", "status")
