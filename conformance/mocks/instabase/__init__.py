"""A stateful Instabase server, written from the vendor's documents."""

from __future__ import annotations

from conformance.mocks.instabase import errors
from conformance.mocks.instabase.choices import CHOICES
from conformance.mocks.instabase.controls import CONTROLS, controls
from conformance.mocks.instabase.environment import environment
from conformance.mocks.instabase.routes import OPERATIONS
from conformance.mocks.instabase.server import Instabase
from conformance.mocks.kit.controls import controls_app
from conformance.mocks.kit.deviations import discover
from conformance.mocks.kit.http import Received, Refusal, Reply, application
from conformance.mocks.kit.model import AsgiApp, Mock, Settings
from conformance.mocks.kit.settings import apply_deviations, resolved_choices, resolved_mode

MODES = ("default",)

__all__ = ["CHOICES", "CONTROLS", "MODES", "build"]


def build(settings: Settings) -> Mock:
    """A fresh server with the rules that ``settings`` break broken; raises UsageError for what does not exist."""
    mode = resolved_mode(settings, MODES)
    server = Instabase(settings, resolved_choices(settings.choices, CHOICES))
    apply_deviations(server, settings.deviations, discover(f"{__name__}.deviations"))
    return Mock(_app(server), controls_app(controls(server)), environment(server, mode))


def _app(server: Instabase) -> AsgiApp:
    operations = {operation.id: operation for operation in OPERATIONS}
    routes: dict[str, dict[str, str]] = {}
    for operation in OPERATIONS:
        routes.setdefault(operation.path, {})[operation.method] = operation.id

    async def dispatch(name: str, request: Received) -> Reply:
        return await server.answer(operations[name], request)

    def refuse(refusal: Refusal) -> Reply:
        return errors.reply(server, refusal)

    return application("", routes, dispatch, refuse)
