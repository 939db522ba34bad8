"""Documents named by the model of an execution."""

from __future__ import annotations

from conformance.vendors.smartflows.executions import documents


def test_documents_are_found_at_any_depth() -> None:
    model = {
        "block": {"document": {"id": "a", "type": "document"}},
        "more": [{"inner": [{"id": "b", "type": "document"}]}, {"id": "c", "type": "user"}],
    }
    assert list(documents(model)) == ["a", "b"]


def test_a_document_without_id_names_none() -> None:
    assert list(documents({"document": {"type": "document"}})) == []
    assert list(documents(None)) == []
