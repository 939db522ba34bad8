"""Replies to writes, and the reads after them."""

from __future__ import annotations

from conformance.checks._acting import after, make_full, with_optional_values
from conformance.contract.semantics.document import Call
from conformance.contract.vendor import Vendor
from conformance.engine.answers import TWICE, answered
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.lending import needs_of
from conformance.engine.making import Context, bring, build, read, set_up
from conformance.engine.outcome import Mismatch


def answers_a_resource(vendor: Vendor, call: Call) -> bool:
    """Whether the operation changes something and answers it as a read does."""
    return answered(vendor, call.id) is not None


@check(given=answers_a_resource, phase="last")
def as_read(api: Api, call: Call) -> None:
    """What the reply to the operation shows of a resource is what a read right after it shows, in whichever case."""
    answers = api.session.answers
    for _ in range(TWICE):
        if answers.is_unsure(call.id):
            _look(api, call)
    wrong = answers.wrong(call.id)
    if wrong is not None:
        api.history += [wrong.write, wrong.read]
        raise Mismatch(f"{wrong.at} {wrong.shown!r}, as a read shows it", f"{wrong.told!r} in {wrong.case}")


def _look(api: Api, call: Call) -> None:
    """Have the run see what the operation answers of something with all that its create keeps, and a read after it."""
    context: Context = {}
    with set_up("a reply, and a read after it"):
        for name, state in needs_of(api.vendor, call.id):
            if name not in context:
                made = make_full(api, name, context)
                if state:
                    bring(api, made, state, context)
        request = with_optional_values(api, build(api, call.id, context), context)
        read(api, after(api, request, api.send(request), context))
