"""Data that are marked wrong."""

from __future__ import annotations

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.records import JsonData
from conformance.mocks.kuflow.server import KuFlow

TASK_DATA = "kuflow/updateProcessItemTaskData/validity"


@deviation(
    "invalid-data-marked-valid",
    clauses=("KF-058", "KF-065", "KF-072", "KF-079", "KF-116"),
    case=f"{TASK_DATA}/breaks",
)
def invalid_data_marked_valid(server: KuFlow) -> None:
    """Data are marked valid whatever is wrong with them."""
    server.rules.json.valid = lambda _: True


@deviation(
    "errors-of-invalid-data-left-out",
    clauses=("KF-058", "KF-065", "KF-072", "KF-079", "KF-116"),
    case=f"{TASK_DATA}/breaks",
)
def errors_of_invalid_data_left_out(server: KuFlow) -> None:
    """Data that break their schema are marked invalid without a word of what is wrong."""
    honest = server.rules.views.json_data

    def json_data(server: KuFlow, data: JsonData) -> Json:
        return {name: value for name, value in honest(server, data).items() if name != "errors"}

    server.rules.views.json_data = json_data


@deviation(
    "valid-data-marked-invalid",
    clauses=("KF-058a", "KF-065a", "KF-072a", "KF-078a", "KF-115a"),
    case=f"{TASK_DATA}/fits",
)
def valid_data_marked_invalid(server: KuFlow) -> None:
    """Data are marked invalid even when nothing is wrong with them."""
    server.rules.json.valid = lambda _: False
