"""Properties of the body that are no inputs, and are not passed over."""

from __future__ import annotations

from dataclasses import replace

from conformance.mocks.kit.bending import mend_requests
from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Received
from conformance.mocks.kit.model import Json
from conformance.mocks.pliant.deviations._tools import bend_answer, sent_in
from conformance.mocks.pliant.errors import invalid
from conformance.mocks.pliant.records import Workflow
from conformance.mocks.pliant.server import Pliant

TRIGGER = "triggerWorkflow"
UNKNOWN = "pliant/triggerWorkflow/echo/unknown-input"


@deviation("unknown-objects-refused", clauses=("PL-10",), case=UNKNOWN)
def unknown_objects_refused(server: Pliant) -> None:
    """A property that is no input of the workflow makes the trigger fail when it is an object."""
    honest = server.rules.runs.inputs

    def inputs(workflow: Workflow, sent: Json) -> Json:
        if any(isinstance(value, dict) for name, value in sent.items() if name not in workflow.inputs):
            raise invalid("no such input")
        return honest(workflow, sent)

    server.rules.runs.inputs = inputs


@deviation("unknown-alone-refused", clauses=("PL-10",), case=UNKNOWN)
def unknown_alone_refused(server: Pliant) -> None:
    """A body in which nothing is an input of the workflow makes the trigger fail."""
    honest = server.rules.runs.inputs

    def inputs(workflow: Workflow, sent: Json) -> Json:
        if sent and not sent.keys() & workflow.inputs.keys():
            raise invalid("no such input")
        return honest(workflow, sent)

    server.rules.runs.inputs = inputs


@deviation("unknown-input-comes-back", clauses=("PL-12",), case=UNKNOWN)
def unknown_input_comes_back(server: Pliant) -> None:
    """A synchronous reply has the whole body beside the outputs of the workflow."""

    def bend(request: Received, body: Json) -> Json:
        return {**sent_in(request), **body} if body["$status"] == "C" else body

    bend_answer(server, TRIGGER, bend)


@deviation("body-names-the-run", clauses=("PL-10",), case=UNKNOWN)
def body_names_the_run(server: Pliant) -> None:
    """A property of the body that is called like one of the reply takes its place there."""

    def bend(request: Received, body: Json) -> Json:
        return {**body, **{name: value for name, value in sent_in(request).items() if name.startswith("$")}}

    bend_answer(server, TRIGGER, bend)


@deviation("body-says-whether-to-wait", clauses=("PL-10",), case=UNKNOWN)
def body_says_whether_to_wait(server: Pliant) -> None:
    """A property of the body that is called sync goes before the parameter."""

    def mend(request: Received) -> Received:
        said = sent_in(request).get("sync")
        query = {**dict(request.query), "sync": str(said).lower()}
        return replace(request, query=tuple(query.items())) if isinstance(said, bool) else request

    mend_requests(server, TRIGGER, mend)
