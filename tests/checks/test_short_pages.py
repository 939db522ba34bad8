"""A page that holds fewer items than there are is seen where the list tells no total, too."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from bent import judged, subject

from conformance.contract.message import Reply, Wire


def empty(wire: Wire, reply: Reply) -> Reply:
    """Pages of one item hold none."""
    return replace(reply, content=json.dumps([]).encode()) if wire.url.endswith("?size=1") else reply


@pytest.mark.parametrize("operation", ["findFlows", "findExecutions"])
def test_an_empty_page_of_the_smallest_size_is_seen(operation: str) -> None:
    line = judged(subject("smartflows", f"{operation}/pagination/smallest-size"), answered=empty)
    assert (line.verdict, line.reason) == ("FAIL", "expected number of items 1; got number of items 0")


def test_a_full_page_of_the_smallest_size_costs_nothing_more() -> None:
    line = judged(subject("smartflows", "findFlows/pagination/smallest-size"))
    assert (line.verdict, line.requests) == ("PASS", 1)
