"""What replies to writes show, held against the reads after them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from conformance.contract.message import Exchange, Reply, Request, Wire
from conformance.contract.vendor import Vendor, find
from conformance.engine.answers import Answers, answered

TASK = "8c400d55-15d4-41f9-b306-ec2836898d83"
APPEND, READ = "appendProcessItemTaskLog", "retrieveProcessItem"


@pytest.fixture(scope="module")
def vendor() -> Vendor:
    return Vendor.load(find("kuflow"))


def exchange(operation: str, status: int = 200, *, together: bool = False, of: str = TASK, **shown: Any) -> Exchange:
    reply = Reply(status, {"content-type": "application/json"}, json.dumps({"id": TASK, **shown}).encode())
    wire = Wire("GET", "http://api.invalid/", {}, b"")
    return Exchange(operation, "main", Request(operation, path={"id": of}), wire, reply, together=together)


def seen(vendor: Vendor, *pairs: tuple[Exchange, Exchange]) -> Answers:
    answers = Answers()
    for write, read in pairs:
        answers.see(vendor, write, read, "a case")
    return answers


def test_a_reply_that_never_agrees_is_wrong(vendor: Vendor) -> None:
    pair = (exchange(APPEND, ownerId="a", tenantId="t"), exchange(READ, ownerId="b", tenantId="t"))
    wrong = seen(vendor, pair, pair).wrong(APPEND)
    assert wrong is not None
    assert (wrong.at, wrong.told, wrong.shown) == ("/ownerId", "a", "b")


def test_another_id_in_the_reply_is_wrong(vendor: Vendor) -> None:
    pair = (exchange(APPEND, id="8c400d55-15d4-41f9-b306-ec2836898d84"), exchange(READ))
    wrong = seen(vendor, pair, pair).wrong(APPEND)
    assert wrong is not None
    assert wrong.at == "/id"


def test_what_somebody_changed_between_the_two_is_not(vendor: Vendor) -> None:
    moved = (exchange(APPEND, ownerId="a"), exchange(READ, ownerId="b"))
    once = seen(vendor, moved)
    assert once.wrong(APPEND) is None
    assert once.is_unsure(APPEND)
    agreed = seen(vendor, moved, moved, (exchange(APPEND, ownerId="a"), exchange(READ, ownerId="a")))
    assert agreed.wrong(APPEND) is None


def test_what_nothing_moves_agrees_each_time(vendor: Vendor) -> None:
    same = (exchange(APPEND, tenantId="a"), exchange(READ, tenantId="a"))
    other = (exchange(APPEND, tenantId="a"), exchange(READ, tenantId="b"))
    wrong = seen(vendor, same, other, other).wrong(APPEND)
    assert wrong is not None
    assert wrong.at == "/tenantId"


def test_who_has_seen_no_list_is_unsure(vendor: Vendor) -> None:
    plain = (exchange(APPEND, ownerId="a", task={"logs": [{"id": 1}]}), exchange(READ, ownerId="a"))
    listed = (exchange(APPEND, tags=["a"]), exchange(READ, tags=["a"]))
    assert seen(vendor, plain).is_unsure(APPEND)
    assert not seen(vendor, plain, listed).is_unsure(APPEND)


def test_only_a_read_of_what_was_changed_alone_counts(vendor: Vendor) -> None:
    other = "8c400d55-15d4-41f9-b306-ec2836898d85"
    for write, read in (
        (exchange(APPEND, ownerId="a", together=True), exchange(READ, ownerId="b")),
        (exchange(APPEND, 404, ownerId="a"), exchange(READ, ownerId="b")),
        (exchange(APPEND, ownerId="a"), exchange(READ, 404, ownerId="b")),
        (exchange(APPEND, ownerId="a"), exchange(READ, ownerId="b", of=other)),
        (exchange(APPEND, ownerId="a"), exchange("retrieveProcess", ownerId="b")),
        (
            exchange(APPEND, lastModifiedAt="2026-01-01T00:00:00Z"),
            exchange(READ, lastModifiedAt="2026-01-02T00:00:00Z"),
        ),
    ):
        assert not seen(vendor, (write, read), (write, read)).disagreed


def test_only_what_is_answered_as_a_read_does_is_looked_at(vendor: Vendor) -> None:
    assert [
        name
        for name in ("createProcess", "uploadProcessDocument", "createWorker", READ, "findProcesses")
        if answered(vendor, name)
    ] == ["createProcess"]
