"""Creates that do not happen, happen differently, or happen twice."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import replace

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Detail, Refusal
from conformance.mocks.optimajet.deviations._mending import COMMANDS, CREATES
from conformance.mocks.optimajet.fields import CreateFields
from conformance.mocks.optimajet.instances import parameters_kept
from conformance.mocks.optimajet.records import Instance, Sent
from conformance.mocks.optimajet.schemes import REVIEW, SCHEMES, Scheme
from conformance.mocks.optimajet.server import Call, OptimaJet

CREATE = "createInstanceWithParameters"


@deviation(
    "create-forgets", clauses=("OJ-12",), case="optimajet/createInstanceWithParameters/idempotency/distinct-keys"
)
def create_forgets(server: OptimaJet) -> None:
    """A create by POST succeeds and makes nothing."""
    honest = server.rules.instances.insert

    def insert(server: OptimaJet, operation: str, instance: Instance) -> None:
        if operation != CREATE:
            honest(server, operation, instance)

    server.rules.instances.insert = insert


@deviation(
    "create-chooses-the-id", clauses=("OJ-12",), case="optimajet/createInstanceWithParameters/idempotency/distinct-keys"
)
def create_chooses_the_id(server: OptimaJet) -> None:
    """A create by POST makes an instance with an id of the server's own."""
    honest = server.rules.instances.made

    def made(server: OptimaJet, call: Call, fields: CreateFields) -> Instance:
        instance = honest(server, call, fields)
        fresh = server.ids.fresh()
        return replace(instance, key=fresh, id=fresh) if call.operation == CREATE else instance

    server.rules.instances.made = made


@deviation("create-by-get-forgets", clauses=("OJ-12a",), case="optimajet/createInstance/idempotency/distinct-keys")
def create_by_get_forgets(server: OptimaJet) -> None:
    """A create by GET succeeds and makes nothing."""
    honest = server.rules.instances.insert

    def insert(server: OptimaJet, operation: str, instance: Instance) -> None:
        if operation != "createInstance":
            honest(server, operation, instance)

    server.rules.instances.insert = insert


@deviation("unknown-scheme-accepted", clauses=("OJ-13",), case="optimajet/createInstance/refuses/value/unknown-scheme")
def unknown_scheme_accepted(server: OptimaJet) -> None:
    """A create with a scheme that nobody knows makes an instance of another."""
    server.rules.instances.scheme = lambda _, code: SCHEMES.get(code, REVIEW)


@deviation(
    "scheme-not-needed",
    clauses=("OJ-13",),
    case="optimajet/createInstanceWithParameters/contract/refuses/missing-schemeCode",
)
def scheme_not_needed(server: OptimaJet) -> None:
    """A create without a scheme makes an instance of the first one."""
    honest = server.rules.fields.read

    def read(server: OptimaJet, operation: str, model: type[CreateFields], sent: Sent) -> CreateFields:
        if operation == CREATE and not sent.fields.get("schemecode"):
            sent = replace(sent, body={**sent.body, "schemecode": REVIEW.code})
        fields: CreateFields = honest(server, operation, model, sent)
        return fields

    server.rules.fields.read = read


@deviation(
    "scheme-in-body-not-read", clauses=("OJ-13a",), case="optimajet/createInstanceWithParameters/contract/valid-request"
)
def scheme_in_body_not_read(server: OptimaJet) -> None:
    """A create finds its scheme in the query only."""
    honest = server.rules.fields.read

    def read(server: OptimaJet, operation: str, model: type[CreateFields], sent: Sent) -> CreateFields:
        if operation == CREATE:
            sent = replace(sent, body={name: value for name, value in sent.body.items() if name != "schemecode"})
        fields: CreateFields = honest(server, operation, model, sent)
        return fields

    server.rules.fields.read = read


@deviation(
    "scheme-in-query-not-read",
    clauses=("OJ-13b",),
    case="optimajet/createInstanceWithParameters/stores/kept/schemeCode-in-query",
)
def scheme_in_query_not_read(server: OptimaJet) -> None:
    """A create by POST finds its scheme in the body only."""
    honest = server.rules.fields.read

    def read(server: OptimaJet, operation: str, model: type[CreateFields], sent: Sent) -> CreateFields:
        given = replace(sent, query={}) if operation == CREATE else sent
        fields: CreateFields = honest(server, operation, model, given)
        return fields

    server.rules.fields.read = read


