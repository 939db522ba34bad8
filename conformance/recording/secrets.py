"""What an environment names, so that nothing of it gets into a cassette."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conformance.cassettes.headers import key_names
from conformance.cassettes.scrubbing import Scrubber
from conformance.cassettes.substitution import Substitution
from conformance.contract.source import load_yaml
from conformance.contract.vendor import Vendor
from conformance.engine.environment import Auth, Target
from conformance.transport.redaction import in_headers

_SECRET = ("password", "token", "client_secret")
_NAMES = ("username", "client_id")


def scrubber_for(vendor: Vendor, target: Target) -> Scrubber:
    """A scrubber that knows everything that the target's table names, and what the vendor's files make public."""
    scrubber = Scrubber(vendor.name, public_words(vendor), key_names(vendor.document))
    identities = (target.auth, *target.identities.values())
    for url in (target.url, *(url for auth in identities for url in (auth.token_url, auth.discovery_url))):
        if url:
            scrubber.origin(url)
    for auth in identities:
        if auth.kind == "basic":
            scrubber.pair(auth.username or "", auth.password or "")
        if auth.client_id is not None and auth.client_auth == "basic":
            scrubber.pair(auth.client_id, auth.client_secret or "")
    _credentials(scrubber, "auth", target.auth)
    for name, value in target.fixtures.items():
        scrubber.name(name, value)
    for label, auth in target.identities.items():
        _credentials(scrubber, f"identities.{label}", auth)
    headers = {name: value for name, value in target.headers.items() if any(in_headers({name: value}))}
    scrubber.name("headers", headers, secret=True)
    scrubber.name("url", target.url_secrets(), secret=True)
    return scrubber


def scrubbed_auth(auth: Auth, hidden: Substitution) -> dict[str, Any]:
    """An identity's table of the environment file without secrets."""
    told: dict[str, Any] = hidden.value(auth.model_dump(mode="json", exclude_defaults=True))
    return told


def public_words(vendor: Vendor) -> frozenset[str]:
    """Every text that the contract or the semantics spell out: none of them is a secret."""
    files = (vendor.document.root, load_yaml(vendor.folder / "semantics.yaml"))
    return frozenset(word for file in files for word in _texts(file))


def _credentials(scrubber: Scrubber, where: str, auth: Auth) -> None:
    for name in _SECRET:
        scrubber.name(f"{where}.{name}", getattr(auth, name), secret=True)
    for name in _NAMES:
        scrubber.name(f"{where}.{name}", getattr(auth, name))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
