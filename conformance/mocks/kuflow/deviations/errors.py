"""Refusals that look wrong, and mistakes that are not refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from conformance.mocks.kit.clock import rfc3339
from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Refusal, Reply
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.deviations._tools import bend_reply, swap
from conformance.mocks.kuflow.errors import conflict
from conformance.mocks.kuflow.params import UUID
from conformance.mocks.kuflow.records import ProcessDefinition, Row
from conformance.mocks.kuflow.seed.definitions import definition_id
from conformance.mocks.kuflow.seed.people import A
from conformance.mocks.kuflow.server import Call, KuFlow

if TYPE_CHECKING:
    from conformance.mocks.kuflow.store import Collection

BODY = "kuflow/createAuthentication/errors/body"


def _bend_errors(server: KuFlow, bend: Callable[[Json], Json]) -> None:
    honest = server.rules.errors.body
    server.rules.errors.body = lambda server, refusal: bend(honest(server, refusal))


@deviation("error-without-message", clauses=("KF-009",), case=BODY)
def error_without_message(server: KuFlow) -> None:
    """Error bodies have no message."""
    _bend_errors(server, lambda body: {name: value for name, value in body.items() if name != "message"})


@deviation("error-status-as-text", clauses=("KF-009",), case=BODY)
def error_status_as_text(server: KuFlow) -> None:
    """The status in error bodies is a text."""
    _bend_errors(server, lambda body: body | {"status": str(body["status"])})


@deviation("error-timestamp-in-seconds", clauses=("KF-009",), case=BODY)
def error_timestamp_in_seconds(server: KuFlow) -> None:
    """The timestamp in error bodies is a number of seconds."""
    _bend_errors(server, lambda body: body | {"timestamp": 1_772_442_000})


@deviation("errors-as-problem-json", clauses=("KF-009",), case=BODY)
def errors_as_problem_json(server: KuFlow) -> None:
    """Errors come as application/problem+json."""
    server.rules.errors.media_type = "application/problem+json"


@deviation("unauthorized-in-html", clauses=("KF-009",), case=BODY)
def unauthorized_in_html(server: KuFlow) -> None:
    """A gateway answers for want of credentials, with a page of its own."""
    honest = server.rules.finish
    page = b"<html><body><h1>401 Authorization Required</h1></body></html>"

    def finish(operation: str, reply: Reply) -> Reply:
        reply = honest(operation, reply)
        return Reply(401, page, "text/html", reply.headers) if reply.status == 401 else reply

    server.rules.finish = finish


@deviation("conflict-as-plain-text", clauses=("KF-009",), case="kuflow/createProcessItem/contract/every-exchange")
def conflict_as_plain_text(server: KuFlow) -> None:
    """A create of an item that is refused with status 409 is answered by plain text."""
    honest = server.rules.finish

    def finish(operation: str, reply: Reply) -> Reply:
        reply = honest(operation, reply)
        plain = operation == "createProcessItem" and reply.status == 409
        return Reply(409, b"Conflict", "text/plain") if plain else reply

    server.rules.finish = finish


@deviation("unknown-id-answers-another", clauses=("KF-010",), case="kuflow/retrieveTenantUser/errors/unknown-id")
def unknown_id_answers_another(server: KuFlow) -> None:
    """A read of an unknown tenant user answers the first one there is."""
    _forgive(server, "retrieveTenantUser")


@deviation("unknown-robot-has-source", clauses=("KF-010",), case="kuflow/downloadRobotSourceCode/errors/unknown-id")
def unknown_robot_has_source(server: KuFlow) -> None:
    """The source code of an unknown robot is that of the first one there is."""
    _forgive(server, "downloadRobotSourceCode")


def _forgive(server: KuFlow, operation: str) -> None:
    honest = server.rules.auth.find

    def find(server: KuFlow, call: Call, collection: Collection[Row], key: str, what: str) -> Row:
        if call.operation == operation and collection.get(key) is None:
            key = collection.rows[0].key
        return honest(server, call, collection, key, what)

    server.rules.auth.find = find


@deviation("unknown-id-answers-200", clauses=("KF-010",), case="kuflow/completeProcess/errors/unknown-id")
def unknown_id_answers_200(server: KuFlow) -> None:
    """Completing an unknown process answers the error, but with status 200."""

    def bend(reply: Reply) -> Reply:
        return replace(reply, status=200) if reply.status == 404 else reply

    bend_reply(server, "completeProcess", bend)


@deviation("malformed-id-crashes", clauses=("KF-010a",), case="kuflow/retrieveTenantUser/contract/refuses/format-id")
def malformed_id_crashes(server: KuFlow) -> None:
    """A tenant user's id that is not a UUID is answered with 500."""
    honest = server.rules.inputs.path_id

    def path_id(server: KuFlow, operation: str, raw: str) -> str:
        if operation == "retrieveTenantUser" and not UUID.fullmatch(raw):
            raise Refusal(500, "Unexpected error")
        return honest(server, operation, raw)

    server.rules.inputs.path_id = path_id


@deviation(
    "unknown-definition-taken",
    clauses=("KF-038b",),
    case="kuflow/createProcess/errors/unknown-reference/processDefinitionId",
)
def unknown_definition_taken(server: KuFlow) -> None:
    """A process of an unknown definition becomes one of the first definition."""
    honest = server.rules.processes.definition

    def definition(server: KuFlow, call: Call, key: str) -> ProcessDefinition | None:
        return honest(server, call, key) or honest(server, call, definition_id(server.seed_ids, A))

    server.rules.processes.definition = definition


@deviation(
    "unknown-process-taken",
    clauses=("KF-103b",),
    case="kuflow/createProcessItem/errors/unknown-reference/processId",
)
def unknown_process_taken(server: KuFlow) -> None:
    """An item for an unknown process goes to another process."""

    def unknown(key: object) -> bool:
        well_formed = isinstance(key, str) and UUID.fullmatch(key)
        return bool(well_formed) and server.store.processes.get(str(key).lower()) is None

    running = next(row for row in server.store.processes.rows if row.state == "RUNNING")
    swap(server, "createProcessItem", "processId", unknown, running.id)


@deviation("refused-create-keeps-the-id", clauses=("KF-006b",), case="kuflow/createProcess/errors/spent-key")
def refused_create_keeps_the_id(server: KuFlow) -> None:
    """An id that a refused create carried is taken from then on."""
    honest_existing, honest_insert = server.rules.creates.existing, server.rules.creates.insert
    begun = set[str]()

    def existing(server: KuFlow, operation: str, collection: Collection[Row], key: str) -> Row | None:
        found = honest_existing(server, operation, collection, key)
        if found is None and key in begun:
            raise conflict("The id is taken")
        begun.add(key)
        return found

    def insert(operation: str, add: Callable[[Row], None], record: Row) -> None:
        honest_insert(operation, add, record)
        begun.discard(record.key)

    server.rules.creates.existing, server.rules.creates.insert = existing, insert


@deviation("errors-in-local-time", clauses=("KF-009b",), case="kuflow/api/moments/refused")
def errors_in_local_time(server: KuFlow) -> None:
    """The moment of a refusal is that of a clock two hours east of Greenwich, and says that it is Greenwich's."""
    honest = server.rules.errors.body
    server.rules.errors.body = lambda server, refusal: {
        **honest(server, refusal),
        "timestamp": rfc3339(server.clock.now() + timedelta(hours=2)),
    }
