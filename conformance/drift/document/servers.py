"""Where an operation is served."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice, product
from typing import Any

from conformance.drift.document.access import Access

_MOST = 200
_URL = re.compile(r"(?P<scheme>https?)://(?P<user>[^/@]*@)?(?P<host>[^/?#]*)(?P<rest>.*)", re.IGNORECASE)
_PORTS = {"http": ":80", "https": ":443"}


def urls(access: Access, owners: Iterable[tuple[Mapping[str, Any], str]]) -> tuple[str, ...]:
    """The URLs of the first owner that has any, with each value of the variables that list theirs; sorted."""
    for owner, at in owners:
        stated = access.sequence(owner.get("servers"), f"{at}/servers")
        if stated:
            found: set[str] = set()
            for index, entry in enumerate(stated):
                found |= set(_spelled(access, access.mapping(entry, f"{at}/servers/{index}"), f"{at}/servers/{index}"))
            return tuple(sorted(found))
    return ("",)


def _spelled(access: Access, server: Mapping[str, Any], at: str) -> Iterable[str]:
    template = access.text(server, "url", at)
    variables = {}
    for name, value, place in access.entries(server.get("variables"), f"{at}/variables"):
        listed = access.sequence(access.mapping(value, place).get("enum"), f"{place}/enum")
        variables[name] = [str(one) for one in listed] or ["{" + name + "}"]
    for values in islice(product(*variables.values()), _MOST):
        url = template
        for name, value in zip(variables, values, strict=True):
            url = url.replace("{" + name + "}", value)
        yield _plain(url.rstrip("/"))


def _plain(url: str) -> str:
    """The URL with scheme and host in lower case, and without the port that goes without saying."""
    found = _URL.fullmatch(url)
    if found is None:
        return url
    scheme, user, host, rest = found["scheme"].lower(), found["user"] or "", found["host"].lower(), found["rest"]
    return f"{scheme}://{user}{host.removesuffix(_PORTS[scheme])}{rest}"
