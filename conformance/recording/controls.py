"""Controls while a scenario is recorded, and while it is replayed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vcr.cassette import Cassette as Tape

from conformance.cassettes.inbound import Delivery
from conformance.cassettes.provenance import ControlCall
from conformance.engine.session import Session
from conformance.transport.controls import Control, call_control

INBOX = "webhook_inbox"
"""The control that tells what the server has delivered."""


@dataclass
class Console:
    """Passes calls of controls on, and notes them and what was delivered."""

    session: Session
    tape: Tape
    calls: list[ControlCall] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)

    def controls(self) -> dict[str, Control]:
        """The controls of the session, each of which notes that it was called."""
        known: dict[str, Control] = {**self.session.target.controls, **self.session.in_process_controls}
        return {name: self._noting(name, control) for name, control in known.items()}

    def about(self, ids: Sequence[str]) -> list[Delivery]:
        """The deliveries that name one of ``ids``: others are none of the scenario's business."""
        return [one for one in self.deliveries if any(known in json.dumps(one["body"]) for known in ids)]

    def _noting(self, name: str, control: Control) -> Callable[[Mapping[str, Any]], Any]:
        def call(arguments: Mapping[str, Any]) -> Any:
            answer = call_control(control, arguments)
            if name == INBOX:
                self.deliveries += [one for one in answer["deliveries"] if one not in self.deliveries]
            else:
                self.calls.append(ControlCall(before=len(self.tape.data), name=name, arguments=dict(arguments)))
            return answer

        return call


def played(deliveries: Sequence[Delivery], calls: Sequence[ControlCall]) -> dict[str, Control]:
    """The controls of a replay: the others did their work when it was recorded, and the inbox tells what came.

    Its count is 0, for the deliveries of the scenario are the first that this inbox holds.
    """

    def inbox(arguments: Mapping[str, Any]) -> Any:
        return {"deliveries": list(deliveries[int(arguments.get("after", 0)) :]), "count": 0}

    silent: dict[str, Control] = {call.name: lambda _: None for call in calls}
    return {**silent, INBOX: inbox}
