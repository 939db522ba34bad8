"""All rules of the server. Each is a field whose default is the honest function; a deviation assigns another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from conformance.mocks.kit.http import Reply
from conformance.mocks.optimajet.access import AccessRules
from conformance.mocks.optimajet.boxes import BoxRules
from conformance.mocks.optimajet.commands import CommandRules
from conformance.mocks.optimajet.envelope import EnvelopeRules
from conformance.mocks.optimajet.fields import FieldRules
from conformance.mocks.optimajet.identity_server import IdentityRules
from conformance.mocks.optimajet.instances import InstanceRules
from conformance.mocks.optimajet.listings import ListRules
from conformance.mocks.optimajet.progress import ProgressRules
from conformance.mocks.optimajet.views import ViewRules


def finish(_: str, reply: Reply) -> Reply:
    """The last word on a reply of an operation."""
    return reply


@dataclass
class Rules:
    """The rules by domain, and the last word on every reply."""

    access: AccessRules = field(default_factory=AccessRules)
    identity: IdentityRules = field(default_factory=IdentityRules)
    fields: FieldRules = field(default_factory=FieldRules)
    envelope: EnvelopeRules = field(default_factory=EnvelopeRules)
    instances: InstanceRules = field(default_factory=InstanceRules)
    commands: CommandRules = field(default_factory=CommandRules)
    progress: ProgressRules = field(default_factory=ProgressRules)
    boxes: BoxRules = field(default_factory=BoxRules)
    lists: ListRules = field(default_factory=ListRules)
    views: ViewRules = field(default_factory=ViewRules)
    finish: Callable[[str, Reply], Reply] = finish
