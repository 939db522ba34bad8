"""Stranger a: everything by POST, the total from a sibling, and a verdict in the reply."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from kit import Answer, Call, Refused, Stranger

Thing = dict[str, Any]
FROM = {"ACTIVE": {"OPEN"}, "DONE": {"ACTIVE"}, "CANCELLED": {"OPEN", "ACTIVE"}}


class ServerA(Stranger):
    """The honest server, or one with a fault."""

    faults: ClassVar[dict[str, str]] = {
        "answers-in-capitals": "createTask/answers/as-read",
        "odd-error": "setTaskState/errors/body",
        "open-door": "searchTasks/auth/without-credentials",
        "other-success": "createProject/contract/valid-request",
        "second-task": "createTask/idempotency/replay-resource",
        "second-task-unsaid": "createTask/idempotency/exactly-one",
        "created-again": "createTask/idempotency/replay-status",
        "replay-rewrites": "createTask/idempotency/another-body",
        "replay-renames": "createTask/idempotency/replay-changes-nothing",
        "key-forgotten": "createTask/idempotency/key-is-kept",
        "forgets-priority": "createTask/stores/kept/priority",
        "born-active": "createTask/lifecycle/initial/OPEN",
        "offset-off-by-one": "searchTasks/pagination/union",
        "default-eleven": "searchTasks/pagination/default-size",
        "count-of-page": "searchTasks/counting/whole-list",
        "count-unfiltered": "searchTasks/counting/under-filter",
        "upside-down": "searchTasks/sorting/order/TITLE-desc",
        "texts-as-numbers": "searchTasks/sorting/order/CREATED-asc",
        "first-state-only": "searchTasks/filtering/any-of/state",
        "priority-at-least": "searchTasks/filtering/keeps/priority",
        "stale-state": "setTaskState/lifecycle/transition/start/OPEN",
        "accepts-all": "setTaskState/lifecycle/refused-as/cancel/DONE",
        "waits-for-nothing": "setTaskState/lifecycle/refused-as/finish/OPEN",
        "moves-neighbours": "setTaskState/lifecycle/spares-others/start",
        "rivals-both": "task/races/one-wins/ACTIVE",
        "shows-all": "task/visibility/stranger-read",
        "lists-all": "task/visibility/hidden-list",
        "moved-task-again": "project/model/lives-as-promised",
    }

    def __init__(self, fault: str | None) -> None:
        super().__init__(fault)
        self.projects: dict[str, str] = {}
        self.tasks: dict[str, Thing] = {}
        self.keys: dict[tuple[str, str], str] = {}
        self.owners: dict[str, str] = {}
        self.projects["theirs"] = "other"
        hidden = {"idempotency_key": "k", "project_id": "theirs", "title": "Hidden"}
        self.fixtures = {"hidden_task": self._new(hidden, "other")["id"]}

    def create_project(self, call: Call) -> Answer:
        project = self.new_id()
        self.projects[project] = call.who
        return Answer({"id": project, "name": call.body["name"]}, 202 if self.fault == "other-success" else 201)

    def create_task(self, call: Call) -> Answer:
        key = (call.who, call.body["idempotency_key"])
        if self.projects.get(call.body["project_id"]) != call.who:
            raise Refused(404, "no such project")
        if key in self.keys and self.fault != "second-task" and not self._was_left_behind(self.keys[key]):
            task = self.tasks[self.keys[key]]
            if self.fault == "replay-renames":
                task["title"] += "!"
            if self.fault == "second-task-unsaid":
                self._new({**call.body, "idempotency_key": self.new_id()}, call.who)
            if self.fault == "replay-rewrites":
                task["title"] = call.body["title"]
            return Answer(task, 201 if self.fault == "created-again" else 200)
        task = self._new(call.body, call.who)
        return Answer({**task, "title": task["title"].upper()} if self.fault == "answers-in-capitals" else task, 201)

    def _was_left_behind(self, task: str) -> bool:
        """Whether a task has moved and its project has a later one, where that makes a difference."""
        project = [one for one in self.tasks.values() if one["project_id"] == self.tasks[task]["project_id"]]
        moved = self.tasks[task]["state"] != "OPEN" and project[-1]["id"] != task
        return moved and self.fault == "moved-task-again"

    def _new(self, body: Thing, who: str) -> Thing:
        task = {"priority": 1, **body, "id": self.new_id(), "state": "OPEN", "created_at": self.now()}
        if self.fault == "forgets-priority":
            task["priority"] = 1
        if self.fault == "born-active":
            task["state"] = "ACTIVE"
        if self.fault == "texts-as-numbers":
            self._clock -= 2 * (self._ids % 3 == 0)
        self.tasks[task["id"]] = task
        self.owners[task["id"]] = who
        self.keys[who, body["idempotency_key"]] = task["id"]
        if self.fault == "key-forgotten":
            return {**task, "idempotency_key": ""}
        return task

    def _found(self, call: Call) -> list[Thing]:
        wanted, kept = call.body.get("filter", {}), []
        states = wanted.get("state", {}).get("in")
        if states and self.fault == "first-state-only":
            states = states[:1]
        for task in self.tasks.values():
            if self.owners[task["id"]] != call.who and self.fault != "lists-all":
                continue
            if task["project_id"] != wanted.get("project_id", task["project_id"]):
                continue
            if states is not None and task["state"] not in states:
                continue
            least = wanted.get("priority", task["priority"])
            if task["priority"] == least or (self.fault == "priority-at-least" and task["priority"] > least):
                kept.append(task)
        return kept

    def search_tasks(self, call: Call) -> Answer:
        key, _, direction = call.body.get("sort", "CREATED_ASC").rpartition("_")
        name = {"ID": "id", "TITLE": "title", "PRIORITY": "priority", "CREATED": "created_at"}[key]
        if key == "CREATED" and self.fault == "texts-as-numbers":
            name = "title"
        down = direction == "DESC" and not (self.fault == "upside-down" and key == "TITLE")
        found = sorted(self._found(call), key=lambda task: (task[name], task["id"]), reverse=down)
        start, size = call.body.get("offset", 0), call.body.get("limit", 11 if self.fault == "default-eleven" else 10)
        if start and self.fault == "offset-off-by-one":
            start += 1
        return Answer(found[start : start + size])

    def count_tasks(self, call: Call) -> Answer:
        if self.fault == "count-unfiltered":
            within = {name: one for name, one in call.body.get("filter", {}).items() if name == "project_id"}
            call = replace(call, body={"filter": within})
        count = len(self._found(call))
        return Answer({"count": min(count, 10) if self.fault == "count-of-page" else count})

    def _task(self, call: Call) -> Thing:
        task = self.tasks.get(call.path["id"])
        if task is None or (self.owners[task["id"]] != call.who and self.fault != "shows-all"):
            raise Refused(404, "no such task")
        return task

    def get_task(self, call: Call) -> Answer:
        return Answer(self._task(call))

    def set_task_state(self, call: Call) -> Answer:
        task, state = self._task(call), call.body["state"]
        both = self.fault == "rivals-both" and {task["state"], state} == {"DONE", "CANCELLED"}
        if task["state"] not in FROM[state] and self.fault != "accepts-all" and not both:
            verdict = "ABORT" if task["state"] in {"DONE", "CANCELLED"} else "WAIT"
            if task["state"] == state or (verdict == "WAIT" and self.fault == "waits-for-nothing"):
                verdict = "REJECT"
            return Answer({"verdict": verdict, "reason": f"it is {task['state']}"})
        if self.fault != "stale-state":
            task["state"] = state
        if self.fault == "moves-neighbours":
            for other in self.tasks.values():
                other["state"] = state
        return Answer({"verdict": "ACCEPT"})
