"""The wire form keeps what a client or a server can notice, and forgets how it was written down."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
import yaml

from conformance.contract import pointer
from conformance.contract.pointer import ABSENT
from conformance.drift.difference import Difference, differences
from conformance.drift.wire import wire_operations
from conformance.errors import DocumentError

Json = dict[str, Any]
Change = Callable[[Json], Json]

DOCUMENT: Json = yaml.safe_load("""
openapi: 3.0.3
info: { title: Things, version: "1" }
servers:
  - url: https://things.example/v1
security:
  - Basic: []
  - OAuth: [read]
paths:
  /things:
    post:
      operationId: createThing
      parameters:
        - { name: size, in: query, schema: { type: integer, maximum: 9, default: 5 } }
        - { name: tag, in: query, schema: { type: array, items: { type: string } } }
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/Thing" }
      responses:
        "201":
          description: Made.
          headers:
            ETag: { schema: { type: string } }
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Thing" }
        "304": { description: Kept. }
x-webhooks:
  events:
    post:
      operationId: event
      requestBody:
        content:
          application/json:
            schema: { $ref: "#/components/schemas/Event" }
      responses:
        "200": { description: Seen. }
components:
  schemas:
    Base:
      type: object
      properties:
        id: { type: string, format: uuid, readOnly: true }
    Event:
      type: object
      required: [type]
      properties:
        type: { type: string }
      discriminator:
        propertyName: type
        mapping: { MADE: "#/components/schemas/Made" }
    Made:
      allOf:
        - $ref: "#/components/schemas/Event"
        - type: object
          required: [thing]
          properties:
            thing: { type: string }
    State:
      type: string
      enum: [NEW, OLD]
    Thing:
      allOf:
        - $ref: "#/components/schemas/Base"
        - type: object
          required: [name, state]
          properties:
            name: { type: string, minLength: 1 }
            description: { type: string, nullable: true }
            labels: { type: object, additionalProperties: { type: string } }
            state: { $ref: "#/components/schemas/State" }
            parts:
              type: array
              items: { $ref: "#/components/schemas/Thing" }
  securitySchemes:
    Basic: { type: http, scheme: basic }
    OAuth:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: https://things.example/token
          scopes: { read: Reading. }
