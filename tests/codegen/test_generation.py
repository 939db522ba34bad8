"""What is committed is what the contract generates, and any other state is told with the way out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conformance.codegen.generate import first_difference, write
from conformance.codegen.package import Files, build, import_name, read_tree
from conformance.errors import GenerationError

PACKAGE = "kuflow_client"


@pytest.fixture
def copied(committed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(committed, tmp_path / "kuflow"))


def test_a_second_run_gives_the_committed_bytes(fresh: Files, committed: Path) -> None:
    difference = first_difference(fresh, committed, "kuflow")
    assert difference is None, difference.message


def test_generating_leaves_nothing_behind(fresh: Files, home: Path) -> None:
    assert not list(home.iterdir())
    assert not [name for name in fresh if "cache" in name or name.startswith(".")]


def test_an_edit_is_told_with_file_lines_and_command(fresh: Files, copied: Path) -> None:
    models = copied / PACKAGE / "models.py"
    models.write_text(models.read_text().replace("class Process(", "class Proces("))
    difference = first_difference(fresh, copied, "kuflow")
    assert difference is not None
    assert difference.file == models.as_posix()
    assert difference.command == "conformance generate kuflow"
    assert "-class Proces(" in difference.message
    assert "+class Process(" in difference.message
    assert len(difference.message.splitlines()) < 20


@pytest.mark.parametrize(
    ("name", "told"), [("errors.py", "missing"), ("api/process/extra.py", "belongs to no operation")]
)
def test_a_file_missing_or_too_many_is_told(fresh: Files, copied: Path, name: str, told: str) -> None:
    path = copied / PACKAGE / name
    path.unlink() if path.exists() else path.touch()
    difference = first_difference(fresh, copied, "kuflow")
    assert difference is not None
    assert difference.file == path.as_posix()
    assert told in difference.message


def test_what_building_and_running_leave_does_not_count(fresh: Files, copied: Path) -> None:
    for name in ("dist/a.whl", "kuflow_client.egg-info/PKG-INFO", f"{PACKAGE}/__pycache__/a.pyc", ".venv/b"):
        (copied / name).parent.mkdir(parents=True, exist_ok=True)
        (copied / name).touch()
    assert first_difference(fresh, copied, "kuflow") is None


def test_writing_mends_the_package_and_spares_what_is_beside_it(fresh: Files, copied: Path) -> None:
    (copied / PACKAGE / "models.py").write_text("")
    (copied / PACKAGE / "api" / "gone.py").touch()
    (copied / "notes.txt").touch()
    untouched = copied / PACKAGE / "errors.py"
    before = untouched.stat().st_mtime_ns
    write(fresh, copied, PACKAGE)
    assert read_tree(copied) == {**fresh, "notes.txt": b""}
    assert untouched.stat().st_mtime_ns == before


def test_a_folder_that_cannot_be_written_is_one_line(fresh: Files, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(GenerationError, match="give a folder that can be written"):
        write(fresh, tmp_path / "file", PACKAGE)


def test_a_file_that_cannot_be_read_is_one_line(fresh: Files, copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    models = copied / PACKAGE / "models.py"
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path == models:
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(GenerationError, match=r"models\.py: Permission denied; let it be read"):
        first_difference(fresh, copied, "kuflow")


@pytest.mark.parametrize(("vendor", "name"), [("acme", "acme_client"), ("Acme-Flow", "acme_flow_client")])
def test_the_folder_names_the_package(vendor: str, name: str) -> None:
    assert import_name(vendor) == name


def test_a_reply_that_the_generator_would_leave_out_is_an_error() -> None:
    reply = {"description": "x", "content": {"application/xml": {"schema": {"type": "object"}}}}
    document = {
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"get": {"operationId": "a", "tags": ["t"], "responses": {"200": reply}}}},
        "components": {"schemas": {"A": {"type": "object"}}},
    }
    with pytest.raises(GenerationError, match=r"WARNING parsing GET /a .*Unsupported content_type application/xml"):
        build(document, "acme")
