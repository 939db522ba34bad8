"""What a client's author can rely on in a generated package, read from its source without importing it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

_PROSE = {"description", "examples", "title"}


def public_interface(package: Path) -> dict[str, str]:
    """The public names in a package folder, each with its signature, bases or type; prose left out."""
    names: dict[str, str] = {}
    for module in sorted(package.rglob("*.py")):
        prefix = ".".join(module.relative_to(package).with_suffix("").parts)
        names.update(_of_body(prefix, ast.parse(module.read_text(encoding="utf-8")).body))
    return names


def _of_body(prefix: str, body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for node in body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) if _public(name):
                yield f"{prefix}.{name}", signature(node)
            case ast.ClassDef(name=name) if _public(name):
                yield f"{prefix}.{name}", f"class({', '.join(ast.unparse(base) for base in node.bases)})"
                yield from _of_body(f"{prefix}.{name}", node.body)
            case ast.AnnAssign(target=ast.Name(id=name)) if _public(name):
                default = f" = {ast.unparse(node.value)}" if node.value else ""
                yield f"{prefix}.{name}", ast.unparse(_Bare().visit(node.annotation)) + default
            case ast.Assign(targets=[ast.Name(id=name)]) if _public(name):
                yield f"{prefix}.{name}", ast.unparse(node.value)


def signature(function: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """The parameters and the return type, keyword-only parameters in the order of their names."""
    arguments = function.args
    keywords = [
        f"{argument.arg}{_annotation(argument)}{f' = {ast.unparse(default)}' if default else ''}"
        for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    positional = [f"{argument.arg}{_annotation(argument)}" for argument in arguments.args]
    listed = ", ".join([*positional, *(["*", *sorted(keywords)] if keywords else [])])
    marker = "async " if isinstance(function, ast.AsyncFunctionDef) else ""
    return f"{marker}({listed}) -> {ast.unparse(function.returns) if function.returns else 'Any'}"


def _annotation(argument: ast.arg) -> str:
    return f": {ast.unparse(argument.annotation)}" if argument.annotation else ""


def _public(name: str) -> bool:
    return not name.startswith("_")


class _Bare(ast.NodeTransformer):
    """Drops the prose from ``Field(...)``."""

    def visit_Call(self, node: ast.Call) -> ast.Call:
        kept = [keyword for keyword in node.keywords if keyword.arg not in _PROSE]
        node.keywords = sorted(kept, key=lambda keyword: keyword.arg or "")
        return node
