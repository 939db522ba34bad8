"""The cassettes as the wheel carries them: replayed in an empty folder, with no checkout in sight."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from known import ROOT


def test_replay_works_where_only_the_package_is(tmp_path: Path) -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    installed, empty = tmp_path / "site", tmp_path / "empty"
    without = shutil.ignore_patterns("__pycache__")
    for package in wheel["packages"]:
        shutil.copytree(ROOT / package, installed / Path(package).name, ignore=without)
    for source, place in wheel["force-include"].items():
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, installed / place, ignore=without)
    empty.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "conformance", "replay"],
        capture_output=True,
        text=True,
        check=False,
        cwd=empty,
        env={"PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    kept = [path for path in (ROOT / "cassettes").rglob("*.yaml") if ".inbound." not in path.name]
    assert done.stdout.count("ok    ") == len(kept) > 15
    assert list(empty.iterdir()) == []
