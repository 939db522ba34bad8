"""Semantics held against the contract, by every rule that there is."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from conformance.contract.lint import rules
from conformance.contract.semantics.inside import inside
from conformance.contract.vendor import Vendor
from conformance.errors import DocumentError

Finding = str
"""One line: file, pointer, what is wrong, the nearest thing that is right."""


def lint(vendor: Vendor) -> tuple[Finding, ...]:
    """Every finding, in the order of the rules; none means that semantics and contract fit together."""
    path = vendor.folder / "semantics.yaml"
    found = [import_module(f"{rules.__name__}.{module.name}") for module in iter_modules(rules.__path__)]
    everything = tuple(inside(vendor.semantics))
    told = (one for rule in found for one in rule.findings(vendor, everything))
    return tuple(f"{path}: {pointer}: {problem}" for pointer, problem in told)


def require_fit(vendor: Vendor) -> None:
    """Nothing, where semantics and contract fit together.

    :raises DocumentError: they do not; the message is the first finding, and says how many more there are.
    """
    findings = lint(vendor)
    if findings:
        more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        hint = f"'conformance clauses {vendor.name} --lint' lists all of them"
        raise DocumentError(f"{findings[0]}{more}", hint)
