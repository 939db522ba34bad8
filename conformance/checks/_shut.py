"""Operations that are shut to whoever may not run them: refused, and nothing is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager

from conformance.checks._acting import expect_not_created
from conformance.contract.message import Reply, Request
from conformance.contract.semantics.document import Call
from conformance.engine.api import Api
from conformance.engine.lending import lent, shown_to_work
from conformance.engine.making import set_up
from conformance.engine.outcome import Mismatch, expect_equal

Send = Callable[[Request], Iterable[tuple[str, Reply]]]
"""Sends a request, perhaps several times, and tells what each one lacked."""


@contextmanager
def told_of(miss: str) -> Iterator[None]:
    """A mismatch inside says what the secret missed."""
    try:
        yield
    except Mismatch as mismatch:
        if not miss:
            raise
        raise Mismatch(f"{mismatch.expected} of a secret in which {miss}", mismatch.actual) from mismatch


def expect_shut(api: Api, call: Call, send: Send) -> None:
    """``Mismatch`` unless each request that ``send`` sends is refused, and nothing is other than before."""
    shown_to_work(api, call.id)
    with ExitStack() as stack:
        with set_up("the request"):
            loan = stack.enter_context(lent(api, call.id))
            loan.look()
        for miss, reply in send(loan.request):
            with told_of(miss):
                api.expect_refusal(reply)
        for made, before, after in loan.look_again():
            expect_equal(after, before, f"{made.resource.name} after the refusal")
        expect_not_created(api, loan.request)
