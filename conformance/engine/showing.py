"""Exchanges as they are shown: redacted, cut where long, and as a curl line."""

from __future__ import annotations

import shlex

from conformance.contract.message import Exchange, Wire
from conformance.results import ExchangeLine
from conformance.transport.redaction import HIDDEN, Redactor

BODY_SHOWN = 4000
"""Characters of a body that are kept in a results file."""


def exchange_line(exchange: Exchange, redactor: Redactor) -> ExchangeLine:
    """One exchange for the results file; a reply that never came shows its trouble as the body."""
    reply = exchange.reply
    return ExchangeLine(
        method=exchange.wire.method,
        url=redactor.text(exchange.wire.url),
        request_headers=redactor.headers(exchange.wire.headers),
        request_body=_body(exchange.wire.content, redactor),
        status=reply.status if reply else None,
        response_headers=redactor.headers(reply.headers) if reply else {},
        response_body=_body(reply.content, redactor) if reply else redactor.text(exchange.trouble),
    )


def curl(wire: Wire, redactor: Redactor) -> str:
    """A command that sends the request again; the credentials are ``$TOKEN``, a binary body is ``@body.bin``."""
    words = ["curl", "-i", "-X", wire.method, shlex.quote(redactor.text(wire.url))]
    for name, value in wire.headers.items():
        if name == "authorization":
            words += ["-H", f'"Authorization: {redactor.headers({name: value})[name].replace(HIDDEN, "$TOKEN")}"']
        elif name not in {"user-agent", "accept"}:
            words += ["-H", shlex.quote(f"{name}: {redactor.headers({name: value})[name]}")]
    if wire.content:
        try:
            words += ["--data-binary", shlex.quote(redactor.text(wire.content.decode()))]
        except UnicodeDecodeError:
            words += ["--data-binary", "@body.bin"]
    return " ".join(words)


def _body(content: bytes, redactor: Redactor) -> str:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return f"({len(content)} bytes that are no text)"
    shown = redactor.text(text)
    return shown if len(shown) <= BODY_SHOWN else f"{shown[:BODY_SHOWN]}… ({len(shown)} characters)"
