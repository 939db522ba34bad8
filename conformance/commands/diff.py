"""``conformance diff``."""

from __future__ import annotations

import click


@click.command(name="diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "markdown", "sarif", "github"]),
    default="text",
    show_default=True,
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--allow-unknown", is_flag=True, help="Changes that could be neither proven nor refuted do not fail.")
@click.option("--client", is_flag=True, help="Generate both clients, tell what each change does to them, fail on it.")
@click.pass_context
def command(
    ctx: click.Context, old: str, new: str, shape: str, as_json: bool, allow_unknown: bool, client: bool
) -> None:
    """Tell what changed between two OpenAPI documents, and whom it breaks.

    OLD and NEW are a file, a vendor folder (its semantics are compared too), a folder of vendor folders, any of them as
    git:REV:PATH, or /dev/null for no document. Exit 1 for a breaking change, for an unknown one unless --allow-unknown,
    and for one that clients notice under --client.

    \b
    Examples:
      conformance diff git:main:specs/kuflow specs/kuflow
      conformance diff git:main:specs specs --format markdown
      conformance diff old.yaml new.yaml --format json
      conformance diff old.yaml new.yaml --client
    """
    from conformance.commands._diff import diff
    from conformance.commands._refusal import told_as

    shape = "json" if as_json else shape
    with told_as(shape):
        code = diff(old, new, shape, allow_unknown=allow_unknown, client=client)
    ctx.exit(code)
