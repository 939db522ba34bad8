"""What the journeys have in common: an execution that is followed."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from smartflows_client import Client
from smartflows_client.api.executions import get_execution_progress
from smartflows_client.models import FlowExecutionProgress, FlowExecutionStatus

from conformance.engine.journey import Journey
from conformance.engine.outcome import expect

ASKS = frozenset({FlowExecutionStatus.USER_INPUT, FlowExecutionStatus.USER_INPUT_OF_THE_TABLE})
"""A user's input is awaited, in either spelling."""


def comes_to(
    journey: Journey, client: Client, execution: UUID, wanted: Collection[FlowExecutionStatus]
) -> FlowExecutionProgress:
    """The progress of an execution, once it has one of the statuses that are wanted."""
    last: FlowExecutionProgress | None = None
    for _ in journey.attempts():
        last = journey.got(FlowExecutionProgress, get_execution_progress.sync(execution, client=client, timeout=1))
        if last.status in wanted:
            break
    progress = journey.got(FlowExecutionProgress, last)
    expect(progress.status in wanted, " or ".join(sorted(wanted)), progress.status)
    return progress
