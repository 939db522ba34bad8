"""What shows only on a user's way: each call is right by itself."""

from __future__ import annotations

from conformance.mocks.instabase.server import Instabase
from conformance.mocks.kit.deviations import deviation


@deviation(
    "clearing-undoes-a-replacement",
    clauses=("IB-14",),
    case="instabase/api/scenario/manage-the-pipelines-of-a-job/cleared",
)
def clearing_undoes_a_replacement(server: Instabase) -> None:
    """An empty list brings back the pipelines that the ones of the job took the place of."""
    before: dict[tuple[str, ...], list[str]] = {}

    def replaced(old: list[str], new: list[str]) -> list[str]:
        if not new:
            return before.get(tuple(old), [])
        if old and old != new:
            before[tuple(new)] = old
        return new

    server.rules.pipelines.replaced = replaced
