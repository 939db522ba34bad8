"""Every word of a semantics file is read by something: one that nothing reads promises checks that there are not."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from conformance.contract import facets, semantics
from conformance.contract.semantics.model import Model

CODE = [path.read_text() for path in (Path(__file__).parents[2] / "conformance").rglob("*.py")]


def models() -> Iterator[type[Model]]:
    for package in (facets, semantics):
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            for value in vars(import_module(found.name)).values():
                if isinstance(value, type) and issubclass(value, Model) and value.__module__ == found.name:
                    yield value


@pytest.mark.parametrize("model", list(models()), ids=lambda model: model.__name__)
def test_every_word_is_read(model: type[Model]) -> None:
    unread = [name for name in model.model_fields if not any(re.search(rf"\.{name}\b", text) for text in CODE)]
    assert not unread
