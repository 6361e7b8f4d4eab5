"""``schema.sql``, which people read to learn the schema."""

from __future__ import annotations

from pathlib import Path

import psycopg

from scripts.schema import TARGET, main, render_schema
from thoth_storages.sql.migrating.facts import differences, read_facts


def test_it_is_what_the_migrations_make(database: str) -> None:
    with psycopg.connect(database) as connection:
        assert render_schema(connection) == TARGET.read_text(encoding="utf-8"), "run 'make schema'"


def test_it_makes_the_same_schema(empty_database: str, database: str) -> None:
    with psycopg.connect(empty_database) as made, psycopg.connect(database) as migrated:
        made.execute(TARGET.read_bytes())
        made.execute("SET search_path = public")
        assert list(differences(read_facts(migrated), read_facts(made))) == []


def test_its_lines_fit_a_screen() -> None:
    written_by_the_server = "RETURN sha256("
    assert [
        line
        for line in TARGET.read_text(encoding="utf-8").splitlines()
        if len(line) > 120 and not line.startswith(written_by_the_server)
    ] == []


def test_it_is_written_anew(tmp_path: Path) -> None:
    main(tmp_path / "schema.sql")
    assert (tmp_path / "schema.sql").read_bytes() == TARGET.read_bytes()
