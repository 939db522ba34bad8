from __future__ import annotations

import io
import zipfile

import pytest

from conformance.engine.outcome import Mismatch
from conformance.vendors.kuflow.forms import different, unpacked


def test_a_zip_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.pdf", b"%PDF-1")
        archive.writestr("b.pdf", b"%PDF-2")
    assert unpacked(out.getvalue()) == [b"%PDF-1", b"%PDF-2"]


def test_what_is_no_zip_is_a_mismatch() -> None:
    with pytest.raises(Mismatch, match="the bytes of a ZIP"):
        unpacked(b"%PDF-1.4 of all values")


def test_values_are_counted_once_whatever_the_order_of_their_members() -> None:
    assert different([{"a": 1, "b": 2}, {"b": 2, "a": 1}, {"a": 1}]) == 2
