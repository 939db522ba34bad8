"""What shows only on a user's way: each call is right by itself."""

from __future__ import annotations

from conformance.mocks.kit.deviations import deviation
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
