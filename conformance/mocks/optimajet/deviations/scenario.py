"""What shows only on a user's way: each call is right by itself."""

from __future__ import annotations

from typing import Any

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Received, Refusal
from conformance.mocks.optimajet.fields import Fields
from conformance.mocks.optimajet.records import Instance, Sent, Step
from conformance.mocks.optimajet.schemes import Transition
from conformance.mocks.optimajet.server import OptimaJet


@deviation(
    "token-that-created-offers-nothing",
    clauses=("OJ-11a",),
    case="optimajet/api/scenario/use-the-identity-server/offered",
)
def token_that_created_offers_nothing(server: OptimaJet) -> None:
    """A bearer token that an instance was created with is refused where commands are listed."""
    honest, used = server.rules.access.right_bearer, set[str]()

    def right_bearer(server: OptimaJet, operation: str, credentials: str) -> bool:
        if operation == "getAvailableCommands" and credentials in used:
            return False
        if operation == "createInstanceWithParameters":
            used.add(credentials)
        return honest(server, operation, credentials)

    server.rules.access.right_bearer = right_bearer


@deviation("refusal-stops-the-process", clauses=("OJ-20",), case="optimajet/api/scenario/approve-a-document/approved")
def refusal_stops_the_process(server: OptimaJet) -> None:
    """A process that refused a command is said to carry out the next one, and stays where it is."""
    refused = set[str]()
    honest_chosen, honest_move = server.rules.commands.chosen, server.rules.commands.move

    def chosen(server: OptimaJet, instance: Instance, command: str, fields: Fields) -> Transition:
        try:
            return honest_chosen(server, instance, command, fields)
        except Refusal:
            refused.add(instance.key)
            raise

    def move(server: OptimaJet, instance: Instance, step: Step) -> None:
        if instance.key not in refused:
            honest_move(server, instance, step)

    server.rules.commands.chosen, server.rules.commands.move = chosen, move


@deviation(
    "refused-id-stays-refused", clauses=("OJ-02a",), case="optimajet/api/scenario/present-the-access-token/created"
)
def refused_id_stays_refused(server: OptimaJet) -> None:
    """A create that was refused for want of the token is refused with the token too."""
    asked, refused = [""], set[str]()
    honest_sent, honest_token = server.rules.fields.sent, server.rules.access.right_token

    def sent(name: str, request: Received) -> Sent:
        asked[0] = request.path.get("processId", "")
        return honest_sent(name, request)

    def right_token(server: OptimaJet, operation: str, token: Any) -> bool:
        create = operation == "createInstanceWithParameters"
        right = honest_token(server, operation, token) and not (create and asked[0] in refused)
        if create and not right:
            refused.add(asked[0])
        return right

    server.rules.fields.sent, server.rules.access.right_token = sent, right_token
