"""The headers that an environment names, beside those that the suite sends of itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from conformance.engine.environment import Target
from conformance.engine.plan import Case
from conformance.engine.suite import Options, Subject, execute
from conformance.results import CaseLine

HEADERS = {"Accept": "application/json", "User-Agent": "qa", "Authorization": "Bearer gateway"}
CASES = ["contract/valid-request", "auth/without-credentials", "auth/wrong-credentials/main"]


@pytest.mark.parametrize("name", CASES)
def test_a_header_of_the_environment_goes_out_once(
    name: str, cases: dict[str, Case], tapped: Callable[..., tuple[Subject, Any]]
) -> None:
    subject, transport = tapped(cases[f"kuflow/findPrincipals/{name}"])
    target = Target.model_validate({**subject.target.model_dump(), "headers": HEADERS})
    (line,) = (one for one in execute([replace(subject, target=target)], Options(9)) if isinstance(one, CaseLine))
    assert (line.verdict, line.reason) == ("PASS", "")
    for wire in transport.carried:
        assert max(Counter(map(str.lower, wire.headers)).values()) == 1
        assert (wire.headers["accept"], wire.headers["user-agent"]) == ("application/json", "qa")
        assert wire.headers.get("authorization") != "Bearer gateway"
    assert any("authorization" not in wire.headers for wire in transport.carried) is ("without" in name)


@pytest.mark.parametrize(
    ("auth", "stays"),
    [
        ({"kind": "none"}, False),
        ({"kind": "bearer", "token": "t-1"}, False),
        ({"kind": "api-key", "token": "t-1", "header": "Authorization"}, False),
        ({"kind": "api-key", "token": "t-1", "header": "x-key"}, True),
        ({"kind": "api-key", "token": "t-1", "query": "key"}, True),
        ({"kind": "token-field", "token": "t-1"}, True),
    ],
)
def test_what_proves_nothing_keeps_the_authorization_of_a_gateway(auth: dict[str, str], stays: bool) -> None:
    told = {"name": "a", "vendor": "a", "url": "https://h/x", "headers": HEADERS, "auth": auth}
    target = Target.model_validate(told)
    assert ("authorization" in target.unproven().headers) is stays
    assert "authorization" in target.headers
