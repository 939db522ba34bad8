"""Two forms of one operation answer alike."""

from __future__ import annotations

from conformance.contract.facets.mirror import Mirror
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.making import Context, build, set_up
from conformance.engine.outcome import Inconclusive, Mismatch, expect_json


@check(phase="quiet")
def same_answer(api: Api, mirror: Mirror) -> None:
    """The operation answers what its other form answers to the same values."""
    context: Context = {}
    with set_up("the other form"):
        one = build(api, mirror.of, context)
        expected = api.expect_success(api.send(one))
    answer = api.expect_success(api.send(build(api, mirror.subject, context)))
    try:
        expect_json(answer, expected, "body")
    except Mismatch:
        if api.expect_success(api.send(one)) != expected:
            raise Inconclusive("the other form answers something else by now") from None
        raise