@deviation("another-scheme", clauses=("OJ-13a",), case="optimajet/createInstanceWithParameters/stores/kept/schemeCode")
def another_scheme(server: OptimaJet) -> None:
    """A create makes an instance of the first scheme, whichever it names."""
    honest = server.rules.instances.scheme

    def scheme(server: OptimaJet, code: str) -> Scheme:
        honest(server, code)
        return REVIEW

    server.rules.instances.scheme = scheme


@deviation("duplicate-accepted", clauses=("OJ-15",), case="optimajet/createInstance/idempotency/replay-refused")
def duplicate_accepted(server: OptimaJet) -> None:
    """A create whose id is taken succeeds, and changes nothing."""
    server.rules.instances.duplicate = lambda _, __, ___: None


def _before_refusing(server: OptimaJet, act: Callable[[Instance, Instance], None]) -> None:
    """A create whose id is taken is refused, after ``act`` had the instance that is there and the new one."""
    honest = server.rules.instances.duplicate

    def duplicate(server: OptimaJet, existing: Instance, made: Instance) -> None:
        act(existing, made)
        honest(server, existing, made)

    server.rules.instances.duplicate = duplicate


@deviation(
    "duplicate-replaces",
    clauses=("OJ-15a",),
    case="optimajet/createInstance/idempotency/refused-replay-changes-nothing",
)
def duplicate_replaces(server: OptimaJet) -> None:
    """A create whose id is taken is refused, after it put a new instance in the place of the old one."""
    _before_refusing(server, lambda _, made: server.rules.instances.insert(server, CREATE, made))


@deviation(
    "refused-duplicate-clears-parameters",
    clauses=("OJ-15a",),
    case="optimajet/createInstance/idempotency/refused-replay-changes-nothing",
)
def refused_duplicate_clears_parameters(server: OptimaJet) -> None:
    """A create whose id is taken is refused, after it cleared the process parameters."""
    _before_refusing(server, lambda existing, _: existing.parameters.clear())


@deviation(
    "refused-duplicate-merges-parameters",
    clauses=("OJ-15a",),
    case="optimajet/createInstanceWithParameters/idempotency/refused-replay-changes-nothing",
)
def refused_duplicate_merges_parameters(server: OptimaJet) -> None:
    """A create whose id is taken is refused, after the process took its parameters."""
    _before_refusing(server, lambda existing, made: parameters_kept(existing, made.parameters))


@deviation("race-creates-twice", clauses=("OJ-15",), case="optimajet/createInstance/idempotency/concurrent-conflict")
def race_creates_twice(server: OptimaJet) -> None:
    """Creates with one id at one instant all succeed."""

    honest = server.rules.instances.hold

    @asynccontextmanager
    async def hold(server: OptimaJet, operation: str, key: str) -> AsyncIterator[None]:
        async with nullcontext() if operation in CREATES else honest(server, operation, key):
            yield

    server.rules.instances.hold = hold


@deviation("race-executes-twice", clauses=("OJ-16",), case="optimajet/executeCommand/lifecycle/together")
def race_executes_twice(server: OptimaJet) -> None:
    """A command sent twice at one instant is executed twice."""
    honest = server.rules.instances.hold

    @asynccontextmanager
    async def hold(server: OptimaJet, operation: str, key: str) -> AsyncIterator[None]:
        async with nullcontext() if operation in COMMANDS else honest(server, operation, key):
            yield

    server.rules.instances.hold = hold


@deviation(
    "refused-create-takes-the-id", clauses=("OJ-13",), case="optimajet/createInstance/refuses/value/unknown-scheme"
)
def refused_create_takes_the_id(server: OptimaJet) -> None:
    """The id of a create that was refused is taken from then on."""
    honest = server.rules.instances.made
    taken = set[str]()

    def made(server: OptimaJet, call: Call, fields: CreateFields) -> Instance:
        if call.key in taken:
            raise Refusal(409, "The process already exists", (Detail("ProcessAlreadyExists", ""),))
        try:
            return honest(server, call, fields)
        except Refusal:
            taken.add(call.key)
            raise

    server.rules.instances.made = made
