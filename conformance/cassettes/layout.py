"""Cassettes as text that diffs well: keys in a fixed order, bodies as blocks, JSON laid out a line a value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import yaml
from vcr.serializers import yamlserializer

from conformance.contract.media import is_json


class _Dumper(yaml.SafeDumper):
    """A safe dumper that writes texts of several lines as blocks and never refers to what it wrote before."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the signature is PyYAML's
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Dumper.add_representer(str, _text)


def deserialize(text: str) -> Any:
    """What vcrpy makes of the text."""
    return yamlserializer.deserialize(text)


def serialize(cassette: Mapping[str, Any]) -> str:
    """The text of a cassette as vcrpy hands it over."""
    laid_out = {
        "version": cassette["version"],
        "metadata": cassette.get("metadata", {}),
        "interactions": [
            {"request": _request(one["request"]), "response": _response(one["response"])}
            for one in cassette["interactions"]
        ],
    }
    return plain(laid_out)


def plain(value: Any) -> str:
    """A value as YAML in this layout."""
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000)


def readable(content: str | bytes | None, media_type: str) -> str | bytes | None:
    """A body as it is kept: JSON laid out, anything else as it is."""
    if content is None or not is_json(media_type):
        return content
    try:
        value = json.loads(content)
        laid_out = json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False)
        laid_out.encode()
    except (ValueError, RecursionError):
        return content
    return laid_out


def _request(request: Mapping[str, Any]) -> dict[str, Any]:
    headers = _headers(request["headers"])
    body = readable(request["body"], "".join(headers.get("content-type", [])))
    return {"method": request["method"], "uri": request["uri"], "headers": headers, "body": body}


def _response(response: Mapping[str, Any]) -> dict[str, Any]:
    headers = _headers(response["headers"])
    body = readable(response["body"]["string"], "".join(headers.get("content-type", [])))
    return {"status": dict(response["status"]), "headers": headers, "body": {"string": body}}


def _headers(headers: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {name: [str(value) for value in values] for name, values in sorted(headers.items())}
