"""Webhooks: operations that the server calls; what it sends is a response, what it takes back a request."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.drift.change import Change
from conformance.drift.pair import Half, Pair, halves

SECTIONS = ("webhooks", "x-webhooks")


def webhooks(pair: Pair) -> tuple[dict[str, Half], dict[str, Half]]:
    """The webhooks of both documents by method and name, wherever they stand."""
    old = {key: half for section in SECTIONS for key, half in halves(pair.old, section).items()}
    new = {key: half for section in SECTIONS for key, half in halves(pair.new, section).items()}
    return old, new


def of_documents(pair: Pair) -> Iterator[Change]:
    """Webhooks that one document alone has."""
    old, new = webhooks(pair)
    for key, half in old.items():
        if key not in new:
            says = f"the webhook {half.path} is gone: who waits for it waits for ever"
            yield Change("breaking", "webhook-removed", half.id, half.pointer, says, "response", half.path, gone=True)
    for key, half in new.items():
        if key not in old:
            says = f"the webhook {half.path} is new"
            yield Change("additive", "webhook-added", half.id, half.pointer, says, "response", after=half.path)
