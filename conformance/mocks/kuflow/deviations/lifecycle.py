"""Commands that do less or more than they should."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import replace

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Reply
from conformance.mocks.kuflow.deviations._tools import bend_reply, bend_success
from conformance.mocks.kuflow.processes import Step
from conformance.mocks.kuflow.records import Identity, Item, Process, Task
from conformance.mocks.kuflow.server import Call, KuFlow


@deviation("created-as-completed", clauses=("KF-035",), case="kuflow/createProcess/lifecycle/initial/RUNNING")
def created_as_completed(server: KuFlow) -> None:
    """The reply to a create shows the process as COMPLETED."""

    def bend(reply: Reply) -> Reply:
        return replace(reply, body={**reply.body, "state": "COMPLETED"}) if reply.status == 201 else reply

    bend_reply(server, "createProcess", bend)


@deviation("state-not-persisted", clauses=("KF-042",), case="kuflow/completeProcess/lifecycle/transition/RUNNING")
def state_not_persisted(server: KuFlow) -> None:
    """Completing a process shows in the reply and is forgotten."""
    honest = server.rules.processes.set_state

    def set_state(server: KuFlow, call: Call, process: Process, state: str) -> Process:
        if state != "COMPLETED":
            return honest(server, call, process, state)
        return replace(process, state=state)

    server.rules.processes.set_state = set_state


@deviation("list-shows-old-state", clauses=("KF-042",), case="kuflow/completeProcess/lifecycle/listed")
def list_shows_old_state(server: KuFlow) -> None:
    """The list of processes shows completed ones as RUNNING."""

    def old(entry: dict[str, str]) -> dict[str, str]:
        return {**entry, "state": "RUNNING"} if entry["state"] == "COMPLETED" else entry

    bend_success(server, "findProcesses", lambda body: {**body, "content": list(map(old, body["content"]))})


@deviation("complete-hits-another", clauses=("KF-042",), case="kuflow/completeProcess/lifecycle/spares-others")
def complete_hits_another(server: KuFlow) -> None:
    """Completing a process also completes the one that was started before it."""
    honest = server.rules.processes.set_state

    def set_state(server: KuFlow, call: Call, process: Process, state: str) -> Process:
        rows = server.store.processes.rows
        before = rows[rows.index(process) - 1]
        if state == "COMPLETED" and before.state == "RUNNING" and before.created_by == process.created_by:
            honest(server, call, before, state)
        return honest(server, call, process, state)

    server.rules.processes.set_state = set_state


@deviation("complete-not-idempotent", clauses=("KF-043",), case="kuflow/completeProcess/lifecycle/repeat")
def complete_not_idempotent(server: KuFlow) -> None:
    """Completing a completed process is refused."""
    _refuse_repeats(server, "COMPLETED")


@deviation("complete-again-changes", clauses=("KF-043",), case="kuflow/completeProcess/lifecycle/repeat")
def complete_again_changes(server: KuFlow) -> None:
    """Completing a completed process takes its initiator away."""
    honest = server.rules.processes.set_state
    honest_step = server.rules.processes.step

    def step(operation: str, state: str, wanted: str) -> Step:
        return "change" if state == wanted == "COMPLETED" else honest_step(operation, state, wanted)

    def set_state(server: KuFlow, call: Call, process: Process, state: str) -> Process:
        if process.state == state == "COMPLETED":
            process.initiator = ""
        return honest(server, call, process, state)

    server.rules.processes.step, server.rules.processes.set_state = step, set_state


@deviation("cancel-reply-lags", clauses=("KF-044",), case="kuflow/cancelProcess/lifecycle/transition/RUNNING")
def cancel_reply_lags(server: KuFlow) -> None:
    """Cancelling a process answers it as it was before."""
    honest = server.rules.processes.set_state

    def set_state(server: KuFlow, call: Call, process: Process, state: str) -> Process:
        before = copy(process)
        moved = honest(server, call, process, state)
        return before if state == "CANCELLED" else moved

    server.rules.processes.set_state = set_state


@deviation("cancel-not-idempotent", clauses=("KF-046",), case="kuflow/cancelProcess/lifecycle/repeat")
def cancel_not_idempotent(server: KuFlow) -> None:
    """Cancelling a cancelled process is refused."""
    _refuse_repeats(server, "CANCELLED")


def _refuse_repeats(server: KuFlow, ended: str) -> None:
    honest = server.rules.processes.step

    def step(operation: str, state: str, wanted: str) -> Step:
        return "undocumented" if state == wanted == ended else honest(operation, state, wanted)

    server.rules.processes.step = step


@deviation("cascade-forgets-one", clauses=("KF-045",), case="kuflow/cancelProcess/lifecycle/cascade")
def cascade_forgets_one(server: KuFlow) -> None:
    """Cancelling a process with several active items leaves the last one as it was."""
    honest = server.rules.processes.cascade

    def cascade(process: Process, items: list[Item]) -> list[Item]:
        active = honest(process, items)
        return active[:-1] if len(active) > 1 else active

    server.rules.processes.cascade = cascade


@deviation("cascade-of-one-page", clauses=("KF-045",), case="kuflow/cancelProcess/lifecycle/cascade-of-many")
def cascade_of_one_page(server: KuFlow) -> None:
    """Cancelling a process takes no more tasks with it than a page has."""
    honest, page = server.rules.processes.cascade, server.rules.lists.default_size
    server.rules.processes.cascade = lambda process, items: honest(process, items)[:page]


@deviation("cascade-forgets-claimed", clauses=("KF-045",), case="kuflow/cancelProcess/lifecycle/cascade")
def cascade_forgets_claimed(server: KuFlow) -> None:
    """Cancelling a process with ready tasks leaves those that somebody has claimed."""

    def cascade(_: Process, items: list[Item]) -> list[Item]:
        ready = [item for item in items if item.task and item.task.state == "READY"]
        return ready or [item for item in items if item.task and item.task.state == "CLAIMED"]

    server.rules.processes.cascade = cascade


@deviation("cascade-hits-completed", clauses=("KF-045a",), case="kuflow/cancelProcess/lifecycle/cascade-spares-others")
def cascade_hits_completed(server: KuFlow) -> None:
    """Cancelling a process cancels its completed tasks too."""
    server.rules.processes.cascade = lambda _, items: [item for item in items if item.task is not None]


@deviation("cascade-hits-sibling", clauses=("KF-045b",), case="kuflow/cancelProcess/lifecycle/cascade-spares-strangers")
def cascade_hits_sibling(server: KuFlow) -> None:
    """Cancelling a process also cancels the active tasks of the process that was started after it."""
    honest = server.rules.processes.cascade

    def cascade(process: Process, items: list[Item]) -> list[Item]:
        rows = server.store.processes.rows
        after = rows[rows.index(process) + 1 :][:1]
        return honest(process, [*items, *(item for row in after for item in server.store.items_of.get(row.key, []))])

    server.rules.processes.cascade = cascade


@deviation("claim-reply-lags", clauses=("KF-107",), case="kuflow/claimProcessItemTask/lifecycle/transition/READY")
def claim_reply_lags(server: KuFlow) -> None:
    """Claiming a task answers it as READY."""
    _lag(server, "claimProcessItemTask", "READY")


@deviation(
    "task-complete-reply-lags", clauses=("KF-110",), case="kuflow/completeProcessItemTask/lifecycle/transition/CLAIMED"
)
def task_complete_reply_lags(server: KuFlow) -> None:
    """Completing a task answers it as CLAIMED."""
    _lag(server, "completeProcessItemTask", "CLAIMED")


def _lag(server: KuFlow, operation: str, state: str) -> None:
    bend_success(server, operation, lambda body: {**body, "task": {**body["task"], "state": state}})


@deviation(
    "claim-sets-no-owner", clauses=("KF-107a",), case="kuflow/claimProcessItemTask/lifecycle/sets-property/ownerId"
)
def claim_sets_no_owner(server: KuFlow) -> None:
    """Claiming a task leaves it without owner; anyone can complete it."""

    def claimant(_: Identity, item: Item) -> str:
        return item.owner

    server.rules.items.claimant = claimant
    server.rules.items.may_complete = lambda _identity, _item: True


@deviation("cancel-again-hits-completed", clauses=("KF-046",), case="kuflow/cancelProcess/lifecycle/cascade-repeat")
def cancel_again_hits_completed(server: KuFlow) -> None:
    """Cancelling a cancelled process changes nothing of it and cancels its completed tasks."""
    honest = server.rules.processes.step

    def step(operation: str, state: str, wanted: str) -> Step:
        return "change" if state == wanted == "CANCELLED" else honest(operation, state, wanted)

    honest_set, honest_cascade = server.rules.processes.set_state, server.rules.processes.cascade
    again: set[str] = set()

    def set_state(server: KuFlow, call: Call, process: Process, state: str) -> Process:
        if process.state == state == "CANCELLED":
            again.add(process.key)
            return process
        return honest_set(server, call, process, state)

    def cascade(process: Process, items: list[Item]) -> list[Item]:
        if process.key in again:
            return [item for item in items if item.task is not None and item.task.state == "COMPLETED"]
        return honest_cascade(process, items)

    server.rules.processes.step, server.rules.processes.set_state = step, set_state
    server.rules.processes.cascade = cascade


@deviation("refused-complete-completes", clauses=("KF-044",), case="kuflow/process/lifecycle/terminal/CANCELLED")
def refused_complete_completes(server: KuFlow) -> None:
    """Completing a cancelled process is refused, and a later read shows it COMPLETED."""
    honest = server.rules.processes.step
    ended: list[Process] = []
    honest_set = server.rules.processes.set_state

    def set_state(server: KuFlow, call: Call, process: Process, state: str) -> Process:
        if state == "CANCELLED":
            ended.append(process)
        return honest_set(server, call, process, state)

    def step(operation: str, state: str, wanted: str) -> Step:
        if state == "CANCELLED" and wanted == "COMPLETED" and ended:
            ended.pop().state = "COMPLETED"
        return honest(operation, state, wanted)

    server.rules.processes.step, server.rules.processes.set_state = step, set_state


def _spare(server: KuFlow, spared: Callable[[Item, Task], bool]) -> None:
    """Let a cancelled process leave some of its active tasks alone."""
    honest = server.rules.processes.cascade
    server.rules.processes.cascade = lambda process, items: [
        item for item in honest(process, items) if item.task is None or not spared(item, item.task)
    ]


@deviation("cascade-spares-owned-tasks", clauses=("KF-045",), case="kuflow/cancelProcess/lifecycle/cascade-of-many")
def cascade_spares_owned_tasks(server: KuFlow) -> None:
    """Cancelling a process leaves the tasks of other owners than its creator."""
    _spare(server, lambda item, _: item.owner not in ("", item.process.created_by))


@deviation("cascade-spares-logged-tasks", clauses=("KF-045",), case="kuflow/cancelProcess/lifecycle/cascade-of-many")
def cascade_spares_logged_tasks(server: KuFlow) -> None:
    """Cancelling a process leaves the tasks that have a log."""
    _spare(server, lambda _, task: bool(task.logs))


@deviation("cascade-spares-forms", clauses=("KF-045",), case="kuflow/cancelProcess/lifecycle/cascade-of-many")
def cascade_spares_forms(server: KuFlow) -> None:
    """Cancelling a process leaves the tasks whose definition has forms."""
    _spare(server, lambda _, task: bool(task.definition.forms))


@deviation("creators-claim", clauses=("KF-107a",), case="kuflow/claimProcessItemTask/processes/claimant")
def creators_claim(server: KuFlow) -> None:
    """A task that is claimed is owned by who created it."""
    server.rules.items.claimant = lambda _, item: item.created_by
