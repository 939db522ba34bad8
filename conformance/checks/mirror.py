"""Two forms of one operation answer alike."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.checks._acting import make_full, optional_values
from conformance.contract.facets.mirror import Mirror
from conformance.contract.facets.removal import Removal
from conformance.contract.message import Request
from conformance.contract.place import Place
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.making import Context, build, resolve, set_up
from conformance.engine.outcome import Inconclusive, Mismatch, expect_equal


@check(phase="quiet")
def same_answer(api: Api, mirror: Mirror) -> None:
    """The operation answers what its other form answers to the same values."""
    context: Context = {}
    for resource in _made_full(api, mirror):
        make_full(api, resource, context)
    _expect_same(api, build(api, mirror.of, context), build(api, mirror.subject, context))


def _made_full(api: Api, mirror: Mirror) -> Iterator[str]:
    """The resources that both forms ask about in whatever state they are, and that creates give further values."""
    for value in api.vendor.semantics.operations[mirror.of].request.values():
        resource = api.vendor.semantics.resources.get(value.resource or "")
        if resource and resource.create and not value.state and optional_values(api.vendor, resource.create):
            yield resource.name


def of_removable(vendor: Vendor, mirror: Mirror) -> bool:
    """Whether what both forms ask about can be removed."""
    return _removable(vendor, mirror) is not None


def _removable(vendor: Vendor, mirror: Mirror) -> Removal | None:
    """How the resource is removed that the path names."""
    named = vendor.semantics.operations[mirror.of].named
    found = vendor.semantics.resources[named[-1]].facets.get("removal") if named else None
    return found if isinstance(found, Removal) else None


@check(given=of_removable)
def same_when_gone(api: Api, mirror: Mirror) -> None:
    """Of a resource that is removed the operation answers what its other form answers, or both are refused."""
    removal = _removable(api.vendor, mirror)
    assert removal is not None
    context: Context = {}
    with set_up("one that is removed"):
        there, here = build(api, mirror.of, context), build(api, mirror.subject, context)
        api.expect_success(api.send(build(api, removal.operation, context)))
    expected = api.send(there)
    if api.succeeded(expected):
        expect_equal(api.expect_success(api.send(here)), api.expect_success(expected), "body")
    else:
        api.expect_refusal(api.send(here))


def fields(_: Vendor, mirror: Mirror) -> Iterator[str]:
    """The further values that both forms take."""
    return iter(mirror.fields)


@check(variants=fields, phase="quiet")
def same_with(api: Api, mirror: Mirror, name: str) -> None:
    """The operation answers to a further value what its other form answers to it."""
    context: Context = {}
    value = resolve(api, mirror.fields[name], context)
    there = Place("request", "query", name).put(build(api, mirror.of, context), value)
    _expect_same(api, there, Place("request", "body", f"/{name}").put(build(api, mirror.subject, context), value))


def _expect_same(api: Api, one: Request, other: Request) -> None:
    with set_up("the other form"):
        expected = api.expect_success(api.send(one))
    answer = api.expect_success(api.send(other))
    try:
        expect_equal(answer, expected, "body")
    except Mismatch:
        if api.expect_success(api.send(one)) != expected:
            raise Inconclusive("the other form answers something else by now") from None
        raise
