"""Ways to break one operation: what comes in is mended before it is held against the rules, or what goes out after."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from conformance.mocks.kit.http import Refusal, Reply
from conformance.mocks.kuflow.inputs import Pairs
from conformance.mocks.kuflow.records import Audited, Item
from conformance.mocks.kuflow.server import Call, KuFlow

UPDATES = {
    "updateProcessMetadata": "metadata",
    "updateProcessEntity": "entity",
    "updateProcessItemTaskData": "data",
}
"""The operations that save JSON data whole, with the property that holds it."""
PATCHES = ("patchProcessMetadata", "patchProcessEntity", "patchProcessItemTaskData")


def mend_json(server: KuFlow, operations: Collection[str], mend: Callable[[Any], Any]) -> None:
    """Let ``mend`` see the JSON body of ``operations`` first."""
    honest = server.rules.inputs.raw_json
    server.rules.inputs.raw_json = lambda operation, value: honest(
        operation, mend(value) if operation in operations else value
    )


def mend_query(server: KuFlow, operation: str, mend: Callable[[dict[str, str]], dict[str, str]]) -> None:
    """Let ``mend`` see the query of an operation whose parameters are sent once each."""
    honest = server.rules.inputs.raw_query

    def raw_query(called: str, pairs: Pairs) -> Pairs:
        return honest(called, tuple(mend(dict(pairs)).items()) if called == operation else pairs)

    server.rules.inputs.raw_query = raw_query


def mend_changed(server: KuFlow, mend: Callable[[Call, Audited], None]) -> None:
    """Let ``mend`` see a process that a call has changed, once that has told who changed it and when."""
    honest = server.rules.processes.touch

    def touch(server: KuFlow, call: Call, record: Audited) -> None:
        honest(server, call, record)
        mend(call, record)

    server.rules.processes.touch = touch


def mend_changed_items(server: KuFlow, mend: Callable[[Call, Audited, datetime], None]) -> None:
    """The same with a process item, and the moment at which it was changed before."""
    honest = server.rules.items.touch

    def touch(server: KuFlow, call: Call, item: Item) -> None:
        before = item.modified_at
        honest(server, call, item)
        mend(call, item, before)

    server.rules.items.touch = touch


def mend_reply(server: KuFlow, operation: str, mend: Callable[[Reply], None]) -> None:
    """Let ``mend`` change the successful replies of an operation."""
    honest = server.rules.finish

    def finish(called: str, reply: Reply) -> Reply:
        finished = honest(called, reply)
        if called == operation and finished.status < 300:
            mend(finished)
        return finished

    server.rules.finish = finish


def take_any_media_type(server: KuFlow, operations: Collection[str]) -> None:
    """Take the body of ``operations`` whatever it is sent as."""
    take_as(server, operations, lambda given, _: given)


def take_as(server: KuFlow, operations: Collection[str], wanted: Callable[[str, str], str]) -> None:
    """Hold the body of ``operations`` against another media type: one made of the given and the honest one."""
    honest = server.rules.inputs.media_type

    def media_type(server: KuFlow, operation: str, honestly: str, given: str, body: bytes) -> None:
        there = given.partition(";")[0].strip().lower()
        honest(server, operation, wanted(there, honestly) if operation in operations else honestly, given, body)

    server.rules.inputs.media_type = media_type


def require(server: KuFlow, operation: str, name: str) -> None:
    """Refuse the body of an operation without a property that may be left out."""

    def mend(value: Any) -> Any:
        if isinstance(value, dict) and name not in value:
            raise Refusal(400, f"{name} is required")
        return value

    mend_json(server, (operation,), mend)
