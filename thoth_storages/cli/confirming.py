"""Asking before something is destroyed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])


def yes_option(function: Function) -> Function:
    """Add ``--yes`` to a command, whose parameter ``yes`` then says that nothing is to be asked."""
    return click.option(
        "--yes", is_flag=True, help="Don't ask before something is destroyed; nothing is where nobody can be asked."
    )(function)


def confirm(question: str, *, yes: bool) -> None:
    """Ask on the terminal; raises click.Abort for a no, and UsageError where nobody can be asked."""
    if yes:
        return
    if not _can_ask():
        raise click.UsageError(f"{question} There is no terminal to ask on: --yes says so beforehand.")
    click.confirm(question, abort=True, err=True)


def _can_ask() -> bool:
    return sys.stdin.isatty()
