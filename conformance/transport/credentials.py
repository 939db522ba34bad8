"""Proof of identity, added to a request just before it goes out."""

from __future__ import annotations

import base64
import binascii
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from conformance.errors import EnvironmentFileError


class Credentials(Protocol):
    """Headers that prove an identity, and the secrets among them."""

    def headers(self) -> Mapping[str, str]:
        """The headers to add; obtained once and kept where obtaining is work."""

    def secrets(self) -> tuple[str, ...]:
        """Every value that must never be written anywhere."""


@dataclass(frozen=True)
class Anonymous:
    """No credentials."""

    def headers(self) -> Mapping[str, str]:
        """Nothing."""
        return {}

    def secrets(self) -> tuple[str, ...]:
        """Nothing."""
        return ()


@dataclass(frozen=True)
class Header:
    """A fixed header: a key, a Bearer token, or a Basic pair."""

    name: str
    value: str = field(repr=False)
    hidden: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def bearer(cls, token: str) -> Header:
        """RFC 6750."""
        return cls("authorization", f"Bearer {token}", (token,))

    @classmethod
    def basic(cls, username: str, password: str) -> Header:
        """RFC 7617."""
        pair = base64.b64encode(f"{username}:{password}".encode()).decode()
        return cls("authorization", f"Basic {pair}", (pair, password))

    def headers(self) -> Mapping[str, str]:
        """The header."""
        return {self.name: self.value}

    def secrets(self) -> tuple[str, ...]:
        """The header's value and what it was made of."""
        return (*self.hidden, self.value)


class Command:
    """A Bearer token printed by a program, asked for once."""

    def __init__(self, command: str) -> None:
        self._command = command
        self._token: str | None = None

    def headers(self) -> Mapping[str, str]:
        """The Bearer header; a program that fails or prints nothing is an ``EnvironmentFileError``."""
        if self._token is None:
            done = subprocess.run(self._command, shell=True, capture_output=True, text=True, check=False)  # noqa: S602
            self._token = done.stdout.strip()
            if done.returncode or not self._token:
                raise EnvironmentFileError(
                    f"auth command {self._command!r} ended with {done.returncode} and printed no token",
                    "run it by hand to see why",
                )
        return {"authorization": f"Bearer {self._token}"}

    def secrets(self) -> tuple[str, ...]:
        """The token, once there is one."""
        return (self._token,) if self._token else ()


def spoil(headers: Mapping[str, str]) -> dict[str, str]:
    """Headers of the same shape that prove nothing: a Basic pair keeps its name and gets another password."""
    return {name: _spoiled(value) for name, value in headers.items()}


def _spoiled(value: str) -> str:
    scheme, _, proof = value.rpartition(" ")
    if scheme.lower() != "basic":
        return f"{scheme} {_other(proof)}".strip()
    try:
        name, _, password = base64.b64decode(proof, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return f"{scheme} {_other(proof)}"
    return f"{scheme} {base64.b64encode(f'{name}:{_other(password)}'.encode()).decode()}"


def _other(secret: str) -> str:
    """A text of the same shape that says nothing about the secret."""
    filled = re.sub(r"[A-Za-z0-9]", "0", secret)
    if filled == secret:
        filled = filled.replace("0", "1")
    return filled if filled != secret else f"{secret}0"
