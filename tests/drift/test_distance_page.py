"""The page that tells the distance to KuFlow's document of 2026-05-07 is what its command writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from conformance.commands.drift import command

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "kuflow-2026-05-07.md"
PUBLISHED = ROOT.parent / "shared" / "published" / "kuflow" / "openapi-2026-05-07-1542e16.yaml"


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the vendor's file is not here")
def test_the_page_is_current(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    arguments = ["kuflow", "--against", str(PUBLISHED), "--any-digest", "--client", "--format", "markdown"]
    done = CliRunner().invoke(command, arguments)
    assert done.exit_code == 1
    assert PAGE.read_text().partition("-->\n\n")[2] == done.stdout


def test_the_page_names_the_command_that_writes_it() -> None:
    first = PAGE.read_text().splitlines()[0]
    assert "conformance drift kuflow --against openapi-2026-05-07-1542e16.yaml --any-digest --client" in first
    assert "### operation-added (20)" in PAGE.read_text()
