"""A server that is bent only where its vendor left a choice open is accused of nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from bent import judged, subject

from conformance.contract.message import Reply, Wire
from conformance.engine import waiting
from conformance.engine.suite import Subject
from conformance.mocks.kit.clock import Clock

UUID = re.compile(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FRACTION = re.compile(rb"(T\d\d:\d\d:\d\d)\.\d+Z")


def in_another_order_every_time() -> Callable[[Wire, Reply], Reply]:
    """Every second page that no sort was asked for comes the other way round."""
    turn = [False]

    def answered(wire: Wire, reply: Reply) -> Reply:
        body = reply.json if wire.method == "GET" and "sort=" not in wire.url else None
        items = body.get("content") if isinstance(body, dict) else body
        if not isinstance(items, list):
            return reply
        turn[0] = not turn[0]
        items = items[::-1] if turn[0] else items
        turned = {**body, "content": items} if isinstance(body, dict) else items
        return replace(reply, content=json.dumps(turned).encode())

    return answered


@pytest.mark.parametrize("vendor", ["kuflow", "smartflows"])
def test_a_list_without_sort_comes_in_any_order(vendor: str) -> None:
    line = judged(subject(vendor, "api/auth/equivalent/bearer"), answered=in_another_order_every_time())
    assert line.verdict == "PASS", line.reason


class WholeSeconds(Clock):
    def stamp(self) -> datetime:
        return super().stamp().replace(microsecond=0)


def created_in_whole_seconds(server: Any) -> None:
    """What is created within a second stands in the order of ids."""
    by_key = server.rules.lists.order
    server.clock = WholeSeconds()
    server.rules.lists.order = lambda server, operation, value, rows, by: by_key(
        server, operation, value, sorted(rows, key=lambda row: str(row.id)), by
    )


def test_no_order_is_asked_for_among_equal_moments() -> None:
    line = judged(subject("kuflow", "findProcessItems/pagination/insert-at-the-end", created_in_whole_seconds))
    assert line.verdict == "INCONCLUSIVE"
    assert "no later moment" in line.reason


def test_what_is_created_later_comes_last_whatever_the_order_among_the_others() -> None:
    def last_one_later(wire: Wire, reply: Reply) -> Reply:
        created.extend([reply] * (wire.method == "POST" and wire.url.endswith("/process-items")))
        if len(created) == 5:
            server.clock.advance(1)
        return reply

    created: list[Reply] = []
    server: Any = None

    def bend(of: Any) -> None:
        nonlocal server
        server = of
        created_in_whole_seconds(of)

    bent = subject("kuflow", "findProcessItems/pagination/insert-at-the-end", bend)
    assert judged(bent, answered=last_one_later).verdict == "PASS"


FILTERED = "findPrincipals/filtering/keeps/tenantId"


def one_tenant_only(server: Any) -> None:
    """The caller sees the principals of the tenant that it is in, and no others."""
    may_see = server.rules.auth.may_see
    server.rules.auth.may_see = lambda operation, identity, record: (
        may_see(operation, identity, record) and identity.tenant in record.tenants
    )


def test_a_filter_by_what_all_items_have_leaves_nothing_out() -> None:
    assert judged(subject("kuflow", FILTERED, one_tenant_only)).verdict == "PASS"


def test_a_filter_that_is_ignored_shows_where_all_items_have_its_value_too() -> None:
    line = judged(
        subject("kuflow", FILTERED, one_tenant_only, deviations=["filter-tenantId-ignored-on-findPrincipals"])
    )
    assert line.verdict == "FAIL"


@pytest.mark.parametrize(("past", "verdict"), [(True, "PASS"), (False, "FAIL")])
def test_only_a_page_past_the_end_may_be_refused(past: bool, verdict: str) -> None:
    def refused(wire: Wire, reply: Reply) -> Reply:
        page = reply.json.get("metadata", {}) if wire.method == "GET" else {}
        number, reached = page.get("page", 0), page.get("page", 0) * page.get("size", 0)
        wanted = reached >= page["totalElements"] if past else number == 1
        return replace(reply, status=404, content=b"{}") if number and wanted else reply

    assert judged(subject("kuflow", "findPrincipals/pagination/union"), answered=refused).verdict == verdict


def test_a_tenant_that_none_is_in_may_be_refused() -> None:
    def refused(wire: Wire, reply: Reply) -> Reply:
        unknown = "tenantId=" in wire.url and not reply.json["content"]
        return replace(reply, status=400, content=b"{}") if unknown else reply

    line = judged(subject("kuflow", FILTERED, one_tenant_only), answered=refused)
    assert line.verdict == "INCONCLUSIVE"


EVENT = "api/events/sent-once/PROCESS.CREATED"


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The real time in seconds, which only pauses let pass."""
    passed = [0.0]

    def sleep(seconds: float) -> None:
        passed[0] += seconds

    monkeypatch.setattr(waiting, "time", SimpleNamespace(sleep=sleep, monotonic=lambda: passed[0]))
    return passed


