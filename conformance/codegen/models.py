"""The pydantic models of a document, one module."""

from __future__ import annotations

import json
import re
from pathlib import Path

from conformance.codegen.tools import run_module

_MOMENT = "AwareDatetime"
# Properties that would hide a method of ``base_model.Model``; pydantic's own methods the generator knows.
_ALIASES = {
    "from_dict": "from_dict_",
    "fromDict": "from_dict_",
    "to_dict": "to_dict_",
    "toDict": "to_dict_",
    "to_multipart": "to_multipart_",
    "toMultipart": "to_multipart_",
}
# Addresses stay text: a client has to read what a server sends, deliverable or not.
_TYPES = ("string+email=string", "string+idn-email=string")


def write_models(document: Path, import_name: str, target: Path, header: str) -> None:
    """Write ``target``, a module of models on ``<import_name>.base_model.Model``, for a JSON ``document``.

    A document without named schemas has none.

    :raises GenerationError: the generator failed.
    """
    if not json.loads(document.read_text(encoding="utf-8")).get("components", {}).get("schemas"):
        target.write_text(f"{header}\n", encoding="utf-8")
        return
    run_module(
        "datamodel_code_generator",
        "--input", document, "--input-file-type", "openapi", "--output", target,
        "--preset", "standard-py311-20261027", "--target-pydantic-version", "2.14", "--ignore-pyproject",
        "--base-class", f"{import_name}.base_model.Model", "--no-allow-population-by-field-name",
        "--snake-case-field", "--capitalise-enum-members", "--no-use-frozen-field", "--collapse-root-models",
        "--aliases", json.dumps(_ALIASES), "--use-missing-sentinel", "--type-mappings", *_TYPES,
        "--use-field-description", "--use-schema-description", "--use-single-line-docstring",
        "--formatters", "builtin", "--disable-timestamp", "--custom-file-header", header,
        document=document,
    )  # fmt: skip
    target.write_text(_with_own_moments(target.read_text(encoding="utf-8"), import_name), encoding="utf-8")


def _with_own_moments(models: str, import_name: str) -> str:
    """The models with the type of moments of ``base_model``, in place of that of pydantic, which lacks leap seconds."""
    imports = re.search(r"^from pydantic import (?:\((?P<many>[^)]*)\)|(?P<few>.*))$", models, re.MULTILINE)
    names = re.findall(r"\w+", imports["many"] or imports["few"]) if imports else []
    if imports is None or _MOMENT not in names:
        return models
    left = [name for name in names if name != _MOMENT]
    kept = f"from pydantic import {', '.join(left)}\n" if left else ""
    own = f"from {import_name}.base_model import {_MOMENT}"
    return f"{models[: imports.start()]}{kept}{own}{models[imports.end() :]}"
