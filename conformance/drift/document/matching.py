"""Which operation of one document is which of the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from conformance.drift.document.model import Operation


@dataclass(frozen=True)
class Matched:
    """Operations that both have, those only the old document has, and those only the new one has."""

    pairs: tuple[tuple[Operation, Operation], ...]
    removed: tuple[Operation, ...]
    added: tuple[Operation, ...]


def match(old: Sequence[Operation], new: Sequence[Operation]) -> Matched:
    """Match by method and path; then by the whole URL, where a part of the path has moved to the server or back."""
    by_route = {_route(one): one for one in new}
    by_url = {url: one for one in new for url in _urls(one)}
    pairs: list[tuple[Operation, Operation]] = []
    taken: set[int] = set()
    left = []
    for one in old:
        other = by_route.get(_route(one))
        if other is not None:
            pairs.append((one, other))
            taken.add(id(other))
        else:
            left.append(one)
    removed = []
    for one in left:
        other = next((found for url in _urls(one) if (found := by_url.get(url)) is not None), None)
        if other is not None and id(other) not in taken:
            pairs.append((one, other))
            taken.add(id(other))
        else:
            removed.append(one)
    return Matched(tuple(pairs), tuple(removed), tuple(one for one in new if id(one) not in taken))


def _route(operation: Operation) -> tuple[str, str, str]:
    return operation.kind, operation.method, operation.route


def _urls(operation: Operation) -> list[tuple[str, str]]:
    if operation.kind != "operation":
        return []
    return [(operation.method, re.sub(r"\{[^}]*\}", "{}", server + operation.route)) for server in operation.servers]
