"""One generation a session, with neither a PATH nor a HOME to lean on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conformance.codegen.package import Files, build
from conformance.codegen.prepare import prepared, prepared_contract
from conformance.errors import GenerationError

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
def refuses() -> Callable[[dict[str, Any], str], None]:
    """That no client is made of a document, in words that begin so, and that an overlay can mend it."""

    def refused(document: dict[str, Any], says: str) -> None:
        with pytest.raises(GenerationError) as told:
            prepared(document)
        assert told.value.message.startswith(says)
        assert "overlays/generate.yaml" in told.value.hint

    return refused


@pytest.fixture(scope="session")
def vendor() -> Path:
    return VENDOR


@pytest.fixture(scope="session")
def committed() -> Path:
    return COMMITTED
