"""What only a generated request shows."""

from __future__ import annotations

from conformance.mocks.instabase.server import Instabase
from conformance.mocks.kit.bending import asks, bend_answers, mend_requests, with_status, without_lists
from conformance.mocks.kit.deviations import deviation


@deviation("refiner-status-accepted", clauses=(), case="instabase/getJobStatus/contract/generated-valid")
def refiner_status_accepted(server: Instabase) -> None:
    """The status of a refiner job is answered as accepted."""
    bend_answers(server, "getJobStatus", asks("type", "refiner"), with_status(202))


@deviation("listed-path-passed-over", clauses=(), case="instabase/runFlowAsync/contract/generated-invalid")
def listed_path_passed_over(server: Instabase) -> None:
    """A path of a flow that is a list is taken for none."""
    mend_requests(server, "runFlowAsync", without_lists("ibflow_path"))
