"""Exchanges as text, for reports that have room for them."""

from __future__ import annotations

import json

from conformance.results import ExchangeLine


def request_text(exchange: ExchangeLine) -> str:
    """The request as HTTP prints it, a JSON body indented."""
    return _message(
        f"{exchange.method} {exchange.url}{acting(exchange)}", exchange.request_headers, exchange.request_body
    )


def acting(exchange: ExchangeLine) -> str:
    """Whose credentials a request has, where they are not those of the main identity."""
    return "" if exchange.identity == "main" else f" as {exchange.identity}"


def response_text(exchange: ExchangeLine) -> str:
    """The reply as HTTP prints it, a JSON body indented; ``no reply`` when none came."""
    status = f"status {exchange.status}" if exchange.status else "no reply"
    return _message(status, exchange.response_headers, exchange.response_body)


def plain(exchange: ExchangeLine) -> str:
    """Both messages, one after the other."""
    return f"{request_text(exchange)}\n\n{response_text(exchange)}"


def _message(start: str, headers: dict[str, str], body: str) -> str:
    lines = [start, *(f"{name}: {value}" for name, value in headers.items())]
    return "\n".join([*lines, "", _indented(body)] if body else lines)


def _indented(body: str) -> str:
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return body
