"""Resources shown to those without access, and others than those asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Received, Reply
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow import errors
from conformance.mocks.kuflow.deviations._tools import bend_success
from conformance.mocks.kuflow.records import Identity, Item, Principal, Process, Row
from conformance.mocks.kuflow.server import Call, KuFlow, Operation

if TYPE_CHECKING:
    from conformance.mocks.kuflow.store import Collection


def _show_all(server: KuFlow, operation: str) -> None:
    honest = server.rules.auth.may_see

    def may_see(name: str, identity: Identity, record: Row) -> bool:
        return name == operation or honest(name, identity, record)

    server.rules.auth.may_see = may_see


def _serves(operation: str, says: str, case: str = "") -> Callable[[KuFlow], None]:
    """A server that carries an operation out for those without access too."""

    def apply(server: KuFlow) -> None:
        _show_all(server, operation)

    apply.__doc__ = says
    named = case or f"kuflow/{operation}/visibility/stranger-call"
    return deviation(f"{operation}-serves-strangers", clauses=("KF-020c",), case=named)(apply)


STRANGERS = (
    _serves("updateProcessMetadata", "Another tenant saves the metadata of a process."),
    _serves("patchProcessItemTaskData", "Another tenant patches the data of a task."),
    _serves("changeProcessInitiator", "Another tenant gives a process another initiator."),
    _serves("cancelProcess", "Another tenant cancels a process."),
    _serves("claimProcessItemTask", "Another tenant claims a task."),
    _serves("createProcessItem", "Another tenant adds an item to a process."),
    _serves("uploadProcessDocument", "Another tenant uploads a document into a process."),
    _serves("downloadProcessDocument", "Another tenant downloads a document of a process."),
    _serves("downloadRobotAsset", "Another tenant downloads an asset of a robot."),
    _serves(
        "retrieveProcessItem", "Another tenant reads a process item.", "kuflow/process-item/visibility/hidden-read"
    ),
)


@deviation("refusals-come-late", clauses=("KF-020c",), case="kuflow/assignProcessItemTask/visibility/stranger-call")
def refusals_come_late(server: KuFlow) -> None:
    """An assignment by another tenant is refused once it is done."""
    _show_all(server, "assignProcessItemTask")
    honest = server.answer

    async def answer(called: Operation, request: Received) -> Reply:
        reply = await honest(called, request)
        if called.id != "assignProcessItemTask" or reply.status >= 300:
            return reply
        caller = server.rules.auth.authenticate(server, called.id, request.headers)
        seen = reply.body["tenantId"] in caller.tenants
        return reply if seen else errors.reply(server, server.rules.auth.hidden(server, "process item"))

    server.answer = answer  # type: ignore[assignment, method-assign]


def _confuse(server: KuFlow, operation: str) -> None:
    """Let the operation answer another record than the one asked for."""
    honest = server.rules.auth.find

    def find(server: KuFlow, call: Call, collection: Collection[Row], key: str, what: str) -> Row:
        found = honest(server, call, collection, key, what)
        if call.operation != operation:
            return found
        mine = (
            row for row in collection.rows if row is not found and not call.identity.tenants.isdisjoint(row.tenants)
        )
        return next(mine)

    server.rules.auth.find = find


@deviation("findPrincipals-shows-all", clauses=("KF-020",), case="kuflow/principal/visibility/hidden-list")
def find_principals_shows_all(server: KuFlow) -> None:
    """The list of principals holds those of other tenants."""
    _show_all(server, "findPrincipals")


@deviation("findTenantUsers-shows-all", clauses=("KF-026",), case="kuflow/tenant-user/visibility/hidden-list")
def find_tenant_users_shows_all(server: KuFlow) -> None:
    """The list of tenant users holds those of other tenants."""
    _show_all(server, "findTenantUsers")


@deviation("findProcesses-shows-all", clauses=("KF-032",), case="kuflow/process/visibility/hidden-list")
def find_processes_shows_all(server: KuFlow) -> None:
    """The list of processes holds those of other tenants."""
    _show_all(server, "findProcesses")


@deviation("findProcessItems-shows-all", clauses=("KF-089",), case="kuflow/process-item/visibility/hidden-list")
def find_process_items_shows_all(server: KuFlow) -> None:
    """The list of process items holds those of other tenants."""
    _show_all(server, "findProcessItems")


@deviation("findRobots-shows-all", clauses=("KF-134",), case="kuflow/robot/visibility/hidden-list")
def find_robots_shows_all(server: KuFlow) -> None:
    """The list of robots holds those of other tenants."""
    _show_all(server, "findRobots")


@deviation("retrievePrincipal-shows-hidden", clauses=("KF-025a",), case="kuflow/principal/visibility/hidden-read")
def retrieve_principal_shows_hidden(server: KuFlow) -> None:
    """A principal of another tenant is shown."""
    _show_all(server, "retrievePrincipal")


@deviation("retrieveTenantUser-shows-hidden", clauses=("KF-031a",), case="kuflow/tenant-user/visibility/hidden-read")
def retrieve_tenant_user_shows_hidden(server: KuFlow) -> None:
    """A tenant user of another tenant is shown."""
    _show_all(server, "retrieveTenantUser")


@deviation("retrieveProcess-shows-hidden", clauses=("KF-041a",), case="kuflow/process/visibility/hidden-read")
def retrieve_process_shows_hidden(server: KuFlow) -> None:
    """A process of another tenant is shown."""
    _show_all(server, "retrieveProcess")


@deviation("retrieveRobot-shows-hidden", clauses=("KF-138a",), case="kuflow/robot/visibility/hidden-read")
def retrieve_robot_shows_hidden(server: KuFlow) -> None:
    """A robot of another tenant is shown."""
    _show_all(server, "retrieveRobot")


@deviation("retrievePrincipal-answers-another", clauses=("KF-025",), case="kuflow/principal/visibility/read-by-id")
def retrieve_principal_answers_another(server: KuFlow) -> None:
    """A read of a principal answers another one."""
    _confuse(server, "retrievePrincipal")


@deviation("retrieveTenantUser-answers-another", clauses=("KF-031",), case="kuflow/tenant-user/visibility/read-by-id")
def retrieve_tenant_user_answers_another(server: KuFlow) -> None:
    """A read of a tenant user answers another one."""
    _confuse(server, "retrieveTenantUser")


@deviation("retrieveRobot-shows-another-id", clauses=("KF-138",), case="kuflow/robot/visibility/read-by-id")
def retrieve_robot_shows_another_id(server: KuFlow) -> None:
    """A read of a robot shows the id of its source file as the robot's."""
    bend_success(server, "retrieveRobot", lambda body: {**body, "id": body["sourceFile"]["id"]})


