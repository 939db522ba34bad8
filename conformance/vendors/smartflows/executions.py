"""What a progress asks for, and what its model leads to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from conformance.contract.message import Request
from conformance.contract.place import Place
from conformance.contract.pointer import get
from conformance.contract.semantics.document import Call
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.making import FIRST_PAUSE, build, set_up
from conformance.engine.outcome import Inconclusive, expect, expect_equal
from conformance.engine.waiting import attempts
from conformance.vendors.smartflows._calls import FLOW, about, only, progress_in

DOCUMENT = Place("request", "path", "documentId")


@check(when=only("getExecutionProgress"))
def asks(api: Api, call: Call) -> None:
    """The schema of a progress that waits for input has a property for each field."""
    with set_up("an execution that waits for input"):
        progress = progress_in(api, "UserInput")
    properties = get(progress, "/schema/properties")
    expect(isinstance(properties, dict), f"properties in the schema of {call.id}", repr(properties))
    expect_equal(sorted(properties), sorted(api.fixture("input_values")), "fields")


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
    """Every document that the model of an execution names can be downloaded."""
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


@check(when=only("getFlow"))
def same_flow(api: Api, call: Call) -> None:
    """A flow that is read by its id is shown with it."""
    flow = str(api.fixture("flow_id"))
    body = api.expect_success(api.send(Place("request", "path", "flow").put(Request(call.id), flow)))
    expect_equal(str(get(body, "/id")).lower(), flow.lower(), "id")
