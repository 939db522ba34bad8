"""What a run made on a stranger is undone at its end, with all that the undoing needs beside the id."""

from __future__ import annotations

import pytest
from kit import serve
from test_strangers import SERVERS, target_of, vendor

from conformance.engine.api import Api
from conformance.engine.cleanup import clean_up
from conformance.engine.making import make
from conformance.engine.opening import opened
from conformance.transport.inprocess import InProcess


@pytest.mark.parametrize(("name", "child"), [("a", "task"), ("b", "run"), ("c", "note"), ("d", "message")])
def test_a_child_is_undone(name: str, child: str) -> None:
    server = SERVERS[name](None)
    session, transport = opened(
        vendor(name), target_of(name, server), 1, transport=InProcess({"http://localhost:1": serve(name, server)})
    )
    made = make(Api(session, "made"), child)
    removed, left, _ = clean_up(session)
    transport.close()
    assert made.parent is not None
    assert (removed, left) == (1, (f"{made.parent.resource.name} {made.parent.id}",))
