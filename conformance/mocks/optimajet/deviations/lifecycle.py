"""Processes that do not move, move when they should not, or do not go away."""

from __future__ import annotations

from dataclasses import replace

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Refusal
from conformance.mocks.kit.model import Json
from conformance.mocks.optimajet.deviations._mending import COMMANDS, mend_data
from conformance.mocks.optimajet.fields import Fields
from conformance.mocks.optimajet.records import Instance, Step
from conformance.mocks.optimajet.schemes import IDLED, INITIALIZED, Activity, Transition
from conformance.mocks.optimajet.server import OptimaJet

EXECUTE = "executeCommandWithParameters"


@deviation("unavailable-command-succeeds", clauses=("OJ-16",), case="optimajet/executeCommand/lifecycle/together")
def unavailable_command_succeeds(server: OptimaJet) -> None:
    """A command that does not begin here is answered with success, and the process stays."""
    honest = server.rules.commands.chosen

    def chosen(server: OptimaJet, instance: Instance, command: str, fields: Fields) -> Transition:
        known = {item.command for item in server.rules.commands.available(server, instance, fields)}
        if command in known:
            return honest(server, instance, command, fields)
        return Transition(command, instance.activity.name, instance.activity.name)

    server.rules.commands.chosen = chosen


@deviation(
    "unavailable-command-moves",
    clauses=("OJ-16a",),
    case="optimajet/getAvailableCommands/offers/unoffered-changes-nothing/Draft",
)
def unavailable_command_moves(server: OptimaJet) -> None:
    """A command that does not begin here is refused, and the process goes to where it leads all the same."""
    honest = server.rules.commands.chosen

    def chosen(server: OptimaJet, instance: Instance, command: str, fields: Fields) -> Transition:
        begins = {item.command for item in server.rules.commands.available(server, instance, fields)}
        for item in instance.scheme.transitions:
            if item.command == command and command not in begins:
                instance.activity = instance.scheme.activity(item.target)
        return honest(server, instance, command, fields)

    server.rules.commands.chosen = chosen


@deviation("command-does-not-move", clauses=("OJ-20",), case="optimajet/executeCommand/lifecycle/transition/Draft")
def command_does_not_move(server: OptimaJet) -> None:
    """A command is executed, and the process stays where it was."""

    def move(_: OptimaJet, instance: Instance, step: Step) -> None:
        instance.steps.append(step)

    server.rules.commands.move = move


@deviation("executed-is-false", clauses=("OJ-20",), case="optimajet/executeCommand/lifecycle/confirms")
def executed_is_false(server: OptimaJet) -> None:
    """A command that was executed is said not to have been."""
    server.rules.commands.executed = lambda _, __: False


@deviation("executed-shows-names-for-values", clauses=("OJ-20a",), case="optimajet/executeCommand/lifecycle/shows")
def executed_shows_names_for_values(server: OptimaJet) -> None:
    """The reply to a command shows the name of every parameter as its value."""

    def mend(data: Json) -> Json:
        shown = data["ProcessInstance"]
        names = {name: name for name in shown.get("ProcessParameters") or {}}
        return {**data, "ProcessInstance": {**shown, "ProcessParameters": names}}

    mend_data(server, COMMANDS, mend)


@deviation("executed-shows-the-past", clauses=("OJ-20a",), case="optimajet/executeCommand/lifecycle/shows")
def executed_shows_the_past(server: OptimaJet) -> None:
    """The reply to a command shows the process as it was before."""

    def mend(data: Json) -> Json:
        shown = data["ProcessInstance"]
        past = {"StateName": shown["PreviousState"], "ActivityName": shown["PreviousActivity"]}
        return {**data, "ProcessInstance": shown | past}

    mend_data(server, COMMANDS, mend)


@deviation("listed-command-is-refused", clauses=("OJ-19",), case="optimajet/getAvailableCommands/offers/complete/Draft")
def listed_command_is_refused(server: OptimaJet) -> None:
    """The list of commands names one that is not available."""

    def mend(data: list[Json]) -> list[Json]:
        return [item | {"CommandName": f"{item['CommandName']}-again"} for item in data]

    mend_data(server, ("getAvailableCommands", "getAvailableCommandsByPost"), mend)


@deviation("no-commands-listed", clauses=("OJ-19",), case="optimajet/getAvailableCommands/offers/complete/Draft")
def no_commands_listed(server: OptimaJet) -> None:
    """The list of commands is empty."""
    mend_data(server, ("getAvailableCommands", "getAvailableCommandsByPost"), lambda _: [])


