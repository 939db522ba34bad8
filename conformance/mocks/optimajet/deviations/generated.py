"""What only a generated request shows."""

from __future__ import annotations

from conformance.mocks.kit.bending import bend_answers, mend_requests, with_status, without_lists
from conformance.mocks.kit.deviations import deviation
from conformance.mocks.optimajet.server import OptimaJet


@deviation("searched-instances-in-part", clauses=(), case="optimajet/getInstances/contract/generated-valid")
def searched_instances_in_part(server: OptimaJet) -> None:
    """A list of instances that is searched is answered as partial content."""
    bend_answers(server, "getInstances", lambda request: b'"search"' in request.body, with_status(206))


@deviation("listed-take-passed-over", clauses=(), case="optimajet/getInstances/contract/generated-invalid")
def listed_take_passed_over(server: OptimaJet) -> None:
    """A number of instances that is a list is taken for none."""
    mend_requests(server, "getInstances", without_lists("take"))
