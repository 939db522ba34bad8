"""What the reply to a create tells."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from conformance.contract.facets.create import Create


def test_any_success_makes_something_new_where_no_status_is_written() -> None:
    assert Create(resource="thing").is_new(202)
    assert not Create(resource="thing", first=(201,)).is_new(202)


def test_a_replay_is_told_from_a_first_create_by_a_status() -> None:
    with pytest.raises(ValidationError, match="'replay' goes with 'first'"):
        Create.model_validate({"resource": "thing", "replay": {"gets": "same", "statuses": [200]}})
