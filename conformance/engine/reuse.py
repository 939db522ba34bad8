"""A seed that was used before: a server that knows the keys of this run can say no to them without being wrong."""

from __future__ import annotations

from conformance.contract.facets.create import Create
from conformance.engine.api import Api


def knew_a_key(api: Api) -> bool:
    """Whether the server took no create of the case for a new one, under some key of this run that it seems to know."""
    new: set[tuple[str, str]] = set()
    known: set[tuple[str, str]] = set()
    ownership = api.session.ownership
    for exchange in api.history:
        create, reply = ownership.create(exchange.operation), exchange.reply
        intended = ownership.intended(exchange.request, exchange.identity)
        if create is None or create.replay is None or intended is None or intended.is_any or reply is None:
            continue
        named = (exchange.operation, intended.id or intended.key)
        if api.succeeded(reply):
            (new if create.is_new(reply.status) else known).add(named)
        elif reply.status < 500 and _refuses_used_keys(api, create, reply.status):
            known.add(named)
    return bool(known - new)


def _refuses_used_keys(api: Api, create: Create, status: int) -> bool:
    """Whether a refusal may be for the key: each replay gets it, or one with other values."""
    assert create.replay is not None
    if create.replay.gets == "conflict":
        return status in (create.replay.statuses or (status,))
    unwritten = create.other_body == "unspecified" and _names_what_the_server_chose(api, create)
    return create.other_body == "refused" or unwritten


def _names_what_the_server_chose(api: Api, create: Create) -> bool:
    """Whether the create's request holds an id that is another one in each run, whatever the seed."""
    operations = api.vendor.semantics.operations
    named = (value.resource for value in operations[create.subject].request.values() if value.resource)
    makers = filter(None, (api.vendor.semantics.resources[name].create for name in named))
    facets = (operations[one].facets.get("create") for one in makers)
    return any(isinstance(one, Create) and not one.key for one in facets)
