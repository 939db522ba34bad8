"""A seed that was used before: a server that knows the keys of this run can say no to them without being wrong."""

from __future__ import annotations

from conformance.contract.facets.create import Create
from conformance.contract.message import Exchange
from conformance.engine.api import Api


def knew_a_key(api: Api) -> bool:
    """Whether the server took no create of the case for a new one, under some key that this run made up."""
    took: dict[tuple[str, str], bool] = {}
    ownership = api.session.ownership
    for exchange in api.history:
        create = ownership.create(exchange.operation)
        intended = ownership.intended(exchange.request, exchange.identity)
        if create is not None and create.replay is not None and intended is not None and not intended.is_any:
            named = (exchange.operation, intended.id or intended.key)
            took[named] = took.get(named, False) or _is_new(api, exchange, create)
    return not all(took.values())


def _is_new(api: Api, exchange: Exchange, create: Create) -> bool:
    return exchange.reply is not None and api.succeeded(exchange.reply) and create.is_new(exchange.reply.status)
