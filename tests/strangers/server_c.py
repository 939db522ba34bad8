"""Stranger c: Link headers, replies recorded by an Idempotency-Key, jobs by Location, commands without a body."""

from __future__ import annotations

import base64
import json
from collections import Counter
from typing import Any, ClassVar

from kit import Answer, Call, Refused, Stranger

Thing = dict[str, Any]
STEPS = (("queued", 0), ("running", 30), ("running", 70), ("done", 100))


class ServerC(Stranger):
    """The honest server, or one with a fault."""

    faults: ClassVar[dict[str, str]] = {
        "answers-another-size": "createNote/answers/as-read",
        "odd-error": "getNote/errors/body",
        "open-door": "listNotes/auth/without-credentials",
        "empty-board": "createBoard/contract/valid-request",
        "key-ignored": "createNote/idempotency/replay-resource",
        "replay-200": "createNote/idempotency/replay-status",
        "replay-reads-anew": "createNote/idempotency/replay-recorded",
        "size-dropped": "createNote/stores/kept/size",
        "link-skips-one": "listNotes/pagination/union",
        "link-dangles": "listNotes/pagination/union",
        "link-repeats-one": "listNotes/pagination/union",
        "link-forgets-filter": "listNotes/filtering/filtered-walk",
        "status-ignored": "listNotes/filtering/keeps/status",
        "sixteen-at-most": "listNotes/pagination/largest-size",
        "sorts-upwards": "listNotes/sorting/order/size-desc",
        "archive-is-empty-promise": "archiveNote/lifecycle/transition/open",
        "archive-once": "archiveNote/lifecycle/repeat",
        "restore-all": "restoreNote/lifecycle/spares-others",
        "shows-to-strangers": "note/visibility/stranger-read",
        "lists-for-strangers": "note/visibility/hidden-list",
        "one-export": "startExport/job/distinct",
        "no-location": "startExport/job/accepted/pdf",
        "retry-soon": "startExport/job/hint",
        "falls-back": "startExport/job/progress-rises",
        "early-file": "startExport/job/result-is-late",
        "failed-without-reason": "startExport/job/ends-badly",
        "third-change-lost": "board/model/lives-as-promised",
    }

    def __init__(self, fault: str | None) -> None:
        super().__init__(fault)
        self.boards: dict[str, str] = {"theirs": "other"}
        self.notes: dict[str, Thing] = {}
        self.recorded: dict[tuple[str, str], tuple[str, str]] = {}
        self.exports: dict[str, Thing] = {}
        self.changes: Counter[str] = Counter()
        hidden = self._add({"board": "theirs", "text": "Hidden"})["id"]
        self.exports["first"] = {"format": "pdf", "polls": 9}
        self.fixtures = {"hidden_note": hidden, "export_id": "first"}

    def path_of(self, path: str) -> str:
        return "/notes" if path == "/more/after" else path

    def create_board(self, call: Call) -> Answer:
        board = self.new_id()
        self.boards[board] = call.who
        return Answer({"id": board} | ({} if self.fault == "empty-board" else {"name": call.body["name"]}), 201)

    def create_note(self, call: Call) -> Answer:
        if "idempotency-key" not in call.headers:
            raise Refused(400, "there is no Idempotency-Key")
        if self.boards.get(call.body["board"]) != call.who:
            raise Refused(404, "no such board")
        key = (call.who, call.headers["idempotency-key"])
        if key in self.recorded and self.fault != "key-ignored":
            reply, made = self.recorded[key]
            shown = self.notes[made] if self.fault == "replay-reads-anew" else json.loads(reply)
            return Answer(shown, 200 if self.fault == "replay-200" else 201)
        note = self._add(call.body)
        self.recorded[key] = json.dumps(note), note["id"]
        return Answer({**note, "size": note["size"] + 1} if self.fault == "answers-another-size" else note, 201)

    def _add(self, body: Thing) -> Thing:
        note: Thing = {"size": 1, **body, "id": self.new_id(), "status": "open"}
        if self.fault == "size-dropped":
            note["size"] = 1
        self.notes[note["id"]] = note
        return note

    def _visible(self, call: Call, fault: str) -> list[Thing]:
        return [n for n in self.notes.values() if self.boards[n["board"]] == call.who or self.fault == fault]

    def list_notes(self, call: Call) -> Answer:
        asked = {**call.query}
        if "at" in asked:
            asked = self._opened(asked["at"])
        found = self._visible(call, "lists-for-strangers")
        for name in ("board", "status"):
            if name in asked and (name, self.fault) != ("status", "status-ignored"):
                found = [note for note in found if note[name] == asked[name]]
        key, _, direction = asked.get("sort", "id:asc").partition(":")
        down = direction == "desc" and self.fault != "sorts-upwards"
        found = sorted(found, key=lambda note: (note[key], note["id"]), reverse=down)
        size, start = asked.get("per_page", 4), asked.get("start", 0)
        size = min(size, 6) if self.fault == "sixteen-at-most" else size
        page, onward = found[start : start + size], start + size
        if onward >= len(found):
            return Answer(page)
        onward += {"link-skips-one": 1, "link-repeats-one": -1 if size > 1 else 0}.get(self.fault or "", 0)
        if self.fault == "link-forgets-filter":
            asked.pop("status", None)
        shelf = "nothing" if self.fault == "link-dangles" else "after"
        token = base64.urlsafe_b64encode(json.dumps({**asked, "start": onward}).encode()).decode()
        links = f'<http://localhost:1/notes>; rel="first", <http://localhost:1/more/{shelf}?at={token}>; rel="next"'
        return Answer(page, headers={"link": links})

    def _opened(self, token: str) -> Thing:
        try:
            opened = json.loads(base64.urlsafe_b64decode(token))
        except ValueError:
            raise Refused(400, "no link of this server") from None
        if not isinstance(opened, dict):
            raise Refused(400, "no link of this server")
        return opened

    def _note(self, call: Call) -> Thing:
        found = [note for note in self._visible(call, "shows-to-strangers") if note["id"] == call.path["id"]]
        if not found:
            raise Refused(404, "no such note")
        return found[0]

    def get_note(self, call: Call) -> Answer:
        return Answer(self._note(call))

    def archive_note(self, call: Call) -> Answer:
        note = self._note(call)
        if note["status"] == "archived" and self.fault == "archive-once":
            raise Refused(409, "it is archived")
        if self.fault != "archive-is-empty-promise" and not self._is_lost(note):
            note["status"] = "archived"
        return Answer(None, 204)

    def restore_note(self, call: Call) -> Answer:
        note = self._note(call)
        lost = self._is_lost(note)
        for one in self.notes.values() if self.fault == "restore-all" else () if lost else (note,):
            one["status"] = "open"
        return Answer(None, 204)

    def _is_lost(self, note: Thing) -> bool:
        """Whether this change of a note is lost."""
        self.changes[note["id"]] += 1
        return self.fault == "third-change-lost" and self.changes[note["id"]] == 3

    def start_export(self, call: Call) -> Answer:
        export = "first" if self.fault == "one-export" else self.new_id()
        self.exports[export] = {"format": call.body["format"], "polls": 0}
        headers = {"location": f"http://localhost:1/exports/{export}", "retry-after": "1"}
        if self.fault == "no-location":
            headers.pop("location")
        if self.fault == "retry-soon":
            headers["retry-after"] = "soon"
        return Answer(None, 202, headers)

    def get_export(self, call: Call) -> Answer:
        export = self.exports.get(call.path["id"])
        if export is None:
            raise Refused(404, "no such export")
        step = min(export["polls"], len(STEPS) - 1)
        export["polls"] += 1
        status, percent = STEPS[step]
        if step == 2 and self.fault == "falls-back":
            percent = 20
        shown: Thing = {"id": call.path["id"], "status": status, "percent": percent}
        if status == "done" and export["format"] == "broken":
            shown["status"] = "failed"
            return Answer(shown if self.fault == "failed-without-reason" else {**shown, "problem": "it broke"})
        if status == "done" or self.fault == "early-file":
            shown["file"] = f"/files/{call.path['id']}"
        return Answer(shown)
