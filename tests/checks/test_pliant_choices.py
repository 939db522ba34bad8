"""A Pliant server is accused of nothing that its documents leave open."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from bent import judged, subject

from conformance.mocks.pliant.logs import unknown


def some_reads_late(server: Any) -> None:
    """The log of a run is not there for the first two reads, whoever waited for the run."""
    honest, reads = server.rules.logs.found, Counter[str]()

    def found(server: Any, caller: Any, key: str) -> Any:
        reads[key] += 1
        if reads[key] < 3:
            raise unknown(server)
        return honest(server, caller, key)

    server.rules.logs.found = found


def callers_named_and_sent_to_a_login(server: Any) -> None:
    """Who is not let in is sent to a login, and the log names who called."""
    server.choices = {**server.choices, "log_user": "caller", "unauthorized": "302"}


@pytest.mark.parametrize("bend", [some_reads_late, callers_named_and_sent_to_a_login])
@pytest.mark.parametrize(
    "path",
    [
        "readExecutionLog/contract/valid-request",
        "readExecutionLog/rules/holds/flowUri-for-another",
        "readExecutionLog/auth/accepted/reader",
        "readExecutionLog/auth/without-credentials",
        "triggerWorkflow/job/ended-when-answered",
        "triggerWorkflow/echo/each-its-own",
        "triggerWorkflowAtPathByGet/auth/nearly-right/keyed",
    ],
)
def test_it_is_accused_of_nothing_that_is_left_open(path: str, bend: Any) -> None:
    line = judged(subject("pliant", path, bend))
    assert line.verdict == "PASS", line.reason
