"""Processes that are wrong about the way they came."""

from __future__ import annotations

from typing import Any

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.optimajet.records import Instance, Step
from conformance.mocks.optimajet.server import OptimaJet

HISTORY, TRANSITIONS = (f"optimajet/instance/trail/grows/{name}" for name in ("history", "transitions"))
LONG_AGO = "1970-01-01T00:00:00Z"


def _bend_history(server: OptimaJet, **changed: Any) -> None:
    honest = server.rules.views.history
    server.rules.views.history = lambda server, instance, step, order: honest(server, instance, step, order) | changed


def _bend_transitions(server: OptimaJet, **changed: Any) -> None:
    honest = server.rules.views.transition
    server.rules.views.transition = lambda server, instance, step: honest(server, instance, step) | changed


@deviation("history-without-order", clauses=("OJ-24",), case=HISTORY)
def history_without_order(server: OptimaJet) -> None:
    """Every history item is the first one."""
    _bend_history(server, Order=1)


@deviation("history-items-share-an-id", clauses=("OJ-24",), case=HISTORY)
def history_items_share_an_id(server: OptimaJet) -> None:
    """The history items of a process have its id for their own."""
    honest = server.rules.views.history

    def history(server: OptimaJet, instance: Instance, step: Step, order: int) -> Any:
        return honest(server, instance, step, order) | {"Id": instance.id}

    server.rules.views.history = history


@deviation("history-of-nobody-known", clauses=("OJ-24",), case=HISTORY)
def history_of_nobody_known(server: OptimaJet) -> None:
    """A history item names the same identity, whoever gave the command."""
    _bend_history(server, IdentityId="system")


@deviation("history-long-ago", clauses=("OJ-24",), case=HISTORY)
def history_long_ago(server: OptimaJet) -> None:
    """A history item is from before the server was."""
    _bend_history(server, TransitionTime=LONG_AGO)


@deviation("transitions-by-the-system", clauses=("OJ-24",), case=TRANSITIONS)
def transitions_by_the_system(server: OptimaJet) -> None:
    """A transition names the same executor, whoever gave the command."""
    _bend_transitions(server, ExecutorIdentityId="system")


@deviation("transitions-long-ago", clauses=("OJ-24",), case=TRANSITIONS)
def transitions_long_ago(server: OptimaJet) -> None:
    """A transition is from before the server was."""
    _bend_transitions(server, TransitionTime=LONG_AGO)


@deviation("previous-is-present", clauses=("OJ-24a",), case="optimajet/instance/trail/remembers")
def previous_is_present(server: OptimaJet) -> None:
    """A process that moved shows its present state as the previous one, wherever it is shown."""
    honest = server.rules.views.instance
    server.rules.views.instance = lambda server, instance: (
        honest(server, instance) | ({"PreviousState": instance.activity.state} if instance.steps else {})
    )
