"""The parts of values that a filter by what a text contains is tried with."""

from __future__ import annotations

from conformance.checks._narrowing import telling


def test_a_part_is_contained_by_some_and_lacked_by_others() -> None:
    values = ["A monthly letter", "A yearly letter", "A yearly bill"]
    parts = telling(values)
    assert parts
    for part in parts:
        assert 0 < sum(part in value for value in values) < len(values)


def test_what_halves_the_values_best_comes_first() -> None:
    values = ["Letter 01", "Letter 02", "Flow echo", "Flow plain"]
    assert sum(telling(values)[0] in value for value in values) == 2


def test_no_part_is_a_whole_value_or_differs_by_case() -> None:
    assert "etter" not in telling(["etter", "Letter 01", "Flow"])
    assert telling(["xabc", "xABC"]) == []


def test_no_part_has_a_sign_that_a_filter_is_written_with() -> None:
    parts = telling(["one:two,three", "four:five,six", "plain words"])
    assert not any(sign in part for part in parts for sign in ":,")


def test_equal_values_cannot_be_told_apart() -> None:
    assert telling(["same text", "same text"]) == []
