"""Environment files: the targets of a run, and how to reach them (TOML)."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator

from conformance.errors import EnvironmentFileError
from conformance.misfits import Misfit
from conformance.toml_file import Table, tables
from conformance.transport.base import Transport
from conformance.transport.credentials import ANONYMOUS, Command, Credentials, Fixed, sendable
from conformance.transport.oauth2 import OAuth2
from conformance.transport.redaction import in_headers, in_urls

Kind = Literal[
    "none",
    "basic",
    "bearer",
    "api-key",
    "oauth2-password",
    "oauth2-client-credentials",
    "token-field",
    "command",
]
_NEEDS: Mapping[str, tuple[str, ...]] = {
    "basic": ("username", "password"),
    "bearer": ("token",),
    "api-key": ("token",),
    "oauth2-password": ("username", "password"),
    "oauth2-client-credentials": ("client_id", "client_secret"),
    "token-field": ("token",),
    "command": ("token",),
}
_HEADER_NAME = re.compile(r"[\w!#$%&'*+.^`|~-]+", re.ASCII)


def _check_header(name: str, value: str) -> None:
    """``ValueError`` where no request can carry such a header; the value may be secret, and is not shown."""
    if not _HEADER_NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of a header")
    if not sendable(value):
        raise ValueError(f"the value of header {name!r} has to be printable ASCII, with no blank at either end")


def _is_absolute(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


class Auth(Table):
    """``[NAME.auth]`` and ``[NAME.identities.LABEL]``: one identity's credentials.

    For ``command`` the ``token`` is the program that prints the token; for ``api-key`` it goes into ``header`` or the
    parameter ``query``; for ``token-field`` into the property or parameter ``field``. The kinds of OAuth2 ask
    ``token_url`` for a token, or what the document at ``discovery_url`` names.
    """

    kind: Kind = "none"
    username: str | None = None
    password: str | None = None
    token: str | None = None
    header: str | None = None
    query: str | None = None
    field: str = "token"
    client_id: str | None = None
    client_secret: str | None = None
    client_auth: Literal["basic", "body"] = "basic"
    token_url: str | None = None
    discovery_url: str | None = None
    scope: str | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        given = self.model_fields_set - {"kind", "scope"}
        if self.kind == "none" and given:
            raise ValueError(f"kind 'none' takes no {' and '.join(sorted(given))}; name the kind that does")
        missing = [name for name in _NEEDS.get(self.kind, ()) if getattr(self, name) is None]
        if missing:
            raise ValueError(f"kind {self.kind!r} needs {' and '.join(missing)}")
        if self.kind == "api-key" and bool(self.header) == bool(self.query):
            raise ValueError("kind 'api-key' needs header or query")
        if self.kind.startswith("oauth2") and bool(self.token_url) == bool(self.discovery_url):
            raise ValueError(f"kind {self.kind!r} needs token_url or discovery_url")
        for name, url in (("token_url", self.token_url), ("discovery_url", self.discovery_url)):
            if url is not None and not _is_absolute(url):
                raise ValueError(f"{name} is no absolute http(s) URL")
        if self.kind in {"bearer", "api-key"} and not self.query:
            _check_header(self.header or "authorization", self.token or "")
        return self

    @property
    def is_authorization(self) -> bool:
        """Whether the header Authorization proves this identity, or nothing that the table names."""
        named = (self.header or "").lower() if self.kind == "api-key" else "authorization"
        return self.kind != "token-field" and named == "authorization"

    def credentials(self, transport: Transport) -> Credentials:
        """Something that proves this identity on a request; what it has to ask for goes over ``transport``."""
        if self.kind == "command":
            return Command(self.token or "")
        if self.kind.startswith("oauth2"):
            return OAuth2(transport, self._grant(), self.client(), self.token_url or "", self.discovery_url or "")
        return self._fixed()

    def client(self) -> Fixed:
        """What this identity's client proves itself by on a token request, beside what the request carries."""
        if self.client_id is None or self.client_auth == "body":
            return ANONYMOUS
        return Fixed.basic(self.client_id, self.client_secret or "")

    def _fixed(self) -> Fixed:
        token = self.token or ""
        if self.kind == "basic":
            return Fixed.basic(self.username or "", self.password or "")
        if self.kind == "bearer":
            return Fixed.bearer(token)
        if self.kind == "api-key":
            return Fixed.key(token, header=self.header, query=self.query)
        return Fixed.of_field(self.field, token) if self.kind == "token-field" else ANONYMOUS

    def _grant(self) -> dict[str, str]:
        """The fields of the token request."""
        password = self.kind == "oauth2-password"
        fields = {"grant_type": "password" if password else "client_credentials", "scope": self.scope}
        if password:
            fields |= {"username": self.username, "password": self.password}
        if self.client_auth == "body":
            fields |= {"client_id": self.client_id, "client_secret": self.client_secret}
        return {name: value for name, value in fields.items() if value is not None}

    def secrets(self) -> tuple[str, ...]:
        """Every secret among these values."""
        plain = [self.password, self.client_secret, None if self.kind == "command" else self.token]
        return (*(value for value in plain if value), *self._fixed().secrets(), *self.client().secrets())


