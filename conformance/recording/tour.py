"""What is recorded of a vendor for whom nobody has told a scenario."""

from __future__ import annotations

from conformance.contract.vendor import Vendor
from conformance.engine.journey import Journey
from conformance.engine.making import build
from conformance.engine.plan import mode_of
from conformance.engine.scenario import Scenario, scenarios


def recordable(vendor: Vendor, mode: str | None = None) -> tuple[Scenario, ...]:
    """The scenarios of ``vendor`` in ``mode``; a tour of its operations when it has none of its own."""
    return scenarios(vendor.name, mode) or (() if scenarios(vendor.name) else (tour(vendor, mode),))


def tour(vendor: Vendor, mode: str | None = None) -> Scenario:
    """The smallest valid request of every operation, one after another, in the order of the semantics."""
    here = mode_of(vendor, mode)
    calls = [call for call in vendor.semantics.operations.values() if not call.modes or here in call.modes]

    def go(journey: Journey) -> None:
        for call in calls:
            with journey.step(call.id):
                journey.api.expect_success(journey.api.send(build(journey.api, call.id)))

    steps = {call.id: f"The smallest valid request of {call.id} succeeds." for call in calls}
    return Scenario("tour", "Call every operation once, as the semantics say.", steps, go)
