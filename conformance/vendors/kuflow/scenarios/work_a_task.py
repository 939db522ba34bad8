"""Working a task from claim to completion."""

from __future__ import annotations

from kuflow_client import Client, File
from kuflow_client.api.process import download_process_document, upload_process_document
from kuflow_client.api.process_item import (
    claim_process_item_task,
    complete_process_item_task,
    patch_process_item_task_data,
    update_process_item_task_data,
)
from kuflow_client.models import (
    DocumentReference,
    JsonPatchOperation,
    JsonPatchOperationType,
    JsonValue,
    ProcessItem,
    ProcessItemTask,
    ProcessItemTaskDataUpdateParams,
    ProcessItemTaskState,
)

from conformance.engine.journey import Journey
from conformance.engine.outcome import expect_equal
from conformance.engine.scenario import scenario
from conformance.vendors.kuflow.scenarios._starting import started, with_task

REPORT = b"%PDF-1.7 what was found"


@scenario(
    {
        "claimed": "A task that is claimed is CLAIMED.",
        "filled-in": "Data that satisfy the schema of the task are kept, and valid.",
        "document-kept": "A document that was uploaded is downloaded with the same bytes.",
        "patched": "A JSON Patch puts the document into the data beside what is there.",
        "completed": "The task that is completed is COMPLETED.",
    },
    effect="starts-execution",
)
def work_a_task(journey: Journey) -> None:
    """Claim a task, fill in its data, add a document by a JSON Patch, and complete it."""
    client = journey.client(Client)
    process = started(journey, client)
    item = with_task(journey, client, process)

    with journey.step("claimed"):
        task = task_of(journey, claim_process_item_task.sync(item.id, client=client))
        expect_equal(task.state, ProcessItemTaskState.CLAIMED, "state")

    answers = journey.fixture("valid_task_data")
    with journey.step("filled-in"):
        update = ProcessItemTaskDataUpdateParams(data=JsonValue(value=answers))
        data = data_of(journey, update_process_item_task_data.sync(item.id, client=client, body=update))
        expect_equal(data.value, answers, "data")
        expect_equal(data.valid, True, "valid")

    with journey.step("document-kept"):
        stored = journey.got(
            DocumentReference,
            upload_process_document.sync(
                process.id,
                client=client,
                body=File(REPORT),
                file_content_type="application/pdf",
                file_name="report.pdf",
            ),
        )
        uri = stored.document_uri
        found = journey.got(File, download_process_document.sync(process.id, client=client, document_uri=uri))
        expect_equal(found.read(), REPORT, "document")

    name = journey.fixture("document_property")
    with journey.step("patched"):
        patch = [JsonPatchOperation(op=JsonPatchOperationType.ADD, path=f"/{name}", value=uri)]
        data = data_of(journey, patch_process_item_task_data.sync(item.id, client=client, body=patch))
        expect_equal(sorted(data.value), sorted([*answers, name]), "properties")

    with journey.step("completed"):
        task = task_of(journey, complete_process_item_task.sync(item.id, client=client))
        expect_equal(task.state, ProcessItemTaskState.COMPLETED, "state")


def task_of(journey: Journey, parsed: object) -> ProcessItemTask:
    """The task that a reply shows."""
    return journey.got(ProcessItemTask, journey.got(ProcessItem, parsed).task)


def data_of(journey: Journey, parsed: object) -> JsonValue:
    """The data of the task that a reply shows."""
    return journey.got(JsonValue, task_of(journey, parsed).data)
