"""What a list and a read show alike."""

from __future__ import annotations

from conformance.checks._agreeing import common

READ = {
    "id": "8C400D55-15D4-41F9-B306-EC2836898D83",
    "at": "2026-03-02T09:00:00.001Z",
    "of": {"name": "a", "more": 1},
    "owner": "x",
    "tags": ["a"],
}


def test_what_only_one_of_them_shows_is_left_out() -> None:
    listed = {
        "id": "8c400d55-15d4-41f9-b306-ec2836898d83",
        "at": "2026-03-02T10:00:00.001000+01:00",
        "of": {"name": "a"},
        "owner": None,
        "tags": [],
        "also": True,
    }
    assert common(listed, READ) == common(READ, listed)


def test_another_value_is_another() -> None:
    for wrong in ({"owner": "y"}, {"of": {"name": "b"}}, {"at": "2026-03-02T09:00:00.002Z"}, {"of": "a"}):
        assert common({**READ, **wrong}, READ) != common(READ, {**READ, **wrong})