def with_inbox(bent: Subject, change: Callable[[list[Any]], list[Any]]) -> Subject:
    """The subject, its inbox showing other deliveries than it has."""
    honest = bent.controls["webhook_inbox"]

    def inbox(arguments: Any) -> Any:
        answer = honest(arguments)
        return {**answer, "deliveries": change(answer["deliveries"])}

    return replace(bent, controls={**bent.controls, "webhook_inbox": inbox})


def without_clock(bent: Subject) -> Subject:
    """The subject, no control of which moves the server's clock."""
    controls = {name: url for name, url in bent.target.controls.items() if name != "advance_clock"}
    rest = {name: control for name, control in bent.controls.items() if name != "advance_clock"}
    return replace(bent, target=bent.target.model_copy(update={"controls": controls}), controls=rest)


@pytest.mark.parametrize(("late", "clock"), [(5, True), (25, False)])
def test_an_event_takes_its_time(now: list[float], late: float, clock: bool) -> None:
    arrived: dict[str, float] = {}

    def after_a_while(deliveries: list[Any]) -> list[Any]:
        return [one for one in deliveries if now[0] - arrived.setdefault(one["body"]["id"], now[0]) >= late]

    bent = with_inbox(subject("kuflow", EVENT), after_a_while)
    assert judged(bent if clock else without_clock(bent)).verdict == "PASS"


@pytest.mark.parametrize("clock", [True, False])
def test_an_event_that_never_comes_is_missed_in_the_end(now: list[float], clock: bool) -> None:
    bent = with_inbox(subject("kuflow", EVENT), lambda _: [])
    assert judged(bent if clock else without_clock(bent)).verdict == "FAIL"
    assert 5 < now[0] < 60


def test_one_event_may_be_delivered_twice(now: list[float]) -> None:
    twice = with_inbox(subject("kuflow", EVENT), lambda deliveries: deliveries * 2)
    assert judged(twice).verdict == "PASS"
    assert now == [0.0]


def test_two_events_are_one_too_many(now: list[float]) -> None:
    assert judged(subject("kuflow", EVENT, deviations=["events-sent-twice"])).verdict == "FAIL"


@dataclass
class Others:
    """Other clients, who begin executions of Smart Flows as the one before them did."""

    create: Wire | None = None
    busy: int = 0

    def sent(self, wire: Wire) -> Wire:
        if self.create is None and self.begins(wire):
            self.create = wire
        return wire

    def begin(self, server: Subject, times: int) -> None:
        assert self.create is not None
        assert server.transport is not None
        for _ in range(times):
            server.transport.send(self.create)

    @staticmethod
    def begins(wire: Wire) -> bool:
        return wire.method == "POST" and "/flows/executions" in wire.url

    @staticmethod
    def lists(wire: Wire) -> bool:
        return wire.method == "GET" and "/flows/executions?" in wire.url


def executions(path: str) -> tuple[Subject, Others]:
    """A server that lists the newest first, and its other clients."""

    def newest_first(server: Any) -> None:
        server.choices = {**server.choices, "list_order": "newest"}

    return subject("smartflows", path, newest_first), Others()


