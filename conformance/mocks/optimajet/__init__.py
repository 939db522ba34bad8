"""A stateful OptimaJet Workflow Server (Workflow API), written from the vendor's publications."""

from __future__ import annotations

from conformance.mocks.kit.controls import controls_app
from conformance.mocks.kit.deviations import discover
from conformance.mocks.kit.http import serving
from conformance.mocks.kit.model import Json, Mock, Settings
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
    app = serving("", OPERATIONS, server.answer, lambda refusal: reply_to(server, refusal))
    return Mock(app, controls_app(controls(server)), _environment(server, mode))


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
