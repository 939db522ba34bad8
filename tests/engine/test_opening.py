"""What an environment file names and no connection can be made with is told in one line, before anything is sent."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from conformance.contract.vendor import Vendor
from conformance.engine.environment import Target
from conformance.engine.opening import opened
from conformance.errors import EnvironmentFileError


def target(**told: str) -> Target:
    return Target.model_validate({"name": "far", "vendor": "kuflow", "url": "https://far.invalid/v", **told})


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("ca", "/nowhere/ca.pem", "/nowhere/ca.pem: No such file"),
        ("ca", __file__, Path(__file__).name),
        ("client_cert", "/nowhere/client.pem", "/nowhere/client.pem: No such file"),
        ("client_cert", __file__, Path(__file__).name),
        ("proxy", "nonsense", "'nonsense'"),
        ("proxy", "ftp://proxy.invalid", "'ftp://proxy.invalid'"),
        ("proxy", "http://proxy.invalid:port", "'http://proxy.invalid:port'"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told(key: str, value: str, said: str, kuflow: Vendor) -> None:
    with pytest.raises(EnvironmentFileError) as caught:
        opened(kuflow, target(**{key: value}), 1)
    assert caught.value.message.startswith(f"[far.{key}]: ")
    assert said in caught.value.message
    assert caught.value.hint.startswith("give ")


def test_a_library_that_a_proxy_needs_and_is_not_there_is_told(kuflow: Vendor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "socksio", None)
    with pytest.raises(EnvironmentFileError, match=r"\[far.proxy\]: 'socks5://proxy.invalid:1'"):
        opened(kuflow, target(proxy="socks5://proxy.invalid:1"), 1)
