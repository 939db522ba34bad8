"""Which orders count as legal."""

from __future__ import annotations

import pytest

from conformance.checks.sorting import where_absent
from conformance.engine.ordering import disorder, instant, same_moment

LOW, HIGH = "0f000000-0000-0000-0000-000000000000", "f0000000-0000-0000-0000-000000000000"
LITTLE_ENDIAN = ["ff000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002"]


@pytest.mark.parametrize("values", [[LOW, HIGH], [HIGH, LOW], [LOW, HIGH.upper()], LITTLE_ENDIAN])
def test_ids_may_compare_as_text_as_signed_halves_or_as_sql_server_does(values: list[str]) -> None:
    assert disorder(values) is None


def test_ids_that_fit_no_single_order_are_out_of_order() -> None:
    assert disorder([HIGH, LOW, HIGH]) == (HIGH, LOW)


def test_descending_is_the_other_way_round() -> None:
    assert disorder([3, 2, 2, 1], descending=True) is None
    assert disorder([1, 2], descending=True) == (1, 2)


@pytest.mark.parametrize(
    "values",
    [["B", "a", "b"], ["a", "B", "c"], ["Eva", "Éva", "Evb"], ["al-Amin", "Alba", "Al Capone"]],
    ids=["code points", "without case", "without accents", "letters only"],
)
def test_texts_may_compare_by_any_usual_collation(values: list[str]) -> None:
    assert disorder(values) is None


def test_texts_that_fit_no_collation_are_out_of_order() -> None:
    assert disorder(["b", "c", "a"]) == ("c", "a")


def test_moments_compare_as_instants_whatever_their_offset_and_precision() -> None:
    assert disorder(["2026-01-01T10:00:00+02:00", "2026-01-01T09:00:00.5Z", "2026-01-01T09:00:01Z"]) is None
    assert disorder(["2026-01-01T09:00:01Z", "2026-01-01T10:00:00+02:00"]) is not None


def test_numbers_do_not_compare_as_text() -> None:
    assert disorder([9, 10]) is None


def test_values_that_are_not_there_are_left_out() -> None:
    assert disorder([None, 1, None, 2]) is None


@pytest.mark.parametrize("text", ["2026-01-01", "12345678901234567890", "no moment at all, really", ""])
def test_other_texts_are_no_instants(text: str) -> None:
    assert instant(text) is None


@pytest.mark.parametrize(
    ("values", "where"),
    [([None, 1], "first"), ([1, 2, None], "last"), ([None, 1, None], "between"), ([None], "alone"), ([1], "none")],
)
def test_where_absent_values_stand(values: list[int | None], where: str) -> None:
    assert where_absent(values) == where


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2026-01-01T00:00:00.123456Z", "2026-01-01T02:00:00.123+02:00", True),
        ("2026-01-01T00:00:00.9Z", "2026-01-01T00:00:01Z", True),
        ("2026-01-01T00:00:00.123000Z", "2026-01-01T00:00:00.123456Z", True),
        ("2026-01-01T00:00:00.123Z", "2026-01-01T00:00:00.124Z", False),
        ("2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z", False),
        ("2026-01-01T00:00:00Z", "2026-01-01T02:00:00Z", False),
        ("yesterday", "yesterday", False),
        ("0001-01-01T00:00:00+03:00", "0001-01-01T00:00:00Z", False),
    ],
)
def test_a_moment_written_less_precisely_is_the_same_moment(one: str, other: str, same: bool) -> None:
    assert same_moment(one, other) is same