class Budget(Table):
    """``[NAME.budget]``: what the run may spend on the target."""

    requests: int | None = Field(default=None, ge=1)
    writes: int | None = Field(default=None, ge=0)
    executions: int | None = Field(default=None, ge=0)
    seconds: float | None = Field(default=None, gt=0)
    rate: float | None = Field(default=None, gt=0)


class Expect(Table):
    """``[NAME.expect]``: the fewest clauses that the run judges."""

    clauses: int | None = Field(default=None, ge=0)


class Target(Table):
    """A table of an environment file: one server, in one mode, and what the run knows of it."""

    name: str
    vendor: str
    url: str
    mode: str | None = None
    stage: str = "production"
    profile: Literal["read-only", "full"] = "read-only"
    capabilities: tuple[str, ...] | None = None
    headers: dict[str, str] = Field(default_factory=dict)
    proxy: str | None = None
    ca: str | None = None
    client_cert: str | None = None
    known_failures: str | None = None
    auth: Auth = Auth()
    identities: dict[str, Auth] = Field(default_factory=dict)
    fixtures: dict[str, Any] = Field(default_factory=dict)
    controls: dict[str, str] = Field(default_factory=dict)
    budget: Budget = Budget()
    expect: Expect = Expect()

    @model_validator(mode="after")
    def _absolute(self) -> Self:
        parts = urlsplit(self.url)
        if not _is_absolute(self.url):
            raise ValueError(f"url {self.url.rpartition('@')[2]!r} is no absolute http(s) URL")
        if parts.username is not None or parts.password is not None:
            raise ValueError(f"url of {parts.hostname} carries credentials; [NAME.auth] is their place")
        if parts.query or parts.fragment or re.search(r"\s", self.url):
            raise ValueError(f"url of {parts.hostname} is a base: it ends with its path, and has no blank in it")
        try:
            _ = parts.port
        except ValueError as wrong:
            raise ValueError(f"url of {parts.hostname}: {wrong}") from None
        return self

    @field_validator("identities")
    @classmethod
    def _further(cls, identities: dict[str, Auth]) -> dict[str, Auth]:
        if "main" in identities:
            raise ValueError("'main' is the identity that [NAME.auth] proves; give this one another label")
        return identities

    @field_validator("headers")
    @classmethod
    def _sendable(cls, headers: dict[str, str]) -> dict[str, str]:
        for name, value in headers.items():
            _check_header(name, value)
        return {name.lower(): value for name, value in headers.items()}

    @field_validator("fixtures")
    @classmethod
    def _json(cls, fixtures: dict[str, Any]) -> dict[str, Any]:
        for name, value in fixtures.items():
            try:
                json.dumps(value, allow_nan=False)
            except (TypeError, ValueError):
                raise ValueError(f"{name!r} is no JSON value, such as a text in quotes or a number") from None
        return fixtures

    @property
    def is_loopback(self) -> bool:
        """Whether the server is on this machine."""
        host = urlsplit(self.url).hostname or ""
        if host == "localhost":
            return True
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return False

    def has(self, capability: str) -> bool:
        """Whether the server has an optional part of its API; a table that lists no capabilities has all of them."""
        return self.capabilities is None or capability in self.capabilities

    def auth_of(self, identity: str) -> Auth:
        """The credentials of the main identity or of another one."""
        return self.auth if identity == "main" else self.identities[identity]

    def unproven(self) -> Target:
        """The target as it is sent what proves nothing: without an Authorization among its ``headers``.

        Where its credentials go elsewhere that is a gateway's, and stays.
        """
        if not self.auth.is_authorization:
            return self
        return self.model_copy(update={"headers": {k: v for k, v in self.headers.items() if k != "authorization"}})

    def secrets(self) -> tuple[str, ...]:
        """Every secret that the table holds: credentials, headers that may be secret, and what stands in URLs."""
        found = [secret for auth in (self.auth, *self.identities.values()) for secret in auth.secrets()]
        return (*found, *in_headers(self.headers), *self.url_secrets())

    def url_secrets(self) -> tuple[str, ...]:
        """Every secret that stands before the host of a URL of the table."""
        texts = [self.url, self.proxy, *self.controls.values()]
        for auth in (self.auth, *self.identities.values()):
            texts += [auth.token_url, auth.discovery_url]
        return tuple(in_urls("\n".join(filter(None, texts))))


