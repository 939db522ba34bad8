"""Records as the wire shows them, in PascalCase."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.mocks.kit.clock import rfc3339
from conformance.mocks.kit.model import Json
from conformance.mocks.optimajet.records import Instance, Step
from conformance.mocks.optimajet.schemes import (
    DIRECT,
    FINALIZED,
    REVERSE,
    Activity,
    Parameter,
    Scheme,
    Transition,
)

if TYPE_CHECKING:
    from conformance.mocks.optimajet.server import OptimaJet

SUMMARY = frozenset(
    {
        *("Id", "StateName", "ActivityName", "SchemeId", "SchemeCode"),
        *("PreviousState", "PreviousStateForDirect", "PreviousStateForReverse"),
        *("PreviousActivity", "PreviousActivityForDirect", "PreviousActivityForReverse"),
        *("ParentProcessId", "RootProcessId", "ProcessParameters", "InstanceStatus"),
    }
)
"""The properties of a ProcessInstance with its status, whether they are shown or absent."""


def shown(server: OptimaJet, value: Json) -> Json:
    """``value`` with its absent properties as chosen."""
    if server.choices["absent_properties"] == "null":
        return value
    return {name: item for name, item in value.items() if item is not None}


def _last(instance: Instance, classifier: str = "") -> Activity | None:
    """The activity that the last step (of a classifier) left."""
    left = [step.source for step in instance.steps if classifier in ("", step.classifier)]
    return left[-1] if left else None


def instance(server: OptimaJet, record: Instance) -> Json:
    """A ProcessInstance."""
    previous = {
        "": _last(record),
        "ForDirect": _last(record, DIRECT),
        "ForReverse": _last(record, REVERSE),
    }
    return shown(
        server,
        {
            "Id": record.id,
            "StateName": record.activity.state,
            "ActivityName": record.activity.name,
            "SchemeId": server.seed_ids.named("scheme", record.scheme.code),
            "SchemeCode": record.scheme.code,
            **{f"PreviousState{kind}": item and item.state for kind, item in previous.items()},
            **{f"PreviousActivity{kind}": item and item.name for kind, item in previous.items()},
            "ParentProcessId": None,
            "RootProcessId": record.id,
            "ProcessParameters": record.parameters,
        },
    )


def summary(server: OptimaJet, record: Instance) -> Json:
    """A ProcessInstance with its status."""
    return server.rules.views.instance(server, record) | {
        "InstanceStatus": server.rules.progress.status(server, record)
    }


def info(server: OptimaJet, record: Instance) -> Json:
    """A ProcessInfo: the instance, its status, and how it came there."""
    rules = server.rules.views
    return rules.summary(server, record) | {
        "Transitions": [rules.transition(server, record, step) for step in record.steps],
        "History": [rules.history(server, record, step, order) for order, step in enumerate(record.steps, 1)],
    }


def transition(server: OptimaJet, record: Instance, step: Step) -> Json:
    """A Transition."""
    return shown(
        server,
        {
            "ProcessId": record.id,
            "ActorIdentityId": step.actor,
            "ExecutorIdentityId": step.executor,
            "FromActivityName": step.source.name,
            "FromStateName": step.source.state,
            "IsFinalised": step.target.status == FINALIZED,
            "ToActivityName": step.target.name,
            "ToStateName": step.target.state,
            "TransitionClassifier": step.classifier,
            "TransitionTime": rfc3339(step.at),
            "TriggerName": step.command or None,
        },
    )


def history(server: OptimaJet, record: Instance, step: Step, order: int) -> Json:
    """A HistoryItem."""
    return shown(
        server,
        {
            "Id": step.id,
            "ProcessId": record.id,
            "IdentityId": step.executor,
            "AllowedToEmployeeNames": None,
            "TransitionTime": rfc3339(step.at),
            "Order": order,
            "InitialState": step.source.state,
            "DestinationState": step.target.state,
            "Command": step.command or None,
        },
    )


def command(server: OptimaJet, record: Instance, offered: Transition, identities: list[str]) -> Json:
    """A Command that is available in a process."""
    return {
        "CommandName": offered.command,
        "LocalizedName": offered.command.capitalize(),
        "Classifier": offered.classifier,
        "IsForSubprocess": False,
        "ValidForStateName": record.activity.state,
        "ValidForActivityName": record.activity.name,
        "ProcessId": record.id,
        "Identities": identities,
        "Parameters": [_parameter(server, record, item) for item in offered.parameters],
    }


def _parameter(server: OptimaJet, record: Instance, item: Parameter) -> Json:
    return shown(
        server,
        {
            "ParameterName": item.name,
            "LocalizedName": item.name,
            "TypeName": item.type,
            "IsRequired": item.required,
            "DefaultValue": None,
            "ValidForActivityName": record.activity.name,
            "ProcessId": record.id,
        },
    )


def state(_: OptimaJet, scheme: Scheme, activity: Activity) -> Json:
    """A State that can be set."""
    return {"Name": activity.state, "VisibleName": activity.state, "SchemeCode": scheme.code}


@dataclass
class ViewRules:
    """How records look on the wire."""

    instance: Callable[[OptimaJet, Instance], Json] = instance
    summary: Callable[[OptimaJet, Instance], Json] = summary
    info: Callable[[OptimaJet, Instance], Json] = info
    transition: Callable[[OptimaJet, Instance, Step], Json] = transition
    history: Callable[[OptimaJet, Instance, Step, int], Json] = history
    command: Callable[[OptimaJet, Instance, Transition, list[str]], Json] = command
    state: Callable[[OptimaJet, Scheme, Activity], Json] = state