@deviation("end-does-not-finalize", clauses=("OJ-21",), case="optimajet/instance/lifecycle/at-rest/Approved")
def end_does_not_finalize(server: OptimaJet) -> None:
    """A process in a final activity stays idled."""
    server.rules.progress.status = lambda _, instance: min(instance.activity.status, IDLED)


@deviation(
    "end-takes-commands", clauses=("OJ-21a",), case="optimajet/getAvailableCommands/offers/none-at-the-end/Approved"
)
def end_takes_commands(server: OptimaJet) -> None:
    """A process that ended takes the commands of its beginning."""
    honest = server.rules.commands.offered

    def offered(server: OptimaJet, instance: Instance) -> tuple[Transition, ...]:
        begins = tuple(
            replace(item, source=instance.activity.name)
            for item in instance.scheme.leaving(instance.scheme.initial.name)
        )
        return honest(server, instance) or begins

    server.rules.commands.offered = offered


@deviation("never-idled", clauses=("OJ-18",), case="optimajet/instance/lifecycle/at-rest/Draft")
def never_idled(server: OptimaJet) -> None:
    """A process never leaves the status Initialized."""
    server.rules.progress.status = lambda _, __: INITIALIZED


@deviation("set-state-does-not", clauses=("OJ-22",), case="optimajet/setState/lifecycle/transition/Draft")
def set_state_does_not(server: OptimaJet) -> None:
    """Setting a state succeeds and brings the process to its beginning."""
    honest = server.rules.commands.settable

    def settable(server: OptimaJet, instance: Instance, state: str) -> Activity:
        honest(server, instance, state)
        return instance.scheme.initial

    server.rules.commands.settable = settable


@deviation("any-state-is-set", clauses=("OJ-22a",), case="optimajet/getAvailableStatesToSet/offers/unoffered/Draft")
def any_state_is_set(server: OptimaJet) -> None:
    """A state that the scheme does not know is set."""
    server.rules.commands.settable = lambda _, __, state: Activity(f"{state}Activity", state)


@deviation("listed-state-is-refused", clauses=("OJ-23",), case="optimajet/getAvailableStatesToSet/offers/taken/Draft")
def listed_state_is_refused(server: OptimaJet) -> None:
    """The list of states has those that cannot be set."""
    server.rules.commands.states = lambda _, instance: list(instance.scheme.activities)


@deviation("delete-keeps-the-instance", clauses=("OJ-17",), case="optimajet/instance/removal/gone")
def delete_keeps_the_instance(server: OptimaJet) -> None:
    """Deleting an instance succeeds and leaves it."""
    honest = server.rules.instances.remove

    def remove(server: OptimaJet, operation: str, key: str) -> None:
        if operation != "deleteInstance":
            honest(server, operation, key)

    server.rules.instances.remove = remove


def _ghosts(server: OptimaJet, *operations: str) -> None:
    """Let lists show what was deleted as it was."""
    honest_remove, honest_listed = server.rules.instances.remove, server.rules.instances.listed
    ghosts: list[Instance] = []

    def remove(server: OptimaJet, operation: str, key: str) -> None:
        ghosts.extend(one for one in server.store.ordered() if one.key == key)
        honest_remove(server, operation, key)

    server.rules.instances.remove = remove
    server.rules.instances.listed = lambda server, operation: (
        [*honest_listed(server, operation), *(ghosts if operation in operations else ())]
    )


@deviation("deleted-stays-listed", clauses=("OJ-17",), case="optimajet/instance/removal/unlisted")
def deleted_stays_listed(server: OptimaJet) -> None:
    """The list of instances shows those that were deleted."""
    _ghosts(server, "getInstances")


@deviation("deleted-still-waits", clauses=("OJ-27b",), case="optimajet/instance/removal/out-of-the-box/getInbox")
def deleted_still_waits(server: OptimaJet) -> None:
    """An instance that was deleted still waits for those who could give its commands."""
    _ghosts(server, "getInbox", "getInboxByPost")


@deviation(
    "deleted-stays-in-the-outbox", clauses=("OJ-28",), case="optimajet/instance/removal/out-of-the-box/getOutbox"
)
def deleted_stays_in_the_outbox(server: OptimaJet) -> None:
    """The outbox shows an instance that was deleted to those who moved it."""
    _ghosts(server, "getOutbox", "getOutboxByPost")


@deviation("bulk-delete-of-five", clauses=("OJ-17a",), case="optimajet/instance/removal/several-gone")
def bulk_delete_of_five(server: OptimaJet) -> None:
    """Deleting many instances deletes the first five of them."""
    server.rules.instances.doomed = lambda keys: keys[:5]


@deviation("bulk-delete-keeps-one", clauses=("OJ-17a",), case="optimajet/instance/removal/several-gone")
def bulk_delete_keeps_one(server: OptimaJet) -> None:
    """Deleting several instances leaves the last of them."""
    server.rules.instances.doomed = lambda keys: keys[:-1]


