"""Rules that break only once several things were done to one resource."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from jsonschema_rs import Validator

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.deviations._mending import mend_changed, mend_changed_items
from conformance.mocks.kuflow.paging import Listing, Wanted
from conformance.mocks.kuflow.params import PatchOperation
from conformance.mocks.kuflow.records import Audited, Item, JsonData, Principal, Process, Row, Worker
from conformance.mocks.kuflow.server import Call, KuFlow
from conformance.mocks.kuflow.store import Collection

PROCESS = "kuflow/process/model/lives-as-promised"
VALUES = {
    "updateProcessMetadata": "metadata",
    "patchProcessMetadata": "metadata",
    "updateProcessEntity": "entity",
    "patchProcessEntity": "entity",
}
WORKER = "kuflow/worker/model/lives-as-promised"


@deviation("replay-of-moved-task-doubles", clauses=("KF-006",), case=PROCESS)
def replay_of_moved_task_doubles(server: KuFlow) -> None:
    """A task's create sent again makes a second one, once the task was claimed and its process has a later item."""
    honest = server.rules.creates.existing

    def existing(server: KuFlow, operation: str, collection: Collection[Row], key: str) -> Row | None:
        found = honest(server, operation, collection, key)
        if not isinstance(found, Item) or found.task is None or found.task.state == "READY":
            return found
        return found if server.store.items_of[found.process.key][-1] is found else None

    server.rules.creates.existing = existing


@deviation("cascade-forgets-saved-tasks", clauses=("KF-045",), case=PROCESS)
def cascade_forgets_saved_tasks(server: KuFlow) -> None:
    """Cancelling a process spares the tasks whose data were saved."""
    honest = server.rules.processes.cascade

    def cascade(process: Process, items: list[Item]) -> list[Item]:
        return [item for item in honest(process, items) if item.task is None or item.task.data is None]

    server.rules.processes.cascade = cascade


@deviation("filter-misses-items-saved-twice", clauses=("KF-093",), case=PROCESS)
def filter_misses_items_saved_twice(server: KuFlow) -> None:
    """The filter by state misses tasks whose data were saved twice."""
    honest_select, honest_touch = server.rules.lists.select, server.rules.items.touch
    saved: Counter[str] = Counter()

    def select(server: KuFlow, operation: str, listing: Listing, rows: Sequence[Row], asked: Wanted) -> Sequence[Row]:
        found = honest_select(server, operation, listing, rows, asked)
        return [row for row in found if not ("task_state" in asked and saved[row.key] > 1)]

    def touch(server: KuFlow, call: Call, item: Item) -> None:
        if call.operation in {"updateProcessItemTaskData", "patchProcessItemTaskData"}:
            saved[item.key] += 1
        honest_touch(server, call, item)

    server.rules.lists.select, server.rules.items.touch = select, touch


@deviation("patch-after-upload-resurrects", clauses=("KF-057",), case=PROCESS)
def patch_after_upload_resurrects(server: KuFlow) -> None:
    """Once a process has changed and a document came up, a patch works on the value before the last one."""
    honest_stored, honest_patched = server.rules.json.stored, server.rules.json.patched
    before: dict[int, tuple[Process, Json, set[str]]] = {}
    documents: dict[str, set[str]] = {}

    def stored(
        server: KuFlow, operation: str, process: Process | None, schema: Validator | None, value: Json
    ) -> JsonData:
        data = honest_stored(server, operation, process, schema, value)
        current = getattr(process, VALUES.get(operation, ""), None)
        if process is None or operation not in VALUES:
            return data
        known = documents.setdefault(process.key, set(server.store.documents))
        if current is not None:
            before[id(data.value)] = (process, current.value, known)
        return data

    def patched(server: KuFlow, operation: str, value: Json, operations: Sequence[PatchOperation]) -> Json:
        if operation.startswith("patchProcess") and id(value) in before:
            process, old, known = before[id(value)]
            later = [one for key, one in server.store.documents.items() if key not in known]
            if any(one.process == process.key for one in later):
                return honest_patched(server, operation, old, operations)
        return honest_patched(server, operation, value, operations)

    server.rules.json.stored, server.rules.json.patched = stored, patched


