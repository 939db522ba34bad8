"""Reads YAML and JSON files strictly: no key twice, dates stay text, keys stay as written."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml

from conformance.contract.pointer import join, tokens
from conformance.errors import DocumentError

try:
    from yaml import CSafeLoader as _FastestLoader
except ImportError:  # PyYAML without libyaml
    from yaml import SafeLoader as _FastestLoader  # type: ignore[assignment]

_MERGE = "tag:yaml.org,2002:merge"
_TEXT = "tag:yaml.org,2002:str"
_MOST = 5_000_000
"""How many values a file may unfold to."""
_ALIAS = re.compile(r"(?:^|[\s\[{,:])\*[^\s*/,\]}]", re.MULTILINE)
_SCALARS = {
    "tag:yaml.org,2002:null": r"~|null|Null|NULL|",
    "tag:yaml.org,2002:bool": r"true|True|TRUE|false|False|FALSE",
    "tag:yaml.org,2002:int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "tag:yaml.org,2002:float": (
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
    ),
    _MERGE: r"<<",
}
"""What a bare text is other than a text, as YAML 1.2 has it: neither ``on`` nor ``12:30``, nor a date."""


class _DuplicateKey(yaml.YAMLError):
    """A mapping has one key twice."""

    def __init__(self, key: str, first: int, second: int) -> None:
        super().__init__(key)
        self.key, self.first, self.second = key, first, second


class _StrictLoader(_FastestLoader):
    """The fastest safe loader at hand, with this module's rules."""

    yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012 - the name and shape are PyYAML's

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        lines: dict[str, int] = {}
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.tag == _MERGE:
                continue
            key.tag = _TEXT  # 200: and on: are keys like any other
            line = key.start_mark.line + 1
            if key.value in lines:
                raise _DuplicateKey(key.value, lines[key.value], line)
            lines[key.value] = line
        return super().construct_mapping(node, deep)


def _integer(_: yaml.Loader, node: yaml.ScalarNode) -> int:
    return int(node.value, 0 if node.value.startswith(("0x", "0o")) else 10)


for _tag, _pattern in _SCALARS.items():
    _StrictLoader.add_implicit_resolver(_tag, re.compile(rf"^(?:{_pattern})$"), None)
_StrictLoader.add_constructor("tag:yaml.org,2002:int", _integer)


class _Endless(yaml.YAMLError):
    """The aliases of a file unfold to more than anybody can read."""


class _UnfoldingLoader(_StrictLoader):
    """The same for a file with aliases, which a few lines can unfold to billions of values."""

    def get_single_node(self) -> yaml.Node | None:
        """The root of the file."""
        root = super().get_single_node()
        if root is not None and _values(root) > _MOST:
            raise _Endless(f"its aliases unfold to more than {_MOST} values")
        return root


def _values(root: yaml.Node) -> int:
    """How many values ``root`` is made of when each alias is written out; one that holds itself has no end."""
    counted: dict[int, int] = {}
    open_: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting[-1]
        inner = _inner(node)
        missing = [one for one in inner if id(one) not in counted]
        if missing and id(node) not in open_:
            open_.add(id(node))
            waiting += missing
            continue
        if any(id(one) in open_ for one in missing):
            raise _Endless("a value holds itself by an alias")
        counted[id(node)] = 1 + sum(counted[id(one)] for one in inner)
        open_.discard(id(node))
        waiting.pop()
    return counted[id(root)]


def _inner(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [value for _, value in node.value]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def load_yaml(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file, or in a JSON file when the name ends in ``.json``.

    :raises DocumentError: the file is missing, unreadable, malformed, repeats a key, or holds no mapping.
    """
    return parsed(read(path), str(path))


def parsed(content: bytes, name: str) -> dict[str, Any]:
    """The mapping in the bytes of a YAML file, or of a JSON file when its ``name`` ends in ``.json``.

    :raises DocumentError: they are malformed, repeat a key, or hold no mapping; the message begins with ``name``.
    """
    text = _text(content, name)
    root = _parse_json(name, text) if name.endswith(".json") else _parse_yaml(name, text)
    if not isinstance(root, dict):
        found = "nothing" if root is None else f"a {type(root).__name__}"
        raise DocumentError(f"{name}: the root is {found}", "the file holds one mapping of names to values")
    return root


def read(path: Path) -> bytes:
    """The bytes of a file; raises DocumentError when it is missing or unreadable."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise DocumentError(f"{path}: no such file", "check the path") from None
    except OSError as error:
        raise DocumentError(f"{path}: {error.strerror}", "give a readable file") from None


def pointer_line(path: Path, pointer: str) -> int | None:
    """The line (from 1) on which the value at a JSON Pointer starts; None when there is no such value."""
    try:
        node = yaml.compose(_text(read(path), str(path)), Loader=_StrictLoader)
    except (yaml.YAMLError, DocumentError):
        return None
    line = None if node is None else node.start_mark.line + 1
    for token in tokens(pointer.removeprefix("#")):
        step = _step(node, token)
        if step is None:
            return None
        line, node = step
    return line


def lines_of(path: Path) -> dict[str, int]:
    """The line (from 1) on which each value starts, by JSON Pointer; none for a file that cannot be read."""
    try:
        node = yaml.compose(_text(read(path), str(path)), Loader=_StrictLoader)
    except (yaml.YAMLError, DocumentError, RecursionError):
        return {}
    found: dict[str, int] = {}
    waiting = [] if node is None else [("", node.start_mark.line + 1, node)]
    while waiting:
        at, line, here = waiting.pop()
        found[at] = line
        if isinstance(here, yaml.MappingNode):
            waiting += [
                (at + join(key.value), key.start_mark.line + 1, value)
                for key, value in here.value
                if isinstance(key.value, str)
            ]
        elif isinstance(here, yaml.SequenceNode):
            waiting += [(at + join(index), item.start_mark.line + 1, item) for index, item in enumerate(here.value)]
    return found


def _text(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(f"{name}: not UTF-8 at byte {error.start}", "save the file as UTF-8") from None


def _parse_yaml(name: str, text: str) -> Any:
    try:
        loader = _UnfoldingLoader if _ALIAS.search(text) else _StrictLoader
        return yaml.load(text, Loader=loader)  # noqa: S506 - the loader is a safe one
    except _DuplicateKey as error:
        raise DocumentError(
            f"{name}:{error.second}: key {error.key!r} is there twice",
            f"line {error.first} has it first; keep one",
        ) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{name}:{mark.line + 1}" if mark else name
        raise DocumentError(f"{where}: {error.problem or error.context}", "correct the YAML there") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0]
        raise DocumentError(f"{name}: {reason}", "correct the YAML") from None


def _parse_json(name: str, text: str) -> Any:
    def refuse_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members: dict[str, Any] = {}
        for key, value in pairs:
            if key in members:
                raise DocumentError(f"{name}: key {key!r} is there twice in one object", "keep one")
            members[key] = value
        return members

    try:
        return json.loads(text, object_pairs_hook=refuse_twice)
    except json.JSONDecodeError as error:
        raise DocumentError(f"{name}:{error.lineno}: {error.msg}", "correct the JSON there") from None
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{name}: {error}", "correct the JSON") from None


def _step(node: yaml.Node | None, token: str) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == token:
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and token.isdecimal() and int(token) < len(node.value):
        item = node.value[int(token)]
        return item.start_mark.line + 1, item
    return None
