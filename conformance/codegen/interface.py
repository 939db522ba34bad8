"""What a client's author can rely on in a generated package, read by griffe from its source without importing it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import griffe

_PROSE = frozenset({"description", "examples", "title"})
_SENDS = re.compile(r"\"method\": \"(\w+)\",\s*\"url\": (?:_wire\.path\(\s*)?\"([^\"]*)\"")


@dataclass(frozen=True)
class Parameter:
    """A parameter of an operation's function."""

    name: str
    type: str
    required: bool


@dataclass(frozen=True)
class Function:
    """An operation as the package offers it: its module under ``api``, what its functions take and give.

    ``sends`` is the method and the path of its request, which stay when the operation is renamed.
    """

    name: str
    sends: str
    parameters: tuple[Parameter, ...]
    returns: str


@dataclass(frozen=True)
class Field:
    """A field of a model, or a member of an enumeration; ``alias`` is its name on the wire.

    ``bounds`` are what the model checks of a value beside its type, each as it is written, in the order of their names.
    """

    name: str
    alias: str
    type: str
    required: bool
    bounds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Model:
    """A class of the package's models with all its fields, those of the models that it extends included.

    ``kind`` tells an enumeration from a model, and what the root of a root model is.
    """

    name: str
    kind: str
    fields: Mapping[str, Field]


@dataclass(frozen=True)
class Interface:
    """Functions by module name, models and other public names by their names."""

    functions: Mapping[str, Function]
    models: Mapping[str, Model]
    others: Mapping[str, str]


def public_interface(package: Path) -> Interface:
    """The interface of the package in the folder ``package``; prose is no part of it."""
    root = griffe.load(package.name, search_paths=[package.parent], allow_inspection=False)
    assert isinstance(root, griffe.Module)
    functions = {one.name: one for one in _functions(root)}
    classes = {name: one for name, one in root["models"].classes.items() if not one.is_alias}
    models = {name: _model(one, classes) for name, one in classes.items()}
    return Interface(functions, models, dict(_others(root)))


def _functions(root: griffe.Module) -> Iterator[Function]:
    for tag in root["api"].modules.values():
        for module in tag.modules.values():
            detailed = module.functions.get("sync_detailed")
            if detailed is not None:
                sends = _SENDS.search(module.functions["_get_kwargs"].source)
                yield Function(
                    f"{tag.name}.{module.name}",
                    " ".join(sends.groups()) if sends else "",
                    tuple(_parameters(detailed)),
                    str(detailed.returns).removeprefix("_types.Response[").removesuffix("]"),
                )


def _parameters(function: griffe.Function) -> Iterator[Parameter]:
    """Positional ones in their order, the others in the order of their names."""
    keyword = griffe.ParameterKind.keyword_only
    ordered = sorted(
        function.parameters, key=lambda one: (one.kind is keyword, one.name if one.kind is keyword else "")
    )
    for one in ordered:
        if one.name != "client":
            yield Parameter(one.name, _taken_apart(str(one.annotation))[0], one.default is None)


def _model(one: griffe.Class, classes: Mapping[str, griffe.Class]) -> Model:
    bases = [str(base) for base in one.bases]
    own = [base for base in bases if base not in classes]
    return Model(one.name, ", ".join(own) or "Model", dict(_fields(one, classes)))


def _fields(one: griffe.Class, classes: Mapping[str, griffe.Class]) -> Iterator[tuple[str, Field]]:
    for base in map(str, one.bases):
        if base in classes:
            yield from _fields(classes[base], classes)
    for name, attribute in one.attributes.items():
        if name.startswith("_") or name == "model_config":
            continue
        kind, settings = _taken_apart(str(attribute.annotation or attribute.value))
        alias = ast.literal_eval(settings.pop("alias")) if "alias" in settings else name
        bounds = tuple(f"{word}={value}" for word, value in sorted(settings.items()) if word not in _PROSE)
        yield name, Field(name, alias, kind, attribute.value is None, bounds)


def _others(root: griffe.Module) -> Iterator[tuple[str, str]]:
    """The public names that are neither operations nor models, each with its signature or type."""
    for module in root.modules.values():
        if module.name in {"api", "models"}:
            continue
        for name, member in module.members.items():
            if member.is_alias or name.startswith("_"):
                continue
            yield f"{module.name}.{name}", _told(member)
            if isinstance(member, griffe.Class):
                for inner, part in member.members.items():
                    if not inner.startswith("_"):
                        yield f"{module.name}.{name}.{inner}", _told(part)
    for name, alias in root["models"].attributes.items():
        if not name.startswith("_") and not alias.is_alias:
            yield f"models.{name}", str(alias.value)


def _told(member: griffe.Object | griffe.Alias) -> str:
    if isinstance(member, griffe.Function):
        listed = ", ".join(f"{one.name}: {one.annotation} = {one.default}" for one in member.parameters)
        return f"({listed}) -> {member.returns}"
    if isinstance(member, griffe.Class):
        return f"class({', '.join(map(str, member.bases))})"
    return f"{getattr(member, 'annotation', '')} = {getattr(member, 'value', '')}"


def _taken_apart(annotation: str) -> tuple[str, dict[str, str]]:
    """A type without what pydantic is told beside it, and that."""
    settings: dict[str, str] = {}

    class Bare(ast.NodeTransformer):
        def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
            self.generic_visit(node)
            if not isinstance(node.value, ast.Name) or node.value.id != "Annotated":
                return node
            assert isinstance(node.slice, ast.Tuple)
            kind, *beside = node.slice.elts
            for call in beside:
                if isinstance(call, ast.Call):
                    settings.update({one.arg: ast.unparse(one.value) for one in call.keywords if one.arg})
            return kind

    return ast.unparse(Bare().visit(ast.parse(annotation, mode="eval"))), settings
