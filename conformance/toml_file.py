"""TOML files: read, and told in one line where they are none."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from conformance.errors import ConformanceError
from conformance.misfits import Misfit

M = TypeVar("M", bound=BaseModel)


class Table(BaseModel):
    """A table of a TOML file: a frozen value; an unknown key is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def tables(path: Path, error: type[ConformanceError], hint: str) -> dict[str, Any]:
    """What the file says; an ``error`` with ``hint`` where it cannot be read or is no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as wrong:
        raise error(f"{path}: not UTF-8 at byte {wrong.start}", hint) from None
    except (OSError, tomllib.TOMLDecodeError) as wrong:
        raise error(f"{path}: {getattr(wrong, 'strerror', None) or wrong}", hint) from None


def load(path: Path, kind: type[M], error: type[ConformanceError], hint: str) -> M:
    """The file as a ``kind``; an ``error`` where it is none, with what was probably meant, or ``hint``."""
    try:
        return kind.model_validate(tables(path, error, hint))
    except ValidationError as wrong:
        misfit = Misfit.first(wrong, kind)
        raise error(f"{path}: {misfit}", misfit.hint or hint) from None
