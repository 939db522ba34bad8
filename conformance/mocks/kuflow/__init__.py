"""A stateful KuFlow server (Public API 2024-06-14), written from the vendor's documentation."""

from __future__ import annotations

from conformance.mocks.kit.controls import controls_app
from conformance.mocks.kit.deviations import discover
from conformance.mocks.kit.http import serving
from conformance.mocks.kit.model import Json, Mock, Settings
from conformance.mocks.kit.settings import apply_deviations, resolved_choices, resolved_mode
from conformance.mocks.kuflow import errors
from conformance.mocks.kuflow.choices import CHOICES
from conformance.mocks.kuflow.controls import CONTROLS, controls
from conformance.mocks.kuflow.routes import BASE, OPERATIONS
from conformance.mocks.kuflow.seed import fixtures
from conformance.mocks.kuflow.server import VENDOR, KuFlow

MODES = ("default",)

__all__ = ["CHOICES", "CONTROLS", "MODES", "build"]


def build(settings: Settings) -> Mock:
    """A fresh server with the rules that ``settings`` break broken; raises UsageError for what does not exist."""
    mode = resolved_mode(settings, MODES)
    server = KuFlow(settings, resolved_choices(settings.choices, CHOICES))
    apply_deviations(server, settings.deviations, discover(f"{__name__}.deviations"))
    app = serving(BASE, OPERATIONS, server.answer, lambda refusal: errors.reply(server, refusal))
    return Mock(app, controls_app(controls(server)), _environment(server, mode))


def _environment(server: KuFlow, mode: str) -> Json:
    ids = server.seed_ids
    return {
        "vendor": VENDOR,
        "mode": mode,
        "url": f"{{url}}{BASE}",
        "profile": "full",
        "capabilities": ["form_documents"],
        "auth": fixtures.auth(ids, "main"),
        "identities": fixtures.identities(ids),
        "fixtures": fixtures.fixtures(ids, server.store),
        "controls": {name: f"{{controls}}/{name}" for name in CONTROLS},
    }
