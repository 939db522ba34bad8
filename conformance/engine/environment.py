"""Environment files: the targets of a run, and how to reach them (TOML)."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from conformance.errors import EnvironmentFileError, nearest
from conformance.transport.credentials import Anonymous, Command, Credentials, Header

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
    "api-key": ("token", "header"),
    "command": ("token",),
}


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Auth(_Table):
    """``[NAME.auth]`` and ``[NAME.identities.LABEL]``: one identity's credentials.

    For ``command`` the ``token`` is the program that prints the token.
    """

    kind: Kind = "none"
    username: str | None = None
    password: str | None = None
    token: str | None = None
    header: str | None = None
    client_id: str | None = None
    client_secret: str | None = None
    client_auth: Literal["basic", "body"] = "basic"
    token_url: str | None = None
    discovery_url: str | None = None
    scope: str | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        missing = [name for name in _NEEDS.get(self.kind, ()) if getattr(self, name) is None]
        if missing:
            raise ValueError(f"kind {self.kind!r} needs {' and '.join(missing)}")
        return self

    def credentials(self) -> Credentials:
        """Something that proves this identity on a request."""
        if self.kind == "none":
            return Anonymous()
        if self.kind == "basic":
            return Header.basic(self.username or "", self.password or "")
        if self.kind == "bearer":
            return Header.bearer(self.token or "")
        if self.kind == "api-key":
            return Header((self.header or "").lower(), self.token or "", (self.token or "",))
        if self.kind == "command":
            return Command(self.token or "")
        raise EnvironmentFileError(f"auth kind {self.kind!r} is not available yet", "use 'command' to print a token")


class Budget(_Table):
    """``[NAME.budget]``: what the run may spend on the target."""

    requests: int | None = None
    writes: int | None = None
    executions: int | None = None
    seconds: float | None = None
    rate: float | None = None


class Expect(_Table):
    """``[NAME.expect]``: the fewest clauses that the run judges."""

    clauses: int | None = None


class Target(_Table):
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
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"url {self.url!r} is no absolute http(s) URL")
        return self

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

    def secrets(self) -> tuple[str, ...]:
        """Every secret that the table holds."""
        found: list[str] = []
        for auth in (self.auth, *self.identities.values()):
            found += [value for value in (auth.password, auth.client_secret) if value]
            if auth.token and auth.kind != "command":
                found.append(auth.token)
            found += auth.credentials().secrets() if auth.kind in {"basic", "bearer", "api-key"} else ()
        return tuple(found)


def read(path: Path, variables: Mapping[str, str] = os.environ) -> list[Target]:
    """The targets of the environment file ``path``; ``${NAME}`` is replaced from ``variables``."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise EnvironmentFileError(
            f"{path}: no such file", "'conformance mock VENDOR --env-file FILE' writes one to start from"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as wrong:
        raise EnvironmentFileError(f"{path}: {wrong}", "an environment file is TOML, a table a target") from None
    if not tables:
        raise EnvironmentFileError(f"{path}: no target in it", "a table such as [kuflow] with its url names one")
    return [_target(path, name, table, variables) for name, table in tables.items()]


def _target(path: Path, name: str, table: Any, variables: Mapping[str, str]) -> Target:
    if not isinstance(table, dict):
        raise EnvironmentFileError(f"{path}: {name!r} stands outside any table", "put it under [NAME] of a target")
    filled = _fill(table, path, (name,), variables)
    try:
        return Target.model_validate({"vendor": name, **filled, "name": name})
    except ValidationError as wrong:
        first = wrong.errors()[0]
        where = ".".join(str(part) for part in (name, *first["loc"]))
        if first["type"] == "extra_forbidden":
            known = _fields(first["loc"][:-1])
            raise EnvironmentFileError(f"{path}: [{where}] is unknown", nearest(str(first["loc"][-1]), known)) from None
        reason = first["msg"].removeprefix("Value error, ")
        raise EnvironmentFileError(f"{path}: [{where}]: {reason}", "docs/environments.md lists every key") from None


def _fields(where: tuple[int | str, ...]) -> set[str]:
    tables: dict[str, type[BaseModel]] = {
        "auth": Auth,
        "identities": Auth,
        "budget": Budget,
        "expect": Expect,
    }
    table = tables.get(str(where[0])) if where else None
    return set((table or Target).model_fields) - {"name"}


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
