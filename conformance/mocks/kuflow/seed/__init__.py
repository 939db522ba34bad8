"""The data a server starts with; it derives from the seed alone."""

from __future__ import annotations

from datetime import datetime

from conformance.mocks.kuflow.seed import definitions, machines, people, work
from conformance.mocks.kuflow.seed.ground import Ground, seed_chance, seed_ids
from conformance.mocks.kuflow.store import Store


def seeded(seed: int, now: datetime) -> Store:
    """A fresh store as of ``now``; every seeded moment lies before it."""
    ground = Ground(seed_ids(seed), seed_chance(seed, "records"), now)
    store = Store(definitions=dict(definitions.all_of(seed)))
    people.add(store, ground, seed)
    work.add(store, ground)
    machines.add(store, ground)
    return store
