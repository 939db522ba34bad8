from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from instabase_api import Instabase

from conformance.mocks import catalogue

NOBODY = {"authorization": "Bearer nobody"}
UPDATE, STATUS, RUN = "/api/v1/jobs/pipelines", "/api/v1/jobs/status", "/api/v1/flow/run_flow_async"


def told(instabase: Instabase) -> list[Any]:
    """What a broad tour of the API hears; whatever a deviation breaks, something here is not as usual."""
    fixtures, unknown = instabase.fixtures, str(uuid.UUID(int=0))
    update = {"job_id": fixtures["job_id"], "pipeline_ids": fixtures["pipeline_ids"]}
    right = instabase.auth("main")["authorization"]
    tour = [
        instabase.pipelines(),
        instabase.pipelines("other"),
        instabase.pipelines(""),
        instabase("GET", "/api/v1/flow/pipeline", "", headers=NOBODY),
        instabase("GET", "/api/v1/flow/pipeline", "", headers={"authorization": f"{right[:-3]}..."}),
        instabase("POST", UPDATE, json=update),
        instabase("POST", UPDATE, json=update),
        instabase("POST", UPDATE, "", json=update),
        instabase.update(fixtures["pipeline_id"], identity=""),
        instabase.control("job_members", id=fixtures["job_id"]),
        instabase("POST", UPDATE, json={**update, "pipeline_ids": "none"}),
        instabase.update(*fixtures["other_pipeline_ids"]),
        instabase.update(*dict.fromkeys([*fixtures["pipeline_ids"], *fixtures["other_pipeline_ids"]])),
        instabase.update(pipeline_ids=None),
        instabase.update(fixtures["pipeline_id"], job_id=None),
        instabase.update(),
        instabase.update(fixtures["pipeline_id"]),
        instabase.update(unknown),
        instabase.control("job_members", id=fixtures["job_id"]),
        instabase.update(job=unknown),
        instabase.update(job=unknown),
        instabase.update(job=f"{fixtures['job_id'][:-12]}{unknown[-12:]}"),
        instabase("POST", UPDATE, json=[update]),
        *(instabase("POST", UPDATE, content=content) for content in (b"[]", b"{", b"{}")),
        *(instabase("POST", UPDATE, json={key: value}) for key, value in update.items()),
        instabase("POST", "/api/v1/flow/run_flow_async", json={}),
        instabase("GET", STATUS, params={"job_id": fixtures["job_id"]}),
        instabase("GET", STATUS, params={"job_id": fixtures["job_id"], "type": "none"}),
        instabase("GET", STATUS, params={"job_id": fixtures["job_id"], "type": "refiner"}),
        instabase("GET", STATUS, "", params={"job_id": fixtures["job_id"], "type": "flow"}),
    ]
    for changed in ({}, {}, {"input_dir": fixtures["failing_input_dir"]}, {"input_dir": fixtures["slow_input_dir"]}):
        job = instabase.run(**changed)
        key = job.json().get("data", {}).get("job_id", "")
        tour += [job, *(instabase.status(key) for _ in range(3))]
    tour += instabase.together([("POST", RUN, "main", {"json": {"input_dir": fixtures["input_dir"]}})] * 2)
    begun = instabase.run(pipeline_ids=fixtures["pipeline_ids"]).json().get("data", {}).get("job_id", "")
    tour.append(instabase.control("job_members", id=begun))
    tour += _long_life(instabase)
    return [(reply.status_code, reply.text) for reply in tour]


def _long_life(instabase: Instabase) -> list[Any]:
    """Two jobs that have ended are given one set after the other; what a control tells counts too."""
    first, second = (instabase.run().json().get("data", {}).get("job_id", "") for _ in range(2))
    tour = [instabase.status(first) for _ in range(4)]
    one, other = instabase.fixtures["pipeline_ids"], instabase.fixtures["other_pipeline_ids"]
    for job, members in ((first, one), (second, other), (first, one[:1]), (first, []), (first, other[-1:])):
        tour += [
            instabase.update(*members, job=job),
            *(instabase.control("job_members", id=key) for key in (first, second)),
        ]
    tour += instabase.together([("POST", UPDATE, "main", _set(first, ids)) for ids in (one, other)])
    tour += [instabase.control("job_members", id=first), instabase.status(first)]
    slow = instabase.fixtures["slow_input_dir"]
    return [*tour, *(instabase.run(input_dir=slow) for _ in range(2))]


def _set(job: str, ids: list[str]) -> dict[str, Any]:
    """What an update sends."""
    return {"json": {"job_id": job, "pipeline_ids": ids}}


@pytest.fixture(scope="module")
def honest() -> list[Any]:
    return told(Instabase())


def test_the_tour_is_the_same_twice(honest: list[Any]) -> None:
    assert told(Instabase()) == honest


@pytest.mark.parametrize("name", catalogue.find("instabase").deviations())
def test_every_deviation_is_seen_from_outside(name: str, honest: list[Any]) -> None:
    deviation = catalogue.find("instabase").deviations()[name]
    assert told(Instabase(deviations=frozenset({name}))) != honest
    assert deviation.says.endswith(".")
    assert deviation.case.startswith("instabase/")
    assert all(re.fullmatch(r"IB-\d\d[a-z]?", clause) for clause in deviation.clauses)
