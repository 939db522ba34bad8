"""What repeating a create does."""

from __future__ import annotations

from conformance.checks._acting import (
    alike,
    append_entry,
    make_full,
    other_values,
    with_longer_lists,
)
from conformance.checks._repeating import (
    answers_a_success,
    answers_the_same,
    conflicts,
    created,
    expect_one,
    keyed,
    repeated,
    replays_with_other_values,
    updates,
)
from conformance.contract.facets.create import Create
from conformance.contract.identity import same_id
from conformance.contract.pointer import get
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api, describe
from conformance.engine.check import check
from conformance.engine.listing import expect_once
from conformance.engine.making import (
    Context,
    bring,
    create_request,
    made_by,
    read,
    set_up,
)
from conformance.engine.ordering import same_moment
from conformance.engine.outcome import NotApplicable, expect, expect_equal
from conformance.engine.states import settled

TOGETHER = 8
"""Replays that are sent at one instant."""

WEEKS = 5 * 7 * 24 * 3600
"""Seconds after which a forgetful store of keys has forgotten."""


@check(when=keyed)
def distinct_keys(api: Api, create: Create) -> None:
    """Creates with different keys make different resources, also where only the last letter differs."""
    resource = api.vendor.semantics.resources[create.resource]
    context: Context = {}
    requests = [create_request(api, resource, context, operation=create.subject) for _ in range(2)]
    if create.format == "text":
        requests = alike(api, requests, create.key[-1])
    first, second = (made_by(api, resource, request, api.send(request), context) for request in requests)
    expect(first.id != second.id, "two ids", f"{first.id} twice")


@check(when=keyed)
def first_status(api: Api, create: Create) -> None:
    """A create with a key never used before answers the status for a new resource."""
    resource = api.vendor.semantics.resources[create.resource]
    with set_up("the request"):
        request = create_request(api, resource, {}, operation=create.subject)
    api.expect_success(api.send(request), *create.first)


def shows_its_key(vendor: Vendor, create: Create) -> bool:
    """Whether the created resource shows the key: one that travels in a header is part of the request alone."""
    in_header = keyed(create) and create.key[-1].part == "header"
    return keyed(create) and (not in_header or vendor.semantics.resources[create.resource].key is not None)


@check(given=shows_its_key)
def key_is_kept(api: Api, create: Create) -> None:
    """The created resource carries the key that the caller chose."""
    made = created(api, create)
    sent = create.key[-1].sent(made.request)
    pointer = made.resource.key or made.resource.id
    shown = get(made.body, pointer)
    expect(same_id(shown, sent), f"{pointer} = {sent!r}", shown)


@check(when=answers_a_success)
def replay_status(api: Api, create: Create) -> None:
    """A replayed create answers the status for a resource that exists."""
    made = created(api, create)
    assert create.replay is not None
    api.expect_success(api.send(made.request), *create.replay.statuses)


@check(when=answers_a_success)
def replay_resource(api: Api, create: Create) -> None:
    """A replayed create answers the resource that the first one created."""
    made = created(api, create)
    expect_equal(repeated(api, made).id, made.id, "id")


@check(when=lambda create: create.replay is not None and create.replay.gets == "recorded")
def replay_recorded(api: Api, create: Create) -> None:
    """A replayed create answers the first reply again, even when the resource has changed since."""
    resource, context = api.vendor.semantics.resources[create.resource], Context()
    with set_up("the first create"):
        request = create_request(api, resource, context, operation=create.subject)
        first = api.send(request)
        made = made_by(api, resource, request, first, context, create.first)
    changed = next((state for state in resource.states if state != made.state and resource.way_to(state)), None)
    if changed:
        bring(api, made, changed)
    again = api.send(request)
    expect_equal(again.status, first.status, "status")
    expect_equal(api.declared(again), api.declared(first), "body")
    expect_equal(again.headers.get("location"), first.headers.get("location"), "Location")


@check(when=answers_the_same)
def replay_body(api: Api, create: Create) -> None:
    """A replayed create answers what a read of the resource, and of a log that it has, answers."""
    made = created(api, create)
    append_entry(api, made)
    with set_up("reading what was created"):
        stored = read(api, made)
    expect_equal(repeated(api, made).body, stored, "body")


@check(when=answers_the_same)
def replay_changes_nothing(api: Api, create: Create) -> None:
    """A replayed create leaves the stored resource, and a log that it has, as they are."""
    made = created(api, create)
    append_entry(api, made)
    with set_up("reading what was created"):
        before = read(api, made)
    repeated(api, made)
    expect_equal(read(api, made), before, "stored resource")


