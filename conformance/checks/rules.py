"""The properties of a reply fit together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conformance.checks._polling import begun, good_end
from conformance.contract.facets.job import Job
from conformance.contract.facets.rules import Path, Rule, Rules
from conformance.contract.pointer import dig
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.making import build, resolve, set_up
from conformance.engine.outcome import Mismatch, expect


def names(_: Vendor, rules: Rules) -> Iterator[str]:
    """The names of the rules."""
    yield from rules.each


@check(variants=names)
def holds(api: Api, rules: Rules, name: str) -> None:
    """A reply keeps the rule between its properties, as does one about a job that was not waited for."""
    rule = rules.each[name]
    same = api.acting_as(rule.by) if rule.by else api
    with set_up("the request"):
        request = build(same, rules.subject)
    _expect_kept(api, rule, same.expect_success(same.send(request)))
    for job in _polled(api.vendor, rules.subject) if rule.by is None else ():
        _expect_kept(api, rule, good_end(api, job, begun(api, job)))


def _polled(vendor: Vendor, operation: str) -> Iterator[Job]:
    """The jobs whose polls are sent to ``operation``."""
    jobs = (call.facets.get("job") for call in vendor.semantics.operations.values())
    yield from (job for job in jobs if isinstance(job, Job) and job.poll.operation == operation)


def _expect_kept(api: Api, rule: Rule, body: Any) -> None:
    value = dig(body, rule.at)
    if rule.difference:
        later, earlier = (_number(body, pointer) for pointer in rule.difference)
        here = _number(body, rule.at)
        expect(here == later - earlier, f"{rule.at} {later - earlier} = {' - '.join(rule.difference)}", here)
    elif rule.not_before:
        expect(
            _number(body, rule.at) >= _number(body, rule.not_before), f"{rule.at} not before {rule.not_before}", value
        )
    elif rule.path:
        _expect_path(api, rule.path, rule.at, value)


def _number(body: Any, pointer: str) -> float:
    value = dig(body, pointer)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise Mismatch(f"a number at {pointer}", repr(value))
    return value


def _expect_path(api: Api, path: Path, at: str, value: Any) -> None:
    text = str(value).strip("/")
    if path.first:
        first = resolve(api, path.first, {})
        expect(text.startswith(f"{first}/"), f"{at} that begins with {first}/", repr(value))
    known = [str(resolve(api, one, {})).strip("/") for one in (path.parent, path.last) if one]
    last = "/".join(filter(None, known))
    expect(not last or text.endswith(f"/{last}"), f"{at} that ends with /{last}", repr(value))
