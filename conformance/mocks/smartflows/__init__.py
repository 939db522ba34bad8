"""A stateful Smart Flows server (REST API v1), written from the vendor's documents."""

from __future__ import annotations

from conformance.mocks.kit.controls import controls_app
from conformance.mocks.kit.deviations import discover
from conformance.mocks.kit.http import serving
from conformance.mocks.kit.model import Json, Mock, Settings
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
    app = serving(BASE, OPERATIONS, server.answer, lambda refusal: server.rules.errors.reply(server, refusal))
    return Mock(app, controls_app(controls(server)), _environment(server, mode))


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
