"""The report folder: streamed results, reports written whole, clear errors."""

from __future__ import annotations

import json
import os
from errno import ENOSPC
from pathlib import Path

import pytest
from made import case, exchange, failure, results

from conformance.errors import UsageError
from conformance.report.files import ReportFolder, replace
from conformance.results import read


def test_lines_are_in_the_file_as_soon_as_they_are_written(tmp_path: Path) -> None:
    found = results(case(), failure("a/b/c"))
    assert found.footer is not None
    with ReportFolder(tmp_path / "new" / "folder") as folder:
        folder.write(found.header)
        folder.write(found.cases[0])
        unfinished = read(tmp_path / "new" / "folder" / "results.jsonl")
        assert unfinished.cases == found.cases[:1]
        assert unfinished.footer is None
        folder.write(found.cases[1])
        folder.write(found.footer)
    folder.render(found)
    assert read(tmp_path / "new" / "folder" / "results.jsonl") == found
    names = {file.name for file in (tmp_path / "new" / "folder").iterdir()}
    assert names == {"results.jsonl", "junit.xml", "report.html", "summary.md"}


def test_line_separators_in_a_body_do_not_split_a_line(tmp_path: Path) -> None:
    found = results(failure(exchanges=(exchange(response_body="a\u2028b\x85c\x0bd\r\ne"),)), finished=False)
    with ReportFolder(tmp_path) as folder:
        folder.write(found.header)
        folder.write(found.cases[0])
    assert read(tmp_path / "results.jsonl") == found


def test_half_a_character_is_replaced_so_that_the_file_can_be_read(tmp_path: Path) -> None:
    found = results(failure(actual="a\ud800b", observed={"x": "\udfff\U0001f600"}), finished=False)
    with ReportFolder(tmp_path) as folder:
        folder.write(found.header)
        folder.write(found.cases[0])
    (again,) = read(tmp_path / "results.jsonl").cases
    assert (again.actual, again.observed) == ("a\ufffdb", {"x": "\ufffd\U0001f600"})


def test_reports_of_an_earlier_run_do_not_outlive_its_results(tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text("old")
    (tmp_path / "results.jsonl").write_text("old")
    with ReportFolder(tmp_path):
        assert not (tmp_path / "report.html").exists()
        assert (tmp_path / "results.jsonl").read_text() == ""


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="file: ") as caught, ReportFolder(tmp_path / "file"):
        pass
    assert caught.value.hint


def test_a_full_disk_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "results.jsonl").symlink_to("/dev/full")
    with pytest.raises(UsageError, match="No space left on device"), ReportFolder(tmp_path) as folder:
        folder.write(results(failure()).header)


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "summary.md"
    file.write_text("old")
    replace(file, "new\n")
    assert file.read_text() == "new\n"
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_in_no_folder_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"gone/x\.html: No such file"):
        replace(tmp_path / "gone" / "x.html", "")


def test_the_committed_schema_is_current() -> None:
    from conformance.report.schema import schema

    committed = Path(__file__).parents[2] / "docs" / "schemas" / "results.schema.json"
    remedy = "write conformance.report.schema.text() to docs/schemas/results.schema.json"
    assert json.loads(committed.read_text(encoding="utf-8")) == schema(), remedy


def test_every_line_fits_the_schema_and_a_wrong_one_does_not() -> None:
    import jsonschema_rs

    from conformance.report.schema import schema

    validator = jsonschema_rs.validator_for(schema())
    found = results(failure(), case(verdict="OBSERVED", observed={"status": 404}))
    assert found.footer is not None
    for line in (found.header, *found.cases, found.footer):
        assert validator.is_valid(line.model_dump(mode="json"))
    wrong = found.cases[0].model_dump(mode="json")
    assert not validator.is_valid({**wrong, "verdict": "FINE"})
    assert not validator.is_valid({**wrong, "extra": 1})
    assert not validator.is_valid({**wrong, "kind": "remark"})


def test_a_disk_that_gets_full_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(ENOSPC, "No space left on device")

    file = tmp_path / "summary.md"
    file.write_text("old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match="No space left on device"):
        replace(file, "new\n")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]
