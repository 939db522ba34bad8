"""A server whose access token is set."""

from __future__ import annotations

from optimajet_client import Client
from optimajet_client.api.instance import create_instance_with_parameters, get_instance_info
from optimajet_client.models import CreateInstanceRequest, OperationResult, ProcessInfo, ProcessInfoResult

from conformance.engine.journey import Journey
from conformance.engine.outcome import expect_equal
from conformance.engine.scenario import scenario
from conformance.vendors.optimajet.scenarios._approval import execute, expect_refused


@scenario(
    {
        "refused": "A create without the token is refused.",
        "created": "A create with the token in its body is served.",
        "submitted": "A command with the token is carried out.",
        "read": "The process is shown in the state that the command led to.",
    },
    effect="starts-execution",
    modes=("token",),
)
def present_the_access_token(journey: Journey) -> None:
    """Work on a server that wants its access token in every request."""
    client, stranger = journey.client(Client), journey.client(Client, anonymous=True)
    process, author = journey.fresh_uuid(), journey.fixture("author_id")
    wanted = CreateInstanceRequest(scheme_code=journey.fixture("scheme_code"))

    with journey.step("refused"):
        expect_refused(create_instance_with_parameters.sync_detailed(process, client=stranger, body=wanted))

    with journey.step("created"):
        wanted = wanted.model_copy(update={"token": journey.credential("token")})
        created = create_instance_with_parameters.sync(process, client=client, body=wanted)
        expect_equal(journey.got(OperationResult, created).success, True, "success")

    with journey.step("submitted"):
        expect_equal(execute(journey, client, process, "submit", author), "Review", "state")

    with journey.step("read"):
        info = journey.got(ProcessInfoResult, get_instance_info.sync(process, client=client))
        expect_equal(journey.got(ProcessInfo, info.data).state_name, "Review", "state")
