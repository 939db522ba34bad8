"""What OLD and NEW name: a file, a vendor's folder, a folder of such folders, any of them in git, or nothing."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from conformance.contract.document import Document
from conformance.contract.semantics.document import Semantics
from conformance.errors import DocumentError, UsageError

NOTHING = "/dev/null"
CONTRACT, SEMANTICS = "openapi.yaml", "semantics.yaml"


@dataclass(frozen=True)
class Source:
    """A document, with the semantics that its vendor's folder has where one was named."""

    document: Document
    semantics: Semantics | None = None
    is_folder: bool = False


Side = Source | Mapping[str, Source] | None
"""One document, or each vendor's by name; ``None`` is nothing."""
Pair = tuple[str, Source | None, Source | None]


def pairs(old: str, new: str, stack: ExitStack) -> list[Pair]:
    """What is compared with what, each under its vendor's name where folders of vendor folders are compared."""
    before, after = _side(old, stack), _side(new, stack)
    if isinstance(before, Mapping) or isinstance(after, Mapping):
        ours, theirs = _many(before, old), _many(after, new)
        return [(name, ours.get(name), theirs.get(name)) for name in sorted({*ours, *theirs})]
    if before is after is None:
        raise UsageError(f"both sides are {NOTHING}", "name a document as OLD or NEW")
    return [("", before, after)]


def _many(side: Side, name: str) -> Mapping[str, Source]:
    if isinstance(side, Source):
        raise UsageError(f"{name} is one document, the other side a folder of vendor folders", "name two of a kind")
    return side or {}


def _side(name: str, stack: ExitStack) -> Side:
    if name == NOTHING:
        return None
    if name.startswith(("http://", "https://")):
        raise UsageError(f"{name}: OLD and NEW are files", "download it first, and name the file")
    if not name.startswith("git:"):
        return _read(Path(name))
    copy = _from_git(name, stack)
    place = Path(name.split(":", 2)[2])
    try:
        side = _read(copy)
    except DocumentError as wrong:
        raise DocumentError(wrong.message.replace(str(copy), name), wrong.hint) from None
    if isinstance(side, Source):
        return _placed(side, place)
    return {vendor: _placed(source, place / vendor) for vendor, source in side.items()}


def _placed(source: Source, place: Path) -> Source:
    """The same, called by the place in the repository that it is a copy of."""
    path = place / CONTRACT if source.is_folder else place
    return replace(source, document=Document(path, source.document.root))


def _read(path: Path) -> Source | Mapping[str, Source]:
    if not path.is_dir():
        return Source(Document.load(path))
    if (path / CONTRACT).is_file():
        return _folder(path)
    found = {folder.name: _folder(folder) for folder in sorted(path.glob("*/")) if (folder / CONTRACT).is_file()}
    if not found:
        raise DocumentError(f"{path} neither is a vendor's folder nor holds one", f"such a folder has an {CONTRACT}")
    return found


def _folder(path: Path) -> Source:
    semantics = path / SEMANTICS
    return Source(Document.load(path / CONTRACT), Semantics.load(semantics) if semantics.is_file() else None, True)


def _from_git(name: str, stack: ExitStack) -> Path:
    """A copy of a file or of a folder as it is at a revision."""
    _, revision, place = (*name.split(":", 2), "")[:3]
    if not revision or not place:
        raise UsageError(f"{name!r} is no git:REV:PATH", "such as git:main:specs/kuflow")
    scratch = Path(stack.enter_context(TemporaryDirectory(prefix="conformance-diff-")))
    kind = _git("cat-file", "-t", f"{revision}:{place}", name=name).strip()
    if kind != b"tree":
        target = scratch / Path(place).name
        target.write_bytes(_git("show", f"{revision}:{place}", name=name))
        return target
    for file in _files(f"{revision}:{place}", name):
        target = scratch / file
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(_git("show", f"{revision}:{place.rstrip('/')}/{file}", name=name))
    return scratch


def _files(tree: str, name: str) -> Iterator[str]:
    """The contracts and semantics of a tree and of the folders in it."""
    listed = _git("ls-tree", "-r", "-z", "--full-tree", "--name-only", tree, name=name)
    for file in listed.decode(errors="surrogateescape").split("\0"):
        folder, _, last = file.rpartition("/")
        if last in {CONTRACT, SEMANTICS} and "/" not in folder:
            yield file


def _git(*arguments: str, name: str) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, check=False)  # noqa: S603, S607
    except OSError as wrong:
        raise UsageError(f"{name}: git does not run: {wrong.strerror}", "install git, or name files") from None
    if done.returncode:
        reason = (done.stderr.decode(errors="replace").strip().splitlines() or ["git failed"])[0]
        raise DocumentError(f"{name}: {reason}", "'git show REV:PATH' has to print the file")
    return done.stdout
