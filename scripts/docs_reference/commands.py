"""Pages on the command line, one for each command of ``thoth-storages``: usage, options, examples."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

import click

from scripts.docs_reference import markdown as md
from thoth_storages.cli import exit_codes, main
from thoth_storages.cli.listing import ListingCommand

FOLDER = PurePosixPath("commands")
PROGRAM = "thoth-storages"

_INTRODUCTION = """\
Data goes to stdout, talk to stderr. [Exit codes](../exit-codes.md) are the same for all commands, and the database
is the one that [the environment](../variables.md) names."""


def commands(command: click.Command = main, name: str = PROGRAM) -> Iterator[tuple[str, click.Command]]:
    """Iterate over all commands with their full names, groups before what is in them."""
    yield name, command
    for inner in _inner(command):
        yield from commands(inner, f"{name} {inner.name}")


def pages() -> dict[PurePosixPath, str]:
    """Write a page for each command of the program, with those that are in it."""
    found = [(command, str(command.name)) for command in _inner(main)]
    written = {FOLDER / f"{name}.md": _page(command, f"{PROGRAM} {name}") for command, name in found}
    return {
        FOLDER / "index.md": _index([name for _, name in found]),
        **written,
        PurePosixPath("exit-codes.md"): _codes(),
    }


def _codes() -> str:
    return md.page("# Exit codes", md.table(("code", "meaning"), exit_codes.table()))


def _inner(command: click.Command) -> Iterator[click.Command]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        found = (command.get_command(context, name) for name in command.list_commands(context))
        yield from (inner for inner in found if inner and not inner.hidden)


def target_of(name: str) -> str:
    """Name the target that stands before a command."""
    return "command-" + name.replace(" ", "-")


def _index(names: list[str]) -> str:
    rows = [
        (md.link(target_of(name), md.code(name.removeprefix(f"{PROGRAM} "))), md.prose(_help(command)[0]))
        for name, command in commands()
        if not isinstance(command, click.Group)
    ]
    return md.page(
        "# Commands",
        _INTRODUCTION,
        md.table(("command", "what it does"), rows),
        f"{md.target(target_of(PROGRAM))}\n## {PROGRAM}",
        *_parts(PROGRAM, main),
        md.toctree(names),
    )


def _page(command: click.Command, name: str) -> str:
    parts: list[str] = []
    for depth, (full_name, each) in enumerate(commands(command, name)):
        title = f"{'##' if depth else '#'} {full_name.removeprefix(f'{PROGRAM} ')}"
        parts += [f"{md.target(target_of(full_name))}\n{title}", *_parts(full_name, each)]
    return md.page(*parts)


def _parts(name: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=name)
    usage = " ".join([name, *command.collect_usage_pieces(context)])
    yield md.block(usage, "text")
    yield from map(_paragraph, _help(command))
    records = (each.get_help_record(context) for each in command.params if isinstance(each, click.Option))
    options = [record for record in records if record]
    if options:
        yield md.table(("option", "meaning"), ((md.code(option), md.prose(said)) for option, said in options))
    if isinstance(command, ListingCommand):
        entries = ((md.code(entry), md.prose(said)) for entry, said in command.listed())
        yield f"{command.listed_title}:\n\n" + md.table(("name", "what it is"), entries)
    if name != PROGRAM and (inner := [f"{name} {each.name}" for each in _inner(command)]):
        yield f"In it: {', '.join(md.link(target_of(each), md.code(each)) for each in inner)}."


def _help(command: click.Command) -> list[str]:
    """Cut the help of a command into paragraphs; each stays as it is laid out."""
    return re.split(r"\n\s*\n", inspect.cleandoc(command.help or "").partition("\f")[0].strip())


def _paragraph(text: str) -> str:
    """Write a paragraph; click leaves one after a ``\\b`` as it is laid out, which is how examples come."""
    if not text.startswith("\b"):
        return md.prose(text)
    lines = text.split("\n")[1:]
    head = lines[0].rstrip() if lines and lines[0].endswith(":") and not lines[0].startswith(" ") else ""
    body = inspect.cleandoc("\n".join(lines[1 if head else 0 :]))
    return "\n\n".join(part for part in (head, md.block(body, "console" if "$" in body else "sh")) if part)
