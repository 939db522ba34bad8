"""Workflows, their addresses, and what is told of a run."""

from __future__ import annotations

from conformance.contract.place import Place
from conformance.contract.pointer import get
from conformance.contract.semantics.document import Call
from conformance.engine.api import Api
from conformance.engine.check import check, only
from conformance.engine.making import build

FOLDER = Place.parse("$request.query.folder")
ROOT = "User/"
KEYS = ("$uuid", "$runner", "$status")


@check(when=only("triggerWorkflow"), level="observe")
def folder_form(api: Api, call: Call) -> None:
    """A folder is found with a leading User, and without it."""
    request = build(api, call.id)
    bare = str(FOLDER.sent(request)).removeprefix(ROOT)
    for name, folder in {"bare": bare, "rooted": f"{ROOT}{bare}"}.items():
        api.observe(**{name: f"status {api.send(FOLDER.put(request, folder)).status}"})


@check(when=only("triggerWorkflowAtPath"), level="observe")
def dollar_keys(api: Api, call: Call) -> None:
    """What tells of the run stands beside the outputs of one started at its address."""
    body = api.expect_success(api.send(build(api, call.id)))
    found = [key for key in KEYS if get(body, f"/{key}")]
    api.observe(keys=", ".join(found) or "none")


@check(when=only("readExecutionLog"), identities=("other",), level="observe")
def log_user(api: Api, call: Call) -> None:
    """The user that a log names is the owner of the workflow, or who called."""
    named = {}
    for identity in ("main", "other"):
        same = api.acting_as(identity)
        reply = same.send(build(same, call.id))
        named[identity] = get(reply.json, "/userName") if same.succeeded(reply) else f"status {reply.status}"
    owner = api.fixture("workflow_owner")
    api.observe(**{name: "the owner" if user == owner else "the caller" for name, user in named.items()})
