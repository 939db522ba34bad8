"""Credentials."""

from __future__ import annotations

from pydantic import Field

from conformance.contract.place import Place
from conformance.contract.semantics.model import Model, Pointer, Value, VendorFacet


class Revoke(Model):
    """The control that makes a secret, its argument ``secret``, worthless; ``identity`` is the one to lose its own."""

    control: str
    secret: str
    identity: str


class Change(Model):
    """The control that puts another secret, its argument, in the place of the one that everybody sends."""

    control: str
    argument: str


class Caller(Model):
    """The operation that tells who calls: ``at`` shows for each identity who it is."""

    operation: str
    at: Pointer
    each: dict[str, Value]


class Author(Model):
    """Where ``operation``, which takes an id at ``id``, names the author of a ``resource``: ``at`` in its reply."""

    resource: str
    operation: str
    id: Place
    at: Pointer


class Auth(VendorFacet):
    """``equivalent`` are labels of identities that prove themselves in another way and see what the main one sees.

    ``revoke`` takes an identity's credentials away, ``caller`` tells who calls, and ``author`` who made a resource.
    ``accepted`` are further identities, each with the operations that let it in as they do the main one.
    ``idle`` is the field, of a query or a body, that carries credentials in the modes that ask for them and that the
    other modes ignore; ``change`` says how what it has to hold is changed.
    """

    equivalent: tuple[str, ...] = ()
    accepted: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    revoke: Revoke | None = None
    caller: Caller | None = None
    author: Author | None = None
    idle: str | None = None
    change: Change | None = None

    def operations(self) -> tuple[str, ...]:
        """The operations that tell who calls and who made something, and those that let further identities in."""
        telling = [one.operation for one in (self.caller, self.author) if one]
        return (*telling, *(operation for each in self.accepted.values() for operation in each))

    def fixtures(self) -> tuple[str, ...]:
        """The fixtures that say who each identity is."""
        values = self.caller.each.values() if self.caller else ()
        return tuple(value.fixture for value in values if value.fixture)
