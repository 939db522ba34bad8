"""Addresses that lead elsewhere, or anywhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Received, Refusal, Reply
from conformance.mocks.pliant.records import Caller, Workflow
from conformance.mocks.pliant.server import Operation, Pliant
from conformance.mocks.pliant.store import OWNER

TRIGGER = "triggerWorkflow"


def _find_otherwise(server: Pliant, owner: bool = False, folder: bool = False, name: bool = False) -> None:
    """Let the parts of an address that are true count for nothing."""

    def located(server: Pliant, _: Caller, *address: str) -> Workflow:
        for workflow in server.store.workflows.values():
            parts = zip((owner, folder, name), workflow.address, address, strict=True)
            if all(ignored or has == wanted for ignored, has, wanted in parts):
                return workflow
        raise Refusal(404, "There is no such workflow")

    server.rules.runs.located = located


@deviation("owner-is-the-caller", clauses=("PL-08", "PL-09"), case="pliant/triggerWorkflow/address/wrong/username")
def owner_is_the_caller(server: Pliant) -> None:
    """A workflow is looked for among the caller's own, whatever owner is named."""
    honest = server.rules.runs.located

    def located(server: Pliant, caller: Caller, _: str, folder: str, name: str) -> Workflow:
        return honest(server, caller, caller.user.name, folder, name)

    server.rules.runs.located = located


@deviation("owner-ignored", clauses=("PL-09",), case="pliant/triggerWorkflow/address/wrong/username")
def owner_ignored(server: Pliant) -> None:
    """A workflow is found whoever is named as its owner."""
    _find_otherwise(server, owner=True)


@deviation("folder-ignored", clauses=("PL-09",), case="pliant/triggerWorkflow/address/wrong/folder")
def folder_ignored(server: Pliant) -> None:
    """A workflow is found in whatever folder."""
    _find_otherwise(server, folder=True)


@deviation("name-by-its-beginning", clauses=("PL-09",), case="pliant/triggerWorkflow/address/wrong/name")
def name_by_its_beginning(server: Pliant) -> None:
    """A workflow is found by a name that only begins with its own."""
    honest = server.rules.runs.located

    def located(server: Pliant, caller: Caller, owner: str, folder: str, name: str) -> Workflow:
        beside = [one.name for one in server.store.workflows.values() if (one.owner, one.folder) == (owner, folder)]
        return honest(server, caller, owner, folder, next((one for one in beside if name.startswith(one)), name))

    server.rules.runs.located = located


@deviation("name-ignored", clauses=("PL-09",), case="pliant/triggerWorkflow/address/wrong/name")
def name_ignored(server: Pliant) -> None:
    """The first workflow of the folder is run, whatever its name."""
    _find_otherwise(server, name=True)


def _lead_otherwise(server: Pliant, owner: bool = False, folder: bool = False, name: bool = False) -> None:
    """Let the parts of the path of a workflow's address that are true count for nothing."""
    honest = server.rules.receive
    parts = (owner, folder, name)

    def receive(operation: str, request: Received) -> Received:
        got = honest(operation, request)
        if not operation.startswith("triggerWorkflowAtPath"):
            return got
        address = (got.path["username"], *got.path["location"].rpartition("/")[::2])
        for workflow in server.store.workflows.values():
            pairs = zip(parts, workflow.address, address, strict=True)
            if all(ignored or has == wanted for ignored, has, wanted in pairs):
                location = f"{workflow.folder}/{workflow.name}"
                return replace(got, path={**got.path, "username": workflow.owner, "location": location})
        return got

    server.rules.receive = receive


@deviation("path-without-owner", clauses=("PL-30",), case="pliant/triggerWorkflowAtPath/address/wrong/username")
def path_without_owner(server: Pliant) -> None:
    """A workflow is found at its address whoever stands there as its owner."""
    _lead_otherwise(server, owner=True)


@deviation("path-without-folder", clauses=("PL-30",), case="pliant/triggerWorkflowAtPathByGet/address/wrong/folder")
def path_without_folder(server: Pliant) -> None:
    """A workflow is found at its address whatever folder stands there."""
    _lead_otherwise(server, folder=True)


@deviation("path-without-name", clauses=("PL-30",), case="pliant/triggerWorkflowAtPath/address/wrong/name")
def path_without_name(server: Pliant) -> None:
    """The first workflow of the folder is run at its address, whatever name stands there."""
    _lead_otherwise(server, name=True)


@deviation("owner-alone-may-trigger", clauses=("PL-08",), case="pliant/triggerWorkflow/address/same-for/other")
def owner_alone_may_trigger(server: Pliant) -> None:
    """Only the first user's own token starts the first user's workflows, others start what they like."""
    honest = server.rules.runs.located

    def located(server: Pliant, caller: Caller, owner: str, folder: str, name: str) -> Workflow:
        if owner == OWNER != caller.user.name:
            raise Refusal(404, "There is no such workflow")
        return honest(server, caller, owner, folder, name)

    server.rules.runs.located = located


@deviation("name-by-its-end", clauses=("PL-09",), case="pliant/triggerWorkflow/address/wrong/name")
def name_by_its_end(server: Pliant) -> None:
    """A workflow is found by a name that only ends with its own."""
    honest = server.rules.runs.located

    def located(server: Pliant, caller: Caller, owner: str, folder: str, name: str) -> Workflow:
        beside = [one.name for one in server.store.workflows.values() if (one.owner, one.folder) == (owner, folder)]
        return honest(server, caller, owner, folder, next((one for one in beside if name.endswith(one)), name))

    server.rules.runs.located = located


@deviation("folder-by-its-end", clauses=("PL-30",), case="pliant/triggerWorkflowAtPath/address/wrong/folder")
def folder_by_its_end(server: Pliant) -> None:
    """A workflow is found in a folder whose name only ends with that of its own."""
    honest = server.rules.runs.located

    def located(server: Pliant, caller: Caller, owner: str, folder: str, name: str) -> Workflow:
        beside = [one.folder for one in server.store.workflows.values() if (one.owner, one.name) == (owner, name)]
        return honest(server, caller, owner, next((one for one in beside if folder.endswith(one)), folder), name)

    server.rules.runs.located = located


@deviation("nothing-is-run-and-told-as-ended", clauses=("PL-09",), case="pliant/triggerWorkflow/address/wrong/name")
def nothing_is_run_and_told_as_ended(server: Any) -> None:
    """A synchronous trigger of a workflow that there is not is answered as if it had run."""
    honest = server.answer

    async def answer(called: Operation, request: Received) -> Reply:
        reply: Reply = await honest(called, request)
        waits = called.id == TRIGGER and dict(request.query).get("sync") == "true"
        told = {"$uuid": server.ids.named("nothing"), "$runner": server.store.runners[0], "$status": "C"}
        return Reply(200, told) if waits and reply.status == 404 else reply

    server.answer = answer
