"""What shows only on a user's way: each call is right by itself."""

from __future__ import annotations

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kuflow.records import Item
from conformance.mocks.kuflow.server import Call, KuFlow


@deviation("document-keeps-the-task-open", clauses=("KF-110",), case="kuflow/api/scenario/work-a-task/completed")
def document_keeps_the_task_open(server: KuFlow) -> None:
    """A task whose data link a document is not completed."""
    honest = server.rules.items.set_state

    def set_state(server: KuFlow, call: Call, item: Item, state: str) -> Item:
        data = item.task.data if item.task else None
        linked = data is not None and "attachment" in data.value
        return item if state == "COMPLETED" and linked else honest(server, call, item, state)

    server.rules.items.set_state = set_state
