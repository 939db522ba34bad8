"""Where cassettes lie, and how they get there and back: whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml
from pydantic import ValidationError
from vcr.cassette import Cassette as Tape
from vcr.record_mode import RecordMode
from vcr.serialize import deserialize, serialize

import conformance
from conformance.cassettes import layout
from conformance.cassettes.cassette import Cassette, Interaction
from conformance.cassettes.conversion import to_reply, to_request, to_response, to_wire
from conformance.cassettes.matching import MATCHERS
from conformance.cassettes.provenance import Provenance
from conformance.cassettes.schema import faults
from conformance.contract.pointer import join
from conformance.errors import CassetteError, nearest
from conformance.misfits import Misfit
from conformance.whole_file import write_whole

INBOUND = ".inbound.yaml"
"""The end of the name of the file beside a cassette that holds what the server delivered."""
_PACKAGE = Path(conformance.__file__).parent
_INSTALLED = (_PACKAGE / "recorded", _PACKAGE.parent / "cassettes")


def roots(places: Iterable[Path] = ()) -> tuple[Path, ...]:
    """The folders in which cassettes are looked for: ``places``, or ``./cassettes`` and then those of the package."""
    return tuple(places) or (Path("cassettes"), *_INSTALLED)


def is_installed(path: Path) -> bool:
    """Whether ``path`` is one of the files that came with the package, rather than the project's own."""
    return any(path.is_relative_to(root) for root in _INSTALLED)


def cassettes(vendor: str, places: Iterable[Path] = ()) -> tuple[Path, ...]:
    """The cassettes of ``vendor``, in the first folder that has any, by name."""
    for root in roots(places):
        found = sorted(path for path in (root / vendor).glob("*.yaml") if not path.name.endswith(INBOUND))
        if found:
            return tuple(found)
    return ()


def vendors(places: Iterable[Path] = ()) -> tuple[str, ...]:
    """The vendors that have cassettes, sorted."""
    found = {folder.name for root in roots(places) if root.is_dir() for folder in root.iterdir() if folder.is_dir()}
    return tuple(sorted(name for name in found if cassettes(name, places)))


def find(name: str, places: Iterable[Path] = ()) -> Path:
    """The cassette called ``VENDOR/SCENARIO``, of the first folder that has it, or the file of that path.

    ``CassetteError`` with the nearest where there is none.
    """
    if Path(name).is_file():
        return Path(name)
    known: dict[str, Path] = {}
    for root in roots(places):
        known = {f"{of}/{path.stem}": path for of in vendors([root]) for path in cassettes(of, [root])} | known
    if name not in known:
        raise CassetteError(f"no cassette is called {name!r}", nearest(name, known))
    return known[name]


def tape(path: Path) -> Tape:
    """The cassette as vcrpy plays it: nothing is recorded, and requests match by ``MATCHERS``."""
    load(path)
    return Tape.load(path=str(path), serializer=layout, record_mode=RecordMode.NONE, match_on=MATCHERS)


def load(path: Path, vendor: str = "") -> Cassette:
    """The cassette at ``path``, of ``vendor`` if that is given; what is wrong with it is a ``CassetteError``."""
    try:
        value = layout.deserialize(path.read_text(encoding="utf-8"))
        for fault in faults(value):
            raise CassetteError(f"{path}: {fault}", "record it again")
        requests, responses, *metadata = deserialize("", SimpleNamespace(deserialize=lambda _: value))
        recorded = tuple(
            Interaction(to_wire(one), to_reply(other)) for one, other in zip(requests, responses, strict=True)
        )
    except FileNotFoundError:
        raise CassetteError(f"{path}: no such cassette", "'conformance record VENDOR' records it") from None
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        raise CassetteError(f"{where}: {wrong.problem or wrong.context}", "record it again") from None
    except (KeyError, TypeError, ValueError, AttributeError, yaml.YAMLError, OSError) as wrong:
        reason = f"no {wrong}" if isinstance(wrong, KeyError) else str(wrong).splitlines()[0]
        raise CassetteError(f"{path}: not a cassette: {reason}", "record it again") from None
    told = _provenance(metadata[0] if metadata else {}, path)
    if vendor and told.vendor != vendor:
        raise CassetteError(
            f"{path}: /metadata/vendor: {told.vendor!r}, in the folder of {vendor!r}",
            "move it to the folder of its vendor",
        )
    return Cassette(path, told, recorded)


def _provenance(metadata: Any, path: Path) -> Provenance:
    try:
        return Provenance.model_validate(metadata)
    except ValidationError as wrong:
        misfit = Misfit.first(wrong, Provenance)
        hint = misfit.hint or "docs/cassettes.md lists what a cassette tells"
        raise CassetteError(f"{path}: {join('metadata', *misfit.at)}: {misfit.says}", hint) from None


def text_of(told: Provenance, recorded: Sequence[Interaction]) -> str:
    """The text of a cassette, as vcrpy writes it in this suite's layout."""
    plain = {
        "requests": [to_request(one.wire) for one in recorded],
        "responses": [to_response(one.reply) for one in recorded],
        "metadata": told.stored(),
    }
    return str(serialize(plain, layout))


def replace(path: Path, text: str) -> None:
    """Put ``text`` at ``path`` as a whole, in a folder that is made for it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text)
    except OSError as wrong:
        raise CassetteError(f"{path}: {wrong.strerror}", "give a folder that can be written, with space left") from None
