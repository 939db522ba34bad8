"""Two forms of one operation answer alike."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.contract.facets.mirror import Mirror
from conformance.contract.message import Request
from conformance.contract.place import Place
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.making import Context, build, resolve, set_up
from conformance.engine.outcome import Inconclusive, Mismatch, expect_json


@check(phase="quiet")
def same_answer(api: Api, mirror: Mirror) -> None:
    """The operation answers what its other form answers to the same values."""
    context: Context = {}
    _expect_same(api, build(api, mirror.of, context), build(api, mirror.subject, context))


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
        expect_json(answer, expected, "body")
    except Mismatch:
        if api.expect_success(api.send(one)) != expected:
            raise Inconclusive("the other form answers something else by now") from None
        raise
