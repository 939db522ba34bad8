"""An update that cannot be made."""

from __future__ import annotations

from instabase_client import Client
from instabase_client.api.job import update_job_pipelines
from instabase_client.models import ErrorReply, JobPipelinesUpdate

from conformance.engine.journey import Journey
from conformance.engine.outcome import expect, expect_equal
from conformance.engine.scenario import scenario


@scenario(
    {
        "refused": "An update of a job that does not exist is answered with 200 and the status ERROR.",
        "explained": "The refusal says why.",
        "refused-again": "The same update again is refused again.",
    }
)
def be_refused(journey: Journey) -> None:
    """Update a job that does not exist, and read the refusal."""
    client = journey.client(Client)
    nobody = journey.fresh_text()
    pipelines = journey.fixture("pipeline_ids")

    with journey.step("refused"):
        body = JobPipelinesUpdate(job_id=nobody, pipeline_ids=pipelines)
        reply = update_job_pipelines.sync_detailed(client=client, body=body)
        refusal = journey.got(ErrorReply, reply.parsed)
        expect_equal(reply.status_code, 200, "status")

    with journey.step("explained"):
        expect(bool(refusal.msg), "a message", refusal.msg)

    with journey.step("refused-again"):
        journey.got(ErrorReply, update_job_pipelines.sync(client=client, body=body))
