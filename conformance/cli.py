"""The command line: finds the command, and tells errors in one line."""

from __future__ import annotations

import errno
import os
import signal
import sys
from importlib import import_module
from itertools import pairwise
from pkgutil import iter_modules

import click

from conformance import __version__, commands
from conformance.errors import ConformanceError, UsageError, nearest


class Commands(click.Group):
    """Commands are the modules of ``conformance.commands``, imported when they are needed."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names of the command modules."""
        return sorted(module.name for module in iter_modules(commands.__path__) if not module.name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """The command of the module called ``cmd_name``; ``UsageError`` when there is none."""
        known = self.list_commands(ctx)
        if cmd_name not in known:
            raise UsageError(f"no command is called {cmd_name!r}", nearest(cmd_name, known))
        command = import_module(f"{commands.__name__}.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called, and its arguments; ``UsageError`` for an empty one, as of an unset variable."""
        for before, argument in pairwise(["", *args]):
            option, assigns, value = argument.partition("=")
            if not option or (option.startswith("--") and assigns and not value):
                where = f"what follows {before}" if before.startswith("-") else "an argument"
                raise UsageError(f"{option or where} is empty", "is a variable unset? give a value, or leave it out")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Carry out the command; 3 when whoever reads its output stops before the end, or no more of it fits."""
        try:
            return super().invoke(ctx)
        except OSError as wrong:
            if wrong.errno not in {errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
                if wrong.filename is None:
                    raise
                reason = f"{os.fsdecode(wrong.filename)}: {wrong.strerror}"
                raise UsageError(reason, "give a file or folder that is there and may be used") from None
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            if wrong.errno != errno.EPIPE:
                click.echo(
                    f"error: {wrong.filename or 'the output'}: {wrong.strerror}\nhint: make room for it", err=True
                )
            ctx.exit(3)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def cli() -> None:
    """Tell whether a workflow API does what its vendor's documentation promises.

    \b
    Examples:
      conformance run kuflow                   against the embedded mock
      conformance run --env staging.toml       against the targets of a file
      conformance mock kuflow --port 8080      a server to try a client on
    """


def _tell(says: str, hint: str) -> None:
    from conformance.report.words import visible

    click.echo(visible(f"error: {says}"), err=True)
    if hint:
        click.echo(visible(f"hint: {hint}"), err=True)


def main() -> None:
    """Run the command line; the exit code is the command's. A termination ends it like an interruption."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        code = cli.main(standalone_mode=False)
    except ConformanceError as wrong:
        from conformance.transport.redaction import Redactor

        _tell(Redactor().text(wrong.message), wrong.hint)
        sys.exit(wrong.exit_code)
    except click.exceptions.NoArgsIsHelpError as wrong:
        wrong.show()
        sys.exit(2)
    except click.ClickException as wrong:
        where = wrong.ctx if isinstance(wrong, click.UsageError) else None
        called = where.command_path if where else "conformance"
        _tell(" ".join(wrong.format_message().split()), f"'{called} --help' tells what it takes")
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        sys.exit(3)
    sys.exit(code if isinstance(code, int) else 0)
