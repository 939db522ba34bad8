"""Security: the alternatives that an operation takes, their schemes and scopes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from conformance.contract.document import Document
from conformance.contract.pointer import join
from conformance.drift.change import Change
from conformance.drift.containment.universe import text
from conformance.drift.pair import Couple, Half, Pair

Alternative = Mapping[str, frozenset[str]]
"""Schemes that are needed together, each as what it says and not as it is called, with the scopes it has to have."""


def changes(_: Pair, couple: Couple) -> Iterator[Change]:
    """Every alternative that was enough before is enough now, or a client is locked out."""
    if couple.inbound:
        return
    old, new = alternatives(couple.old), alternatives(couple.new)
    pointer = couple.new.pointer + join("security")
    for one in old:
        if not any(_enough(one, other) for other in new):
            says = f"{_shown(one)} is no longer enough: {' or '.join(map(_shown, new)) or 'nothing'} is needed"
            yield Change("breaking", "security-narrowed", couple.id, pointer, says, "request", _told(old), _told(new))
            return
    if any(not any(_enough(one, other) for other in old) for one in new):
        says = f"{' or '.join(map(_shown, new))} is enough now"
        yield Change("additive", "security-widened", couple.id, pointer, says, "request", _told(old), _told(new))


def alternatives(half: Half) -> list[Alternative]:
    """What an operation takes; one alternative without schemes is an open door."""
    required = half.node.get("security", half.document.root.get("security")) or [{}]
    return [_alternative(half.document, one) for one in required if isinstance(one, Mapping)]


def _alternative(document: Document, required: Mapping[str, Any]) -> Alternative:
    schemes = (document.root.get("components") or {}).get("securitySchemes") or {}
    found: dict[str, frozenset[str]] = {}
    for name, scopes in required.items():
        scheme = document.resolve(schemes.get(name) or {})
        found[text(_canonical(scheme, name))] = frozenset(map(str, scopes or ()))
    return found


def _canonical(scheme: Mapping[str, Any], name: str) -> dict[str, Any]:
    """What a client does for a scheme: neither its name nor its prose."""
    kept = {key: scheme[key] for key in ("type", "in", "openIdConnectUrl") if key in scheme}
    if "name" in scheme:
        kept["name"] = str(scheme["name"]).lower() if scheme.get("in") == "header" else scheme["name"]
    if "scheme" in scheme:
        kept["scheme"] = str(scheme["scheme"]).lower()
    for flow, told in (scheme.get("flows") or {}).items():
        urls = {key: told[key] for key in ("authorizationUrl", "tokenUrl") if key in told}
        kept.setdefault("flows", {})[flow] = urls
    return kept or {"name": name}


def _enough(has: Alternative, needs: Alternative) -> bool:
    """Whether who satisfies one alternative satisfies another."""
    return all(
        any(_fits(own, scheme) and scopes <= held for own, held in has.items()) for scheme, scopes in needs.items()
    )


def _fits(own: str, needed: str) -> bool:
    """Whether a scheme is the same, or has lost none of the flows that a client may use."""
    if own == needed:
        return True
    one, other = json.loads(own), json.loads(needed)
    before, after = one.pop("flows", {}), other.pop("flows", {})
    return bool(one == other and before and before.items() <= after.items())


def _told(found: list[Alternative]) -> list[dict[str, list[str]]]:
    return [{_name(scheme): sorted(scopes) for scheme, scopes in one.items()} for one in found]


def _shown(one: Alternative) -> str:
    return " and ".join(_with(_name(scheme), sorted(scopes)) for scheme, scopes in one.items()) or "no credential"


def _with(name: str, scopes: list[str]) -> str:
    return f"{name} with {', '.join(scopes)}" if scopes else name


def _name(scheme: str) -> str:
    told = json.loads(scheme)
    return " ".join(str(told[key]) for key in ("type", "scheme", "in", "name") if key in told)
