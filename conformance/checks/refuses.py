"""Values that are documented to be refused."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.checks._acting import expect_free, expect_missing
from conformance.contract.facets.refuses import Refuses
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.lending import lent
from conformance.engine.making import Context, build, resolve, set_up
from conformance.engine.near import near_text


def names(_: Vendor, refuses: Refuses) -> Iterator[str]:
    """The wrong values."""
    return iter(refuses.wrong)


@check(variants=names)
def value(api: Api, refuses: Refuses, name: str) -> None:
    """The wrong value is refused and nothing exists for it, and the same create without it is carried out."""
    context: Context = {}
    with set_up("the same request without it"):
        api.expect_success(api.send(build(api, refuses.subject, context)))
    wrong = refuses.wrong[name]
    with lent(api, refuses.subject) as loan:
        known = wrong.place.sent(loan.request)
        value = near_text(api, known) if wrong.value.fresh == "text" else resolve(api, wrong.value, context)
        request = wrong.place.put(loan.request, value)
        if wrong.value.fixture is None:
            api.session.ownership.claim(request)
        api.expect_refusal(api.send(request))
        expect_missing(api, loan.request)
        expect_free(api, loan.request)
