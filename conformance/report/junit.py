"""JUnit XML, as Jenkins and GitLab read it: a test suite a target, a test case a case.

Jenkins refuses files that its schema does not know: ``testsuites`` counts nothing skipped there, a ``testcase`` has no
properties, and its output stands last.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from conformance.report.exchanges import plain
from conformance.report.words import clauses_of, ending, ids_alone, printed
from conformance.results import CaseLine, Results, TargetLine, Verdict

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAGS: dict[Verdict, str] = {
    "FAIL": "failure",
    "ERROR": "error",
    "BLOCKED": "error",
    "SKIPPED": "skipped",
    "NOT_APPLICABLE": "skipped",
    "INCONCLUSIVE": "skipped",
    "KNOWN": "skipped",
}


def junit(results: Results) -> str:
    """The results as a JUnit file; a WARN is no failure there, and a run that ended badly without one is an error."""
    root = Element("testsuites", name="workflow-conformance")
    for target in results.header.targets:
        _suite(root, results, target)
    _run(root, results)
    suites = list(root)
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in suites)))
    root.set("time", _seconds(sum(float(suite.get("time", "0")) for suite in suites)))
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(root: Element, results: Results, target: TargetLine) -> None:
    cases = [case for case in results.cases if case.target == target.name]
    suite = _counted(root, target.name, results, cases)
    _properties(
        suite,
        {
            "url": target.url,
            "vendor": target.vendor,
            "profile": target.profile,
            "contract": target.contract,
            "suite": results.header.suite,
            "seed": str(results.header.seed),
        },
    )
    for case in cases:
        _case(suite, results, case)


def _counted(root: Element, name: str, results: Results, cases: Sequence[CaseLine]) -> Element:
    tags = [_TAGS.get(case.verdict, "") for case in cases]
    return SubElement(
        root,
        "testsuite",
        name=_legal(name),
        tests=str(len(cases)),
        failures=str(tags.count("failure")),
        errors=str(tags.count("error")),
        skipped=str(tags.count("skipped")),
        time=_seconds(sum(case.seconds for case in cases)),
        timestamp=results.header.started.partition("+")[0],
    )


def _case(suite: Element, results: Results, case: CaseLine) -> None:
    names = (part.replace(".", "_") for part in (case.target, case.operation, case.facet))
    element = SubElement(
        suite,
        "testcase",
        classname=_legal(".".join(names)),
        name=_legal(printed(case)),
        time=_seconds(case.seconds),
    )
    tag = _TAGS.get(case.verdict)
    if tag == "skipped":
        SubElement(element, tag, type=case.verdict, message=_legal(f"{case.verdict}: {case.reason}"))
    elif tag is not None:
        kind = case.level if case.verdict == "FAIL" else case.verdict
        failed = SubElement(element, tag, type=kind, message=_legal(_message(case)))
        failed.text = _legal(_story(results, case))
    told = [f"{name}: {value}" for name, value in _facts(case).items()]
    told += ["", _story(results, case)] if case.verdict == "WARN" else []
    SubElement(element, "system-out").text = _legal("\n".join(told))


def _facts(case: CaseLine) -> dict[str, str]:
    facts: dict[str, str] = {"verdict": case.verdict}
    if case.clauses:
        facts["clauses"] = " ".join(case.clauses)
    if case.blame:
        facts["blame"] = case.blame
    return facts | {f"observed.{name}": str(value) for name, value in case.observed.items()}


def _message(case: CaseLine) -> str:
    return f"expected {case.expected}; got {case.actual}" if case.expected or case.actual else case.reason


def _story(results: Results, case: CaseLine) -> str:
    clauses = [
        f"{name} ({clause.level}): {clause.says} [{clause.where}]" if clause else name
        for name, clause in clauses_of(results, case).items()
    ]
    facts = [f"expected: {case.expected}", f"actual: {case.actual}"] if case.expected or case.actual else []
    clauses = [f"clauses: {ids_alone(case)}"] if ids_alone(case) else clauses
    parts = [f"claim: {case.claim}", *facts, *case.scenario, f"reason: {case.reason}" if case.reason else "", *clauses]
    parts += [f"\n{plain(exchange)}" for exchange in case.exchanges]
    return "\n".join([part for part in parts if part] + ([f"\n{case.curl}"] if case.curl else []))


def _run(root: Element, results: Results) -> None:
    """A suite of its own when the run ended badly and no case tells, or not all of it."""
    footer = results.footer
    told = any(_TAGS.get(case.verdict) in {"failure", "error"} for case in results.cases)
    if footer and (footer.exit_code == 0 or (told and footer.complete and not footer.problems)):
        return
    suite = _counted(root, "run", results, ())
    suite.set("tests", "1")
    suite.set("errors", "1")
    element = SubElement(suite, "testcase", classname="run", name="exit code", time="0.000")
    SubElement(element, "error", type="run", message=_legal(ending(results)))


def _properties(parent: Element, facts: Mapping[str, str]) -> None:
    properties = SubElement(parent, "properties")
    for name, value in facts.items():
        SubElement(properties, "property", name=_legal(name), value=_legal(value))


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f}"


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)
