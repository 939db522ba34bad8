"""A server that grants tokens by its identity server."""

from __future__ import annotations

from optimajet_client import AuthenticatedClient, Client
from optimajet_client.api.identity import create_token, get_open_id_configuration
from optimajet_client.api.instance import create_instance_with_parameters
from optimajet_client.models import CreateInstanceRequest, OpenIdConfiguration, OperationResult, Token, TokenRequest

from conformance.engine.journey import Journey
from conformance.engine.outcome import expect, expect_equal
from conformance.engine.scenario import scenario
from conformance.vendors.optimajet.scenarios._approval import commands, execute


@scenario(
    {
        "discovered": "The discovery document names the token endpoint.",
        "granted": "The access token as a client secret is granted a bearer token.",
        "created": "A create with the bearer token is served.",
        "offered": "The author is offered submit and withdraw.",
        "submitted": "A command with the bearer token is carried out.",
    },
    effect="starts-execution",
    modes=("openid",),
)
def use_the_identity_server(journey: Journey) -> None:
    """Find the token endpoint, get a token there, and work with it."""
    stranger = journey.client(Client, anonymous=True)

    with journey.step("discovered"):
        found = journey.got(OpenIdConfiguration, get_open_id_configuration.sync(client=stranger))
        endpoint = str(found.token_endpoint)
        expect(endpoint.endswith("/connect/token"), "the address of the token endpoint", endpoint)

    with journey.step("granted"):
        request = TokenRequest(
            client_id="workflowapi", client_secret=journey.credential("client_secret"), grant_type="client_credentials"
        )
        token = journey.got(Token, create_token.sync(client=stranger, body=request))

    client = journey.client(AuthenticatedClient, token=token.access_token)
    process, author = journey.fresh_uuid(), journey.fixture("author_id")

    with journey.step("created"):
        wanted = CreateInstanceRequest(scheme_code=journey.fixture("scheme_code"))
        created = create_instance_with_parameters.sync(process, client=client, body=wanted)
        expect_equal(journey.got(OperationResult, created).success, True, "success")

    with journey.step("offered"):
        expect_equal(commands(journey, client, process, author), ["submit", "withdraw"], "commands")

    with journey.step("submitted"):
        expect_equal(execute(journey, client, process, "submit", author), "Review", "state")
