"""Being told of what happens instead of asking."""

from __future__ import annotations

from uuid import UUID

from kuflow_client import Client
from kuflow_client.api.process import complete_process
from kuflow_client.models import (
    ProcessState,
    WebhookEventProcessCreated,
    WebhookEventProcessStateChanged,
    WebhookType,
)

from conformance.engine.journey import Journey
from conformance.engine.outcome import Mismatch, expect_equal
from conformance.engine.scenario import scenario
from conformance.vendors.kuflow.scenarios._starting import started


@scenario(
    {
        "told-of-the-start": "A PROCESS.CREATED event names the process that was started.",
        "told-of-the-end": "A PROCESS.STATE_CHANGED event tells that the process is COMPLETED.",
    },
    effect="starts-execution",
)
def receive_webhooks(journey: Journey) -> None:
    """Start and complete a process, and read the events that the server delivers about it."""
    before = journey.control("webhook_inbox", after=10**9)["count"]
    client = journey.client(Client)
    process = started(journey, client)

    with journey.step("told-of-the-start"):
        body = delivered(journey, before, WebhookType.PROCESS_CREATED, process.id)
        begun = journey.parsed(WebhookEventProcessCreated, body)
        expect_equal(begun.data.process_id, process.id, "process")
        expect_equal(begun.data.process_state, ProcessState.RUNNING, "state")

    complete_process.sync(process.id, client=client)

    with journey.step("told-of-the-end"):
        body = delivered(journey, before, WebhookType.PROCESS_STATE_CHANGED, process.id)
        ended = journey.parsed(WebhookEventProcessStateChanged, body)
        expect_equal(ended.data.process_id, process.id, "process")
        expect_equal(ended.data.process_state, ProcessState.COMPLETED, "state")


def delivered(journey: Journey, after: int, kind: WebhookType, process: UUID) -> dict[str, object]:
    """The first event of a kind about a process, once it is there."""
    for _ in journey.attempts():
        for delivery in journey.control("webhook_inbox", after=after)["deliveries"]:
            body: dict[str, object] = delivery["body"]
            if body.get("type") == kind and str(process) in str(body.get("data")):
                return body
    raise Mismatch(f"a delivery of {kind}", "none")
