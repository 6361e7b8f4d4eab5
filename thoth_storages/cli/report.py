"""``thoth-storages report``: the state of a deployment as a page to look at."""

from __future__ import annotations

from pathlib import Path

import click

from ..report import Unit, gather, page
from .connecting import connected, database_settings, readable_settings

_UNITS = [unit.value for unit in Unit]


@click.command()
@click.argument("out", metavar="OUT.html", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--by", type=click.Choice(_UNITS), help="The steps of the charts over time.  [default: what suits]")
def report(out: Path, by: str | None) -> None:
    """Write a page on the state of a deployment.

    It shows what came into the graph, sizes, slow queries and backups. The page needs no network and no other file. A
    part that can't be had, for want of a right, of the extension pg_stat_statements or of an object store, says so on
    the page. On a large graph this reads whole tables, so it may take a minute.

    \b
    Example:
      thoth-storages report deployment.html
      thoth-storages report --by month deployment.html
    """
    settings = database_settings()
    with readable_settings(), connected(settings) as connection:
        found = gather(connection, title=f"State of {settings.address}", unit=Unit(by) if by else None)
    out.write_text(page(found), encoding="utf-8")
    missing = [section.title for section in found.sections if section.problem]
    click.echo(f"{out}: written" + (f", without {', '.join(missing)}" if missing else ""), err=True)
