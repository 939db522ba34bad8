"""Creates that may be repeated: one record for one id, however often and however concurrently it is sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.mocks.kit import jsonio
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.errors import conflict
from conformance.mocks.kuflow.records import Row

if TYPE_CHECKING:
    from conformance.mocks.kuflow.server import Call, KuFlow
    from conformance.mocks.kuflow.store import Collection


def key(server: KuFlow, _: str, sent: str | None) -> str:
    """The key of a create: the id sent, whatever its case, or a new one."""
    return sent.lower() if sent else server.ids.fresh()


def shown_id(server: KuFlow, _: str, sent: str | None, key: str) -> str:
    """The id as it will be shown."""
    return sent if sent and server.choices["uuid_case"] == "kept" else key


@asynccontextmanager
async def hold(server: KuFlow, operation: str, key: str) -> AsyncIterator[None]:
    """Let one create at a time look up and insert a key."""
    async with server.locks.setdefault(f"{operation}:{key}", asyncio.Lock()):
        yield


async def pause(_: str) -> None:
    """The moment between look-up and insertion in which others run."""
    await asyncio.sleep(0)


def existing(_: KuFlow, __: str, collection: Collection[Row], key: str) -> Row | None:
    """The record that a create with ``key`` would repeat."""
    return collection.get(key)


def insert(_: str, add: Callable[[Row], None], record: Row) -> None:
    """Keep a new record."""
    add(record)


def replayed(server: KuFlow, call: Call, record: Row, body: Json) -> Row:
    """The record that answers a repeated create: the existing one, unchanged; another body may be refused."""
    if not server.rules.auth.may_see(call.operation, call.identity, record):
        if server.choices["hidden_id"] == "conflict":
            raise conflict("The id is taken")
        raise server.rules.auth.hidden(server, "resource")
    if server.choices["other_body"] == "refused" and not jsonio.same(record.sent, body):
        raise conflict("The id was used with another body")
    return record


def first_status(_: str) -> int:
    """The status of a create that made something."""
    return 201


def replay_status(_: str) -> int:
    """The status of a create that found what it would have made."""
    return 200


@dataclass
class CreateRules:
    """The steps of createProcess, createProcessItem and, by its natural key, createWorker."""

    key: Callable[[KuFlow, str, str | None], str] = key
    shown_id: Callable[[KuFlow, str, str | None, str], str] = shown_id
    hold: Callable[[KuFlow, str, str], AbstractAsyncContextManager[None]] = hold
    pause: Callable[[str], Awaitable[None]] = pause
    existing: Callable[[KuFlow, str, Collection[Row], str], Row | None] = existing
    insert: Callable[[str, Callable[[Row], None], Row], None] = insert
    replayed: Callable[[KuFlow, Call, Row, Json], Row] = replayed
    first_status: Callable[[str], int] = first_status
    replay_status: Callable[[str], int] = replay_status


@dataclass(frozen=True)
class Creation:
    """What a create operation brings: where records are, what it would make, how it is kept and repeated."""

    collection: Collection[Row]
    key: str
    make: Callable[[], Row]
    add: Callable[[Row], None]
    repeat: Callable[[Row], Row]


async def created(server: KuFlow, operation: str, creation: Creation) -> tuple[int, Row]:
    """The status and the record of a create; raises Refusal, and then has made nothing."""
    rules = server.rules.creates
    async with rules.hold(server, operation, creation.key):
        found = rules.existing(server, operation, creation.collection, creation.key)
        await rules.pause(operation)
        if found is not None:
            return rules.replay_status(operation), creation.repeat(found)
        record = creation.make()
        rules.insert(operation, creation.add, record)
        return rules.first_status(operation), record
