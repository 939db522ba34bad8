"""Nothing secret gets into a cassette: what is found is replaced by placeholders, everywhere and always by the same.

A scrubber learns from everything that it is shown what is secret; its substitution then replaces that everywhere.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from conformance.cassettes.bodies import FORM
from conformance.cassettes.placeholders import EMAIL, JWT, SHORTEST, basic, digits, placeholder, xml_texts
from conformance.cassettes.substitution import Substitution, json_in
from conformance.contract.media import bare
from conformance.contract.message import Reply, Wire

_SECRET = re.compile(
    r"[\w.-]*(?:password|passwd|secret|token|private_?key|api_?key|certificate|assertion|credential)s?", re.IGNORECASE
)
_NO_SECRET = re.compile(r"token_?(?:type|endpoint|url)|[\w.-]*_?(?:expires|lifetime)[\w.-]*", re.IGNORECASE)
_HEADERS = frozenset({"authorization", "proxy-authorization", "x-api-key"})
_IN_ELEMENT = re.compile(rf"<(?:\w+:)?({_SECRET.pattern})(?:\s[^<>]*)?>([^<]+)</", re.IGNORECASE)
_IN_ATTRIBUTE = re.compile(rf"""[\s:]({_SECRET.pattern})\s*=\s*["']([^"'<>]+)["']""", re.IGNORECASE)
_DIGITS = re.compile(r"[1-9][0-9]*")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[T ].*)?")
_OF_PATHS = re.compile(
    r"\.well-known|openid-?c\w+|oauth\d*|oauth-authorization-server|auth|connect|protocol|realms|tenants?|tokens?|rest|v\d[\d.]*",
    re.IGNORECASE,
)
"""Parts of the addresses of APIs and of token endpoints that name nobody."""
_LONG = 8
"""Characters of the shortest secret of a message that is no part of a longer word by chance."""
_NEXT_COOKIE = re.compile(r",\s*(?=[^;,=\s]+=)")
"""Where a further cookie begins in joined headers; the comma of a date is followed by no name."""


@dataclass
class Scrubber:
    """Learns what is secret, and what stands for it.

    ``public`` are words that nobody needs to hide, ``keys`` the lower-case names of the headers, parameters and cookies
    in which the contract has API keys, however they are called.
    """

    vendor: str
    public: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    _table: dict[str, str] = field(default_factory=dict)
    _within: set[str] = field(default_factory=set)
    _digits: dict[int, int | str] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    def name(self, name: str, value: Any, *, secret: bool = False) -> None:
        """Learn a value that the environment names, with all that is in it.

        One that is no ``secret`` in itself stays where it is a public word, or too short to be told from others.
        """
        if isinstance(value, Mapping):
            for number, (key, item) in enumerate(value.items(), 1):
                if not str(key).isidentifier():
                    self.name(f"{name}.key{number}", str(key))
                self.name(f"{name}.{key}" if str(key).isidentifier() else f"{name}.{number}", item, secret=secret)
        elif isinstance(value, list | tuple):
            for number, item in enumerate(value, 1):
                self.name(f"{name}.{number}", item, secret=secret)
        elif isinstance(value, str) and len(value) >= SHORTEST and (secret or value not in self.public):
            for number, text in enumerate(xml_texts(value), 1):
                self.name(f"{name}.{number}", text)
            for form in {value: None, value.lower(): None, value.upper(): None} if _is_uuid(value) else (value,):
                self._put(form, f"{self.vendor}.{name}" if _is_number(value) else name)
                if secret:
                    self._within |= {form, quote(form, safe="")}
                if secret and _DIGITS.fullmatch(form):
                    self._digits[int(form)] = self._table[form]

    def pair(self, username: str, password: str) -> None:
        """Learn the Basic pair of a user name and a password."""
        self._basic(base64.b64encode(f"{username}:{password}".encode()).decode())

    def origin(self, url: str) -> None:
        """Learn where the server is; ``https://VENDOR.example`` stands for it.

        The parts of the path are names, but for the public words, the vendor, and what addresses have in common.
        """
        parts = urlsplit(url)
        self._table.setdefault(f"{parts.scheme}://{parts.netloc}", f"https://{self.vendor}.example")
        self._table.setdefault(parts.netloc, f"{self.vendor}.example")
        if re.search(r"[a-z]\.[a-z]", parts.hostname or ""):
            self._table.setdefault(parts.hostname or "", f"{self.vendor}.example")
        for number, part in enumerate(map(unquote, parts.path.strip("/").split("/")), 1):
            if part.lower() not in self._words and not _OF_PATHS.fullmatch(part):
                self.name(f"path.{number}", part)

    @cached_property
    def _words(self) -> frozenset[str]:
        """The words that the public texts are made of, in lower case, and the vendor's name."""
        words = (word for text in self.public for word in (*re.split(r"[\s/]+", text), *re.findall(r"[\w-]+", text)))
        return frozenset((self.vendor, *map(str.lower, words)))

    def learn(self, wire: Wire, reply: Reply) -> None:
        """Learn the secrets of one exchange."""
        for name, value in (*wire.headers.items(), *reply.headers.items()):
            self._header(name, value)
        for name, value in parse_qsl(urlsplit(wire.url).query):
            self._member(name, value)
        self._texts(wire.url)
        self._body(wire.content, wire.headers.get("content-type", ""))
        self._body(reply.content, reply.headers.get("content-type", ""))

    def learn_value(self, value: Any) -> None:
        """Learn the secrets of a JSON value."""
        self._members(value)

    def substitution(self) -> Substitution:
        """What replaces all that was learned so far."""
        return Substitution(dict(self._table), frozenset(self._within), dict(self._digits))

    def _header(self, name: str, value: str) -> None:
        name = name.lower()
        if name in _HEADERS or self._is_secret(name):
            scheme, space, proof = value.rpartition(" ")
            if scheme.lower() == "basic":
                self._basic(proof)
            else:
                self._member(f"{name}.{scheme}" if space else name, proof, sure=True)
        elif name in {"cookie", "set-cookie"}:
            for pair in value.split(";") if name == "cookie" else _set_cookies(value):
                self._member("cookie", pair.partition("=")[2].strip(), sure=True)
        self._texts(value)

    def _basic(self, proof: str) -> None:
        if proof not in self._table:
            self._table[proof] = basic(self._next("basic"))
            self._within.add(proof)

    def _body(self, content: bytes, media_type: str) -> None:
        try:
            text = content.decode()
        except UnicodeDecodeError:
            return
        self._members(json_in(text))
        if bare(media_type) == FORM:
            for name, value in parse_qsl(text):
                self._member(name, value)
        for found in (*_IN_ELEMENT.finditer(text), *_IN_ATTRIBUTE.finditer(text)):
            for form in {found[2]: None, unescape(found[2]): None}:
                self._member(found[1], form)
        self._texts(text)

    def _members(self, value: Any) -> None:
        for name, item in self._leaves(value):
            if isinstance(item, str):
                self._member(name, item)
                self._texts(item)
                self._members(json_in(item))
            elif name and len(str(item)) >= SHORTEST and item not in self._digits:
                self._digits[item] = digits(item, f"{name}-{self._next('number')}")
                self._table.setdefault(str(item), str(self._digits[item]))

    def _leaves(self, value: Any, name: str = "", *, inside: bool = False) -> Iterator[tuple[str, str | int]]:
        """Every text and number, with the name of the secret that it is or stands in, empty for none.

        What is no secret by its own name is none either where everybody knows it, or where it is a date.
        """
        if isinstance(value, dict):
            for key, item in value.items():
                own = self._is_secret(str(key))
                kept = "" if _NO_SECRET.fullmatch(str(key)) else name
                yield from self._leaves(item, str(key) if own else kept, inside=not own)
        elif isinstance(value, list):
            for item in value:
                yield from self._leaves(item, name, inside=True)
        elif isinstance(value, str) or type(value) is int:
            plain = inside and (str(value) in self.public or _MOMENT.fullmatch(str(value)))
            yield "" if plain else name, value

    def _member(self, name: str, value: str, *, sure: bool = False) -> None:
        """Learn the value of a member, parameter or field whose name says that it is secret."""
        if len(value) >= SHORTEST and (sure or self._is_secret(name)):
            kind = re.sub(r"[^a-z]+", "-", name.lower()).strip("-")
            self._learn(value, kind)

    def _is_secret(self, name: str) -> bool:
        if name.lower() in self.keys:
            return True
        return bool(_SECRET.fullmatch(name)) and not _NO_SECRET.fullmatch(name)

    def _texts(self, text: str) -> None:
        for pattern, kind in ((JWT, "token"), (EMAIL, "address")):
            for found in dict.fromkeys(pattern.findall(text) + pattern.findall(unquote(text))):
                self._learn(found, kind)

    def _learn(self, secret: str, kind: str) -> None:
        if secret not in self._table and secret not in self._table.values():
            self._put(secret, f"{kind}-{self._next(kind)}")
            if len(secret) >= _LONG and kind != "address":
                self._within |= {secret, quote(secret, safe="")}

    def _put(self, secret: str, name: str) -> None:
        """Enter a secret that ``name`` names, under a placeholder that stands for nothing else."""
        taken = {stand_in for known, stand_in in self._table.items() if known.lower() != secret.lower()}
        number, stand_in = 1, placeholder(secret, name)
        while stand_in in taken:
            number += 1
            stand_in = placeholder(secret, f"{name}-{number}")
        self._table.setdefault(secret, stand_in)
        self._table.setdefault(quote(secret, safe=""), quote(self._table[secret], safe=""))

    def _next(self, kind: str) -> int:
        self._numbers[kind] = self._numbers.get(kind, 0) + 1
        return self._numbers[kind]


def _is_number(value: str) -> bool:
    """Whether the placeholder of a value is a number, which has to tell vendors apart."""
    return bool(re.fullmatch(r"[0-9a-fA-F-]{16,}", value))


def _is_uuid(value: str) -> bool:
    return len(value) == 36 and value.count("-") == 4 and _is_number(value)


def _set_cookies(joined: str) -> list[str]:
    """The name and value of each cookie that the values of Set-Cookie, joined by commas, set."""
    return [one.partition(";")[0] for one in _NEXT_COOKIE.split(joined)]
