"""Repairs of a document, written as an OpenAPI Overlay beside it."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from jsonpath_ng.exceptions import JSONPathError
from jsonpath_ng.ext.parser import parse
from oas_patch.overlay import apply_overlay  # type: ignore[import-untyped]

from conformance.contract.source import load_yaml
from conformance.errors import DocumentError


def overlaid(document: dict[str, Any], overlay: Path) -> dict[str, Any]:
    """A copy of ``document`` with the actions of an Overlay 1.0 or 1.1 file applied in their order.

    A target that is not there is an error: the document has changed, or no longer needs the repair.

    :raises DocumentError: the overlay is malformed, or a target of it is not in the document.
    """
    repaired = copy.deepcopy(document)
    for number, action in enumerate(_actions(overlay)):
        where = f"{overlay}: /actions/{number}"
        _require_target(repaired, action, where)
        try:
            apply_overlay(repaired, {"actions": [action]})
        except (ValueError, TypeError, AttributeError) as error:
            raise DocumentError(f"{where}: {error}", "correct the action") from None
    return repaired


def _actions(overlay: Path) -> list[dict[str, Any]]:
    actions = load_yaml(overlay).get("actions")
    if not isinstance(actions, list) or not all(isinstance(action, dict) for action in actions):
        raise DocumentError(f"{overlay}: /actions is not a list of objects", "write an OpenAPI Overlay 1.0 file")
    return actions


def _require_target(document: dict[str, Any], action: dict[str, Any], where: str) -> None:
    target = str(action.get("target", ""))
    try:
        path = parse(target)
    except (JSONPathError, TypeError, AttributeError):
        raise DocumentError(f"{where}/target: {target!r} is no JSONPath", "correct the action") from None
    if "copy" not in action and not path.find(document):
        raise DocumentError(
            f"{where}/target: nothing in the document is at {target}",
            "the document has changed; mend the overlay",
        )
