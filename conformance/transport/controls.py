"""Controls: what a tester can do to a target, each a URL, a command line, or in tests a function."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import httpx

from conformance.contract.json_text import parsed
from conformance.transport.base import TransportError
from conformance.transport.program import TooLong, run_program

Control = str | Callable[[Mapping[str, Any]], Any]

SECONDS = 10.0
"""How long a control that is a URL may take."""


def call_control(control: Control, arguments: Mapping[str, Any]) -> Any:
    """What the control answers. A URL gets ``arguments`` as a POSTed JSON object, a program as JSON on its input.

    ``TransportError`` when it fails, or answers something other than JSON.
    """
    if callable(control):
        return control(arguments)
    if control.startswith(("http://", "https://")):
        return _post(control, arguments)
    try:
        done = run_program(control, json.dumps(arguments))
    except TooLong as slow:
        raise TransportError("control", f"it {slow}") from None
    if done.returncode:
        raise TransportError("control", f"it ended with {done.returncode}: {done.stderr.strip()[:200]}")
    return _parse(done.stdout or "null")


@cache
def _client() -> httpx.Client:
    return httpx.Client(timeout=SECONDS, trust_env=False)


def _post(url: str, arguments: Mapping[str, Any]) -> Any:
    try:
        reply = _client().post(url, json=dict(arguments))
    except (httpx.HTTPError, httpx.InvalidURL) as wrong:
        raise TransportError("control", str(wrong)) from None
    if reply.status_code >= 300:
        raise TransportError("control", f"it answered {reply.status_code}: {reply.text[:200]}")
    return _parse(reply.text or "null")


def _parse(text: str) -> Any:
    try:
        return parsed(text)
    except ValueError:
        raise TransportError("control", f"it answered no JSON: {text[:80]!r}") from None
