"""Creates that do not repeat as they should."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from copy import copy
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.errors import conflict
from conformance.mocks.kuflow.records import Item, Row, Worker
from conformance.mocks.kuflow.server import Call, KuFlow

if TYPE_CHECKING:
    from conformance.mocks.kuflow.store import Collection

PROCESS, ITEM, WORKER = "createProcess", "createProcessItem", "createWorker"
A_DAY = timedelta(days=1)
STORE_SECONDS = 0.1


def _answer_first(server: KuFlow, operation: str, status: int) -> None:
    honest = server.rules.creates.first_status
    server.rules.creates.first_status = lambda name: status if name == operation else honest(name)


def _answer_replay(server: KuFlow, operation: str, status: int) -> None:
    honest = server.rules.creates.replay_status
    server.rules.creates.replay_status = lambda name: status if name == operation else honest(name)


def _on_replay(server: KuFlow, operation: str, answer: Callable[[Row], Row]) -> None:
    """Let ``answer`` do to the existing record what it likes and choose the one that the reply shows."""
    honest = server.rules.creates.replayed

    def replayed(server: KuFlow, call: Call, record: Row, body: Json) -> Row:
        found = honest(server, call, record, body)
        return answer(found) if call.operation == operation else found

    server.rules.creates.replayed = replayed


@deviation("create-process-answers-200", clauses=("KF-037",), case="kuflow/createProcess/idempotency/first-status")
def create_process_answers_200(server: KuFlow) -> None:
    """A process that is made is answered as if it had existed."""
    _answer_first(server, PROCESS, 200)


@deviation("create-item-answers-200", clauses=("KF-101",), case="kuflow/createProcessItem/idempotency/first-status")
def create_item_answers_200(server: KuFlow) -> None:
    """A process item that is made is answered as if it had existed."""
    _answer_first(server, ITEM, 200)


@deviation("create-worker-answers-200", clauses=("KF-124",), case="kuflow/createWorker/idempotency/first-status")
def create_worker_answers_200(server: KuFlow) -> None:
    """A worker that is made is answered as if it had existed."""
    _answer_first(server, WORKER, 200)


@deviation("replay-answers-201", clauses=("KF-037a",), case="kuflow/createProcess/idempotency/replay-status")
def replay_answers_201(server: KuFlow) -> None:
    """A repeated create of a process answers 201 as if it had made something again."""
    _answer_replay(server, PROCESS, 201)


@deviation("item-replay-answers-201", clauses=("KF-101a",), case="kuflow/createProcessItem/idempotency/replay-status")
def item_replay_answers_201(server: KuFlow) -> None:
    """A repeated create of a process item answers 201 as if it had made something again."""
    _answer_replay(server, ITEM, 201)


@deviation("upsert-answers-201", clauses=("KF-124a",), case="kuflow/createWorker/idempotency/replay-status")
def upsert_answers_201(server: KuFlow) -> None:
    """A worker that is updated is answered as if it were new."""
    _answer_replay(server, WORKER, 201)


@deviation("duplicate-on-replay", clauses=("KF-006", "KF-007"), case="kuflow/createProcess/idempotency/exactly-one")
def duplicate_on_replay(server: KuFlow) -> None:
    """A repeated create of a process answers the first one and stores a second with the same id."""

    def answer(record: Row) -> Row:
        server.store.processes.rows.append(copy(record))
        return record

    _on_replay(server, PROCESS, answer)


@deviation(
    "duplicate-item-on-replay", clauses=("KF-006", "KF-007"), case="kuflow/createProcessItem/idempotency/exactly-one"
)
def duplicate_item_on_replay(server: KuFlow) -> None:
    """A repeated create of a process item answers the first one and stores a second with the same id."""

    def answer(record: Row) -> Row:
        server.store.items.rows.append(copy(record))
        return record

    _on_replay(server, ITEM, answer)


@deviation("replay-answers-another", clauses=("KF-036",), case="kuflow/createProcess/idempotency/replay-resource")
def replay_answers_another(server: KuFlow) -> None:
    """A repeated create of a process answers a process with an id of its own."""
    _on_replay(server, PROCESS, lambda record: replace(record, id=server.ids.fresh()))


@deviation(
    "item-replay-answers-another", clauses=("KF-100",), case="kuflow/createProcessItem/idempotency/replay-resource"
)
def item_replay_answers_another(server: KuFlow) -> None:
    """A repeated create of a process item answers an item with an id of its own."""
    _on_replay(server, ITEM, lambda record: replace(record, id=server.ids.fresh()))


@deviation("replay-altered", clauses=("KF-036",), case="kuflow/createProcess/idempotency/replay-body")
def replay_altered(server: KuFlow) -> None:
    """A repeated create answers the process with the time of the repeat as its time of creation."""
    _on_replay(server, PROCESS, lambda record: replace(record, created_at=server.clock.stamp()))


@deviation("replay-overwrites", clauses=("KF-007",), case="kuflow/createProcess/idempotency/replay-changes-nothing")
def replay_overwrites(server: KuFlow) -> None:
    """A repeated create answers the process as it was and stores it anew."""

    def answer(record: Row) -> Row:
        before = copy(record)
        record.created_at = record.modified_at = server.clock.stamp()
        return before

    _on_replay(server, PROCESS, answer)


@deviation(
    "item-replay-overwrites", clauses=("KF-007",), case="kuflow/createProcessItem/idempotency/replay-changes-nothing"
)
def item_replay_overwrites(server: KuFlow) -> None:
    """A repeated create answers the item as it was and stores it as new."""

    def answer(record: Row) -> Row:
        before = copy(record)
        record.created_at = record.modified_at = server.clock.stamp()
        return before

    _on_replay(server, ITEM, answer)


@deviation(
    "item-replay-empties-the-log",
    clauses=("KF-007",),
    case="kuflow/createProcessItem/idempotency/replay-changes-nothing",
)
def item_replay_empties_the_log(server: KuFlow) -> None:
    """A repeated create leaves the task with an empty log."""

    def answer(record: Row) -> Row:
        if isinstance(record, Item) and record.task:
            record.task.logs = []
        return record

    _on_replay(server, ITEM, answer)


@deviation("replay-revives", clauses=("KF-006",), case="kuflow/createProcess/idempotency/replay-after-a-command")
def replay_revives(server: KuFlow) -> None:
    """A repeated create of a process that has ended sets it running again."""

    def answer(record: Row) -> Row:
        record.state = "RUNNING"
        return record

    _on_replay(server, PROCESS, answer)


@deviation(
    "item-replay-refused-after-the-end",
    clauses=("KF-006",),
    case="kuflow/createProcessItem/idempotency/replay-after-the-parent",
)
def item_replay_refused_after_the_end(server: KuFlow) -> None:
    """A repeated create of an item of a process that has ended is refused."""

    def answer(record: Row) -> Row:
        if isinstance(record, Item) and record.process.state != "RUNNING":
            raise conflict("The process has ended")
        return record

    _on_replay(server, ITEM, answer)


@deviation("id-forgotten-after-a-day", clauses=("KF-006",), case="kuflow/createProcess/idempotency/aged-replay")
def id_forgotten_after_a_day(server: KuFlow) -> None:
    """A create that is repeated a day later makes the process again."""
    honest = server.rules.creates.existing

    def existing(server: KuFlow, operation: str, collection: Collection[Row], key: str) -> Row | None:
        found = honest(server, operation, collection, key)
        forgotten = operation == PROCESS and found is not None and server.clock.now() - found.created_at > A_DAY
        return None if forgotten else found

    server.rules.creates.existing = existing


@deviation("id-cache-of-one", clauses=("KF-006",), case="kuflow/createProcessItem/idempotency/late-replay")
def id_cache_of_one(server: KuFlow) -> None:
    """Only the last item that was made is known by its id to a repeated create."""
    honest = server.rules.creates.existing

    def existing(server: KuFlow, operation: str, collection: Collection[Row], key: str) -> Row | None:
        found = honest(server, operation, collection, key)
        return found if operation != ITEM or found is collection.rows[-1] else None

    server.rules.creates.existing = existing


def _unheld(server: KuFlow, operation: str) -> None:
    """Drop the lock, and let the store take the moment that stores take, so that others come in between."""
    honest, honest_pause = server.rules.creates.hold, server.rules.creates.pause

    async def pause(name: str) -> None:
        await (asyncio.sleep(STORE_SECONDS) if name == operation else honest_pause(name))

    @asynccontextmanager
    async def hold(server: KuFlow, name: str, key: str) -> AsyncIterator[None]:
        if name == operation:
            yield
        else:
            async with honest(server, name, key):
                yield

    server.rules.creates.hold, server.rules.creates.pause = hold, pause


@deviation("concurrent-replay-race", clauses=("KF-007",), case="kuflow/createProcess/idempotency/concurrent-replays")
def concurrent_replay_race(server: KuFlow) -> None:
    """Creates of a process with one id that come at one instant each make one."""
    _unheld(server, PROCESS)


@deviation("concurrent-upsert-race", clauses=("KF-123",), case="kuflow/createWorker/idempotency/concurrent-replays")
def concurrent_upsert_race(server: KuFlow) -> None:
    """Workers that register with one identity at one instant become several."""
    _unheld(server, WORKER)


def _ignore_id(server: KuFlow, operation: str) -> None:
    honest = server.rules.creates.key
    honest_id = server.rules.creates.shown_id

    def key(server: KuFlow, name: str, sent: str | None) -> str:
        return honest(server, name, None if name == operation else sent)

    def shown_id(server: KuFlow, name: str, sent: str | None, key: str) -> str:
        return honest_id(server, name, None if name == operation else sent, key)

    server.rules.creates.key, server.rules.creates.shown_id = key, shown_id


@deviation("process-id-ignored", clauses=("KF-005",), case="kuflow/createProcess/idempotency/key-is-kept")
def process_id_ignored(server: KuFlow) -> None:
    """The server chooses the id of a new process whatever the client says."""
    _ignore_id(server, PROCESS)


@deviation("item-id-ignored", clauses=("KF-005",), case="kuflow/createProcessItem/idempotency/key-is-kept")
def item_id_ignored(server: KuFlow) -> None:
    """The server chooses the id of a new process item whatever the client says."""
    _ignore_id(server, ITEM)


def _one_without_id(server: KuFlow, operation: str) -> None:
    honest = server.rules.creates.key
    only = server.seed_ids.named("without-id", operation)

    def key(server: KuFlow, name: str, sent: str | None) -> str:
        return only if name == operation and not sent else honest(server, name, sent)

    server.rules.creates.key = key


@deviation("process-without-id-deduplicated", clauses=("KF-036a",), case="kuflow/createProcess/idempotency/without-key")
def process_without_id_deduplicated(server: KuFlow) -> None:
    """Processes that are started without an id are all the same one."""
    _one_without_id(server, PROCESS)


@deviation(
    "item-without-id-deduplicated", clauses=("KF-100a",), case="kuflow/createProcessItem/idempotency/without-key"
)
def item_without_id_deduplicated(server: KuFlow) -> None:
    """Process items that are made without an id are all the same one."""
    _one_without_id(server, ITEM)


@deviation("upsert-makes-a-second", clauses=("KF-123",), case="kuflow/createWorker/idempotency/replay-resource")
def upsert_makes_a_second(server: KuFlow) -> None:
    """A worker that registers again gets a new id."""

    def updated(worker: Worker, values: Json) -> Json:
        worker.id = server.ids.fresh()
        return values

    server.rules.workers.updated = updated


@deviation("upsert-keeps-old-values", clauses=("KF-123",), case="kuflow/createWorker/idempotency/replay-updates")
def upsert_keeps_old_values(server: KuFlow) -> None:
    """A worker that registers again is answered with its old values."""
    server.rules.workers.updated = lambda worker, _: worker.values


@deviation("one-worker-a-tenant", clauses=("KF-123a",), case="kuflow/createWorker/idempotency/distinct-keys")
def one_worker_a_tenant(server: KuFlow) -> None:
    """Workers of a tenant are one worker, whatever their identities."""
    server.rules.workers.natural_key = lambda tenant, _: tenant


@deviation("identities-compared-in-part", clauses=("KF-123a",), case="kuflow/createWorker/idempotency/distinct-keys")
def identities_compared_in_part(server: KuFlow) -> None:
    """Workers whose identities begin with the same sixty-four letters are one worker."""
    server.rules.workers.natural_key = lambda tenant, identity: f"{tenant}/{identity[:64]}"


@deviation("identity-cut", clauses=("KF-125",), case="kuflow/createWorker/idempotency/key-is-kept")
def identity_cut(server: KuFlow) -> None:
    """The identity of a worker is cut to eight characters when it is shown."""
    honest = server.rules.views.worker

    def worker(server: KuFlow, record: Worker) -> Json:
        shown = honest(server, record)
        return {**shown, "identity": shown["identity"][:8]}

    server.rules.views.worker = worker


@deviation("upsert-merges-lists", clauses=("KF-123",), case=f"kuflow/{WORKER}/idempotency/replay-updates")
def upsert_merges_lists(server: KuFlow) -> None:
    """A worker that is registered again keeps the workflow types of before beside the new ones."""

    def updated(worker: Worker, values: Json) -> Json:
        types = [*values.get("workflowTypes", ()), *worker.values.get("workflowTypes", ())]
        return {**values, "workflowTypes": list(dict.fromkeys(types))} if types else values

    server.rules.workers.updated = updated
