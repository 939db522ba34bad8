"""What ``conformance diff`` does: find both documents, compare them, tell the changes."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from conformance.codegen.attribution import with_impact
from conformance.contract.document import Document
from conformance.contract.semantics.document import Semantics
from conformance.drift.change import LEVELS, Change
from conformance.drift.comparison import compare
from conformance.drift.promises import compare_semantics
from conformance.drift.rendering.github import github
from conformance.drift.rendering.json import as_json
from conformance.drift.rendering.markdown import markdown
from conformance.drift.rendering.note import of_changes
from conformance.drift.rendering.sarif import sarif
from conformance.drift.rendering.text import text
from conformance.errors import DocumentError, UsageError

CONTRACT, SEMANTICS = "openapi.yaml", "semantics.yaml"


@dataclass(frozen=True)
class Source:
    """A side of the comparison: its document, and its semantics where a vendor folder was named."""

    document: Document
    semantics: Semantics | None


def diff(old: str, new: str, shape: str, *, allow_unknown: bool, client: bool) -> int:
    """Carry out the command and return its exit code."""
    with ExitStack() as stack:
        before, after = (_source(name, stack) for name in (old, new))
        changes: Sequence[Change] = compare(before.document, after.document)
        if before.semantics and after.semantics:
            changes = [*changes, *compare_semantics(before.semantics, after.semantics)]
        if client:
            changes = with_impact(changes, before.document, after.document)
        changes = sorted(changes, key=lambda change: LEVELS.index(change.level))
        click.echo(rendered(changes, before.document, after.document, shape, f"{old} → {new}"), nl=False)
    return exit_code(changes, allow_unknown=allow_unknown, client=client)


def exit_code(changes: Sequence[Change], *, allow_unknown: bool, client: bool) -> int:
    """1 for a change of a level that fails, else 0."""
    failing = {"breaking"} | (set() if allow_unknown else {"unknown"}) | ({"client"} if client else set())
    return int(any(change.level in failing for change in changes))


def rendered(changes: Sequence[Change], old: Document, new: Document, shape: str, title: str) -> str:
    """The changes in one of the forms."""
    match shape:
        case "json":
            return json.dumps(as_json(changes), indent=2, ensure_ascii=False) + "\n"
        case "markdown":
            return markdown(changes, title)
        case "sarif":
            return json.dumps(sarif(of_changes(changes, old, new)), indent=2, ensure_ascii=False) + "\n"
        case "github":
            return github(of_changes(changes, old, new))
    return text(changes)


def _source(name: str, stack: ExitStack) -> Source:
    """The document that a file, a vendor folder or ``git:REV:PATH`` names."""
    if not name.startswith("git:"):
        return _read(Path(name))
    copy = _from_git(name, stack)
    place = Path(name.split(":", 2)[2])
    try:
        source = _read(copy)
    except DocumentError as wrong:
        raise DocumentError(wrong.message.replace(str(copy), name), wrong.hint) from None
    path = place / CONTRACT if copy.is_dir() else place
    return Source(Document(path, source.document.root), source.semantics)


def _read(path: Path) -> Source:
    if not path.is_dir():
        return Source(Document.load(path), None)
    semantics = path / SEMANTICS
    return Source(Document.load(path / CONTRACT), Semantics.load(semantics) if semantics.is_file() else None)


def _from_git(name: str, stack: ExitStack) -> Path:
    """A copy of a file or of a vendor folder as it is at a revision."""
    _, revision, place = (*name.split(":", 2), "")[:3]
    if not revision or not place:
        raise UsageError(f"{name!r} is no git:REV:PATH", "such as git:main:specs/kuflow")
    scratch = Path(stack.enter_context(TemporaryDirectory(prefix="conformance-diff-")))
    kind = _git("cat-file", "-t", f"{revision}:{place}", name=name).strip()
    if kind != b"tree":
        target = scratch / Path(place).name
        target.write_bytes(_git("show", f"{revision}:{place}", name=name))
        return target
    listed = _git("ls-tree", "--name-only", f"{revision}:{place}", name=name).decode().split("\n")
    for file in {CONTRACT, SEMANTICS} & set(listed):
        (scratch / file).write_bytes(_git("show", f"{revision}:{place.rstrip('/')}/{file}", name=name))
    return scratch


def _git(*arguments: str, name: str) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, check=False)  # noqa: S603, S607
    except OSError as wrong:
        raise UsageError(f"{name}: git does not run: {wrong.strerror}", "install git, or name files") from None
    if done.returncode:
        reason = (done.stderr.decode(errors="replace").strip().splitlines() or ["git failed"])[0]
        raise DocumentError(f"{name}: {reason}", "'git show REV:PATH' has to print the file")
    return done.stdout
