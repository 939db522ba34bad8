"""Sessions with a target, opened the same way by everything that sends requests."""

from __future__ import annotations

from collections.abc import Mapping

from conformance import __version__
from conformance.contract.vendor import Vendor
from conformance.engine.environment import Target
from conformance.engine.ledger import Ledger
from conformance.engine.session import Session
from conformance.engine.watch import Watch
from conformance.errors import EnvironmentFileError
from conformance.transport.base import Transport, TransportError
from conformance.transport.budget import Budgeted, Limits
from conformance.transport.controls import Control
from conformance.transport.credentials import Credentials
from conformance.transport.live import Live

_WANTED = {
    "ca": "give a PEM file with the certificates of the authorities",
    "client_cert": "give a PEM file with the certificate and its private key",
    "proxy": "give the URL of an HTTP proxy, http://HOST:PORT",
}


def opened(
    vendor: Vendor,
    target: Target,
    seed: int,
    *,
    transport: Transport | None = None,
    controls: Mapping[str, Control] | None = None,
    max_requests: int | None = None,
    examples: int = 0,
    jobs: int = 1,
) -> tuple[Session, Budgeted]:
    """A session under the target's budget, and the transport that keeps it, to be closed by the caller.

    ``transport`` and ``controls`` stand in for sockets when given; ``max_requests`` goes over the target's word.
    ``examples`` are the random requests that are generated of each operation; ``jobs`` is what goes on at a time.
    ``EnvironmentFileError`` where the table names what no connection can be made with.
    """
    inner = transport or connected(target)
    limit = max_requests if max_requests is not None else target.budget.requests
    budgeted = Budgeted(inner, Limits(limit, target.budget.seconds, target.budget.rate))
    identities: dict[str, Credentials] = {"main": target.auth.credentials(budgeted)}
    identities |= {label: auth.credentials(budgeted) for label, auth in target.identities.items()}
    agent = f"workflow-conformance/{__version__} (run {seed})"
    session = Session(
        vendor, target, budgeted, identities, Ledger(), Watch(), seed, agent, dict(controls or {}), examples, jobs
    )
    return session, budgeted


def connected(target: Target) -> Live:
    """Connections to a target; ``EnvironmentFileError`` where its table names what none can be made with."""
    try:
        return Live(proxy=target.proxy, ca=target.ca, client_cert=target.client_cert)
    except TransportError as wrong:
        raise EnvironmentFileError(f"[{target.name}.{wrong.kind}]: {wrong.detail}", _WANTED[wrong.kind]) from None
