"""A stranger that refuses a used key with other values, which is left open, is not wrong the second time."""

from __future__ import annotations

from kit import Answer, Call, Refused, serve
from server_c import ServerC
from test_strangers import cases, target_of, vendor

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


def test_a_refusal_of_other_values_under_a_key_of_an_earlier_run_is_not_held_against_the_server() -> None:
    server, found = Strict(None), list[str]()
    for _ in range(2):
        transport = InProcess({"http://localhost:1": serve("c", server)})
        case = cases("c")["createNote/contract/valid-request"]
        lines = execute([Subject(vendor("c"), target_of("c", server), (case,), transport, {})], Options(1))
        found += [line.verdict for line in lines if isinstance(line, CaseLine)]
    assert found == ["PASS", "INCONCLUSIVE"]
