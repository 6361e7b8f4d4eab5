"""Write the static types of the named queries, as a private, migrated PostgreSQL tells them: ``make stubs``."""

from __future__ import annotations

import psycopg

from thoth_storages.sql.catalog import STUB
from thoth_storages.sql.migrating.private import private_database
from thoth_storages.sql.named import catalog
from thoth_storages.sql.stubs import render_stub


def main() -> None:
    """Write the stub beside its module, or leave it as it is when that fails."""
    with private_database() as conninfo, psycopg.connect(conninfo) as connection:
        text = render_stub(catalog, connection)
    STUB.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
