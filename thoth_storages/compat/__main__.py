"""Runs a program that imports ``thoth.storages`` on this library: ``python -m thoth_storages.compat [-m] PROGRAM``."""

from __future__ import annotations

import runpy
import sys

import click

USAGE = "usage: python -m thoth_storages.compat (SCRIPT | -m MODULE) [ARGUMENT]…"


def main() -> None:
    """Run the program that the command line names, with the arguments that follow; exits with 2 when none is named."""
    is_module = sys.argv[1:2] == ["-m"]
    arguments = sys.argv[2 if is_module else 1 :]
    if not arguments or arguments[0].startswith("-"):
        click.echo(USAGE, err=True)
        sys.exit(0 if arguments[:1] in (["-h"], ["--help"]) else 2)
    sys.argv = arguments
    if is_module:
        runpy.run_module(arguments[0], run_name="__main__", alter_sys=True)
    else:
        runpy.run_path(arguments[0], run_name="__main__")


if __name__ == "__main__":
    main()
