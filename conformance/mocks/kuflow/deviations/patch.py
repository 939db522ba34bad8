"""JSON Patches that are carried out wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import unquote

from jsonpointer import JsonPointer

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Refusal
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.deviations._mending import PATCHES, mend_json, take_any_media_type, take_as
from conformance.mocks.kuflow.json_values import NOT_APPLICABLE
from conformance.mocks.kuflow.params import PatchOperation
from conformance.mocks.kuflow.server import KuFlow

STORE_SECONDS = 0.1
"""How long a slow store takes to write."""

OPERATIONS = ("add", "remove", "replace", "move", "copy", "test")
TASK_DATA = "kuflow/patchProcessItemTaskData"
"""Task data come first in a run; metadata and entities are patched by the same rules."""
POINTERS, POINTER_CASE = ("KF-062", "KF-069", "KF-076"), f"{TASK_DATA}/patch/applies/pointer-slash"


@deviation(
    "patch-stops-after-the-first",
    clauses=("KF-057", "KF-064", "KF-071"),
    case=f"{TASK_DATA}/patch/applies/copy-is-its-own",
)
def patch_stops_after_the_first(server: KuFlow) -> None:
    """Only the first operation of a patch is carried out."""
    honest = server.rules.json.patched
    server.rules.json.patched = lambda server, operation, value, operations: honest(
        server, operation, value, operations[:1]
    )


@deviation(
    "patch-half-done",
    clauses=("KF-057a", "KF-064a", "KF-071a"),
    case=f"{TASK_DATA}/patch/atomic/test-of-another-value",
)
def patch_half_done(server: KuFlow) -> None:
    """A patch that fails leaves behind what its operations did before."""

    def patched(server: KuFlow, operation: str, value: Json, operations: Sequence[PatchOperation]) -> Json:
        result: Any = value
        for one in operations:
            try:
                result = server.rules.json.patch_one(operation, result, one)
            except NOT_APPLICABLE:
                raise Refusal(400, "The patch cannot be applied") from None
        outcome: Json = result
        return outcome

    server.rules.json.patched = patched


@deviation(
    "patches-lost-in-a-race",
    clauses=("KF-057b", "KF-064b", "KF-071b"),
    case=f"{TASK_DATA}/patch/concurrent",
)
def patches_lost_in_a_race(server: KuFlow) -> None:
    """Of patches that come at one instant the last one stored is there."""
    server.rules.json.pause = lambda: asyncio.sleep(STORE_SECONDS)


@deviation(
    "patch-media-type-refused",
    clauses=("KF-059", "KF-066", "KF-073"),
    case=f"{TASK_DATA}/contract/valid-request",
)
def patch_media_type_refused(server: KuFlow) -> None:
    """Patches are taken as application/json only."""
    take_as(server, PATCHES, lambda _, __: "application/json")


@deviation(
    "patch-media-type-unchecked",
    clauses=("KF-059a", "KF-066a", "KF-073a"),
    case=f"{TASK_DATA}/contract/refuses/media-type",
)
def patch_media_type_unchecked(server: KuFlow) -> None:
    """Patches are taken whatever media type they are sent as."""
    take_any_media_type(server, PATCHES)


@deviation(
    "patch-add-overwrites-elements",
    clauses=("KF-060", "KF-067", "KF-074"),
    case=f"{TASK_DATA}/patch/applies/add-between",
)
def patch_add_overwrites_elements(server: KuFlow) -> None:
    """Adding at the place of an element overwrites it instead of moving the later ones on."""
    honest = server.rules.json.patch_one

    def patch_one(operation: str, value: Any, one: PatchOperation) -> Any:
        element = one.op == "add" and one.path.rpartition("/")[2].isdigit()
        return honest(operation, value, one.model_copy(update={"op": "replace"}) if element else one)

    server.rules.json.patch_one = patch_one


@deviation(
    "patch-op-unchecked",
    clauses=("KF-060a", "KF-067a", "KF-074a"),
    case=f"{TASK_DATA}/contract/refuses/enum-0.op",
)
def patch_op_unchecked(server: KuFlow) -> None:
    """A patch operation with a name that does not exist is passed over."""

    def known(one: Any) -> bool:
        return not isinstance(one.get("op"), str) or one["op"] in OPERATIONS

    def mend(value: Any) -> Any:
        nothing = {"op": "copy", "from": "", "path": ""}
        return [one if known(one) else nothing for one in value] if isinstance(value, list) else value

    mend_json(server, PATCHES, mend)


@deviation(
    "patch-move-keeps-the-source",
    clauses=("KF-061", "KF-068", "KF-075"),
    case=f"{TASK_DATA}/patch/applies/move",
)
def patch_move_keeps_the_source(server: KuFlow) -> None:
    """A move leaves the value where it was as well."""
    honest = server.rules.json.patch_one

    def patch_one(operation: str, value: Any, one: PatchOperation) -> Any:
        return honest(operation, value, one.model_copy(update={"op": "copy"}) if one.op == "move" else one)

    server.rules.json.patch_one = patch_one


@deviation(
    "patch-properties-open",
    clauses=("KF-061b", "KF-068b", "KF-075b"),
    case=f"{TASK_DATA}/contract/refuses/undeclared-0",
)
def patch_properties_open(server: KuFlow) -> None:
    """Properties that a patch operation does not have are passed over."""
    declared = {"op", "path", "from", "value"}

    def mend(value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return [{name: one[name] for name in one if name in declared} for one in value]

    mend_json(server, PATCHES, mend)


def _misread_paths(server: KuFlow, read: Callable[[str], str]) -> None:
    """Let ``read`` make something else of the path of every operation."""
    honest = server.rules.json.patch_one
    server.rules.json.patch_one = lambda operation, value, one: honest(
        operation, value, one.model_copy(update={"path": read(one.path)})
    )


@deviation("patch-pointers-not-unescaped", clauses=POINTERS, case=POINTER_CASE)
def patch_pointers_not_unescaped(server: KuFlow) -> None:
    """The escapes of a pointer are taken for part of the property's name."""
    _misread_paths(server, lambda path: path.replace("~", "~0"))


