"""What executions and flows tell of themselves, and what becomes of an execution that is stopped on its way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from conformance.checks._ends import Watch, expect_at_hand_if_zoned
from conformance.contract.facets.job import Job
from conformance.contract.facets.list import List
from conformance.contract.identity import id_text, same_id
from conformance.contract.message import Request
from conformance.contract.place import Place
from conformance.contract.pointer import ABSENT, get
from conformance.contract.semantics.document import Call
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check, only
from conformance.engine.jobs import ended, job_id, start, started
from conformance.engine.listing import listing_of
from conformance.engine.making import FIRST_PAUSE, build, made_by, make, now, set_up
from conformance.engine.ordering import instant
from conformance.engine.outcome import Inconclusive, expect, expect_equal
from conformance.engine.waiting import attempts
from conformance.engine.walking import whole
from conformance.vendors.smartflows._calls import FLOW, about, progress_in

DOCUMENT = Place("request", "path", "documentId")
SORT = Place("request", "query", "sort")
FLOW_OF_PATH = Place("request", "path", "flow")
HOUR = 3600
LASTING = ("id", "createdAt", "createdBy", "modifiedAt", "modifiedBy", "status", "flow")
"""What the detail of an execution shows that has ended, beside its state."""

PRECISION = timedelta(seconds=1)
"""By which a moment that is rounded may seem to be before another."""

HALTED, FAILED = ("Waiting", "UserInput", "SelectFlow"), ("Warning", "Error", "Canceled", "Interrupted")
"""Statuses that last until somebody acts, and those of an execution that ended otherwise than by a plain success."""

UNDERWAY = {"queued": "queued_flow_id", "running": "input_flow_id"}
"""Flows whose executions begin so, by their fixtures; one that comes to ask its user has not ended either."""


@check(when=only("getExecutionProgress"))
def asks(api: Api, call: Call) -> None:
    """The schema of a progress that waits for input has a property for each field."""
    with set_up("an execution that waits for input"):
        progress = progress_in(api, "UserInput")
    properties = get(progress, "/schema/properties")
    expect(isinstance(properties, dict), f"properties in the schema of {call.id}", repr(properties))
    fields = sorted(api.fixture("input_values"))
    expect(set(properties) >= set(fields), f"fields {fields}", f"fields {sorted(properties)}")


@check(when=only("getExecutionProgress"))
def percentage_rises(api: Api, call: Call) -> None:
    """The percentage does not fall from the start to the halt of an execution, and on to its end."""
    with set_up("an execution that waits for input"):
        request = FLOW.put(build(api, "createExecution"), api.fixture("input_flow_id"))
        begun = api.expect_success(api.send(request))
    poll, told = about(call.id, str(get(begun, "/id"))), [begun]
    settles = api.vendor.semantics.resources["execution"].settles
    assert settles is not None
    for _ in attempts(api, FIRST_PAUSE, settles.within):
        told.append(api.expect_success(api.send(poll)))
        if get(told[-1], settles.at) in settles.until:
            break
    resumed = replace(build(api, "continueExecution"), path=poll.path)
    told += [api.expect_success(api.send(one)) for one in (resumed, poll)]
    seen = [value for one in told if isinstance(value := get(one, "/percentage"), int)]
    expect_equal(seen, sorted(seen), "percentages")


@check(when=only("getDocumentContent"))
def model_documents(api: Api, call: Call) -> None:
    """Every document that the model of an execution names is there to be downloaded."""
    with set_up("an execution that succeeds"):
        progress = progress_in(api, "Success")
    names = list(documents(get(progress, "/model")))
    if not names:
        raise Inconclusive("the execution made no document")
    for name in names:
        reply = api.send(DOCUMENT.put(Request(call.id), name))
        api.expect_success(reply)
        expect(bool(reply.content), "the bytes of the document", "none")


def documents(model: Any) -> Iterator[str]:
    """The ids of the documents that a model names, at any depth."""
    if isinstance(model, dict):
        if model.get("type") == "document" and "id" in model:
            yield str(model["id"])
        model = list(model.values())
    for part in model if isinstance(model, list) else ():
        yield from documents(part)


@check(when=only("createExecution"))
def refused_begins_nothing(api: Api, call: Call) -> None:
    """A create that is refused because no flow has the id leaves no execution of that flow, or of none, in the list."""
    flow = api.fresh_uuid()
    with set_up("the newest executions, and a create for a flow that there is not"):
        before = [get(one, "/id") for one in _newest(api)]
        api.expect_refusal(api.send(FLOW.put(build(api, call.id), flow)))
    added = [one for one in _newest(api) if get(one, "/id") not in before]
    left = [one for one in added if not get(one, "/flow/id") or same_id(get(one, "/flow/id"), flow)]
    expect(not left, "no execution of a flow that there is not", repr(left))


def _newest(api: Api) -> list[Any]:
    request = SORT.put(Request("findExecutions"), "createdAt,desc")
    return list(api.expect_success(api.send(request)))


@check(when=only("getExecution"))
def begun(api: Api, call: Call) -> None:
    """The detail of an execution says who began it and when it did, each time alike, and that no change was earlier."""
    watch = Watch.start(api)
    made = make(api, "execution", state="Success")
    body, again = (api.expect_success(api.send(about(call.id, made.id))) for _ in range(2))
    for name in ("createdAt", "createdBy"):
        shown = get(body, f"/{name}")
        expect(shown not in (ABSENT, None, "", {}, []), f"something at /{name}", repr(shown))
    for name in LASTING:
        expect_equal(get(again, f"/{name}"), get(body, f"/{name}"), f"/{name} in another read")
    expect_at_hand_if_zoned(watch, get(body, "/createdAt"), "/createdAt")
    created, modified = (instant(str(get(body, f"/{name}"))) for name in ("createdAt", "modifiedAt"))
    if created and modified:
        told = f"/modifiedAt not before {created.isoformat()}"
        expect(modified - created > -PRECISION, told, modified.isoformat())


def resting(_: Vendor, call: Call) -> Iterator[str]:
    """The statuses that an execution comes to rest in and that are not the plain success."""
    yield from (*HALTED, *FAILED) if call.id == "getExecutionStatus" else ()


@check(variants=resting)
def agrees(api: Api, call: Call, status: str) -> None:
    """The status of an execution, its detail once it has ended, and the list until then agree with its progress."""
    made = make(api, "execution", state=status)
    state = made.resource.state_in
    expected, rest = state(now(api, made)), () if status in HALTED else ("getExecution",)
    for name in (call.id, *rest):
        expect_equal(state(api.expect_success(api.send(about(name, made.id)))), expected, f"/status in {name}")
    for one in _newest(api) if status in HALTED else ():
        if same_id(get(one, "/id"), made.id):
            expect_equal(state(one), expected, "/status in findExecutions")


@check(when=only("cancelExecution"), identities=("colleague",))
def keeps_its_author(api: Api, call: Call) -> None:
    """An execution that another user cancels names the user who began it."""
    made = make(api, "execution", state="Waiting")
    with set_up("the cancellation by another user"):
        api.expect_success(api.send(about(call.id, made.id), "colleague"))
    body = api.expect_success(api.send(about("getExecution", made.id)))
    expect_equal(id_text(get(body, "/createdBy/id")), id_text(api.fixture("user_id")), "/createdBy/id =")


@check(when=only("startFlow"), phase="quiet")
def stays_begun(api: Api, call: Call) -> None:
    """An execution that has ended was begun at the moment that its start told."""
    job = call.facets["job"]
    assert isinstance(job, Job)
    with set_up("an execution, and an hour"):
        reply = start(api, job, "by-id")
        execution, told = job_id(api, job.id, reply), instant(str(get(reply.json, "/createdAt")))
        if told is None:
            raise Inconclusive("the reply to the start does not say when it was begun")
        api.control("advance_clock", seconds=HOUR)
        ended(api, job, execution)
    shown = str(get(api.expect_success(api.send(about("getExecution", execution))), "/createdAt"))
    seen = instant(shown)
    expect(seen is not None and abs(seen - told) <= PRECISION, f"/createdAt {told.isoformat()}", shown)


def underway(_: Vendor, call: Call) -> Iterator[str]:
    """The ways in which an execution has begun and not ended."""
    yield from UNDERWAY if call.id == "cancelExecution" else ()


@check(variants=underway)
def stops(api: Api, call: Call, way: str) -> None:
    """Cancelling an execution that has just begun makes it Canceled, in the reply and in later reads."""
    execution = api.vendor.semantics.resources["execution"]
    with set_up("an execution that has just begun"):
        request = FLOW.put(build(api, "createExecution"), api.fixture(UNDERWAY[way]))
        made = made_by(api, execution, request, api.send(request))
    reply, to = api.send(about(call.id, made.id)), execution.commands["cancel"].to
    bodies = [*([reply.json] if api.succeeded(reply) else []), now(api, made), now(api, made)]
    states = [execution.state_in(body) for body in bodies]
    if all(state in execution.terminal and state != to for state in states):
        raise Inconclusive(f"the execution was {states[0]} before it could be cancelled")
    api.expect_success(reply)
    expect_equal(states, [to] * len(states), "states in the reply and in two reads")


@check(when=only("startFlow"))
def runs_the_named(api: Api, call: Call) -> None:
    """An execution that was started by the name of a flow runs that flow, and names who started it."""
    job = call.facets["job"]
    assert isinstance(job, Job)
    with set_up("an execution that ends"):
        execution = started(api, job, "by-name")
        ended(api, job, execution)
    body = api.expect_success(api.send(about("getExecution", execution)))
    expect_equal(str(get(body, "/flow/id")).lower(), str(api.fixture("plain_flow_id")).lower(), "/flow/id =")
    if api.has_fixture("user_id"):
        expect_equal(id_text(get(body, "/createdBy/id")), id_text(api.fixture("user_id")), "/createdBy/id =")


@check(when=only("startFlow"))
def named_twice(api: Api, call: Call) -> None:
    """Two starts by the name of a flow begin two executions."""
    job = call.facets["job"]
    assert isinstance(job, Job)
    first, second = (id_text(started(api, job, "by-name")) for _ in range(2))
    expect(first != second, "two ids", f"{first} twice")


@check(when=only("getFlow"))
def same_flow(api: Api, call: Call) -> None:
    """A flow that is read by its id is shown with it."""
    flow = str(api.fixture("flow_id"))
    body = api.expect_success(api.send(FLOW_OF_PATH.put(Request(call.id), flow)))
    expect_equal(str(get(body, "/id")).lower(), flow.lower(), "id")


@check(when=only("findFlows"))
def lists_the_read(api: Api, call: Call) -> None:
    """A flow that is read by its id is in the list of flows."""
    flow, listing = str(api.fixture("flow_id")), call.facets["list"]
    assert isinstance(listing, List)
    with set_up("reading the flow"):
        api.expect_success(api.send(FLOW_OF_PATH.put(Request("getFlow"), flow)))
    listed = [listing.id_of(one).lower() for one in whole(api, listing)]
    expect(flow.lower() in listed, f"flow {flow} in the list", f"{len(listed)} others")


@check(when=only("getFlowContract"))
def describes(api: Api, call: Call) -> None:
    """The contract of a flow that takes data has a schema of its input and one of its output."""
    body = api.expect_success(api.send(build(api, call.id)))
    for name in ("inputSchema", "outputSchema"):
        schema = get(body, f"/{name}")
        expect(isinstance(schema, dict), f"an object at /{name}", repr(schema))


@check(when=only("getFlowContract"))
def of_its_own(api: Api, call: Call) -> None:
    """The contract of a flow is that of no other flow."""
    flow = str(api.fixture("flow_id")).lower()
    listing = listing_of(api.vendor, api.vendor.semantics.resources["flow"])
    assert listing is not None
    with set_up("the flows"):
        others = {listing.id_of(one).lower() for one in whole(api, listing)} - {flow}
    shown = str(get(api.expect_success(api.send(build(api, call.id))), "/id")).lower()
    expect(shown not in others, f"the contract of {flow}", f"that of {shown}")