@check(when=answers_a_success)
def exactly_one(api: Api, create: Create) -> None:
    """After a create and its replays, the list holds the resource once, and where it is the run's own no other one."""
    made = created(api, create)
    for _ in range(2):
        repeated(api, made)
    expect_one(api, create, made)


@check(when=answers_the_same)
def late_replay(api: Api, create: Create) -> None:
    """A replay that comes after other creates still answers the first resource."""
    made = created(api, create)
    for _ in range(3):
        created(api, create)
    expect_equal(repeated(api, made).id, made.id, "id")
    expect_once(api, made)


@check(when=answers_the_same, controls=("advance_clock",), phase="quiet")
def aged_replay(api: Api, create: Create) -> None:
    """A replay that comes weeks later still answers the first resource, as it was."""
    made = created(api, create)
    with set_up("reading what was created"):
        before = read(api, made)
    api.control("advance_clock", seconds=WEEKS)
    expect_equal(repeated(api, made).id, made.id, "id")
    expect_equal(read(api, made), before, "stored resource")


def comes_to_an_end(vendor: Vendor, create: Create) -> bool:
    """Whether a replay is promised to answer the resource as it is, and commands lead it to a final state."""
    return answers_the_same(create) and vendor.semantics.resources[create.resource].end is not None


@check(given=comes_to_an_end)
def replay_after_a_command(api: Api, create: Create) -> None:
    """A replay after the resource reached a final state answers it in that state and leaves it there."""
    made = created(api, create)
    resource = made.resource
    final = resource.end
    assert final is not None
    made = bring(api, made, final)
    with set_up("reading the final resource"):
        before = read(api, made)
        expect_equal(resource.state_in(before), final, "state")
    again = repeated(api, made)
    expect_equal(resource.state_in(again.body), final, "state")
    expect_equal(settled(made, read(api, made)), settled(made, before), "stored resource")


def outlives_its_parent(vendor: Vendor, create: Create) -> bool:
    """Whether a replay is promised to answer the resource as it is, and its parent can come to its end before that."""
    parent = vendor.semantics.resources[create.resource].parent
    ends = parent is not None and vendor.semantics.resources[parent.resource].end is not None
    return ends and answers_the_same(create)


@check(given=outlives_its_parent)
def replay_after_the_parent(api: Api, create: Create) -> None:
    """A replay after the parent reached a final state answers the resource as it is then, and leaves it so."""
    made = created(api, create)
    assert made.parent is not None
    bring(api, made.parent, made.parent.resource.end or "")
    with set_up("reading the resource of an ended parent"):
        before = read(api, made)
    expect_equal(repeated(api, made).id, made.id, "id")
    expect_equal(settled(made, read(api, made)), settled(made, before), "stored resource")


@check(when=answers_a_success)
def concurrent_replays(api: Api, create: Create) -> None:
    """Creates with one key, sent at one instant, make one resource, and one of them answers that it is new."""
    resource = api.vendor.semantics.resources[create.resource]
    context: Context = {}
    with set_up("the request"):
        request = create_request(api, resource, context, operation=create.subject)
    replies = api.together([request] * TOGETHER)
    refused = [] if create.in_flight == "same" else [reply for reply in replies if not api.succeeded(reply)]
    for reply in refused:
        api.expect_refusal(reply)
    replies = [reply for reply in replies if reply not in refused]
    made = [made_by(api, resource, request, reply, context) for reply in replies]
    expect(len({one.id for one in made}) == 1, "one id", f"{len({one.id for one in made})} ids")
    new = sum(reply.status in create.first for reply in replies)
    if set(create.first).isdisjoint(create.replay.statuses if create.replay else ()):
        expect(new == 1, f"one reply with status {create.first[0]}", f"{new}")
    expect_one(api, create, made[0])


@check(when=conflicts)
def replay_refused(api: Api, create: Create) -> None:
    """A create whose key is taken is refused."""
    made = created(api, create)
    assert create.replay is not None
    for _ in range(2):
        reply = api.send(made.request)
        api.expect_refusal(reply)
        written = create.replay.statuses
        expect(not written or reply.status in written, f"status {' or '.join(map(str, written))}", reply.status)


