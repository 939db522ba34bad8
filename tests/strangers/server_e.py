"""Stranger e: settings that are replaced or patched, readers that are set as a whole, scans of one hour."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from typing import Any, ClassVar

import jsonpatch
from kit import Answer, Call, Refused, Stranger

Thing = dict[str, Any]
HOUR = 3600


class ServerE(Stranger):
    """The honest server, or one with a fault."""

    faults: ClassVar[dict[str, str]] = {
        "answers-another-shelf": "setSettings/answers/as-read",
        "odd-error": "getFolder/errors/body",
        "open-door": "getFolder/auth/without-credentials",
        "empty-folder": "createFolder/contract/valid-request",
        "shelf-dropped": "createFolder/stores/kept/shelf",
        "settings-merged": "setSettings/stores/replaces/settings",
        "patch-is-half-done": "patchSettings/patch/atomic/add-below-nothing",
        "patch-test-ignored": "patchSettings/patch/atomic/test-of-another-value",
        "readers-added": "setReaders/set/replaced",
        "no-readers-ignored": "setReaders/set/emptied",
        "scans-mixed": "scan/documents/two-uploads",
        "scans-for-ever": "scan/documents/expires",
        "scans-cut": "scan/documents/round-trip/large",
        "search-without-settings": "findFolder/mirror/same-answer",
        "shows-to-strangers": "folder/visibility/stranger-read",
        "third-change-lost": "folder/model/lives-as-promised",
    }

    def __init__(self, fault: str | None) -> None:
        super().__init__(fault)
        self.folders: dict[str, Thing] = {}
        self.owners: dict[str, str] = {}
        self.readers: dict[str, list[str]] = {}
        self.changes: Counter[str] = Counter()
        self.scans: dict[str, tuple[str, bytes, int]] = {}
        self.fixtures = {"first_readers": ["ada", "bea"], "other_readers": ["bea", "cem", "dov"]}

    def create_folder(self, call: Call) -> Answer:
        folder: Thing = {"shelf": 0, "settings": {}, **deepcopy(call.body), "id": self.new_id()}
        if self.fault == "shelf-dropped":
            folder["shelf"] = 0
        self.folders[folder["id"]] = folder
        self.owners[folder["id"]] = call.who
        return Answer({"id": folder["id"]} if self.fault == "empty-folder" else folder, 201)

    def _folder(self, call: Call, folder: str) -> Thing:
        if self.owners.get(folder) == call.who or (self.fault == "shows-to-strangers" and folder in self.folders):
            return self.folders[folder]
        raise Refused(404, "no such folder")

    def get_folder(self, call: Call) -> Answer:
        return Answer(self._folder(call, call.path["id"]))

    def find_folder(self, call: Call) -> Answer:
        folder = self._folder(call, call.body["id"])
        return Answer({**folder, "settings": {}} if self.fault == "search-without-settings" else folder)

    def set_settings(self, call: Call) -> Answer:
        folder = self._folder(call, call.path["id"])
        before = folder["settings"] if self.fault == "settings-merged" else {}
        self.changes[folder["id"]] += 1
        if self.fault == "third-change-lost" and self.changes[folder["id"]] == 3:
            return Answer(folder)
        folder["settings"] = {**before, **call.body}
        self._keep(folder["settings"])
        return Answer({**folder, "shelf": folder["shelf"] + 1} if self.fault == "answers-another-shelf" else folder)

    def _keep(self, settings: Thing) -> None:
        """What settings name stays."""
        for name, (folder, content, _) in self.scans.items():
            if name in str(settings):
                self.scans[name] = (folder, content, -1)

    def patch_settings(self, call: Call) -> Answer:
        folder = self._folder(call, call.path["id"])
        steps = [one for one in call.body if not (one["op"] == "test" and self.fault == "patch-test-ignored")]
        done = deepcopy(folder["settings"])
        try:
            for step in steps:
                done = jsonpatch.apply_patch(done, [step])
                if self.fault == "patch-is-half-done":
                    folder["settings"] = done
        except (jsonpatch.JsonPatchException, jsonpatch.JsonPointerException, TypeError, KeyError) as wrong:
            raise Refused(422, f"the patch does not apply: {wrong}") from None
        if not isinstance(done, dict):
            raise Refused(422, "settings are an object")
        folder["settings"] = done
        return Answer(folder)

    def get_readers(self, call: Call) -> Answer:
        self._folder(call, call.path["id"])
        return Answer({"readers": [{"name": name} for name in self.readers.get(call.path["id"], [])]})

    def set_readers(self, call: Call) -> Answer:
        self._folder(call, call.path["id"])
        if call.body["readers"] or self.fault != "no-readers-ignored":
            before = self.readers.get(call.path["id"], []) if self.fault == "readers-added" else []
            self.readers[call.path["id"]] = list(dict.fromkeys([*before, *call.body["readers"]]))
        return self.get_readers(call)

    def upload_scan(self, call: Call) -> Answer:
        self._folder(call, call.path["id"])
        scan = f"scan:{self.new_id()}"
        content = call.body[:64] if self.fault == "scans-cut" else call.body
        self.now()
        self.scans[scan] = (call.path["id"], content, self._clock)
        return Answer({"scan": scan}, 201)

    def download_scan(self, call: Call) -> Answer:
        self._folder(call, call.path["id"])
        folder, content, at = self.scans.get(call.query["scan"], ("", b"", 0))
        is_over = 0 <= at < self._clock - HOUR and self.fault != "scans-for-ever"
        if folder != call.path["id"] or is_over:
            raise Refused(404, "no such scan")
        if self.fault == "scans-mixed":
            content = next(iter(self.scans.values()))[1]
        return Answer(content)
