"""The flows of the project: one for each way that an execution can go, and enough others to fill two pages."""

from __future__ import annotations

from datetime import datetime, timedelta

from conformance.mocks.kit.ids import Ids
from conformance.mocks.smartflows.records import Element, Flow, User

CUSTOMER = Element(
    "Customer",
    (
        Element("Name"),
        Element("City", optional=True),
        Element("Order", (Element("Number"), Element("Note", optional=True)), optional=True, repeats=True),
    ),
)
VALID = (
    "<Customer><Name>Ad\u00e8le &amp; Co</Name>"
    "<Order><Number>7</Number></Order><Order><Number>8</Number><Note/></Order></Customer>"
)
UNFIT = "<Customer><Order><Number>7</Number></Order></Customer>"
MALFORMED = "<Customer><Name>Ada</Customer>"
QUESTIONS = (("55c8256f-1984-4fe7-870b-000000000001", "Gent"), ("55c8256f-1984-4fe7-870b-000000000002", "monthly"))
COURSES = {
    "echo": ("Running", "Success"),
    "plain": ("Running", "Success"),
    "queued": ("Queued", "Running", "Success"),
    "form": ("Running", "UserInput", "Running", "Success"),
    "signature": ("Running", "Waiting", "Running", "Success"),
    "launcher": ("SelectFlow",),
    "warning": ("Running", "Warning"),
    "error": ("Running", "Error"),
    "endless": ("Running", "Running", "Interrupted"),
}
"""What an execution of each flow goes through."""
LETTERS = 36


def all_of(ids: Ids, author: User, now: datetime) -> list[Flow]:
    """The flows, the oldest first."""
    began = now - timedelta(days=90)
    special = [_flow(ids, name, course, author, began) for name, course in COURSES.items()]
    return special + [_letter(ids, number, author, began) for number in range(LETTERS)]


def flow_id(ids: Ids, name: str) -> str:
    """The id of a flow."""
    return ids.named("flow", name)


def _flow(ids: Ids, name: str, course: tuple[str, ...], author: User, began: datetime) -> Flow:
    return Flow(
        key=flow_id(ids, name),
        name=f"Flow {name}",
        description=f"Goes {', '.join(course)}",
        course=course,
        author=author,
        created_at=began + timedelta(hours=list(COURSES).index(name)),
        dataset=CUSTOMER if name == "echo" else None,
        asks=QUESTIONS if name == "form" else (),
    )


def _letter(ids: Ids, number: int, author: User, began: datetime) -> Flow:
    name = f"Letter {(number * 7) % LETTERS:02}"
    moment = began + timedelta(days=1 + number)
    kind = "monthly" if number % 3 else "yearly"
    return Flow(flow_id(ids, name), name, f"A {kind} letter", COURSES["plain"], author, moment)
