"""What each kind of change is called in words; a rule that is not listed is its own wording."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conformance.contract.pointer import ABSENT, tokens
from conformance.contract.schema import Direction
from conformance.drift.change import Change, Level
from conformance.drift.containment.rewriting import text

_SAYS: Mapping[str, str] = {
    "operation-removed": "{before} is gone",
    "operation-removed-after-sunset": "{before} is gone, as announced",
    "operation-added": "{after} is new",
    "operation-renamed": "the operation {before} is called {after} now",
    "operation-moved": "the operation stands below {after} now, no longer below {before}",
    "operation-deprecated": "the operation is deprecated now",
    "operation-reinstated": "the operation is deprecated no longer",
    "webhook-removed": "the event {before} is not sent any more",
    "webhook-added": "the event {after} is new",
    "callback-removed": "{before} is not called back any more",
    "callback-added": "{after} is called back",
    "parameter-added": "the parameter {after} is new and can be left out",
    "parameter-added-required": "the parameter {after} is new and has to be sent",
    "parameter-removed": "the parameter {before} is gone: who sends it is no longer understood",
    "parameter-removed-after-sunset": "the parameter {before} is gone, as announced",
    "parameter-moved": "the parameter is expected in the {after}, no longer in the {before}",
    "parameter-required": "the parameter has to be sent now",
    "parameter-optional": "the parameter can be left out now",
    "parameter-style-changed": "a value of the parameter is written {after}, no longer {before}",
    "parameter-media-type-changed": "the parameter is written as {after}, no longer as {before}",
    "path-parameter-renamed": "the path parameter {before} is called {after} now",
    "request-body-removed": "no body is taken any more",
    "request-body-added": "a body is taken and can be left out",
    "request-body-added-required": "a body has to be sent now",
    "request-body-required": "the body has to be sent now",
    "request-body-optional": "the body can be left out now",
    "request-body-media-type-removed": "bodies of {before} are not taken any more",
    "request-body-media-type-added": "bodies of {after} are taken as well",
    "response-status-removed": "the status {before} does not come any more",
    "response-status-added": "the status {after} may come as well",
    "response-body-removed": "the response has no body any more",
    "response-body-added": "the response has a body now",
    "response-body-media-type-removed": "{before} is not answered any more",
    "response-body-media-type-added": "{after} may be answered as well",
    "response-header-removed": "the header {before} is gone",
    "response-header-added": "the header {after} is new",
    "response-header-required": "the header is always there now",
    "response-header-optional": "the header can be missing now",
    "response-header-style-changed": "a value of the header is written {after}, no longer {before}",
    "response-header-media-type-changed": "the header is written as {after}, no longer as {before}",
    "security-added": "the operation was open and asks for credentials now",
    "security-narrowed": "credentials that were enough are so no longer",
    "security-scope-added": "a scope more is asked for",
    "security-widened": "other credentials are enough as well",
    "server-removed": "{before} does not serve any more",
    "server-added": "{after} serves as well",
    "deprecated": "it is deprecated now",
    "reinstated": "it is deprecated no longer",
    "request-body-xml-changed": "the body is written as XML another way",
    "response-body-xml-changed": "the body is written as XML another way",
    "schema-renamed": "the schema {before} is called {after} now",
    "version-changed": "the version is {after}, no longer {before}",
}
_LONGEST = 120
_MANNERS: Mapping[str, Mapping[str, str]] = {
    "request": {"narrowed": "refuses what it took before", "widened": "takes more than before"},
    "response": {"narrowed": "holds less than before", "widened": "may hold what was never said"},
}
_SUBJECTS = {"request-body": "the body", "response-body": "the body", "response-header": "the header"}


def change(
    level: Level,
    rule: str,
    operation: str,
    pointer: str,
    direction: Direction | None,
    before: Any = ABSENT,
    after: Any = ABSENT,
    *,
    counterexample: Any = ABSENT,
    tried: tuple[str, ...] = (),
    gone: bool = False,
    why: str = "",
    about: str = "",
) -> Change:
    """A change in the words of its rule; ``why`` is what the validator has against the counterexample.

    ``about`` is the property that it is about.
    """
    says = _says(rule, about, pointer, direction or "request", before, after)
    if why:
        says += f" ({why if len(why) <= _LONGEST else f'{why[: _LONGEST - 3]}...'})"
    return Change(level, rule, operation, pointer, says, direction, before, after, counterexample, (), tried, gone)


def _says(rule: str, about: str, pointer: str, direction: Direction, before: Any, after: Any) -> str:
    if rule in _SAYS:
        return _SAYS[rule].format(before=_shown(before), after=_shown(after))
    subject = next((words for start, words in _SUBJECTS.items() if rule.startswith(start)), "the parameter")
    kind, _, manner = rule.rpartition("-")
    name = next((token for token in reversed(tokens(pointer)) if token not in {"required", "-"}), "")
    if kind.endswith("-property"):
        words = {"added": "is new", "removed": "is gone", "required": "has to be there", "optional": "can be missing"}
        return (
            f"{subject}: the property {about or name} {words[manner]}{'' if manner in {'added', 'removed'} else ' now'}"
        )
    if manner in _MANNERS[direction]:
        return f"{subject} {_MANNERS[direction][manner]}"
    if kind.endswith("-default"):
        return f"{name if name != 'default' else subject}: the default is {manner}"
    return rule.replace("-", " ")


def _shown(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return " and ".join(value) or "nothing"
    if value is ABSENT or value is None:
        return "nothing"
    return value if isinstance(value, str) else text(value)
