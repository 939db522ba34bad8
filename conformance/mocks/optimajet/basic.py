"""Basic credentials (RFC 7617)."""

from __future__ import annotations

import base64
import binascii


def basic_pair(header: str) -> tuple[str, str]:
    """Name and password of a Basic header; both empty when it is none."""
    scheme, _, credentials = header.partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        name, _, password = base64.b64decode(credentials, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return name, password
