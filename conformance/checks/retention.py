"""What is promised to be kept is kept."""

from __future__ import annotations

from conformance.contract.facets.retention import Retention
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.making import make, read, read_request, set_up
from conformance.engine.outcome import expect_equal
from conformance.engine.states import settled


@check(controls=("advance_clock",), phase="quiet")
def kept(api: Api, retention: Retention) -> None:
    """A resource is there, as it was, until its time is over."""
    made = make(api, retention.subject)
    with set_up("reading what was made"):
        before = settled(made, read(api, made))
    api.control("advance_clock", seconds=retention.seconds - retention.tolerance)
    expect_equal(settled(made, read(api, made)), before, "what is kept")


@check(controls=("advance_clock",), phase="quiet", level="observe")
def gone(api: Api, retention: Retention) -> None:
    """What a read gets when the time is over."""
    made = make(api, retention.subject)
    api.control("advance_clock", seconds=retention.seconds + retention.tolerance)
    reply = api.send(read_request(made.resource, made.id))
    api.observe(after_its_time=f"status {reply.status}")
