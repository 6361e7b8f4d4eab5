"""The command ``thoth-storages`` itself: its general options, and how it ends."""

from __future__ import annotations

import difflib
import errno
import importlib
import logging
from collections.abc import Iterable
from typing import Any

import click
import psycopg

from .. import __version__
from ..exceptions import QueryError, ThothStorageExceptionError
from ..settings import DATABASE, HOST, NO_COLOR, PASSWORD, PORT, SSL_DISABLED, USER, VERBOSE, Variable
from . import exit_codes
from .connecting import readable_settings
from .errors import sentence
from .exit_codes import ExitCode
from .logs import log_to_stderr

_LOGGER = logging.getLogger(__name__)

_COMMANDS = {
    "backup": ".backup:backup",
    "completion": ".completion:completion",
    "db": ".database:db",
    "doctor": ".doctor:doctor",
    "documents": ".documents:documents",
    "generate-schema": ".generate_schema:generate_schema",
    "help": ".help:help_",
    "metrics": ".metrics:metrics",
    "purge": ".purge:purge",
    "report": ".report:report",
    "sql": ".sql:sql",
    "sync": ".sync:sync",
}
"""Where each command is."""
_CONNECTION: tuple[Variable[Any], ...] = (HOST, PORT, USER, PASSWORD, DATABASE, SSL_DISABLED)


class Program(click.Group):
    """A group of commands whose foreseeable errors are one sentence on stderr and exit code 1."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command when it is asked for: what one needs mustn't stop the others, nor the help."""
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        try:
            command = getattr(importlib.import_module(module, __package__), name)
        except QueryError as error:
            return _command_that_says(cmd_name, error)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is meant; an unknown one is refused with the name that is most like it."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            # click itself looks among commands that are imported
            for close in difflib.get_close_matches(args[0], _COMMANDS, n=1):
                raise click.UsageError(f"{error.message} Did you mean {close!r}?", ctx) from error
            raise

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what the library, the database or the machine refuses becomes a ClickException."""
        try:
            return super().invoke(ctx)
        except (ThothStorageExceptionError, psycopg.Error, OSError) as error:
            # A reader that went away (| head) is click's to handle.
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise
            _LOGGER.debug("The command failed", exc_info=error)
            raise click.ClickException(sentence(error)) from error
        except KeyboardInterrupt:
            click.echo("\nInterrupted.", err=True)
            ctx.exit(ExitCode.INTERRUPTED)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Add the variables that say which database is meant, and the exit codes."""
        with formatter.section("The database is the one that the environment names"):
            formatter.write_dl(explained(_CONNECTION))
        with formatter.section("Exit codes"):
            formatter.write_dl(exit_codes.table())
        super().format_epilog(ctx, formatter)


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="All variables: thoth-storages help environment. Completion in a shell: thoth-storages completion --help.",
)
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    envvar=VERBOSE.name,
    show_envvar=True,
    help="Log what is done to stderr, and an error with its traceback.",
)
@click.version_option(__version__, "--version", prog_name="thoth-storages", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context, verbose: bool) -> None:
    """The knowledge graph of Thoth: migrate its database, fill it with documents, ask it.

    \b
    Example:
      thoth-storages db migrate
      thoth-storages sync --local solver-fedora-35-py310-*.json
      thoth-storages sql run get_depends_on -p package_name=flask
    """
    if NO_COLOR.get():
        ctx.color = False
    with readable_settings():
        log_to_stderr(ctx, verbose=verbose)


def explained(variables: Iterable[Variable[Any]]) -> list[tuple[str, str]]:
    """Answer the names of variables, and of each what it is for and what it is when it is unset."""
    return [(variable.name, _explained(variable)) for variable in variables]


def _explained(variable: Variable[Any]) -> str:
    default = f"{variable.default:g}" if isinstance(variable.default, bool | float) else variable.default
    fallback = f"{variable.libpq}, else {default}" if variable.libpq else default
    return variable.description + (f"  [default: {fallback}]" if fallback is not None else "")


def _command_that_says(name: str, error: QueryError) -> click.Command:
    """Make the command of a name that can't be loaded: it fails with what is wrong, however it is called."""

    def fail(_: tuple[str, ...]) -> None:
        raise error

    return click.Command(
        name,
        callback=fail,
        params=[click.Argument(["_"], nargs=-1, type=click.UNPROCESSED)],
        context_settings={"ignore_unknown_options": True},
        add_help_option=False,
        short_help="(can't be loaded: a file of queries has a mistake)",
    )
