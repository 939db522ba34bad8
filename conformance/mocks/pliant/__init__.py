"""A stateful Pliant server, written from the vendor's documents."""

from __future__ import annotations

from conformance.mocks.kit.controls import controls_app
from conformance.mocks.kit.deviations import discover
from conformance.mocks.kit.http import serving
from conformance.mocks.kit.model import Mock, Settings
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
    app = serving("", OPERATIONS, server.answer, lambda refusal: errors.reply(server, refusal))
    return Mock(app, controls_app(controls(server)), environment(server, mode))
