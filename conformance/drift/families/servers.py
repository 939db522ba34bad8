"""Servers: the addresses at which the API answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conformance.drift.change import Change
from conformance.drift.pair import Couple, Half, Pair


def of_documents(pair: Pair) -> Iterator[Change]:
    """The servers of the whole document."""
    yield from _changes("", "/servers", _urls(pair.old.root.get("servers")), _urls(pair.new.root.get("servers")))


def changes(pair: Pair, couple: Couple) -> Iterator[Change]:
    """The servers of an operation that has its own in either document."""
    own = [_own(half) for half in (couple.old, couple.new)]
    if any(own) and not couple.inbound:
        roots = (pair.old.root.get("servers"), pair.new.root.get("servers"))
        before, after = (_urls(mine or root) for mine, root in zip(own, roots, strict=True))
        yield from _changes(couple.id, f"{couple.new.pointer}/servers", before, after)


def _own(half: Half) -> Any:
    return half.node.get("servers") or half.item.get("servers")


def _urls(servers: Any) -> dict[str, str]:
    """The addresses with their variables' defaults filled in, by the address that a client then calls."""
    found: dict[str, str] = {}
    for server in servers or [{"url": "/"}]:
        url = str(server.get("url", "/"))
        filled = url
        for name, variable in (server.get("variables") or {}).items():
            values = [variable.get("default"), *(variable.get("enum") or ())]
            for value in dict.fromkeys(str(one) for one in values if one is not None):
                found[_bare(url.replace("{" + name + "}", value))] = url
            filled = filled.replace("{" + name + "}", str(variable.get("default", "")))
        found[_bare(filled)] = url
    return {address: url for address, url in found.items() if "{" not in address} or found


def _bare(url: str) -> str:
    return url.rstrip("/") or "/"


def _changes(operation: str, pointer: str, old: dict[str, str], new: dict[str, str]) -> Iterator[Change]:
    for address in old:
        if address not in new:
            says = f"the server {address} is gone"
            yield Change("breaking", "server-removed", operation, pointer, says, "request", address)
    for address in new:
        if address not in old:
            says = f"the server {address} is new"
            yield Change("additive", "server-added", operation, pointer, says, "request", after=address)
