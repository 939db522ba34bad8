"""Values that are lost, changed or asked for on their way into the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.deviations._mending import UPDATES, mend_json, require
from conformance.mocks.kuflow.records import Item, Principal, Process, Row
from conformance.mocks.kuflow.server import KuFlow

NEW_PROCESS, NEW_ITEM, TASK_DATA = (
    "kuflow/createProcess",
    "kuflow/createProcessItem",
    "kuflow/updateProcessItemTaskData",
)
INITIATOR, OWNER = "kuflow/changeProcessInitiator", "kuflow/assignProcessItemTask"


def _mix_up_ids(server: KuFlow, name: str) -> None:
    """Let one operation take another user for the principal that an id names."""
    honest = server.rules.principals.by_id
    server.rules.principals.by_id = lambda server, operation, key: (
        _another(server, key) if operation == name else honest(server, operation, key)
    )


def _mix_up_addresses(server: KuFlow, name: str) -> None:
    """Let one operation take another user for the one that an address names."""
    honest = server.rules.principals.by_email

    def by_email(server: KuFlow, operation: str, email: str) -> Principal | None:
        found = honest(server, operation, email)
        return _another(server, found.key) if found and operation == name else found

    server.rules.principals.by_email = by_email


def _another(server: KuFlow, key: str) -> Principal | None:
    return next((row for row in server.store.principals.rows if row.type == "USER" and row.key != key), None)


@deviation("initiator-by-id-mixed-up", clauses=("KF-039",), case=f"{NEW_PROCESS}/stores/kept/initiatorId")
def initiator_by_id_mixed_up(server: KuFlow) -> None:
    """A new process gets another initiator than the one its id names."""
    _mix_up_ids(server, "createProcess")


@deviation("initiator-id-required", clauses=("KF-039a",), case=f"{NEW_PROCESS}/contract/valid-request")
def initiator_id_required(server: KuFlow) -> None:
    """A process without initiatorId is refused."""
    require(server, "createProcess", "initiatorId")


@deviation("initiator-by-address-mixed-up", clauses=("KF-040",), case=f"{NEW_PROCESS}/stores/kept/initiatorEmail")
def initiator_by_address_mixed_up(server: KuFlow) -> None:
    """A new process gets another initiator than the one its address names."""
    _mix_up_addresses(server, "createProcess")


@deviation("initiator-email-required", clauses=("KF-040a",), case=f"{NEW_PROCESS}/contract/valid-request")
def initiator_email_required(server: KuFlow) -> None:
    """A process without initiatorEmail is refused."""
    require(server, "createProcess", "initiatorEmail")


@deviation("initiator-not-changed", clauses=("KF-047",), case=f"{INITIATOR}/stores/kept/initiatorId-user")
def initiator_not_changed(server: KuFlow) -> None:
    """A change of initiator succeeds and leaves the one that there is."""
    server.rules.processes.initiator = lambda process, principal: process.initiator or principal.key


@deviation("application-no-initiator", clauses=("KF-048",), case=f"{INITIATOR}/stores/kept/initiatorId-application")
def application_no_initiator(server: KuFlow) -> None:
    """An application is refused as the new initiator of a process."""
    _users_only(server, "changeProcessInitiator")


@deviation("initiator-id-needed-for-change", clauses=("KF-049",), case=f"{INITIATOR}/stores/kept/initiatorEmail")
def initiator_id_needed_for_change(server: KuFlow) -> None:
    """An address alone is not enough to change the initiator."""
    require(server, "changeProcessInitiator", "initiatorId")


@deviation("application-no-owner", clauses=("KF-108",), case=f"{OWNER}/stores/kept/ownerId-application")
def application_no_owner(server: KuFlow) -> None:
    """A task is refused to be assigned to an application."""
    _users_only(server, "assignProcessItemTask")


@deviation("owner-id-needed-for-assignment", clauses=("KF-109",), case=f"{OWNER}/stores/kept/ownerEmail")
def owner_id_needed_for_assignment(server: KuFlow) -> None:
    """An address alone is not enough to assign a task."""
    require(server, "assignProcessItemTask", "ownerId")


def _users_only(server: KuFlow, name: str) -> None:
    honest = server.rules.principals.assignable
    server.rules.principals.assignable = lambda operation, principal: (
        honest(operation, principal) and (operation != name or principal.type == "USER")
    )


def _bend_messages(server: KuFlow, bend: Callable[[str], str]) -> None:
    """Let ``bend`` change the text of every new message."""

    def mend(value: Any) -> Any:
        message = value.get("message") if isinstance(value, dict) else None
        text = message.get("text") if isinstance(message, dict) else None
        if not isinstance(text, str) or not isinstance(message, dict):
            return value
        return {**value, "message": {**message, "text": bend(text)}}

    mend_json(server, ("createProcessItem",), mend)


@deviation("messages-in-ascii", clauses=("KF-096a",), case=f"{NEW_ITEM}/stores/kept/message-text")
def messages_in_ascii(server: KuFlow) -> None:
    """Letters of the text of a message that are not ASCII are replaced."""
    _bend_messages(server, lambda text: text.encode("ascii", "replace").decode())


@deviation("messages-lose-their-structure", clauses=("KF-096a",), case=f"{NEW_ITEM}/stores/kept/message-structure")
def messages_lose_their_structure(server: KuFlow) -> None:
    """A new message does not show the data definition that it is structured by."""
    honest = server.rules.views.item

    def view(server: KuFlow, record: Item) -> Json:
        message = replace(record.message, structure=None) if record.message else None
        return honest(server, replace(record, message=message))

    server.rules.views.item = view


@deviation(
    "update-without-value-accepted",
    clauses=("KF-056", "KF-080", "KF-117"),
    case=f"{TASK_DATA}/contract/refuses/missing-data",
)
def update_without_value_accepted(server: KuFlow) -> None:
    """An update that holds no data is taken as one with empty data."""
    for operation, name in UPDATES.items():
        mend_json(server, (operation,), _with_default(name))


def _with_default(name: str) -> Any:
    def mend(value: Any) -> Any:
        return {name: {"value": {}}, **value} if isinstance(value, Mapping) else value

    return mend


@deviation("task-required-to-have-data", clauses=("KF-096",), case=f"{NEW_ITEM}/contract/valid-request")
def task_required_to_have_data(server: KuFlow) -> None:
    """A task that is created without data is refused."""

    def mend(value: Any) -> Any:
        task = value.get("task") if isinstance(value, dict) else None
        return {**value, "task": {**task, "data": task.get("data")}} if isinstance(task, dict) else value

    mend_json(server, ("createProcessItem",), mend)


@deviation("data-of-new-items-dropped", clauses=("KF-096a",), case=f"{NEW_ITEM}/stores/kept/task-data")
def data_of_new_items_dropped(server: KuFlow) -> None:
    """The data that an item is created with are not kept."""
    server.rules.documents.copied = lambda _, __, ___, ____: Json()


@deviation("data-lost-beside-an-owner", clauses=("KF-096b",), case=f"{NEW_ITEM}/stores/together")
def data_lost_beside_an_owner(server: KuFlow) -> None:
    """The data of a task that is created with an owner are not kept."""
    honest = server.rules.creates.insert

    def insert(operation: str, add: Callable[[Row], None], record: Row) -> None:
        if isinstance(record, Item) and record.owner and record.task:
            record.task.data = None
        honest(operation, add, record)

    server.rules.creates.insert = insert


@deviation("owner-by-id-mixed-up", clauses=("KF-104",), case=f"{NEW_ITEM}/stores/kept/ownerId")
def owner_by_id_mixed_up(server: KuFlow) -> None:
    """A new item gets another owner than the one its id names."""
    _mix_up_ids(server, "createProcessItem")


@deviation("owner-id-required", clauses=("KF-104a",), case=f"{NEW_ITEM}/contract/valid-request")
def owner_id_required(server: KuFlow) -> None:
    """An item without ownerId is refused."""
    require(server, "createProcessItem", "ownerId")


@deviation("owner-by-address-mixed-up", clauses=("KF-105",), case=f"{NEW_ITEM}/stores/kept/ownerEmail")
def owner_by_address_mixed_up(server: KuFlow) -> None:
    """A new item gets another owner than the one its address names."""
    _mix_up_addresses(server, "createProcessItem")


@deviation("owner-email-required", clauses=("KF-105a",), case=f"{NEW_ITEM}/contract/valid-request")
def owner_email_required(server: KuFlow) -> None:
    """An item without ownerEmail is refused."""
    require(server, "createProcessItem", "ownerEmail")


@deviation("created-in-local-time", clauses=("KF-006c",), case="kuflow/process/moments/created")
def created_in_local_time(server: KuFlow) -> None:
    """The moment of the create is that of a clock two hours east of Greenwich, and says that it is Greenwich's."""
    honest = server.rules.views.process_page_item

    def view(server: KuFlow, record: Process) -> Json:
        return honest(server, replace(record, created_at=record.created_at + timedelta(hours=2)))

    server.rules.views.process_page_item = view


