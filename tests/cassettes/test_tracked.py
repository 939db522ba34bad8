"""The cassettes of this repository, looked at with nothing but PyYAML, vcrpy and regular expressions."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path

import pytest
import vcr
import yaml

FOLDER = Path(__file__).parents[2] / "cassettes"
FILES = sorted(FOLDER.rglob("*.yaml"))
VOLATILE = {"date", "server", "connection", "keep-alive", "content-length", "transfer-encoding", "user-agent", "host"}


def told(path: Path) -> str:
    return str(path.relative_to(FOLDER))


@pytest.mark.parametrize("path", FILES, ids=told)
def test_no_token_is_signed_and_no_claim_names_anybody(path: Path) -> None:
    for token in re.findall(r"eyJ[\w-]+\.[\w-]+\.[\w-]*", path.read_text()):
        header, claims, signature = token.split(".")
        assert json.loads(base64.urlsafe_b64decode(header + "==")) == {"typ": "JWT", "alg": "none"}
        assert signature == ""
        assert "@" not in base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)).decode()


@pytest.mark.parametrize("path", FILES, ids=told)
def test_no_basic_pair_is_real(path: Path) -> None:
    for pair in re.findall(r"\bBasic\s+([A-Za-z0-9+/=_-]+)", path.read_text()):
        assert re.fullmatch(r"user\d*:pass\d*", base64.b64decode(pair).decode())


@pytest.mark.parametrize("path", FILES, ids=told)
def test_no_address_is_real(path: Path) -> None:
    found = re.findall(r"[\w.+%-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+", path.read_text())
    assert [one for one in found if not re.search(r"(?:@|%40)example\.(?:com|org|net)$", one)] == []


@pytest.mark.parametrize("path", FILES, ids=told)
def test_no_key_is_real(path: Path) -> None:
    """Long runs of letters and digits are identifiers with dashes, digests of the contract, or plainly stand-ins."""
    text = re.sub(r"sha256:[0-9a-f]{64}", "", path.read_text())
    text = re.sub(r"eyJ[\w-]+\.[\w-]+\.[\w-]*", "", text)
    runs = re.findall(r"(?<![\w/-])[A-Za-z0-9+]{24,}(?![\w-])", text)
    assert [run for run in runs if re.search(r"\d", run) and not run.startswith("00000000")] == []


@pytest.mark.parametrize("path", FILES, ids=told)
def test_no_server_is_real(path: Path) -> None:
    found = re.findall(r"https?://([^/\s\"'?]+)", path.read_text())
    assert [host for host in found if not host.endswith(".example") and host != "localhost:8077"] == []


@pytest.mark.parametrize("path", [one for one in FILES if ".inbound." not in one.name], ids=told)
def test_plain_vcrpy_plays_it(path: Path) -> None:
    content = yaml.safe_load(path.read_text())
    with vcr.use_cassette(str(path), record_mode="none") as tape:
        assert len(tape) == len(content["interactions"]) > 0
        assert tape.get_metadata("provenance", None) in {"live", "mock", "document"}


@pytest.mark.parametrize("path", [one for one in FILES if ".inbound." not in one.name], ids=told)
def test_nothing_in_it_changes_by_itself(path: Path) -> None:
    for one in yaml.safe_load(path.read_text())["interactions"]:
        names = [name.lower() for name in (*one["request"]["headers"], *one["response"]["headers"])]
        assert VOLATILE & set(names) == set()


def test_all_of_them_are_small() -> None:
    assert sum(path.stat().st_size for path in FILES) < 1_000_000
