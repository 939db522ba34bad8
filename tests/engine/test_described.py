"""What a reply is called in a reason."""

from __future__ import annotations

import pytest

from conformance.contract.message import Reply
from conformance.engine.api import describe


@pytest.mark.parametrize(
    ("status", "location", "content", "said"),
    [
        (200, "", b"", "status 200"),
        (500, "", b"<html>", "status 500 with <html>"),
        (301, "https://far.example/v1", b"<html>", "status 301 to https://far.example/v1"),
        (304, "", b"", "status 304"),
        (201, "/things/1", b"{}", "status 201 with {}"),
    ],
)
def test_a_redirect_is_told_with_its_target(status: int, location: str, content: bytes, said: str) -> None:
    assert describe(Reply(status, {"location": location} if location else {}, content)) == said
