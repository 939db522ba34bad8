"""The data a server starts with; it derives from the seed alone."""

from __future__ import annotations

from datetime import datetime

from conformance.mocks.kit.ids import Ids
from conformance.mocks.smartflows.pace import PDF
from conformance.mocks.smartflows.records import Store
from conformance.mocks.smartflows.seed import flows, history, people


def seed_ids(seed: int) -> Ids:
    """The ids of the data that a seed gives."""
    return Ids("smartflows-seed", seed)


def seeded(seed: int, now: datetime) -> Store:
    """A fresh store as of ``now``; every seeded moment lies before it."""
    ids = seed_ids(seed)
    users = people.users(ids)
    store = Store(users=users, keys=people.keys(ids, users), tokens=people.tokens(ids, users))
    for flow in flows.all_of(ids, users[0], now):
        store.flows.add(flow)
    for execution in history.all_of(ids, users, store.flows.rows, now):
        store.executions.add(execution)
    first = store.executions.rows[history.DOCUMENTED]
    first.document = history.document_id(ids)
    store.documents[first.document] = PDF
    return store
