"""Form elements of a task, rendered as documents."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from typing import Any

from conformance.contract.message import Reply, Request
from conformance.contract.place import Place
from conformance.contract.pointer import get, join, remove
from conformance.contract.semantics.document import Call
from conformance.engine.api import Api
from conformance.engine.check import check, only
from conformance.engine.lending import lent
from conformance.engine.making import Context, Made, build, set_up
from conformance.engine.outcome import Blocked, Mismatch, expect, expect_equal

PATH = Place.parse("$request.query.propertyPath")
VALUE = Place.parse("$request.body#/data/value")
SHOWN = "/task/data/value"
PDF = b"%PDF-"
DOWNLOAD = only("downloadProcessItemTaskDataWebformsAsDocument")


@check(when=DOWNLOAD)
def one(api: Api, call: Call) -> None:
    """A form element with one value is downloaded as a PDF, and as another one when the value is gone."""
    request, made = _form(api, call)
    path = str(PATH.sent(request))
    filled = api.send(request)
    _expect_pdf(api, filled)
    with set_up("taking the value away"):
        value = remove(get(made.body, SHOWN), path)
        data = Request("updateProcessItemTaskData", path={"id": made.id}, media_type="application/json")
        api.expect_success(api.send(VALUE.put(data, value)))
    empty = api.send(request)
    if api.succeeded(empty):
        expect(empty.content != filled.content, "another PDF without data", f"the same {len(empty.content)} bytes")


@check(when=DOWNLOAD)
def several(api: Api, call: Call) -> None:
    """A form element with several values is downloaded as a ZIP with a PDF of each."""
    request, values = _several(api, call)
    reply = api.send(request)
    api.expect_success(reply)
    expect_equal(reply.media_type, "application/zip", "media type")
    files = [content for content in unpacked(reply.content) if content.startswith(PDF)]
    expect_equal(len(files), len(values), "PDFs:")
    expect(len(set(files)) >= different(values), "different PDFs of different values", f"{len(set(files))} different")


@check(when=DOWNLOAD)
def one_of_several(api: Api, call: Call) -> None:
    """A pointer to one value of a form element that has several downloads that one as a PDF."""
    request, _ = _several(api, call)
    _expect_pdf(api, api.send(PATH.put(request, f"{PATH.sent(request)}/0")))


@check(when=DOWNLOAD, level="observe")
def no_form(api: Api, call: Call) -> None:
    """A pointer that leads to no form element is refused."""
    with lent(api, call.id) as loan:
        reply = api.send(PATH.put(loan.request, join("no form", "of the task")))
    api.observe(status=reply.status)
    api.expect_refusal(reply)


def different(values: list[Any]) -> int:
    """How many of the values are different."""
    return len({json.dumps(value, sort_keys=True) for value in values})


def _several(api: Api, call: Call) -> tuple[Request, list[Any]]:
    """The request for the element with several values, and those that the task shows there."""
    path = str(api.fixture("multiple_form_property_path"))
    request, made = _form(api, call)
    values = get(made.body, SHOWN + path)
    if not isinstance(values, list) or not values:
        raise Blocked(f"the fixture valid_form_task_data has no values at {path}", "fixture")
    return PATH.put(request, path), values


def _form(api: Api, call: Call) -> tuple[Request, Made]:
    """The request for the element with one value, and the task as it was made: by whoever needs one first."""

    def made() -> tuple[Request, Made]:
        context = Context()
        return build(api, call.id, context), context["form-item"]

    return api.session.shared.once(f"{call.id}: a task with forms", made)


def _expect_pdf(api: Api, reply: Reply) -> None:
    api.expect_success(reply)
    expect_equal(reply.media_type, "application/pdf", "media type")
    expect(reply.content.startswith(PDF), "the bytes of a PDF", repr(reply.content[:16]))


def unpacked(content: bytes) -> list[bytes]:
    """The files in a ZIP; ``Mismatch`` when it is none."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return [archive.read(name) for name in archive.namelist()]
    except zipfile.BadZipFile as wrong:
        raise Mismatch("the bytes of a ZIP", f"{content[:16]!r} ({wrong})") from None
