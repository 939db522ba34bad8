"""Addresses that the server tells lead to where they are said to lead."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.contract.facets.discovery import Discovery
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.links import parts_of
from conformance.engine.making import build
from conformance.engine.outcome import Mismatch, expect, expect_equal


def names(_: Vendor, discovery: Discovery) -> Iterator[str]:
    """The operations whose addresses are told."""
    return iter(discovery.names)


def told(api: Api, discovery: Discovery, name: str) -> str:
    """The address that the document tells; ``Mismatch`` when it is no absolute one."""
    reply = api.send(build(api, discovery.subject))
    api.expect_success(reply)
    address = discovery.names[name].seen(reply)
    if not isinstance(address, str) or not parts_of(address).netloc:
        raise Mismatch(f"an absolute URL at {discovery.names[name]}", repr(address))
    return address


@check(variants=names)
def same_path(api: Api, discovery: Discovery, name: str) -> None:
    """The path of the address is the one that the operation is documented under."""
    path = parts_of(told(api, discovery, name)).path
    own = api.vendor.document.operations[name].path
    expect(path.endswith(own), f"a path that ends in {own}", path)


@check(variants=names)
def same_server(api: Api, discovery: Discovery, name: str) -> None:
    """The address is the server's own, followed by the documented path."""
    own = api.session.target.url.rstrip("/") + api.vendor.document.operations[name].path
    expect_equal(told(api, discovery, name), own, "address")
