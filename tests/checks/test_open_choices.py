"""A server that is bent only where its vendor left a choice open is accused of nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from bent import judged, subject

from conformance.contract.message import Reply, Wire


def in_another_order_every_time() -> Callable[[Wire, Reply], Reply]:
    """Every second page that no sort was asked for comes the other way round."""
    turn = [False]

    def answered(wire: Wire, reply: Reply) -> Reply:
        body = reply.json if wire.method == "GET" and "sort=" not in wire.url else None
        items = body.get("content") if isinstance(body, dict) else body
        if not isinstance(items, list):
            return reply
        turn[0] = not turn[0]
        items = items[::-1] if turn[0] else items
        turned = {**body, "content": items} if isinstance(body, dict) else items
        return replace(reply, content=json.dumps(turned).encode())

    return answered


@pytest.mark.parametrize("vendor", ["kuflow", "smartflows"])
def test_a_list_without_sort_comes_in_any_order(vendor: str) -> None:
    line = judged(subject(vendor, "api/auth/equivalent/bearer"), answered=in_another_order_every_time())
    assert line.verdict == "PASS", line.reason
