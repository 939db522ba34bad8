"""Values that a server refuses, which it may, are not held against it; the others are, all the same."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from bent import judged, subject

from conformance.contract.message import Reply, Wire

NAMES = ("updateProcessMetadata/stores/replaces/metadata", "updateProcessEntity/stores/replaces/entity")


def refusing_dollars(wire: Wire, reply: Reply) -> Reply:
    """A document database takes no property whose name begins with a dollar."""
    return replace(reply, status=400) if b'"$' in wire.content else reply


def merging(wire: Wire, reply: Reply) -> Reply:
    """As ``refusing_dollars``, and everything else that was there before stays."""
    body = json.loads(reply.content) if reply.content.startswith(b"{") else {}
    for name in ("metadata", "entity"):
        body.get(name, {}).get("value", {}).setdefault("conformance", "of the value before")
    return replace(refusing_dollars(wire, reply), content=json.dumps(body).encode())


@pytest.mark.parametrize("name", NAMES)
def test_a_value_with_odd_names_may_be_refused(name: str) -> None:
    line = judged(subject("kuflow", name), answered=refusing_dollars)
    assert line.verdict == "PASS", line.reason


@pytest.mark.parametrize("name", NAMES)
def test_what_is_taken_still_replaces_what_was_there(name: str) -> None:
    assert judged(subject("kuflow", name), answered=merging).verdict == "FAIL"
