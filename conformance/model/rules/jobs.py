"""Jobs: each start makes one of its own, which comes to its end, keeps its result, and stays as it ended."""

from __future__ import annotations

from typing import Any

from conformance.contract.facets.create import Create
from conformance.contract.facets.echo import Echo
from conformance.contract.facets.job import Job
from conformance.contract.identity import id_text, same_id
from conformance.contract.message import Request
from conformance.contract.pointer import ABSENT, dig
from conformance.contract.semantics.resource import Resource
from conformance.engine.api import Api
from conformance.engine.jobs import follow, job_id, outputs, poll, start_request
from conformance.engine.making import Made, resolve
from conformance.engine.outcome import expect, expect_equal
from conformance.model.rule import Pick, Rule, Step
from conformance.model.world import Entity, Family, World

MOST = 4
"""Jobs in a scenario."""


class Jobs(Rule):
    """Starts that wait and starts that do not, with inputs and without, polled at any time."""

    name = "job"
    makes = True
    weight = 6

    def __init__(self, family: Family) -> None:
        super().__init__(family)
        self._jobs: dict[str, tuple[Resource, Job]] = {}
        for call in self.vendor.semantics.operations.values():
            create, job = call.facets.get("create"), call.facets.get("job")
            if isinstance(create, Create) and isinstance(job, Job):
                resource = self.vendor.semantics.resources[create.resource]
                if resource in family.resources and not resource.states and self._promised(job, "ends"):
                    self._jobs[call.id] = (resource, job)

    def _promised(self, job: Job, claim: str) -> bool:
        return self.family.promised(f"{job.subject}/job/{claim}")

    def usable(self) -> bool:
        """Whether a job is promised to come to its end."""
        return bool(self._jobs)

    def choices(self, world: World) -> list[Any]:
        """Another start, or one of the jobs to poll or to follow."""
        found: list[Any] = []
        if len(world.entities) < MOST:
            for operation, (_, job) in self._jobs.items():
                found += [("start", operation, None), ("start", operation, None)]
                if job.synchronous is not None and self._promised(job, "synchronous-start"):
                    found.append(("run", operation, None))
                    found += [("run with inputs", operation, None)] * self._echoes(job)
        for entity in world.present():
            operation = entity.made.request.operation
            found += [(what, operation, entity.number) for what in ("poll", "follow")]
        return found

    def _echoes(self, job: Job) -> bool:
        """Whether it is known what becomes of the inputs of a start that waits, and it is the job's own operation."""
        assert job.synchronous is not None
        echo = self.vendor.semantics.operations[job.subject].facets.get("echo")
        known = isinstance(echo, Echo) and echo.inputs is not None and job.synchronous.operation is None
        return known and self.family.promised(f"{job.subject}/echo/outputs")

    def step(self, world: World, choice: Any, _: Pick, /) -> Step:
        """The start, or the poll."""
        what, operation, number = choice
        if number is not None:
            name = world.entities[number].name
            sentence = f"poll {name}" if what == "poll" else f"follow {name} to its end"
            return Step(self.name, what, number, operation, words=sentence)
        makes = world.next_number
        name = f"{self._jobs[operation][0].name.replace('-', ' ')} {makes}"
        words = {"start": f"start {name}", "run": f"start {name} and wait for its end"}
        sentence = words.get(what, f"start {name} with inputs and wait for its end")
        return Step(self.name, what, None, operation, makes, sentence)

    def stands(self, world: World, step: Step) -> bool:
        """Whether the job to poll was started."""
        return step.on is None or world.there(step.on) is not None

    def play(self, api: Api, world: World, step: Step) -> str:
        """Starts make jobs of their own; polls show the job that is asked for, as it is known to be."""
        if step.on is None:
            return self._start(api, world, step)
        entity = self.entity(world, step)
        if step.what == "poll":
            return self._poll(api, entity)
        _, job = self._jobs[step.value]
        body = [one.body for one in follow(api, job, entity.made.id)][-1]
        state = dig(body, job.state)
        expect(state in job.ends.success, f"{entity.name} to end well", f"state {state!r}")
        self._judge(entity, job, body, ended=True)
        return str(state)

    def _start(self, api: Api, world: World, step: Step) -> str:
        resource, job = self._jobs[step.value]
        waits = step.what != "start"
        request = self._request(api, job, step.what)
        reply = api.send(request)
        place = job.synchronous.id if waits and job.synchronous and job.synchronous.id else job.id
        made = Made(resource, job_id(api, place, reply), reply.json, request)
        if self._promised(job, "distinct"):
            for other in world.present(resource.name):
                own = not same_id(other.made.id, made.id)
                expect(own, f"an id of its own, not that of {other.name}", made.id)
        entity = world.add(Entity(step.makes or 0, made, facts={"job": step.value}))
        if waits and job.synchronous is not None:
            entity.facts["ends"] = True
            entity.facts["result"] = outputs(job.synchronous, reply)
            if step.what == "run with inputs":
                self._expect_outputs(api, job, entity)
        return str(reply.status)

    def _request(self, api: Api, job: Job, what: str) -> Request:
        if what == "start" or job.synchronous is None:
            return start_request(api, job, job.ways[next(iter(job.ways))])
        request = start_request(api, job, job.synchronous.request, job.synchronous.operation)
        echo = self.vendor.semantics.operations[job.subject].facets.get("echo")
        if what == "run with inputs" and isinstance(echo, Echo) and echo.inputs is not None and echo.value is not None:
            return echo.inputs.put(request, resolve(api, echo.value, {}))
        return request

    def _expect_outputs(self, api: Api, job: Job, entity: Entity) -> None:
        echo = self.vendor.semantics.operations[job.subject].facets.get("echo")
        assert isinstance(echo, Echo)
        if echo.outputs is not None:
            for name, value in resolve(api, echo.outputs, {}).items():
                expect_equal(dig(entity.facts["result"], f"/{name}"), value, f"the reply: output {name!r}")

    def _poll(self, api: Api, entity: Entity) -> str:
        _, job = self._jobs[entity.made.request.operation]
        one = poll(api, job, entity.made.id)
        if one.body is ABSENT:
            expect("body" not in entity.facts, f"what {entity.name} showed at its end", f"status {one.reply.status}")
            return str(one.reply.status)
        self._judge(entity, job, one.body, ended=one.ended)
        return str(dig(one.body, job.state))

    def _judge(self, entity: Entity, job: Job, body: Any, *, ended: bool) -> None:
        if job.echo and self._promised(job, "same-id"):
            expect_equal(id_text(dig(body, job.echo)), id_text(entity.made.id), f"a poll of {entity.name}: {job.echo}")
        if "ends" in entity.facts and self._promised(job, "ended-when-answered"):
            expect(ended, f"{entity.name} to have ended", f"state {dig(body, job.state)!r}")
        if not ended:
            expect("body" not in entity.facts, f"{entity.name} as it ended", f"state {dig(body, job.state)!r}")
            return
        if job.result and "result" in entity.facts and self._promised(job, "same-result"):
            expect_equal(dig(body, job.result.at), entity.facts["result"], f"a poll of {entity.name}: result")
        still = job.still(body)
        if "body" in entity.facts and self._promised(job, "end-stays"):
            expect_equal(still, entity.facts["body"], f"a poll of {entity.name}, which has ended")
        entity.facts.setdefault("body", still)

    def look(self, api: Api, world: World) -> None:
        """Every job shows what the model knows of it."""
        for entity in world.present():
            if entity.made.request.operation in self._jobs:
                self._poll(api, entity)