@deviation("messages-of-255-letters", clauses=("KF-096a",), case=f"{NEW_ITEM}/stores/kept/message-text")
def messages_of_255_letters(server: KuFlow) -> None:
    """The text of a message is cut after 255 letters."""
    _bend_messages(server, lambda text: text[:255])


@deviation("messages-on-one-line", clauses=("KF-096a",), case=f"{NEW_ITEM}/stores/kept/message-text")
def messages_on_one_line(server: KuFlow) -> None:
    """The lines of a message become one."""
    _bend_messages(server, lambda text: " ".join(text.splitlines()))


@deviation("items-created-in-local-time", clauses=("KF-006c",), case="kuflow/process-item/moments/created")
def items_created_in_local_time(server: KuFlow) -> None:
    """The moment at which an item was made is that of a clock two hours east of Greenwich."""
    honest = server.rules.views.item
    server.rules.views.item = lambda server, record: honest(
        server, replace(record, created_at=record.created_at + timedelta(hours=2))
    )


@deviation("initiators-create", clauses=("KF-006c",), case="kuflow/createProcess/processes/creator")
def initiators_create(server: KuFlow) -> None:
    """A process that is started for somebody was created by that one."""
    _created_by(server, lambda record: record.initiator if isinstance(record, Process) else "")


@deviation("owners-create", clauses=("KF-006c",), case="kuflow/createProcessItem/processes/creator")
def owners_create(server: KuFlow) -> None:
    """A process item that is made for an owner was created by that one."""
    _created_by(server, lambda record: record.owner if isinstance(record, Item) else "")


def _created_by(server: KuFlow, whom: Callable[[Row], str]) -> None:
    """Let a new record be created by another, where there is one."""
    honest = server.rules.creates.insert

    def insert(operation: str, add: Callable[[Row], None], record: Row) -> None:
        record.created_by = whom(record) or record.created_by
        honest(operation, add, record)

    server.rules.creates.insert = insert


@deviation("one-definition-for-all", clauses=("KF-038",), case=f"{NEW_PROCESS}/stores/kept/processDefinitionId-other")
def one_definition_for_all(server: KuFlow) -> None:
    """Every process is of the first definition there is."""
    honest = server.rules.processes.definition
    server.rules.processes.definition = lambda server, call, key: (
        next(iter(server.store.definitions.values())) if honest(server, call, key) else None
    )
