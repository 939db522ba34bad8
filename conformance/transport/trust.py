"""By whom the other side of a TLS connection is known."""

from __future__ import annotations

import ssl

import httpx


def trusting(ca: str | None = None) -> ssl.SSLContext:
    """TLS verified by the authorities in the file ``ca``, else by the system's and those that httpx brings along.

    :raises OSError: the file cannot be read, or holds no certificate.
    """
    if ca:
        return ssl.create_default_context(cafile=ca)
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context
