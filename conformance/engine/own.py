"""Where a vendor's own checks, scenarios and rules are."""

from __future__ import annotations

from importlib import util


def own_package(vendor: str) -> str | None:
    """The package with what is a vendor's own, by its dotted name; ``None`` for a vendor that has none."""
    name = vendor.replace("-", "_")
    package = f"conformance.vendors.{name}"
    return package if name.isidentifier() and util.find_spec(package) is not None else None
