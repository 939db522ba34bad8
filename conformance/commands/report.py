"""``conformance report``."""

from __future__ import annotations

import click


@click.command(name="report")
@click.argument("results", metavar="RESULTS")
@click.option("--html", "html_file", metavar="FILE", help="Write the HTML report.")
@click.option("--junit", "junit_file", metavar="FILE", help="Write JUnit XML.")
@click.option("--markdown", "markdown_file", metavar="FILE", help="Write the Markdown summary.")
def command(results: str, html_file: str | None, junit_file: str | None, markdown_file: str | None) -> None:
    """Render a results file: to the terminal, or into the files named.

    RESULTS is a results.jsonl, or the folder that 'run --report' wrote it into.

    \b
    Examples:
      conformance report reports/results.jsonl
      conformance report reports/ --html report.html --junit junit.xml
    """
    from pathlib import Path

    from conformance.report.files import RESULTS, replace
    from conformance.report.html import html
    from conformance.report.junit import junit
    from conformance.report.markdown import markdown
    from conformance.report.terminal import render
    from conformance.results import read

    given = Path(results)
    found = read(given / RESULTS if given.is_dir() else given)
    wanted = [(html_file, html), (junit_file, junit), (markdown_file, markdown)]
    for file, renderer in wanted:
        if file:
            replace(Path(file), renderer(found))
    if not any(file for file, _ in wanted):
        render(found)
