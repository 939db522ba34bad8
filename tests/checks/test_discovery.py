"""An address that is no URL is held against the server that tells it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from bent import judged

from conformance.contract.message import Reply, Wire
from conformance.contract.vendor import Vendor, find
from conformance.engine.plan import plan
from conformance.mocks.kit.model import Settings
from conformance.selftest.target import in_process


def nowhere(wire: Wire, reply: Reply) -> Reply:
    """The document of discovery, with a token endpoint that is no URL."""
    if "openid-configuration" not in wire.url:
        return reply
    told = {**json.loads(reply.content), "token_endpoint": "http://[fd00::1/connect/token"}
    return replace(reply, content=json.dumps(told).encode())


@pytest.mark.parametrize(("check", "verdict"), [("same-path", "FAIL"), ("same-server", "WARN")])
def test_an_address_that_is_no_url_is_the_servers_failure(check: str, verdict: str) -> None:
    vendor, settings = Vendor.load(find("optimajet")), Settings(mode="openid", seed=1)
    cases = plan(vendor, f"getOpenIdConfiguration/discovery/{check}/createToken", "openid")
    honest = in_process(vendor, settings, cases)
    auth = honest.target.auth.model_copy(
        update={"discovery_url": None, "token_url": f"{honest.target.url}/connect/token"}
    )
    line = judged(replace(honest, target=honest.target.model_copy(update={"auth": auth})), answered=nowhere)
    assert (line.verdict, line.blame) == (verdict, "server")
    assert "expected a URL; got 'http://[fd00::1/connect/token'" in line.reason
