"""What is done for whom it ought not to be, and what is told of what is not there, or no more."""

from __future__ import annotations

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Refusal, Reply
from conformance.mocks.optimajet.fields import CreateFields, F, Fields
from conformance.mocks.optimajet.records import Instance, Sent, Step
from conformance.mocks.optimajet.schemes import Activity, Transition
from conformance.mocks.optimajet.server import Call, OptimaJet


@deviation(
    "command-from-anybody", clauses=("OJ-19a",), case="optimajet/getAvailableCommands/offers/unoffered-to-others/Draft"
)
def command_from_anybody(server: OptimaJet) -> None:
    """Commands are listed for those who may give them, and taken from everybody."""
    honest = server.rules.commands.chosen

    def chosen(server: OptimaJet, instance: Instance, command: str, fields: Fields) -> Transition:
        for item in server.rules.commands.offered(server, instance):
            if item.command == command:
                return item
        return honest(server, instance, command, fields)

    server.rules.commands.chosen = chosen


@deviation(
    "command-by-get-from-anybody",
    clauses=("OJ-19a",),
    case="optimajet/getAvailableCommands/offers/unoffered-to-others/Draft",
)
def command_by_get_from_anybody(server: OptimaJet) -> None:
    """A command that is given by GET is taken as that of nobody in particular."""
    honest = server.rules.fields.read

    def read(server: OptimaJet, operation: str, kind: type[F], sent: Sent) -> F:
        fields: F = honest(server, operation, kind, sent)
        return fields.model_copy(update={"identityid": None}) if operation == "executeCommand" else fields

    server.rules.fields.read = read


@deviation("refused-create-exists", clauses=("OJ-13",), case="optimajet/createInstance/refuses/value/unknown-scheme")
def refused_create_exists(server: OptimaJet) -> None:
    """A process is said to exist whose create was refused."""
    honest_made, honest_exists = server.rules.instances.made, server.rules.instances.exists
    refused = set[str]()

    def made(server: OptimaJet, call: Call, fields: CreateFields) -> Instance:
        try:
            return honest_made(server, call, fields)
        except Refusal:
            refused.add(call.key)
            raise

    server.rules.instances.made = made
    server.rules.instances.exists = lambda server, key: key in refused or honest_exists(server, key)


def _remembering(server: OptimaJet, *removals: str) -> list[Instance]:
    """What these operations removed, as it was."""
    honest = server.rules.instances.remove
    ghosts: list[Instance] = []

    def remove(server: OptimaJet, operation: str, key: str) -> None:
        if operation in removals:
            ghosts.extend(one for one in server.store.ordered() if one.key == key)
        honest(server, operation, key)

    server.rules.instances.remove = remove
    return ghosts


@deviation("deleted-exists-by-post", clauses=("OJ-32",), case="optimajet/isExistProcessByPost/mirror/same-when-gone")
def deleted_exists_by_post(server: OptimaJet) -> None:
    """A process that was deleted is said by POST to exist, and by GET not to."""
    ghosts, honest_id, honest = _remembering(server, "deleteInstance"), server.rules.fields.path_id, server.rules.finish
    asked = [""]

    def path_id(server: OptimaJet, operation: str, text: str) -> str:
        asked[0] = honest_id(server, operation, text)
        return asked[0]

    def finish(called: str, reply: Reply) -> Reply:
        finished = honest(called, reply)
        if called == "isExistProcessByPost" and any(one.key == asked[0] for one in ghosts):
            finished.body["data"] = True
        return finished

    server.rules.fields.path_id, server.rules.finish = path_id, finish


@deviation("deleted-at-once-still-wait", clauses=("OJ-27b",), case="optimajet/instance/removal/out-of-the-box/getInbox")
def deleted_at_once_still_wait(server: OptimaJet) -> None:
    """Instances that were deleted at once still wait for those who could give their commands."""
    ghosts, honest = _remembering(server, "deleteInstances"), server.rules.instances.listed
    server.rules.instances.listed = lambda server, operation: (
        [*honest(server, operation), *(ghosts if operation.startswith("getInbox") else ())]
    )


@deviation("inbox-follows-commands-alone", clauses=("OJ-27b",), case="optimajet/getInbox/box/follows/set")
def inbox_follows_commands_alone(server: OptimaJet) -> None:
    """A process whose state is set waits for those for whom it waited before."""
    honest_waiting, honest_move = server.rules.boxes.waiting, server.rules.commands.move
    before: dict[str, list[str]] = {}

    def move(server: OptimaJet, instance: Instance, step: Step) -> None:
        waiting = honest_waiting(server, instance)
        honest_move(server, instance, step)
        before.pop(instance.key, None)
        if not step.command:
            before[instance.key] = waiting

    def waiting(server: OptimaJet, instance: Instance) -> list[str]:
        return before.get(instance.key) or honest_waiting(server, instance)

    server.rules.commands.move, server.rules.boxes.waiting = move, waiting


@deviation(
    "refused-state-clears-parameters",
    clauses=("OJ-22a",),
    case="optimajet/getAvailableStatesToSet/offers/unoffered-changes-nothing/Draft",
)
def refused_state_clears_parameters(server: OptimaJet) -> None:
    """A process loses its process parameters when a state is refused."""
    honest = server.rules.commands.settable

    def settable(server: OptimaJet, instance: Instance, state: str) -> Activity:
        try:
            return honest(server, instance, state)
        except Refusal:
            instance.parameters = {}
            raise

    server.rules.commands.settable = settable
