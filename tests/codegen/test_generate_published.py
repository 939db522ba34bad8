"""The vendor's own document, repaired, gives the client that the contract gives."""

from __future__ import annotations

import copy
import json
import shutil
from pathlib import Path
from typing import Any

import httpx
import pytest

from conformance.codegen.impact import impacts
from conformance.codegen.interface import public_interface
from conformance.codegen.published import fetched, generate_from_published, require_digest
from conformance.contract.source import load_yaml
from conformance.drift.published import digest, load_publication
from conformance.errors import DocumentError

REAL = Path(__file__).parents[3] / "shared" / "published" / "kuflow" / "openapi-2024-09-13-d18ca5a.yaml"
TLS = "AuthenticationEngineCertificateTls"


def as_published(contract: dict[str, Any]) -> dict[str, Any]:
    """The contract with the peculiarities of the vendor's document put back."""
    document = copy.deepcopy(contract)
    schemas = document["components"]["schemas"]
    for name in ("Process", "ProcessPageItem"):
        schema = schemas[name]
        members = {key: schema.pop(key) for key in ("required", "properties")}
        schema["allOf"].append({"type": "object", **members, "required": [*members["required"], "initiator"]})
    schemas["AuthenticationEngineCertificate"]["properties"]["tls"] = schemas.pop(TLS)
    kinds = schemas["WebhookType"]["enum"]
    schemas["WebhookType"]["x-enum-varnames"] = [kind.replace(".", "__") for kind in kinds]
    for item in document["paths"].values():
        for method in item.keys() & {"get", "put", "post", "patch", "delete"}:
            item[method]["tags"].insert(0, "apiRestExternalV1")
    return document


@pytest.fixture
def stand_in(vendor: Path, tmp_path: Path) -> tuple[str, Path]:
    """A document like the vendor's, and a vendor folder that states its digest."""
    document = tmp_path / "published.json"
    document.write_text(json.dumps(as_published(load_yaml(vendor / "openapi.yaml"))))
    folder = Path(shutil.copytree(vendor, tmp_path / "kuflow"))
    record = folder / "published.toml"
    stated = load_publication(record).document.sha256
    record.write_text(record.read_text().replace(stated, digest(document.read_bytes())))
    return str(document), folder


@pytest.fixture
def source(request: pytest.FixtureRequest, vendor: Path) -> tuple[str, Path]:
    if REAL.exists():
        return str(REAL), vendor
    made: tuple[str, Path] = request.getfixturevalue("stand_in")
    return made


def require_same_interface(source: tuple[str, Path], committed: Path, output: Path) -> None:
    generate_from_published(*source, output)
    ours = public_interface(committed / "kuflow_client")
    theirs = public_interface(output / "kuflow_client")
    assert (len(ours.functions), len(ours.models)) == (33, 77)
    assert impacts(ours, theirs) == ()
    assert ours == theirs


def test_the_vendors_document_gives_the_same_interface(
    source: tuple[str, Path], committed: Path, tmp_path: Path
) -> None:
    require_same_interface(source, committed, tmp_path / "output")


def test_a_document_made_like_it_gives_the_same_interface(
    stand_in: tuple[str, Path], committed: Path, tmp_path: Path
) -> None:
    require_same_interface(stand_in, committed, tmp_path / "output")


def test_another_digest_is_refused_before_anything_is_read(vendor: Path, tmp_path: Path) -> None:
    document = tmp_path / "other.yaml"
    document.write_text("openapi: [")
    with pytest.raises(DocumentError, match=r"SHA-256 is .* states .*; get version 2024-06-14"):
        generate_from_published(str(document), vendor, tmp_path / "output")
    assert not (tmp_path / "output").exists()


def test_a_stated_digest_is_accepted(stand_in: tuple[str, Path]) -> None:
    document, folder = stand_in
    require_digest(Path(document).read_bytes(), document, folder / "published.toml")


def test_a_file_or_vendor_without_a_published_document_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="give the file or the address"):
        fetched(str(tmp_path / "none.yaml"))
    with pytest.raises(DocumentError, match=r"published\.toml"):
        require_digest(b"", "x", tmp_path / "published.toml")


def test_an_address_is_fetched_with_its_failures_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def get(address: str, **_: Any) -> httpx.Response:
        if "dead" in address:
            raise httpx.ConnectError("no route")
        status = 404 if "gone" in address else 200
        return httpx.Response(status, content=b"openapi: 3", request=httpx.Request("GET", address))

    monkeypatch.setattr(httpx, "get", get)
    assert fetched("https://docs.test/a.yaml") == b"openapi: 3"
    with pytest.raises(DocumentError, match="status 404"):
        fetched("https://docs.test/gone.yaml")
    with pytest.raises(DocumentError, match="no route"):
        fetched("https://dead.test/a.yaml")
