"""A whole distribution, from a prepared document to the bytes of its files."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from conformance.codegen.client import join_models, write_client
from conformance.codegen.journeys import journeys
from conformance.codegen.models import write_models
from conformance.codegen.prepare import binary_media_types
from conformance.codegen.tools import tidy
from conformance.errors import GenerationError

_DISTRIBUTION = Path(__file__).parent / "templates" / "distribution"

Files = dict[str, bytes]


@dataclass(frozen=True)
class Operation:
    """One generated operation: where it is, what it does in one line, and what its body is read as."""

    tag: str
    name: str
    does: str
    gives: str
    arguments: tuple[str, ...]  # of a call with what it requires; ``...`` stands for what only its caller knows


def import_name(vendor: str) -> str:
    """The name by which a vendor's client is imported: ``acme_client`` for ``acme``."""
    return re.sub(r"\W", "_", vendor.lower()) + "_client"


def build(document: dict[str, Any], vendor: str) -> Files:
    """The files of a vendor's distribution by their POSIX paths in it, the same bytes for the same document.

    :raises GenerationError: the document uses something that a generator does not know.
    """
    info = document.get("info")
    if not isinstance(info, dict) or not {"title", "version"} <= info.keys():
        raise GenerationError("/info: title or version is missing", "write both down there")
    name = import_name(vendor)
    if not (name.isascii() and name.isidentifier()):
        raise GenerationError(
            f"the folder {vendor!r} gives a package no name that can be imported everywhere: {name!r} is none",
            "name it with ASCII letters, digits, '-' and '_', a letter first",
        )
    with TemporaryDirectory(prefix="conformance-generate-") as scratch:
        root = Path(scratch).resolve()
        source = root / "openapi.json"
        source.write_text(json.dumps(document), encoding="utf-8")
        package = root / "distribution" / name
        package.parent.mkdir()
        header = f'"""The models of {_title(document)}."""'
        write_models(source, name, root / "models.py", header)
        write_client(source, name, package, binary_media_types(document))
        join_models(package, root / "models.py")
        tidy(package.parent)
        _write_metadata(document, vendor, package)
        return read_tree(package.parent)


def read_tree(folder: Path) -> Files:
    """The files below ``folder`` by their POSIX paths, without what building and running leave behind.

    :raises GenerationError: one of them cannot be read.
    """
    paths = (path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file())
    kept = (path for path in paths if not _leftover(path.parts))
    try:
        return {path.as_posix(): (folder / path).read_bytes() for path in kept}
    except OSError as error:
        reason = f"{error.filename}: {error.strerror}"
        raise GenerationError(reason, "let it be read, or take it away") from None


def _leftover(parts: tuple[str, ...]) -> bool:
    if parts[0] in {"build", "dist"} or parts[0].endswith(".egg-info"):
        return True
    return any(part.startswith(".") or part == "__pycache__" or part.endswith(".pyc") for part in parts)


def _write_metadata(document: dict[str, Any], vendor: str, package: Path) -> None:
    operations = sorted(_operations(package / "api"), key=lambda operation: (operation.tag, operation.name))
    if not operations:
        raise GenerationError("the contract has no operation", "describe at least one under paths")
    shown = min(operations, key=lambda one: (sum(map(_is_open, one.arguments)), len(one.arguments)))
    version = str(document["info"]["version"])
    facts = {
        "vendor": vendor,
        "distribution": package.name.replace("_", "-"),
        "package": package.name,
        "title": _title(document),
        "api_version": version,
        "version": ".".join(str(int(number)) for number in re.findall(r"\d+", version)) or "0",
        "url": _url(document),
        "imports": "from uuid import UUID\n\n" if any("UUID(" in argument for argument in shown.arguments) else "",
        "tag": shown.tag,
        "operation": shown.name,
        "arguments": ", ".join(shown.arguments),
        "operations": "\n".join(f"| `{o.tag}.{o.name}` | {o.does} | {o.gives} |" for o in operations),
        "journeys": journeys(vendor),
    }
    for template in sorted(_DISTRIBUTION.iterdir()):
        text = Template(template.read_text(encoding="utf-8")).substitute(facts)
        (package.parent / template.stem).write_text(text, encoding="utf-8", newline="\n")


def _operations(api: Path) -> Iterator[Operation]:
    for module in api.glob("*/[!_]*.py"):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        call, detailed = functions["sync"], functions["sync_detailed"]
        does = (ast.get_docstring(detailed) or "").partition("\n")[0]
        gives = ast.unparse(call.returns) if call.returns else "None"
        yield Operation(module.parent.name, module.stem, does, _cell(gives), tuple(_arguments(call)))


def _arguments(function: ast.FunctionDef) -> Iterator[str]:
    """What a call of ``function`` has to be given, as it is written."""
    arguments = function.args
    for argument in arguments.args:
        yield _sample(argument)
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if default is None:
            yield f"{argument.arg}={_sample(argument)}"


def _sample(argument: ast.arg) -> str:
    if argument.arg == "client":
        return "client"
    texts = {"str": f'"{argument.arg}"', "UUID": f'UUID("{UUID(int=0)}")', "int": "1", "float": "1.0", "bool": "True"}
    return texts.get(ast.unparse(argument.annotation) if argument.annotation else "", "...")


def _is_open(argument: str) -> bool:
    return argument.endswith("...")


def _url(document: dict[str, Any]) -> str:
    """The first address that the document names, its variables at their defaults."""
    server = (document.get("servers") or [{"url": "https://api.example.com"}])[0]
    url = str(server["url"])
    for name, variable in (server.get("variables") or {}).items():
        url = url.replace(f"{{{name}}}", str(variable.get("default", name)))
    return url


def _cell(code: str) -> str:
    return ", ".join(f"`{part}`" for part in code.split(" | "))


def _title(document: dict[str, Any]) -> str:
    return re.sub(r'["\\\s]+', " ", str(document["info"]["title"])).strip()
