"""The examples in the documentation, executed."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import click
import pytest

from conformance.cli import cli
from conformance.contract.facets import discover
from conformance.contract.semantics.model import OperationFacet, ResourceFacet, VendorFacet
from conformance.mocks.embedded import Running, embedded, write_environment
from conformance.mocks.kit.model import Settings

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", path.read_text(), re.MULTILINE | re.DOTALL)


def console_examples() -> Iterator[tuple[str, str, list[str]]]:
    """Document, command, and the lines that it prints; an ellipsis stands for anything, also for further lines."""
    for path in DOCUMENTS:
        for block in blocks(path, "console"):
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, *printed = part.splitlines()
                yield path.name, command, printed


@pytest.mark.parametrize(("document", "command", "printed"), list(console_examples()))
def test_a_console_example_prints_what_it_says(document: str, command: str, printed: list[str]) -> None:
    code = 0
    if printed and (found := re.fullmatch(r"\[exit (\d)\]", printed[-1])):
        code, printed = int(found[1]), printed[:-1]
    name, *arguments = shlex.split(command)
    assert name == "conformance", f"{document}: only conformance is run in a console example"
    done = subprocess.run(
        [sys.executable, "-m", "conformance", *arguments], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == code, done.stdout + done.stderr
    pattern = "\n".join(printed).replace("[", "[[]").replace("…", "*")
    assert fnmatchcase(done.stdout.strip(), pattern), done.stdout


def shown_commands() -> Iterator[tuple[str, str]]:
    """Where a command line of conformance is shown that no test runs, and that line."""
    for path in DOCUMENTS:
        shell = [line for block in (*blocks(path, "sh"), *blocks(path, "")) for line in block.splitlines()]
        indented = re.findall(r"^    (conformance .*)$", path.read_text(), re.MULTILINE)
        inline = re.findall(r"`(conformance [^`]*)`", path.read_text())
        yield from ((path.name, line) for line in (*shell, *indented, *inline) if line.startswith("conformance "))
    for name in cli.list_commands(click.Context(cli)):
        told = cli.get_command(click.Context(cli), name).help or ""
        yield from ((f"{name} --help", line) for line in re.findall(r"^ *(conformance .*)$", told, re.MULTILINE))


@pytest.mark.parametrize(("where", "line"), sorted(set(shown_commands())))
def test_a_command_that_is_shown_can_be_typed(where: str, line: str) -> None:
    _, name, *arguments = shlex.split(line.split(" > ", maxsplit=1)[0], comments=True)
    command = cli.get_command(click.Context(cli), name)
    typed = ["1" if argument == "N" else argument for argument in arguments]
    assert command.make_context(name, typed, resilient_parsing=not typed).params is not None


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    with embedded("kuflow", Settings(seed=4)) as mock:
        yield mock


def test_the_client_examples_run_as_printed(running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "conformance mock kuflow --port 8080 --env-file kuflow.toml\n" in blocks(ROOT / "docs" / "clients.md", "sh")
    write_environment(running, tmp_path / "kuflow.toml")
    monkeypatch.chdir(tmp_path)
    examples = "\n".join(blocks(ROOT / "docs" / "clients.md", "python"))
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", examples],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'generated' / 'kuflow'}"},
    )
    assert done.returncode == 0, done.stderr
    assert "201" in done.stdout
    assert "RUNNING" in done.stdout
    assert "15" in done.stdout


def test_the_python_examples_have_the_types_that_they_use(tmp_path: Path) -> None:
    found = {path.stem: "\n".join(blocks(path, "py(?:thon)?")) for path in DOCUMENTS}
    for name in ("clients", "cassettes", "pytest"):
        (tmp_path / f"{name}_examples.py").write_text(found.pop(name))
    assert not any(found.values()), "a further page has examples"
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", f"--config-file={os.devnull}", "--cache-dir", ".", "."],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_first_block_of_the_readme_holds_the_two_commands() -> None:
    lines = blocks(ROOT / "README.md", r"\w*")[0].splitlines()
    assert lines[0].endswith("conformance run")
    assert lines[1].endswith("tox")
    assert all(line.startswith("python3 -m venv ") for line in lines)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_link_leads_nowhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", path.read_text())
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_reference_of_the_format_names_every_facet() -> None:
    text = (ROOT / "docs" / "semantics.md").read_text()
    words = {word for kind in (OperationFacet, ResourceFacet, VendorFacet) for word in discover(kind)}
    assert sorted(word for word in words if f"| `{word}` |" not in text) == []
