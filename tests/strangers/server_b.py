"""Stranger b: ids that callers choose, limits that are clamped, states by PATCH, and lists across parents."""

from __future__ import annotations

from typing import Any, ClassVar

from kit import Answer, Call, Refused, Stranger

Thing = dict[str, Any]
FROM = {"RUNNING": {"QUEUED"}, "DONE": {"RUNNING"}, "STOPPED": {"QUEUED", "RUNNING"}}
HIDDEN = "5b1d1bb5-7a3f-4f0c-8a55-2f6c7d1a9e01"


class ServerB(Stranger):
    """The honest server, or one with a fault."""

    faults: ClassVar[dict[str, str]] = {
        "patch-answers-another-weight": "patchRun/answers/as-read",
        "odd-error": "patchRun/errors/body",
        "gone-for-unknown": "getRun/errors/refused-status",
        "refuses-without-a-word": "patchRun/errors/reason",
        "any-workspace-will-do": "createRun/refuses/value/no-workspace",
        "open-door": "listRuns/auth/without-credentials",
        "text-weight": "createRun/contract/valid-request",
        "duplicate-accepted": "createRun/idempotency/replay-refused",
        "bad-request-for-conflict": "createRun/idempotency/replay-refused",
        "conflict-resets": "createRun/idempotency/refused-replay-changes-nothing",
        "id-replaced": "createRun/idempotency/key-is-kept",
        "ignores-label": "patchRun/stores/kept/label",
        "limit-as-sent": "listRuns/pagination/clamped",
        "clamped-to-default": "listRuns/pagination/clamped",
        "total-of-page": "listRuns/pagination/total",
        "total-of-all": "listRuns/filtering/totals",
        "minus-ignored": "listRuns/sorting/order/weight-desc",
        "sorts-the-page": "listRuns/sorting/order-over-pages/label-asc",
        "tilde-is-first-parent": "listRuns/filtering/wild-value/workspace",
        "state-or-queued": "listRuns/filtering/keeps/state",
        "patch-forgets": "patchRun/lifecycle/transition/finish/RUNNING",
        "restart-allowed": "patchRun/lifecycle/refused-as/start/DONE",
        "no-op-refused": "patchRun/lifecycle/repeat/stop",
        "rises-again": "run/lifecycle/terminal/DONE",
        "still-there": "run/removal/gone",
        "tilde-shows-all": "run/visibility/hidden-list",
        "shows-to-strangers": "run/visibility/stranger-read",
        "removal-stops-the-others": "workspace/model/lives-as-promised",
    }

    def __init__(self, fault: str | None) -> None:
        super().__init__(fault)
        self.workspaces: dict[str, str] = {"theirs": "other"}
        self.runs: dict[str, Thing] = {}
        self._add({"id": HIDDEN, "label": "Hidden"}, "theirs")
        self.fixtures = {"hidden_run": HIDDEN}

    def create_workspace(self, call: Call) -> Answer:
        workspace = self.new_id()
        self.workspaces[workspace] = call.who
        return Answer({"id": workspace, "name": call.body["name"]}, 201)

    def create_run(self, call: Call) -> Answer:
        anywhere = self.fault == "any-workspace-will-do" and call.path["workspace"] not in self.workspaces
        if not anywhere and self.workspaces.get(call.path["workspace"]) != call.who:
            raise Refused(404, "no such workspace")
        found = self.runs.get(call.body["id"])
        if found is not None and self.fault != "duplicate-accepted":
            if self.fault == "conflict-resets":
                found["state"] = "QUEUED"
            raise Refused(400 if self.fault == "bad-request-for-conflict" else 409, "the id is taken")
        run = self._add(call.body, call.path["workspace"])
        if self.fault == "text-weight":
            run = {**run, "weight": str(run["weight"])}
        return Answer({**run, "id": HIDDEN} if self.fault == "id-replaced" else run, 201)

    def _add(self, body: Thing, workspace: str) -> Thing:
        run = {"weight": 0, **body, "workspace_id": workspace, "state": "QUEUED", "created_at": self.now()}
        self.runs[run["id"]] = run
        return run

    def _visible(self, call: Call) -> list[Thing]:
        workspace = call.path["workspace"]
        mine = [one for one, owner in self.workspaces.items() if owner == call.who]
        within = mine if workspace == "~" else [one for one in mine if one == workspace]
        if workspace == "~" and self.fault == "tilde-is-first-parent":
            within = mine[:1]
        if self.fault == "tilde-shows-all" and workspace == "~":
            return list(self.runs.values())
        if self.fault == "shows-to-strangers" and "id" in call.path:
            return list(self.runs.values())
        return [run for run in self.runs.values() if run["workspace_id"] in within]

    def list_runs(self, call: Call) -> Answer:
        everything, state = self._visible(call), call.query.get("state")
        states = {state, "QUEUED"} if self.fault == "state-or-queued" else {state}
        found = [run for run in everything if state is None or run["state"] in states]
        order = call.query.get("order_by", "created_at")
        key, down = order.lstrip("-"), order.startswith("-") and self.fault != "minus-ignored"
        limit, offset = call.query.get("limit", 5), call.query.get("offset", 0)
        if limit > 8 and self.fault != "limit-as-sent":
            limit = 5 if self.fault == "clamped-to-default" else 8
        window = slice(offset, offset + limit)
        if self.fault == "sorts-the-page":
            found = found[window]
        found = sorted(found, key=lambda run: (run[key], run["id"]), reverse=down)
        page = found if self.fault == "sorts-the-page" else found[window]
        total = {"total-of-page": len(page), "total-of-all": len(everything)}.get(self.fault or "", len(found))
        return Answer({"runs": page, "total_entries": total})

    def _run(self, call: Call) -> Thing:
        found = next((run for run in self._visible(call) if run["id"] == call.path["id"]), None)
        if found is None:
            raise Refused(410 if self.fault == "gone-for-unknown" else 404, "no such run")
        return found

    def get_run(self, call: Call) -> Answer:
        return Answer(self._run(call))

    def patch_run(self, call: Call) -> Answer:
        run, state = self._run(call), call.body.get("state")
        same = state is None or (state == run["state"] and self.fault != "no-op-refused")
        lawful = same or run["state"] in FROM[state] or (self.fault == "restart-allowed" and state == "RUNNING")
        if not lawful:
            before = run["state"]
            if self.fault == "rises-again":
                run["state"] = "QUEUED"
            raise Refused(409, f"it is {before}")
        changes = {**call.body}
        if self.fault == "ignores-label":
            changes.pop("label", None)
        if self.fault == "patch-forgets" and state == "DONE":
            return Answer({**run, **changes})
        run.update(changes)
        return Answer({**run, "weight": run["weight"] + 1} if self.fault == "patch-answers-another-weight" else run)

    def delete_run(self, call: Call) -> Answer:
        run = self._run(call)
        if self.fault != "still-there":
            del self.runs[run["id"]]
        for other in self.runs.values() if self.fault == "removal-stops-the-others" else ():
            if (other["workspace_id"], other["state"]) == (run["workspace_id"], "RUNNING"):
                other["state"] = "STOPPED"
        return Answer(None, 204)
