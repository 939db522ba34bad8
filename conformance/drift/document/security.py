"""Who may call: the alternatives of an operation, each the schemes that go together."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

from conformance.contract.pointer import join
from conformance.drift.containment.rewriting import text
from conformance.drift.document.access import Access
from conformance.drift.document.model import Alternative, Scheme
from conformance.errors import DocumentError, nearest

_SAID = {
    "apiKey": ("type", "in", "name"),
    "http": ("type", "scheme"),
    "openIdConnect": ("type", "openIdConnectUrl"),
    "mutualTLS": ("type",),
}
_URLS = ("authorizationUrl", "tokenUrl")


def alternatives(access: Access, raw: Mapping[str, Any], at: str) -> tuple[Alternative, ...]:
    """The alternatives of an operation; one of no scheme is for everybody, a scheme of two flows is two."""
    own = "security" in raw
    where = f"{at}/security" if own else "/security"
    stated = access.sequence(raw["security"] if own else access.root.get("security"), where)
    if not stated:
        return ({},)
    found: list[Alternative] = []
    for index, entry in enumerate(stated):
        place = f"{where}/{index}"
        together = []
        for name, scopes, here in access.entries(entry, place):
            held = frozenset(map(str, access.sequence(scopes, here)))
            together.append([(scheme, held) for scheme in _schemes(access, name, place)])
        found += map(dict, product(*together))
    return tuple(found)


def _schemes(access: Access, name: str, at: str) -> list[Scheme]:
    schemes = {key: (value, where) for key, value, where in access.items("/components/securitySchemes")}
    if name not in schemes:
        raise DocumentError(f"{at}{join(name)}: security scheme {name!r} is not defined", nearest(name, schemes))
    value, where = access.followed(*schemes[name])
    kind = access.text(value, "type", where)
    if kind == "oauth2":
        flows = [
            {"flow": flow} | {key: said for key, said in access.mapping(settings, place).items() if key in _URLS}
            for flow, settings, place in access.entries(value.get("flows"), f"{where}/flows")
            if not flow.startswith("x-")
        ]
        return [Scheme(name, text({"type": kind, **flow})) for flow in flows or [{}]]
    said = {key: value.get(key) for key in _SAID.get(kind, ("type",))}
    if kind == "http" and isinstance(said["scheme"], str):
        said["scheme"] = said["scheme"].lower()
    if kind == "apiKey" and said["in"] == "header" and isinstance(said["name"], str):
        said["name"] = said["name"].lower()
    return [Scheme(name, text(said))]
