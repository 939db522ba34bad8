"""What cannot become a client is refused in one line with its place, and before anything is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conformance.cli import cli
from conformance.codegen.complaints import reason
from conformance.codegen.generate import generate
from conformance.codegen.package import build, import_name
from conformance.codegen.prepare import prepared
from conformance.errors import DocumentError, GenerationError, StaleError

TEXT = {"type": "string"}


def contract(*operations: tuple[str, str, dict[str, Any]], **schemas: Any) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for path, method, operation in operations:
        paths.setdefault(path, {})[method] = {"responses": {"204": {"description": "x"}}, **operation}
    info = {"title": "T", "version": "1"}
    return {"openapi": "3.1.0", "info": info, "paths": paths, "components": {"schemas": schemas}}


ONE = ("/a", "get", {"operationId": "a"})


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (
            contract(("/a", "get", {"operationId": "getThing"}), ("/a", "post", {"operationId": "getThing"})),
            "/paths/~1a/post/operationId: 'getThing' has the Python name 'default.get_thing', "
            "as the operation at /paths/~1a/get/operationId has",
        ),
        (
            contract(("/a", "get", {"operationId": "getThing"}), ("/b", "get", {"operationId": "get_thing"})),
            "/paths/~1b/get/operationId: 'get_thing' has the Python name",
        ),
        (contract(("/a", "get", {}), ("/a/", "get", {})), "/paths/~1a~1/get: has the Python name 'default.get_a'"),
        (
            contract(ONE, foo_bar={"type": "object"}, FooBar={"type": "object"}),
            "/components/schemas/FooBar: 'FooBar' has the Python name 'FooBar', "
            "as the schema at /components/schemas/foo_bar has",
        ),
        (
            contract(ONE, A={"properties": {"a!b": TEXT, "ab": TEXT}}),
            "/components/schemas/A/properties/ab: 'ab' has the Python name 'ab'",
        ),
        (
            contract(ONE, A={"properties": {"e": {"enum": ["a", "A"]}}}),
            "/components/schemas/A/properties/e/enum/1: 'A' has the Python name 'A'",
        ),
    ],
)
def test_names_that_are_one_in_python_are_told_with_both_places(
    refuses: Callable[[dict[str, Any], str], None], document: dict[str, Any], says: str
) -> None:
    refuses(document, says)


@pytest.mark.parametrize(
    "document",
    [
        contract(
            ("/a", "get", {"operationId": "a", "tags": ["x"]}), ("/a", "put", {"operationId": "a", "tags": ["y"]})
        ),
        contract(ONE, A={"properties": {"a-b": TEXT, "a_b": TEXT}}),
        contract(ONE, A={"example": {"properties": {"a!b": 1, "ab": 2}}, "enum": ["1", "2"]}),
    ],
)
def test_what_the_generators_tell_apart_is_taken(document: dict[str, Any]) -> None:
    assert "acme_client/models.py" in build(prepared(document), "acme")


@pytest.mark.parametrize("tag", ["build", "dist"])
def test_a_tag_with_the_name_of_what_building_leaves_has_its_operations(tag: str) -> None:
    operation = ("/a", "get", {"operationId": "a", "tags": [tag]})
    assert f"acme_client/api/{tag}/a.py" in build(prepared(contract(operation)), "acme")


def folder(home: Path, document: dict[str, Any], name: str = "acme") -> Path:
    made = home / name
    made.mkdir(parents=True)
    (made / "openapi.yaml").write_text(json.dumps(document), encoding="utf-8")
    (made / "semantics.yaml").write_text(f"format: 1\nvendor: {name}\ntitle: T\n", encoding="utf-8")
    return made


def test_what_is_invalid_is_told_with_file_and_pointer(tmp_path: Path) -> None:
    reply = {"responses": {"404": {"description": False}}}
    made = folder(tmp_path, contract(("/things/{id}", "get", reply)))
    with pytest.raises(GenerationError) as told:
        generate(made, tmp_path / "out")
    at = "/paths/~1things~1{id}/get/responses/404/description"
    assert told.value.message == f"{made / 'openapi.yaml'}: {at}: Input should be a valid string"
    assert told.value.exit_code == 2
    assert not (tmp_path / "out").exists()


def test_an_overlay_that_leaves_no_contract_is_told_with_file_and_pointer(tmp_path: Path) -> None:
    made = folder(tmp_path, contract(ONE))
    overlay = made / "overlays" / "generate.yaml"
    overlay.parent.mkdir()
    overlay.write_text("overlay: 1.0.0\nactions: [{target: $.paths, update: nope}]\n", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"overlays/generate\.yaml: /paths: "):
        generate(made, tmp_path / "out")


@pytest.mark.parametrize("name", ["Größe", "1st"])
def test_a_folder_whose_client_could_not_be_imported_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(GenerationError, match=rf"{import_name(name)}.*ASCII letters"):
        generate(folder(tmp_path, contract(ONE), name), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_stale_client_is_a_finding_and_no_bad_document(tmp_path: Path) -> None:
    made = folder(tmp_path, contract(ONE))
    arguments = ["generate", "acme", "--check", "--specs", str(made), "--output", str(tmp_path / "out")]
    with pytest.raises(StaleError) as told:
        cli.main(arguments, standalone_mode=False)
    assert told.value.exit_code == 1


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Traceback\nyaml.scanner.ScannerError: no", "ScannerError: no"),
        ("WARNING parsing GET /a.\n\nNo <x at 0x1> way\n\nIf you believe this was a mistake, open", None),
        (
            "WARNING parsing GET /a.\n\nNo way\n\nUnable to process schema /components/schemas/A:\n\nIs odd\n",
            "/components/schemas/A: Is odd",
        ),
        (
            "1 validation error for OpenAPI\ncomponents.schemas.a.b.other.type\n  Odd [type=x]\n",
            "/components/schemas/a.b/type: Odd",
        ),
        ("", ""),
    ],
)
def test_the_reason_is_the_cause(said: str, why: str | None) -> None:
    document = {"components": {"schemas": {"a.b": {"type": 1}}}}
    assert reason(said, document) == ("WARNING parsing GET /a. No way" if why is None else why)


@pytest.mark.parametrize("kind", ["array", ["array", "null"]])
def test_an_array_that_does_not_say_what_it_holds_holds_anything(kind: object) -> None:
    bare = {"type": "object", "properties": {"tags": {"type": kind}}, "example": {"type": "array"}}
    document = contract(ONE, Bare=bare, Type={"type": "object", "properties": {"type": {"type": "string"}}})
    models = build(prepared(document), "acme")["acme_client/models.py"].decode()
    assert f"tags: list[Any]{' | None' * (kind != 'array')} | MISSING = MISSING" in models
    older = {**document, "openapi": "3.0.3"}
    with pytest.raises(GenerationError) as caught:
        prepared(older)
    assert caught.value.message == (
        "/components/schemas/Bare/properties/tags: an array without items, which OpenAPI 3.0 does not allow"
    )
