"""The API object that a case gets: it sends requests, keeps the history, and holds the safety rules."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any
from urllib.parse import quote, urlencode

from conformance.contract.facets.create import Create
from conformance.contract.facets.errors import Errors
from conformance.contract.message import Exchange, Reply, Request, Wire
from conformance.contract.place import Place
from conformance.contract.pointer import ABSENT, get
from conformance.contract.vendor import Vendor
from conformance.engine.environment import Target
from conformance.engine.ledger import Entry, Ledger
from conformance.engine.outcome import Blocked, Mismatch, Skip
from conformance.engine.shared import Shared
from conformance.engine.watch import Watch
from conformance.transport.base import Transport, TransportError
from conformance.transport.budget import BudgetSpent
from conformance.transport.controls import Control, call_control
from conformance.transport.credentials import Credentials, spoil

WRITES = frozenset({"write-own", "write-shared", "starts-execution", "irreversible"})
_NAMESPACE = uuid.UUID("6f1f3f0e-6a51-5f0c-9d55-0c6f8f2a7a10")


@dataclass(frozen=True)
class Session:
    """What all cases of a target share."""

    vendor: Vendor
    target: Target
    transport: Transport
    identities: Mapping[str, Credentials]
    ledger: Ledger
    watch: Watch
    seed: int
    user_agent: str
    in_process_controls: Mapping[str, Control] = field(default_factory=dict)
    shared: Shared = field(default_factory=Shared)


@dataclass
class Api:
    """One case's way to the target. ``history`` grows by each exchange; ``observed`` holds the facts it noted."""

    session: Session
    case: str
    history: list[Exchange] = field(default_factory=list)
    observed: dict[str, Any] = field(default_factory=dict)
    identity: str = "main"
    _fresh: Iterator[int] = field(default_factory=lambda: count(1), repr=False)

    @property
    def vendor(self) -> Vendor:
        """The vendor whose promises are tested."""
        return self.session.vendor

    def acting_as(self, identity: str) -> Api:
        """The same case's way to the target, with another identity's credentials where none are named."""
        return replace(self, identity=identity)

    def fresh_uuid(self) -> str:
        """A UUID never used before, the same for the same seed and case."""
        value = str(uuid.uuid5(_NAMESPACE, f"{self.session.seed}/{self.case}/{next(self._fresh)}"))
        self.session.ledger.claim(value)
        return value

    def fresh_text(self) -> str:
        """A short text never used before, the same for the same seed and case."""
        value = f"wc-{self.fresh_uuid()[:13]}"
        self.session.ledger.claim(value)
        return value

    def claim(self, *ids: str) -> None:
        """Tell the ledger that these ids name nothing of anybody's, so that requests may carry them."""
        for one in ids:
            self.session.ledger.claim(one)

    def fixture(self, name: str) -> Any:
        """The environment's value for a fixture; without one the case is skipped."""
        if name not in self.session.target.fixtures:
            raise Skip("fixture", f"the environment gives no fixture {name!r}")
        return self.session.target.fixtures[name]

    def control(self, name: str, **arguments: Any) -> Any:
        """What the control answers; without one the case is skipped."""
        here = self.session.in_process_controls.get(name) or self.session.target.controls.get(name)
        if here is None:
            raise Skip("control", f"the environment gives no control {name!r}")
        try:
            return call_control(here, arguments)
        except TransportError as trouble:
            raise Blocked(f"control {name!r}: {trouble.detail}", "environment") from trouble

    def observe(self, **facts: Any) -> None:
        """Note facts that are reported and never judged."""
        self.observed.update(facts)

    def send(
        self,
        request: Request,
        identity: str | None = None,
        *,
        anonymous: bool = False,
        spoiled: bool = False,
        **extra: str,
    ) -> Reply:
        """Send ``request`` and return the reply; ``Mismatch`` when none comes. ``extra`` are further headers.

        ``spoiled`` sends wrong credentials in the shape of the identity's own.
        """
        identity = identity or self.identity
        wire = self._prepare(request, identity, anonymous, extra, spoiled)
        self._enter(request, identity)
        try:
            reply = self.session.transport.send(wire)
        except TransportError as trouble:
            self._remember(Exchange(request.operation, identity, request, wire, None, str(trouble)))
            raise Mismatch("a reply", str(trouble)) from trouble
        except BudgetSpent as spent:
            raise Skip("budget", str(spent)) from spent
        self._remember(Exchange(request.operation, identity, request, wire, reply))
        return reply

    def together(self, requests: Sequence[Request], identity: str | None = None) -> list[Reply]:
        """Send all requests at one instant; every reply, in their order; ``Mismatch`` when one is lost."""
        identity = identity or self.identity
        wires = [self._prepare(request, identity, anonymous=False, extra={}) for request in requests]
        for request in requests:
            self._enter(request, identity)
        try:
            outcomes = self.session.transport.send_together(wires)
        except BudgetSpent as spent:
            raise Skip("budget", str(spent)) from spent
        replies: list[Reply] = []
        lost: list[TransportError] = []
        for request, wire, outcome in zip(requests, wires, outcomes, strict=True):
            if isinstance(outcome, TransportError):
                lost.append(outcome)
                self._remember(Exchange(request.operation, identity, request, wire, None, str(outcome)))
            else:
                replies.append(outcome)
                self._remember(Exchange(request.operation, identity, request, wire, outcome))
        if lost:
            raise Mismatch(f"{len(requests)} replies", f"{len(replies)}; {lost[0]}")
        return replies

    def succeeded(self, reply: Reply) -> bool:
        """Whether ``reply`` is a success, by the vendor's own way to tell."""
        errors = self.vendor.semantics.vendor_facet(Errors)
        if errors and errors.place and reply.status < 400:
            return errors.place.seen(reply) in errors.success
        return 200 <= reply.status < 300 or reply.status == 304

    def expect_success(self, reply: Reply, *statuses: int) -> Any:
        """The JSON value of a successful ``reply`` (``ABSENT`` for another body); else ``Mismatch``."""
        if statuses and reply.status not in statuses:
            raise Mismatch(f"status {' or '.join(map(str, statuses))}", describe(reply))
        if not self.succeeded(reply):
            raise Mismatch("a success", describe(reply))
        return reply.json

    def expect_refusal(self, reply: Reply) -> None:
        """``Mismatch`` unless ``reply`` is a refusal that a working server gives (no 5xx)."""
        if self.succeeded(reply):
            raise Mismatch("a refusal", describe(reply))
        if reply.status >= 500:
            raise Mismatch("a refusal (4xx)", describe(reply))

    def _enter(self, request: Request, identity: str) -> None:
        """Write a create into the ledger before it is sent, under the key that the caller chose."""
        intended = self._intended(request, identity)
        if intended is not None:
            self.session.ledger.intend(intended)

    def _intended(self, request: Request, identity: str) -> Entry | None:
        create = self._create(request.operation)
        if create is None:
            return None
        keys = [place.sent(request) for place in create.key]
        return Entry(create.resource, "" if ABSENT in keys else "/".join(map(str, keys)), identity)

    def _create(self, operation: str) -> Create | None:
        found = self.vendor.semantics.operations[operation].facets.get("create")
        return found if isinstance(found, Create) else None

    def _remember(self, exchange: Exchange) -> None:
        self.history.append(exchange)
        self.session.watch.see(self.vendor, exchange, self.case)
        create = self._create(exchange.operation)
        if create is None or exchange.reply is None:
            return
        made = None
        if self.succeeded(exchange.reply):
            resource = self.vendor.semantics.resources[create.resource]
            found = get(exchange.reply.json, resource.created_id or resource.id)
            made = None if found is ABSENT else Entry(create.resource, str(found), exchange.identity)
        self.session.ledger.settle(self._intended(exchange.request, exchange.identity), made)

    def _prepare(
        self, request: Request, identity: str, anonymous: bool, extra: Mapping[str, str], spoiled: bool = False
    ) -> Wire:
        self._guard(request)
        operation = self.vendor.document.operations[request.operation]
        path = operation.path
        for name, value in request.path.items():
            path = path.replace("{" + name + "}", quote(value, safe="~"))
        url = self.session.target.url.rstrip("/") + path
        if request.query:
            url += "?" + urlencode(request.query)
        content = encode(request.body, request.media_type)
        headers = {"user-agent": self.session.user_agent, "accept": "*/*", **self.session.target.headers}
        if request.media_type and request.body is not ABSENT:
            headers["content-type"] = request.media_type
        if not anonymous:
            if identity not in self.session.identities:
                raise Skip("identity", f"the environment gives no identity {identity!r}")
            proof = self.session.identities[identity].headers()
            headers = {**headers, **(spoil(proof) if spoiled else proof)}
        return Wire(operation.method, url, {**headers, **request.headers, **extra}, content)

    def _guard(self, request: Request) -> None:
        call = self.vendor.semantics.operations[request.operation]
        if call.effect not in WRITES:
            return
        if self.session.target.profile == "read-only":
            raise Skip("profile", f"{request.operation} has effect {call.effect} and the profile is read-only")
        for place, value in call.request.items():
            sent = place.sent(request)
            if place.part == "path" and value.resource and sent is not ABSENT and not self.session.ledger.holds(sent):
                raise Blocked(f"{request.operation} would touch {sent}, which this run did not create", "suite")
        self.session.ledger.count_write()


def encode(body: Any, media_type: str | None) -> bytes:
    """The bytes of a request body: raw, form or JSON."""
    if body is ABSENT:
        return b""
    if isinstance(body, bytes):
        return body
    if media_type == "application/x-www-form-urlencoded":
        return urlencode(body).encode()
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()


def describe(reply: Reply) -> str:
    """A reply in a few words."""
    body = reply.content[:160].decode("utf-8", "replace")
    return f"status {reply.status}" + (f" with {body}" if body else "")


def places(values: Mapping[Place, Any], request: Request) -> Request:
    """``request`` with every value at its place."""
    for place, value in values.items():
        request = place.put(request, value)
    return request
