"""What the documents leave open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from conformance.contract.message import Reply, Request
from conformance.contract.place import Place
from conformance.contract.pointer import ABSENT, get
from conformance.contract.semantics.document import Call
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check, only
from conformance.engine.making import build, make
from conformance.vendors.smartflows._calls import FLOW, about, progress_in

LONG = 60 * 60 * 24
"""Seconds after which a token of a login has probably expired."""


def _answer(api: Api, reply: Reply) -> str:
    return f"{'accepted' if api.succeeded(reply) else 'refused'} with {reply.status}"


@check(when=only("createExecution", "startFlow", "getExecutionProgress"), level="observe")
def success_status(api: Api, call: Call) -> None:
    """The status of a success."""
    api.observe(status=api.send(build(api, call.id)).status)


@check(when=only("createExecution"), level="observe")
def unknown_flow(api: Api, call: Call) -> None:
    """The status for a flow that does not exist."""
    api.observe(status=api.send(FLOW.put(build(api, call.id), api.fresh_uuid())).status)


@check(when=only("createExecution"), level="observe")
def no_flow(api: Api, call: Call) -> None:
    """What a create gets that names no flow."""
    api.observe(answer=_answer(api, api.send(FLOW.without(build(api, call.id)))))


@check(when=only("getExecutionProgress"), level="observe")
def spelling(api: Api, call: Call) -> None:
    """How the status of an execution is spelled that waits for input, and the one of a success with a warning."""
    api.observe(operation=call.id)
    for status in ("UserInput", "Warning"):
        api.observe(**{status: get(progress_in(api, status), "/status")})


@check(when=only("getExecution"), level="observe")
def early_detail(api: Api, call: Call) -> None:
    """What reading the detail gets before the status is stable."""
    for status in ("Waiting", "UserInput", "SelectFlow"):
        made = make(api, "execution", state=status)
        api.observe(**{status: _answer(api, api.send(about(call.id, made.id)))})


@check(when=only("getExecution"), level="observe")
def input_data(api: Api, call: Call) -> None:
    """How the detail shows the data that were sent, letters beyond ASCII among them."""
    made = make(api, "execution")
    made = replace(made, body=progress_in_end(api, made.id))
    shown = get(api.send(about(call.id, made.id)).json, "/state/inputData")
    text = repr(shown)
    api.observe(kind=type(shown).__name__, letters_kept=any(ord(letter) > 127 for letter in text))


def progress_in_end(api: Api, execution: str) -> Any:
    """The progress of an execution that nobody needs to help along."""
    return api.expect_success(api.send(about("getExecutionProgress", execution)))


@check(when=only("getExecutionStatus"), level="observe")
def output_parameter(api: Api, call: Call) -> None:
    """What output changes in a status."""
    place = Place("request", "query", "output")
    made = make(api, "execution", state="Success")
    for wanted in (True, False):
        body = api.send(place.put(about(call.id, made.id), wanted)).json
        api.observe(**{f"state_with_{str(wanted).lower()}": get(body, "/state") is not ABSENT})


@check(when=only("getExecutionProgress"), level="observe", phase="quiet")
def poll_waits(api: Api, call: Call) -> None:
    """Whether a poll of an execution that waits for somebody is held back."""
    made = make(api, "execution", state="Waiting")
    reply = api.send(Place("request", "query", "timeout").put(about(call.id, made.id), 1))
    api.observe(held_back=reply.seconds >= 1)


@check(level="observe")
def header_case(api: Api, vendor: Vendor) -> None:
    """Whether the name of the header with the key has a case."""
    proof = api.session.identities[api.identity].proof().headers
    other = {name.upper(): value for name, value in proof.items()}
    reply = api.send(Request(vendor.semantics.known_good, headers=other), anonymous=True)
    api.observe(upper_case=_answer(api, reply))


@check(when=only("login"), level="observe", phase="quiet")
def token_expires(api: Api, call: Call) -> None:
    """Whether a token of a login is refused a day later."""
    token = get(api.send(build(api, call.id)).json, "/tokens/0/token")
    api.control("advance_clock", seconds=LONG)
    reply = api.send(Request(api.vendor.semantics.known_good), anonymous=True, authorization=f"Bearer {token}")
    api.observe(a_day_later=_answer(api, reply))
