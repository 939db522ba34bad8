"""A vendor: its contract and its semantics, found and loaded together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import conformance
from conformance.contract.document import Document
from conformance.contract.semantics.document import Semantics
from conformance.contract.skeleton import require_build
from conformance.contract.undeclared import Undeclared
from conformance.contract.validation import Validators
from conformance.errors import UsageError, nearest

_PACKAGE = Path(conformance.__file__).parent
_INSTALLED = (_PACKAGE / "specs", _PACKAGE.parent / "specs")
_FILES = ("openapi.yaml", "semantics.yaml")


@dataclass(frozen=True)
class Vendor:
    """One vendor's promises, frozen; ``folder`` holds ``openapi.yaml`` and ``semantics.yaml``."""

    name: str
    folder: Path
    document: Document
    semantics: Semantics
    validators: Validators = field(repr=False)

    @classmethod
    def load(cls, folder: Path) -> Vendor:
        """Read the two files of ``folder``; a ``DocumentError`` says what is wrong with them."""
        document = Document.load(folder / "openapi.yaml")
        require_build(document)
        semantics = Semantics.load(folder / "semantics.yaml")
        return cls(semantics.vendor, folder, document, semantics, Validators(document))

    @property
    def is_installed(self) -> bool:
        """Whether its files came with the package, rather than being the project's own."""
        return any(self.folder.is_relative_to(root) for root in _INSTALLED)

    @cached_property
    def undeclared(self) -> Undeclared:
        """What replies show beyond the contract."""
        return Undeclared(self.document)


def folders(specs: Iterable[Path] = ()) -> dict[str, Path]:
    """The vendor folders by name: ``specs`` first, then ``./specs``, then those installed with the package.

    :raises UsageError: one of ``specs`` neither is a vendor folder nor holds one.
    """
    found: dict[str, Path] = {}
    named = tuple(specs)
    for root in (*named, Path("specs"), *_INSTALLED):
        candidates = [root] if (root / "openapi.yaml").is_file() else sorted(root.glob("*/"))
        held = [folder for folder in candidates if all((folder / file).is_file() for file in _FILES)]
        if root in named and not held:
            raise UsageError(
                f"{root} neither is a vendor folder nor holds one", f"such a folder has {' and '.join(_FILES)}"
            )
        for folder in held:
            found.setdefault(folder.resolve().name, folder)
    return found


def find(name: str, specs: Iterable[Path] = ()) -> Path:
    """The folder of the vendor called ``name``; an unknown one is a ``UsageError`` naming the nearest."""
    known = folders(specs)
    if name not in known:
        raise UsageError(f"no vendor is called {name!r}", nearest(name, known))
    return known[name]
