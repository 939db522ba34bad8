"""Events that are not sent, or tell something else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.processes import Step
from conformance.mocks.kuflow.records import Item, Process, Row
from conformance.mocks.kuflow.server import Call, KuFlow
from conformance.mocks.kuflow.webhooks import tell_item, tell_process

SENT, CONFORMS = "kuflow/api/events/sent-once", "kuflow/api/events/conforms"
FIRST = "PROCESS.CREATED"


def _tell(server: KuFlow, **instead: Any) -> None:
    """Put other values into the envelope of every event; ``None`` leaves a property out."""
    honest = server.rules.webhooks.event

    def event(server: KuFlow, kind: str, data: Json) -> Json:
        told = {**honest(server, kind, data), **instead}
        return {name: value for name, value in told.items() if value is not None}

    server.rules.webhooks.event = event


def _keep_quiet(server: KuFlow, about: Callable[[str, Json], bool]) -> None:
    """Send no event ``about`` something."""
    honest = server.rules.webhooks.events
    server.rules.webhooks.events = lambda server, kind, data: [] if about(kind, data) else honest(server, kind, data)


@deviation("event-of-new-items-not-sent", clauses=("KF-148",), case=f"{SENT}/PROCESS_ITEM.CREATED")
def event_of_new_items_not_sent(server: KuFlow) -> None:
    """Nothing is sent when a process item is created."""
    _keep_quiet(server, lambda kind, _: kind == "PROCESS_ITEM.CREATED")


@deviation("messages-untold", clauses=("KF-148a",), case=f"{SENT}/PROCESS_ITEM.CREATED-of-a-message")
def messages_untold(server: KuFlow) -> None:
    """Nothing is sent when a message is created."""
    _keep_quiet(server, lambda kind, data: kind == "PROCESS_ITEM.CREATED" and data["processItemType"] == "MESSAGE")


@deviation("completion-untold", clauses=("KF-148a",), case=f"{SENT}/PROCESS.STATE_CHANGED-by-completion")
def completion_untold(server: KuFlow) -> None:
    """Nothing is sent when a process is completed."""
    _keep_quiet(server, lambda kind, data: kind == "PROCESS.STATE_CHANGED" and data["processState"] == "COMPLETED")


@deviation("task-completion-untold", clauses=("KF-148a",), case=f"{SENT}/PROCESS_ITEM.TASK_STATE_CHANGED-by-completion")
def task_completion_untold(server: KuFlow) -> None:
    """Nothing is sent when a task is completed."""
    _keep_quiet(server, lambda _, data: data.get("processItemState") == "COMPLETED")


@deviation("cascade-untold", clauses=("KF-148a",), case=f"{SENT}/PROCESS_ITEM.TASK_STATE_CHANGED-by-cascade")
def cascade_untold(server: KuFlow) -> None:
    """Nothing is sent when a task is cancelled with its process."""
    _keep_quiet(server, lambda _, data: data.get("processItemState") == "CANCELLED")


@deviation("events-sent-twice", clauses=("KF-148a",), case=f"{SENT}/{FIRST}")
def events_sent_twice(server: KuFlow) -> None:
    """Everything that happens is told by two events, each with an id of its own."""
    honest = server.rules.webhooks.events
    server.rules.webhooks.events = lambda *told: honest(*told) + honest(*told)


@deviation("events-tell-the-first-state", clauses=("KF-148a",), case=f"{SENT}/PROCESS.STATE_CHANGED")
def events_tell_the_first_state(server: KuFlow) -> None:
    """Every event about a process tells the state that it began in."""
    honest = server.rules.webhooks.process_data
    server.rules.webhooks.process_data = lambda process: {**honest(process), "processState": "RUNNING"}


@deviation("event-ids-no-uuids", clauses=("KF-149",), case=f"{CONFORMS}/{FIRST}")
def event_ids_no_uuids(server: KuFlow) -> None:
    """The ids of events are numbers in words."""
    honest = server.rules.webhooks.event

    def event(server: KuFlow, kind: str, data: Json) -> Json:
        told = honest(server, kind, data)
        return {**told, "id": f"event-{told['id'][:8]}"}

    server.rules.webhooks.event = event


@deviation("events-without-version", clauses=("KF-150",), case=f"{CONFORMS}/{FIRST}")
def events_without_version(server: KuFlow) -> None:
    """Events do not say which version they are written in."""
    _tell(server, version=None)


@deviation("event-type-renamed", clauses=("KF-151",), case=f"{SENT}/{FIRST}")
def event_type_renamed(server: KuFlow) -> None:
    """The type of an event is spelled with an underscore for the dot."""
    honest = server.rules.webhooks.event

    def event(server: KuFlow, kind: str, data: Json) -> Json:
        return {**honest(server, kind, data), "type": kind.replace(".", "_")}

    server.rules.webhooks.event = event


@deviation("event-time-without-zone", clauses=("KF-152",), case=f"{CONFORMS}/{FIRST}")
def event_time_without_zone(server: KuFlow) -> None:
    """The moments of events lack the offset from UTC."""
    honest = server.rules.webhooks.event

    def event(server: KuFlow, kind: str, data: Json) -> Json:
        told = honest(server, kind, data)
        return {**told, "timestamp": told["timestamp"].rstrip("Z")}

    server.rules.webhooks.event = event


@deviation("events-without-task-code", clauses=("KF-153",), case=f"{SENT}/PROCESS_ITEM.TASK_STATE_CHANGED")
def events_without_task_code(server: KuFlow) -> None:
    """Events about tasks leave out the code of the task's definition."""
    honest = server.rules.webhooks.item_data
    server.rules.webhooks.item_data = lambda item: {
        name: value for name, value in honest(item).items() if name != "processItemTaskCode"
    }


