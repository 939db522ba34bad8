"""The one of two ways in which a principal is named: by id or by e-mail address."""

from __future__ import annotations

from conformance.contract.place import Place
from conformance.contract.pointer import get
from conformance.contract.semantics.document import Call
from conformance.engine.api import Api
from conformance.engine.check import check, only
from conformance.engine.making import Context, build

NAMES = {"changeProcessInitiator": "initiator", "assignProcessItemTask": "owner"}
"""What the principal becomes, by operation."""
NAMES_ONE = only(*NAMES)


def _places(call: Call) -> tuple[Place, Place]:
    name = NAMES[call.id]
    return Place("request", "body", f"/{name}Id"), Place("request", "body", f"/{name}Email")


@check(when=NAMES_ONE, level="observe")
def both(api: Api, call: Call) -> None:
    """A request that names one principal by id and another by address takes one of the two."""
    by_id, by_address = _places(call)
    request = by_address.put(build(api, call.id), api.fixture("user_email"))
    reply = api.send(by_id.put(request, api.fixture("application_principal_id")))
    api.observe(status=reply.status)
    if api.succeeded(reply):
        taken = get(reply.json, by_id.name) == api.fixture("application_principal_id")
        api.observe(takes="the id" if taken else "the address or neither")


@check(when=NAMES_ONE, level="observe")
def neither(api: Api, call: Call) -> None:
    """A request that names no principal is refused."""
    request = build(api, call.id)
    for place in _places(call):
        request = place.without(request)
    reply = api.send(request)
    api.observe(status=reply.status)
    api.expect_refusal(reply)


@check(when=only("assignProcessItemTask"), level="observe")
def state_after(api: Api, call: Call) -> None:
    """A task that is assigned has a state."""
    context = Context()
    body = api.expect_success(api.send(build(api, call.id, context)))
    api.observe(state=f"{context['process-item'].state} to {get(body, '/task/state')}")
