"""Inputs reach what is run, and its outputs come back."""

from __future__ import annotations

from typing import Any

from conformance.checks._acting import is_refused
from conformance.contract.facets.echo import Echo
from conformance.contract.facets.job import Job, Told
from conformance.contract.json_text import parsed
from conformance.contract.message import Reply, Request
from conformance.contract.place import Place
from conformance.contract.pointer import dig, join
from conformance.contract.semantics.inside import inside
from conformance.contract.semantics.model import Value
from conformance.contract.semantics.names import names
from conformance.engine.api import Api, describe
from conformance.engine.check import check
from conformance.engine.jobs import ended, expect_told, job_id
from conformance.engine.jobs import outputs as outputs_of
from conformance.engine.making import Context, build, resolve, set_up, with_values
from conformance.engine.outcome import Blocked, Inconclusive, Mismatch, NotApplicable, expect, expect_equal, same

ODD = (
    f" Grüße & <b>Ωμέγα</b>,  100 % + '日本語' e\u0301 ½ \"C:\\new\"\ttab\nline\r\nend %41&lt;\xa0\u2028{'🙂' * 5000} "
)
"""A text that is not what it was when somebody trimmed, escaped, cut, composed, encoded or decoded it on its way."""

USELESS = "of no use"
"""A value of what is no input."""

LONG = 70_000
"""Letters of a longer one, which a server may take no more."""

LIKE = ("007", "1e3", "true", "null", "")
"""Texts that look like something else, or like none, for starts at one instant."""


def takes_inputs(echo: Echo) -> bool:
    """Whether inputs are sent."""
    return echo.inputs is not None


@check(when=takes_inputs)
def outputs(api: Api, echo: Echo) -> None:
    """Inputs that were sent come back as the outputs that they make."""
    _expect_outputs(api, echo, _request(api, echo, _object(api, echo.value)), _object(api, echo.outputs))


@check(when=takes_inputs)
def unknown_input(api: Api, echo: Echo) -> None:
    """A property that is no input changes nothing, even one that is called like what the request or the reply has."""
    assert echo.inputs is not None
    right, told = _request(api, echo, _object(api, echo.value)), _told(api, echo)
    useless = {api.fresh_text(): None, api.fresh_text(): {"of": ["no", "use"]}, **_like_parameters(api, right)}
    useless |= {place.label: USELESS for place in told}
    reply = api.send(echo.inputs.put(right, {**useless, **_object(api, echo.value)}))
    _expect_shown(api, echo, reply, _object(api, echo.outputs))
    expect_told(told, reply)
    expect_logged(api, echo, reply)
    if echo.request:
        api.expect_success(api.send(echo.inputs.put(build(api, echo.subject), useless)))


def _like_parameters(api: Api, request: Request) -> dict[str, Any]:
    """What bears the names of parameters, and contradicts those of them that are true or false."""
    parameters = api.vendor.document.operations[request.operation].parameters
    contrary = {"true": False, "false": True}
    sent = {one.name: Place("request", "query", one.name).sent(request) for one in parameters}
    return {name: contrary.get(str(value), USELESS) for name, value in sent.items()}


def expect_logged(api: Api, echo: Echo, reply: Reply) -> None:
    """``Mismatch`` where ``reply`` to a start that waited tells other outputs than a poll of its job does."""
    job = api.vendor.semantics.operations[echo.subject].facets.get("job")
    waits = job.synchronous if isinstance(job, Job) else None
    if not isinstance(job, Job) or job.result is None or waits is None or waits.id is None:
        return
    with set_up("the job's end"):
        body = ended(api, job, job_id(api, waits.id, reply))
    expect_equal(outputs_of(waits, reply), dig(body, job.result.at), "outputs")


@check(when=lambda echo: echo.repeats and takes_inputs(echo))
def as_sent(api: Api, echo: Echo) -> None:
    """A text that is long and has blanks around it and letters of every kind comes back as it was sent."""
    if not repeated(api, echo):
        raise NotApplicable("no text among the inputs of the workflow is an output of it")
    for text in (ODD.ljust(LONG, "x"), ODD):
        reply = api.send(_request(api, echo, replaced(api, echo, echo.value, text)))
        if not is_refused(api, reply):
            _expect_shown(api, echo, reply, replaced(api, echo, echo.outputs, text))
            return
    raise Inconclusive(f"the server takes no such text: {describe(reply)}")


@check(when=lambda echo: echo.repeats and takes_inputs(echo))
def each_its_own(api: Api, echo: Echo) -> None:
    """Texts like numbers or words and what is no text, sent at one instant, come back, each to its own start."""
    if not repeated(api, echo):
        raise NotApplicable("no text among the inputs of the workflow is an output of it")
    values = (*LIKE, *echo.also)
    replies = api.together([_request(api, echo, replaced(api, echo, echo.value, value)) for value in values])
    for value, reply in zip(values, replies, strict=True):
        if isinstance(value, str):
            _expect_shown(api, echo, reply, replaced(api, echo, echo.outputs, value))
        elif not is_refused(api, reply) and _went_well(api, echo, reply):
            _expect_kept(api, echo, reply, value)


def _went_well(api: Api, echo: Echo, reply: Reply) -> bool:
    """Whether a reply does not tell of a run that failed, as one may over inputs of another type than its own."""
    return all(place.seen(reply) in values for place, values in _told(api, echo).items())


def _told(api: Api, echo: Echo) -> Told:
    """What the reply shows beside the outputs when all went well."""
    job = api.vendor.semantics.operations[echo.subject].facets.get("job")
    return job.synchronous.told if isinstance(job, Job) and job.synchronous else {}