@deviation("third-initiator-lost", clauses=("KF-047",), case=PROCESS)
def third_initiator_lost(server: KuFlow) -> None:
    """The third change of a process's initiator shows nowhere."""
    honest = server.rules.processes.initiator
    changes: Counter[str] = Counter()

    def initiator(process: Process, principal: Principal) -> str:
        changes[process.key] += 1
        return process.initiator if changes[process.key] == 3 else honest(process, principal)

    server.rules.processes.initiator = initiator


@deviation("replays-reopen-a-cancelled-process", clauses=("KF-007",), case=PROCESS)
def replays_reopen_a_cancelled_process(server: KuFlow) -> None:
    """The second time that the create of a cancelled process is sent again, the process runs again."""
    honest = server.rules.creates.replayed
    replays: Counter[str] = Counter()

    def replayed(server: KuFlow, call: Call, record: Row, body: Json) -> Row:
        found = honest(server, call, record, body)
        if isinstance(found, Process) and found.state == "CANCELLED":
            replays[found.key] += 1
            if replays[found.key] == 2:
                found.state = "RUNNING"
        return found

    server.rules.creates.replayed = replayed


@deviation("third-update-of-a-worker-stale", clauses=("KF-126",), case=WORKER)
def third_update_of_a_worker_stale(server: KuFlow) -> None:
    """The third update of a worker leaves it as the second made it."""
    honest = server.rules.workers.updated
    updates: Counter[str] = Counter()

    def updated(worker: Worker, values: Json) -> Json:
        updates[worker.key] += 1
        return worker.values if updates[worker.key] == 3 else honest(worker, values)

    server.rules.workers.updated = updated


@deviation("initiator-becomes-the-creator", clauses=("KF-006c",), case=PROCESS)
def initiator_becomes_the_creator(server: KuFlow) -> None:
    """A process whose initiator is changed was created by the new one."""

    def mend(call: Call, record: Audited) -> None:
        if call.operation == "changeProcessInitiator" and isinstance(record, Process):
            record.created_by = record.initiator

    mend_changed(server, mend)


@deviation("change-moves-the-creation", clauses=("KF-006c",), case=PROCESS)
def change_moves_the_creation(server: KuFlow) -> None:
    """A process that is changed was created when it was changed."""

    def mend(_: Call, record: Audited) -> None:
        record.created_at = record.modified_at

    mend_changed(server, mend)


@deviation("modifier-is-the-creator", clauses=("KF-006d",), case="kuflow/updateProcessMetadata/processes/modifier")
def modifier_is_the_creator(server: KuFlow) -> None:
    """A process was changed by its creator, whoever changed it."""

    def mend(_: Call, record: Audited) -> None:
        record.modified_by = record.created_by

    mend_changed(server, mend)


@deviation(
    "item-modifier-is-the-creator", clauses=("KF-006d",), case="kuflow/updateProcessItemTaskData/processes/modifier"
)
def item_modifier_is_the_creator(server: KuFlow) -> None:
    """A process item was changed by its creator, whoever changed it."""

    def mend(_: Call, item: Audited, __: datetime) -> None:
        item.modified_by = item.created_by

    mend_changed_items(server, mend)


@deviation("assignment-keeps-the-moment", clauses=("KF-006e",), case="kuflow/process-item/moments/modified")
def assignment_keeps_the_moment(server: KuFlow) -> None:
    """A task that is assigned was changed when it was changed before."""

    def mend(call: Call, item: Audited, before: datetime) -> None:
        if call.operation == "assignProcessItemTask":
            item.modified_at = before

    mend_changed_items(server, mend)


@deviation("entity-keeps-the-moment", clauses=("KF-006e",), case="kuflow/process/moments/modified")
def entity_keeps_the_moment(server: KuFlow) -> None:
    """A process whose entity is saved was changed when it was made."""

    def mend(call: Call, record: Audited) -> None:
        if call.operation == "updateProcessEntity":
            record.modified_at = record.created_at

    mend_changed(server, mend)
