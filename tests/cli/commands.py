"""All commands, found by walking from the program down, and their help as a user reads it."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import click

from thoth_storages.cli import main

Path = tuple[str, ...]

FOLDER = pathlib.Path(__file__).parent / "golden" / "help"
"""The texts as somebody looked at them last; ``make help-texts`` writes them anew."""


def commands(group: click.Group = main, path: Path = ()) -> Iterator[tuple[Path, click.Command]]:
    """Every command below a group, with the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


def help_text(path: Path) -> str:
    """The help of a command, or with no words of the program, for 80 columns wherever it is asked for."""
    context = click.Context(main, info_name="thoth-storages", terminal_width=78, **main.context_settings)
    for word in path:
        assert isinstance(context.command, click.Group)
        command = context.command.get_command(context, word)
        assert command is not None
        context = click.Context(command, context, word, **command.context_settings)
    return context.get_help() + "\n"


def help_texts() -> dict[str, str]:
    """The help of the program and of every command, by the names of the files in ``FOLDER``."""
    paths = [(), *(path for path, _ in commands())]
    return {f"{' '.join(['thoth-storages', *path])}.txt".replace(" ", "_"): help_text(path) for path in paths}
