"""Writes a vendor's client package, and tells when the committed one is not what would be written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import unified_diff
from itertools import islice, takewhile
from pathlib import Path

from conformance.codegen.package import Files, build, import_name, read_tree
from conformance.codegen.prepare import prepared_contract
from conformance.errors import GenerationError

_DIFF_LINES = 12


@dataclass(frozen=True)
class Staleness:
    """The first file in which a committed package is not what its contract generates, and its first such line."""

    file: str
    difference: str
    command: str
    line: int = 1

    @property
    def message(self) -> str:
        """What differs and the command that mends it, then a few lines of the difference."""
        return f"{self.file} is not what the contract generates; run `{self.command}`\n{self.difference}"


def generate(vendor_folder: Path, output: Path) -> None:
    """Write the distribution of a vendor's contract to ``output``; files that are right stay untouched.

    In the import package anything else is removed; outside it nothing is.

    :raises DocumentError: the contract or its overlay cannot be read.
    :raises GenerationError: a generator refuses the contract, or the folder cannot be written.
    """
    vendor = vendor_folder.resolve().name
    with told_of(vendor_folder / "openapi.yaml"):
        files = build(prepared_contract(vendor_folder), vendor)
    write(files, output, import_name(vendor))


@contextmanager
def told_of(source: Path | str) -> Iterator[None]:
    """Let a refusal say that it is of ``source``, the file or address of the document."""
    try:
        yield
    except GenerationError as wrong:
        raise GenerationError(f"{source}: {wrong.message}", wrong.hint) from None


def stale(vendor_folder: Path, committed: Path) -> Staleness | None:
    """The first difference, in the order of the paths, between ``committed`` and what the contract generates.

    :raises DocumentError, GenerationError: as ``generate``.
    """
    vendor = vendor_folder.resolve().name
    return first_difference(build(prepared_contract(vendor_folder), vendor), committed, vendor)


def first_difference(fresh: Files, committed: Path, vendor: str) -> Staleness | None:
    """The first file missing, different or too many in ``committed``; None when it is as ``fresh``."""
    found = read_tree(committed)
    for name in sorted(fresh.keys() | found.keys()):
        if fresh.get(name) != found.get(name):
            ours, due = found.get(name), fresh.get(name)
            path, command = (committed / name).as_posix(), f"conformance generate {vendor}"
            return Staleness(path, _difference(ours, due), command, _line(ours or b"", due or b""))
    return None


def write(files: Files, output: Path, package: str) -> None:
    """Make ``output`` hold ``files``; in its folder ``package`` hold nothing else.

    :raises GenerationError: the folder cannot be written.
    """
    try:
        for name, content in files.items():
            path = output / name
            if not path.is_file() or path.read_bytes() != content:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        for name in read_tree(output / package):
            if f"{package}/{name}" not in files:
                (output / package / name).unlink()
    except OSError as error:
        reason = f"{error.filename}: {error.strerror}"
        raise GenerationError(reason, "give a folder that can be written") from None


def _difference(found: bytes | None, fresh: bytes | None) -> str:
    if found is None:
        return "the file is missing"
    if fresh is None:
        return "the file belongs to no operation or model"
    lines = unified_diff(_lines(found), _lines(fresh), "committed", "generated", lineterm="", n=1)
    return "\n".join(islice(lines, _DIFF_LINES)) or "only line endings differ"


def _line(found: bytes, fresh: bytes) -> int:
    """The number of the first line that differs, or of the last one where only something is missing behind it."""
    ours, due = _lines(found), _lines(fresh)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(ours, due, strict=False)))
    return max(min(same + 1, len(ours)), 1)


def _lines(content: bytes) -> list[str]:
    return content.decode(errors="replace").splitlines()
