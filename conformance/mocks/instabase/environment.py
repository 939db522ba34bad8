"""What an environment file says of this server."""

from __future__ import annotations

from conformance.mocks.instabase.controls import CONTROLS
from conformance.mocks.instabase.records import Pipeline, User
from conformance.mocks.instabase.server import VENDOR, Instabase
from conformance.mocks.instabase.store import FAILING_INPUTS, INPUTS, MAIN, OTHER, SLOW_INPUTS
from conformance.mocks.kit.model import Json


def environment(server: Instabase, mode: str) -> Json:
    """The table of a target; ``{url}`` and ``{controls}`` stand for the two origins."""
    store = server.store
    pipelines = store.pipelines.values()
    own = [one.id for one in pipelines if MAIN in one.access and OTHER not in one.access]
    shared = [one.id for one in pipelines if MAIN in one.access and OTHER in one.access]
    hidden = [one.id for one in pipelines if MAIN not in one.access]
    jobs = {job.user: job.id for job in store.jobs.values()}
    return {
        "vendor": VENDOR,
        "mode": mode,
        "url": "{url}",
        "profile": "full",
        "auth": _bearer(store.users[MAIN]),
        "identities": {"other": _bearer(store.users[OTHER])},
        "fixtures": {
            "failing_input_dir": FAILING_INPUTS,
            "hidden_job_id": jobs[OTHER],
            "hidden_pipeline_id": hidden[0],
            "input_dir": INPUTS,
            "job_id": jobs[MAIN],
            "other_pipeline_ids": [own[1], own[2]],
            "pipeline_id": own[0],
            "pipeline_ids": [own[0], own[1]],
            "pipeline_rights": _rights(store.pipelines[own[0]], MAIN),
            "shared_pipeline_id": shared[0],
            "shared_pipeline_rights": _rights(store.pipelines[shared[0]], OTHER),
            "slow_input_dir": SLOW_INPUTS,
        },
        "controls": {name: f"{{controls}}/{name}" for name in CONTROLS},
    }


def _bearer(user: User) -> Json:
    return {"kind": "bearer", "token": user.token}


def _rights(pipeline: Pipeline, user: str) -> Json:
    access = pipeline.access[user]
    return {"permissions": list(access.permissions), "is_manager": access.manages}
