"""The command that records a vendor, to be named in hints."""

from __future__ import annotations

from conformance.mocks import catalogue


def recorder(vendor: str) -> str:
    """``conformance record VENDOR``, with the environment file that it needs where there is no mock of the vendor."""
    return f"conformance record {vendor}" + " --env FILE" * (vendor not in catalogue.vendors())
