"""Processes, the ones that they are related to, and who made and changed them, their tasks and workers."""

from __future__ import annotations

from conformance.checks._acting import after, sightings, subject, with_optional_values
from conformance.contract.identity import id_text
from conformance.contract.pointer import ABSENT, get
from conformance.contract.semantics.document import Call
from conformance.engine.api import Api
from conformance.engine.check import check, only
from conformance.engine.lending import lent
from conformance.engine.making import Context, build, read
from conformance.engine.outcome import NotApplicable, expect, expect_equal


@check(when=only("retrieveProcess"), level="observe")
def related(api: Api, call: Call) -> None:
    """A process of which nobody said otherwise is related to no other."""
    body = api.expect_success(api.send(build(api, call.id)))
    found = {name: get(body, f"/processRelated/{name}") for name in ("incoming", "outcoming")}
    expect(not any(found.values()), "no related process", found)


@check(when=only("updateProcessMetadata", "updateProcessItemTaskData"), identities=("colleague",))
def modifier(api: Api, call: Call) -> None:
    """What another principal has changed shows another as who changed it last, and its creator as before."""
    with lent(api, call.id) as loan:
        made = subject(api, call.id, loan.context)
        if not api.succeeded(api.send(loan.request, "colleague")):
            raise NotApplicable("another principal of the tenant may not change it")
        body = read(api, made)
    last, creator = get(body, "/lastModifiedBy"), get(made.body, "/createdBy")
    if ABSENT in (last, creator):
        raise NotApplicable("it does not show whose it is")
    expect_equal(get(body, "/createdBy"), creator, "createdBy")
    expect(last != creator, "another principal at lastModifiedBy", f"{last}, who created it")


@check(when=only("createProcess", "createProcessItem", "createWorker"))
def creator(api: Api, call: Call) -> None:
    """What is made, be it for another principal, was created by the caller, in the reply and in a later read."""
    context = Context()
    request = with_optional_values(api, build(api, call.id, context), context)
    made = after(api, request, api.send(request), context)
    for where, body in sightings(api, made):
        if get(body, "/createdBy") not in (ABSENT, None):
            expect_equal(
                id_text(get(body, "/createdBy")), id_text(api.fixture("principal_id")), f"createdBy in {where}"
            )


@check(when=only("claimProcessItemTask"), identities=("colleague",))
def claimant(api: Api, call: Call) -> None:
    """A task that another principal than its creator has claimed is owned by another."""
    context = Context()
    request = build(api, call.id, context)
    made = subject(api, call.id, context)
    if not api.succeeded(api.send(request, "colleague")):
        raise NotApplicable("another principal of the tenant may not claim it")
    owner, mine = get(read(api, made), "/ownerId"), id_text(api.fixture("principal_id"))
    expect(owner not in (ABSENT, None) and id_text(owner) != mine, "the other principal at ownerId", owner)
