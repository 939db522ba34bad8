"""Ids that are taken, free or gone for one operation, and not for another."""

from __future__ import annotations

from typing import Any

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Received, Reply
from conformance.mocks.optimajet.deviations._mending import COMMANDS, CREATES, mend_data
from conformance.mocks.optimajet.envelope import ok
from conformance.mocks.optimajet.progress import ended
from conformance.mocks.optimajet.records import Instance
from conformance.mocks.optimajet.schemes import IDLED
from conformance.mocks.optimajet.server import Operation, OptimaJet

REPLAYED = "idempotency/refused-replay-changes-nothing"


@deviation(
    "duplicate-changes-the-scheme", clauses=("OJ-15a",), case=f"optimajet/createInstanceWithParameters/{REPLAYED}"
)
def duplicate_changes_the_scheme(server: OptimaJet) -> None:
    """A create whose id is taken by a process of another scheme is refused, after it gave the process its scheme."""
    honest = server.rules.instances.duplicate

    def duplicate(server: OptimaJet, existing: Instance, made: Instance) -> None:
        if existing.scheme is not made.scheme:
            existing.scheme, existing.activity = made.scheme, made.scheme.initial
        honest(server, existing, made)

    server.rules.instances.duplicate = duplicate


@deviation("duplicate-of-the-other-form", clauses=("OJ-15",), case=f"optimajet/createInstance/{REPLAYED}")
def duplicate_of_the_other_form(server: OptimaJet) -> None:
    """A create by GET under an id that a create by POST took is answered with success."""
    honest, posted = server.answer, set[str]()

    async def answer(operation: Operation, request: Received) -> Reply:
        key = request.path.get("processId", "").lower()
        if operation.id == "createInstance" and key in posted and key in server.store.instances:
            return ok(server, operation.id)
        if operation.id == "createInstanceWithParameters":
            posted.add(key)
        return await honest(operation, request)

    server.answer = answer  # type: ignore[method-assign]


@deviation("deleted-take-commands", clauses=("OJ-17",), case="optimajet/instance/removal/gone")
def deleted_take_commands(server: OptimaJet) -> None:
    """A process that was deleted takes commands as before, and does not exist for anything else."""
    honest_answer, honest_remove = server.answer, server.rules.instances.remove
    ghosts: dict[str, Instance] = {}

    def remove(server: OptimaJet, operation: str, key: str) -> None:
        if key in server.store.instances:
            ghosts[key] = server.store.instances[key]
        honest_remove(server, operation, key)

    async def answer(operation: Operation, request: Received) -> Reply:
        key = request.path.get("processId", "").lower()
        if operation.id not in COMMANDS or key not in ghosts or key in server.store.instances:
            return await honest_answer(operation, request)
        server.store.instances[key] = ghosts[key]
        reply = await honest_answer(operation, request)
        del server.store.instances[key]
        return reply

    server.rules.instances.remove = remove
    server.answer = answer  # type: ignore[method-assign]


@deviation("ended-do-not-exist", clauses=("OJ-17",), case="optimajet/instance/removal/created-exists")
def ended_do_not_exist(server: OptimaJet) -> None:
    """A process that came to its end is said not to exist."""
    server.rules.instances.exists = lambda server, key: (
        key in server.store.instances and not ended(server.store.instances[key])
    )


@deviation(
    "create-without-scheme-exists",
    clauses=("OJ-13",),
    case="optimajet/createInstance/contract/refuses/missing-schemeCode",
)
def create_without_scheme_exists(server: OptimaJet) -> None:
    """A process is said to exist whose create was refused because it named no scheme."""
    honest_answer, honest_exists, refused = server.answer, server.rules.instances.exists, set[str]()

    async def answer(operation: Operation, request: Received) -> Reply:
        if operation.id in CREATES and b"schemeCode" not in request.body and "schemeCode" not in dict(request.query):
            refused.add(request.path.get("processId", "").lower())
        return await honest_answer(operation, request)

    server.answer = answer  # type: ignore[method-assign]
    server.rules.instances.exists = lambda server, key: key in refused or honest_exists(server, key)


@deviation(
    "ended-listed-as-idled",
    clauses=("OJ-25c",),
    case="optimajet/executeCommandWithParameters/lifecycle/listed/approve",
)
def ended_listed_as_idled(server: OptimaJet) -> None:
    """The list shows a process that came to its end as one that waits."""

    def bend(data: Any) -> Any:
        return [{**item, "InstanceStatus": IDLED} for item in data]

    mend_data(server, ("getInstances",), bend)


@deviation("token-of-before-changes", clauses=("OJ-02",), case="optimajet/api/auth/changed")
def token_of_before_changes(server: OptimaJet) -> None:
    """The first access token stays right for everything but the list of schemes when another one is set."""
    honest, first = server.rules.access.right_token, server.access_token

    def right_token(server: OptimaJet, operation: str, token: Any) -> bool:
        before = bool(first) and token == first and operation != "getSchemeList"
        return before or honest(server, operation, token)

    server.rules.access.right_token = right_token
