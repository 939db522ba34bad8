"""What a server delivered while a scenario ran: the file beside its cassette."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from conformance.cassettes import layout
from conformance.cassettes.files import INBOUND
from conformance.cassettes.substitution import Substitution
from conformance.errors import CassetteError

Delivery = Mapping[str, Any]
"""One request that the server sent: ``headers`` by lower-case name and ``body``, a JSON value."""
_VERSION = 1


def beside(cassette: Path) -> Path:
    """The file of the deliveries that belong to a cassette."""
    return cassette.with_name(cassette.stem + INBOUND)


def load(cassette: Path) -> tuple[Delivery, ...]:
    """The deliveries beside a cassette, in their order; none when there is no such file."""
    path = beside(cassette)
    if not path.is_file():
        return ()
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
        return tuple({**one, "body": json.loads(one["body"])} for one in found["deliveries"])
    except yaml.MarkedYAMLError as wrong:
        at = f":{wrong.problem_mark.line + 1}" if wrong.problem_mark else ""
        raise CassetteError(f"{path}{at}: {wrong.problem}", "record the cassette again") from None
    except OSError as wrong:
        raise CassetteError(f"{path}: {wrong.strerror}", "make it readable") from None
    except (KeyError, TypeError, ValueError, AttributeError, yaml.YAMLError):
        says = f"{path}: /deliveries is no list of objects, each with headers and a body that is JSON text"
        raise CassetteError(says, "record the cassette again") from None


def text_of(deliveries: Sequence[Delivery]) -> str:
    """The text of the file."""
    told = [
        {
            "headers": {name: value for name, value in sorted(one["headers"].items()) if name in {"content-type"}},
            "body": json.dumps(one["body"], indent=2, ensure_ascii=False),
        }
        for one in deliveries
    ]
    return layout.plain({"version": _VERSION, "deliveries": told})


def scrubbed(deliveries: Sequence[Delivery], hidden: Substitution) -> list[Delivery]:
    """The deliveries without secrets."""
    return [hidden.value(dict(one)) for one in deliveries]
