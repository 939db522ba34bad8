"""States, and the commands that move resources from one to another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from conformance.checks._acting import keeping, make_full
from conformance.checks._cascading import EACH, expect_states, expect_unchanged, family, many, read_all
from conformance.checks._moves import (
    final_states,
    has_states,
    initial_state,
    nudges,
    other_states,
    refusing_states,
    sets,
    shown_states,
    sources,
    starts,
)
from conformance.contract.facets.create import Create
from conformance.contract.identity import id_text
from conformance.contract.pointer import ABSENT, get, tokens
from conformance.contract.semantics.resource import Command, Resource
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.likeness import expect_alike, shared
from conformance.engine.listing import expect_listed, listing_of, neighbours
from conformance.engine.making import (
    Context,
    Made,
    bring,
    command_request,
    context_of,
    create_request,
    made_by,
    make,
    now,
    read,
    resolve,
    run,
    set_up,
    starting_request,
)
from conformance.engine.outcome import expect, expect_equal
from conformance.engine.states import arrive, settled

TOGETHER = 4
"""Commands that are sent at one instant."""

MANY = 30
"""Children of one parent that are more than a page of them."""


def _in(api: Api, command: Command, state: str) -> Made:
    return arrive(api, api.vendor.semantics.resources[command.resource], state)


def _ready(api: Api, command: Command) -> Made:
    """A resource in the first state that the command is documented for."""
    return _in(api, command, command.of[0])


def _ready_full(api: Api, command: Command) -> Made:
    """The same, with all that its create keeps."""
    return bring(api, make_full(api, command.resource, {}), command.of[0])


def _done(api: Api, command: Command, made: Made) -> Made:
    """The resource once the command has moved it, as set-up."""
    with set_up(f"the first {command.name}"):
        api.expect_success(run(api, command, made))
        expect_equal(made.resource.state_in(read(api, made)), command.to, "state")
    return made


@check(variants=initial_state)
def initial(api: Api, create: Create, state: str) -> None:
    """A new resource is in its initial state, in the reply and in a read."""
    context: Context = {}
    request = create_request(api, api.vendor.semantics.resources[create.resource], context, operation=create.subject)
    made = make(api, create.resource, context=context, request=request)
    expect_equal(made.state, state, "state in the reply")
    expect_equal(made.resource.state_in(read(api, made)), state, "state in a read")


@check(variants=starts)
def comes_to_rest(api: Api, resource: Resource, state: str) -> None:
    """A resource that is made for it comes to rest in this state, and stays there."""
    context: Context = {}
    with set_up("the create"):
        request = starting_request(api, resource, state, context)
        made = made_by(api, resource, request, api.send(request), context)
    expect_equal(replace(made, body=read(api, made)).state, state, "state")
    expect_equal(replace(made, body=now(api, made)).state, state, "state in a later read")


@check(variants=nudges)
def nudge(api: Api, resource: Resource, name: str) -> None:
    """An event from outside the API moves the resource that waits for it, and no other."""
    event = resource.nudges[name]
    made, other = arrive(api, resource, event.of), arrive(api, resource, event.of)
    api.control(event.control, **{event.id: made.id})
    expect_equal(replace(made, body=read(api, made)).state, event.to, "state in a read")
    expect_equal(replace(other, body=now(api, other)).state, event.of, "state of the other one")


@check(variants=sources)
def transition(api: Api, command: Command, state: str) -> None:
    """The command moves a resource from this state to the documented one, in the reply and in a read."""
    made = _in(api, command, state)
    reply = run(api, command, made)
    body = api.expect_success(reply)
    if command.answers == "resource":
        expect_equal(made.resource.state_in(body), command.to, "state in the reply")
    expect_equal(made.resource.state_in(read(api, made)), command.to, "state in a read")


@check(when=lambda command: command.answers in {"resource", "passing"})
def reply(api: Api, command: Command) -> None:
    """The command answers the resource that a read then answers, with the id that it was sent."""
    made = _ready(api, command)
    body = api.expect_success(run(api, command, made))
    expect_equal(id_text(get(body, made.resource.id)), id_text(made.id), "id in the reply")
    if command.answers == "passing":
        return
    still = made.resource.still
    expect_alike(still(read(api, made)), still(body), "a read after the reply")


@check()
def listed(api: Api, command: Command) -> None:
    """After the command the list shows the resource once, as the new state says where it shows that."""
    made = _done(api, command, _ready(api, command))

    def in_the_new_state(found: list[Any]) -> None:
        shown = [made.resource.state_in(item) for item in found]
        expect_equal([command.to if one is ABSENT else one for one in shown], [command.to], "states in the list")
        for pointer, value in made.resource.shows.get(command.to, {}).items():
            beside = get(found[0], pointer)
            expect_equal(value if beside is ABSENT else beside, value, f"{pointer} in the list")

    expect_listed(api, made, in_the_new_state)


@check(variants=sets)
def sets_property(api: Api, command: Command, label: str) -> None:
    """The command sets the property that it is documented to set, in the reply and in a read."""
    pointer, value = next((at, value) for at, value in command.sets.items() if tokens(at)[-1] == label)
    made = _ready(api, command)
    expected = resolve(api, value, context_of(made))
    body = api.expect_success(run(api, command, made))
    if command.answers == "resource":
        expect_equal(get(body, pointer), expected, f"{label} in the reply")
    expect_equal(get(read(api, made), pointer), expected, f"{label} in a read")


@check()
def spares_others(api: Api, command: Command) -> None:
    """The command leaves other resources of the kind as they are."""
    other = _ready(api, command)
    with set_up("reading the other one"):
        before = other.resource.still(read(api, other))
    _done(api, command, _ready(api, command))
    expect_equal(other.resource.still(read(api, other)), before, f"the other {other.resource.name}")


@check(when=lambda command: command.repeat == "no-op")
def repeat(api: Api, command: Command) -> None:
    """The command on a resource that is already there succeeds and changes nothing."""
    made = _done(api, command, _ready(api, command))
    with set_up("reading what the command left"):
        before = read(api, made)
    for _ in range(2):
        body = api.expect_success(run(api, command, made))
        if command.answers == "resource":
            expect_equal(made.resource.state_in(body), command.to, "state in the reply")
    after = read(api, made)
    expect_equal(settled(made, after), settled(made, before), "stored resource")
    api.observe(audit="unchanged" if after == before else "changed")


@check(when=lambda command: bool(command.confirms))
def confirms(api: Api, command: Command) -> None:
    """The reply to the command confirms that it was carried out."""
    made = _ready(api, command)
    body = api.expect_success(run(api, command, made))
    for pointer, value in command.confirms.items():
        expect_equal(get(body, pointer), value, pointer)


@check(variants=refusing_states)
def refused_as(api: Api, command: Command, state: str) -> None:
    """The command is refused in this state, the refusal says what it is documented to say, and nothing changes."""
    made = _in(api, command, state)
    with set_up("reading the resource"):
        before = read(api, made)
    reply = run(api, command, made)
    api.expect_refusal(reply)
    for pointer, value in command.refusals[state].items():
        expect_equal(get(reply.json, pointer), value, pointer)
    expect_equal(settled(made, read(api, made)), settled(made, before), "stored resource")


@check(when=lambda command: command.shows is not None)
def shows(api: Api, command: Command) -> None:
    """What the reply to the command shows of the resource is what a read shows afterwards."""
    made = _ready_full(api, command)
    part = get(api.expect_success(run(api, command, made)), command.shows or "")
    expect(isinstance(part, dict) and bool(part), f"a {made.resource.name} at {command.shows}", repr(part))
    for pointer, told, read_later in shared(part, read(api, made)):
        expect_equal(told, read_later, f"{command.shows}{pointer}")


@check(when=lambda command: command.repeat == "refused")
def together(api: Api, command: Command) -> None:
    """Of the same command sent several times at one instant, one is carried out."""
    made = _ready(api, command)
    request = command_request(api, command, made)
    done = sum(api.succeeded(reply) for reply in api.together([request] * TOGETHER))
    expect(done == 1, "one success", f"{done} of {TOGETHER}")
    expect_equal(made.resource.state_in(read(api, made)), command.to, "state in a read")


@check(variants=shown_states)
def at_rest(api: Api, resource: Resource, state: str) -> None:
    """Once a resource rests in the state, a read shows what goes with it."""
    made = arrive(api, resource, state)
    body = read(api, made)
    for pointer, value in resource.shows[state].items():
        expect_equal(get(body, pointer), value, f"{pointer} when {state}")


@check(when=lambda command: command.repeat == "refused")
def repeat_refused(api: Api, command: Command) -> None:
    """The command on a resource that is already there is refused and changes nothing."""
    made = _done(api, command, _ready_full(api, command))
    with set_up("reading what the command left"):
        before = read(api, made)
    api.expect_refusal(api.send(keeping(api, command_request(api, command, made))))
    expect_equal(read(api, made), before, "stored resource")


@check(variants=other_states, level="observe")
def undocumented(api: Api, command: Command, state: str) -> None:
    """What the command does in a state that it is not documented for."""
    made = _in(api, command, state)
    reply = run(api, command, made)
    after = str(made.resource.state_in(read(api, made)))
    api.observe(answer="accepted" if api.succeeded(reply) else f"refused with {reply.status}", state=after)
    expect(after in made.resource.states, f"a state among {', '.join(made.resource.states)}", after)


@check(variants=final_states, when=has_states)
def terminal(api: Api, resource: Resource, state: str) -> None:
    """A resource in a final state stays there through reads, lists and commands that are refused or lead there."""
    made = arrive(api, resource, state)
    with set_up("reading the final resource"):
        before = read(api, made)
        expect_equal(resource.state_in(before), state, "state")
    if listing := listing_of(api.vendor, made.resource):
        neighbours(api, listing, made.parent)
    for _ in range(EACH):
        expect_equal(resource.still(now(api, made)), resource.still(before), "a read after reads and lists")
    for command in resource.commands.values():
        if state in command.of or (state == command.to and command.repeat != "unspecified"):
            continue
        if not api.succeeded(run(api, command, made)):
            after = read(api, made)
            expect_equal(settled(made, after), settled(made, before), f"stored resource after a refused {command.name}")
        elif state == command.to:
            expect_equal(resource.state_in(read(api, made)), state, f"state after another {command.name}")


@check(when=lambda command: bool(command.cascade))
def cascade(api: Api, command: Command) -> None:
    """The command moves every child that is in a documented state, in reads and in the list."""
    parent = _ready(api, command)
    moved = [(child, rule.to) for child, rule in family(api, command, parent, lambda state, rule: state in rule.of)]
    api.expect_success(run(api, command, parent))
    expect_states(api, moved)


@check(when=lambda command: bool(command.cascade))
def cascade_of_many(api: Api, command: Command) -> None:
    """The command moves every child, however many there are and whatever they hold, in reads and in the list."""
    parent = _ready(api, command)
    moved = []
    for name, rule in command.cascade.items():
        if api.vendor.semantics.resources[name].initial in rule.of:
            moved += [(child, rule.to) for child in many(api, name, parent, MANY)]
    api.expect_success(run(api, command, parent))
    expect_states(api, moved)


@check(when=lambda command: bool(command.cascade))
def cascade_spares_others(api: Api, command: Command) -> None:
    """The command leaves the children that are in no documented state as they are."""
    parent = _ready(api, command)
    kept = read_all(api, [child for child, _ in family(api, command, parent, lambda state, rule: state not in rule.of)])
    api.expect_success(run(api, command, parent))
    expect_unchanged(api, kept)


@check(when=lambda command: bool(command.cascade))
def cascade_spares_strangers(api: Api, command: Command) -> None:
    """The command leaves the children of other parents as they are."""
    parent, other = _ready(api, command), _ready(api, command)
    for name in command.cascade:
        make(api, name, context=context_of(parent))
    strangers = family(api, command, other, lambda state, rule: state in rule.of, each=1)
    kept = read_all(api, [child for child, _ in strangers])
    api.expect_success(run(api, command, parent))
    expect_unchanged(api, kept)


@check(when=lambda command: bool(command.cascade) and command.repeat == "no-op")
def cascade_repeat(api: Api, command: Command) -> None:
    """The repeated command leaves the children as the first one left them."""
    parent = _ready(api, command)
    children = [child for child, _ in family(api, command, parent, lambda _, __: True, each=1)]
    with set_up(f"the first {command.name}"):
        api.expect_success(run(api, command, parent))
        kept = read_all(api, children)
    api.expect_success(run(api, command, parent))
    expect_unchanged(api, kept)
