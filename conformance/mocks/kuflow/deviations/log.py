"""Logs that lose or change entries."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.deviations._mending import mend_json
from conformance.mocks.kuflow.deviations._tools import bend_success
from conformance.mocks.kuflow.records import Item, LogEntry, Process, Task
from conformance.mocks.kuflow.server import Call, KuFlow

STORE_SECONDS = 0.1
"""How long a slow store takes to write."""

LOG, APPEND = "kuflow/appendProcessItemTaskLog", ("appendProcessItemTaskLog",)


@deviation("log-entry-twice", clauses=("KF-111",), case=f"{LOG}/log/appends")
def log_entry_twice(server: KuFlow) -> None:
    """An entry stands in the log twice, the second time under another id."""
    honest = server.rules.items.logged
    server.rules.items.logged = lambda logs, entry, cap: honest(
        [*logs, entry], replace(entry, id=server.ids.fresh()), cap
    )


@deviation("log-shows-the-last-entry-twice", clauses=("KF-111",), case=f"{LOG}/log/appends")
def log_shows_the_last_entry_twice(server: KuFlow) -> None:
    """A read of a task shows the last entry of its log twice."""

    def twice(body: Json) -> Json:
        task = body.get("task") or {}
        logs = task.get("logs") or []
        return {**body, "task": {**task, "logs": [*logs, *logs[-1:]]}} if logs else body

    bend_success(server, "retrieveProcessItem", twice)


@deviation("log-entry-said-once", clauses=("KF-111",), case=f"{LOG}/log/appends")
def log_entry_said_once(server: KuFlow) -> None:
    """An entry that says what the one before says is not added."""
    honest = server.rules.items.logged

    def logged(logs: list[LogEntry], entry: LogEntry, cap: int) -> list[LogEntry]:
        last = logs[-1] if logs else None
        return logs if last and (last.message, last.level) == (entry.message, entry.level) else honest(logs, entry, cap)

    server.rules.items.logged = logged


@deviation("log-entries-lost-in-a-race", clauses=("KF-111",), case=f"{LOG}/log/concurrent")
def log_entries_lost_in_a_race(server: KuFlow) -> None:
    """Of entries that come at one instant the last one written is there."""

    async def log_of(task: Task) -> list[LogEntry]:
        read = task.logs
        await asyncio.sleep(STORE_SECONDS)
        return read

    server.rules.items.log_of = log_of


@deviation("log-messages-of-sixty-letters", clauses=("KF-111",), case=f"{LOG}/log/appends")
def log_messages_of_sixty_letters(server: KuFlow) -> None:
    """A message is cut after sixty letters."""
    honest = server.rules.items.logged
    server.rules.items.logged = lambda logs, entry, cap: honest(logs, replace(entry, message=entry.message[:60]), cap)


@deviation("log-messages-of-255-letters", clauses=("KF-111",), case=f"{LOG}/log/appends")
def log_messages_of_255_letters(server: KuFlow) -> None:
    """A message is cut after 255 letters."""
    honest = server.rules.items.logged
    server.rules.items.logged = lambda logs, entry, cap: honest(logs, replace(entry, message=entry.message[:255]), cap)


@deviation("log-in-local-time", clauses=("KF-111",), case=f"{LOG}/log/appends")
def log_in_local_time(server: KuFlow) -> None:
    """The moment of an entry is that of a clock two hours east of Greenwich, and says that it is Greenwich's."""
    honest = server.rules.views.log_entry
    server.rules.views.log_entry = lambda server, entry: honest(
        server, replace(entry, timestamp=entry.timestamp + timedelta(hours=2))
    )


@deviation("log-messages-cut", clauses=("KF-111",), case=f"{LOG}/log/keeps-the-older")
def log_messages_cut(server: KuFlow) -> None:
    """The messages of older entries are cut once a fourth entry comes."""
    honest = server.rules.items.logged
    server.rules.items.logged = lambda logs, entry, cap: honest(
        [replace(one, message=one.message[:4]) for one in logs] if len(logs) == 3 else logs, entry, cap
    )


