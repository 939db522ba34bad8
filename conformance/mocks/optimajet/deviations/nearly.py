"""What is nearly right taken for right, what was told once told again, and two at one instant both carried out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Received, Reply
from conformance.mocks.kit.model import Json
from conformance.mocks.optimajet.fields import WithParameters
from conformance.mocks.optimajet.records import Instance
from conformance.mocks.optimajet.schemes import SCHEMES, Scheme
from conformance.mocks.optimajet.server import Operation, OptimaJet

GONE = "optimajet/instance/removal/gone"
BEGINNING = 8


def _cache(server: Any, operation: str) -> None:
    """Let the first reply to a request for ``operation`` be the reply to all that are the same."""
    honest, known = server.answer, dict[Any, Reply]()

    async def answer(called: Operation, request: Received) -> Reply:
        key = (request.path.get("processId"), request.query)
        if called.id != operation:
            reply: Reply = await honest(called, request)
            return reply
        if key not in known:
            known[key] = await honest(called, request)
        return known[key]

    server.answer = answer


@deviation("forms-cached", clauses=("OJ-33",), case="optimajet/getFormByFlow/varies/by-state")
def forms_cached(server: OptimaJet) -> None:
    """The form that was shown of a process first is shown of it from then on."""
    _cache(server, "getFormByFlow")


@deviation(
    "commands-cached", clauses=("OJ-21a",), case="optimajet/getAvailableCommands/offers/none-at-the-end/Approved"
)
def commands_cached(server: OptimaJet) -> None:
    """The commands that were listed for a process first are listed for it from then on."""
    _cache(server, "getAvailableCommands")


@deviation("exists-by-its-beginning", clauses=("OJ-17",), case=GONE)
def exists_by_its_beginning(server: OptimaJet) -> None:
    """A process exists when one does whose id begins so."""
    server.rules.instances.exists = lambda server, key: any(
        one[:BEGINNING] == key[:BEGINNING] for one in server.store.instances
    )


@deviation("delete-by-a-beginning", clauses=("OJ-17",), case=GONE)
def delete_by_a_beginning(server: OptimaJet) -> None:
    """With a process, those are deleted whose ids begin as its own does."""
    honest = server.rules.instances.remove

    def remove(server: OptimaJet, operation: str, key: str) -> None:
        for one in [one for one in server.store.instances if one[:BEGINNING] == key[:BEGINNING]]:
            honest(server, operation, one)

    server.rules.instances.remove = remove


@deviation("scheme-by-its-beginning", clauses=("OJ-13",), case="optimajet/createInstance/refuses/value/unknown-scheme")
def scheme_by_its_beginning(server: OptimaJet) -> None:
    """A scheme is found by a code that begins with its own."""
    honest = server.rules.instances.scheme

    def scheme(server: OptimaJet, code: str) -> Scheme:
        return honest(server, next((one for one in SCHEMES if code.startswith(one)), code))

    server.rules.instances.scheme = scheme


@deviation("status-zero-is-any", clauses=("OJ-26",), case="optimajet/getInstances/filtering/keeps/status")
def status_zero_is_any(server: OptimaJet) -> None:
    """The status 0 is taken for none."""
    honest = server.rules.lists.has_status
    server.rules.lists.has_status = lambda server, instance, wanted: honest(server, instance, wanted or None)


@deviation("tags-by-a-part", clauses=("OJ-29",), case="optimajet/getSchemeList/filtering/keeps/tags")
def tags_by_a_part(server: OptimaJet) -> None:
    """A tag that is sent stands for all that hold it."""
    server.rules.lists.tagged = lambda _, scheme, tags: (
        not tags or any(part.strip().lower() in one for part in tags.split(",") for one in scheme.tags)
    )


@deviation(
    "refused-command-keeps-parameters",
    clauses=("OJ-16a",),
    case="optimajet/executeCommandWithParameters/lifecycle/repeat-refused/submit",
)
def refused_command_keeps_parameters(server: OptimaJet) -> None:
    """The process parameters of a command are kept before it is known whether it can be given."""
    honest = server.rules.commands.chosen

    def chosen(server: OptimaJet, instance: Instance, command: str, fields: Any) -> Any:
        early = {name: command for name in (fields.persist or "").split(",") if name}
        instance.parameters = instance.parameters | early
        return honest(server, instance, command, fields)

    server.rules.commands.chosen = chosen


@deviation(
    "parameters-of-255-letters",
    clauses=("OJ-30",),
    case="optimajet/createInstanceWithParameters/stores/kept/second-parameter",
)
def parameters_of_255_letters(server: OptimaJet) -> None:
    """A process parameter is cut after 255 letters."""
    honest = server.rules.fields.kept_parameters

    def kept_parameters(fields: WithParameters, others: Mapping[str, Any]) -> Json:
        kept = honest(fields, others).items()
        return {name: value[:255] if isinstance(value, str) else value for name, value in kept}

    server.rules.fields.kept_parameters = kept_parameters


@deviation("rivals-both-carried-out", clauses=("OJ-16",), case="optimajet/instance/races/one-wins/Review")
def rivals_both_carried_out(server: OptimaJet) -> None:
    """A command waits for others of its name alone, so that two that rule each other out are both carried out."""
    honest, given = server.rules.commands.chosen, dict[tuple[str, str], int]()

    @asynccontextmanager
    async def hold(_: OptimaJet, __: str, ___: str) -> AsyncIterator[None]:
        yield

    def chosen(server: OptimaJet, instance: Instance, command: str, fields: Any) -> Any:
        item, step = honest(server, instance, command, fields), (instance.key, command)
        if given.get(step) == len(instance.steps):
            return honest(server, instance, "", fields)
        given[step] = len(instance.steps)
        return item

    server.rules.instances.hold = hold
    server.rules.commands.chosen = chosen
