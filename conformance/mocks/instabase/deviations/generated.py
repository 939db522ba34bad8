"""What only a generated request shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conformance.mocks.instabase.server import Instabase
from conformance.mocks.kit.bending import asks, bend_answers, with_status
from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.model import Json


@deviation("refiner-status-accepted", clauses=(), case="instabase/getJobStatus/contract/generated-valid")
def refiner_status_accepted(server: Instabase) -> None:
    """The status of a refiner job is answered as accepted."""
    bend_answers(server, "getJobStatus", asks("type", "refiner"), with_status(202))


@deviation("null-takes-all-away", clauses=(), case="instabase/updateJobPipelines/contract/generated-invalid")
def null_takes_all_away(server: Instabase) -> None:
    """Pipelines that are null are taken for an empty list, and so all are taken away."""
    _fill(server, "pipeline_ids", list)


@deviation("null-is-the-first-job", clauses=(), case="instabase/updateJobPipelines/contract/generated-invalid")
def null_is_the_first_job(server: Instabase) -> None:
    """A job that is null is the first one that there is."""
    _fill(server, "job_id", lambda: next(iter(server.store.jobs)))


def _fill(server: Instabase, name: str, make: Callable[[], Any]) -> None:
    honest = server.rules.inputs.parsed

    def parsed(raw: bytes) -> Json:
        body = honest(raw)
        return {**body, name: make()} if body.get(name, ...) is None else body

    server.rules.inputs.parsed = parsed
