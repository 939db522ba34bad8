"""The workflow schemes that the server knows: activities, and the transitions that commands trigger."""

from __future__ import annotations

from dataclasses import dataclass

INITIALIZED, RUNNING, IDLED, FINALIZED, TERMINATED, ERROR = range(6)
"""The instance statuses, as the wire has them."""
ENDED = frozenset({FINALIZED, TERMINATED, ERROR})
NOT_SPECIFIED, DIRECT, REVERSE = "NotSpecified", "Direct", "Reverse"
AUTHOR, MANAGER = "author", "manager"
"""The roles that transitions are restricted to; each is one identity of the seeded data."""


@dataclass(frozen=True)
class Activity:
    """A place in a scheme; ``status`` is the instance status of a process that rests there."""

    name: str
    state: str
    status: int = IDLED
    settable: bool = True
    form: str = ""


@dataclass(frozen=True)
class Parameter:
    """A parameter that a command takes."""

    name: str
    required: bool = False
    type: str = "String"


@dataclass(frozen=True)
class Transition:
    """A command that leads from one activity to another; only ``role`` may give it, or anyone when empty."""

    command: str
    source: str
    target: str
    classifier: str = DIRECT
    role: str = ""
    parameters: tuple[Parameter, ...] = ()


@dataclass(frozen=True)
class Scheme:
    """A workflow; the first activity is the initial one."""

    code: str
    activities: tuple[Activity, ...]
    transitions: tuple[Transition, ...]
    tags: tuple[str, ...] = ()

    @property
    def initial(self) -> Activity:
        """Where a process begins."""
        return self.activities[0]

    def activity(self, name: str) -> Activity:
        """The activity called ``name``, which exists."""
        return next(activity for activity in self.activities if activity.name == name)

    def settable(self, state: str) -> Activity | None:
        """The activity that setting ``state`` leads to, if there is one."""
        return next((item for item in self.activities if item.settable and item.state == state), None)

    def leaving(self, activity: str) -> tuple[Transition, ...]:
        """The transitions out of an activity."""
        return tuple(item for item in self.transitions if item.source == activity)


COMMENT = Parameter("Comment")
REVIEW = Scheme(
    "TestScheme",
    (
        Activity("DraftActivity", "Draft", form="DraftForm"),
        Activity("ReviewActivity", "Review", form="ReviewForm"),
        Activity("ApprovedActivity", "Approved", FINALIZED, form="ResultForm"),
        Activity("WithdrawnActivity", "Withdrawn", FINALIZED, settable=False, form="ResultForm"),
    ),
    (
        Transition("submit", "DraftActivity", "ReviewActivity", DIRECT, AUTHOR),
        Transition("withdraw", "DraftActivity", "WithdrawnActivity", NOT_SPECIFIED, AUTHOR),
        Transition("approve", "ReviewActivity", "ApprovedActivity", DIRECT, MANAGER, (COMMENT,)),
        Transition("reject", "ReviewActivity", "DraftActivity", REVERSE, MANAGER, (COMMENT,)),
    ),
    ("document", "approval"),
)
TROUBLE = Scheme(
    "TroubleScheme",
    (
        Activity("StartActivity", "Started"),
        Activity("FailedActivity", "Failed", ERROR, settable=False),
        Activity("StoppedActivity", "Stopped", TERMINATED, settable=False),
    ),
    (
        Transition("fail", "StartActivity", "FailedActivity", NOT_SPECIFIED),
        Transition("stop", "StartActivity", "StoppedActivity", NOT_SPECIFIED),
    ),
    ("document",),
)
SCHEMES = {scheme.code: scheme for scheme in (REVIEW, TROUBLE)}
FLOW = "DocumentFlow"
"""The business flow, of processes of the first scheme."""
