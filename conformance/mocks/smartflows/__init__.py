"""A stateful Smart Flows server (REST API v1), written from the vendor's documents."""

from __future__ import annotations

from conformance.mocks.kit.controls import controls_app
from conformance.mocks.kit.deviations import discover
from conformance.mocks.kit.http import Received, Refusal, Reply, application
from conformance.mocks.kit.model import AsgiApp, Json, Mock, Settings
from conformance.mocks.kit.settings import apply_deviations, resolved_choices, resolved_mode
from conformance.mocks.smartflows.choices import CHOICES
from conformance.mocks.smartflows.controls import CONTROLS, controls
from conformance.mocks.smartflows.routes import BASE, OPERATIONS
from conformance.mocks.smartflows.seed import fixtures
from conformance.mocks.smartflows.server import VENDOR, SmartFlows

MODES = ("default",)

__all__ = ["CHOICES", "CONTROLS", "MODES", "build"]


def build(settings: Settings) -> Mock:
    """A fresh server with the rules that ``settings`` break broken; raises UsageError for what does not exist."""
    mode = resolved_mode(settings, MODES)
    server = SmartFlows(settings, resolved_choices(settings.choices, CHOICES))
    apply_deviations(server, settings.deviations, discover(f"{__name__}.deviations"))
    return Mock(_app(server), controls_app(controls(server)), _environment(server, mode))


def _app(server: SmartFlows) -> AsgiApp:
    operations = {operation.id: operation for operation in OPERATIONS}
    routes: dict[str, dict[str, str]] = {}
    for operation in OPERATIONS:
        routes.setdefault(operation.path, {})[operation.method] = operation.id

    async def dispatch(name: str, request: Received) -> Reply:
        return await server.answer(operations[name], request)

    def refuse(refusal: Refusal) -> Reply:
        return server.rules.errors.reply(server, refusal)

    return application(BASE, routes, dispatch, refuse)


def _environment(server: SmartFlows, mode: str) -> Json:
    seed = server.settings.seed
    return {
        "vendor": VENDOR,
        "mode": mode,
        "url": f"{{url}}{BASE}",
        "profile": "full",
        "auth": fixtures.auth(seed),
        "identities": fixtures.identities(seed),
        "fixtures": fixtures.fixtures(seed),
        "controls": {name: f"{{controls}}/{name}" for name in CONTROLS},
    }
