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
        identity=exchange.identity,
        method=exchange.wire.method,
        url=redactor.text(exchange.wire.url),
        request_headers=redactor.headers(exchange.wire.headers),
        request_body=_body(exchange.wire.content, redactor),
        status=reply.status if reply else None,
        response_headers=redactor.headers(reply.headers) if reply else {},
        response_body=_body(reply.content, redactor) if reply else redactor.text(exchange.trouble),
    )


def curl(wire: Wire, redactor: Redactor) -> str:
    """A command that sends the request again; its credentials are ``$TOKEN``, and a binary body is ``@body.bin``.

    What else is hidden in the body of a request that has credentials is ``$SECRET``.
    """
    url = redactor.text(wire.url)
    words = ["curl", "-I"] if wire.method == "HEAD" else ["curl", "-i", "-X", wire.method]
    if any(sign in url.replace(HIDDEN, "") for sign in "[]{}"):
        words.insert(2, "-g")
    words.append(_pasted(url))
    for name, value in redactor.headers(wire.headers).items():
        if name == "authorization":
            words += ["-H", f'"Authorization: {value.replace(HIDDEN, "$TOKEN")}"']
        elif name != "user-agent" and (name, value) != ("accept", "*/*"):
            words += ["-H", _pasted(f"{name}: {value}")]
    if wire.content:
        try:
            body = redactor.text(wire.content.decode())
        except UnicodeDecodeError:
            return " ".join([*words, "--data-binary", "@body.bin"])
        if "content-type" not in wire.headers:
            words += ["-H", "content-type:"]
        proven = "$TOKEN" in " ".join(words)
        option = "--data-raw" if body.startswith("@") else "--data-binary"
        words += [option, _pasted(body, "$SECRET" if proven else "$TOKEN")]
    return " ".join(words)


def _pasted(text: str, variable: str = "$TOKEN") -> str:
    """``text`` as a word of a shell, with the value of ``variable`` for what is hidden."""
    return f'"{variable}"'.join(shlex.quote(part) if part else "" for part in text.split(HIDDEN)) or "''"


def _body(content: bytes, redactor: Redactor) -> str:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return f"({len(content)} bytes that are no text)"
    shown = redactor.text(text)
    return shown if len(shown) <= BODY_SHOWN else f"{shown[:BODY_SHOWN]}… ({len(shown)} characters)"
