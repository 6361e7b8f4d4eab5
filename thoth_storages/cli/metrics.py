"""``thoth-storages metrics``: the knowledge graph as Prometheus sees it."""

from __future__ import annotations

import re
from typing import NamedTuple

import click

from .connecting import readable_settings


class Address(NamedTuple):
    """Where to listen; an empty host is all addresses of the machine."""

    host: str
    port: int

    def __str__(self) -> str:
        """Write it as it is given."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class AddressType(click.ParamType[Address]):
    """``:9187``, ``127.0.0.1:9187`` or ``[::1]:9187``."""

    name = "address"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Address:
        """Read an address; what is none ends the command with an example."""
        found = re.fullmatch(r"(?:\[(?P<six>[^]]*)\]|(?P<host>[^:]*)):(?P<port>\d{1,5})", value)
        if found is None or int(found["port"]) > 65535:
            self.fail(f"{value!r} is no address: :9187 listens everywhere, 127.0.0.1:9187 here only.", param, ctx)
        return Address(found["six"] or found["host"] or "", int(found["port"]))


@click.command()
@click.option("--listen", type=AddressType(), metavar="[HOST]:PORT", help="Serve them at /metrics until Ctrl-C.")
def metrics(listen: Address | None) -> None:
    """Write metrics in Prometheus' text format, or serve them.

    The schema's version, rows by table (estimates), connections, synced documents by kind and when the newest of them
    was made, the newest backup's age where an object store is configured, and the pool and caches of this process.
    What can't be asked is thoth_storages_up{part="…"} 0, and a warning on stderr; it is no error of the command.

    With --listen each scrape asks anew, only documents and backups every five minutes. /healthz answers as long as the
    process lives. A service that has a GraphDatabase adds thoth_storages.metrics.GraphCollector to its own metrics.

    \b
    Example:
      thoth-storages metrics | grep '^thoth_storages_up'
      thoth-storages metrics --listen :9187
    """
    # loads the named queries, and a package that not everybody has
    from ..graph import GraphDatabase
    from ..metrics import GraphCollector, MetricsServer, metrics_text

    with readable_settings():
        collector = GraphCollector(GraphDatabase())
    if listen is None:
        click.echo(metrics_text(collector), nl=False)
        return
    try:
        server = MetricsServer(collector, *listen)
    except OSError as error:
        raise click.ClickException(f"Can't listen on {listen}: {error.strerror}") from error
    with server:
        click.echo(f"Metrics at http://{Address(listen.host or 'localhost', server.server_port)}/metrics", err=True)
        server.serve_until_told()
