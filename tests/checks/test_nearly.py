"""What is nearly known, told at another time, or told where no time is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bent import judged, subject

from conformance.contract.message import Reply, Wire

EMAIL, CREATED = "findTenantUsers/filtering/keeps/email", "process/moments/created"


def test_a_part_of_a_value_may_be_refused() -> None:
    whole = subject("kuflow", EMAIL)
    address = str(whole.target.fixtures["tenant_user_email"])

    def strict(wire: Wire, reply: Reply) -> Reply:
        partly = "email=" in wire.url and address.partition("@")[2] not in wire.url
        return replace(reply, status=400, content=b"{}") if partly else reply

    assert judged(whole, answered=strict).verdict == "PASS"
    assert judged(subject("kuflow", EMAIL, deviations=["email-by-a-part"])).verdict == "FAIL"


@pytest.mark.parametrize(
    ("date", "deviations", "verdict"),
    [
        ("Mon, 02 Mar 2026 09:00:05 GMT", [], "PASS"),
        ("Mon, 02 Mar 2026 09:00:05 GMT", ["created-in-local-time"], "FAIL"),
        ("", ["created-in-local-time"], "INCONCLUSIVE"),
    ],
)
def test_a_moment_is_held_against_the_date_of_replies(date: str, deviations: list[str], verdict: str) -> None:
    bent = subject("kuflow", CREATED, deviations=deviations)
    without = replace(bent, controls={}, target=bent.target.model_copy(update={"controls": {}}))

    def dated(_: Wire, reply: Reply) -> Reply:
        headers = {name: value for name, value in reply.headers.items() if name != "date"}
        return replace(reply, headers={**headers, **({"date": date} if date else {})})

    assert judged(without, answered=dated).verdict == verdict


@pytest.mark.parametrize(
    ("path", "deviation"),
    [
        ("instance/removal/gone", "delete-by-a-beginning"),
        ("instance/races/one-wins/Review", "rivals-both-carried-out"),
        ("getFormByFlow/varies/by-state", "forms-cached"),
    ],
)
def test_what_is_near_or_told_before_is_no_excuse(path: str, deviation: str) -> None:
    assert judged(subject("optimajet", path)).verdict == "PASS"
    assert judged(subject("optimajet", path, deviations=[deviation])).verdict in {"FAIL", "WARN"}
