"""The API object that a case gets: it sends requests, keeps the history, and holds the safety rules."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from itertools import count
from typing import Any

from conformance.contract.message import Exchange, Reply, Request, Wire
from conformance.contract.success import refusal, succeeded
from conformance.contract.vendor import Vendor
from conformance.engine.outcome import Blocked, Mismatch, NotApplicable, Skip
from conformance.engine.ownership import WRITES
from conformance.engine.session import Session
from conformance.engine.weather import SILENT
from conformance.engine.wires import rewritten, written
from conformance.transport.base import TransportError
from conformance.transport.budget import BudgetSpent
from conformance.transport.controls import call_control
from conformance.transport.credentials import ANONYMOUS, NoToken, Proof
from conformance.transport.redaction import Redactor, in_json

_NAMESPACE = uuid.UUID("6f1f3f0e-6a51-5f0c-9d55-0c6f8f2a7a10")


@dataclass
class Api:
    """One case's way to the target. ``history`` grows by each exchange; ``observed`` holds the facts it noted.

    What is ``undoing`` what the run made spends neither writes nor executions. ``fresh`` are the values that were made
    up, in their order, and ``used`` the fixtures that were asked for.
    """

    session: Session
    case: str
    history: list[Exchange] = field(default_factory=list)
    observed: dict[str, Any] = field(default_factory=dict)
    identity: str = "main"
    undoing: bool = False
    fresh: list[str] = field(default_factory=list, repr=False)
    used: dict[str, Any] = field(default_factory=dict, repr=False)
    _fresh: Iterator[int] = field(default_factory=lambda: count(1), repr=False)

    @property
    def vendor(self) -> Vendor:
        """The vendor whose promises are tested."""
        return self.session.vendor

    def redactor(self) -> Redactor:
        """What hides all that the session knows to be secret, and the tokens that this case was given."""
        token = {name for name, call in self.vendor.semantics.operations.items() if call.effect == "token"}
        given = [one.reply.content for one in self.history if one.operation in token and one.reply]
        return self.session.redactor().knowing(
            secret for content in given for secret in in_json(content.decode("utf-8", "replace"))
        )

    def acting_as(self, identity: str) -> Api:
        """The same case's way to the target, with another identity's credentials where none are named."""
        return replace(self, identity=identity)

    def beside(self) -> Api:
        """The same case's way to the target for another thread, with a history of its own and no id twice."""
        return replace(self, history=[], observed={}, fresh=[], used={})

    def fresh_uuid(self) -> str:
        """A UUID never used before, the same for the same seed and case."""
        value = str(uuid.uuid5(_NAMESPACE, f"{self.session.seed}/{self.case}/{next(self._fresh)}"))
        self.session.ledger.claim(value)
        self.fresh.append(value)
        return value

    def fresh_text(self) -> str:
        """A short text never used before, the same for the same seed and case."""
        value = f"wc-{self.fresh_uuid()[:13]}"
        self.session.ledger.claim(value)
        self.fresh[-1] = value
        return value

    def fixture(self, name: str) -> Any:
        """The environment's value for a fixture; without one the case is skipped."""
        if name not in self.session.target.fixtures:
            strangers = self.session.target.fixtures.keys() - self.vendor.semantics.fixtures.keys()
            close = "".join(f", but one {one!r}" for one in get_close_matches(name, strangers, n=1, cutoff=0.8))
            raise Skip("fixture", f"the environment gives no fixture {name!r}{close}")
        self.used[name] = self.session.target.fixtures[name]
        return self.used[name]

    def has_fixture(self, name: str) -> bool:
        """Whether the environment gives a value for a fixture."""
        return name in self.session.target.fixtures

    def has_control(self, name: str) -> bool:
        """Whether the environment gives a control."""
        return name in self.session.in_process_controls or name in self.session.target.controls

    def control(self, name: str, **arguments: Any) -> Any:
        """What the control answers; without one the case is skipped. Nothing is lent on that was there before."""
        here = self.session.in_process_controls.get(name) or self.session.target.controls.get(name)
        if here is None:
            raise Skip("control", f"the environment gives no control {name!r}")
        try:
            return call_control(here, arguments)
        except TransportError as trouble:
            raise Blocked(f"control {name!r}: {trouble.detail}", "environment") from trouble
        finally:
            self.session.shelf.empty()
            for credentials in self.session.identities.values():
                credentials.renew()

    def has_credential(self, name: str) -> bool:
        """Whether the environment gives the identity a credential of that name."""
        return self._given(name) is not None

    def credential(self, name: str) -> str:
        """One of the identity's own credentials, as the environment names it; without it the case is skipped."""
        found = self._given(name)
        if found is None:
            raise Skip("identity", f"the environment gives identity {self.identity!r} no {name}")
        return found

    def _given(self, name: str) -> str | None:
        found = getattr(self.session.target.auth_of(self.identity), name, None)
        return found if isinstance(found, str) else None

    def secret(self) -> str:
        """The identity's own secret, for a control that takes it."""
        secrets = self.session.identities[self.identity].secrets()
        if not secrets:
            raise Skip("identity", f"the identity {self.identity!r} has no secret")
        return secrets[0]

    def observe(self, **facts: Any) -> None:
        """Note facts that are reported and never judged."""
        self.observed.update(facts)

    def send(
        self,
        request: Request,
        identity: str | None = None,
        *,
        anonymous: bool = False,
        proof: Proof | None = None,
        **extra: str,
    ) -> Reply:
        """Send ``request`` and return the reply; ``Mismatch`` when none comes. ``extra`` are further headers.

        ``proof`` goes out instead of the identity's own.
        """
        identity = identity or self.identity
        sent = ANONYMOUS.proof() if anonymous else proof
        reply = self._exchange(request, identity, extra, sent)
        proven = sent is None and self.vendor.semantics.operations[request.operation].effect != "token"
        return self._renewed(request, identity, extra) if reply.status == 401 and proven else reply

    def _renewed(self, request: Request, identity: str, extra: Mapping[str, str]) -> Reply:
        """The reply to a request that was refused, with what was obtained anew where that can help."""
        refused, credentials = self.history[-1], self.session.identities[identity]
        assert refused.reply is not None
        lived = credentials.lives(refused.wire.headers.get("authorization", ""))
        if not credentials.renew():
            return refused.reply
        reply = self._exchange(request, identity, extra, None)
        if lived and reply.status != 401:
            self.session.watch.early.append(refused)
        return reply

    def wrong_proofs(self, request: Request, identity: str) -> Mapping[str, Proof]:
        """What is like the proof of ``identity`` on ``request`` and proves nothing, by what it misses."""
        return self._proof(request, identity).spoiled()

    def _exchange(self, request: Request, identity: str, extra: Mapping[str, str], proof: Proof | None) -> Reply:
        wire = self._prepare(request, identity, extra, proof)
        try:
            return self._deliver(request, wire, identity)
        except TransportError as trouble:
            raise Mismatch("a reply", str(trouble)) from trouble

    def _deliver(self, request: Request, wire: Wire, identity: str) -> Reply:
        """The reply to ``wire``, entered and remembered; ``TransportError`` when none comes."""
        self._enter([request], identity)
        try:
            reply = self.session.transport.send(wire)
        except TransportError as trouble:
            self._remember(Exchange(request.operation, identity, request, wire, None, str(trouble)))
            raise
        except BudgetSpent as spent:
            self._withdraw([request], identity)
            raise Skip("budget", str(spent)) from spent
        self._remember(Exchange(request.operation, identity, request, wire, reply))
        return reply

    def carry(self, request: Request, wire: Wire, identity: str | None = None, *, anonymous: bool = False) -> Reply:
        """Send ``wire``, which somebody else wrote and which is ``request``, under the rules of this run.

        A wire that proves nothing of its own gets the identity's proof, unless it is ``anonymous``.
        ``TransportError`` when no reply comes.
        """
        identity = identity or self.identity
        bare = anonymous or "authorization" in wire.headers
        self._guard(request)
        reply = self._deliver(request, self._proven(request, wire, identity, bare), identity)
        if reply.status == 401 and not bare and self.session.identities[identity].renew():
            return self._deliver(request, self._proven(request, wire, identity, bare), identity)
        return reply

    def _proven(self, request: Request, wire: Wire, identity: str, bare: bool) -> Wire:
        """``wire`` as it goes out: in the suite's name, and with the proof of ``identity`` unless it stays ``bare``."""
        proof = ANONYMOUS.proof() if bare else self._proof(request, identity)
        operation = self.vendor.document.operations[request.operation]
        target = self.session.target.unproven() if bare else self.session.target
        return rewritten(wire, request, operation, target, self.session.user_agent, proof)

    def together(self, requests: Sequence[Request], identity: str | None = None) -> list[Reply]:
        """Send all requests at one instant; every reply, in their order; ``Mismatch`` when one is lost."""
        identity = identity or self.identity
        replies = self._burst(requests, identity)
        expired = {reply.status for reply in replies} == {401}
        return self._burst(requests, identity) if expired and self.session.identities[identity].renew() else replies

    def _burst(self, requests: Sequence[Request], identity: str) -> list[Reply]:
        wires = [self._prepare(request, identity, {}) for request in requests]
        self._enter(requests, identity)
        try:
            outcomes = self.session.transport.send_together(wires)
        except BudgetSpent as spent:
            self._withdraw(requests, identity)
            raise Skip("budget", str(spent)) from spent
        replies: list[Reply] = []
        lost: list[TransportError] = []
        for request, wire, outcome in zip(requests, wires, outcomes, strict=True):
            if isinstance(outcome, TransportError):
                lost.append(outcome)
                self._remember(Exchange(request.operation, identity, request, wire, None, str(outcome)))
            else:
                replies.append(outcome)
                self._remember(Exchange(request.operation, identity, request, wire, outcome, together=True))
        if lost:
            raise Mismatch(f"{len(requests)} replies", f"{len(replies)}; {lost[0]}")
        return replies

    def succeeded(self, reply: Reply) -> bool:
        """Whether ``reply`` is a success, by the vendor's own way to tell."""
        return succeeded(self.vendor.semantics, self._operation_of(reply), reply)

    def _operation_of(self, reply: Reply) -> str | None:
        """The operation that gave ``reply``, as far as this case remembers."""
        return next((one.operation for one in reversed(self.history) if one.reply is reply), None)

    def expect_success(self, reply: Reply, *statuses: int) -> Any:
        """What a successful ``reply`` declares, a JSON value (``ABSENT`` for another body); else ``Mismatch``."""
        if statuses and reply.status not in statuses:
            raise Mismatch(f"status {' or '.join(map(str, statuses))}", describe(reply))
        if not self.succeeded(reply):
            raise Mismatch("a success", describe(reply))
        return self.declared(reply)

    def declared(self, reply: Reply) -> Any:
        """The JSON value of a reply to this case, without what the contract does not declare."""
        operation = self._operation_of(reply) or ""
        if not self.session.watch.undeclared.get(operation):
            return reply.json
        return self.vendor.undeclared.left_out(self.vendor.document.operations[operation], reply)

    def expect_refusal(self, reply: Reply) -> None:
        """``Mismatch`` unless ``reply`` is a refusal that a working server gives (no 5xx)."""
        if self.succeeded(reply):
            raise Mismatch("a refusal", describe(reply))
        if reply.status >= 500:
            raise Mismatch(refusal(self.vendor.semantics), describe(reply))

    def _remember(self, exchange: Exchange) -> None:
        self.session.watch.see(self.vendor, exchange, self.case)
        if self.history:
            self.session.answers.see(self.vendor, self.history[-1], exchange, self.case)
        self.history.append(exchange)
        if exchange.reply is not None:
            self.session.ownership.settle(exchange, exchange.reply, undoing=self.undoing)

    def _prepare(self, request: Request, identity: str, extra: Mapping[str, str], proof: Proof | None = None) -> Wire:
        self._guard(request)
        target = self.session.target.unproven() if proof == ANONYMOUS.proof() else self.session.target
        proof = self._proof(request, identity) if proof is None else proof
        operation = self.vendor.document.operations[request.operation]
        return written(request, operation, target, self.session.user_agent, proof, extra)

    def _proof(self, request: Request, identity: str) -> Proof:
        """What proves ``identity`` on a request; a token is asked for by its client, not by who gets it."""
        if identity not in self.session.identities:
            raise Skip("identity", f"the environment gives no identity {identity!r}")
        if not self.vendor.document.operations[request.operation].security:
            proof = ANONYMOUS.proof()
        elif self.vendor.semantics.operations[request.operation].effect == "token":
            proof = self.session.target.auth_of(identity).client().proof()
        else:
            try:
                proof = self.session.identities[identity].proof()
            except NoToken as refused:
                raise Blocked(f"no access token for identity {identity!r}: {refused}", "credentials") from refused
            except BudgetSpent as spent:
                raise Skip("budget", str(spent)) from spent
        return proof

    def expect_offered(self, operation: str) -> None:
        """``NotApplicable`` when ``operation`` belongs to a capability that the target does not declare."""
        capability = self.vendor.semantics.operations[operation].capability
        if capability is not None and not self.session.target.has(capability):
            raise NotApplicable(f"the target does not declare the capability {capability!r}")

    def _guard(self, request: Request) -> None:
        self.expect_offered(request.operation)
        if self.session.watch.silences.get(request.operation, 0) >= SILENT:
            raise Blocked(
                f"{request.operation} gave no reply {SILENT} times in a row; it is not asked again", "network"
            )
        call = self.vendor.semantics.operations[request.operation]
        if call.effect not in WRITES:
            return
        if self.session.target.profile == "read-only":
            raise Skip("profile", f"{request.operation} has effect {call.effect} and the profile is read-only")
        other = self.session.ownership.of_others(request)
        if other is not None:
            raise Blocked(f"{request.operation} would touch {other}, which this run did not create", "suite")

    def _enter(self, requests: Sequence[Request], identity: str) -> None:
        """Count and write down what is about to be sent: all of it, or nothing where the budget is spent before."""
        for index, request in enumerate(requests):
            if spent := self._spend(request):
                self._withdraw(requests[:index], identity)
                raise Skip("budget", f"the budget is spent: {spent}")
            self.session.ownership.enter(request, identity)

    def _withdraw(self, requests: Sequence[Request], identity: str) -> None:
        for request in requests:
            self.session.ownership.withdraw(request, identity)

    def _spend(self, request: Request) -> str:
        """Count a request that may change something; what is spent already, or nothing when it may be sent."""
        effect, budget = self.vendor.semantics.operations[request.operation].effect, self.session.target.budget
        if effect not in WRITES:
            return ""
        return self.session.ledger.spend(
            writes=None if self.undoing else budget.writes,
            executions=None if self.undoing else budget.executions,
            starts=effect == "starts-execution",
        )


def describe(reply: Reply) -> str:
    """A reply in a few words: its status, where it leads to, else how its body begins."""
    target = reply.headers.get("location", "") if 300 <= reply.status < 400 else ""
    if target:
        return f"status {reply.status} to {target}"
    body = reply.content[:160].decode("utf-8", "replace")
    return f"status {reply.status}" + (f" with {body}" if body else "")
