"""The command ``thoth-storages`` itself: its general options, and how it ends."""

from __future__ import annotations

import errno
import importlib
import logging
from typing import Any

import click
import psycopg

from .. import __version__
from ..exceptions import ThothStorageExceptionError
from ..settings import DATABASE, HOST, PASSWORD, PORT, SSL_DISABLED, USER, VERBOSE, Variable
from .connecting import readable_settings
from .errors import sentence
from .logs import log_to_stderr

_LOGGER = logging.getLogger(__name__)

_COMMANDS = {
    "backup": ".backup:backup",
    "db": ".database:db",
    "doctor": ".doctor:doctor",
    "documents": ".documents:documents",
    "metrics": ".metrics:metrics",
    "purge": ".purge:purge",
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
        """Import a command when it is asked for: what one needs, a file of queries too, mustn't stop the others."""
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module, __package__), name)
        assert isinstance(command, click.Command)
        return command

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

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Add the variables that say which database is meant."""
        with formatter.section("The database is the one that the environment names"):
            formatter.write_dl([(variable.name, _explained(variable)) for variable in _CONNECTION])
        super().format_epilog(ctx, formatter)


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 it worked, 1 an error, 2 the command was called wrongly, 3 it found something (differences, "
    "findings, failed checks), 130 it was interrupted.",
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
    with readable_settings():
        log_to_stderr(ctx, verbose=verbose)


def _explained(variable: Variable[Any]) -> str:
    default = int(variable.default) if isinstance(variable.default, bool) else variable.default
    fallback = f"{variable.libpq}, else {default}" if variable.libpq else default
    return f"{variable.description}  [default: {fallback}]"
