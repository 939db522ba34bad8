"""Stranger d: cursors that say nothing, a word for whether more follows, keys that are never taken anew, remarks."""

from __future__ import annotations

import base64
import json
from typing import Any, ClassVar

from kit import Answer, Call, Refused, Stranger

Thing = dict[str, Any]
REMARKS = 5


class ServerD(Stranger):
    """The honest server, or one with a fault."""

    faults: ClassVar[dict[str, str]] = {
        "answers-in-capitals": "createMessage/answers/as-read",
        "odd-error": "getMessage/errors/body",
        "open-door": "listMessages/auth/without-credentials",
        "empty-channel": "createChannel/contract/valid-request",
        "key-ignored": "createMessage/idempotency/replay-resource",
        "replay-201": "createMessage/idempotency/replay-status",
        "replay-echoes": "createMessage/idempotency/concurrent-replays",
        "other-body-taken": "createMessage/idempotency/another-body",
        "other-body-written": "createMessage/idempotency/another-body",
        "weight-dropped": "createMessage/stores/kept/weight",
        "cursor-skips-one": "listMessages/pagination/union",
        "cursor-repeats-one": "listMessages/pagination/union",
        "more-too-early-over": "listMessages/pagination/union",
        "cursor-forgets-filter": "listMessages/filtering/filtered-walk",
        "loud-ignored": "listMessages/filtering/keeps/loud",
        "twelve-at-most": "listMessages/pagination/largest-size",
        "sorts-upwards": "listMessages/sorting/order/weight-desc",
        "shows-to-strangers": "message/visibility/stranger-read",
        "lists-for-strangers": "message/visibility/hidden-list",
        "deleted-is-read": "message/removal/gone",
        "newest-leaves": "remark/log/full",
        "delete-takes-the-first": "channel/model/lives-as-promised",
    }

    def __init__(self, fault: str | None) -> None:
        super().__init__(fault)
        self.channels: dict[str, str] = {"theirs": "other"}
        self.messages: dict[str, Thing] = {}
        self.deleted: dict[str, Thing] = {}
        self.fixtures = {"hidden_message": self._add({"channel": "theirs", "ref": "r", "text": "Hidden"})["id"]}

    def create_channel(self, call: Call) -> Answer:
        channel = self.new_id()
        self.channels[channel] = call.who
        return Answer({"id": channel} | ({} if self.fault == "empty-channel" else {"name": call.body["name"]}), 201)

    def create_message(self, call: Call) -> Answer:
        if self.channels.get(call.body["channel"]) != call.who:
            raise Refused(404, "no such channel")
        mine = (one for one in self.messages.values() if self.channels[one["channel"]] == call.who)
        before = next((one for one in mine if one["ref"] == call.body["ref"]), None)
        if before is None or self.fault == "key-ignored":
            made = self._add(call.body)
            return Answer({**made, "text": made["text"].upper()} if self.fault == "answers-in-capitals" else made, 201)
        if any(before[name] != value for name, value in call.body.items()):
            if self.fault == "other-body-written":
                before.update(call.body)
            if self.fault != "other-body-taken":
                raise Refused(422, "this ref has another message")
        if self.fault == "replay-echoes":
            self._add({**call.body, "ref": self.new_id()})
        return Answer(before, 201 if self.fault == "replay-201" else 200)

    def _add(self, body: Thing) -> Thing:
        message: Thing = {"weight": 1, "loud": False, **body, "id": self.new_id(), "remarks": []}
        if self.fault == "weight-dropped":
            message["weight"] = 1
        self.messages[message["id"]] = message
        return message

    def _visible(self, call: Call, fault: str) -> list[Thing]:
        return [m for m in self.messages.values() if self.channels[m["channel"]] == call.who or self.fault == fault]

    def list_messages(self, call: Call) -> Answer:
        asked = dict(call.query)
        start = 0
        if "cursor" in asked:
            start, remembered = self._opened(asked["cursor"])
            asked = {**remembered, **asked}
            if self.fault == "cursor-forgets-filter":
                asked.pop("loud", None)
        found = self._visible(call, "lists-for-strangers")
        if "channel" in asked:
            found = [message for message in found if message["channel"] == asked["channel"]]
        if "loud" in asked and self.fault != "loud-ignored":
            found = [message for message in found if message["loud"] is asked["loud"]]
        order = asked.get("order", "id")
        key, down = order.lstrip("-"), order.startswith("-") and self.fault != "sorts-upwards"
        found = sorted(found, key=lambda message: (message[key], message["id"]), reverse=down)
        size = min(asked.get("limit", 5), 12 if self.fault == "twelve-at-most" else 25)
        page, onward = found[start : start + size], start + size
        more = onward < len(found) - (size if self.fault == "more-too-early-over" else 0)
        onward += {"cursor-skips-one": 1, "cursor-repeats-one": -1 if size > 1 else 0}.get(self.fault or "", 0)
        remembered = {name: asked[name] for name in ("channel", "loud", "order") if name in asked}
        cursor = base64.urlsafe_b64encode(json.dumps([onward, remembered]).encode()).decode()
        return Answer({"data": page, "has_more": more, "cursor": cursor if page else None})

    def _opened(self, cursor: str) -> tuple[int, Thing]:
        try:
            start, remembered = json.loads(base64.urlsafe_b64decode(cursor))
        except (TypeError, ValueError):
            raise Refused(400, "no cursor of this server") from None
        return start, remembered

    def _message(self, call: Call) -> Thing:
        found = [one for one in self._visible(call, "shows-to-strangers") if one["id"] == call.path["id"]]
        if not found and self.fault == "deleted-is-read" and call.path["id"] in self.deleted:
            return self.deleted[call.path["id"]]
        if not found:
            raise Refused(404, "no such message")
        return found[0]

    def get_message(self, call: Call) -> Answer:
        return Answer(self._message(call))

    def delete_message(self, call: Call) -> Answer:
        message = self._message(call)
        self.deleted[message["id"]] = self.messages.pop(message["id"])
        others = [one["id"] for one in self.messages.values() if one["channel"] == message["channel"]]
        if self.fault == "delete-takes-the-first" and len(others) > 1:
            self.messages.pop(others[0])
        return Answer(None, 204)

    def remark(self, call: Call) -> Answer:
        message = self._message(call)
        remarks = message["remarks"]
        remarks.append({"id": self.new_id(), "says": call.body["says"], "at": self.now()})
        if len(remarks) > REMARKS:
            remarks.pop(-2 if self.fault == "newest-leaves" else 0)
        return Answer(message)
