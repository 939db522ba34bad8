"""Files that are odd on purpose are told in one line, and soon."""

from __future__ import annotations

import pytest

from conformance.contract.document import Document
from conformance.contract.skeleton import require_build
from conformance.contract.source import parsed
from conformance.drift.comparison import compare
from conformance.errors import ConformanceError

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join(9 * [f'*{before}'])}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BOMB, "x.yaml: its aliases unfold to more than 5000000 values"),
        ("a: &a [*a]\n", "x.yaml: a value holds itself by an alias"),
        ("a: &a {b: {c: [*a]}}\n", "x.yaml: a value holds itself by an alias"),
    ],
)
def test_aliases_without_end_are_refused(text: str, said: str) -> None:
    with pytest.raises(ConformanceError, match=f"^{said}; "):
        parsed(text.encode(), "x.yaml")


def test_aliases_are_read() -> None:
    assert parsed(b"a: &a {b: [1]}\nc: *a\nd: [*a, *a]\n", "x.yaml")["d"] == [{"b": [1]}, {"b": [1]}]


def document(text: str) -> Document:
    return Document.parse(text.encode(), "x.yaml")


@pytest.mark.parametrize("number", [".nan", ".inf", "-.inf"])
def test_what_is_no_number_of_json_is_told_as_it_is(number: str) -> None:
    text = f"openapi: 3.0.3\ncomponents: {{schemas: {{A: {{maximum: {number}}}}}}}\n"
    with pytest.raises(ConformanceError) as caught:
        require_build(document(text))
    value = float(number.replace(".", ""))
    assert str(caught.value).startswith(f"x.yaml: /components/schemas/A/maximum: {value} is no number of JSON;")


def test_an_older_document_is_called_by_its_version() -> None:
    with pytest.raises(ConformanceError, match=r"^x\.yaml: this is Swagger 2\.0; "):
        document("swagger: '2.0'\n")


def test_a_version_that_is_a_number_is_to_be_quoted() -> None:
    with pytest.raises(ConformanceError) as caught:
        compare(document("openapi: 3.1.0\npaths: {}\n"), document("openapi: 3.1\npaths: {}\n"))
    assert str(caught.value) == "x.yaml: /openapi: the version is 3.1; it is a text: write '3.1' in quotes"


def test_an_alias_behind_a_quoted_key_is_one() -> None:
    with pytest.raises(ConformanceError, match="a value holds itself by an alias"):
        parsed(b'a: &a {"b":*a}\n', "x.yaml")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on", "on"),
        ("No", "No"),
        ("12:30", "12:30"),
        ("=", "="),
        ("1_000", "1_000"),
        ("2026-01-01", "2026-01-01"),
        ("true", True),
        ("NULL", None),
        ("~", None),
        ("", None),
        ("012", 12),
        ("-7", -7),
        ("0x1F", 31),
        ("0o17", 15),
        ("1e3", 1000.0),
        (".5", 0.5),
    ],
)
def test_bare_texts_mean_what_yaml_1_2_has(text: str, value: object) -> None:
    read = parsed(f"key: {text}\non: 1\n".encode(), "x.yaml")
    assert (read["key"], type(read["key"])) == (value, type(value))
    assert read["on"] == 1
