"""Texts replaced by others throughout a message: in addresses, headers and bodies of every kind, escapes included."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from conformance.cassettes.bodies import FORM
from conformance.contract.json_text import well_formed
from conformance.contract.media import bare
from conformance.contract.message import Reply, Wire


@dataclass(frozen=True)
class Substitution:
    """What ``table`` maps, wherever it stands alone: as a whole text, or with no letter or digit on either side.

    Those of ``secrets`` are replaced within words too, and ``numbers`` are JSON numbers.
    """

    table: Mapping[str, str]
    secrets: frozenset[str] = frozenset()
    numbers: Mapping[int, int | str] = field(default_factory=dict)

    def wire(self, wire: Wire) -> Wire:
        """The request with everything replaced."""
        headers = {name: self.text(value) for name, value in wire.headers.items()}
        media_type = wire.headers.get("content-type", "")
        return Wire(wire.method, self.url(wire.url), headers, self.body(wire.content, media_type))

    def reply(self, reply: Reply) -> Reply:
        """The reply with everything replaced."""
        headers = {name: self.text(value) for name, value in reply.headers.items()}
        return replace(reply, headers=headers, content=self.body(reply.content, reply.headers.get("content-type", "")))

    def url(self, url: str) -> str:
        """An address, with what stands in its path and its query."""
        parts = urlsplit(url)
        root = urlsplit(self.text(f"{parts.scheme}://{parts.netloc}"))
        path = "/".join(quote(self.text(unquote(part)), safe="~:@!$&'()*+,;=") for part in parts.path.split("/"))
        pairs = [(name, self.text(value)) for name, value in parse_qsl(parts.query, keep_blank_values=True)]
        return urlunsplit((root.scheme, root.netloc, path, urlencode(pairs), ""))

    def body(self, content: bytes, media_type: str) -> bytes:
        """A body; in one that is no text the bytes of a text are replaced."""
        try:
            text = content.decode()
        except UnicodeDecodeError:
            for old, new in self._longest:
                content = content.replace(old.encode(), new.encode())
            return content
        if bare(media_type) == FORM:
            pairs = parse_qsl(text, keep_blank_values=True)
            return urlencode([(name, self.text(value)) for name, value in pairs]).encode()
        return self._nested(text).encode()

    def value(self, value: Any) -> Any:
        """A JSON value, with its texts, its keys, and the JSON that a text holds."""
        if isinstance(value, dict):
            return {self.text(key): self.value(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(item) for item in value]
        if type(value) is int:
            return self.numbers.get(value, value)
        return self._nested(value) if isinstance(value, str) else value

    def text(self, text: str) -> str:
        """A text."""
        return self._pattern.sub(lambda found: self.table[found[0]], text) if self.table else text

    def _nested(self, text: str) -> str:
        """A text that may be JSON, in which texts are written with escapes."""
        parsed = json_in(text)
        replaced = self.value(parsed)
        if parsed is not None and replaced != parsed:
            return json.dumps(replaced, ensure_ascii=False, separators=(",", ":"))
        return self.text(text)

    @cached_property
    def _longest(self) -> list[tuple[str, str]]:
        return sorted(self.table.items(), key=lambda pair: (-len(pair[0]), pair[0]))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(
            "|".join(re.escape(old) if old in self.secrets else _standing_alone(old) for old, _ in self._longest)
        )


def json_in(text: str) -> Any:
    """The JSON object or array that a text holds; ``None`` when it holds neither."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        return json.loads(well_formed(text))
    except (ValueError, RecursionError):
        return None


def _standing_alone(text: str) -> str:
    """A pattern for a text that is no part of a longer word."""
    before = r"(?<!\w)" if re.match(r"\w", text) else ""
    after = r"(?!\w)" if re.search(r"\w$", text) else ""
    return f"{before}{re.escape(text)}{after}"