@deviation("log-entry-drops-the-data", clauses=("KF-111a",), case=f"{LOG}/log/leaves-the-rest")
def log_entry_drops_the_data(server: KuFlow) -> None:
    """An entry takes the place of the data of the task."""
    _with_each_entry(server, lambda task: setattr(task, "data", None))


@deviation("log-entry-claims", clauses=("KF-111a",), case=f"{LOG}/log/leaves-the-rest")
def log_entry_claims(server: KuFlow) -> None:
    """A task that a log entry is added to is claimed."""
    _with_each_entry(server, lambda task: setattr(task, "state", "CLAIMED"))


@deviation("log-entry-in-every-task", clauses=("KF-111a",), case=f"{LOG}/log/leaves-the-rest")
def log_entry_in_every_task(server: KuFlow) -> None:
    """An entry is added to the log of every task of the process."""
    honest = server.rules.items.touch

    def touch(server: KuFlow, call: Call, item: Item) -> None:
        honest(server, call, item)
        for other in server.store.items_of[item.process.key] if call.operation in APPEND else ():
            if item.task and other.task and other is not item:
                other.task.logs = [*other.task.logs, item.task.logs[-1]]

    server.rules.items.touch = touch


def _with_each_entry(server: KuFlow, change: Callable[[Task], None]) -> None:
    honest = server.rules.items.touch

    def touch(server: KuFlow, call: Call, item: Item) -> None:
        honest(server, call, item)
        if call.operation in APPEND and item.task:
            change(item.task)

    server.rules.items.touch = touch


@deviation("full-log-keeps-the-oldest", clauses=("KF-112",), case=f"{LOG}/log/full")
def full_log_keeps_the_oldest(server: KuFlow) -> None:
    """A full log takes no new entry."""
    server.rules.items.logged = lambda logs, entry, cap: [*logs, entry][:cap]


@deviation("full-log-emptied", clauses=("KF-112",), case=f"{LOG}/log/full")
def full_log_emptied(server: KuFlow) -> None:
    """A full log is emptied for a new entry."""
    server.rules.items.logged = lambda logs, entry, cap: [*(logs if len(logs) < cap else ()), entry]


@deviation("log-message-optional", clauses=("KF-113",), case=f"{LOG}/contract/refuses/missing-message")
def log_message_optional(server: KuFlow) -> None:
    """An entry without message is taken as one with an empty message."""
    mend_json(server, APPEND, lambda value: {"message": "", **value} if isinstance(value, dict) else value)


@deviation("log-level-unchecked", clauses=("KF-114",), case=f"{LOG}/contract/refuses/enum-level")
def log_level_unchecked(server: KuFlow) -> None:
    """An entry of a level that does not exist is taken as INFO."""

    def mend(value: Any) -> Any:
        level = value.get("level") if isinstance(value, dict) else None
        known = not isinstance(level, str) or level in ("INFO", "WARN", "ERROR")
        return value if known else {**value, "level": "INFO"}

    mend_json(server, APPEND, mend)


@deviation("log-levels-flattened", clauses=("KF-114a",), case=f"{LOG}/log/takes/level-WARN")
def log_levels_flattened(server: KuFlow) -> None:
    """Entries of every level are logged as INFO."""
    honest = server.rules.items.log_entry
    server.rules.items.log_entry = lambda server, params: replace(honest(server, params), level="INFO")


def _empty_after(server: KuFlow, operation: str) -> None:
    honest = server.rules.items.touch

    def touch(server: KuFlow, call: Call, item: Item) -> None:
        honest(server, call, item)
        if call.operation == operation and item.task:
            item.task.logs = []

    server.rules.items.touch = touch


