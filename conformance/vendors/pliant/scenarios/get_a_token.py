"""The token procedure, step by step."""

from __future__ import annotations

from pliant_client import AuthenticatedClient, Client
from pliant_client.api.oauth import issue_token
from pliant_client.api.trigger import trigger_workflow
from pliant_client.models import GrantType, Token, TokenRequest, WorkflowInputs, WorkflowRun

from conformance.engine.journey import Journey
from conformance.engine.outcome import expect, expect_equal
from conformance.engine.scenario import scenario


@scenario(
    {
        "issued": "A user's name and password get a bearer token with the scopes that were asked for.",
        "used": "The token starts a workflow.",
        "refreshed": "The refresh token gets another token, which starts a workflow.",
    },
    effect="starts-execution",
)
def get_a_token(journey: Journey) -> None:
    """Get a token for a user, use it, and exchange its refresh token when it comes to an end."""
    client = journey.client(Client)
    asked = "read write execute"

    with journey.step("issued"):
        request = TokenRequest(
            grant_type=GrantType.PASSWORD,
            username=journey.credential("username"),
            password=journey.credential("password"),
            scope=asked,
        )
        token = journey.got(Token, issue_token.sync(client=client, body=request))
        expect_equal(token.token_type, "bearer", "token_type")
        expect_equal(sorted(token.scope.split()), sorted(asked.split()), "scopes")
        expect(token.expires_in > 0, "a lifetime in seconds", token.expires_in)

    with journey.step("used"):
        run(journey, token)

    with journey.step("refreshed"):
        request = TokenRequest(grant_type=GrantType.REFRESH_TOKEN, refresh_token=token.refresh_token)
        run(journey, journey.got(Token, issue_token.sync(client=client, body=request)))


def run(journey: Journey, token: Token) -> None:
    """Start the workflow with ``token``."""
    reply = trigger_workflow.sync(
        journey.fixture("workflow_owner"),
        client=journey.client(AuthenticatedClient, token=token.access_token),
        body=WorkflowInputs.from_dict(journey.fixture("workflow_inputs")),
        folder=journey.fixture("workflow_folder"),
        name=journey.fixture("workflow_name"),
        sync=True,
    )
    journey.got(WorkflowRun, reply)
