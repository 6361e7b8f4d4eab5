"""``thoth-storages generate-schema``: a picture of the database's tables."""

from __future__ import annotations

import re
from pathlib import Path

import click

from .. import schema_picture
from ..exceptions import DatabaseNotInitializedError
from ..schema_picture import SUFFIXES, Schema
from ..sql import migrating
from .connecting import connected, database_settings

_FILE = click.Path(dir_okay=False, path_type=Path)
_MANY_TABLES = 30
"""With all their columns, more can't be read where the picture as a whole is seen on a screen of 2,000 pixels."""
_ENDINGS = f"{', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}"


@click.command("generate-schema")
@click.argument("picture", metavar="[schema.png]", default="schema.png", type=_FILE)
@click.option(
    "-i",
    "--include",
    metavar="REGEX",
    multiple=True,
    help="Draw the tables that this fits as a whole, by their names or, as in the original library, by those of their "
    "models (PythonPackageVersion); may be given several times.",
)
@click.option(
    "--columns",
    type=click.Choice(["all", "keys"]),
    help="Show every column and its type, or those of keys alone, which lets a picture of many tables be read.  "
    f"[default: keys for more than {_MANY_TABLES} tables, except in a page, where one can go closer]",
)
@click.option("--no-performance-indicators", is_flag=True, help="Leave out their tables, pi_*.")
@click.option("--title", help="What stands above the picture.  [default: what is drawn]")
@click.option("--live", is_flag=True, help="Draw what the database has, instead of what the migrations make.")
def generate_schema(
    picture: Path,
    include: tuple[str, ...],
    columns: str | None,
    no_performance_indicators: bool,
    title: str | None,
    live: bool,
) -> None:
    """Draw the tables of the knowledge graph.

    With their keys, and which refers to which. The end of the file's name says in which form: .png, .svg and .pdf to
    print, .html to look around in. Without --live the migrations are run on a private server, and no database is asked.
    Needs Graphviz.

    \b
    Example:
      thoth-storages generate-schema
      thoth-storages generate-schema --live schema.html
      thoth-storages generate-schema --columns all --no-performance-indicators schema.pdf
      thoth-storages generate-schema -i 'python_package.*' -i solved packages.svg
    """
    _refuse_what_cannot_be_meant(picture, include)
    schema, source = _of_the_database() if live else _of_the_migrations()
    some = schema_picture.chosen(schema, include, performance_indicators=not no_performance_indicators)
    counted = _tables(some, schema)
    if _keys_alone(columns, some, picture):
        some, counted = some.keys(), f"{counted}, their keys"
    schema_picture.draw(some, picture, title=title or f"{source}: {counted}")
    click.echo(f"{picture}: {counted}", err=True)


def _keys_alone(columns: str | None, some: Schema, picture: Path) -> bool:
    if columns:
        return columns == "keys"
    return len(some.tables) > _MANY_TABLES and picture.suffix != ".html"


def _refuse_what_cannot_be_meant(picture: Path, include: tuple[str, ...]) -> None:
    if picture.suffix not in SUFFIXES:
        raise click.BadParameter(f"{picture} must end in {_ENDINGS}.", param_hint="'schema.png'")
    for text in include:
        try:
            re.compile(text)
        except re.error as error:
            raise click.BadParameter(f"{text!r} is no regular expression: {error}.") from error


def _of_the_migrations() -> tuple[Schema, str]:
    return schema_picture.schema_of_migrations(), f"The knowledge graph of Thoth at migration {migrating.head()}"


def _of_the_database() -> tuple[Schema, str]:
    settings = database_settings()
    with connected(settings) as connection:
        schema = schema_picture.read_schema(connection)
    if not schema.tables:
        raise DatabaseNotInitializedError(
            f"There are no tables in {settings.address}; 'thoth-storages db migrate' makes them"
        )
    return schema, f"{settings.address}"[0].upper() + f"{settings.address}"[1:]


def _tables(some: Schema, schema: Schema) -> str:
    of_all = "" if len(some.tables) == len(schema.tables) else f" of {len(schema.tables)}"
    return f"{len(some.tables)}{of_all} tables"
