"""Credentials."""

from __future__ import annotations

from conformance.contract.semantics.model import VendorFacet


class Auth(VendorFacet):
    """``equivalent`` are labels of identities that prove themselves in another way and see what the main one sees."""

    equivalent: tuple[str, ...] = ()
