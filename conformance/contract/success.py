"""Whether a reply is a success, by the vendor's own way to tell."""

from __future__ import annotations

from conformance.contract.facets.errors import Errors
from conformance.contract.message import Reply
from conformance.contract.semantics.document import Semantics


def refusal(semantics: Semantics) -> str:
    """What a refusal of this vendor is, in words."""
    errors = semantics.vendor_facet(Errors)
    if errors is None or errors.place is None:
        return "a refusal (4xx)"
    return f"a refusal (below 500, and no {' or '.join(map(str, errors.success))} at {errors.place})"


def succeeded(semantics: Semantics, operation: str | None, reply: Reply) -> bool:
    """Whether ``reply`` to ``operation`` says that it was carried out."""
    errors = semantics.vendor_facet(Errors)
    if errors and errors.place and reply.status < 400 and operation not in errors.bare:
        return errors.place.seen(reply) in errors.success
    return 200 <= reply.status < 300 or reply.status == 304
