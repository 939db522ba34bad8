"""Known failures: what is wrong with their file is told in one line, and what a run does not plan is not missed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from conformance.engine.known import KnownFailure, problems, read
from conformance.engine.plan import concerns
from conformance.errors import EnvironmentFileError
from conformance.results import CaseLine

ENTRY = "case = 'kuflow/x'\nreason = 'r'\nowner = 'o'\nexpires = 2030-01-01\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"[known]\n{ENTRY}", "known: Input should be a valid list"),
        ("known = 5", "[[known]] tables"),
        (f"[[knwon]]\n{ENTRY}", "knwon: unknown key; did you mean 'known'?"),
        (f"[[known]]\n{ENTRY}[[known]]\ncase = 'x'", "known.1.reason: Field required"),
        ("[[known]", "line 1"),
    ],
)
def test_what_is_no_list_of_known_failures_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "known.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EnvironmentFileError) as caught:
        read(path)
    assert said in str(caught.value)


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "known.toml"
    path.write_text(f"[[known]]\n{ENTRY}", encoding="utf-8-sig")
    assert [entry.case for entry in read(path)] == ["kuflow/x"]


@pytest.mark.parametrize(
    ("case", "concerned", "covered"),
    [
        ("kuflow/createProcess/auth", True, True),
        ("*/auth/*", True, True),
        ("staging:createProcess/auth/without-credentials", True, True),
        ("stag*:*/auth/*", True, True),
        ("staging:createWorker/*", True, False),
        ("production:createProcess/auth/*", False, False),
        ("createProcess/auth", True, True),
        ("staging:createProcess", True, True),
        ("without-credentials", True, False),
        ("staging:without-credentials", True, False),
        ("auth/without-credentials", True, False),
        ("*/without-credentials", True, True),
        ("kuflow/createProc", True, False),
    ],
)
def test_an_entry_names_cases_as_verdicts_do(case: str, concerned: bool, covered: bool) -> None:
    entry = KnownFailure(case=case, reason="r", owner="o", expires=date(2030, 1, 1))
    line = CaseLine.model_construct(target="staging", case="kuflow/createProcess/auth/without-credentials")
    assert concerns(entry.case, "staging") is concerned
    assert entry.covers(line) is covered


@pytest.mark.parametrize(("whole", "told"), [(True, 1), (False, 0)])
def test_what_a_part_of_the_plan_leaves_out_is_not_missed(whole: bool, told: int) -> None:
    entry = KnownFailure(case="kuflow/x", reason="r", owner="o", expires=date(2030, 1, 1))
    assert len(problems([], [entry], date(2026, 1, 1), whole=whole)) == told
