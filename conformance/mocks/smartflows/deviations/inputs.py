"""Input data refused or taken against what is written."""

from __future__ import annotations

from xml.etree import ElementTree

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Refusal
from conformance.mocks.kit.model import Json
from conformance.mocks.smartflows.datasets import CHARSET
from conformance.mocks.smartflows.deviations._mending import mend_body
from conformance.mocks.smartflows.records import Element
from conformance.mocks.smartflows.server import SmartFlows


@deviation("quoted-charset-refused", clauses=("IN-05",), case="smartflows/createExecution/contract/valid-request")
def quoted_charset_refused(server: SmartFlows) -> None:
    """A charset in quotes is taken for one that nobody knows."""
    honest = server.rules.data.parsed

    def parsed(server: SmartFlows, media_type: str, raw: bytes) -> ElementTree.Element:
        found = CHARSET.search(media_type)
        if found and found[1]:
            raise Refusal(415, f'No such charset: "{found[1]}"')
        return honest(server, media_type, raw)

    server.rules.data.parsed = parsed


@deviation("xml-refused", clauses=("IN-07",), case="smartflows/createExecution/contract/valid-request")
def xml_refused(server: SmartFlows) -> None:
    """A repeated element is refused, though the dataset lets it repeat."""
    honest = server.rules.data.fit

    def fit(dataset: Element, root: ElementTree.Element) -> Json:
        tags = [child.tag for child in root]
        if len(tags) != len(set(tags)):
            raise Refusal(400, "Elements are not repeated")
        return honest(dataset, root)

    server.rules.data.fit = fit


@deviation("malformed-xml-taken", clauses=("IN-07a",), case="smartflows/createExecution/payload/refuses/malformed")
def malformed_xml_taken(server: SmartFlows) -> None:
    """XML that is not well-formed begins an execution without data."""
    honest = server.rules.data.received

    def received(server: SmartFlows, dataset: Element | None, media_type: str, raw: bytes) -> Json:
        try:
            return honest(server, dataset, media_type, raw)
        except Refusal:
            return {}

    server.rules.data.received = received


@deviation("flow-not-found", clauses=("IN-25a",), case="smartflows/getFlow/executions/same-flow")
def flow_not_found(server: SmartFlows) -> None:
    """A flow that is read is told as another one."""
    mend_body(server, ["getFlow"], lambda body: {**body, "id": server.store.flows.rows[-1].key})