@deviation("patch-dots-are-steps", clauses=POINTERS, case=POINTER_CASE)
def patch_dots_are_steps(server: KuFlow) -> None:
    """A dot within the path of a patch leads a step down, as a slash does."""
    _misread_paths(server, lambda path: path.replace(".", "/"))


@deviation("patch-paths-decoded", clauses=POINTERS, case=POINTER_CASE)
def patch_paths_decoded(server: KuFlow) -> None:
    """The path of a patch is decoded as that of a URL is."""
    _misread_paths(server, unquote)


@deviation("patch-digits-are-places", clauses=POINTERS, case=POINTER_CASE)
def patch_digits_are_places(server: KuFlow) -> None:
    """Digits in a path are the place of an element, of which an object has none."""
    honest = server.rules.json.patch_one

    def patch_one(operation: str, value: Any, one: PatchOperation) -> Any:
        parent, _, last = one.path.rpartition("/")
        if last.isdigit() and isinstance(JsonPointer(parent).resolve(value, None), dict):
            raise KeyError(last)
        return honest(operation, value, one)

    server.rules.json.patch_one = patch_one


@deviation(
    "patch-path-optional",
    clauses=("KF-062a", "KF-069a", "KF-076a"),
    case=f"{TASK_DATA}/contract/refuses/missing-0.path",
)
def patch_path_optional(server: KuFlow) -> None:
    """A patch operation without path is about a property named after its operation."""

    def mend(value: Any) -> Any:
        return [{"path": "/add", **one} for one in value] if isinstance(value, list) else value

    mend_json(server, PATCHES, mend)


@deviation(
    "patch-null-is-absent",
    clauses=("KF-063", "KF-070", "KF-077"),
    case=f"{TASK_DATA}/patch/applies/value-null",
)
def patch_null_is_absent(server: KuFlow) -> None:
    """Adding or putting null removes the property, as a merge patch would."""
    honest = server.rules.json.patch_one

    def patch_one(operation: str, value: Any, one: PatchOperation) -> Any:
        if one.op in ("add", "replace") and one.value is None:
            removal = one.model_copy(update={"op": "remove"})
            return honest(operation, value, removal) if one.op == "replace" else value
        return honest(operation, value, one)

    server.rules.json.patch_one = patch_one


@deviation("patch-test-of-objects-passes", clauses=("KF-071a",), case=f"{TASK_DATA}/patch/atomic/test-of-another-value")
def patch_test_of_objects_passes(server: KuFlow) -> None:
    """A test of an object passes whatever the object holds."""
    honest = server.rules.json.patch_one
    server.rules.json.patch_one = lambda operation, value, one: (
        value if one.op == "test" and isinstance(one.value, dict) else honest(operation, value, one)
    )
