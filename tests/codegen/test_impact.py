"""What a changed contract does to those who call its client, told from two generated packages."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from conformance.codegen.impact import Impact, impacts, step
from conformance.codegen.interface import Interface, public_interface
from conformance.codegen.package import build
from conformance.codegen.prepare import prepared

ROOT = Path(__file__).parents[2]
PETS: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Pets", "version": "1"},
    "paths": {
        "/pets": {
            "get": {
                "operationId": "listPets",
                "tags": ["pet"],
                "parameters": [
                    {"name": "limit", "in": "query", "schema": {"type": "integer"}},
                    {"name": "kind", "in": "query", "schema": {"type": "string"}},
                ],
                "responses": {
                    "200": {
                        "description": "",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pets"}}},
                    }
                },
            },
            "post": {
                "operationId": "addPet",
                "tags": ["pet"],
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/NewPet"}}},
                },
                "responses": {
                    "201": {
                        "description": "",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}},
                    }
                },
            },
        },
        "/pets/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
            "get": {
                "operationId": "getPet",
                "tags": ["pet"],
                "responses": {
                    "200": {
                        "description": "",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}},
                    }
                },
            },
            "delete": {"operationId": "removePet", "tags": ["pet"], "responses": {"204": {"description": ""}}},
        },
    },
    "components": {
        "schemas": {
            "Kind": {"type": "string", "enum": ["cat", "dog"]},
            "NewPet": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string", "maxLength": 9},
                    "kind": {"$ref": "#/components/schemas/Kind"},
                },
            },
            "Pet": {
                "type": "object",
                "required": ["id", "name"],
                "properties": {
                    "id": {"type": "string", "description": "Its (own) id, never another's."},
                    "name": {"type": "string"},
                    "bornAt": {"type": "string", "format": "date-time"},
                },
            },
            "Pets": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}},
        }
    },
}


def interface(document: dict[str, Any], folder: Path) -> Interface:
    for name, content in build(prepared(document), "pets").items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return public_interface(folder / "pets_client")


def changed() -> dict[str, Any]:
    """Much of the document is different; on the wire the rename of getPet and of NewPet is not."""
    document = copy.deepcopy(PETS)
    paths, schemas = document["paths"], document["components"]["schemas"]
    paths["/pets/{id}"]["get"]["operationId"] = "retrievePet"
    del paths["/pets/{id}"]["delete"]
    limit, kind = paths["/pets"]["get"]["parameters"]
    limit["required"] = True
    kind["schema"] = {"type": "integer"}
    paths["/pets"]["get"]["parameters"].append({"name": "after", "in": "query", "schema": {"type": "string"}})
    schemas["PetParams"] = schemas.pop("NewPet")
    body = paths["/pets"]["post"]["requestBody"]["content"]["application/json"]
    body["schema"]["$ref"] = "#/components/schemas/PetParams"
    schemas["Kind"]["enum"] = ["cat", "bird"]
    schemas["Pet"]["properties"]["id"]["description"] = "Another word (or two)."
    schemas["Pet"]["properties"]["bornAt"] = {"type": "string", "format": "date"}
    schemas["Pet"]["properties"]["owner"] = {"type": "string"}
    schemas["Pet"]["required"].remove("name")
    return document


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Impact]:
    old = interface(PETS, tmp_path_factory.mktemp("old"))
    new = interface(changed(), tmp_path_factory.mktemp("new"))
    return {str(one): one for one in impacts(old, new)}


def test_every_change_is_told_with_the_step_that_it_asks_for(found: dict[str, Impact]) -> None:
    assert {said: one.step for said, one in found.items()} == {
        "api.pet.get_pet: the operation is now api.pet.retrieve_pet": "major",
        "api.pet.list_pets: the parameter after is new and can be left out": "minor",
        "api.pet.list_pets: the parameter kind is int | MISSING, no longer str | MISSING": "major",
        "api.pet.list_pets: the parameter limit has to be given now": "major",
        "api.pet.list_pets: the parameter limit is int, no longer int | MISSING": "major",
        "api.pet.remove_pet: the operation is gone": "major",
        "models.Kind.BIRD: the member is new": "minor",
        "models.Kind.DOG: the member is gone": "major",
        "models.NewPet: the model is now PetParams": "major",
        "models.Pet.born_at: the field is date | MISSING, no longer AwareDatetime | MISSING": "major",
        "models.Pet.name: the field can be MISSING now": "major",
        "models.Pet.owner: the field is new": "minor",
    }
    assert step(tuple(found.values())) == "major"


def test_an_impact_names_the_requests_and_the_words_of_the_wire(found: dict[str, Impact]) -> None:
    told = found["models.Pet.born_at: the field is date | MISSING, no longer AwareDatetime | MISSING"]
    assert set(told.sends) == {"get /pets", "post /pets", "get /pets/{id}"}
    assert told.names == ("bornAt",)
    assert found["api.pet.remove_pet: the operation is gone"].sends == ("delete /pets/{id}",)


def test_prose_is_no_change_and_bounds_are_read(tmp_path: Path) -> None:
    document = copy.deepcopy(PETS)
    document["components"]["schemas"]["Pet"]["properties"]["id"]["description"] = 'Another word, "quoted" (or two).'
    old, new = interface(PETS, tmp_path / "old"), interface(document, tmp_path / "new")
    assert impacts(old, new) == ()
    assert step(()) == "patch"
    assert old.models["NewPet"].fields["name"].bounds == ("max_length=9",)


@pytest.mark.parametrize("vendor", sorted(path.name for path in (ROOT / "generated").iterdir()))
def test_a_committed_package_differs_in_nothing_from_itself(vendor: str) -> None:
    package = ROOT / "generated" / vendor / f"{vendor}_client"
    read = public_interface(package)
    assert read.functions
    assert all(one.sends for one in read.functions.values())
    assert impacts(read, public_interface(package)) == ()
