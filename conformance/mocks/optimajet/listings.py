"""Lists of instances and schemes, forms, and the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.mocks.kit.http import Detail, Refusal, Reply
from conformance.mocks.kit.model import Json
from conformance.mocks.optimajet.envelope import ok
from conformance.mocks.optimajet.fields import invalid
from conformance.mocks.optimajet.instances import missing, of_tenant
from conformance.mocks.optimajet.records import Instance
from conformance.mocks.optimajet.schemes import FLOW, REVIEW, SCHEMES, Activity, Scheme
from conformance.mocks.optimajet.views import SUMMARY

if TYPE_CHECKING:
    from conformance.mocks.optimajet.server import Call, OptimaJet

TAKE, SKIP, LARGE = 10, 0, 30
STATUSES = ("Initialized", "Running", "Idled", "Finalized", "Terminated", "Error")
LEVELS = {"logInfo": "info", "logError": "error", "logDebug": "debug"}


def take(server: OptimaJet, sent: int | None) -> int:
    """How many instances come."""
    asked = _whole(server, "take", sent, TAKE)
    if asked > LARGE and server.choices["large_page"] == "refused":
        raise invalid(f"take: more than {LARGE}")
    return min(asked, LARGE) if server.choices["large_page"] == "capped" else asked


def skip(server: OptimaJet, sent: int | None) -> int:
    """How many instances are left out before them."""
    return _whole(server, "skip", sent, SKIP)


def _whole(server: OptimaJet, name: str, sent: int | None, default: int) -> int:
    if sent is not None and sent < 0 and server.choices["odd_page"] == "refused":
        raise invalid(f"{name}: below zero")
    return default if sent is None or sent < 0 else sent


def has_status(server: OptimaJet, instance: Instance, wanted: int | str | None) -> bool:
    """Whether an instance has a status, given by number or name."""
    if wanted in (None, ""):
        return True
    number = server.rules.progress.status(server, instance)
    return str(wanted).lower() in (str(number), STATUSES[number].lower())


def matches(instance: Instance, text: str | None) -> bool:
    """Whether an instance's id, scheme or state holds a text."""
    held = (instance.id, instance.scheme.code, instance.activity.state, instance.activity.name)
    return not text or any(text.lower() in item.lower() for item in held)


def ordered(server: OptimaJet, rows: list[Instance], sort: str | None) -> list[Instance]:
    """The instances as asked for (``SchemeCode`` or ``StateName desc``), else as they were created."""
    name, _, direction = (sort or "").partition(" ")
    if not name:
        return rows
    summary = server.rules.views.summary
    if name not in SUMMARY:
        raise invalid(f"sort: there is no {name}")
    return sorted(rows, key=lambda row: str(summary(server, row).get(name)), reverse=direction.lower() == "desc")


def tagged(_: OptimaJet, scheme: Scheme, tags: str | None) -> bool:
    """Whether a scheme has one of the tags, separated by commas."""
    wanted = {tag.strip().lower() for tag in (tags or "").split(",") if tag.strip()}
    return not wanted or bool(wanted & set(scheme.tags))


def form_of(activity: Activity) -> str:
    """The name of the form of an activity."""
    return activity.form


@dataclass
class ListRules:
    """What lists show."""

    take: Callable[[OptimaJet, int | None], int] = take
    skip: Callable[[OptimaJet, int | None], int] = skip
    has_status: Callable[[OptimaJet, Instance, int | str | None], bool] = has_status
    tagged: Callable[[OptimaJet, Scheme, str | None], bool] = tagged
    form: Callable[[Activity], str] = form_of


async def instances(server: OptimaJet, call: Call) -> Reply:
    """A part of the instances."""
    rules, fields = server.rules.lists, call.fields
    known = {*STATUSES, *map(str, range(len(STATUSES)))}
    refused = server.choices["unknown_filter"] == "refused"
    if refused and fields.status not in (None, "") and str(fields.status) not in known:
        raise invalid("status: there is no such status")
    looked_through = server.rules.instances.listed(server, call.operation)
    rows = [row for row in looked_through if rules.has_status(server, row, fields.status)]
    rows = [row for row in rows if matches(row, fields.search) and of_tenant(row, fields.tenantid)]
    rows = ordered(server, rows, fields.sort)
    first = rules.skip(server, fields.skip)
    page = rows[first : first + rules.take(server, fields.take)]
    return ok(server, call.operation, [server.rules.views.summary(server, row) for row in page])


async def schemes(server: OptimaJet, call: Call) -> Reply:
    """The codes of the schemes, of some tags if they are named."""
    tags = call.fields.tags
    return ok(
        server,
        call.operation,
        [scheme.code for scheme in SCHEMES.values() if server.rules.lists.tagged(server, scheme, tags)],
    )


async def form(server: OptimaJet, call: Call) -> Reply:
    """The form of a business flow in the state of a process, or in its first state."""
    if call.name != FLOW:
        raise Refusal(404, "There is no such business flow", (Detail("FlowNotFound", ""),))
    activity = REVIEW.initial
    if call.fields.processid:
        instance = server.store.instances.get(call.fields.processid)
        if instance is None or not of_tenant(instance, call.fields.tenantid):
            raise missing()
        activity = instance.activity
    told: Json = {"Name": server.rules.lists.form(activity), "Source": f"<Form state='{activity.state}'/>"}
    return ok(server, call.operation, told)


async def write_log(server: OptimaJet, call: Call) -> Reply:
    """Write a line to one of the logs."""
    level = next(level for name, level in LEVELS.items() if call.operation.startswith(name))
    server.store.log.append((level, call.fields.message))
    return ok(server, call.operation)
