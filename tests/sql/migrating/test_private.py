"""A migrated database of its own."""

from __future__ import annotations

import psycopg
import pytest

from thoth_storages.sql.migrating import SchemaState, schema_state
from thoth_storages.sql.migrating.private import private_database


def test_it_is_current_and_gone_afterwards() -> None:
    with private_database() as conninfo, psycopg.connect(conninfo) as connection:
        assert schema_state(connection) is SchemaState.CURRENT
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(conninfo)
