"""Credentials."""

from __future__ import annotations

from pydantic import Field

from conformance.contract.place import Place
from conformance.contract.semantics.model import Model, Pointer, Value, VendorFacet
from conformance.contract.semantics.names import ControlName, IdentityName, OperationName, ResourceName


class Revoke(Model):
    """The control that makes a secret, its argument ``secret``, worthless; ``identity`` is the one to lose its own."""

    control: ControlName
    secret: str
    identity: IdentityName


class Change(Model):
    """The control that puts another secret, its argument, in the place of the one that everybody sends."""

    control: ControlName
    argument: str


class Caller(Model):
    """The operation that tells who calls: ``at`` shows for each identity who it is."""

    operation: OperationName
    at: Pointer
    each: dict[IdentityName, Value]


class Author(Model):
    """Where ``operation``, which takes an id at ``id``, names the author of a ``resource``: ``at`` in its reply."""

    resource: ResourceName
    operation: OperationName
    id: Place
    at: Pointer


class Auth(VendorFacet):
    """``equivalent`` are labels of identities that prove themselves in another way and see what the main one sees.

    ``revoke`` takes an identity's credentials away, ``caller`` tells who calls, and ``author`` who made a resource.
    ``accepted`` are further identities, each with the operations that let it in as they do the main one.
    ``idle`` is the field, of a query or a body, that carries credentials in the modes that ask for them and that the
    other modes ignore; ``change`` says how what it has to hold is changed.
    """

    equivalent: tuple[IdentityName, ...] = ()
    accepted: dict[IdentityName, tuple[OperationName, ...]] = Field(default_factory=dict)
    revoke: Revoke | None = None
    caller: Caller | None = None
    author: Author | None = None
    idle: str | None = None
    change: Change | None = None
