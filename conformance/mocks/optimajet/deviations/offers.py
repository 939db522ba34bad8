"""Commands and states that are listed wrongly, or lead elsewhere than they say."""

from __future__ import annotations

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.model import Json
from conformance.mocks.optimajet.records import Instance
from conformance.mocks.optimajet.schemes import Activity, Scheme, Transition
from conformance.mocks.optimajet.server import OptimaJet

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


@deviation("sent-back-processes-wait-for-nobody", clauses=("OJ-27b",), case="optimajet/getInbox/box/follows/reject")
def sent_back_processes_wait_for_nobody(server: OptimaJet) -> None:
    """A process that was sent back is in no inbox."""
    honest = server.rules.boxes.waiting
    server.rules.boxes.waiting = lambda server, instance: (
        [] if instance.steps and instance.steps[-1].command == "reject" else honest(server, instance)
    )
