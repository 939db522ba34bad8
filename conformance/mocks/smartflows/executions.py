"""Executions: started with data or without, read while they run and after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.mocks.kit.http import Reply
from conformance.mocks.kit.model import Json
from conformance.mocks.smartflows.datasets import Unfit
from conformance.mocks.smartflows.errors import conflict, invalid, unknown
from conformance.mocks.smartflows.inputs import CreateQuery, ProgressQuery, StartQuery, StatusQuery
from conformance.mocks.smartflows.paging import Listing, listed
from conformance.mocks.smartflows.records import ENDED, Execution, Flow

if TYPE_CHECKING:
    from conformance.mocks.smartflows.server import Call, SmartFlows

LISTING: Listing[Execution] = Listing(
    rows=lambda server: server.store.executions.rows,
    properties={
        "id": lambda _, row: row.key,
        "createdAt": lambda server, row: server.rules.views.moment(row.created_at),
        "modifiedAt": lambda server, row: server.rules.views.moment(row.modified_at),
        "status": lambda server, row: server.rules.views.status(server, row),
    },
    view=lambda server, row: server.rules.views.listed(server, row),
)


def flow_by_id(server: SmartFlows, flow_id: str) -> Flow:
    """The flow that ``flowId`` names; refuses an id that no flow has."""
    found = server.store.flows.get(flow_id.lower())
    if found is None:
        raise unknown(server, "flow")
    return found


def flow_named(server: SmartFlows, name: str) -> Flow:
    """The flow that has this id or this name; refuses what none has."""
    found = server.store.flows.get(name.lower()) or server.store.flows.first(lambda flow: flow.name == name)
    if found is None:
        raise unknown(server, "flow")
    return found


def course(_: SmartFlows, operation: str, flow: Flow) -> tuple[str, ...]:
    """What an execution will go through; one that is started without a panel skips the user's input."""
    if operation == "startFlow":
        return tuple(status for status in flow.course if status != "UserInput")
    return flow.course


def made(server: SmartFlows, call: Call, flow: Flow, data: Json, through: tuple[str, ...]) -> Execution:
    """A new execution, not yet kept."""
    moment, user = server.clock.stamp(), call.caller
    execution = Execution(
        key=server.ids.fresh(),
        flow=flow,
        course=through,
        created_by=user,
        created_at=moment,
        modified_by=user,
        modified_at=moment,
        since=moment,
        input_data=data,
        mode="batch" if call.operation == "startFlow" else "interactive",
        stages=[(through[0], moment)],
    )
    if call.operation == "startFlow":
        execution.answers = dict(flow.asks)
    return execution


def found(server: SmartFlows, key: str) -> Execution:
    """The execution with this id; refuses an id that none has."""
    execution = server.store.executions.get(key)
    if execution is None:
        raise unknown(server, "execution")
    return execution


def readable(server: SmartFlows, execution: Execution) -> bool:
    """Whether the detail can be read: always once the status is stable, before as chosen."""
    return execution.status in ENDED or server.choices["active_detail"] == "shown"


@dataclass
class ExecutionRules:
    """How executions come about and are found."""

    flow_by_id: Callable[[SmartFlows, str], Flow] = flow_by_id
    flow_named: Callable[[SmartFlows, str], Flow] = flow_named
    course: Callable[[SmartFlows, str, Flow], tuple[str, ...]] = course
    made: Callable[[SmartFlows, Call, Flow, Json, tuple[str, ...]], Execution] = made
    found: Callable[[SmartFlows, str], Execution] = found
    readable: Callable[[SmartFlows, Execution], bool] = readable


async def create(server: SmartFlows, call: Call) -> Reply:
    """createExecution."""
    query: CreateQuery = call.query
    execution = _begun(server, call, server.rules.executions.flow_by_id(server, query.flow_id))
    return Reply(int(server.choices["created_status"]), server.rules.views.progress(server, execution))


async def start(server: SmartFlows, call: Call) -> Reply:
    """startFlow."""
    query: StartQuery = call.query
    execution = _begun(server, call, server.rules.executions.flow_named(server, query.flow))
    return Reply(int(server.choices["created_status"]), server.rules.views.execution(server, execution))


def _begun(server: SmartFlows, call: Call, flow: Flow) -> Execution:
    rules = server.rules
    data: Json = {}
    through = rules.executions.course(server, call.operation, flow)
    try:
        data = rules.data.received(server, flow.dataset, call.media_type, call.content)
    except Unfit as unfit:
        if server.choices["unfit_data"] == "refused":
            raise invalid(server, str(unfit)) from None
        through = ("Running", "Error")
    execution = rules.executions.made(server, call, flow, data, through)
    server.store.executions.add(execution)
    return execution


def looked_at(server: SmartFlows, call: Call) -> Execution:
    """The execution of the path, moved on to where it is now."""
    execution = server.rules.executions.found(server, call.id)
    server.rules.pace.seen(server, execution, True)
    return execution


async def progress(server: SmartFlows, call: Call) -> Reply:
    """getExecutionProgress."""
    query: ProgressQuery = call.query
    await server.rules.pace.wait(server, server.rules.executions.found(server, call.id), query.timeout)
    execution = looked_at(server, call)
    code = 200 if execution.status in ENDED else int(server.choices["active_status"])
    return Reply(code, server.rules.views.progress(server, execution))


async def detail(server: SmartFlows, call: Call) -> Reply:
    """getExecution."""
    execution = looked_at(server, call)
    if not server.rules.executions.readable(server, execution):
        raise conflict(f"The execution is {execution.status}")
    return Reply(200, server.rules.views.execution(server, execution))


async def status(server: SmartFlows, call: Call) -> Reply:
    """getExecutionStatus."""
    query: StatusQuery = call.query
    execution = looked_at(server, call)
    shown = server.rules.views.execution(server, execution)
    return Reply(200, shown if query.output else {key: value for key, value in shown.items() if key != "state"})


async def find(server: SmartFlows, call: Call) -> Reply:
    """findExecutions."""
    return listed(server, call, LISTING, lambda _: True)


async def find_of_flow(server: SmartFlows, call: Call) -> Reply:
    """findFlowExecutions."""
    flow = server.rules.executions.flow_named(server, call.id)
    return listed(server, call, LISTING, lambda row: server.rules.lists.belongs(row, flow))
