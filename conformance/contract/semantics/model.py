"""The frozen base of everything read from ``semantics.yaml``, and the values that a request is filled with."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    PrivateAttr,
    ValidationError,
    WithJsonSchema,
    model_validator,
)

from conformance.contract.pointer import join, tokens
from conformance.contract.semantics.names import FixtureName, ResourceName, StateName


class Model(BaseModel):
    """A frozen value; an unknown property is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _pointed(text: str) -> str:
    for part in text.split("#"):
        tokens(part)
    return text


Pointer = Annotated[
    str, AfterValidator(_pointed), WithJsonSchema({"type": "string", "pattern": "^(/[^#]*)?(#(/[^#]*)?)*$"})
]
"""A JSON Pointer (RFC 6901); behind a ``#`` it goes on inside a text that is JSON."""

_SOURCES = frozenset({"fixture", "credential", "resource", "fresh", "bytes", "literal"})


class Value(Model):
    """Where a request's value comes from: a literal, a fixture, a credential, a resource, or something fresh.

    ``resource`` is the id of a resource that the run makes for the purpose, brought into ``state`` when one is
    named. Within one request the same resource name denotes the same resource, and a child's parent is the
    parent named beside it. ``fresh`` is a new UUID or a new text, derived from the run's seed and the case.
    ``credential`` is one of the calling identity's own, as the environment names it.
    ``bytes`` is the content of a binary body, written as text. A literal array or object may hold further values.
    """

    literal: Any = None
    fixture: FixtureName | None = None
    credential: Literal["username", "password", "client_id", "client_secret", "scope", "token"] | None = None
    resource: ResourceName | None = None
    state: StateName | None = None
    fresh: Literal["uuid", "text"] | None = None
    bytes: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, value: Any) -> Any:
        if isinstance(value, cls):
            return value
        if not _names_a_source(value):
            return {"literal": _with_values(value)}
        return {**value, "literal": _each(value["literal"])} if "literal" in value else value

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        sources = (self.fixture, self.credential, self.resource, self.fresh, self.bytes)
        if sum(source is not None for source in sources) > 1:
            raise ValueError("name one of fixture, credential, resource, fresh and bytes")
        if self.state and not self.resource:
            raise ValueError("'state' goes with 'resource'")
        return self

    def ids_in(self, sent: Any) -> Iterator[str]:
        """The ids of resources in ``sent``, which stands in a request where this value belongs."""
        if self.resource is None:
            yield from _ids_in(self.literal, sent)
        else:
            several = sent if isinstance(sent, list | tuple) else [sent]
            yield from (str(one) for one in several if isinstance(one, str | int) and not isinstance(one, bool))


def _names_a_source(value: Any) -> bool:
    """Whether a value of the file says where the value comes from, instead of being it."""
    return isinstance(value, dict) and bool(_SOURCES & value.keys())


def _with_values(literal: Any, at: tuple[str | int, ...] = ()) -> Any:
    """What the file has for a literal, with a ``Value`` for whatever in it says where it comes from."""
    try:
        if _names_a_source(literal):
            return Value.model_validate(literal)
    except ValidationError as wrong:
        says = wrong.errors(include_url=False)[0]["msg"].removeprefix("Value error, ")
        raise ValueError(f"{join(*at)}: {says}") from None
    _require_meant(literal)
    return _each(literal, at)


def _each(literal: Any, at: tuple[str | int, ...] = ()) -> Any:
    """What the file has for a literal, with a ``Value`` for whatever right or deep in it says where it comes from."""
    if isinstance(literal, dict):
        return {name: _with_values(item, (*at, name)) for name, item in literal.items()}
    if isinstance(literal, list):
        return [_with_values(item, (*at, index)) for index, item in enumerate(literal)]
    return literal


def _require_meant(literal: Any) -> None:
    """Nothing, unless it looks like one that says where it comes from, in a word that is almost right."""
    if isinstance(literal, dict) and len(literal) == 1:
        ((word, named),) = literal.items()
        meant = get_close_matches(str(word), sorted(_SOURCES), n=1, cutoff=0.8)
        if meant and isinstance(named, str):
            raise ValueError(f"unknown source {word!r}; did you mean {meant[0]!r}, or {{literal: {{{word}: …}}}}?")


def _ids_in(literal: Any, sent: Any) -> Iterator[str]:
    """The ids in ``sent`` where ``literal`` holds values that name resources; its last item stands for all further."""
    if isinstance(literal, Value):
        yield from literal.ids_in(sent)
    elif isinstance(literal, dict) and isinstance(sent, dict):
        for name in literal.keys() & sent.keys():
            yield from _ids_in(literal[name], sent[name])
    elif isinstance(literal, list) and isinstance(sent, list) and literal:
        for at, item in enumerate(sent):
            yield from _ids_in(literal[min(at, len(literal) - 1)], item)


class Facet(Model):
    """One kind of promise. A subclass in ``conformance.contract.facets`` is found by its ``word``.

    ``subject`` is filled in while loading: the operationId, the resource name, or the vendor.
    """

    subject: str = ""

    @classmethod
    def word(cls) -> str:
        """The property of ``semantics.yaml`` that declares this facet."""
        return cls.__name__.lower()

    def reads(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """What it looks at in replies: operation and pointer, each with where in the facet that is said."""
        return iter(())


class Faceted(Model):
    """Something that facets are declared of."""

    _facets: dict[str, Facet] = PrivateAttr(default_factory=dict)

    def with_facets(self, facets: dict[str, Facet]) -> Self:
        """The same with its facets beside it."""
        copy = self.model_copy()
        copy._facets = facets
        return copy

    @property
    def facets(self) -> dict[str, Facet]:
        """The facets declared of it, by key."""
        return self._facets


class OperationFacet(Facet):
    """A promise about one operation."""


class ResourceFacet(Facet):
    """A promise about one resource."""


class VendorFacet(Facet):
    """A promise about the whole API."""
