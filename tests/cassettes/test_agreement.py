"""Cassettes held against contract and semantics: today's agree, and one change makes those that contradict it fail."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from known import ROOT, vendor

from conformance.cassettes import files, inbound
from conformance.cassettes.agreement import findings
from conformance.cassettes.finding import Finding
from conformance.cli import cli
from conformance.contract import pointer
from conformance.contract.source import load_yaml
from conformance.contract.vendor import Vendor

TRACKED = [path for name in files.vendors([ROOT / "cassettes"]) for path in files.cassettes(name, [ROOT / "cassettes"])]


@pytest.mark.parametrize("path", TRACKED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_tracked_cassette_agrees(path: Path) -> None:
    assert [str(one) for one in findings(vendor(path.parent.name), files.load(path))] == []


def changed(tmp_path: Path, name: str, file: str, at: str, value: Any) -> Vendor:
    """The vendor with one value of one of its files changed."""
    folder = tmp_path / name
    shutil.copytree(ROOT / "specs" / name, folder, dirs_exist_ok=True)
    content = pointer.put(load_yaml(folder / file), at, value)
    (folder / file).write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    return Vendor.load(folder)


def found(told: Vendor, cassette: str) -> list[Finding]:
    return list(findings(told, files.load(ROOT / "cassettes" / told.name / f"{cassette}.yaml")))


@pytest.mark.parametrize(
    ("name", "file", "at", "value", "cassette", "interaction", "where", "message"),
    [
        (
            "kuflow",
            "openapi.yaml",
            "/components/schemas/ProcessState/enum",
            ["RUNNING", "DONE"],
            "receive-webhooks",
            2,
            "/state",
            "COMPLETED",
        ),
        (
            "kuflow",
            "openapi.yaml",
            "/components/schemas/ProcessCreateParams/properties/id",
            {"type": "integer"},
            "start-idempotently",
            1,
            "/id",
            "is not of type",
        ),
        (
            "kuflow",
            "openapi.yaml",
            "/paths/~1processes/post/responses",
            {"201": {"description": "Made"}},
            "start-idempotently",
            2,
            "",
            "one of the documented statuses 201, not status 200",
        ),
        (
            "kuflow",
            "semantics.yaml",
            "/operations/createProcess/create/first",
            [200],
            "start-idempotently",
            1,
            "",
            "a first create is answered with 200, not 201",
        ),
        (
            "kuflow",
            "openapi.yaml",
            "/components/parameters/Size/schema/maximum",
            1,
            "page-through-the-population",
            7,
            "",
            "query parameter size: 2 is greater than the maximum of 1",
        ),
        (
            "pliant",
            "openapi.yaml",
            "/components/schemas/Token/properties/token_type",
            {"type": "string", "enum": ["mac"]},
            "printed",
            1,
            "/token_type",
            "issueToken: reply: schema",
        ),
        (
            "instabase",
            "openapi.yaml",
            "/paths/~1api~1v1~1flow~1pipeline/get/responses/200/content",
            {"text/csv": {}},
            "manage-the-pipelines-of-a-job",
            2,
            "",
            "media type: text/csv with status 200, not application/json",
        ),
    ],
)
def test_a_changed_field_is_contradicted_with_file_interaction_and_pointer(
    tmp_path: Path,
    name: str,
    file: str,
    at: str,
    value: Any,
    cassette: str,
    interaction: int,
    where: str,
    message: str,
) -> None:
    one = found(changed(tmp_path, name, file, at, value), cassette)[0]
    assert (one.file.name, one.interaction, one.pointer) == (f"{cassette}.yaml", interaction, where)
    assert message in one.message
    assert one.witness == ("document" if cassette == "printed" else "mock")


def test_a_delivery_is_contradicted_in_its_own_file(tmp_path: Path) -> None:
    data = "/components/schemas/WebhookEventProcessCreatedData/properties/processState"
    told = changed(tmp_path, "kuflow", "openapi.yaml", data, {"type": "integer"})
    (one,) = [one for one in found(told, "receive-webhooks") if one.file.name.endswith(".inbound.yaml")]
    assert (one.interaction, one.pointer) == (1, "/data/processState")
    assert inbound.beside(Path("receive-webhooks.yaml")).name == one.file.name


def test_an_operation_that_is_gone_is_told(tmp_path: Path) -> None:
    paths = load_yaml(ROOT / "specs" / "instabase" / "openapi.yaml")["paths"]
    kept = {path: item for path, item in paths.items() if "run_flow_async" not in path}
    folder = tmp_path / "instabase"
    shutil.copytree(ROOT / "specs" / "instabase", folder)
    content = {**load_yaml(folder / "openapi.yaml"), "paths": kept}
    (folder / "openapi.yaml").write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    (one, *_) = found(Vendor.load(folder), "manage-the-pipelines-of-a-job")
    assert one.message == "POST /api/v1/flow/run_flow_async is no operation of the contract"


def test_the_command_tells_it_too(tmp_path: Path) -> None:
    enum = "/components/schemas/ProcessState/enum"
    changed(tmp_path, "kuflow", "openapi.yaml", enum, ["RUNNING", "COMPLETED"])
    arguments = ["replay", "kuflow", "--specs", str(tmp_path), "--cassettes", str(ROOT / "cassettes")]
    done = CliRunner().invoke(cli, [*arguments, "--only", "cancel-*"])
    assert done.exit_code == 1
    assert "cancel-with-cascade.yaml: interaction 6: /state: cancelProcess: reply: schema" in done.stdout
    as_json = CliRunner().invoke(cli, [*arguments, "--json"])
    told = {one["cassette"]: one["findings"] for one in json.loads(as_json.stdout)}
    assert told["kuflow/cancel-with-cascade"][0]["pointer"] == "/state"
    assert told["kuflow/start-idempotently"] == []