@deviation("bulk-deleted-stay-listed", clauses=("OJ-17a",), case="optimajet/instance/removal/unlisted")
def bulk_deleted_stay_listed(server: OptimaJet) -> None:
    """What was deleted with others stays in the list of instances."""
    honest_remove, honest_listed = server.rules.instances.remove, server.rules.instances.listed
    kept: list[Instance] = []

    def remove(server: OptimaJet, operation: str, key: str) -> None:
        if operation == "deleteInstances" and key in server.store.instances:
            kept.append(server.store.instances[key])
        honest_remove(server, operation, key)

    def listed(server: OptimaJet, operation: str) -> list[Instance]:
        return honest_listed(server, operation) + (kept if operation == "getInstances" else [])

    server.rules.instances.remove, server.rules.instances.listed = remove, listed


@deviation("everything-exists", clauses=("OJ-17b",), case="optimajet/instance/removal/unknown-does-not-exist")
def everything_exists(server: OptimaJet) -> None:
    """A process exists whatever its id."""
    server.rules.instances.exists = lambda _, __: True


@deviation("history-forgets", clauses=("OJ-24",), case="optimajet/instance/trail/grows/history")
def history_forgets(server: OptimaJet) -> None:
    """Transitions and history stay empty."""
    mend_data(
        server,
        ("getInstanceInfo", "getInstanceInfoByPost"),
        lambda data: data | {"Transitions": [], "History": []},
    )


@deviation(
    "refused-command-is-remembered", clauses=("OJ-16a",), case="optimajet/executeCommand/lifecycle/repeat-refused"
)
def refused_command_is_remembered(server: OptimaJet) -> None:
    """A command that is refused is in the history of the process as one that was executed."""
    honest = server.rules.commands.chosen

    def chosen(server: OptimaJet, instance: Instance, command: str, fields: Fields) -> Transition:
        try:
            return honest(server, instance, command, fields)
        except Refusal:
            if instance.steps:
                instance.steps.append(replace(instance.steps[-1], id=server.ids.fresh()))
            raise

    server.rules.commands.chosen = chosen


@deviation("new-ones-do-not-exist", clauses=("OJ-17",), case="optimajet/instance/removal/created-exists")
def new_ones_do_not_exist(server: OptimaJet) -> None:
    """A process exists only when a command has moved it."""
    server.rules.instances.exists = lambda server, key: (
        key in server.store.instances and bool(server.store.instances[key].steps)
    )


@deviation(
    "refused-command-clears-parameters", clauses=("OJ-16a",), case="optimajet/executeCommand/lifecycle/repeat-refused"
)
def refused_command_clears_parameters(server: OptimaJet) -> None:
    """A process that refuses a command loses its process parameters."""
    honest = server.rules.commands.chosen

    def chosen(server: OptimaJet, instance: Instance, command: str, fields: Fields) -> Transition:
        try:
            return honest(server, instance, command, fields)
        except Refusal:
            instance.parameters = {}
            raise

    server.rules.commands.chosen = chosen


@deviation("deleted-come-back-moved", clauses=("OJ-17e",), case="optimajet/instance/removal/made-again")
def deleted_come_back_moved(server: OptimaJet) -> None:
    """A new instance with the id of a deleted one is where that one was."""
    honest_remove, honest_insert = server.rules.instances.remove, server.rules.instances.insert
    last: dict[str, Activity] = {}

    def remove(server: OptimaJet, operation: str, key: str) -> None:
        if key in server.store.instances:
            last[key] = server.store.instances[key].activity
        honest_remove(server, operation, key)

    def insert(server: OptimaJet, operation: str, instance: Instance) -> None:
        instance.activity = last.get(instance.key, instance.activity)
        honest_insert(server, operation, instance)

    server.rules.instances.remove, server.rules.instances.insert = remove, insert


@deviation("transitions-show-one-activity", clauses=("OJ-24",), case="optimajet/instance/trail/grows/transitions")
def transitions_show_one_activity(server: OptimaJet) -> None:
    """A transition shows the activity that it led from as the one that it led to."""
    honest = server.rules.views.transition
    server.rules.views.transition = lambda server, instance, step: (
        honest(server, instance, step) | {"ToActivityName": step.source.name}
    )


@deviation("transitions-of-another", clauses=("OJ-24",), case="optimajet/instance/trail/grows/transitions")
def transitions_of_another(server: OptimaJet) -> None:
    """A transition names another process than its own."""
    honest = server.rules.views.transition
    server.rules.views.transition = lambda server, instance, step: (
        honest(server, instance, step) | {"ProcessId": step.id}
    )
