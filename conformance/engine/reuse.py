"""A seed that was used before: a server that knows the keys of this run can say no to them without being wrong."""

from __future__ import annotations

from conformance.contract.facets.create import Create
from conformance.contract.message import Exchange
from conformance.engine.api import Api


def knew_a_key(api: Api) -> bool:
    """Whether the server took no create of the case for a new one, under some key that this run made up."""
    took: dict[tuple[str, ...], bool] = {}
    for exchange in api.history:
        create = api.vendor.semantics.operations[exchange.operation].facets.get("create")
        if isinstance(create, Create) and create.key and create.replay is not None:
            keys = [str(place.sent(exchange.request)) for place in create.key]
            if all(map(api.session.ledger.holds, keys)):
                named = (exchange.operation, *keys)
                took[named] = took.get(named, False) or _is_new(api, exchange, create)
    return not all(took.values())


def _is_new(api: Api, exchange: Exchange, create: Create) -> bool:
    return exchange.reply is not None and api.succeeded(exchange.reply) and create.is_new(exchange.reply.status)
