"""Operators that change a document in one place; each says in its docstring why the verdict is what it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from conformance.contract import pointer
from conformance.contract.pointer import join

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
Schema = dict[str, Any]


@dataclass(frozen=True)
class Variant:
    """A document with one change, and the verdict from the old one to it and back."""

    operator: str
    at: str
    root: dict[str, Any]
    forth: str
    back: str


@dataclass(frozen=True)
class Place:
    """A schema of a document, the directions in which values of it travel, and whether others share in deciding."""

    at: str
    directions: frozenset[str]
    shared: bool = False


NARROWING: list[Callable[[Schema], Iterator[Schema]]] = []
REWRITING: list[Callable[[Schema], Iterator[Schema]]] = []
REPLACING: list[Callable[[Schema], Iterator[Schema]]] = []
STRUCTURAL: list[Callable[[dict[str, Any], str], Iterator[tuple[str, dict[str, Any], str, str]]]] = []


def narrowing(function: Callable[[Schema], Iterator[Schema]]) -> Callable[[Schema], Iterator[Schema]]:
    """Less is admitted: a request that narrows breaks, a response that narrows does not; and the other way back."""
    NARROWING.append(function)
    return function


def rewriting(function: Callable[[Schema], Iterator[Schema]]) -> Callable[[Schema], Iterator[Schema]]:
    """The same is admitted."""
    REWRITING.append(function)
    return function


def replacing(function: Callable[[Schema], Iterator[Schema]]) -> Callable[[Schema], Iterator[Schema]]:
    """Something is admitted that was not, and something is not that was: it breaks in either direction."""
    REPLACING.append(function)
    return function


def is_free_text(schema: Schema) -> bool:
    return schema.get("type") == "string" and not {"enum", "format", "pattern", "const", "minLength"} & schema.keys()


def is_number(schema: Schema) -> bool:
    return schema.get("type") in ("integer", "number") and "enum" not in schema and "const" not in schema


@narrowing
def a_value_less(schema: Schema) -> Iterator[Schema]:
    """A value that was listed is not."""
    if len(schema.get("enum", ())) > 1 and not schema.get("nullable"):
        yield {**schema, "enum": schema["enum"][:-1]}
        yield {**schema, "enum": schema["enum"][1:]}


@narrowing
def a_shorter_text(schema: Schema) -> Iterator[Schema]:
    """The longest text that was admitted is not."""
    if is_free_text(schema):
        yield {**schema, "maxLength": schema.get("maxLength", 51) - 1}


@narrowing
def a_longer_text(schema: Schema) -> Iterator[Schema]:
    """The empty text was admitted and is not."""
    if is_free_text(schema) and schema.get("maxLength", 1) > 0:
        yield {**schema, "minLength": 1}


@narrowing
def a_pattern(schema: Schema) -> Iterator[Schema]:
    """Texts that do not match were admitted and are not."""
    if is_free_text(schema):
        yield {**schema, "pattern": "^[a-z]*$"}
        yield {**schema, "pattern": "[0-9]"}


@narrowing
def a_format(schema: Schema) -> Iterator[Schema]:
    """Texts of another form were admitted and are not."""
    if is_free_text(schema) and "maxLength" not in schema:
        yield {**schema, "format": "uuid"}
        yield {**schema, "format": "date-time"}


@narrowing
def a_listed_text(schema: Schema) -> Iterator[Schema]:
    """Texts that are not listed were admitted and are not."""
    if is_free_text(schema):
        yield {**schema, "enum": ["a"]}


@narrowing
def a_refused_value(schema: Schema) -> Iterator[Schema]:
    """One text was admitted and is not."""
    if is_free_text(schema):
        yield {**schema, "not": {"enum": ["a"]}}


@narrowing
def bounded(schema: Schema) -> Iterator[Schema]:
    """The number at the old bound was admitted and is not."""
    if is_number(schema):
        low, high = schema.get("minimum", 0), schema.get("maximum", 100)
        if high - low >= 1:
            yield {**schema, "maximum": high - 1}
            yield {**schema, "minimum": low + 1}


@narrowing
def stepped(schema: Schema) -> Iterator[Schema]:
    """Numbers between the steps were admitted and are not."""
    if is_number(schema) and "multipleOf" not in schema:
        yield {**schema, "multipleOf": 7}


@narrowing
def whole(schema: Schema) -> Iterator[Schema]:
    """Fractions were admitted and are not."""
    if is_number(schema) and schema["type"] == "number":
        yield {**schema, "type": "integer"}


@narrowing
def counted_items(schema: Schema) -> Iterator[Schema]:
    """Arrays of other lengths were admitted and are not."""
    if schema.get("type") == "array" and not {"minItems", "maxItems", "uniqueItems"} & schema.keys():
        yield {**schema, "minItems": 1}
        yield {**schema, "maxItems": 2}
        yield {**schema, "uniqueItems": True}


@narrowing
def a_required_property(schema: Schema) -> Iterator[Schema]:
    """Objects without the property were admitted and are not."""
    required = schema.get("required", [])
    for name, declared in schema.get("properties", {}).items():
        if name not in required and not {"readOnly", "writeOnly", "$ref"} & declared.keys():
            yield {**schema, "required": [*required, name]}


@narrowing
def closed(schema: Schema) -> Iterator[Schema]:
    """Objects with properties that are not declared were admitted and are not."""
    if schema.get("type") == "object" and "properties" in schema and "additionalProperties" not in schema:
        yield {**schema, "additionalProperties": False}


@narrowing
def counted_properties(schema: Schema) -> Iterator[Schema]:
    """Maps of other sizes were admitted and are not."""
    if schema.get("type") == "object" and "properties" not in schema and "maxProperties" not in schema:
        yield {**schema, "minProperties": 1}
        yield {**schema, "maxProperties": 3}


@narrowing
def not_null(schema: Schema) -> Iterator[Schema]:
    """Null was admitted and is not."""
    if schema.get("nullable") is True and isinstance(schema.get("type"), str) and "enum" not in schema:
        yield {word: value for word, value in schema.items() if word != "nullable"}
    if isinstance(schema.get("type"), list) and "null" in schema["type"] and "enum" not in schema:
        yield {**schema, "type": [kind for kind in schema["type"] if kind != "null"]}


@replacing
def another_type(schema: Schema) -> Iterator[Schema]:
    """The two types share no value."""
    if schema.get("type") in ("boolean", "array") and "default" not in schema:
        yield {"type": "object", "required": ["a"]}
    if schema.get("type") == "object":
        yield {"type": "array", "items": {"type": "string"}}


@replacing
def other_values(schema: Schema) -> Iterator[Schema]:
    """A listed value is exchanged for another."""
    if len(schema.get("enum", ())) > 0 and all(isinstance(one, str) for one in schema["enum"]):
        yield {**schema, "enum": [*schema["enum"][1:], "something else"]}


@rewriting
def alone_in_a_composition(schema: Schema) -> Iterator[Schema]:
    """A union or an intersection of one schema is that schema."""
    for word in ("oneOf", "anyOf", "allOf"):
        yield {word: [schema]}


@rewriting
def beside_itself(schema: Schema) -> Iterator[Schema]:
    """A schema and itself is that schema, and so is a schema or itself."""
    yield {"allOf": [schema, schema]}
    yield {"anyOf": [schema, schema]}


@rewriting
def refused_left_out(schema: Schema) -> Iterator[Schema]:
    """What a schema refuses is refused: that is the schema."""
    if not {"readOnly", "writeOnly", "nullable", "discriminator", "default"} & schema.keys():
        yield {"not": {"not": schema}}


@rewriting
def said_though_it_goes_without(schema: Schema) -> Iterator[Schema]:
    """These are what holds when nothing is said."""
    if schema.get("type") == "string":
        yield {"minLength": 0, **schema}
    if schema.get("type") == "array":
        yield {"minItems": 0, "uniqueItems": False, **schema}
    if schema.get("type") == "object":
        yield {"minProperties": 0, "additionalProperties": True, **schema}


@rewriting
def in_another_order(schema: Schema) -> Iterator[Schema]:
    """The order of keywords, of listed values, of required names and of properties says nothing."""
    turned = dict(reversed(list(schema.items())))
    for word in ("enum", "required"):
        if word in turned:
            turned[word] = list(reversed(turned[word]))
    if "properties" in turned:
        turned["properties"] = dict(reversed(list(turned["properties"].items())))
    if turned:
        yield turned


@rewriting
def split_enum(schema: Schema) -> Iterator[Schema]:
    """Listed values are one or the other of two parts of the list."""
    if len(schema.get("enum", ())) > 1 and not schema.get("nullable"):
        half = len(schema["enum"]) // 2
        rest = {word: value for word, value in schema.items() if word != "enum"}
        yield {"anyOf": [{**rest, "enum": schema["enum"][:half]}, {**rest, "enum": schema["enum"][half:]}]}


@rewriting
def bounds_that_are_implied(schema: Schema) -> Iterator[Schema]:
    """No value that is listed, or has the format, is beyond these bounds."""
    if schema.get("enum") and all(isinstance(one, str) for one in schema["enum"]):
        yield {**schema, "maxLength": max(map(len, schema["enum"]))}
    if schema.get("format") == "uuid" and schema.get("type") == "string":
        yield {**schema, "minLength": 36, "maxLength": 36}
    if is_number(schema) and "maximum" in schema:
        yield {"allOf": [schema, {"maximum": schema["maximum"] + 1}]}


@rewriting
def required_left_out(schema: Schema) -> Iterator[Schema]:
    """What is required already may be required again elsewhere."""
    if schema.get("required") and schema.get("type") == "object":
        yield {"allOf": [schema, {"required": [schema["required"][0]]}]}


@rewriting
def split_by_all_of(schema: Schema) -> Iterator[Schema]:
    """Properties and requirements may stand in parts that hold together."""
    properties = schema.get("properties", {})
    plain = {"type", "properties", "required", "description", "title"}
    hidden = any({"readOnly", "writeOnly"} & one.keys() for one in properties.values())
    if len(properties) > 1 and schema.keys() <= plain and not hidden:
        names = list(properties)
        first, second = ({name: properties[name] for name in part} for part in (names[:1], names[1:]))
        yield {
            "allOf": [
                {"type": "object", "properties": first},
                {"type": "object", "properties": second, "required": schema.get("required", [])},
            ]
        }


def structural(
    function: Callable[[dict[str, Any], str], Iterator[tuple[str, dict[str, Any], str, str]]],
) -> Callable[[dict[str, Any], str], Iterator[tuple[str, dict[str, Any], str, str]]]:
    """Yields place, document and both verdicts for an operation at a pointer."""
    STRUCTURAL.append(function)
    return function


@structural
def without_the_operation(root: dict[str, Any], at: str) -> Iterator[tuple[str, dict[str, Any], str, str]]:
    """What was called is gone; coming back it is new."""
    yield at, pointer.remove(root, at), "breaking", "additive"


@structural
def with_a_parameter(root: dict[str, Any], at: str) -> Iterator[tuple[str, dict[str, Any], str, str]]:
    """A new parameter that can be left out adds something, one that cannot breaks; one that is gone breaks."""
    stated = pointer.get(root, f"{at}/parameters") or []
    for where in ("query", "header", "cookie"):
        for required in (False, True):
            new = {"name": "added-here", "in": where, "required": required, "schema": {"type": "string"}}
            forth = "breaking" if required else "additive"
            yield at, pointer.put(root, f"{at}/parameters", [*stated, new]), forth, "breaking"


@structural
def without_a_parameter(root: dict[str, Any], at: str) -> Iterator[tuple[str, dict[str, Any], str, str]]:
    """Whoever sends it is not understood; coming back, it adds something where it can be left out."""
    stated = pointer.get(root, f"{at}/parameters") or []
    for index, entry in enumerate(stated):
        parameter = pointer.get(root, entry["$ref"][1:]) if "$ref" in entry else entry
        if parameter["in"] == "path" or parameter["name"].lower() in {"accept", "authorization", "content-type"}:
            continue
        left = [one for number, one in enumerate(stated) if number != index]
        back = "breaking" if parameter.get("required") else "additive"
        yield f"{at}/parameters/{index}", pointer.put(root, f"{at}/parameters", left), "breaking", back


@structural
def with_other_names(root: dict[str, Any], at: str) -> Iterator[tuple[str, dict[str, Any], str, str]]:
    """Names of operations and tags are not sent."""
    yield at, pointer.put(root, f"{at}/operationId", "calledOtherwise"), "client", "client"
    yield at, pointer.put(root, f"{at}/tags", ["sorted otherwise"]), "client", "client"
    yield at, pointer.put(root, f"{at}/summary", "Said otherwise."), "docs", "docs"


@structural
def with_statuses(root: dict[str, Any], at: str) -> Iterator[tuple[str, dict[str, Any], str, str]]:
    """A success more or less breaks; a refusal more or less does not."""
    responses = pointer.get(root, f"{at}/responses")
    told = {"description": "Said here."}
    if not any(key in responses for key in ("5XX", "default", "599")):
        yield at, pointer.put(root, f"{at}/responses/599", told), "additive", "additive"
    if not any(key in responses for key in ("2XX", "299")) and any(key[0] == "2" for key in responses):
        yield at, pointer.put(root, f"{at}/responses/299", told), "breaking", "breaking"


@structural
def with_a_header(root: dict[str, Any], at: str) -> Iterator[tuple[str, dict[str, Any], str, str]]:
    """A header more adds something; one that was always there and is gone breaks."""
    for status, response in pointer.get(root, f"{at}/responses").items():
        if "$ref" in response:
            continue
        place = f"{at}/responses{join(status)}/headers"
        for required in (True, False):
            header = {"X-Added-Here": {"required": required, "schema": {"type": "string"}}}
            changed = pointer.put(root, place, {**response.get("headers", {}), **header})
            yield place, changed, "additive", "breaking" if required else "additive"


@structural
def with_media_types(root: dict[str, Any], at: str) -> Iterator[tuple[str, dict[str, Any], str, str]]:
    """A media type more adds something, one less breaks."""
    places = [f"{at}/requestBody"] + [f"{at}/responses{join(key)}" for key in pointer.get(root, f"{at}/responses")]
    for place in places:
        content = pointer.get(root, f"{place}/content")
        if isinstance(content, dict) and content and "*/*" not in content:
            changed = pointer.put(root, f"{place}/content", {**content, "application/x-added": {"schema": {}}})
            yield place, changed, "additive", "breaking"


@structural
def asking_for_more(root: dict[str, Any], at: str) -> Iterator[tuple[str, dict[str, Any], str, str]]:
    """Whoever had enough to be let in has not; coming back, whoever has more is let in."""
    scheme = {"type": "apiKey", "in": "header", "name": "X-Added-Here"}
    changed = pointer.put(root, "/components/securitySchemes/addedHere", scheme)
    stated = pointer.get(root, f"{at}/security")
    stated = stated if isinstance(stated, list) else root.get("security", [])
    is_open = not stated or {} in stated
    yield (
        at,
        pointer.put(changed, f"{at}/security", [{"addedHere": []}]),
        "breaking",
        "additive" if is_open else "breaking",
    )
    if not is_open:
        both = [{**one, "addedHere": []} for one in stated]
        yield at, pointer.put(changed, f"{at}/security", both), "breaking", "additive"


@structural
def another_body_requirement(root: dict[str, Any], at: str) -> Iterator[tuple[str, dict[str, Any], str, str]]:
    """A body that could be left out has to be sent, or the other way round."""
    body = pointer.get(root, f"{at}/requestBody")
    if isinstance(body, dict) and "$ref" not in body:
        required = body.get("required", False)
        changed = pointer.put(root, f"{at}/requestBody/required", not required)
        yield (at, changed, "additive", "breaking") if required else (at, changed, "breaking", "additive")


def cut(root: dict[str, Any], section: str, name: str, method: str) -> dict[str, Any]:
    """The document with one operation of ``paths`` or ``x-webhooks`` alone, and of the components what that needs."""
    item = {key: value for key, value in root[section][name].items() if key not in METHODS or key == method}
    small = {key: value for key, value in root.items() if key not in {"paths", "components", "x-webhooks"}}
    small |= {"paths": {}, section: {name: item}}
    reached = _reached(root, item)
    components: dict[str, Any] = {"securitySchemes": root.get("components", {}).get("securitySchemes", {})}
    small["components"] = components
    for at in reached:
        small = pointer.put(small, at, pointer.get(root, at))
    return deepcopy(small)


def _reached(root: dict[str, Any], value: Any) -> list[str]:
    found: dict[str, None] = {}
    waiting = [value]
    while waiting:
        here = waiting.pop()
        if isinstance(here, list):
            waiting += here
        elif isinstance(here, dict):
            waiting += here.values()
            targets = [here["$ref"]] if isinstance(here.get("$ref"), str) else []
            targets += (
                [one for one in here.get("mapping", {}).values() if isinstance(one, str)] if "mapping" in here else []
            )
            for ref in targets:
                at = ref[1:]
                if at not in found:
                    found[at] = None
                    waiting.append(pointer.get(root, at))
    return list(found)


def _end(root: dict[str, Any], at: str) -> str:
    schema = pointer.get(root, at)
    return _end(root, schema["$ref"][1:]) if isinstance(schema, dict) and "$ref" in schema else at


def _inner(root: dict[str, Any], at: str) -> Iterator[str]:
    """The schemas of what a value consists of."""
    schema = pointer.get(root, at)
    for name in schema.get("properties", {}):
        yield _end(root, f"{at}/properties{join(name)}")
    for word in ("items", "additionalProperties"):
        if isinstance(schema.get(word), dict):
            yield _end(root, f"{at}/{word}")


def _members(root: dict[str, Any], at: str) -> Iterator[str]:
    """The schemas that decide about the same value: members of a composition, and children."""
    schema = pointer.get(root, at)
    for word in ("allOf", "anyOf", "oneOf"):
        yield from (_end(root, f"{at}/{word}/{index}") for index in range(len(schema.get(word, ()))))
    yield from (_end(root, one[1:]) for one in schema.get("discriminator", {}).get("mapping", {}).values())


def _declared(root: dict[str, Any], at: str) -> Iterator[tuple[str, str]]:
    """The properties that a schema and the parts that hold with it declare: name and place."""
    schema = pointer.get(root, at)
    yield from ((name, _end(root, f"{at}/properties{join(name)}")) for name in schema.get("properties", {}))
    for index in range(len(schema.get("allOf", ()))):
        yield from _declared(root, _end(root, f"{at}/allOf/{index}"))


def _sent_and_answered(root: dict[str, Any], at: str) -> Iterator[tuple[str, str]]:
    """The schemas of an operation's messages, each with its direction, which is the other one in a webhook."""
    sent, answered = ("response", "request") if at.startswith("/x-webhooks/") else ("request", "response")
    operation, above = pointer.get(root, at), at.rpartition("/")[0]
    messages = [(f"{at}/requestBody", sent)]
    messages += [(f"{at}/responses{join(status)}", answered) for status in operation["responses"]]
    for here, direction in messages:
        content = pointer.get(root, f"{_end(root, here)}/content")
        for media in content if isinstance(content, dict) else ():
            yield f"{_end(root, here)}/content{join(media)}/schema", direction
    for owner, here in ((pointer.get(root, above), above), (operation, at)):
        for index in range(len(owner.get("parameters", ()))):
            place = _end(root, f"{here}/parameters/{index}")
            if pointer.get(root, f"{place}/name").lower() not in {"accept", "authorization", "content-type"}:
                yield f"{place}/schema", sent


