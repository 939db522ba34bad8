"""The data a server starts with; it derives from the seed alone."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta

from conformance.mocks.kit.ids import Ids
from conformance.mocks.optimajet.records import Instance, Step, Store
from conformance.mocks.optimajet.schemes import REVIEW

COUNT = 14
"""How many instances there are: more than a page of the default size."""


def seed_ids(seed: int) -> Ids:
    """The ids of the data that a seed gives."""
    return Ids("optimajet-seed", seed)


def identity(ids: Ids, role: str) -> str:
    """The identity that has a role."""
    return f"{role}-{ids.named('identity', role)[:8]}"


def access_token(ids: Ids) -> str:
    """The access token of the modes that have one."""
    parts = b"".join(bytes.fromhex(ids.named("access token", part).replace("-", "")) for part in range(5))
    return base64.b64encode(parts, b"aZ").decode().rstrip("=")


def instance_id(ids: Ids, number: int) -> str:
    """The id of a seeded instance."""
    return ids.named("instance", number)


def seeded(ids: Ids, now: datetime) -> Store:
    """A fresh store as of ``now``; every seeded moment lies before it."""
    store = Store()
    for number in range(COUNT):
        instance = _instance(ids, number, now - timedelta(days=30) + timedelta(hours=number))
        store.instances[instance.key] = instance
    return store


def _instance(ids: Ids, number: int, moment: datetime) -> Instance:
    """The seeded instance of a number: it has taken none, one or two steps of the review."""
    key = instance_id(ids, number)
    instance = Instance(key, key, REVIEW, REVIEW.initial, moment, moment)
    for taken, transition in enumerate((REVIEW.transitions[0], REVIEW.transitions[2])[: number % 3]):
        source, target = instance.activity, REVIEW.activity(transition.target)
        who, at = identity(ids, transition.role), moment + timedelta(hours=1 + taken)
        step_id = ids.named("step", number, taken)
        step = Step(step_id, source, target, transition.classifier, at, who, who, transition.command)
        instance.steps.append(step)
        instance.activity, instance.moved_at = target, at
    return instance
