"""What creates promise of being repeated, and the first create and the replay that cases begin with."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.checks._acting import kept_by, with_optional_values
from conformance.contract.facets.create import Create
from conformance.contract.message import Request
from conformance.engine.api import Api
from conformance.engine.making import Context, Made, context_of, create_request, made_by, resolve, set_up


def keyed(create: Create) -> bool:
    """Whether the caller chooses the key."""
    return bool(create.key)


def answers_the_same(create: Create) -> bool:
    """Whether a replay is promised to answer the resource as it is."""
    return create.replay is not None and create.replay.gets == "same"


def answers_a_success(create: Create) -> bool:
    """Whether a replay is promised to succeed."""
    return create.replay is not None and create.replay.gets in {"same", "updated", "recorded"}


def conflicts(create: Create) -> bool:
    """Whether a replay is promised to be refused."""
    return create.replay is not None and create.replay.gets == "conflict"


def updates(create: Create) -> bool:
    """Whether a replay is promised to bring the resource up to date."""
    return create.replay is not None and create.replay.gets == "updated"


def created(api: Api, create: Create) -> Made:
    """A resource just created, as set-up."""
    resource = api.vendor.semantics.resources[create.resource]
    context: Context = {}
    request = create_request(api, resource, context, operation=create.subject)
    with set_up("the first create"):
        return made_by(api, resource, request, api.send(request), context, create.first)


def repeated(api: Api, made: Made, *statuses: int) -> Made:
    """The reply to the same request again."""
    reply = api.send(made.request)
    return made_by(api, made.resource, made.request, reply, None, statuses)


def replays_with_other_values(api: Api, create: Create, made: Made) -> Iterator[Request]:
    """Creates with the key of ``made``: as small as they come, with all that is optional, and of every other kind."""
    context = context_of(made)
    smallest = create_request(api, made.resource, context, operation=create.subject)
    for place in create.key:
        smallest = place.put(smallest, place.sent(made.request))
    yield smallest
    yield with_optional_values(api, smallest, context)
    call = api.vendor.semantics.operations[create.subject]
    for item in kept_by(call):
        if item.place in call.request and item.value.fixture and not item.instead_of:
            yield item.place.put(smallest, resolve(api, item.value, context))