def places(root: dict[str, Any], at: str) -> list[Place]:
    """The schemas that an operation's messages are made of, past references, properties, items, members and children.

    A member of a composition shares in deciding: what replaces it is not told apart from what contradicts the others.
    So does the property that chooses among children. A property that two members of an intersection declare is left
    out, with all below: either may decide alone. So is a schema whose children refer back to it: around another schema
    they would refer to that.
    """
    found: dict[str, set[str]] = {}
    shared: set[str] = set()
    left_out: set[str] = set()

    def exclude(here: str) -> None:
        if here not in left_out and isinstance(pointer.get(root, here), dict):
            left_out.add(here)
            for below in (*_inner(root, here), *_members(root, here)):
                exclude(below)

    def visit(here: str, direction: str) -> None:
        schema = pointer.get(root, here)
        if not isinstance(schema, dict) or direction in found.get(here, ()):
            return
        found.setdefault(here, set()).add(direction)
        declared = list(_declared(root, here))
        for name, below in declared:
            if [one for one, _ in declared].count(name) > 1:
                exclude(below)
        members = list(_members(root, here))
        shared.update([here, *members] if members else ())
        hidden = "readOnly" if direction == "request" else "writeOnly"
        for below in (*_inner(root, here), *members):
            if not pointer.get(root, below).get(hidden):
                visit(below, direction)
        if "discriminator" in schema:
            shared.update(below for name, below in declared if name == schema["discriminator"]["propertyName"])
            left_out.update(() if {"anyOf", "oneOf"} & schema.keys() else [here])

    for here, direction in _sent_and_answered(root, at):
        visit(_end(root, here), direction)
    return [
        Place(here, frozenset(directions), here in shared) for here, directions in found.items() if here not in left_out
    ]


def variants(root: dict[str, Any], at: str, known: Collection[Place] = ()) -> Iterator[Variant]:
    """Every operator at every place of an operation where it fits, but for places that are ``known``."""
    for place in places(root, at):
        if place in known:
            continue
        schema = pointer.get(root, place.at)
        narrower = "breaking" if "request" in place.directions else "additive"
        wider = "breaking" if "response" in place.directions else "additive"
        for operators, forth, back in (
            (NARROWING, narrower, wider),
            (REWRITING, "none", "none"),
            (() if place.shared else REPLACING, "breaking", "breaking"),
        ):
            for operator in operators:
                for changed in operator(schema):
                    yield Variant(operator.__name__, place.at, pointer.put(root, place.at, changed), forth, back)
    for one in STRUCTURAL if at.startswith("/paths/") else ():
        for where, changed, forth, back in one(root, at):
            yield Variant(one.__name__, where, changed, forth, back)
