"""Commands and states that are listed wrongly or lead elsewhere, and boxes that show what is nobody's business."""

from __future__ import annotations

from dataclasses import replace

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.model import Json
from conformance.mocks.optimajet.records import Instance
from conformance.mocks.optimajet.schemes import Activity, Scheme, Transition
from conformance.mocks.optimajet.server import Call, OptimaJet

COMMANDS, STATES = (f"optimajet/getAvailable{name}/offers" for name in ("Commands", "StatesToSet"))


@deviation("commands-of-another-process", clauses=("OJ-19b",), case=f"{COMMANDS}/shown/Draft")
def commands_of_another_process(server: OptimaJet) -> None:
    """A command that is listed names another process than the one asked for."""
    honest, other = server.rules.views.command, server.seed_ids.named("instance", 0)

    def command(server: OptimaJet, record: Instance, offered: Transition, identities: list[str]) -> Json:
        return honest(server, record, offered, identities) | {"ProcessId": other}

    server.rules.views.command = command


@deviation("commands-of-the-first-activity", clauses=("OJ-19b",), case=f"{COMMANDS}/shown/Review")
def commands_of_the_first_activity(server: OptimaJet) -> None:
    """A command that is listed is said to be valid in the first activity of the scheme."""
    honest = server.rules.views.command

    def command(server: OptimaJet, record: Instance, offered: Transition, identities: list[str]) -> Json:
        first = record.scheme.initial
        shown = {"ValidForStateName": first.state, "ValidForActivityName": first.name}
        return honest(server, record, offered, identities) | shown

    server.rules.views.command = command


@deviation("states-of-another-scheme", clauses=("OJ-19b",), case=f"{STATES}/shown/Draft")
def states_of_another_scheme(server: OptimaJet) -> None:
    """A state that is listed names another scheme than that of the process."""
    honest = server.rules.views.state

    def state(server: OptimaJet, scheme: Scheme, activity: Activity) -> Json:
        return honest(server, scheme, activity) | {"SchemeCode": "TroubleScheme"}

    server.rules.views.state = state


@deviation("set-state-leads-to-review", clauses=("OJ-22",), case=f"{STATES}/taken/Draft")
def set_state_leads_to_review(server: OptimaJet) -> None:
    """Setting a state brings the process to Review, whichever state it is."""
    honest = server.rules.commands.settable

    def settable(server: OptimaJet, instance: Instance, state: str) -> Activity:
        wanted = honest(server, instance, state)
        return instance.scheme.settable("Review") or wanted

    server.rules.commands.settable = settable


@deviation("outbox-of-everyone", clauses=("OJ-28",), case="optimajet/getOutbox/box/whose")
def outbox_of_everyone(server: OptimaJet) -> None:
    """The outbox of one identity shows what others moved too."""
    _choosing_without(server, "identityid")


@deviation("outbox-of-every-process", clauses=("OJ-28",), case="optimajet/getOutbox/box/whose")
def outbox_of_every_process(server: OptimaJet) -> None:
    """The outbox of one process shows other processes too."""
    _choosing_without(server, "processid")


def _choosing_without(server: OptimaJet, name: str) -> None:
    """Let the outbox pass over a filter."""
    honest = server.rules.boxes.chosen

    def chosen(operation: str, instance: Instance, identity: str, call: Call) -> bool:
        fields = call.fields.model_copy(update={name: None}) if operation.startswith("getOutbox") else call.fields
        return honest(operation, instance, identity, replace(call, fields=fields))

    server.rules.boxes.chosen = chosen


@deviation("sent-back-processes-wait-for-nobody", clauses=("OJ-27b",), case="optimajet/getInbox/box/follows/reject")
def sent_back_processes_wait_for_nobody(server: OptimaJet) -> None:
    """A process that was sent back is in no inbox."""
    honest = server.rules.boxes.waiting
    server.rules.boxes.waiting = lambda server, instance: (
        [] if instance.steps and instance.steps[-1].command == "reject" else honest(server, instance)
    )
