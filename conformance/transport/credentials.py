"""Proof of identity, added to a request just before it goes out."""

from __future__ import annotations

import base64
import binascii
import re
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from conformance.transport.misses import other, wrong
from conformance.transport.program import TooLong, run_program

_SENDABLE = re.compile(r"([!-~]([\t -~]*[!-~])?)?")


def sendable(value: str) -> bool:
    """Whether a header can carry ``value``: printable ASCII, and no blank at either end."""
    return bool(_SENDABLE.fullmatch(value))


@dataclass(frozen=True)
class Proof:
    """What is added to a request: ``headers``, ``query`` parameters, and ``fields``.

    Fields go into a JSON body where the operation takes one, and into the query elsewhere.
    """

    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def bearer(cls, token: str) -> Proof:
        """RFC 6750."""
        return cls({"authorization": f"Bearer {token}"})

    def spoiled(self) -> dict[str, Proof]:
        """Proofs of the same shape that prove nothing, by what their secrets miss; the first says nothing of them."""
        parts = [{name: _wrong(value) for name, value in part.items()} for part in self._parts()]
        misses = dict.fromkeys(["", *(miss for part in parts for wrongs in part.values() for miss in wrongs)])
        spoiled = {
            miss: Proof(*({name: wrongs.get(miss, wrongs[""]) for name, wrongs in part.items()} for part in parts))
            for miss in misses
        }
        if len(spoiled) > 1 and self.fields:
            spoiled["it is another one, in a header"] = Proof.bearer(next(iter(spoiled[""].fields.values())))
        return spoiled

    def _parts(self) -> tuple[Mapping[str, str], ...]:
        return self.headers, self.query, self.fields


class NoToken(Exception):
    """No access token is to be had; the text says what came instead."""


class Credentials(Protocol):
    """What proves an identity, and the secrets in it."""

    def proof(self) -> Proof:
        """What to add to a request; obtained once and kept where obtaining is work."""

    def renew(self) -> bool:
        """Forget what was obtained; whether obtaining it again can help."""

    def lives(self, authorization: str) -> bool:
        """Whether that header is the one in use, and the time is not over for which its token was issued."""

    def secrets(self) -> tuple[str, ...]:
        """Every value that must never be written anywhere."""


@dataclass(frozen=True)
class Fixed:
    """A proof that stays the same; ``hidden`` are the secrets that it was made of."""

    made: Proof = field(default=Proof(), repr=False)
    hidden: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def bearer(cls, token: str) -> Fixed:
        """A Bearer token."""
        return cls(Proof.bearer(token), (token,))

    @classmethod
    def basic(cls, username: str, password: str) -> Fixed:
        """RFC 7617."""
        pair = base64.b64encode(f"{username}:{password}".encode()).decode()
        return cls(Proof({"authorization": f"Basic {pair}"}), (pair, password))

    @classmethod
    def key(cls, key: str, *, header: str | None = None, query: str | None = None) -> Fixed:
        """A key in a header, or in a query parameter."""
        headers = {header.lower(): key} if header else {}
        return cls(Proof(headers, {query: key} if query else {}), (key,))

    @classmethod
    def of_field(cls, name: str, token: str) -> Fixed:
        """A token in a field of the request."""
        return cls(Proof(fields={name: token}), (token,))

    def proof(self) -> Proof:
        """The proof."""
        return self.made

    def renew(self) -> bool:
        """Nothing to obtain."""
        return False

    def lives(self, _: str) -> bool:
        """Nobody told for how long."""
        return False

    def secrets(self) -> tuple[str, ...]:
        """What the proof was made of, and the headers that came of it."""
        return (*self.hidden, *self.made.headers.values())


ANONYMOUS = Fixed()
"""No credentials."""


@dataclass
class Obtained(ABC):
    """A Bearer token that is asked for when it is first needed, and kept until it is renewed."""

    _token: str | None = field(default=None, init=False, repr=False)
    _until: float = field(default=0, init=False, repr=False)
    _tokens: list[str] = field(default_factory=list, init=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    @abstractmethod
    def issued(self) -> str:
        """A token; ``NoToken`` when none is to be had."""

    def proof(self) -> Proof:
        """The Bearer header; ``NoToken`` when no token is to be had."""
        with self._lock:
            if self._token is None:
                self._token = self.issued()
                self._tokens.insert(0, self._token)
            return Proof.bearer(self._token)

    def renew(self) -> bool:
        """Ask for another token when a proof is needed next."""
        with self._lock:
            self._token = None
        return True

    def lives(self, authorization: str) -> bool:
        """Whether it is the token in use, with time left by the clock of this machine."""
        with self._lock:
            return authorization == f"Bearer {self._token}" and time.monotonic() < self._until

    def secrets(self) -> tuple[str, ...]:
        """Every token that there was, the newest first."""
        return tuple(self._tokens)


@dataclass
class Command(Obtained):
    """A token printed by a program."""

    command: str

    def issued(self) -> str:
        """What the program prints; ``NoToken`` when it fails, or prints nothing that can be sent.

        Neither the command, which may have secrets among its arguments, nor what it printed is told.
        """
        try:
            done = run_program(self.command)
        except TooLong as slow:
            raise NoToken(f"the auth command {slow}; run it by hand to see what it waits for") from None
        token = done.stdout.strip()
        if done.returncode:
            raise NoToken(f"the auth command ended with {done.returncode}; run it by hand to see why")
        if not token:
            raise NoToken("the auth command printed no token; run it by hand to see why")
        if not sendable(token):
            raise NoToken("the auth command printed what no header can carry; let it print the token alone, in ASCII")
        return token


def _wrong(value: str) -> dict[str, str]:
    """Values of the same shape that prove nothing: a Basic pair keeps its name and gets another password."""
    scheme, _, proof = value.rpartition(" ")
    if scheme.lower() == "basic":
        try:
            name, _, password = base64.b64decode(proof, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return {"": f"{scheme} {other(proof)}"}
        pairs = {miss: f"{name}:{one}".encode() for miss, one in wrong(password).items()}
        return {miss: f"{scheme} {base64.b64encode(pair).decode()}" for miss, pair in pairs.items()}
    return {miss: f"{scheme} {one}".strip() for miss, one in wrong(proof).items()}
