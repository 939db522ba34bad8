"""Data that are marked wrong."""

from __future__ import annotations

from jsonschema_rs import Validator

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.records import JsonData, Process
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


@deviation("one-error-is-none", clauses=("KF-072", "KF-116"), case=f"{TASK_DATA}/breaks")
def one_error_is_none(server: KuFlow) -> None:
    """Data with a single error are marked valid."""
    server.rules.json.valid = lambda data: len(data.errors) < 2


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


@deviation("invalid-once-invalid-for-good", clauses=("KF-072a", "KF-115a"), case=f"{TASK_DATA}/mended")
def invalid_once_invalid_for_good(server: KuFlow) -> None:
    """Data that are saved over invalid ones are marked invalid as well."""
    honest, honest_kept = server.rules.json.stored, server.rules.json.kept
    before: list[JsonData | None] = []

    def kept(operation: str, current: JsonData | None, value: Json) -> Json:
        before[:] = [current]
        return honest_kept(operation, current, value)

    def stored(
        server: KuFlow, operation: str, process: Process | None, schema: Validator | None, value: Json
    ) -> JsonData:
        saved = honest(server, operation, process, schema, value)
        current = before.pop() if before else None
        return JsonData(saved.value, saved.errors or current.errors) if current else saved

    server.rules.json.kept, server.rules.json.stored = kept, stored


@deviation("error-pointers-dotted", clauses=("KF-058b",), case="kuflow/createProcessItem/validity/errors-lead")
def error_pointers_dotted(server: KuFlow) -> None:
    """An error names its property with dots."""
    honest = server.rules.json.problems
    server.rules.json.problems = lambda operation, schema, value: [
        {**one, "propertyPath": one["propertyPath"].strip("/").replace("/", ".")}
        for one in honest(operation, schema, value)
    ]


def _mark_valid(server: KuFlow, name: str) -> None:
    """Let data that one operation saves be marked valid, whatever errors they show."""
    honest_stored, honest_valid, made = server.rules.json.stored, server.rules.json.valid, list[JsonData]()

    def stored(
        server: KuFlow, operation: str, process: Process | None, schema: Validator | None, value: Json
    ) -> JsonData:
        data = honest_stored(server, operation, process, schema, value)
        made.extend([data] if operation == name else [])
        return data

    server.rules.json.stored = stored
    server.rules.json.valid = lambda data: any(data is one for one in made) or honest_valid(data)


@deviation("new-metadata-marked-valid", clauses=("KF-058c",), case="kuflow/createProcess/validity/breaks")
def new_metadata_marked_valid(server: KuFlow) -> None:
    """Metadata that a process is started with are marked valid whatever is wrong with them."""
    _mark_valid(server, "createProcess")


@deviation("new-task-data-marked-valid", clauses=("KF-058c",), case="kuflow/createProcessItem/validity/breaks")
def new_task_data_marked_valid(server: KuFlow) -> None:
    """Data that a task is created with are marked valid whatever is wrong with them."""
    _mark_valid(server, "createProcessItem")
