"""Requests filled from semantics, and resources made for a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from conformance.contract.facets.create import Create
from conformance.contract.facets.token import Token
from conformance.contract.message import Reply, Request
from conformance.contract.place import Place
from conformance.contract.pointer import ABSENT, get
from conformance.contract.semantics.model import Value
from conformance.contract.semantics.resource import Command, Resource, Settling
from conformance.engine.api import Api
from conformance.engine.outcome import Blocked, Mismatch, expect_equal
from conformance.engine.waiting import attempts

COMES_WITHIN = 60
"""Seconds within which what was made can be read."""

FIRST_PAUSE = 0.01
"""Seconds before a resource that does not rest yet is read again; each pause is twice the one before."""

Context = dict[str, "Made"]
"""The resources that the values of one request denote, by name."""


@dataclass(frozen=True)
class Made:
    """A resource that this run created: ``body`` is what the last reply about it showed."""

    resource: Resource
    id: str
    body: Any
    request: Request
    parent: Made | None = None

    @property
    def state(self) -> Any:
        """The state that ``body`` shows, in the spelling that the semantics prefer."""
        return self.resource.state_in(self.body)


@contextmanager
def set_up(what: str) -> Iterator[None]:
    """What happens inside is set-up: a mismatch there blocks the case instead of failing it."""
    try:
        yield
    except Mismatch as wrong:
        raise Blocked(f"{what}: {wrong}") from wrong


def resolve(api: Api, value: Value, context: Context) -> Any:
    """The value to send; a resource is made when ``context`` has none, and stays there."""
    if value.fixture is not None:
        return api.fixture(value.fixture)
    if value.credential is not None:
        return api.credential(value.credential)
    if value.fresh is not None:
        return api.fresh_uuid() if value.fresh == "uuid" else api.fresh_text()
    if value.resource is not None:
        if value.resource not in context:
            make(api, value.resource, state=value.state, context=context)
        return context[value.resource].id
    return _filled(api, value.literal, context) if value.bytes is None else value.bytes.encode()


def _filled(api: Api, literal: Any, context: Context) -> Any:
    """A literal with every value that names its source, at any depth, resolved."""
    if isinstance(literal, Value):
        return resolve(api, literal, context)
    if isinstance(literal, dict):
        return {key: _filled(api, item, context) for key, item in literal.items()}
    if isinstance(literal, list):
        return [_filled(api, item, context) for item in literal]
    return literal


def build(api: Api, operation: str, context: Context | None = None, *, with_key: bool = True) -> Request:
    """The smallest valid request of ``operation``, with a fresh key when it is a create that takes one."""
    context = {} if context is None else context
    call = api.vendor.semantics.operations[operation]
    declared = api.vendor.document.operations[operation]
    request = Request(operation, media_type=call.media_type or declared.media_type)
    if with_key:
        create = call.facets.get("create")
        for place in create.key if isinstance(create, Create) else ():
            request = place.put(request, fresh_key(api, operation))
    token = call.facets.get("token")
    optional = tuple(token.optional.values()) if isinstance(token, Token) else ()
    for place, value in call.request.items():
        if place in optional and value.credential is not None and not api.has_credential(value.credential):
            continue
        request = place.put(request, resolve(api, value, context))
    return request


def create_request(
    api: Api, resource: Resource, context: Context, *, with_key: bool = True, operation: str | None = None
) -> Request:
    """The smallest valid request that creates one of ``resource``, by ``operation`` where there are several."""
    if resource.create is None:
        raise Blocked(f"nothing creates a {resource.name}", "suite")
    request = build(api, operation or resource.create, context, with_key=with_key)
    return with_values(api, request, resource.request if request.operation == resource.create else {}, context)


def fresh_key(api: Api, operation: str) -> str:
    """A key for a create that was never used."""
    create = api.vendor.semantics.operations[operation].facets.get("create")
    return api.fresh_text() if isinstance(create, Create) and create.format == "text" else api.fresh_uuid()


def starting_request(api: Api, resource: Resource, start: str, context: Context) -> Request:
    """The smallest valid request that creates one of ``resource`` that comes to rest in the state ``start``."""
    return with_values(api, create_request(api, resource, context), resource.starts.get(start, {}), context)


def make(
    api: Api,
    name: str,
    *,
    state: str | None = None,
    context: Context | None = None,
    request: Request | None = None,
) -> Made:
    """A new resource in ``state`` (its initial one unless named); a failure blocks the case."""
    context = {} if context is None else context
    resource = api.vendor.semantics.resources[name]
    start = (resource.origin(state) or ("",))[0] if state else ""
    request = request or starting_request(api, resource, start, context)
    with set_up(f"making a {name}"):
        create = api.vendor.semantics.operations[request.operation].facets.get("create")
        first = create.first if isinstance(create, Create) else ()
        made = made_by(api, resource, request, api.send(request), context, first)
        _come(api, made)
        if start in resource.starts:
            made = replace(made, body=read(api, made))
            expect_equal(made.state, start, "state")
    context[name] = made
    return bring(api, made, state, context) if state else made


def _come(api: Api, made: Made) -> None:
    """Wait until what was made can be read, where a read may be refused at first; whoever reads it then judges."""
    unready = made.resource.read.unready if made.resource.read else ()
    if not unready or api.session.shared.has_given_up(made.resource.name):
        return
    for _ in attempts(api, FIRST_PAUSE, COMES_WITHIN):
        if api.send(read_request(made.resource, made.id)).status not in unready:
            return
    api.session.shared.give_up(made.resource.name)


def make_otherwise(
    api: Api, name: str, values: dict[Place, Value], leave_out: Iterable[Place], context: Context
) -> Made:
    """A new resource, made with further ``values`` and without what is to ``leave_out``; a failure blocks the case."""
    request = create_request(api, api.vendor.semantics.resources[name], context)
    request = with_values(api, request, values, context)
    for place in leave_out:
        request = place.without(request)
    return make(api, name, context=context, request=request)


def made_by(
    api: Api,
    resource: Resource,
    request: Request,
    reply: Reply,
    context: Context | None = None,
    statuses: tuple[int, ...] = (),
) -> Made:
    """The resource that ``reply`` shows; ``Mismatch`` when it shows none."""
    body = api.expect_success(reply, *statuses)
    found = resource.made_id(request, reply)
    if found is ABSENT:
        raise Mismatch(
            f"a {resource.name} with {resource.created_id or resource.id}",
            reply.content[:160].decode("utf-8", "replace"),
        )
    parent = (context or {}).get(resource.parent.resource) if resource.parent else None
    made = Made(resource, str(found), body, request, parent)
    return replace(made, body=read(api, made)) if resource.is_read_when_made else made


def bring(api: Api, made: Made, state: str, context: Context | None = None) -> Made:
    """The resource moved into ``state`` by the shortest sequence of commands; a failure blocks the case."""
    way = made.resource.way_to(state)
    if way is None:
        raise Blocked(f"no sequence of commands brings a {made.resource.name} to {state}", "suite")
    for command in way:
        with set_up(f"bringing a {made.resource.name} to {state}"):
            reply = run(api, command, made)
            api.expect_success(reply)
            made = replace(made, body=api.declared(reply) if command.answers == "resource" else read(api, made))
            expect_equal(made.state, command.to, "state")
    if context is not None:
        context[made.resource.name] = made
    return made


def run(api: Api, command: Command, made: Made, identity: str | None = None) -> Reply:
    """The reply to ``command`` on ``made``."""
    return api.send(command_request(api, command, made), identity)


def command_request(api: Api, command: Command, made: Made) -> Request:
    """The request that runs ``command`` on ``made``."""
    context = context_of(made)
    request = with_values(api, build(api, command.operation, context), command.request, context)
    return command.id.put(request, made.id)


def context_of(made: Made) -> Context:
    """A context in which ``made`` and its parents are denoted by their names."""
    context: Context = {}
    here: Made | None = made
    while here is not None:
        context[here.resource.name] = here
        here = here.parent
    return context


def read_request(resource: Resource, id: str) -> Request:  # noqa: A002 - an id is what it is
    """The request that reads one resource."""
    if resource.read is None:
        raise Blocked(f"nothing reads a {resource.name}", "suite")
    request = resource.read.id.put(Request(resource.read.operation), id)
    for place, value in resource.read.beside.items():
        request = place.put(request, value)
    return request


def read(api: Api, made: Made) -> Any:
    """What the server shows of ``made`` once it rests; ``Mismatch`` when it shows nothing."""
    body = now(api, made)
    return body if made.resource.settles is None else _rested(api, made, made.resource.settles, body)


def _rested(api: Api, made: Made, settles: Settling, body: Any) -> Any:
    """``body``, or a later one that shows rest; the last one when time runs out, and then no wait is repeated."""
    for number in attempts(api, FIRST_PAUSE, settles.within):
        if number > 1:
            body = now(api, made)
        if get(body, settles.at) in settles.until or api.session.shared.has_given_up(made.resource.name):
            return body
    api.session.shared.give_up(made.resource.name)
    return body


def now(api: Api, made: Made) -> Any:
    """What the server shows of ``made`` at this moment; ``Mismatch`` when it shows nothing."""
    body = api.expect_success(api.send(read_request(made.resource, made.id)))
    at = made.resource.read.at if made.resource.read else ""
    shown = get(body, at)
    if at and not isinstance(shown, dict):
        raise Mismatch(f"a {made.resource.name} at {at}", repr(shown))
    return shown


def with_values(api: Api, request: Request, values: dict[Place, Value], context: Context) -> Request:
    """``request`` with further values at their places."""
    for place, value in values.items():
        request = place.put(request, resolve(api, value, context))
    return request