@deviation("new-processes-are-public", clauses=("KF-041a",), case="kuflow/process/visibility/stranger-read")
def new_processes_are_public(server: KuFlow) -> None:
    """A process that was started since the server was is shown to everybody who knows its id."""
    honest = server.rules.auth.may_see
    old = {process.key for process in server.store.processes.rows}

    def may_see(name: str, identity: Identity, record: Row) -> bool:
        public = name == "retrieveProcess" and record.key not in old
        return public or honest(name, identity, record)

    server.rules.auth.may_see = may_see


def _list_otherwise(server: KuFlow, operation: str, bend: Callable[[Json], Json]) -> None:
    """Let ``bend`` change every item that a list shows."""
    bend_success(server, operation, lambda body: {**body, "content": [{**one, **bend(one)} for one in body["content"]]})


@deviation("list-tells-the-creator", clauses=("KF-020a",), case="kuflow/findProcesses/pagination/listed-as-read")
def list_tells_the_creator(server: KuFlow) -> None:
    """The list of processes tells who created one as its initiator."""
    _list_otherwise(server, "findProcesses", lambda one: {"initiatorId": one["createdBy"]})


@deviation("list-tells-the-caller", clauses=("KF-020a",), case="kuflow/findProcessItems/pagination/listed-as-read")
def list_tells_the_caller(server: KuFlow) -> None:
    """The list of process items tells who last changed one as its owner."""
    _list_otherwise(server, "findProcessItems", lambda one: {"ownerId": one["lastModifiedBy"]})


@deviation("list-keeps-the-first-owner", clauses=("KF-020a",), case="kuflow/assignProcessItemTask/stores/listed")
def list_keeps_the_first_owner(server: KuFlow) -> None:
    """The list of process items tells who owned one first."""
    honest, first = server.rules.items.assignee, dict[str, str]()

    def assignee(principal: Principal, item: Item) -> str:
        first.setdefault(item.id, principal.key)
        return honest(principal, item)

    server.rules.items.assignee = assignee
    _list_otherwise(server, "findProcessItems", lambda one: {"ownerId": first[one["id"]]} if one["id"] in first else {})


@deviation("list-keeps-the-first-initiator", clauses=("KF-020a",), case="kuflow/changeProcessInitiator/stores/listed")
def list_keeps_the_first_initiator(server: KuFlow) -> None:
    """The list of processes tells the first initiator that one was given."""
    honest, first = server.rules.processes.initiator, dict[str, str]()

    def initiator(process: Process, principal: Principal) -> str:
        first.setdefault(process.id, principal.key)
        return honest(process, principal)

    server.rules.processes.initiator = initiator
    _list_otherwise(
        server, "findProcesses", lambda one: {"initiatorId": first[one["id"]]} if one["id"] in first else {}
    )


@deviation(
    "list-shows-parts-of-messages", clauses=("KF-020a",), case="kuflow/findProcessItems/pagination/listed-as-read"
)
def list_shows_parts_of_messages(server: KuFlow) -> None:
    """The list of process items shows the first letters of a message."""

    def cut(one: Json) -> Json:
        message = one.get("message") or {}
        return {"message": {**message, "text": message["text"][:10]}} if message.get("text") else {}

    _list_otherwise(server, "findProcessItems", cut)
