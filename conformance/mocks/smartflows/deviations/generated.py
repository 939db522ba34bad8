"""What only a generated request shows."""

from __future__ import annotations

from conformance.mocks.kit.bending import asks, bend_answers, mend_requests, with_status, without_repeated
from conformance.mocks.kit.deviations import deviation
from conformance.mocks.smartflows.server import SmartFlows


@deviation("second-page-in-part", clauses=(), case="smartflows/findExecutions/contract/generated-valid")
def second_page_in_part(server: SmartFlows) -> None:
    """The second page of executions is answered as partial content."""
    bend_answers(server, "findExecutions", asks("page", "1"), with_status(206))


@deviation("repeated-page-passed-over", clauses=(), case="smartflows/findExecutions/contract/generated-invalid")
def repeated_page_passed_over(server: SmartFlows) -> None:
    """A number of a page that is sent twice is taken for none."""
    mend_requests(server, "findExecutions", without_repeated("page"))