""")

OPERATION = "/paths/~1things/post"
SIZE, TAG = f"{OPERATION}/parameters/0", f"{OPERATION}/parameters/1"
SCHEMAS = "/components/schemas"
THING = f"{SCHEMAS}/Thing/allOf/1"
NAME = f"{THING}/properties/name"
EVENT = "/request/content/application~1json/schema"
BODY = "/responses/201/content/application~1json/schema"


def put(place: str, value: Any) -> Change:
    return lambda document: pointer.put(document, place, value)


def drop(place: str) -> Change:
    return lambda document: pointer.remove(document, place)


def compared(ours: Json, theirs: Json) -> list[Difference]:
    return differences(wire_operations(ours), wire_operations(theirs))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        pytest.param(put(f"{NAME}/type", "integer"), f"{BODY}/properties/name/type", id="type"),
        pytest.param(put(f"{SCHEMAS}/Base/properties/id/format", "date"), f"{BODY}/properties/id/format", id="format"),
        pytest.param(put(f"{THING}/required", ["name"]), f"{BODY}/required", id="no longer required"),
        pytest.param(put(f"{THING}/required/2", "parts"), f"{BODY}/required", id="newly required"),
        pytest.param(put(f"{NAME}/minLength", 2), f"{BODY}/properties/name/minLength", id="bound"),
        pytest.param(drop(f"{NAME}/minLength"), f"{BODY}/properties/name/minLength", id="no bound"),
        pytest.param(put(f"{SCHEMAS}/State/enum/2", "AGED"), f"{BODY}/properties/state/enum", id="enum"),
        pytest.param(drop(f"{SCHEMAS}/Base/properties/id/readOnly"), f"{BODY}/properties/id/readOnly", id="readOnly"),
        pytest.param(
            drop(f"{THING}/properties/description/nullable"), f"{BODY}/properties/description/nullable", id="nullable"
        ),
        pytest.param(
            drop(f"{THING}/properties/description"),
            f"{BODY}/properties/description",
            id="property named like an annotation",
        ),
        pytest.param(
            put(f"{THING}/properties/labels/additionalProperties", False),
            f"{BODY}/properties/labels/additionalProperties",
            id="additionalProperties",
        ),
        pytest.param(
            put(f"{THING}/properties/parts/items/$ref", f"#{SCHEMAS}/Base"),
            f"{BODY}/properties/parts/items/$recursion",
            id="recursion",
        ),
        pytest.param(put(f"{OPERATION}/responses/202", {"description": ""}), "/responses/202", id="status"),
        pytest.param(drop(f"{OPERATION}/responses/201/headers/ETag"), "/responses/201/headers/etag", id="header"),
        pytest.param(
            put(f"{OPERATION}/requestBody/content/text~1plain", {}), "/request/content/text~1plain", id="media type"
        ),
        pytest.param(put(f"{OPERATION}/requestBody/required", False), "/request/required", id="body required"),
        pytest.param(drop(f"{OPERATION}/requestBody"), "/request", id="body"),
        pytest.param(put(f"{SIZE}/schema/default", 6), "/parameters/query size/schema/default", id="parameter default"),
        pytest.param(put(f"{SIZE}/schema/maximum", 8), "/parameters/query size/schema/maximum", id="parameter bound"),
        pytest.param(put(f"{SIZE}/required", True), "/parameters/query size/required", id="parameter required"),
        pytest.param(put(f"{SIZE}/in", "header"), "/parameters/header size", id="location"),
        pytest.param(put(f"{TAG}/explode", False), "/parameters/query tag/explode", id="explode"),
        pytest.param(put(f"{TAG}/style", "pipeDelimited"), "/parameters/query tag/style", id="style"),
        pytest.param(put("/servers/0/url", "https://things.example/v2"), "/servers", id="server"),
        pytest.param(put(f"{OPERATION}/security", []), "/security", id="security dropped"),
        pytest.param(put("/security/1/OAuth", []), "/security", id="scope"),
        pytest.param(put("/components/securitySchemes/Basic/scheme", "bearer"), "/security", id="scheme"),
        pytest.param(drop(f"{SCHEMAS}/Event/discriminator"), f"{EVENT}/discriminator", id="discriminator"),
        pytest.param(
            put(f"{SCHEMAS}/Event/discriminator/mapping", {}),
            f"{EVENT}/discriminator/mapping/MADE",
            id="discriminator mapping",
        ),
        pytest.param(
            put(f"{SCHEMAS}/Made/allOf/1/properties/thing/type", "integer"),
            f"{EVENT}/discriminator/mapping/MADE/properties/thing/type",
            id="child of a discriminator",
        ),
    ],
)
def test_a_difference_is_found(change: Change, place: str) -> None:
    found = {(difference.operation, difference.pointer) for difference in compared(DOCUMENT, change(DOCUMENT))}
    operation = "event" if place.startswith(EVENT) else "createThing"
    assert (operation, place) in found


def test_a_difference_says_what_each_side_has() -> None:
    [wider] = compared(DOCUMENT, put(f"{SIZE}/schema/maximum", 10)(DOCUMENT))
    assert str(wider) == "createThing /parameters/query size/schema/maximum: ours 9, theirs 10"
    changed = put(f"{SCHEMAS}/State/enum", ["NEW", "AGED"])(DOCUMENT)
    response = [found for found in compared(DOCUMENT, changed) if found.pointer.startswith("/responses")]
    assert [(found.ours, found.theirs) for found in response] == [("OLD", ABSENT), (ABSENT, "AGED")]


def test_an_operation_that_one_side_lacks_is_found() -> None:
    found = compared(DOCUMENT, put(f"{OPERATION}/operationId", "makeThing")(DOCUMENT))
    sides = [(each.operation, each.ours is ABSENT, each.theirs is ABSENT) for each in found]
    assert sides == [("createThing", False, True), ("makeThing", True, False)]


def test_lists_that_differ_in_order_only_are_found() -> None:
    forward, backward = (put(f"{TAG}/schema/default", tags)(DOCUMENT) for tags in (["a", "b"], ["b", "a"]))
    [found] = compared(forward, backward)
    assert (found.ours, found.theirs) == (["a", "b"], ["b", "a"])


def renamed(document: Json) -> Json:
    document = put(f"{SCHEMAS}/Stage", document["components"]["schemas"]["State"])(document)
    return put(f"{THING}/properties/state", {"$ref": f"#{SCHEMAS}/Stage"})(document)


def inlined(document: Json) -> Json:
    return put(f"{THING}/properties/state", document["components"]["schemas"]["State"])(document)


def beside_all_of(document: Json) -> Json:
    base, own = document["components"]["schemas"]["Thing"]["allOf"]
    return put(f"{SCHEMAS}/Thing", {**own, "allOf": [base]})(document)


def shared_response(document: Json) -> Json:
    made = pointer.get(document, f"{OPERATION}/responses/201")
    document = put(f"{OPERATION}/responses/201", {"$ref": "#/components/responses/Made"})(document)
    return put("/components/responses", {"Made": made})(document)


def shared_parameter(document: Json) -> Json:
    size = pointer.get(document, SIZE)
    return drop(SIZE)(put("/paths/~1things/parameters", [size])(document))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(renamed, id="component renamed"),
        pytest.param(inlined, id="reference inlined"),
        pytest.param(beside_all_of, id="properties beside allOf"),
        pytest.param(shared_response, id="response shared"),
        pytest.param(shared_parameter, id="parameter shared"),
        pytest.param(put(f"{THING}/required", ["state", "name", "name"]), id="order of required"),
        pytest.param(put(f"{SCHEMAS}/State/enum", ["OLD", "NEW"]), id="order of enum"),
        pytest.param(put(f"{SCHEMAS}/State/description", "How far."), id="description"),
        pytest.param(put(f"{SCHEMAS}/State/x-enum-names", ["New", "Old"]), id="extension"),
        pytest.param(put(f"{SCHEMAS}/Base/additionalProperties", True), id="openness said"),
        pytest.param(put(f"{SCHEMAS}/Base/additionalProperties", {}), id="openness said by a schema"),
        pytest.param(put(f"{NAME}/nullable", False), id="nullable said"),
        pytest.param(put(f"{TAG}/explode", True), id="explode said"),
        pytest.param(put(f"{TAG}/style", "form"), id="style said"),
        pytest.param(put(f"{SIZE}/required", False), id="required said"),
        pytest.param(put(f"{OPERATION}/security", [{"OAuth": ["read"]}, {"Basic": []}]), id="security said"),
        pytest.param(put(f"{OPERATION}/tags", ["thing"]), id="tags"),
        pytest.param(put(f"{SCHEMAS}/Event/discriminator/mapping/MADE", "Made"), id="mapping by name"),
    ],
)
def test_another_way_to_say_it_is_no_difference(change: Change) -> None:
    changed = change(DOCUMENT)
    assert changed != DOCUMENT
    assert compared(DOCUMENT, changed) == []


def test_digests_belong_to_values() -> None:
    forms = wire_operations(DOCUMENT)
    assert forms["createThing"].digest == wire_operations(deepcopy(DOCUMENT))["createThing"].digest
    assert forms["createThing"].digest != forms["event"].digest
    one, one_point_zero, true = (put(f"{NAME}/enum", [value])(DOCUMENT) for value in (1, 1.0, True))
    assert compared(one, one_point_zero) == []
    assert compared(one, true)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"type": "string", "pattern": "b"}, id="two patterns"),
        pytest.param({"type": "integer"}, id="two types"),
        pytest.param({"type": "string", "nullable": True}, id="nullable on one side"),
    ],
)
def test_parts_that_do_not_add_up_stay_apart(other: Json) -> None:
    document = put(NAME, {"allOf": [{"type": "string", "pattern": "a"}, other]})(DOCUMENT)
    form = pointer.get(wire_operations(document)["createThing"].value, f"{BODY}/properties/name")
    assert len(form["allOf"]) == 2


A = {"type": "object", "properties": {"a": {"type": "string"}}}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"allOf": [A], "additionalProperties": False}, A | {"additionalProperties": False}, id="closed"),
        pytest.param(
            {"allOf": [{"type": "number", "minimum": 5}], "exclusiveMinimum": True},
            {"type": "number", "minimum": 5, "exclusiveMinimum": True},
            id="exclusive",
        ),
    ],
)
def test_what_a_word_says_beside_others_it_does_not_say_of_parts(one: Json, other: Json) -> None:
    assert compared(put(NAME, one)(DOCUMENT), put(NAME, other)(DOCUMENT))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            {"allOf": [A | {"additionalProperties": False}]}, A | {"additionalProperties": False}, id="closed"
        ),
        pytest.param({"type": "number", "exclusiveMaximum": True}, {"type": "number"}, id="exclusive of no bound"),
    ],
)
def test_what_a_part_says_alone_is_said_by_the_whole(one: Json, other: Json) -> None:
    assert compared(put(NAME, one)(DOCUMENT), put(NAME, other)(DOCUMENT)) == []


def test_a_path_item_of_a_callback_is_followed() -> None:
    def calling(kind: str) -> Json:
        operation = pointer.get(DOCUMENT, "/x-webhooks/events/post") | {"operationId": kind}
        document = put("/x-items", {"back": {"post": operation}})(DOCUMENT)
        call = {"done": {"{$request.body#/url}": {"$ref": "#/x-items/back"}}}
        return put(f"{OPERATION}/callbacks", call)(document)

    called = calling("a")
    assert compared(DOCUMENT, called)
    assert compared(called, put("/x-items/back/post/responses", {"204": {"description": "Seen."}})(called))
    assert compared(called, calling("b")) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (put("/openapi", "3.1.0"), "OpenAPI 3.1.0"),
        (put(f"{SCHEMAS}/Base", {"$ref": "other.yaml#/Base"}), "leaves the document"),
        (put(f"{SCHEMAS}/Base", {"$ref": f"#{SCHEMAS}/None"}), "points at nothing"),
        (put(f"{SCHEMAS}/Base", {"allOf": [{"$ref": f"#{SCHEMAS}/Thing"}]}), "part of itself"),
        (put("/x-webhooks/events/post/operationId", "createThing"), "is there twice"),
        (put("/security", [{"Digest": []}]), "'Digest' is not defined"),
    ],
)
def test_documents_that_make_no_sense_are_refused(change: Change, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        wire_operations(change(DOCUMENT))
