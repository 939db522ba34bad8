"""The operations of a document, a module each, over the runtime that every client shares.

Templates that are empty stand for files that come from elsewhere: the models, and the modules of ``runtime``.
"""

from __future__ import annotations

import ast
import json
import shutil
from pathlib import Path

from conformance.codegen.tools import run_module
from conformance.errors import GenerationError

_HERE = Path(__file__).parent
_TEMPLATES = _HERE / "templates"
_RUNTIME = _HERE / "runtime"


def write_client(document: Path, import_name: str, package: Path, binary: list[str]) -> None:
    """Write the folder ``package`` without its models; ``binary`` are media types to hand out as files.

    :raises GenerationError: the generator failed, or had to leave anything out.
    """
    settings = document.with_name("client.json")
    settings.write_text(json.dumps(_settings(import_name, binary)), encoding="utf-8")
    run_module(
        "openapi_python_client", "generate", "--path", document, "--config", settings, "--meta", "none",
        "--output-path", package, "--custom-template-path", _TEMPLATES, "--fail-on-warning",
        document=document,
    )  # fmt: skip
    for module in sorted(_RUNTIME.glob("[!_]*.py")):
        shutil.copyfile(module, package / module.name)
    (package / "py.typed").touch()


def join_models(package: Path, models: Path) -> None:
    """Put the module ``models`` in the place of the names that the operations import.

    :raises GenerationError: an operation names a model that the module does not define, or that is called like
        the ``File`` of the runtime beside that.
    """
    names = (package / "models").rglob("*.py")
    operations = sorted((package / "api").rglob("*.py"))
    wanted = {name: path.stem for path in operations for name in _imported(path, "models")}
    for path in operations:
        for name in _imported(path, "models") & _imported(path, "types"):
            raise GenerationError(
                f"/components/schemas/{name}: {path.stem} has this schema beside the {name} of a binary body",
                "rename the schema in the contract or in overlays/generate.yaml",
            )
    for leftover in sorted(names):
        leftover.unlink()
    (package / "models").rmdir()
    shutil.copyfile(models, package / "models.py")
    unknown = sorted(wanted.keys() - _defined(models))
    if unknown:
        told = ", ".join(f"{name} of {wanted[name]}" for name in unknown)
        raise GenerationError(
            f"/paths: schemas of operations that have no name: {told}",
            "name each under components/schemas, and refer to it, in the contract or in overlays/generate.yaml",
        )


def _settings(import_name: str, binary: list[str]) -> dict[str, object]:
    return {
        "project_name_override": import_name.replace("_", "-"),
        "package_name_override": import_name,
        "post_hooks": [],
        "content_type_overrides": dict.fromkeys(binary, "application/octet-stream"),
    }


def _imported(module: Path, origin: str) -> set[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return {alias.name for node in imports if node.module == origin for alias in node.names}


def _defined(module: Path) -> set[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    classes = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    assigned = (target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets)
    return classes | {target.id for target in assigned if isinstance(target, ast.Name)}
