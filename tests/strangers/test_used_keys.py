"""What is left open of used keys and of what comes with a create is not held against a stranger."""

from __future__ import annotations

import pytest
from kit import Answer, Call, Refused, serve
from server_a import ServerA
from server_c import ServerC
from test_strangers import SERVERS, cases, run, target_of, vendor

from conformance.engine.suite import Options, Subject, execute
from conformance.results import CaseLine
from conformance.transport.inprocess import InProcess


class Strict(ServerC):
    """Refuses a key that was used with another board."""

    def create_note(self, call: Call) -> Answer:
        answer = super().create_note(call)
        if answer.body["board"] != call.body["board"]:
            raise Refused(422, "the key was used for another note")
        return answer


class Welcoming(ServerA):
    """Begins each project with a task."""

    def create_project(self, call: Call) -> Answer:
        answer = super().create_project(call)
        first = {"idempotency_key": self.new_id(), "project_id": answer.body["id"], "title": "Welcome"}
        self._new(first, call.who)
        return answer


def test_what_is_there_beside_one_create_is_there_beside_its_replays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SERVERS, "a", Welcoming)
    chosen = [cases("a")[f"createTask/idempotency/{name}"] for name in ("exactly-one", "concurrent-replays")]
    assert [line.verdict for line in run("a", None, *chosen)] == ["PASS", "PASS"]
    assert [line.verdict for line in run("a", "second-task-unsaid", *chosen)] == ["FAIL", "FAIL"]


def test_a_refusal_of_other_values_under_a_key_of_an_earlier_run_is_not_held_against_the_server() -> None:
    server, found = Strict(None), list[str]()
    for _ in range(2):
        transport = InProcess({"http://localhost:1": serve("c", server)})
        case = cases("c")["createNote/contract/valid-request"]
        lines = execute([Subject(vendor("c"), target_of("c", server), (case,), transport, {})], Options(1))
        found += [line.verdict for line in lines if isinstance(line, CaseLine)]
    assert found == ["PASS", "INCONCLUSIVE"]