def read(path: Path, variables: Mapping[str, str] = os.environ) -> list[Target]:
    """The targets of the environment file ``path``; ``${NAME}`` is replaced from ``variables``."""
    if not path.exists():
        hint = "'conformance mock VENDOR --env-file FILE' writes one to start from"
        raise EnvironmentFileError(f"{path}: no such file", hint)
    found = tables(path, EnvironmentFileError, "an environment file is TOML, a table a target")
    if not found:
        raise EnvironmentFileError(f"{path}: no target in it", "a table such as [staging] with its url names one")
    return [_target(path, name, table, variables) for name, table in found.items()]


def _target(path: Path, name: str, table: Any, variables: Mapping[str, str]) -> Target:
    if not isinstance(table, dict):
        raise EnvironmentFileError(f"{path}: {name!r} stands outside any table", "put it under [NAME] of a target")
    filled = _fill(table, path, (name,), variables)
    try:
        return Target.model_validate({"vendor": name, **filled, "name": name})
    except ValidationError as wrong:
        misfit = Misfit.first(wrong, Target, {"name"})
        where = ".".join(map(str, (name, *misfit.at)))
        hint = misfit.hint or "docs/environments.md lists every key"
        raise EnvironmentFileError(f"{path}: [{where}]: {misfit.says}", hint) from None


def _fill(value: Any, path: Path, where: tuple[str, ...], variables: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _fill(item, path, (*where, key), variables) for key, item in value.items()}
    if isinstance(value, list):
        return [_fill(item, path, where, variables) for item in value]
    if not isinstance(value, str):
        return value

    def variable(found: re.Match[str]) -> str:
        name = found[1]
        if name not in variables:
            raise EnvironmentFileError(
                f"{path}: [{'.'.join(where)}] names ${{{name}}}, which is not set", f"export {name}=…"
            )
        return variables[name]

    return re.sub(r"\$\{(\w+)\}", variable, value)


def schema() -> dict[str, Any]:
    """A JSON Schema 2020-12 for environment files, as a TOML reader gives them."""
    table = Target.model_json_schema()
    definitions = table.pop("$defs", {})
    table["properties"].pop("name")
    table["required"] = ["url"]
    definitions["Target"] = table
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "environment file",
        "type": "object",
        "minProperties": 1,
        "additionalProperties": {"$ref": "#/$defs/Target"},
        "$defs": definitions,
    }
