"""Executions as the checks of this vendor see them."""

from __future__ import annotations

from typing import Any

from conformance.contract.message import Request
from conformance.contract.place import Place
from conformance.engine.api import Api
from conformance.engine.making import make

ID = Place("request", "path", "executionId")
FLOW = Place("request", "query", "flowId")


def progress_in(api: Api, status: str) -> Any:
    """The progress of a new execution that came to rest with this status."""
    return make(api, "execution", state=status).body


def about(operation: str, execution: str) -> Request:
    """A request about one execution."""
    return ID.put(Request(operation), execution)
