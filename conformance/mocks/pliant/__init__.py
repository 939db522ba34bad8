"""A stateful Pliant server, written from the vendor's documents."""

from __future__ import annotations

from conformance.mocks.kit.controls import controls_app
from conformance.mocks.kit.deviations import discover
from conformance.mocks.kit.http import Received, Refusal, Reply, application
from conformance.mocks.kit.model import AsgiApp, Mock, Settings
from conformance.mocks.kit.settings import apply_deviations, resolved_choices, resolved_mode
from conformance.mocks.pliant import errors
from conformance.mocks.pliant.choices import CHOICES
from conformance.mocks.pliant.controls import CONTROLS, controls
from conformance.mocks.pliant.environment import environment
from conformance.mocks.pliant.routes import OPERATIONS
from conformance.mocks.pliant.server import Pliant

MODES = ("default",)

__all__ = ["CHOICES", "CONTROLS", "MODES", "build"]


def build(settings: Settings) -> Mock:
    """A fresh server with the rules that ``settings`` break broken; raises UsageError for what does not exist."""
    mode = resolved_mode(settings, MODES)
    server = Pliant(settings, resolved_choices(settings.choices, CHOICES))
    apply_deviations(server, settings.deviations, discover(f"{__name__}.deviations"))
    return Mock(_app(server), controls_app(controls(server)), environment(server, mode))


def _app(server: Pliant) -> AsgiApp:
    operations = {operation.id: operation for operation in OPERATIONS}
    routes: dict[str, dict[str, str]] = {}
    for operation in OPERATIONS:
        routes.setdefault(operation.path, {})[operation.method] = operation.id

    async def dispatch(name: str, request: Received) -> Reply:
        return await server.answer(operations[name], request)

    def refuse(refusal: Refusal) -> Reply:
        return errors.reply(server, refusal)

    return application("", routes, dispatch, refuse)
