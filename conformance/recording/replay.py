"""Run a scenario on its cassette instead of on a server."""

from __future__ import annotations

from pydantic import ValidationError

from conformance import __version__
from conformance.cassettes import files, inbound
from conformance.cassettes.cassette import Cassette
from conformance.cassettes.finding import Finding
from conformance.contract.pointer import join
from conformance.contract.vendor import Vendor
from conformance.engine.environment import Auth, Target
from conformance.engine.journey import travel
from conformance.engine.ledger import Ledger
from conformance.engine.scenario import Scenario
from conformance.engine.session import Session
from conformance.engine.watch import Watch
from conformance.errors import CassetteError
from conformance.misfits import Misfit
from conformance.recording.controls import played
from conformance.transport.base import Transport
from conformance.transport.budget import Budgeted, Limits
from conformance.transport.credentials import Credentials, Fixed
from conformance.transport.offline import offline
from conformance.transport.tape import Replaying

_FIXED = frozenset({"none", "basic", "bearer", "api-key", "token-field"})


def replay(vendor: Vendor, cassette: Cassette, scenario: Scenario) -> list[Finding]:
    """Where ``scenario`` and its cassette part ways: the step that does not hold, and what is no longer sent.

    No connection can be made meanwhile, and nothing is recorded.
    """
    told = cassette.provenance
    tape = files.tape(cassette.path)
    transport = Budgeted(Replaying(tape), Limits())
    target = _target(cassette)
    identities = {"main": target.auth, **target.identities}
    session = Session(
        vendor,
        target,
        transport,
        {name: _credentials(auth, transport) for name, auth in identities.items()},
        Ledger(),
        Watch(),
        told.seed or 0,
        f"workflow-conformance/{__version__} (replay)",
        played(inbound.load(cassette.path), told.controls),
    )
    with offline():
        trip = travel(scenario, session, waits=False)
    if trip.problem:
        step, ending = trip.problem
        return [_finding(cassette, None, f"step {step}: {ending or type(ending).__name__}")]
    idle = [number for number in range(len(tape.data)) if not tape.play_counts[number]]
    return [
        _finding(cassette, number + 1, f"{cassette.interactions[number].line} is no longer sent by the scenario")
        for number in idle
    ]


def _finding(cassette: Cassette, number: int | None, message: str) -> Finding:
    return Finding(cassette.path, number, "", message, cassette.provenance.provenance)


def _target(cassette: Cassette) -> Target:
    """The target that was recorded; ``CassetteError`` when none can be as its metadata say."""
    told = cassette.provenance
    table = {
        "name": told.environment,
        "vendor": told.vendor,
        "url": told.base,
        "mode": told.mode,
        "profile": "full",
        "auth": told.auth,
        "identities": told.identities,
        "fixtures": told.fixtures,
    }
    try:
        return Target.model_validate(table)
    except ValidationError as wrong:
        misfit = Misfit.first(wrong, Target)
        where = f"{cassette.path}: {join('metadata', *misfit.at)}"
        raise CassetteError(f"{where}: {misfit.says}", misfit.hint or "record it again") from None


def _credentials(auth: Auth, transport: Transport) -> Credentials:
    """Something that proves what the recorded identity proved, as far as that needs no server."""
    return auth.credentials(transport) if auth.kind in _FIXED else Fixed.bearer("placeholder")
