"""Forms that become other files than they should."""

from __future__ import annotations

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kuflow.deviations._mending import mend_query
from conformance.mocks.kuflow.server import KuFlow

DOWNLOAD = "downloadProcessItemTaskDataWebformsAsDocument"
FORMS = f"kuflow/{DOWNLOAD}"


@deviation("one-form-zipped", clauses=("KF-118",), case=f"{FORMS}/forms/one")
def one_form_zipped(server: KuFlow) -> None:
    """A form element with one value comes as a ZIP as well."""
    forms, honest = server.rules.forms, server.rules.forms.pdf
    packed = forms.packed
    forms.packed = lambda files: packed(tuple(files))
    forms.single_media_type = forms.multiple_media_type
    forms.pdf = lambda value: forms.packed((honest(value),))


@deviation("form-without-its-data", clauses=("KF-118",), case=f"{FORMS}/forms/one")
def form_without_its_data(server: KuFlow) -> None:
    """The PDF of a form is that of an empty one."""
    honest = server.rules.forms.pdf
    server.rules.forms.pdf = lambda _: honest(None)


@deviation("several-forms-cut-to-one", clauses=("KF-119",), case=f"{FORMS}/forms/several")
def several_forms_cut_to_one(server: KuFlow) -> None:
    """The ZIP of a form element with several values holds the first one only."""
    honest = server.rules.forms.values
    server.rules.forms.values = lambda value: honest(value)[:1]


@deviation("several-forms-alike", clauses=("KF-119",), case=f"{FORMS}/forms/several")
def several_forms_alike(server: KuFlow) -> None:
    """The ZIP of a form element with several values holds the first one as often as there are values."""
    honest = server.rules.forms.values
    server.rules.forms.values = lambda value: honest(value)[:1] * len(honest(value))


@deviation("several-forms-not-zipped", clauses=("KF-119",), case=f"{FORMS}/forms/several")
def several_forms_not_zipped(server: KuFlow) -> None:
    """A form element with several values comes as the PDF of the first one."""
    server.rules.forms.packed = lambda files: next(iter(files))
    server.rules.forms.multiple_media_type = server.rules.forms.single_media_type


@deviation("form-pointer-taken-for-a-name", clauses=("KF-121",), case=f"{FORMS}/contract/valid-request")
def form_pointer_taken_for_a_name(server: KuFlow) -> None:
    """A propertyPath is taken for the bare name of a property, so that no pointer leads anywhere."""

    def mend(query: dict[str, str]) -> dict[str, str]:
        return {
            name: "/" + value.replace("/", "~1") if name == "propertyPath" else value for name, value in query.items()
        }

    mend_query(server, DOWNLOAD, mend)


@deviation("form-pointer-optional", clauses=("KF-121a",), case=f"{FORMS}/contract/refuses/missing-propertyPath")
def form_pointer_optional(server: KuFlow) -> None:
    """A download that names no form is of the first one."""
    mend_query(server, DOWNLOAD, lambda query: {"propertyPath": "/form", **query})
