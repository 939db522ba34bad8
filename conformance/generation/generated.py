"""What Schemathesis generates for the operations of a contract, as values of this project."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any

from conformance.contract.document import Document
from conformance.contract.media import is_json
from conformance.contract.message import Request
from conformance.contract.pointer import ABSENT

FORM = "application/x-www-form-urlencoded"
OTHER_METHODS = "unspecified_http_method"


_ONE_AT_A_TIME = Lock()
"""Hypothesis and Schemathesis draw in one thread at a time."""


@dataclass(frozen=True)
class Generated:
    """One generated request: ``scenario`` is Schemathesis's name of its kind, ``says`` what is special about it.

    ``means_well`` tells a request that is to fit the contract from one that is to break it.
    """

    request: Request
    scenario: str
    says: str
    means_well: bool


def covering(document: Document) -> Mapping[str, tuple[Generated, ...]]:
    """The requests of Schemathesis's coverage phase, by operation, the same ones every time.

    Requests with methods that the contract does not have are left out.
    """
    with _ONE_AT_A_TIME:
        return _covering(document.digest, _Held(document))


@dataclass(frozen=True)
class _Held:
    """A document that counts as equal to any other: the digest beside it is what tells documents apart."""

    document: Document

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=16)
def _covering(_: str, held: _Held) -> Mapping[str, tuple[Generated, ...]]:
    return {name: tuple(_of_operation(name, operation)) for name, operation in _operations(held.document)}


def _operations(document: Document) -> Iterator[tuple[str, Any]]:
    """Schemathesis's operations by the contract's names."""
    import schemathesis
    from schemathesis.config import SchemathesisConfig

    schema = schemathesis.openapi.from_dict(prepared(document), config=SchemathesisConfig.from_dict({}))
    for found in schema.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]
        yield str(operation.definition.raw["operationId"]), operation


def prepared(document: Document) -> dict[str, Any]:
    """A copy in which nobody asks for credentials."""
    root = copy.deepcopy(dict(document.root))
    root.pop("security", None)
    (root.get("components") or {}).pop("securitySchemes", None)
    for item in root["paths"].values():
        for operation in item.values() if isinstance(item, dict) else ():
            if isinstance(operation, dict):
                operation.pop("security", None)
    return root


def _of_operation(name: str, operation: Any) -> Iterator[Generated]:
    from schemathesis.generation.modes import GenerationMode

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cases = operation.schema.iter_coverage_cases(
            operation,
            generation_modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE],
            generation_config=operation.schema.config.generation_for(operation=operation),
            extra_data_source=None,
            error_feedback=None,
            session=None,
        )
        seen: set[str] = set()
        for case in cases:
            made = _converted(name, case)
            if made is not None and repr(made.request) not in seen:
                seen.add(repr(made.request))
                yield made


def _converted(name: str, case: Any) -> Generated | None:
    """A case of Schemathesis as a request; ``None`` for one that is none of the operation."""
    told = case.meta.phase.data
    scenario = str(getattr(told, "scenario", "") or "fuzzing")
    if scenario == OTHER_METHODS:
        return None
    body, media_type = _body(case)
    says = str(getattr(told, "description", "") or scenario)
    parameter = getattr(told, "parameter", None)
    request = Request(
        name,
        {key: str(value) for key, value in (case.path_parameters or {}).items()},
        tuple(_pairs(case.query or {})),
        {key: str(value) for key, value in (case.headers or {}).items() if key.lower() != "content-type"},
        body,
        media_type,
    )
    return Generated(
        request, scenario, f"{parameter}: {says}" if parameter else says, case.meta.generation.mode.is_positive
    )


def _pairs(query: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in query.items():
        for one in value if isinstance(value, list | tuple) else (value,):
            yield str(key), str(one)


def _body(case: Any) -> tuple[Any, str | None]:
    """The body as the suite sends it: a JSON value, the fields of a form, else the bytes as they are written down."""
    from schemathesis.core import NOT_SET

    if case.body is NOT_SET or isinstance(case.body, type(NOT_SET)):
        return ABSENT, case.media_type
    if is_json(case.media_type) or (case.media_type == FORM and isinstance(case.body, dict)):
        return case.body, case.media_type
    written = case.as_transport_kwargs(base_url="http://api.invalid").get("data", b"")
    return written.encode() if isinstance(written, str) else bytes(written or b""), case.media_type


def fuzzed(document: Document, operation: str, count: int, seed: int) -> tuple[Generated, ...]:
    """``count`` random requests of an operation, and as many that are to break the contract, by ``seed``."""
    with _ONE_AT_A_TIME:
        return tuple(_fuzzed(document, operation, count, seed))


def _fuzzed(document: Document, operation: str, count: int, seed: int) -> list[Generated]:
    import hypothesis
    from schemathesis.generation.modes import GenerationMode

    found: list[Generated] = []
    source = dict(_operations(document))[operation]
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")

            @hypothesis.seed(seed)
            @hypothesis.settings(
                max_examples=count,
                database=None,
                deadline=None,
                phases=[hypothesis.Phase.generate],
                suppress_health_check=list(hypothesis.HealthCheck),
            )
            @hypothesis.given(case=source.as_strategy(generation_mode=mode))
            def collect(case: Any) -> None:
                made = _converted(operation, case)
                if made is not None:
                    found.append(made)

            try:
                collect()
            except (hypothesis.errors.Unsatisfiable, hypothesis.errors.InvalidArgument):
                continue
    return found
