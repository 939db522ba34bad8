"""Jobs with the same inputs, of which one start waits for the end and the other does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conformance.checks._acting import is_refused
from conformance.checks._polling import good_end
from conformance.checks.echo import of_each_kind
from conformance.contract.facets.echo import Echo
from conformance.contract.facets.job import Job
from conformance.contract.message import Request
from conformance.contract.place import Place
from conformance.contract.semantics.model import Value
from conformance.engine.api import Api
from conformance.engine.jobs import job_id, outputs, start_request
from conformance.engine.making import set_up
from conformance.engine.outcome import Inconclusive


def twins(api: Api, job: Job) -> Iterator[tuple[Any, Any]]:
    """The outputs of each start that waited, with the end of its job, and of the one that began so and did not wait.

    All begin at one instant, each with inputs of its own; inputs that the server does not take are left out.
    """
    assert job.synchronous is not None
    waits, told = job.synchronous, False
    waited = api.together(_each(api, job, waits.request, waits.operation))
    begun = api.together(_each(api, job, next(iter(job.ways.values()))))
    for reply, start in zip(waited, begun, strict=True):
        if is_refused(api, reply) or any(place.seen(reply) not in values for place, values in waits.told.items()):
            continue
        with set_up("the start"):
            names = [job_id(api, job.id, start)]
        if waits.id is not None:
            names.append(job_id(api, waits.id, reply))
        told = True
        yield from ((outputs(waits, reply), good_end(api, job, name)) for name in names)
    if not told:
        raise Inconclusive("no start that waits ended well")


def _each(api: Api, job: Job, beside: Mapping[Place, Value], operation: str | None = None) -> list[Request]:
    request = start_request(api, job, beside, operation)
    echo = api.vendor.semantics.operations[request.operation].facets.get("echo")
    if not isinstance(echo, Echo) or echo.inputs is None or request.operation != job.subject:
        return [request]
    return [echo.inputs.put(request, inputs) for inputs in of_each_kind(api, job.subject)]
