"""What is said of pipelines that administrators rename meanwhile, or whose ids are to be sent back as they came."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from bent import judged, subject

SCENARIO = "api/scenario/manage-the-pipelines-of-a-job/set"
NAMES = [SCENARIO, "updateJobPipelines/set/agrees"]


def renames_before_an_update(server: Any) -> None:
    honest = server.rules.receive

    def receive(name: str, request: Any) -> Any:
        if name == "updateJobPipelines":
            pipelines = server.store.pipelines
            server.store.pipelines = {key: replace(one, name=f"new {one.name}") for key, one in pipelines.items()}
        return honest(name, request)

    server.rules.receive = receive


def tells_names_that_were_never_listed(server: Any) -> None:
    honest = server.rules.pipelines.link
    server.rules.pipelines.link = lambda one: {**honest(one), "flowPipelineName": one.name.upper()}


@pytest.mark.parametrize("case", NAMES)
def test_a_name_is_that_of_the_list_before_or_after(case: str) -> None:
    line = judged(subject("instabase", case, renames_before_an_update))
    assert line.verdict == "PASS", line.reason


@pytest.mark.parametrize("case", NAMES)
def test_a_name_that_no_list_has_is_a_failure(case: str) -> None:
    assert judged(subject("instabase", case, tells_names_that_were_never_listed)).verdict == "FAIL"


def test_an_id_is_sent_back_as_it_came() -> None:
    def bend(server: Any) -> None:
        server.choices = {**server.choices, "id_case": "exact"}
        pipelines = server.store.pipelines.values()
        server.store.pipelines = {one.id.upper(): replace(one, id=one.id.upper()) for one in pipelines}

    line = judged(subject("instabase", SCENARIO, bend))
    assert line.verdict == "PASS", line.reason
