"""Logging to stderr, for the time that a command runs."""

from __future__ import annotations

import logging
import sys

import click

from ..settings import DEBUG_QUERIES, LOG_STATS

_PACKAGE = "thoth_storages"
# What the adapter warns of when it connects, the command itself says: as its answer, or as the error that it ends with.
# What the pool and yoyo warn of is tried again, and becomes the command's own error when that doesn't help.
_QUIET = (f"{_PACKAGE}.graph.connected", "psycopg", "yoyo")
_SHORT = "%(levelname)s: %(message)s"
_LONG = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _StandardError(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        # a progress bar may stand in the line; it is drawn again below
        start = "\r\x1b[K" if sys.stderr.isatty() else ""
        click.echo(start + self.format(record), err=True)


def log_to_stderr(context: click.Context, *, verbose: bool) -> None:
    """Send what is logged to stderr until the context closes: warnings, with ``verbose`` all that this library says."""
    levels = {"": logging.INFO if verbose else logging.WARNING, _PACKAGE: _level(verbose)}
    levels |= dict.fromkeys(_QUIET, logging.NOTSET if verbose else logging.ERROR)
    handler = _StandardError()
    handler.setFormatter(logging.Formatter(_LONG if verbose else _SHORT))
    before = {name: logging.getLogger(name).level for name in levels}
    _set(levels)
    logging.getLogger().addHandler(handler)
    context.call_on_close(lambda: logging.getLogger().removeHandler(handler))
    context.call_on_close(lambda: _set(before))


def _level(verbose: bool) -> int:
    if verbose:
        return logging.DEBUG
    return logging.INFO if DEBUG_QUERIES.get() or LOG_STATS.get() else logging.WARNING


def _set(levels: dict[str, int]) -> None:
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
