"""A mock as a target without sockets."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from conformance.contract.message import Wire
from conformance.contract.vendor import Vendor
from conformance.engine.environment import Target
from conformance.engine.plan import Case
from conformance.engine.suite import Subject
from conformance.mocks import catalogue
from conformance.mocks.kit.environment import filled
from conformance.mocks.kit.model import Settings
from conformance.transport.inprocess import InProcess

_API = "http://localhost:1"
_CONTROLS = "http://localhost:2"


def in_process(vendor: Vendor, settings: Settings, cases: tuple[Case, ...]) -> Subject:
    """The mock of ``vendor``, built with ``settings``, as a subject whose requests never leave this process."""
    mock = catalogue.find(vendor.name).build(settings)
    table = filled(mock.environment, _API, _CONTROLS)
    target = Target.model_validate({**table, "name": vendor.name})
    transport = InProcess({_API: mock.app, _CONTROLS: mock.controls})
    controls = {name: _control(transport, url) for name, url in target.controls.items()}
    return Subject(vendor, target, cases, transport, controls)


def _control(transport: InProcess, url: str) -> Callable[[Mapping[str, Any]], Any]:
    def call(arguments: Mapping[str, Any]) -> Any:
        headers = {"content-type": "application/json"}
        return transport.send(Wire("POST", url, headers, json.dumps(dict(arguments)).encode())).json

    return call
