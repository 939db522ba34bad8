"""Process definitions, their tasks and schemas, and samples of data that keep and break them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from jsonschema_rs import Validator, validator_for

from conformance.mocks.kit.ids import Ids
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.records import ProcessDefinition, TaskDefinition
from conformance.mocks.kuflow.seed.ground import seed_ids
from conformance.mocks.kuflow.seed.people import A, B, C, tenant

TEXT: Json = {"type": "string"}
AMOUNT: Json = {"type": "number", "minimum": 0}
TEXTS: Json = {"type": "array", "items": TEXT}
PERSON: Json = {
    "type": "object",
    "properties": {"name": TEXT, "age": {"type": "integer", "minimum": 0}},
    "required": ["name"],
}
METADATA: Json = {
    "type": "object",
    "properties": {
        "customer": TEXT | {"minLength": 1},
        "amount": AMOUNT,
        "tags": TEXTS,
        "attachment": TEXT,
    },
    "required": ["customer"],
}
ENTITY: Json = {
    "type": "object",
    "properties": {
        "title": TEXT | {"minLength": 1},
        "quantity": {"type": "integer", "minimum": 0},
        "contact": PERSON,
        "attachment": TEXT,
    },
    "required": ["title"],
}
REVIEW: Json = {
    "type": "object",
    "properties": {
        "decision": {"type": "string", "enum": ["approve", "reject"]},
        "amount": AMOUNT,
        "tags": TEXTS,
        "attachment": TEXT,
    },
    "required": ["decision"],
}
FORM: Json = {
    "type": "object",
    "properties": {
        "decision": {"type": "string", "enum": ["approve", "reject"]},
        "form": PERSON,
        "forms": {"type": "array", "items": PERSON},
    },
}
ANSWER: Json = {"type": "object", "properties": {"answer": TEXT}, "required": ["answer"]}
FORMS = {"/form": False, "/forms": True}
REVIEW_CODE, FORM_CODE, STRUCTURE_CODE = "REVIEW", "FORM", "ANSWER"

SAMPLES: dict[str, Json] = {
    "valid_metadata": {"customer": "Northwind", "amount": 12.5, "tags": ["new", "urgent"]},
    "invalid_metadata": {"customer": "Northwind", "amount": -1},
    "valid_entity": {"title": "Chairs", "quantity": 4, "contact": {"name": "Ada", "age": 36}},
    "invalid_entity": {"title": "", "quantity": "four", "contact": {"age": -1}},
    "valid_task_data": {"decision": "approve", "amount": 12.5, "tags": ["checked", "urgent"]},
    "invalid_task_data": {"decision": "perhaps", "amount": 12.5},
    "valid_form_task_data": {
        "decision": "approve",
        "form": {"name": "Ada", "age": 36},
        "forms": [{"name": "Bruno", "age": 41}, {"name": "Clara", "age": 29}],
    },
    "valid_message_data": {"answer": "yes"},
}


def definition_id(ids: Ids, letter: str) -> str:
    """The id of the process definition of a tenant."""
    return ids.named("process-definition", letter)


def user_action(ids: Ids, letter: str) -> str:
    """The id of the user action value of a tenant's processes."""
    return ids.named("user-action-value", letter)


@lru_cache(maxsize=8)
def all_of(seed: int) -> Mapping[str, ProcessDefinition]:
    """One definition for each tenant, by id."""
    ids = seed_ids(seed)
    schemas = {id(schema): validator_for(schema) for schema in (METADATA, ENTITY, REVIEW, FORM, ANSWER)}
    names = {A: "Purchase", B: "Travel", C: "Payroll"}
    made = (_definition(ids, letter, name, schemas) for letter, name in names.items())
    return {definition.id: definition for definition in made}


def _definition(ids: Ids, letter: str, name: str, schemas: dict[int, Validator]) -> ProcessDefinition:
    kinds = ((REVIEW_CODE, "Review", REVIEW), (FORM_CODE, "Fill in the form", FORM), ("ARCHIVE", "Archive", REVIEW))
    tasks = {
        code: TaskDefinition(
            id=ids.named("task-definition", letter, code),
            version=ids.named("task-definition-version", letter, code),
            code=code,
            name=title,
            schema=schemas[id(schema)],
            forms=FORMS if code == FORM_CODE else {},
        )
        for code, title, schema in kinds
    }
    return ProcessDefinition(
        id=definition_id(ids, letter),
        version=ids.named("process-definition-version", letter),
        name=name,
        tenant=tenant(ids, letter),
        metadata=schemas[id(METADATA)],
        entity=schemas[id(ENTITY)],
        tasks=tasks,
        structures={STRUCTURE_CODE: schemas[id(ANSWER)]},
        user_actions=frozenset((user_action(ids, letter),)),
    )
