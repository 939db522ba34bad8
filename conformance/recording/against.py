"""The requests of a cassette sent to a server, and its replies held against those that were recorded."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from conformance.cassettes.cassette import Cassette, Interaction
from conformance.cassettes.finding import Finding
from conformance.cassettes.headers import key_headers
from conformance.cassettes.rebinding import bound, learned
from conformance.cassettes.structure import Told, disagreements
from conformance.cassettes.substitution import Substitution
from conformance.contract.message import Exchange, Reply, Request, Wire
from conformance.contract.reading import read_back
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.cleanup import clean_up
from conformance.engine.environment import Target
from conformance.engine.opening import opened
from conformance.engine.outcome import Outcome, Skip
from conformance.engine.weather import told as told_of
from conformance.engine.weather import weather
from conformance.recording.samples import compared_with
from conformance.transport.base import Transport, TransportError
from conformance.transport.controls import Control

PATIENCE = 10.0
"""Seconds in which a read may come to say what was recorded, on a server whose time passes."""


@dataclass(frozen=True)
class Comparison:
    """What came of it: ``compared`` exchanges, and why the rest was left out, if it was."""

    findings: tuple[Finding, ...] = ()
    compared: int = 0
    skipped: str = ""
    left: tuple[str, ...] = ()

    @property
    def agreeing(self) -> int:
        """How many of the exchanges that were compared disagree in nothing."""
        disagreeing = {one.interaction for one in self.findings if one.interaction is not None}
        return self.compared - sum(number <= self.compared for number in disagreeing)


def against(
    vendor: Vendor,
    cassette: Cassette,
    target: Target,
    seed: int,
    *,
    transport: Transport | None = None,
    controls: Mapping[str, Control] | None = None,
    patience: float = PATIENCE,
) -> Comparison:
    """Send what was recorded to ``target``, under its rules, with what it calls the things that were recorded.

    Fixtures and credentials go by name, ids that the scenario made up are made up anew, and what the server named by
    itself is taken from its replies. What was made is undone where the API can.
    """
    session, budgeted = opened(vendor, target, seed, transport=transport, controls=controls)
    api = Api(session, f"{vendor.name}/replay/{cassette.path.stem}")
    found: list[Finding] = []
    compared, skipped = 0, ""
    left: tuple[str, ...] = ()
    interrupted = False
    try:
        for number, told in enumerate(_exchanges(api, cassette, patience), 1):
            if told and (met := weather(api.history[-1:])):
                raise Skip("network", _again(met))
            compared = number
            found += [_finding(api, cassette, number, pointer, message) for pointer, message in told]
    except Skip as skip:
        skipped = f"interaction {compared + 1}: {skip.cause}: {skip.reason}"
    except (Outcome, TransportError) as wrong:
        if met := weather(api.history[-1:]):
            skipped = f"interaction {compared + 1}: network: {_again(met)}"
        else:
            found.append(_finding(api, cassette, compared + 1, "", str(wrong)))
    finally:
        if session.ledger.entries:
            _, left, interrupted = clean_up(session)
        budgeted.close()
    if interrupted:
        raise KeyboardInterrupt
    return Comparison(tuple(found), compared, skipped, left)


def _again(met: Exchange) -> str:
    return f"{told_of(met)}; replay it again"


def _finding(api: Api, cassette: Cassette, number: int, pointer: str, message: str) -> Finding:
    shown = api.redactor().text(message)
    return Finding(cassette.path, number, pointer, shown, cassette.provenance.provenance)


def _exchanges(api: Api, cassette: Cassette, patience: float) -> Iterator[list[Told]]:
    """The disagreements of each exchange, as it is made."""
    if cassette.provenance.samples:
        for sample, one in zip(cassette.provenance.samples, cassette.interactions, strict=True):
            yield compared_with(api, cassette.provenance.base, sample, one)
        return
    player = _Player(api, cassette, patience)
    for index, one in enumerate(cassette.interactions):
        yield player.play(index, one)


def _credentials(auth: Mapping[str, Any]) -> dict[str, str]:
    """The texts by which an identity is known, of a table of an environment file."""
    names = ("username", "password", "token", "client_id", "client_secret")
    return {name: str(auth[name]) for name in names if auth.get(name)}


@dataclass
class _Player:
    api: Api
    cassette: Cassette
    patience: float
    table: dict[str, str] = field(default_factory=dict)
    from_replies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        told, target = self.cassette.provenance, self.api.session.target
        here = {name: self.api.fixture(name) for name in told.fixtures}
        self.table |= bound(told.fixtures, here)
        self.table |= bound(_credentials(told.auth), _credentials(target.auth.model_dump(mode="json")))
        for label, auth in told.identities.items():
            if label not in target.identities:
                raise Skip("identity", f"the environment gives no identity {label!r}")
            self.table |= bound(_credentials(auth), _credentials(target.identities[label].model_dump(mode="json")))
        self.table |= {old: self._fresh(old) for old in told.fresh}

    def play(self, index: int, one: Interaction) -> list[Told]:
        """Send one recorded request; how the reply disagrees with the recorded one."""
        for call in self.cassette.provenance.controls:
            if call.before == index:
                self.api.control(call.name, **Substitution(self.table).value(dict(call.arguments)))
        wire, request, anonymous = self._rebound(one)
        caller = self.cassette.provenance.callers.get(index + 1)
        reply = self.api.carry(request, wire, caller, anonymous=anonymous)
        told = self._told(one, request, reply)
        deadline = time.monotonic() + self.patience
        pause = 0.02
        while told and self._may_change(request) and time.monotonic() < deadline:
            time.sleep(pause)
            pause *= 2
            reply = self.api.carry(request, wire, caller, anonymous=anonymous)
            told = self._told(one, request, reply)
        found = learned(one.reply, reply)
        self.from_replies |= found
        self.table = {**found, **self.table}
        return told

    def _told(self, one: Interaction, request: Request, reply: Reply) -> list[Told]:
        document = self.api.vendor.document
        return list(disagreements(document, document.operations[request.operation], one.reply, reply))

    def _may_change(self, request: Request) -> bool:
        """Whether asking again may give another answer without changing anything."""
        return self.api.vendor.semantics.operations[request.operation].effect == "read"

    def _rebound(self, one: Interaction) -> tuple[Wire, Request, bool]:
        base, url = self.cassette.provenance.base, self.api.session.target.url
        wire = Substitution(self.table).wire(replace(one.wire, url=url.rstrip("/") + one.wire.url[len(base) :]))
        document = self.api.vendor.document
        keys = {*key_headers(document), "authorization", "cookie"}
        of_reply = Substitution(self.from_replies)
        kept = {
            name: value
            for name, value in wire.headers.items()
            if name not in keys or of_reply.text(one.wire.headers[name]) != one.wire.headers[name]
        }
        request = read_back(document, url, wire)
        if request is None:
            raise TransportError("contract", f"{one.line} is no operation of the contract")
        return replace(wire, headers=kept), request, not self._proves(one, keys)

    def _proves(self, one: Interaction, keys: set[str]) -> bool:
        """Whether the recorded request carries credentials of the environment, wherever they stand."""
        told = self.cassette.provenance
        tokens = [str(auth["token"]) for auth in (told.auth, *told.identities.values()) if auth.get("token")]
        text = one.wire.url + one.wire.content.decode("utf-8", "replace")
        return bool(keys & one.wire.headers.keys()) or any(token in text for token in tokens)

    def _fresh(self, old: str) -> str:
        return self.api.fresh_text() if old.startswith("wc-") else self.api.fresh_uuid()
