"""Access tokens issued and tried."""

from __future__ import annotations

from contextlib import suppress

from conformance.contract.facets.token import Token
from conformance.contract.message import Reply, Request
from conformance.contract.place import Place
from conformance.engine.api import Api, describe
from conformance.engine.making import build, set_up
from conformance.engine.outcome import Mismatch, Skip
from conformance.transport.misses import other


def wrongly(request: Request, place: Place) -> Request:
    """The same request with another value at ``place``, in the shape of the right one."""
    return place.put(request, other(str(place.sent(request))))


def issued(api: Api, token: Token, reply: Reply) -> str:
    """The access token that ``reply`` shows; ``Mismatch`` when it shows none."""
    api.expect_success(reply)
    found = token.access.seen(reply)
    if not isinstance(found, str) or not found:
        raise Mismatch(f"a token at {token.access}", describe(reply))
    return found


def tried(api: Api, token: Token, access: str) -> Reply:
    """The reply to a call of what the token opens, by nothing but the token."""
    return used(api, build(api, token.opens), access)


def used(api: Api, request: Request, access: str) -> Reply:
    """The reply to a request that proves nothing but the token."""
    return api.send(request, anonymous=True, authorization=f"Bearer {access}")


def doors(api: Api, token: Token) -> list[Request]:
    """A request of each operation that the token opens, where the environment gives what it needs."""
    found = [build(api, token.opens)]
    for operation in token.also:
        with suppress(Skip), set_up(operation):
            found.append(build(api, operation))
    return found
