"""Operations whose request says by several parts what they are about."""

from __future__ import annotations

from conformance.contract.place import Place
from conformance.contract.semantics.model import OperationFacet
from conformance.contract.semantics.names import IdentityName


class Address(OperationFacet):
    """An operation on what ``parts``, all together, lead to; for the identities ``whoever`` they lead there too."""

    parts: tuple[Place, ...]
    whoever: tuple[IdentityName, ...] = ()
