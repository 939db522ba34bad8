"""The operations."""

from __future__ import annotations

from conformance.mocks.instabase import jobs, pipelines
from conformance.mocks.instabase.server import Operation

OPERATIONS = (
    Operation("listFlowPipelines", "GET", "/api/v1/flow/pipeline", pipelines.find),
    Operation("updateJobPipelines", "POST", "/api/v1/jobs/pipelines", pipelines.update),
    Operation("getJobStatus", "GET", "/api/v1/jobs/status", jobs.status),
    Operation("runFlowAsync", "POST", "/api/v1/flow/run_flow_async", jobs.run),
)