@pytest.mark.parametrize("moved", [1, 20])
def test_a_list_that_others_move_under_a_walk_shows_something_twice(moved: int) -> None:
    server, others = executions("findExecutions/pagination/newcomer")

    def answered(wire: Wire, reply: Reply) -> Reply:
        if Others.begins(wire):
            others.begin(server, 19)
        elif Others.lists(wire) and not others.busy:
            others.busy += 1
            others.begin(server, moved)
        return reply

    assert judged(server, sent=others.sent, answered=answered).verdict == "PASS"


REFUSED = "createExecution/payload/refuses/malformed"


@pytest.mark.parametrize("busy", [1, 2])
def test_what_others_begin_is_not_begun_by_a_body_that_is_refused(busy: int) -> None:
    server, others = executions(REFUSED)

    def answered(wire: Wire, reply: Reply) -> Reply:
        if Others.begins(wire) and reply.status >= 400 and others.busy < busy:
            others.busy += 1
            others.begin(server, 1)
        return reply

    assert judged(server, sent=others.sent, answered=answered).verdict == "PASS"


def test_where_others_begin_something_all_the_time_nothing_is_told() -> None:
    server, others = executions(REFUSED)

    def answered(wire: Wire, reply: Reply) -> Reply:
        if Others.lists(wire):
            others.begin(server, 9)
        return reply

    assert judged(server, sent=others.sent, answered=answered).verdict == "INCONCLUSIVE"


def test_a_body_that_is_refused_and_begins_something_is_seen() -> None:
    server = subject("smartflows", REFUSED, deviations=["malformed-xml-taken"])
    malformed = str(server.target.fixtures["malformed_xml"]).encode()

    def refused(wire: Wire, reply: Reply) -> Reply:
        return replace(reply, status=400) if malformed in wire.content else reply

    line = judged(server, answered=refused)
    assert line.verdict == "WARN"
    assert line.expected == "no new execution in the list after 8 refusals"


def test_a_log_may_be_full_after_few_entries() -> None:
    def small(server: Any) -> None:
        server.rules.items.log_cap = 3

    line = judged(subject("kuflow", "*/log/keeps-the-older", small))
    assert line.verdict == "INCONCLUSIVE"
    assert "full after 3 entries" in line.reason
    assert judged(subject("kuflow", "*/log/full", small)).verdict == "PASS"


def in_upper_case(_: Wire, reply: Reply) -> Reply:
    """Every UUID of a reply in upper case."""
    return replace(reply, content=UUID.sub(lambda found: found[0].upper(), reply.content))


@pytest.mark.parametrize(
    "path",
    [
        "createInstance/idempotency/key-is-kept",
        "createInstance/idempotency/concurrent-conflict",
        "getInbox/box/holds/Draft",
        "instance/trail/grows/transitions",
        "instance/removal/gone",
    ],
)
def test_a_uuid_is_shown_in_any_case(path: str) -> None:
    line = judged(subject("optimajet", path), answered=in_upper_case)
    assert line.verdict == "PASS", line.reason


def in_seconds(_: Wire, reply: Reply) -> Reply:
    """Moments are kept in full and shown without the part of a second."""
    return replace(reply, content=FRACTION.sub(rb"\1Z", reply.content))


@pytest.mark.parametrize("path", ["findProcessItems/sorting/several", "findProcessItems/sorting/last-of-many"])
def test_what_is_not_shown_of_a_moment_may_order_items(path: str) -> None:
    line = judged(subject("kuflow", path), answered=in_seconds)
    assert line.verdict in {"PASS", "INCONCLUSIVE"}, line.reason


class Slow(Clock):
    def stamp(self) -> datetime:
        self.advance(0.15)
        return super().stamp()


class Slower(Clock):
    def stamp(self) -> datetime:
        self.advance(1)
        return super().stamp()


