"""What only a generated request shows."""

from __future__ import annotations

from conformance.mocks.kit.bending import asks, bend_answers, mend_requests, with_status, without_repeated
from conformance.mocks.kit.deviations import deviation
from conformance.mocks.pliant.server import Pliant


@deviation("waiting-run-accepted", clauses=(), case="pliant/triggerWorkflow/contract/generated-valid")
def waiting_run_accepted(server: Pliant) -> None:
    """A trigger that waits is answered as accepted."""
    bend_answers(server, "triggerWorkflow", asks("sync", "true"), with_status(202))


@deviation("repeated-sync-passed-over", clauses=(), case="pliant/triggerWorkflow/contract/generated-invalid")
def repeated_sync_passed_over(server: Pliant) -> None:
    """A word that says twice whether to wait is taken for none."""
    mend_requests(server, "triggerWorkflow", without_repeated("sync"))
