"""Who may know whom: no generic file names a vendor, and no mock needs the specs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conformance.mocks import catalogue

ROOT = Path(__file__).parents[1]
GENERIC = (
    "checks",
    "engine",
    "contract",
    "transport",
    "selftest",
    "codegen",
    "drift",
    "report",
    "cassettes",
    "recording",
)
VENDORS = re.compile(r"kuflow|optimajet|pliant|smart.?flows|invenso|instabase", re.IGNORECASE)


@pytest.mark.parametrize("package", GENERIC)
def test_no_generic_file_names_a_vendor(package: str) -> None:
    named = {
        str(path.relative_to(ROOT)): found[0]
        for path in sorted((ROOT / "conformance" / package).rglob("*.py"))
        if (found := VENDORS.search(path.read_text(encoding="utf-8")))
    }
    assert named == {}


@pytest.mark.parametrize("vendor", catalogue.vendors())
def test_a_mock_is_built_where_no_specs_are(vendor: str, tmp_path: Path) -> None:
    package = tmp_path / "conformance"
    package.mkdir()
    for name in ("__init__.py", "errors.py"):
        shutil.copy(ROOT / "conformance" / name, package / name)
    shutil.copytree(ROOT / "conformance" / "mocks", package / "mocks", ignore=shutil.ignore_patterns("__pycache__"))
    script = (
        "from conformance.mocks import catalogue; from conformance.mocks.kit.model import Settings;"
        f"mock = catalogue.find({vendor!r}); print(sorted(mock.MODES));"
        "print(bool(mock.build(Settings()).environment['url'] and mock.deviations()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("True\n")
