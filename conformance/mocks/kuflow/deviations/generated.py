"""What only a generated request shows."""

from __future__ import annotations

from conformance.mocks.kit.bending import asks, bend_answers, mend_requests, with_status, without_lists
from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kuflow.server import KuFlow


@deviation("system-principals-in-part", clauses=(), case="kuflow/findPrincipals/contract/generated-valid")
def system_principals_in_part(server: KuFlow) -> None:
    """A list of the principals of type SYSTEM is answered as partial content."""
    bend_answers(server, "findPrincipals", asks("type", "SYSTEM"), with_status(206))


@deviation("listed-initiator-passed-over", clauses=(), case="kuflow/createProcess/contract/generated-invalid")
def listed_initiator_passed_over(server: KuFlow) -> None:
    """An initiator that is a list is taken for none."""
    mend_requests(server, "createProcess", without_lists("initiatorId"))
