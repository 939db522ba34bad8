"""A stateful OptimaJet Workflow Server (Workflow API), written from the vendor's publications."""

from __future__ import annotations

from conformance.mocks.kit.controls import controls_app
from conformance.mocks.kit.deviations import discover
from conformance.mocks.kit.http import Received, Refusal, Reply, application
from conformance.mocks.kit.model import AsgiApp, Json, Mock, Settings
from conformance.mocks.kit.settings import apply_deviations, resolved_choices, resolved_mode
from conformance.mocks.optimajet import fixtures
from conformance.mocks.optimajet.access import MODES
from conformance.mocks.optimajet.choices import CHOICES
from conformance.mocks.optimajet.controls import CONTROLS, controls
from conformance.mocks.optimajet.routes import OPERATIONS
from conformance.mocks.optimajet.server import VENDOR, OptimaJet, reply_to

__all__ = ["CHOICES", "CONTROLS", "MODES", "build"]


def build(settings: Settings) -> Mock:
    """A fresh server with the rules that ``settings`` break broken; raises UsageError for what does not exist."""
    mode = resolved_mode(settings, MODES)
    server = OptimaJet(settings, mode, resolved_choices(settings.choices, CHOICES))
    apply_deviations(server, settings.deviations, discover(f"{__name__}.deviations"))
    return Mock(_app(server), controls_app(controls(server)), _environment(server, mode))


def _app(server: OptimaJet) -> AsgiApp:
    operations = {operation.id: operation for operation in OPERATIONS}
    routes: dict[str, dict[str, str]] = {}
    for operation in OPERATIONS:
        routes.setdefault(operation.path, {})[operation.method] = operation.id

    async def dispatch(name: str, request: Received) -> Reply:
        return await server.answer(operations[name], request)

    def refuse(refusal: Refusal) -> Reply:
        return reply_to(server, refusal)

    return application("", routes, dispatch, refuse)


def _environment(server: OptimaJet, mode: str) -> Json:
    ids = server.seed_ids
    return {
        "vendor": VENDOR,
        "mode": mode,
        "url": "{url}",
        "profile": "full",
        "auth": fixtures.auth(ids, mode),
        "fixtures": fixtures.fixtures(ids),
        "controls": {name: f"{{controls}}/{name}" for name in CONTROLS},
    }
