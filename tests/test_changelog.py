"""Every fragment of the changelog is one line, and stands in the release notes that are made of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
FRAGMENTS = sorted((ROOT / "changelog.d").glob("*.md"))


def test_a_fragment_is_one_line_for_users() -> None:
    assert FRAGMENTS
    assert [path.name for path in FRAGMENTS if path.read_text().count("\n") != 1] == []


def test_the_release_notes_have_every_fragment() -> None:
    command = [sys.executable, "-m", "towncrier", "build", "--draft", "--version", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    notes = " ".join(done.stdout.split())
    assert [path.name for path in FRAGMENTS if " ".join(path.read_text().split()) not in notes] == []
