"""What a stranger made, and lost the reply of, is told: its id is not the key that the run chose."""

from __future__ import annotations

import pytest
from kit import serve
from test_strangers import SERVERS, target_of, vendor

from conformance.contract.message import Reply, Wire
from conformance.engine.api import Api
from conformance.engine.cleanup import clean_up
from conformance.engine.making import build
from conformance.engine.opening import opened
from conformance.engine.outcome import Mismatch
from conformance.transport.base import TransportError
from conformance.transport.inprocess import InProcess


class Losing(InProcess):
    """Carries each request, and loses the reply to the one whose address ends in ``lost``."""

    lost = "/"

    def send(self, wire: Wire) -> Reply:
        reply = super().send(wire)
        if wire.method == "POST" and wire.url.endswith(self.lost):
            raise TransportError("timeout", "no reply")
        return reply


@pytest.mark.parametrize(
    ("name", "create", "path"), [("c", "createNote", "/notes"), ("d", "createMessage", "/messages")]
)
@pytest.mark.parametrize("again", [False, True])
def test_what_was_made_under_a_key_is_told_unless_a_replay_shows_its_id(
    name: str, create: str, path: str, again: bool
) -> None:
    server = SERVERS[name](None)
    transport = Losing({"http://localhost:1": serve(name, server)})
    session, _ = opened(vendor(name), target_of(name, server), 1, transport=transport)
    api = Api(session, "lost")
    request = build(api, create)
    transport.lost = path
    with pytest.raises(Mismatch):
        api.send(request)
    transport.lost = "/"
    if again:
        api.expect_success(api.send(request))
    parent, *others = clean_up(session).left
    transport.close()
    assert parent.split()[0] in {"board", "channel"}
    assert [one.split()[1:4] for one in others] == ([] if again else [["of", "unknown", "id,"]])