@check(when=conflicts)
def refused_replay_changes_nothing(api: Api, create: Create) -> None:
    """A create whose key one that was made otherwise has is refused, and leaves that as it was, whatever it sends."""
    made = make_full(api, create.resource, Context())
    final = next((state for state in made.resource.states if made.resource.way_to(state)), None)
    made = bring(api, made, final) if final else made
    with set_up("reading what was created"):
        before = read(api, made)
    again, *others = replays_with_other_values(api, create, made)
    api.expect_refusal(api.send(again))
    for one in others:
        api.send(one)
    expect_equal(settled(made, read(api, made)), settled(made, before), "stored resource")


@check(when=conflicts)
def concurrent_conflict(api: Api, create: Create) -> None:
    """Of creates with one key, sent at one instant, one succeeds and the others are refused."""
    resource = api.vendor.semantics.resources[create.resource]
    context: Context = {}
    with set_up("the request"):
        request = create_request(api, resource, context, operation=create.subject)
    replies = api.together([request] * TOGETHER)
    done = [reply for reply in replies if api.succeeded(reply)]
    expect(len(done) == 1, "one success", f"{len(done)} of {TOGETHER}")
    expect_once(api, made_by(api, resource, request, done[0], context))


@check(when=lambda create: create.optional)
def without_key(api: Api, create: Create) -> None:
    """Two creates without a key make two resources."""
    resource = api.vendor.semantics.resources[create.resource]
    context: Context = {}
    request = create_request(api, resource, context, with_key=False, operation=create.subject)
    first = made_by(api, resource, request, api.send(request), context, create.first)
    second = made_by(api, resource, request, api.send(request), context, create.first)
    expect(first.id != second.id, "two ids", f"{first.id} twice")


@check(when=updates)
def replay_updates(api: Api, create: Create) -> None:
    """A create with a key that exists and other values answers the new values, and when it was made as before."""
    resource, context = api.vendor.semantics.resources[create.resource], Context()
    with set_up("the first create"):
        request = with_longer_lists(api, create, create_request(api, resource, context, operation=create.subject))
        made = made_by(api, resource, request, api.send(request), context, create.first)
    request, changed = other_values(api, create, made)
    again = made_by(api, made.resource, request, api.send(request))
    expect(same_id(again.id, made.id), f"id {made.id!r}", repr(again.id))
    for pointer, value in changed.items():
        expect_equal(get(again.body, pointer), value, f"{pointer} =")
    for pointer in resource.fixed:
        before, now = get(made.body, pointer), get(again.body, pointer)
        expect(now == before or same_moment(now, before), f"{pointer} {before!r}, as before", repr(now))


@check(when=lambda create: answers_a_success(create) and create.format == "uuid", level="observe")
def other_case(api: Api, create: Create) -> None:
    """A replay whose UUID is in upper case is the same key."""
    made = created(api, create)
    place = create.key[-1]
    reply = api.send(place.put(made.request, str(place.sent(made.request)).upper()))
    same = api.succeeded(reply) and same_id(get(reply.json, made.resource.id), made.id)
    api.observe(upper_case_key=f"status {reply.status}, {'the same' if same else 'another'} resource")


@check(when=lambda create: create.other_body != "unspecified")
def another_body(api: Api, create: Create) -> None:
    """A used key with another body gets what is written, and leaves the resource as it is."""
    made = created(api, create)
    with set_up("reading what was created"):
        before = read(api, made)
    request, _ = other_values(api, create, made)
    reply = api.send(request)
    if create.other_body == "refused":
        api.expect_refusal(reply)
    else:
        expect_equal(made_by(api, made.resource, request, reply).body, before, "body")
    expect_equal(read(api, made), before, "stored resource")


@check(when=lambda create: create.replay is not None and create.other_body == "unspecified", level="observe")
def other_body(api: Api, create: Create) -> None:
    """What a used key with another body gets."""
    made = created(api, create)
    try:
        request, _ = other_values(api, create, made)
    except NotApplicable:
        request = made.request
    reply = api.send(request)
    api.observe(other_body=describe(reply)[:40] if not api.succeeded(reply) else f"status {reply.status}")


@check(
    when=lambda create: answers_a_success(create) and create.format == "uuid", identities=("other",), level="observe"
)
def other_scope(api: Api, create: Create) -> None:
    """What the same key gets from an identity that sees other data."""
    made = created(api, create)
    reply = api.send(made.request, "other")
    same = api.succeeded(reply) and same_id(get(reply.json, made.resource.id), made.id)
    api.observe(other_scope=f"status {reply.status}", same_resource=same)
