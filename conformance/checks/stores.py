"""What is sent is kept, and shown afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conformance.checks._acting import (
    after,
    is_refused,
    make_full,
    optional_values,
    request_with,
    sightings,
    subject,
    with_optional_values,
)
from conformance.checks._patches import START
from conformance.contract.facets.create import Create
from conformance.contract.facets.stores import Kept, Stores
from conformance.contract.message import Request
from conformance.contract.pointer import ABSENT, get, join, tokens, without
from conformance.contract.shape import declared
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.listing import expect_listed
from conformance.engine.making import (
    Context,
    Made,
    build,
    command_request,
    context_of,
    make,
    read,
    resolve,
    set_up,
    with_values,
)
from conformance.engine.outcome import expect, expect_equal

EXTRA, INNER = "conformance", "conformanceInner"
"""Properties that no fixture has: one is in the value before alone, the other an object in the value after it too."""

HARD = " Grüße, e\u0301 ½ 😀 \u2028 & <so> on "
"""A text that shows whether it was trimmed, escaped, or went through another encoding."""

ODD: dict[str, Any] = {
    "Upper.Case": {"none": None, "empty": [], "blank": ""},
    "numbers": [3, 1, 3, 0.1, -1.234567, 2**53 - 1],
    "texts": ["007", "12", "true", "two\r\nlines"],
    "lists": [[1], [2, [3]], ["only"]],
    "many": list(range(30)),
    "deep": {"within": {"within": {"within": {"list": ["only"]}}}},
    "": "nameless",
    "a/b": "slash",
    "m~n": "tilde",
    "zero": 0,
    "no": False,
    "$day": "2026-03-01",
    "long": "more than a short column holds, " * 20,
}
"""What a server loses that tidies up what it is sent."""


def names(_: Vendor, stores: Stores) -> Iterator[str]:
    """Everything that the operation keeps."""
    return iter(stores.kept)


def changed_names(vendor: Vendor, stores: Stores) -> Iterator[str]:
    """What an operation keeps that does nothing besides: a create changes nothing that was there before."""
    creates = isinstance(vendor.semantics.operations[stores.subject].facets.get("create"), Create)
    return (name for name, kept in stores.kept.items() if not creates and not kept.late)


def late_names(_: Vendor, stores: Stores) -> Iterator[str]:
    """What an operation keeps beside what it does, which may have been kept before."""
    return (name for name, kept in stores.kept.items() if kept.late)


def whole_names(_: Vendor, stores: Stores) -> Iterator[str]:
    """The values that replace the whole of the ones before."""
    return (name for name, kept in stores.kept.items() if kept.whole)


def lasting_names(_: Vendor, stores: Stores) -> Iterator[str]:
    """The values that commands leave alone."""
    return (name for name, kept in stores.kept.items() if kept.outlives)


@check(variants=names)
def kept(api: Api, stores: Stores, name: str) -> None:
    """A value that is sent, and what it is sent beside, shows in the reply and in a later read."""
    item = stores.kept[name]
    made, expected = _sent(api, stores, item)
    literals = {place: value.literal for place, value in item.beside.items() if value.literal is not None}
    beside = {kept.at: literals[kept.place] for kept in stores.kept.values() if kept.place in literals}
    for where, body in (("a later read", read(api, made)),) if item.late else sightings(api, made):
        expect_equal(get(body, item.at), expected, f"{item.at} in {where}")
        for at, literal in beside.items():
            expect_equal(get(body, at), literal, f"{at} in {where}")


def makes_several(vendor: Vendor, stores: Stores) -> bool:
    """Whether the operation makes something that can be read, with several optional values."""
    create = vendor.semantics.operations[stores.subject].facets.get("create")
    readable = isinstance(create, Create) and vendor.semantics.resources[create.resource].read is not None
    return readable and len(optional_values(vendor, stores.subject)) > 1


@check(given=makes_several)
def together(api: Api, stores: Stores) -> None:
    """Optional values that are sent together all show in the reply and in a later read."""
    context = Context()
    request = _hardened(api, with_optional_values(api, build(api, stores.subject, context), context))
    if is_refused(api, reply := api.send(request)):
        request = with_optional_values(api, build(api, stores.subject, context), context)
        reply = api.send(request)
    made = after(api, request, reply, context)
    for where, body in sightings(api, made):
        for item in optional_values(api.vendor, stores.subject).values():
            expected = resolve(api, item.expect, context) if item.expect else item.place.sent(request)
            expect_equal(get(body, item.at), expected, f"{item.at} in {where}")


@check(variants=lasting_names)
def outlives(api: Api, stores: Stores, variant: str) -> None:
    """A value that was kept shows in a read after each of the next commands, which do not send it, as it did before."""
    item = stores.kept[variant]
    with set_up("sending the value"):
        made, expected = _sent(api, stores, item)
        expect_equal(get(read(api, made), item.at), expected, f"{item.at} in a read")
    for name, beside in item.outlives.items():
        command = made.resource.commands[name]
        with set_up(f"the {command.name} after it"):
            request = with_values(api, command_request(api, command, made), beside, context_of(made))
            api.expect_success(api.send(request))
        expect_equal(get(read(api, made), item.at), expected, f"{item.at} in a read after {command.name}")


@check(variants=lasting_names)
def is_its_own(api: Api, stores: Stores, name: str) -> None:
    """A value that was kept shows in no other resource, which was made after it and without it."""
    item = stores.kept[name]
    with set_up("sending the value"):
        made, expected = _sent(api, stores, item)
    shown = get(read(api, make(api, made.resource.name)), item.at)
    expect(shown != expected, f"no {expected!r} at {item.at} of another {made.resource.name}", repr(shown))


@check(variants=late_names)
def takes_over(api: Api, stores: Stores, name: str) -> None:
    """A value that is sent takes the place of the one that the resource was made with."""
    item, context = stores.kept[name], Context()
    for resource in api.vendor.semantics.operations[stores.subject].named:
        make_full(api, resource, context)
    request, sent = _filled(api, stores, item, context)
    made = after(api, request, api.send(request), context)
    expect_equal(get(read(api, made), item.at), sent, f"{item.at} in a later read")


@check(variants=whole_names)
def replaces(api: Api, stores: Stores, name: str) -> None:
    """A value that is sent, be it empty, takes the place of the one before: what it leaves out is gone throughout."""
    item, context = stores.kept[name], Context()
    request, sent = _filled(api, stores, item, context)
    more = {EXTRA: "of the value before", INNER: {EXTRA: "of the value before"}}
    with set_up("saving a larger value first"):
        before, larger = _saved(api, item, request, context, {**START, **more}, {**more, **sent})
    if takes_more := _is_open(api, item, request):
        _expect_shown(api, item, before, larger)
    else:
        takes_more = get(read(api, before), f"{item.at}/{INNER}") is not ABSENT
    made, saved = _saved(api, item, request, context, *([_harder(sent)] if takes_more else []), sent)
    _expect_shown(api, item, made, saved)
    if not is_refused(api, reply := api.send(item.place.put(request, {}))):
        expect_equal(get(after(api, request, reply, context).body, item.at), {}, f"{item.at} of an empty value")


def _replaced(stores: Stores) -> list[Kept]:
    """The values that one after the other take the place of the one before, and that a list may show."""
    return [kept for kept in stores.kept.values() if not (kept.whole or kept.late or kept.instead_of)]


def changes_what_is_listed(vendor: Vendor, stores: Stores) -> bool:
    """Whether an operation changes a value of something listed, and there is another value for it."""
    call, found = vendor.semantics.operations[stores.subject], _replaced(stores)
    is_listed = bool(call.named) and vendor.semantics.resources[call.named[-1]].list is not None
    return is_listed and len(found) > 1 and len({kept.at for kept in found}) == 1


@check(given=changes_what_is_listed)
def listed(api: Api, stores: Stores) -> None:
    """The last of several values that are sent one after the other shows in the list, where it shows one."""
    context = Context()
    with set_up("sending the values"):
        for item in _replaced(stores):
            request, sent = _filled(api, stores, item, context)
            made = after(api, request, api.send(request), context)
    expected = resolve(api, item.expect, context) if item.expect else sent

    def shows(found: list[Any]) -> None:
        shown = [get(one, item.at) for one in found]
        expect_equal([expected if one is ABSENT else one for one in shown], [expected], f"{item.at} in the list")

    expect_listed(api, made, shows)


@check(variants=changed_names, level="observe")
def leaves_the_rest(api: Api, stores: Stores, name: str) -> None:
    """A change of one value leaves everything else of the resource, but what it is sent beside, as it was."""
    item, context = stores.kept[name], Context()
    request, _ = _filled(api, stores, item, context)
    before = subject(api, stores.subject, context)
    beside = [one.at for one in stores.carried(request).values()]
    rest = without(_rest(before, item, read(api, before)), beside)
    made = after(api, request, api.send(request), context)
    expect_equal(without(_rest(made, item, read(api, made)), beside), rest, "the rest of the resource")


def _saved(
    api: Api, item: Kept, request: Request, context: Context, *values: dict[str, Any]
) -> tuple[Made, dict[str, Any]]:
    """The resource with the first of ``values`` that the server takes saved in it, and that value."""
    for value in values:
        reply = api.send(item.place.put(request, value))
        if not is_refused(api, reply):
            break
    return after(api, request, reply, context), value


def _is_open(api: Api, item: Kept, request: Request) -> bool:
    """Whether the contract says in so many words that the value has what properties the caller likes."""
    body = next(iter(api.vendor.document.operations[request.operation].body.values()))
    return declared(api.vendor.document, body, tokens(item.place.name)).get("additionalProperties") is True


def _expect_shown(api: Api, item: Kept, made: Made, value: Any) -> None:
    for where, body in sightings(api, made):
        expect_equal(get(body, item.at), value, f"{item.at} in {where}")


def _harder(sent: dict[str, Any]) -> dict[str, Any]:
    """The object with a member more, of what careless servers change."""
    return {INNER: {"text": HARD, **ODD}, **sent}


def _hardened(api: Api, request: Request) -> Request:
    """The request with harder objects where it sends any that its operation keeps."""
    for item in optional_values(api.vendor, request.operation).values():
        sent = item.place.sent(request)
        request = item.place.put(request, _harder(sent)) if isinstance(sent, dict) else request
    return request


def _sent(api: Api, stores: Stores, item: Kept) -> tuple[Made, Any]:
    """The resource whose value was sent, and what it is to show; ``Mismatch`` when the value was refused."""
    context = Context()
    request, sent = _filled(api, stores, item, context)
    expected = resolve(api, item.expect, context) if item.expect else sent
    return after(api, request, api.send(request), context), expected


def _filled(api: Api, stores: Stores, item: Kept, context: Context) -> tuple[Request, Any]:
    """The request that sends the value, and the value."""
    sent = resolve(api, item.value, context)
    request = request_with(api, stores.subject, context, item.place, sent, item.beside)
    for place in item.instead_of:
        request = place.without(request)
    return request, sent


def _rest(made: Made, item: Kept, body: Any) -> Any:
    """``body`` without the property that the value is part of, the state, and what every change touches."""
    return without(body, filter(None, (join(tokens(item.at)[0]), made.resource.state, *made.resource.audit)))