def stored_in_seconds(server: Any) -> None:
    """Writes answer the moment just taken; of what is stored, lists show and sort whole seconds, then by id."""
    honest = server.rules.lists.order

    def order(server: Any, operation: str, value: Callable[[Any], Any], rows: Any, by: Any) -> Any:
        def in_whole_seconds(row: Any) -> Any:
            found = value(row)
            return found.replace(microsecond=0) if isinstance(found, datetime) else found

        return honest(server, operation, in_whole_seconds, sorted(rows, key=lambda row: str(row.id)), by)

    server.clock, server.rules.lists.order = Slow(), order


def read_in_seconds(wire: Wire, reply: Reply) -> Reply:
    return in_seconds(wire, reply) if wire.method == "GET" else reply


@pytest.mark.parametrize("key", ["createdAt", "claimedAt", "completedAt", "cancelledAt"])
@pytest.mark.parametrize("check", ["order", "order-over-pages"])
@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_no_order_is_asked_for_within_what_a_store_keeps_as_one_moment(key: str, check: str, direction: str) -> None:
    path = f"findProcessItems/sorting/{check}/{key}-{direction}"
    line = judged(subject("kuflow", path, stored_in_seconds), answered=read_in_seconds)
    assert line.verdict in {"PASS", "INCONCLUSIVE"}, line.reason


@pytest.mark.parametrize("key", ["createdAt", "claimedAt", "completedAt", "cancelledAt"])
def test_an_order_of_moments_that_a_store_keeps_apart_is_asked_for(key: str) -> None:
    def bend(server: Any) -> None:
        server.clock = Slower()

    line = judged(
        subject(
            "kuflow",
            f"findProcessItems/sorting/order/{key}-desc",
            bend,
            deviations=[f"sort-by-{key}-ignored-on-findProcessItems"],
        ),
        answered=read_in_seconds,
    )
    assert line.verdict == "FAIL", line.reason


def creator_told_once(wire: Wire, reply: Reply) -> Reply:
    """Who created something is told by creates and by nothing else."""
    body = reply.json
    if wire.url.endswith(("/processes", "/process-items")) or not isinstance(body, dict) or "createdBy" not in body:
        return reply
    return replace(reply, content=json.dumps({name: body[name] for name in body if name != "createdBy"}).encode())


def test_what_nothing_changes_is_not_told_by_every_reply() -> None:
    line = judged(subject("kuflow", "process/model/lives-as-promised"), answered=creator_told_once)
    assert line.verdict == "PASS", line.reason


def creates_tell_little(wire: Wire, reply: Reply) -> Reply:
    """A create answers without data and owner."""
    body = reply.json
    if wire.method != "POST" or not wire.url.endswith("/process-items") or not isinstance(body, dict):
        return reply
    light = {name: body[name] for name in body if name != "ownerId"}
    light["task"] = {name: one for name, one in body["task"].items() if name != "data"}
    return replace(reply, content=json.dumps(light).encode())


def test_a_log_of_what_its_create_told_little_of() -> None:
    line = judged(subject("kuflow", "*/log/leaves-the-rest"), answered=creates_tell_little)
    assert line.verdict == "PASS", line.reason


@pytest.mark.parametrize(
    "case",
    [
        "claimProcessItemTask/lifecycle/reply",
        "completeProcessItemTask/lifecycle/reply",
        "cancelProcess/lifecycle/reply",
        "completeProcess/lifecycle/reply",
    ],
)
def test_a_reply_may_show_more_digits_of_a_moment_than_are_kept(case: str) -> None:
    def answered(wire: Wire, reply: Reply) -> Reply:
        return in_seconds(wire, reply) if wire.method == "GET" else reply

    line = judged(subject("kuflow", case), answered=answered)
    assert (line.verdict, line.reason) == ("PASS", "")


def test_a_reply_that_shows_another_moment_than_a_read_is_caught() -> None:
    def answered(wire: Wire, reply: Reply) -> Reply:
        if wire.method == "GET":
            return reply
        return replace(reply, content=re.sub(rb'(?<="lastModifiedAt":")20', b"19", reply.content))

    line = judged(subject("kuflow", "cancelProcess/lifecycle/reply"), answered=answered)
    assert (line.verdict, "lastModifiedAt" in line.expected) == ("FAIL", True)
