"""Replies as a client library gets them from the suite."""

from __future__ import annotations

import httpx

from conformance.contract.message import Reply
from conformance.transport.client import Carrier


def test_a_header_that_is_not_ascii_comes_through() -> None:
    named = {"content-disposition": 'attachment; filename="Grüße.pdf"'}
    with httpx.Client(transport=Carrier(lambda _: Reply(200, named, b"ok"))) as client:
        assert client.get("http://api.invalid/").headers["content-disposition"] == named["content-disposition"]
