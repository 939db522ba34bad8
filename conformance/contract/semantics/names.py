"""Names in ``semantics.yaml`` of what is declared elsewhere: there, in the contract, or by the environment."""

from __future__ import annotations

from typing import Annotated, Self, TypeGuard

from pydantic import AfterValidator


class Name(str):
    """A text that names something of a ``kind``, in the word that people have for it."""

    __slots__ = ("kind",)
    kind: str

    def __new__(cls, text: str, kind: str = "") -> Self:
        """The text, which is all that it is compared by."""
        name = super().__new__(cls, text)
        name.kind = kind
        return name


def names(value: object, kind: str) -> TypeGuard[Name]:
    """Whether a value is a name of something of a ``kind``."""
    return isinstance(value, Name) and value.kind == kind


def _a(kind: str) -> AfterValidator:
    return AfterValidator(lambda text: Name(text, kind))


OperationName = Annotated[str, _a("operation")]
"""An operationId of the contract."""

WebhookName = Annotated[str, _a("webhook")]
"""A webhook of the contract."""

SchemaName = Annotated[str, _a("schema")]
"""A schema among the components of the contract."""

ResourceName = Annotated[str, _a("resource")]
"""A resource."""

StateName = Annotated[str, _a("state")]
"""A state of the resource that is spoken of."""

CommandName = Annotated[str, _a("command")]
"""A command of the resource that is spoken of."""

ModeName = Annotated[str, _a("mode")]
"""A way to set a server up."""

CapabilityName = Annotated[str, _a("capability")]
"""A part of the API that not every target has."""

IdentityName = Annotated[str, _a("identity")]
"""Who calls."""

FixtureName = Annotated[str, _a("fixture")]
"""A value that the environment gives."""

ControlName = Annotated[str, _a("control")]
"""What the environment does to a server from outside."""
