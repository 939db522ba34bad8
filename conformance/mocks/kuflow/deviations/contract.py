"""Replies that are not what the contract describes, and valid requests that are not taken."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Refusal, Reply
from conformance.mocks.kuflow.deviations._tools import bend_reply, bend_success
from conformance.mocks.kuflow.errors import reply as refused
from conformance.mocks.kuflow.errors import unknown
from conformance.mocks.kuflow.paging import Criterion
from conformance.mocks.kuflow.server import KuFlow


def _drop(server: KuFlow, operation: str, *names: str) -> None:
    bend_success(server, operation, lambda body: {key: value for key, value in body.items() if key not in names})


def _send_as(server: KuFlow, operation: str, media_type: str) -> None:
    def bend(reply: Reply) -> Reply:
        return replace(reply, media_type=media_type) if reply.status == 200 else reply

    bend_reply(server, operation, bend)


@deviation("operation-not-there", clauses=("KF-003",), case="kuflow/downloadRobotAsset/contract/valid-request")
def operation_not_there(server: KuFlow) -> None:
    """The assets of robots are not found under the path that is written."""
    bend_reply(server, "downloadRobotAsset", lambda _: refused(server, unknown("path")))


@deviation("undocumented-status", clauses=("KF-145",), case="kuflow/createAuthentication/contract/valid-request")
def undocumented_status(server: KuFlow) -> None:
    """An authentication is answered with 201, which is not documented."""
    bend_reply(
        server, "createAuthentication", lambda reply: replace(reply, status=201) if reply.status == 200 else reply
    )


@deviation("undocumented-member", clauses=("KF-025",), case="kuflow/retrievePrincipal/contract/valid-request")
def undocumented_member(server: KuFlow) -> None:
    """A principal is of a type that is not declared."""
    bend_success(server, "retrievePrincipal", lambda body: {**body, "type": "ROBOT"})


@deviation("missing-required-property", clauses=("KF-031",), case="kuflow/retrieveTenantUser/contract/valid-request")
def missing_required_property(server: KuFlow) -> None:
    """A tenant user lacks its principal, which is required."""
    _drop(server, "retrieveTenantUser", "principal")


@deviation("definition-missing", clauses=("KF-041",), case="kuflow/retrieveProcess/contract/valid-request")
def definition_missing(server: KuFlow) -> None:
    """A process that is read lacks its definition, which is required."""
    _drop(server, "retrieveProcess", "processDefinition")


@deviation("type-missing", clauses=("KF-106",), case="kuflow/retrieveProcessItem/contract/valid-request")
def type_missing(server: KuFlow) -> None:
    """A process item that is read lacks its type, which is required."""
    _drop(server, "retrieveProcessItem", "type")


@deviation("date-without-time", clauses=("KF-138",), case="kuflow/retrieveRobot/contract/valid-request")
def date_without_time(server: KuFlow) -> None:
    """The moment that a robot was made is a date without time."""
    bend_success(server, "retrieveRobot", lambda body: {**body, "createdAt": body["createdAt"][:10]})


@deviation("uri-missing", clauses=("KF-086",), case="kuflow/uploadProcessDocument/contract/valid-request")
def uri_missing(server: KuFlow) -> None:
    """An upload is answered without the URI of the document."""
    _drop(server, "uploadProcessDocument", "documentUri")


@deviation("wrong-media-type", clauses=("KF-139",), case="kuflow/downloadRobotSourceCode/contract/valid-request")
def wrong_media_type(server: KuFlow) -> None:
    """The source code of a robot comes as text/plain."""
    _send_as(server, "downloadRobotSourceCode", "text/plain")


@deviation("asset-as-json", clauses=("KF-140",), case="kuflow/downloadRobotAsset/contract/valid-request")
def asset_as_json(server: KuFlow) -> None:
    """The asset of a robot comes as application/json."""
    _send_as(server, "downloadRobotAsset", "application/json")


@deviation(
    "user-action-answers-nothing",
    clauses=("KF-050",),
    case="kuflow/uploadProcessUserActionDocument/contract/valid-request",
)
def user_action_answers_nothing(server: KuFlow) -> None:
    """A document for a user action is answered with 204 and nothing else."""
    bend_reply(server, "uploadProcessUserActionDocument", lambda reply: Reply(204) if reply.status == 200 else reply)


@deviation("unknown-direction-crashes", clauses=(), case="kuflow/findRobots/contract/no-server-error")
def unknown_direction_crashes(server: KuFlow) -> None:
    """A direction that is neither asc nor desc brings the list of robots down."""
    honest = server.rules.lists.criteria

    def criteria(server: KuFlow, operation: str, sort: Iterable[str], known: Collection[str]) -> list[Criterion]:
        asked = list(sort)
        if operation == "findRobots" and any(one.rpartition(",")[2] not in {"asc", "desc", *known} for one in asked):
            raise Refusal(500, "Something went wrong")
        return honest(server, operation, asked, known)

    server.rules.lists.criteria = criteria
