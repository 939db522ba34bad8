"""The targets that a command line names: environment files, a URL, or the embedded mocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

from pydantic import ValidationError

from conformance.contract.vendor import Vendor, folders
from conformance.engine.environment import Target, read
from conformance.engine.plan import mode_of
from conformance.errors import UsageError, nearest
from conformance.misfits import Misfit
from conformance.mocks import catalogue
from conformance.mocks.embedded import embedded
from conformance.mocks.kit.model import Settings
from conformance.mocks.kit.settings import unknown_deviation


def file_targets(
    files: Sequence[str], names: Sequence[str], vendors: Sequence[str], specs: Iterable[Path] = ()
) -> list[Target]:
    """The targets of ``files``, narrowed to ``names`` and ``vendors`` when there are any; no two have one name.

    None where no file is named. A vendor of theirs has a folder, also among ``specs``.
    """
    if not files:
        if names:
            raise UsageError(f"target {names[0]!r} is in no environment file", "name the file too, with --env")
        return []
    offered = folders(specs)
    found = [(file, target) for file in files for target in read(Path(file))]
    known = {target.name for _, target in found}
    for name in names:
        if name not in known:
            raise UsageError(f"no target is called {name!r} in {', '.join(files)}", nearest(name, known))
    chosen: dict[str, tuple[str, Target]] = {}
    for file, target in found:
        if (names and target.name not in names) or (vendors and target.vendor not in vendors):
            continue
        if target.name in chosen:
            raise UsageError(
                f"target {target.name!r} is there twice: in {chosen[target.name][0]} and in {file}",
                "name each file once, and give each target a name of its own",
            )
        if target.vendor not in offered:
            says = f"{file}: [{target.name}.vendor]: no vendor is called {target.vendor!r}"
            raise UsageError(says, nearest(target.vendor, offered))
        chosen[target.name] = file, target
    if not chosen:
        wanted = f" of {' or '.join(vendors)}" if vendors else ""
        there = ", ".join(f"{target.name} ({target.vendor})" for _, target in found)
        raise UsageError(f"no target{wanted} to run in {', '.join(files)}", f"there are {there}" if there else "")
    return [target for _, target in chosen.values()]


def mode_in(vendor: Vendor, mode: str | None, of: str) -> str | None:
    """The mode that ``of`` is in, which names ``mode`` or none; ``UsageError`` for one that there is not."""
    modes = vendor.semantics.modes or {"default": ""}
    if mode is not None and mode not in modes:
        raise UsageError(f"{of}: {vendor.name} has no mode {mode!r}", nearest(mode, modes))
    return mode_of(vendor, mode)


def url_target(url: str, vendors: Sequence[str], mode: str | None = None) -> Target:
    """A target at ``url`` without credentials, in the vendor's first mode unless another is named."""
    if len(vendors) != 1:
        raise UsageError("--url needs the vendor that answers there", "conformance run VENDOR --url URL")
    try:
        return Target(name=vendors[0], vendor=vendors[0], url=url, mode=mode)
    except ValidationError as wrong:
        raise UsageError(Misfit.first(wrong, Target).says, "--url https://HOST/BASE") from None


def embedded_targets(
    stack: ExitStack, vendors: Sequence[str], mode: str | None, deviations: Sequence[str], seed: int
) -> list[Target]:
    """A target for each vendor's mock, in every mode or only ``mode``; the mocks end with ``stack``."""
    found: list[Target] = []
    known = {name for vendor in vendors for name in catalogue.find(vendor).deviations()}
    for name in deviations:
        if name not in known:
            raise unknown_deviation(name, known)
    for vendor in vendors:
        modes = catalogue.find(vendor).MODES
        if mode is not None and mode not in modes:
            raise UsageError(f"{vendor} has no mode {mode!r}", nearest(mode, modes))
        for name in [mode] if mode else modes:
            broken = frozenset(deviations) & catalogue.find(vendor).deviations().keys()
            running = stack.enter_context(embedded(vendor, Settings(mode=name, seed=seed, deviations=broken)))
            label = vendor if len(modes) == 1 else f"{vendor}@{name}"
            found.append(Target.model_validate({**running.environment, "name": label}))
    return found
