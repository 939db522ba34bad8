"""The pipelines that a job belongs to."""

from __future__ import annotations

from instabase_client import Client
from instabase_client.api.flow import run_flow_async
from instabase_client.api.job import update_job_pipelines
from instabase_client.api.pipeline import list_flow_pipelines
from instabase_client.models import (
    FlowPipeline,
    FlowPipelines,
    FlowRun,
    FlowRunStarted,
    JobPipelines,
    JobPipelinesUpdate,
)

from conformance.engine.journey import Journey
from conformance.engine.outcome import expect_equal
from conformance.engine.scenario import scenario


@scenario(
    {
        "listed": "The list has the pipelines that the user has access to.",
        "set": "An update is answered with the pipelines that it names.",
        "replaced": "Another update puts other pipelines in their place.",
        "cleared": "An empty update is answered with an empty list.",
    },
    effect="starts-execution",
)
def manage_the_pipelines_of_a_job(journey: Journey) -> None:
    """List the pipelines, and set, replace and clear those of a job."""
    client = journey.client(Client)
    job = job_of(journey, client)

    with journey.step("listed"):
        listed = pipelines_of(journey, client)
        wanted = [one.lower() for one in journey.fixture("pipeline_ids")]
        others = [one.lower() for one in journey.fixture("other_pipeline_ids")]
        expect_equal([one for one in wanted + others if one not in listed], [], "pipelines not listed")

    with journey.step("set"):
        told = update(journey, client, job, [listed[one].id for one in wanted])
        if told != {one: listed[one].name for one in wanted}:
            # An administrator may have renamed them since they were listed.
            listed = {**listed, **pipelines_of(journey, client)}
        expect_equal(told, {one: listed[one].name for one in wanted}, "pipelines")

    with journey.step("replaced"):
        told = update(journey, client, job, [listed[one].id for one in others])
        expect_equal(sorted(told), sorted(others), "pipelines")

    with journey.step("cleared"):
        expect_equal(update(journey, client, job, []), {}, "pipelines")


def job_of(journey: Journey, client: Client) -> str:
    """The id of a job that was started for the purpose."""
    reply = run_flow_async.sync(client=client, body=FlowRun(input_dir=journey.fixture("input_dir")))
    return journey.got(FlowRunStarted, reply).data.job_id


def pipelines_of(journey: Journey, client: Client) -> dict[str, FlowPipeline]:
    """The pipelines that are listed, by id in lower case."""
    found = journey.got(FlowPipelines, list_flow_pipelines.sync(client=client))
    return {pipeline.id.lower(): pipeline for pipeline in found.pipelines}


def update(journey: Journey, client: Client, job: str, pipelines: list[str]) -> dict[str, str]:
    """Give a job other pipelines; the names of those that it is told to have, by id in lower case."""
    reply = update_job_pipelines.sync(client=client, body=JobPipelinesUpdate(job_id=job, pipeline_ids=pipelines))
    told = journey.got(JobPipelines, reply)
    return {one.flow_pipeline_id.lower(): one.flow_pipeline_name for one in told.updated_pipelines}
