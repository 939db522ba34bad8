"""Operations that issue access tokens."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from conformance.contract.place import Place
from conformance.contract.semantics.model import Model, OperationFacet, Pointer, Value
from conformance.contract.semantics.names import ControlName, OperationName


class Scope(Model):
    """Scopes with spaces between: ``asked`` for in the request, ``told`` in the reply, in any order."""

    asked: Place
    told: Place


class Refresh(Model):
    """A second token for what the reply to the first one shows at ``told``: it goes to ``place``, with ``request``."""

    told: Place
    place: Place
    request: dict[Place, Value] = Field(default_factory=dict)


class Rotation(Model):
    """The control that replaces the secret called ``part``; it takes the new one as ``argument``."""

    part: str
    control: ControlName
    argument: str


class Client(Model):
    """The name and the secret with which, by Basic, the client proves itself."""

    name: Value
    secret: Value


class Token(OperationFacet):
    """An operation that answers a Bearer token at ``access``, which lets its holder call ``opens`` and ``also`` others.

    ``secrets`` are the parts of the request, by name, without whose right value there is no token; ``exact`` are those
    of them that nothing stands for which is nearly the same, as another spelling may for a name. ``optional`` are the
    parts that it need not have, and has not where the identity has none, and ``known`` those of which only some values
    are. ``client`` is who asks, where it has to prove itself. ``lifetime`` is where the reply says how many seconds the
    token lives, ``rotation`` how its secret is changed. ``error`` is the pointer at which a refusal shows its code.
    """

    access: Place
    opens: OperationName
    also: tuple[OperationName, ...] = ()
    secrets: dict[str, Place] = Field(default_factory=dict)
    exact: tuple[str, ...] = ()
    optional: dict[str, Place] = Field(default_factory=dict)
    known: dict[str, Place] = Field(default_factory=dict)
    client: Client | None = None
    lifetime: Place | None = None
    rotation: Rotation | None = None
    scope: Scope | None = None
    refresh: Refresh | None = None
    error: Pointer = "/error"

    @model_validator(mode="after")
    def _known_secrets(self) -> Self:
        if unknown := set(self.exact) - set(self.secrets):
            raise ValueError(f"exact names no secret of the token: {', '.join(sorted(unknown))}")
        return self
