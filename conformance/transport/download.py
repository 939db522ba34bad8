"""Fetch a document that a vendor publishes."""

from __future__ import annotations

import httpx

from conformance.errors import DocumentError
from conformance.transport.trust import trusting

SECONDS = 30.0
"""How long a download may take to answer."""


def download(address: str) -> bytes:
    """The bytes at an http(s) ``address``; ``DocumentError`` with the reason when there are none. TLS is verified."""
    try:
        reply = httpx.get(address, timeout=SECONDS, follow_redirects=True, verify=trusting())
        reply.raise_for_status()
    except httpx.HTTPStatusError as error:
        raise DocumentError(f"{address}: status {error.response.status_code}", "check the address") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise DocumentError(f"{address}: {error}", "check the address and the network") from None
    return reply.content
