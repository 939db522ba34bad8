"""Form fields of a task as documents: one as a PDF, several as a ZIP of PDFs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jsonpointer import JsonPointer, JsonPointerException

from conformance.mocks.kit.http import Detail, Reply
from conformance.mocks.kuflow.errors import invalid
from conformance.mocks.kuflow.records import Task

if TYPE_CHECKING:
    from conformance.mocks.kuflow.server import KuFlow

LONG_AGO = (2026, 1, 1, 0, 0, 0)


def pdf(value: Any) -> bytes:
    """A PDF of one page that names every field of a form and what is filled in."""
    lines = [f"{name}: {entry}" for name, entry in value.items()] if isinstance(value, dict) else []
    shown = "".join(f"({_escaped(line)}) Tj T*\n" for line in lines)
    stream = f"BT /F1 11 Tf 14 TL 50 780 Td\n{shown}ET".encode("latin-1", errors="replace")
    return _pdf_file(
        (
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        )
    )


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _pdf_file(objects: Sequence[bytes]) -> bytes:
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, written in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def packed(files: Iterable[bytes]) -> bytes:
    """A ZIP of the files, numbered from 1."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, content in enumerate(files, 1):
            archive.writestr(zipfile.ZipInfo(f"form-{number}.pdf", LONG_AGO), content)
    return out.getvalue()


def values(value: Any) -> list[Any]:
    """The values of a form field that holds several."""
    return value if isinstance(value, list) else []


@dataclass
class FormRules:
    """How forms become documents."""

    pdf: Callable[[Any], bytes] = pdf
    packed: Callable[[Iterable[bytes]], bytes] = packed
    values: Callable[[Any], list[Any]] = values
    single_media_type: str = "application/pdf"
    multiple_media_type: str = "application/zip"


def rendered(server: KuFlow, task: Task, path: str) -> Reply:
    """The form field at a JSON pointer, or one value of a field that holds several; refuses other pointers."""
    rules = server.rules.forms
    value = task.data.value if task.data else {}
    if path in task.definition.forms:
        field = _resolved(value, path)
        if task.definition.forms[path]:
            return Reply(200, rules.packed(map(rules.pdf, rules.values(field))), rules.multiple_media_type)
        return Reply(200, rules.pdf(field), rules.single_media_type)
    parent, _, _ = path.rpartition("/")
    one = _resolved(value, path) if task.definition.forms.get(parent) else None
    if not isinstance(one, dict):
        raise invalid(server, Detail("form", "there is no form", "propertyPath", "query"))
    return Reply(200, rules.pdf(one), rules.single_media_type)


def _resolved(value: Any, path: str) -> Any:
    try:
        return JsonPointer(path).resolve(value, None)
    except JsonPointerException:
        return None