def _expect_kept(api: Api, echo: Echo, reply: Reply, value: Any) -> None:
    """Raise ``Mismatch`` unless every output that repeats an input is ``value``, or that as a text."""
    texts = repeated(api, echo)
    for name, one in _object(api, echo.outputs).items():
        if one in texts:
            seen = dig(api.expect_success(reply), f"{echo.at}{join(name)}")
            as_text = isinstance(seen, str) and _is_text_of(seen, value)
            expect(as_text or same(seen, value), f"output {name!r} {value!r}, or that as a text", repr(seen))


def of_each_kind(api: Api, operation: str) -> list[Any]:
    """Inputs with an odd text, and with one value of each kind, that come back as they are; else none at all."""
    echo = api.vendor.semantics.operations[operation].facets.get("echo")
    if not isinstance(echo, Echo) or not is_known(api, echo) or not repeated(api, echo):
        return [{}]
    kinds = {
        float if isinstance(value, int) and not isinstance(value, bool) else type(value): value for value in echo.also
    }
    return [replaced(api, echo, echo.value, value) for value in (ODD, *kinds.values())]


def is_known(api: Api, echo: Echo) -> bool:
    """Whether inputs are sent, and the environment gives every fixture that is needed to know what becomes of them."""
    return echo.inputs is not None and _has_fixtures(api, echo)


def _has_fixtures(api: Api, echo: Echo) -> bool:
    return all(api.has_fixture(one.value) for one in inside(echo) if names(one.value, "fixture"))


def _is_text_of(text: str, value: Any) -> bool:
    """Whether a workflow that takes texts can have made this one of a value: as JSON, or as languages spell it."""
    spelled = {str(value).casefold()}
    if isinstance(value, list):
        spelled.add(",".join(map(str, value)))
    elif isinstance(value, dict):
        spelled.add("[object object]")
    try:
        return text.casefold() in spelled or same(parsed(text), value)
    except ValueError:
        return False


def telling(api: Api, operation: str) -> tuple[Echo, Request] | None:
    """A request with inputs of which it is known what comes of them; nothing where it is not known."""
    echo = api.vendor.semantics.operations[operation].facets.get("echo")
    if not isinstance(echo, Echo) or not is_known(api, echo):
        return None
    return echo, _request(api, echo, _object(api, echo.value))


def waiting(api: Api, operation: str) -> list[Request]:
    """The same with what makes it wait for the outputs, where the smallest request does not."""
    found = telling(api, operation)
    return [found[1]] if found and found[0].request else []


def expect_answered(api: Api, operation: str) -> tuple[Echo, Reply] | None:
    """The reply to inputs of which it is known what comes of them; ``Mismatch`` where it shows anything else."""
    found = telling(api, operation)
    if found is None:
        return None
    echo, request = found
    reply = api.send(request)
    _expect_shown(api, echo, reply, _object(api, echo.outputs))
    expect_told(_told(api, echo), reply)
    return echo, reply


def expect_defaults(api: Api, reply: Reply) -> None:
    """``Mismatch`` where the reply to a request that takes no inputs does not show the outputs of their defaults."""
    echo = api.vendor.semantics.operations[api.history[-1].operation].facets.get("echo")
    if isinstance(echo, Echo) and echo.inputs is None and echo.defaults and _has_fixtures(api, echo):
        _expect_shown(api, echo, reply, _object(api, echo.defaults))


def oddly(api: Api, request: Request) -> Request:
    """The request with odd texts for its inputs, where the environment knows inputs that come back as they are."""
    echo = api.vendor.semantics.operations[request.operation].facets.get("echo")
    if not isinstance(echo, Echo) or not echo.repeats or echo.inputs is None:
        return request
    known = is_known(api, echo)
    return echo.inputs.put(request, replaced(api, echo, echo.value, ODD)) if known else request


def repeated(api: Api, echo: Echo) -> list[str]:
    """The texts that are among both the inputs and the outputs."""
    inputs, told = (_object(api, one).values() for one in (echo.value, echo.outputs))
    return [one for one in inputs if isinstance(one, str) and one in told]


def replaced(api: Api, echo: Echo, value: Value | None, other: Any) -> dict[str, Any]:
    """The inputs or the outputs with ``other`` for every text that is among both."""
    texts = repeated(api, echo)
    return {name: other if one in texts else one for name, one in _object(api, value).items()}


@check(when=lambda echo: echo.defaults is not None)
def defaults(api: Api, echo: Echo) -> None:
    """Inputs that are left out have their defaults."""
    _expect_outputs(api, echo, _request(api, echo, None), _object(api, echo.defaults))


def _request(api: Api, echo: Echo, inputs: dict[str, Any] | None) -> Request:
    context: Context = {}
    request = with_values(api, build(api, echo.subject, context), echo.request, context)
    if echo.inputs is None:
        return request
    return echo.inputs.put(request, inputs or {})


def _expect_outputs(api: Api, echo: Echo, request: Request, expected: dict[str, Any]) -> None:
    _expect_shown(api, echo, api.send(request), expected)


def _expect_shown(api: Api, echo: Echo, reply: Reply, expected: dict[str, Any]) -> None:
    shown = dig(api.expect_success(reply), echo.at)
    if not isinstance(shown, dict):
        raise Mismatch("an object with the outputs", repr(shown))
    for name, value in expected.items():
        if name not in shown:
            raise Mismatch(f"the output {name!r}", f"only {', '.join(sorted(shown)) or 'nothing'}")
        expect_equal(shown[name], value, f"output {name!r}")


def _object(api: Api, value: Value | None) -> dict[str, Any]:
    found = resolve(api, value, {}) if value else None
    if not isinstance(found, dict):
        raise Blocked(f"inputs and outputs are objects, not {found!r}", "fixture")
    return found
