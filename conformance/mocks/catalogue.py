"""Which mocks there are: every package here but the kit."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from conformance import mocks
from conformance.errors import UsageError, nearest
from conformance.mocks.kit.deviations import discover
from conformance.mocks.kit.model import Choice, Deviation, Mock, Settings

NOT_VENDORS = frozenset({"kit"})


@dataclass(frozen=True)
class VendorMock:
    """What the package of a vendor's mock exposes; ``build`` raises UsageError for what the mock does not have."""

    name: str
    MODES: tuple[str, ...]
    CHOICES: tuple[Choice, ...]
    CONTROLS: tuple[str, ...]
    build: Callable[[Settings], Mock]

    def deviations(self) -> Mapping[str, Deviation]:
        """The ways in which this mock can be made wrong, by name, sorted."""
        return discover(f"{mocks.__name__}.{self.name}.deviations")


def vendors() -> list[str]:
    """The vendors that have a mock, sorted."""
    packages = (info.name for info in pkgutil.iter_modules(mocks.__path__) if info.ispkg)
    return sorted(name for name in packages if name not in NOT_VENDORS)


def find(vendor: str) -> VendorMock:
    """The mock of ``vendor``; raises UsageError naming the nearest when there is none."""
    known = vendors()
    if vendor not in known:
        raise UsageError(f"no mock of {vendor!r}", nearest(vendor, known))
    package = importlib.import_module(f"{mocks.__name__}.{vendor}")
    return VendorMock(vendor, package.MODES, package.CHOICES, package.CONTROLS, package.build)
