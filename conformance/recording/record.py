"""Run a scenario and keep its traffic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from vcr.cassette import Cassette as Tape
from vcr.record_mode import RecordMode

from conformance import __version__
from conformance.cassettes import files, inbound
from conformance.cassettes.cassette import Interaction
from conformance.cassettes.conversion import to_reply, to_wire
from conformance.cassettes.headers import kept_reply, kept_request
from conformance.cassettes.matching import MATCHERS
from conformance.cassettes.provenance import Provenance, Source
from conformance.contract.reading import read_back
from conformance.contract.vendor import Vendor
from conformance.engine.cleanup import clean_up
from conformance.engine.environment import Target
from conformance.engine.journey import Journey, Trip, journey_of, travelled
from conformance.engine.opening import opened
from conformance.engine.scenario import Scenario
from conformance.engine.session import Session
from conformance.engine.weather import told, weather
from conformance.errors import RecordingError
from conformance.recording.controls import Console
from conformance.recording.replay import replay
from conformance.recording.secrets import scrubbed_auth, scrubber_for
from conformance.transport.base import Transport
from conformance.transport.budget import Budgeted, Limits
from conformance.transport.controls import Control
from conformance.transport.tape import Recording

_UNWRITTEN = "nothing was written; a cassette there is as it was"
MOCK = "workflow-conformance mock"
"""How a mock of this suite calls itself in the header ``server`` of its replies."""


@dataclass(frozen=True)
class Recorded:
    """A cassette that may be written: its text, and that of the deliveries beside it, empty when there were none."""

    told: Provenance
    text: str
    deliveries: str
    interactions: int
    left: tuple[str, ...] = ()

    def write(self, path: Path) -> None:
        """Put both files in their places, each as a whole."""
        files.replace(path, self.text)
        if self.deliveries:
            files.replace(inbound.beside(path), self.deliveries)
        else:
            inbound.beside(path).unlink(missing_ok=True)


def record(
    vendor: Vendor,
    target: Target,
    scenario: Scenario,
    seed: int,
    *,
    transport: Transport | None = None,
    controls: Mapping[str, Control] | None = None,
) -> Recorded:
    """Run ``scenario`` and make a scrubbed cassette of it that replays.

    ``RecordingError`` when a step does not hold, or when the scrubbed cassette does not replay. What the scenario
    made is undone where the API can, and what cannot be is told as ``left``.
    """
    session, budgeted = opened(vendor, target, seed, transport=transport, controls=controls)
    tape = Tape(path=scenario.name, record_mode=RecordMode.ALL, match_on=MATCHERS)
    console = Console(session, tape)
    recording = Budgeted(Recording(budgeted, tape), Limits())
    taped = replace(session, transport=recording, in_process_controls=console.controls())
    journey = journey_of(scenario, taped)
    left: tuple[str, ...] = ()
    interrupted = False
    try:
        trip = travelled(journey, scenario)
    finally:
        if session.ledger.entries:
            _, left, interrupted = clean_up(session)
        budgeted.close()
    if interrupted:
        raise KeyboardInterrupt
    if trip.problem:
        step, ending = trip.problem
        met = weather(trip.history)
        because = f" ({told(met)}, which may be why: record it again)" if met else ""
        message = f"{vendor.name}/{scenario.name}: {step}: {journey.api.redactor().text(str(ending))}{because}"
        raise RecordingError(message, "; ".join([_UNWRITTEN, *(f"left behind: {one}" for one in left)]))
    recorded = replace(_made(session, scenario, journey, trip, console), left=left)
    _prove(vendor, scenario, recorded)
    return recorded


def _made(session: Session, scenario: Scenario, journey: Journey, trip: Trip, console: Console) -> Recorded:
    vendor, target = session.vendor, session.target
    raw = [Interaction(to_wire(request), to_reply(response)) for request, response in console.tape.data]
    source: Source = "mock" if any(one.reply.headers.get("server") == MOCK for one in raw) else "live"
    deliveries = console.about(journey.api.fresh)
    scrubber = scrubber_for(vendor, target)
    kept = [_kept(vendor, target, one) for one in raw]
    for one in kept:
        scrubber.learn(one.wire, one.reply)
    scrubber.learn_value(deliveries)
    hidden = scrubber.substitution()
    answered = [exchange for exchange in trip.history if exchange.reply is not None]
    callers = {number: one.identity for number, one in enumerate(answered, 1) if one.identity != "main"}
    provenance = Provenance(
        provenance=source,
        vendor=vendor.name,
        base=hidden.text(target.url),
        recorded=datetime.now(UTC).date(),
        suite=__version__,
        contract=vendor.document.digest,
        scenario=scenario.name,
        environment=target.name,
        mode=target.mode,
        seed=session.seed,
        fresh=tuple(journey.api.fresh),
        auth=scrubbed_auth(target.auth, hidden),
        identities={label: scrubbed_auth(target.identities[label], hidden) for label in sorted({*callers.values()})},
        callers=callers,
        fixtures={name: hidden.value(value) for name, value in sorted(journey.api.used.items())},
        controls=tuple(
            call.model_copy(update={"arguments": hidden.value(dict(call.arguments))}) for call in console.calls
        ),
    )
    interactions = [Interaction(hidden.wire(one.wire), hidden.reply(one.reply)) for one in kept]
    events = inbound.text_of(inbound.scrubbed(deliveries, hidden)) if deliveries else ""
    return Recorded(provenance, files.text_of(provenance, interactions), events, len(interactions))


def _kept(vendor: Vendor, target: Target, one: Interaction) -> Interaction:
    request = read_back(vendor.document, target.url, one.wire)
    operation = vendor.document.operations[request.operation] if request else None
    return Interaction(kept_request(vendor.document, operation, one.wire), kept_reply(one.reply))


def _prove(vendor: Vendor, scenario: Scenario, recorded: Recorded) -> None:
    """Replay what was scrubbed before anything is written."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{scenario.name}.yaml"
        recorded.write(path)
        findings = replay(vendor, files.load(path), scenario)
    if findings:
        raise RecordingError(
            f"{vendor.name}/{scenario.name}: what was recorded does not replay: {findings[0].message}", _UNWRITTEN
        )
