"""Documents saved for the user actions of a process."""

from __future__ import annotations

from dataclasses import replace

from conformance.checks._acting import expect_as_made, make_full
from conformance.contract.message import Reply, Request
from conformance.contract.pointer import get
from conformance.contract.semantics.document import Call
from conformance.engine.api import Api
from conformance.engine.check import check, only
from conformance.engine.making import Context, build, read
from conformance.engine.outcome import expect_equal

UPLOAD = only("uploadProcessUserActionDocument")


@check(when=UPLOAD)
def answers_the_process(api: Api, call: Call) -> None:
    """An upload for a user action answers with the process that it is for."""
    context = Context()
    body = api.expect_success(api.send(build(api, call.id, context)), 200)
    expect_equal(get(body, "/id"), context["process"].id, "id")


@check(when=UPLOAD)
def leaves_the_rest(api: Api, call: Call) -> None:
    """An upload for a user action leaves the state, the initiator and the metadata of the process as they were."""
    context = Context()
    process = make_full(api, "process", context)
    reply = _accepted(api, build(api, call.id, context))
    if reply.is_json:
        expect_as_made(api, process, reply.json, "the reply to the upload")
    expect_as_made(api, process, read(api, process), "a read after the upload")


@check(when=UPLOAD)
def any_bytes(api: Api, call: Call) -> None:
    """An upload for a user action takes any bytes."""
    api.expect_success(api.send(replace(build(api, call.id), body=bytes(range(256)))))


@check(when=UPLOAD, level="observe")
def again(api: Api, call: Call) -> None:
    """A second upload of the same file changes nothing."""
    request = build(api, call.id)
    replies = [_accepted(api, request) for _ in range(2)]
    api.observe(statuses=[reply.status for reply in replies])


def _accepted(api: Api, request: Request) -> Reply:
    reply = api.send(request)
    api.expect_success(reply)
    return reply
