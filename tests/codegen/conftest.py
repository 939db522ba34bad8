"""One generation a session, with neither a PATH nor a HOME to lean on."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from conformance.codegen.package import Files, build
from conformance.codegen.prepare import prepared_contract

ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "specs" / "kuflow"
COMMITTED = ROOT / "generated" / "kuflow"

sys.path.insert(0, str(COMMITTED))


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def fresh(home: Path) -> Files:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(home))
        patch.setenv("HOME", str(home))
        return build(prepared_contract(VENDOR), "kuflow")


@pytest.fixture(scope="session")
def vendor() -> Path:
    return VENDOR


@pytest.fixture(scope="session")
def committed() -> Path:
    return COMMITTED
