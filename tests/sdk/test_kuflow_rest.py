"""KuFlow's own Python library, used as its users use it, against the mock.

Runs in the tox environment ``sdk`` only, where that library is installed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from azure.core.exceptions import ResourceNotFoundError
from kuflow_rest import KuFlowRestClient, models

from conformance.mocks.embedded import Running, embedded
from conformance.mocks.kit.model import Settings

pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    with embedded("kuflow", Settings(seed=11)) as mock:
        yield mock


@pytest.fixture(scope="module")
def client(running: Running) -> KuFlowRestClient:
    parts = urlsplit(running.url)
    auth = running.environment["auth"]
    return KuFlowRestClient(
        client_id=auth["username"],
        client_secret=auth["password"],
        endpoint=f"{parts.scheme}://{parts.netloc}",
        allow_insecure_connection=True,
    )


@pytest.fixture(scope="module")
def fixtures(running: Running) -> dict[str, Any]:
    return dict(running.environment["fixtures"])


@pytest.fixture
def statuses() -> list[int]:
    return []


@pytest.fixture
def noted(statuses: list[int]) -> dict[str, Callable[[Any], None]]:
    """The option with which the library tells the status of each raw reply."""
    return {"raw_response_hook": lambda reply: statuses.append(reply.http_response.status_code)}


def test_pages_hold_the_whole_population(client: KuFlowRestClient) -> None:
    first = client.principal.find_principals(size=400)
    seen = [item.id for item in first.content]
    for page in range(1, first.metadata.total_pages):
        seen += [item.id for item in client.principal.find_principals(size=400, page=page).content]
    assert len(seen) == first.metadata.total_elements >= 1000
    assert len(set(seen)) == len(seen)


def test_two_sort_keys_both_count(client: KuFlowRestClient) -> None:
    page = client.principal.find_principals(size=1000, sort=["name,asc", "id,desc"])
    names = [item.name for item in page.content]
    assert names == sorted(names)
    ties = [(a, b) for a, b in zip(page.content, page.content[1:], strict=False) if a.name == b.name]
    assert ties
    assert all(str(a.id) > str(b.id) for a, b in ties)


def test_a_process_created_twice_is_one(
    client: KuFlowRestClient, fixtures: dict[str, Any], statuses: list[int], noted: dict[str, Any]
) -> None:
    wanted = models.ProcessCreateParams(id=str(uuid4()), process_definition_id=fixtures["process_definition_id"])
    first = client.process.create_process(wanted, **noted)
    again = client.process.create_process(wanted, **noted)
    assert statuses == [201, 200]
    assert first.id == again.id == wanted.id
    assert again.state == models.ProcessState.RUNNING


def test_a_task_goes_from_ready_to_completed(client: KuFlowRestClient, fixtures: dict[str, Any]) -> None:
    process = client.process.create_process(
        models.ProcessCreateParams(process_definition_id=fixtures["process_definition_id"])
    )
    item = client.process_item.create_process_item(
        models.ProcessItemCreateParams(
            type=models.ProcessItemType.TASK,
            process_id=process.id,
            task=models.ProcessItemTaskCreateParams(task_definition_code=fixtures["task_definition_code"]),
        )
    )
    assert item.task.state == models.ProcessItemTaskState.READY
    claimed = client.process_item.claim_process_item_task(item.id)
    assert claimed.task.state == models.ProcessItemTaskState.CLAIMED
    assert claimed.owner_id == fixtures["principal_id"]
    done = client.process_item.complete_process_item_task(item.id)
    assert done.task.state == models.ProcessItemTaskState.COMPLETED
    found = client.process_item.find_process_items(process_id=process.id)
    assert [(one.id, one.task.state) for one in found.content] == [(item.id, models.ProcessItemTaskState.COMPLETED)]


def test_completing_a_process_twice_changes_nothing(client: KuFlowRestClient, fixtures: dict[str, Any]) -> None:
    process = client.process.create_process(
        models.ProcessCreateParams(process_definition_id=fixtures["process_definition_id"])
    )
    once = client.process.complete_process(process.id)
    twice = client.process.complete_process(process.id)
    assert once.state == twice.state == models.ProcessState.COMPLETED


def test_a_worker_is_updated_by_its_identity(
    client: KuFlowRestClient, statuses: list[int], noted: dict[str, Any]
) -> None:
    identity = f"sdk-{uuid4()}"

    def register(queue: str) -> Any:
        params = models.WorkerCreateParams(
            identity=identity, task_queue=queue, hostname="sdk.example", ip="192.0.2.7", workflow_types=["a"]
        )
        return client.worker.create_worker(params, **noted)

    first, second = register("one"), register("two")
    assert statuses == [201, 200]
    assert first.id == second.id
    assert second.task_queue == "two"


def test_an_unknown_id_is_the_librarys_own_error(client: KuFlowRestClient) -> None:
    with pytest.raises(ResourceNotFoundError) as caught:
        client.process.retrieve_process(str(uuid4()))
    assert caught.value.status_code == 404
    assert caught.value.model is None or caught.value.model.status == 404