@deviation("claim-empties-the-log", clauses=("KF-111b",), case=f"{LOG}/log/lasts")
def claim_empties_the_log(server: KuFlow) -> None:
    """A task that is claimed has an empty log."""
    _empty_after(server, "claimProcessItemTask")


@deviation("patch-empties-the-log", clauses=("KF-111b",), case=f"{LOG}/log/lasts")
def patch_empties_the_log(server: KuFlow) -> None:
    """A task whose data are patched has an empty log."""
    _empty_after(server, "patchProcessItemTaskData")


@deviation("completion-empties-the-log", clauses=("KF-111b",), case=f"{LOG}/log/lasts")
def completion_empties_the_log(server: KuFlow) -> None:
    """A task that is completed has an empty log."""
    _empty_after(server, "completeProcessItemTask")


@deviation("assignment-empties-the-log", clauses=("KF-111b",), case=f"{LOG}/log/survives")
def assignment_empties_the_log(server: KuFlow) -> None:
    """A task that is assigned has an empty log."""
    _empty_after(server, "assignProcessItemTask")


@deviation("cancellation-empties-the-log", clauses=("KF-111b",), case=f"{LOG}/log/survives")
def cancellation_empties_the_log(server: KuFlow) -> None:
    """A task that is cancelled with its process has an empty log."""
    honest = server.rules.processes.cascade

    def cascade(process: Process, items: list[Item]) -> list[Item]:
        taken = honest(process, items)
        for task in (item.task for item in taken if item.task):
            task.logs = []
        return taken

    server.rules.processes.cascade = cascade


@deviation("log-entry-gives-back", clauses=("KF-111b",), case=f"{LOG}/log/lasts")
def log_entry_gives_back(server: KuFlow) -> None:
    """A claimed task that a log entry is added to is READY again."""
    _with_each_entry(server, lambda task: setattr(task, "state", "READY"))


@deviation("log-on-one-line", clauses=("KF-111",), case=f"{LOG}/log/appends")
def log_on_one_line(server: KuFlow) -> None:
    """The lines of an entry's message become one."""
    honest = server.rules.items.logged
    server.rules.items.logged = lambda logs, entry, cap: honest(
        logs, replace(entry, message=" ".join(entry.message.splitlines())), cap
    )


def _tell_no_log(server: KuFlow, operation: str) -> None:
    """Leave the entries out of every reply to one operation."""

    def bend(body: Json) -> Json:
        return {**body, "task": {**body["task"], "logs": []}}

    bend_success(server, operation, bend)


@deviation("claim-tells-no-log", clauses=("KF-111b",), case=f"{LOG}/log/lasts")
def claim_tells_no_log(server: KuFlow) -> None:
    """The reply to a claim shows a log without entries."""
    _tell_no_log(server, "claimProcessItemTask")


@deviation("patch-tells-no-log", clauses=("KF-111b",), case=f"{LOG}/log/lasts")
def patch_tells_no_log(server: KuFlow) -> None:
    """The reply to a patch of a task's data shows a log without entries."""
    _tell_no_log(server, "patchProcessItemTaskData")


@deviation("assignment-tells-no-log", clauses=("KF-111b",), case=f"{LOG}/log/survives")
def assignment_tells_no_log(server: KuFlow) -> None:
    """The reply to an assignment shows a log without entries."""
    _tell_no_log(server, "assignProcessItemTask")


@deviation("full-log-keeps-errors", clauses=("KF-112",), case=f"{LOG}/log/full")
def full_log_keeps_errors(server: KuFlow) -> None:
    """In a full log a new entry takes the place of the oldest one that is no error."""
    honest = server.rules.items.logged

    def logged(logs: list[LogEntry], entry: LogEntry, cap: int) -> list[LogEntry]:
        others = [one for one in logs if one.level != "ERROR"] or logs
        kept = logs if len(logs) < cap else [one for one in logs if one is not others[0]]
        return honest(kept, entry, cap)

    server.rules.items.logged = logged
