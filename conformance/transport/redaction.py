"""The one redactor: nothing is written or printed that has not passed through it."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

HIDDEN = "[redacted]"

_HEADERS = {"authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key"}
_NAMES = r"[\w.-]*(?:password|secret|token|private_?key|api_?key|certificate)[\w.-]*"
_TEXT = r"""(?:"(?:[^"\\]|\\.)*(?:"|$)|'(?:[^'\\]|\\.)*(?:'|$))"""
_IN_JSON = re.compile(rf"""(["'](?i:{_NAMES})["']\s*:\s*){_TEXT}""")
_IN_FORM = re.compile(rf"((?:^|[?&])(?i:{_NAMES})=)[^&\s]*")


@dataclass(frozen=True)
class Redactor:
    """Replaces the secrets it was told of, wherever they stand, and what stands where secrets stand."""

    secrets: tuple[str, ...] = ()

    @classmethod
    def of(cls, secrets: Iterable[str]) -> Redactor:
        """A redactor for ``secrets`` and the forms that they take in Basic pairs and URLs."""
        forms: set[str] = set()
        plain = [secret for secret in secrets if secret]
        for secret in plain:
            forms |= {secret, quote(secret, safe="")}
        for pair in (f"{a}:{b}" for a in plain for b in plain):
            forms.add(base64.b64encode(pair.encode()).decode())
        return cls(tuple(sorted((form for form in forms if len(form) > 3), key=len, reverse=True)))

    def text(self, text: str) -> str:
        """``text`` without secrets."""
        for secret in self.secrets:
            text = text.replace(secret, HIDDEN)
        text = _IN_JSON.sub(rf'\1"{HIDDEN}"', text)
        return _IN_FORM.sub(rf"\1{HIDDEN}", text)

    def headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """``headers`` with the credentials hidden, and the scheme of an authorization kept."""
        return {name: self._header(name, value) for name, value in headers.items()}

    def _header(self, name: str, value: str) -> str:
        if name.lower() not in _HEADERS:
            return self.text(value)
        scheme, space, _ = value.partition(" ")
        return f"{scheme} {HIDDEN}" if space and name.lower().endswith("authorization") else HIDDEN
