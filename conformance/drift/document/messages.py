"""Parameters, bodies and responses of an operation."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from conformance.contract.schema import Direction
from conformance.drift.document.access import Access
from conformance.drift.document.model import Body, Forms, Media, Parameter, Response
from conformance.errors import DocumentError, nearest

STYLES: Mapping[str, str] = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}
#: Header parameters that OpenAPI tells tools to ignore: other parts of the document describe them.
ELSEWHERE = frozenset({"accept", "authorization", "content-type"})
_STATUS = re.compile(r"[1-5](\d\d|XX)|DEFAULT")


@dataclass(frozen=True)
class Messages:
    """Reads the messages of one document; ``forms`` translates a schema."""

    access: Access
    forms: Callable[[Any, str, Direction], Forms]

    def parameters(
        self, path: str, item: Mapping[str, Any], item_at: str, raw: Mapping[str, Any], at: str, direction: Direction
    ) -> dict[tuple[str, str], Parameter]:
        """The parameters of the path and of the operation, of which the latter prevail."""
        order = re.findall(r"\{([^}]*)\}", path)
        found: dict[tuple[str, str], Parameter] = {}
        for owner, owner_at in ((item, item_at), (raw, at)):
            place = f"{owner_at}/parameters"
            seen = set()
            for index, entry in enumerate(self.access.sequence(owner.get("parameters"), place)):
                value, where = self.access.followed(entry, f"{place}/{index}")
                parameter = self._parameter(value, where, order, direction)
                if parameter.key in seen:
                    problem = f"{place}/{index}: {parameter.place} parameter {parameter.name!r} is there twice"
                    raise DocumentError(problem, "keep one")
                seen.add(parameter.key)
                if not (parameter.place == "header" and parameter.key[1] in ELSEWHERE):
                    found[parameter.key] = parameter
        return found

    def _parameter(self, raw: Mapping[str, Any], at: str, order: list[str], direction: Direction) -> Parameter:
        name, place = self.access.text(raw, "name", at), self.access.text(raw, "in", at)
        if place not in STYLES:
            raise DocumentError(f"{at}/in: {place!r} is no place for a parameter", nearest(place, STYLES))
        key = name.lower() if place == "header" else name
        if place == "path" and name in order:
            key = str(order.index(name))
        return self._described((place, key), name, place, raw, at, direction)

    def _described(
        self, key: tuple[str, str], name: str, place: str, raw: Mapping[str, Any], at: str, direction: Direction
    ) -> Parameter:
        style = str(raw.get("style", STYLES[place]))
        content = list(self.access.entries(raw.get("content"), f"{at}/content"))
        media = self._media(*content[0], direction) if content else None
        schema = media.schema if media else self.forms(raw.get("schema", {}), f"{at}/schema", direction)
        explode = raw.get("explode", style == "form")
        required = place == "path" or raw.get("required") is True
        return Parameter(key, name, place, at, raw, required, style, bool(explode), media, schema)

    def _media(self, name: str, raw: Any, at: str, direction: Direction) -> Media:
        raw, at = self.access.followed(raw, at)
        encoding = {key: value for key, value, _ in self.access.entries(raw.get("encoding"), f"{at}/encoding")}
        return Media(media_type(name), at, self.forms(raw.get("schema", {}), f"{at}/schema", direction), encoding)

    def body(self, content: Any, at: str, required: bool, direction: Direction) -> Body:
        """The content of a message."""
        found = [self._media(*entry, direction) for entry in self.access.entries(content, f"{at}/content")]
        return Body(at, required, {media.name: media for media in found})

    def request(self, raw: Any, at: str, direction: Direction) -> Body | None:
        """The body that a request takes, or None."""
        if raw is None:
            return None
        value, at = self.access.followed(raw, at)
        return self.body(value.get("content"), at, value.get("required") is True, direction)

    def responses(self, raw: Any, at: str, direction: Direction) -> dict[str, Response]:
        """The responses by status in capitals."""
        found: dict[str, Response] = {}
        for name, entry, place in self.access.entries(raw, at):
            status = name.upper()
            if status.startswith("X-"):
                continue
            if not _STATUS.fullmatch(status):
                raise DocumentError(f"{place}: {name!r} is no status", "write 200, 2XX or default")
            value, where = self.access.followed(entry, place)
            headers = {}
            for label, header, header_at in self.access.entries(value.get("headers"), f"{where}/headers"):
                described, there = self.access.followed(header, header_at)
                if label.lower() not in ELSEWHERE:
                    key = ("header", label.lower())
                    headers[label.lower()] = self._described(key, label, "header", described, there, direction)
            body = self.body(value.get("content"), where, required=True, direction=direction)
            found[status] = Response(status, where, value, body, headers)
        return found


def media_type(name: str) -> str:
    """The media type in lower case, without the parameters that say nothing of JSON or of a text's encoding."""
    essence, *parameters = (part.strip().lower() for part in name.split(";"))
    kept = [part for part in parameters if part and not part.startswith("charset=")]
    return ";".join([essence, *kept])
