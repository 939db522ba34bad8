"""A process from its creation to its final state, on a server without an access token."""

from __future__ import annotations

from optimajet_client import Client
from optimajet_client.api.command import execute_command
from optimajet_client.api.instance import create_instance
from optimajet_client.models import OperationResult

from conformance.engine.journey import Journey
from conformance.engine.outcome import expect_equal
from conformance.engine.scenario import scenario
from conformance.vendors.optimajet.scenarios._approval import commands, execute, expect_refused


@scenario(
    {
        "created": "A process is created under an id of one's own.",
        "taken": "The same id again is refused.",
        "offered": "The author is offered submit and withdraw.",
        "submitted": "The command submit brings the process to Review.",
        "replayed": "The command that was just used up is refused.",
        "approved": "The manager's command approve brings the process to Approved.",
    },
    effect="starts-execution",
    modes=("open",),
)
def approve_a_document(journey: Journey) -> None:
    """Create a process, look what can be done, submit it, and approve it."""
    client = journey.client(Client)
    process, scheme = journey.fresh_uuid(), journey.fixture("scheme_code")
    author, manager = journey.fixture("author_id"), journey.fixture("manager_id")

    with journey.step("created"):
        created = create_instance.sync(process, client=client, scheme_code=scheme, identity_id=author)
        expect_equal(journey.got(OperationResult, created).success, True, "success")

    with journey.step("taken"):
        again = create_instance.sync_detailed(process, client=client, scheme_code=scheme, identity_id=author)
        expect_refused(again)

    with journey.step("offered"):
        expect_equal(commands(journey, client, process, author), ["submit", "withdraw"], "commands")

    with journey.step("submitted"):
        expect_equal(execute(journey, client, process, "submit", author), "Review", "state")

    with journey.step("replayed"):
        replayed = execute_command.sync_detailed(process, client=client, command="submit", identity_id=author)
        expect_refused(replayed)

    with journey.step("approved"):
        expect_equal(execute(journey, client, process, "approve", manager), "Approved", "state")
