"""Executions of earlier days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from conformance.mocks.kit.ids import Ids
from conformance.mocks.smartflows.records import ENDED, Execution, Flow, User

COUNT = 57
DOCUMENTED = 1
"""The number of an execution that has succeeded, and whose document is still there."""
ENDINGS = (("Running", "Canceled"), ("Queued", "Running", "Interrupted"))


def all_of(ids: Ids, users: Sequence[User], flows: Sequence[Flow], now: datetime) -> Iterator[Execution]:
    """Executions that have ended or wait for somebody, the oldest first."""
    began = now - timedelta(days=30)
    for number in range(COUNT):
        flow = flows[number % 12]
        course = flow.course if number % 5 else ENDINGS[number % len(ENDINGS)]
        yield _execution(ids, number, flow, course, users[number % len(users)], began + timedelta(hours=11 * number))


def document_id(ids: Ids) -> str:
    """The id of a document that one of the executions made."""
    return ids.named("document", DOCUMENTED)


def _execution(ids: Ids, number: int, flow: Flow, course: tuple[str, ...], user: User, moment: datetime) -> Execution:
    halts = [at for at, status in enumerate(course) if status in ("UserInput", "Waiting", "SelectFlow")]
    at = halts[0] if halts else len(course) - 1
    stages = [(status, moment + timedelta(seconds=30 * part)) for part, status in enumerate(course[: at + 1])]
    return Execution(
        key=ids.named("execution", number),
        flow=flow,
        course=course,
        created_by=user,
        created_at=moment,
        modified_by=user,
        modified_at=stages[-1][1],
        since=stages[-1][1],
        input_data={},
        at=at,
        stages=stages,
        percentage=100 if course[at] in ENDED else 50 * min(at, 1),
    )
