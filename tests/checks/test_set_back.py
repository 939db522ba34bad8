"""A secret that a check changed is set back, also when the reply to the change was lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from conformance.contract.vendor import Vendor, find
from conformance.engine.plan import plan
from conformance.engine.suite import Options, execute
from conformance.mocks.kit.model import Settings
from conformance.results import CaseLine
from conformance.selftest.target import in_process
from conformance.transport.base import TransportError


@pytest.mark.parametrize(("mode", "name"), [("token", "api/auth/changed"), ("openid", "createToken/token/rotated")])
def test_a_secret_is_set_back_when_the_reply_to_its_change_was_lost(mode: str, name: str) -> None:
    vendor = Vendor.load(find("optimajet"))
    subject = in_process(vendor, Settings(seed=9, mode=mode), ())
    change, given = subject.controls["set_access_token"], list[Any]()

    def late(arguments: Mapping[str, Any]) -> Any:
        answer = change(arguments)
        given.append(arguments)
        if len(given) == 1:
            raise TransportError("control", "timed out")
        return answer

    first, then = (
        next(case for case in plan(vendor, None, mode) if case.path == path)
        for path in (name, "getSchemeList/contract/valid-request")
    )
    chosen = replace(subject, cases=(first, then), controls={**subject.controls, "set_access_token": late})
    lines = [line for line in execute([chosen], Options(9)) if isinstance(line, CaseLine)]
    assert [(line.verdict, line.blame) for line in lines] == [("BLOCKED", "environment"), ("PASS", None)]
    assert len(given) == 2