@deviation("cascade-tells-of-one", clauses=("KF-148a",), case=f"{SENT}/PROCESS_ITEM.TASK_STATE_CHANGED-by-cascade")
def cascade_tells_of_one(server: KuFlow) -> None:
    """Of the tasks cancelled with a process, the first one alone is told about."""
    told: set[str] = set()

    def again(_: str, data: Json) -> bool:
        process = str(data["processId"])
        is_again = data.get("processItemState") == "CANCELLED" and process in told
        if data.get("processItemState") == "CANCELLED":
            told.add(process)
        return is_again

    _keep_quiet(server, again)


def _tell_again(server: KuFlow, tell: Callable[[Row], None]) -> None:
    """Let ``tell`` see what a repeated create answers."""
    honest = server.rules.creates.replayed

    def replayed(server: KuFlow, call: Call, record: Row, body: Json) -> Row:
        found = honest(server, call, record, body)
        tell(found)
        return found

    server.rules.creates.replayed = replayed


@deviation("replay-tells-of-the-start", clauses=("KF-148c",), case="kuflow/api/events/repeat/PROCESS.CREATED")
def replay_tells_of_the_start(server: KuFlow) -> None:
    """A process whose create is sent again is told of as created again."""
    _tell_again(server, lambda one: tell_process(server, FIRST, one) if isinstance(one, Process) else None)


@deviation("replay-tells-of-the-item", clauses=("KF-148c",), case="kuflow/api/events/repeat/PROCESS_ITEM.CREATED")
def replay_tells_of_the_item(server: KuFlow) -> None:
    """A process item whose create is sent again is told of as created again."""
    _tell_again(server, lambda one: tell_item(server, "PROCESS_ITEM.CREATED", one) if isinstance(one, Item) else None)


@deviation("repeated-cancellation-told", clauses=("KF-148c",), case="kuflow/api/events/repeat/PROCESS.STATE_CHANGED")
def repeated_cancellation_told(server: KuFlow) -> None:
    """A process that is cancelled again is told of again."""
    honest = server.rules.processes.step

    def step(operation: str, state: str, wanted: str) -> Step:
        return "change" if state == wanted == "CANCELLED" else honest(operation, state, wanted)

    server.rules.processes.step = step
