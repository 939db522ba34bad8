"""Basic credentials (RFC 7617)."""

from __future__ import annotations

import base64


def decoded(credentials: str) -> str:
    """What credentials say in base64; nothing when they are no text in base64."""
    try:
        return base64.b64decode(credentials.strip(), validate=True).decode()
    except ValueError:
        return ""


def basic_pair(header: str) -> tuple[str, str]:
    """Name and password of a Basic header; both empty when it is none."""
    scheme, _, credentials = header.partition(" ")
    name, _, password = decoded(credentials if scheme.lower() == "basic" else "").partition(":")
    return name, password
