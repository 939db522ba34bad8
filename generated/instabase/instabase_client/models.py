"""The models of Flow pipelines and the jobs that they belong to."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import MISSING, Field, RootModel

from instabase_client.base_model import Model


class ErrorReply(Model):
    status: Literal["ERROR"]
    msg: str
    """What went wrong."""


class FlowJobState(StrEnum):
    RUNNING = "RUNNING"
    PAUSED = "PAUSED"
    COMPLETE = "COMPLETE"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"
    STOPPED_AT_CHECKPOINT = "STOPPED_AT_CHECKPOINT"


class FlowPipelinePermission(StrEnum):
    FLOW_PIPELINE_READ = "flow_pipeline:read"
    FLOW_PIPELINE_EXECUTE = "flow_pipeline:execute"
    FLOW_PIPELINE_DELETE = "flow_pipeline:delete"
    FLOW_PIPELINE_MANAGE_PIPELINES = "flow_pipeline:manage_pipelines"
    FLOW_PIPELINE_WRITE = "flow_pipeline:write"


class FlowRun(Model):
    input_dir: str
    """The folder of files to work on."""
    pipeline_ids: list[str] | MISSING = MISSING
    """The pipelines that the job is to belong to."""
    tags: list[str] | MISSING = MISSING


class JobPipelinesUpdate(Model):
    job_id: str
    """The job."""
    pipeline_ids: list[str]
    """All pipelines that it is to have from now on."""


class JobState(StrEnum):
    PENDING = "PENDING"
    DONE = "DONE"
    COMPLETE = "COMPLETE"


class JobType(StrEnum):
    FLOW = "flow"
    REFINER = "refiner"
    JOB = "job"
    ASYNC = "async"
    GROUP = "group"


class RequestStatus(StrEnum):
    OK = "OK"
    ERROR = "ERROR"


class StartedJob(Model):
    job_id: str
    output_folder: str
    """The full path of the root of its output."""


class FlowJobProgress(Model):
    """What the text cur_status of a flow job is the JSON of."""

    status: FlowJobState
    cur_progress: Annotated[float | MISSING, Field(alias="curProgress", ge=0.0, le=1.0)] = MISSING
    """How much of the job is done."""
    finish_timestamp: int | None | MISSING = MISSING
    """Seconds since 1970 when it ended; not there, or null, while it runs."""


class FlowPipeline(Model):
    name: str
    id: Annotated[str, Field(pattern="^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$")]
    """A UUID, to be sent back as it came; whether case matters is not written."""
    permissions: list[FlowPipelinePermission]
    """What the caller may do with it."""
    is_manager: bool
    """Whether the caller manages it."""


class FlowPipelines(Model):
    status: Literal["OK"]
    pipelines: list[FlowPipeline]


class FlowPipelinesReply(RootModel[FlowPipelines | ErrorReply]):
    root: Annotated[FlowPipelines | ErrorReply, Field(discriminator="status")]


class FlowRunStarted(Model):
    status: Literal["OK"]
    data: StartedJob


class JobPipeline(Model):
    """A pipeline as a job has it; spelled unlike the same thing in the list of pipelines."""

    flow_pipeline_name: Annotated[str, Field(alias="flowPipelineName")]
    flow_pipeline_id: Annotated[
        str, Field(alias="flowPipelineId", pattern="^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$")
    ]
    """A UUID, to be sent back as it came; whether case matters is not written."""


class JobPipelines(Model):
    """An OK has no msg."""

    status: Literal["OK"]
    updated_pipelines: list[JobPipeline]


class JobPipelinesReply(RootModel[JobPipelines | ErrorReply]):
    root: Annotated[JobPipelines | ErrorReply, Field(discriminator="status")]


class JobResult(Model):
    status: RequestStatus
    output_folder: str | MISSING = MISSING
    """Goes with OK."""
    msg: str | MISSING = MISSING
    """Goes with ERROR."""


class JobStatus(Model):
    status: Literal["OK"]
    msg: str
    """How the job is going."""
    state: JobState
    job_id: str
    results: list[JobResult] | MISSING = MISSING
    """Only of a job that runs no more."""
    cur_status: Annotated[
        str,
        Field(
            json_schema_extra={
                "contentMediaType": "application/json",
                "contentSchema": {"$ref": "#/components/schemas/FlowJobProgress"},
            }
        ),
    ]
    """JSON as a text; what it holds depends on the kind of job, FlowJobProgress for a flow."""


class JobStatusReply(RootModel[JobStatus | ErrorReply]):
    root: Annotated[JobStatus | ErrorReply, Field(discriminator="status")]


class FlowRunReply(RootModel[FlowRunStarted | ErrorReply]):
    root: Annotated[FlowRunStarted | ErrorReply, Field(discriminator="status")]
