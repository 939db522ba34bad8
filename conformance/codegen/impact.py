"""What a change of the contract does to those who call the generated client, told from two packages' interfaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal, TypeVar

from conformance.codegen.interface import Field, Function, Interface, Model, Parameter

Step = Literal["major", "minor", "patch"]
STEPS: tuple[Step, ...] = ("patch", "minor", "major")
V = TypeVar("V")


@dataclass(frozen=True)
class Impact:
    """One thing that is different for a client's author.

    ``place`` is where in the package (``api.process.create_process``, ``models.Process.state``); ``sends`` are the
    requests (method and path) of the operations concerned, as the older package names them where it has them;
    ``names`` are what it is called on the wire, where it is called anything there. ``step`` is what the package's
    version has to make of it.
    """

    place: str
    says: str
    step: Step
    sends: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.place}: {self.says}"


def impacts(old: Interface, new: Interface) -> tuple[Impact, ...]:
    """Every impact, functions first, in the order of their places."""
    renamed = _renamed_models(old, new)
    found = chain(
        _functions(old, new, renamed),
        _models(old, new, renamed),
        _others(old.others, new.others),
    )
    return tuple(sorted(found, key=lambda impact: (not impact.place.startswith("api."), impact.place, impact.says)))


def step(found: Sequence[Impact]) -> Step:
    """The step of the version that all impacts together ask for."""
    return max((impact.step for impact in found), key=STEPS.index, default="patch")


def _functions(old: Interface, new: Interface, renamed: Mapping[str, str]) -> Iterator[Impact]:
    by_request = {one.sends: one for one in new.functions.values() if one.name not in old.functions}
    for name, before in old.functions.items():
        after = new.functions.get(name) or by_request.get(before.sends)
        place = f"api.{name}"
        if after is None:
            yield Impact(place, "the operation is gone", "major", (before.sends,))
            continue
        if after.name != name:
            yield Impact(place, f"the operation is now api.{after.name}", "major", (before.sends,))
        yield from (replace(one, sends=(before.sends,)) for one in _signature(place, before, after, renamed))
    known = {one.sends for one in old.functions.values()}
    for name, after in new.functions.items():
        if name not in old.functions and after.sends not in known:
            yield Impact(f"api.{name}", "the operation is new", "minor", (after.sends,))


def _signature(place: str, before: Function, after: Function, renamed: Mapping[str, str]) -> Iterator[Impact]:
    ours, theirs = _by_name(before.parameters), _by_name(after.parameters)
    for name in ours.keys() - theirs.keys():
        yield Impact(place, f"the parameter {name} is gone", "major", names=(name,))
    for name, parameter in theirs.items():
        told = ours.get(name)
        if told is None:
            kind: Step = "major" if parameter.required else "minor"
            wanted = "and has to be given" if parameter.required else "and can be left out"
            yield Impact(place, f"the parameter {name} is new {wanted}", kind, names=(name,))
            continue
        if parameter.required and not told.required:
            yield Impact(place, f"the parameter {name} has to be given now", "major", names=(name,))
        if told.required and not parameter.required:
            yield Impact(place, f"the parameter {name} can be left out now", "minor", names=(name,))
        kept = _translated(told.type, renamed)
        if _members(kept) != _members(parameter.type):
            wider: Step = "minor" if _members(kept) < _members(parameter.type) else "major"
            yield Impact(
                place, f"the parameter {name} is {parameter.type}, no longer {told.type}", wider, names=(name,)
            )
    if _members(_translated(before.returns, renamed)) != _members(after.returns):
        yield Impact(place, f"it gives {after.returns}, no longer {before.returns}", "major")


def _models(old: Interface, new: Interface, renamed: Mapping[str, str]) -> Iterator[Impact]:
    users, later_users = _users(old), _users(new)
    sent = _sent(new)
    for name, before in old.models.items():
        place, sends = f"models.{name}", users.get(name, ())
        after = new.models.get(renamed.get(name, name))
        if after is None:
            yield Impact(place, "the model is gone", "major", sends, (name,))
            continue
        if after.name != name:
            yield Impact(place, f"the model is now {after.name}", "major", sends, (name,))
        if after.kind != before.kind:
            yield Impact(place, f"it is a {after.kind}, no longer a {before.kind}", "major", sends, (name,))
        for one in _model_fields(place, before, after, renamed, after.name in sent):
            yield replace(one, sends=sends)
    for name in new.models.keys() - old.models.keys() - set(renamed.values()):
        yield Impact(f"models.{name}", "the model is new", "minor", later_users.get(name, ()), (name,))


def _model_fields(place: str, before: Model, after: Model, renamed: Mapping[str, str], sent: bool) -> Iterator[Impact]:
    ours, theirs = _by_alias(before), _by_alias(after)
    what = "member" if before.kind.endswith("Enum") else "field"
    for alias, told in ours.items():
        at = f"{place}.{told.name}"
        field = theirs.get(alias)
        if field is None:
            yield Impact(at, f"the {what} is gone", "major", names=(alias,))
            continue
        if field.name != told.name:
            yield Impact(at, f"the {what} is now {field.name}", "major", names=(alias,))
        if _members(_translated(told.type, renamed)) - {"MISSING"} != _members(field.type) - {"MISSING"}:
            yield Impact(at, f"the {what} is {field.type}, no longer {told.type}", "major", names=(alias,))
        elif field.required != told.required:
            yield _requirement(at, field, sent)
    for alias in theirs.keys() - ours.keys():
        field = theirs[alias]
        has_to = field.required and sent and what == "field"
        wanted = " and has to be given" if has_to else ""
        yield Impact(
            f"{place}.{field.name}", f"the {what} is new{wanted}", "major" if has_to else "minor", names=(alias,)
        )


def _requirement(at: str, field: Field, sent: bool) -> Impact:
    if field.required:
        return Impact(at, "the field is always there now", "major" if sent else "minor", names=(field.alias,))
    return Impact(at, "the field can be MISSING now", "major", names=(field.alias,))


def _others(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Impact]:
    for name in old.keys() | new.keys():
        if name not in new:
            yield Impact(name, "the name is gone", "major")
        elif name not in old:
            yield Impact(name, "the name is new", "minor")
        elif old[name] != new[name]:
            yield Impact(name, f"it is {new[name]}, no longer {old[name]}", "major")


def _renamed_models(old: Interface, new: Interface) -> dict[str, str]:
    """The models that have another name and are the same for the rest, as far as one alone is."""
    gone = [one for name, one in old.models.items() if name not in new.models]
    come = [one for name, one in new.models.items() if name not in old.models]
    found: dict[str, str] = {}
    for before in gone:
        same = [after for after in come if (after.kind, after.fields) == (before.kind, before.fields)]
        if len(same) == 1 and same[0].name not in found.values():
            found[before.name] = same[0].name
    return found


def _users(interface: Interface) -> dict[str, tuple[str, ...]]:
    """The requests of the operations that a model is for, by its name, through the models that hold it."""
    found: dict[str, list[str]] = {}
    for function in interface.functions.values():
        told = " ".join([*(one.type for one in function.parameters), function.returns])
        for name in _reached(interface, told):
            found.setdefault(name, []).append(function.sends)
    return {name: tuple(sends) for name, sends in found.items()}


def _sent(interface: Interface) -> set[str]:
    """The models that a client's author makes, to send them."""
    told = (one.type for function in interface.functions.values() for one in function.parameters)
    return _reached(interface, " ".join(told))


def _reached(interface: Interface, text: str) -> set[str]:
    found: set[str] = set()
    waiting = [text]
    while waiting:
        for name in _words(waiting.pop()) & interface.models.keys() - found:
            found.add(name)
            model = interface.models[name]
            waiting += [model.kind, *(field.type for field in model.fields.values())]
    return found


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def _members(union: str) -> frozenset[str]:
    """The members of a union, whose order says nothing."""
    return frozenset(part.strip() for part in union.split(" | "))


def _translated(text: str, renamed: Mapping[str, str]) -> str:
    """A type in which the models have their new names."""
    return re.sub(r"\w+", lambda word: renamed.get(word[0], word[0]), text)


def _by_name(parameters: Sequence[Parameter]) -> dict[str, Parameter]:
    return {one.name: one for one in parameters}


def _by_alias(model: Model) -> dict[str, Field]:
    return {field.alias: field for field in model.fields.values()}
