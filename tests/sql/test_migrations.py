"""The .sql files of the schema: what they make, and that each is undone by its rollback."""

from __future__ import annotations

import subprocess
from enum import Enum
from typing import Any

import psycopg
import pytest
from psycopg import errors

from tests.databases import Connection, catalog, columns_of_index, contents, distinct, plant_copies, tables
from tests.fix_postgres import fresh
from tests.fix_rows import Rows
from tests.shared import shared_file
from thoth_storages import enums
from thoth_storages.ephemeral import Server, find_programs
from thoth_storages.exceptions import MigrationError
from thoth_storages.sql.migrating import migrate, read_migrations, rollback
from thoth_storages.sql.migrating.files import baseline
from thoth_storages.sql.named import catalog as queries_by_name

BASELINE = [migration.id for migration in baseline(read_migrations())]
REPAIRS = [migration.id for migration in read_migrations() if migration.id not in BASELINE]

NARROWER_KEYS = {
    # what a solver found out later about the same package version
    "python_package_version": {
        "entity_id",
        "python_package_metadata_id",
        "is_missing",
        "provides_source_distro",
        "package_license",
        "package_license_warning",
    },
    # whether it is still served changes
    "python_artifact": {"present"},
    # unique keys of the original, on what identifies the row
    "python_package_index": {"warehouse_api_url", "verify_ssl", "enabled", "only_if_package_seen"},
    "cve": {"aggregated_at", "details", "link"},
    "si_aggregated": {"python_package_version_id"},
}
"""Tables whose keys don't span all that a row says, and what they leave out."""


def test_the_baseline_makes_the_schema_of_the_original(empty_database: str, postgres: Server) -> None:
    dump = shared_file("conformance/original.dump")
    migrate(empty_database, to=BASELINE[-1])
    for original in fresh(postgres, "template1"):
        restore = [find_programs() / "pg_restore", "--no-owner", "--schema-only", "--dbname", original, dump]
        subprocess.run(list(map(str, restore)), check=True, capture_output=True)
        options = ("--no-comments", "--exclude-table=alembic_version")
        assert catalog(empty_database, *options) == catalog(original, *options)


def climb(conninfo: str, ids: list[str]) -> None:
    """Go up step by step, down step by step, and up again, comparing the catalogs that ought to be equal."""
    seen = [catalog(conninfo)]
    for name in ids:
        assert migrate(conninfo, to=name) == [name]
        seen.append(catalog(conninfo))
    for name, before in zip(reversed(ids), reversed(seen[:-1]), strict=True):
        assert rollback(conninfo) == [name]
        assert catalog(conninfo) == before, f"{name}.rollback.sql leaves the catalog changed"
    assert migrate(conninfo) == ids
    assert catalog(conninfo) == seen[-1]


def test_every_migration_goes_up_down_and_up_again_on_an_empty_database(empty_database: str) -> None:
    climb(empty_database, BASELINE + REPAIRS)


def test_every_repair_goes_up_down_and_up_again_on_a_filled_database(filled_database: str) -> None:
    with psycopg.connect(filled_database, autocommit=True) as connection:
        columns, before = tables(connection), distinct(contents(connection))
        assert migrate(filled_database, to=BASELINE[-1]) == []
        climb(filled_database, REPAIRS)
        assert distinct(contents(connection, columns=columns)) == before


def test_a_dump_of_the_schema_and_its_rows_is_restored(original_database: str, postgres: Server) -> None:
    programs = find_programs()
    dumped = subprocess.run(
        [str(programs / "pg_dump"), "--format=custom", original_database], check=True, capture_output=True
    ).stdout
    for restored in fresh(postgres, "template1"):
        restore = [str(programs / "pg_restore"), "--exit-on-error", "--no-owner", "--dbname", restored]
        subprocess.run(restore, input=dumped, check=True, capture_output=True)
        assert catalog(restored) == catalog(original_database)
        with psycopg.connect(restored) as one, psycopg.connect(original_database) as other:
            assert contents(one) == contents(other)


def test_every_table_has_a_key_that_spans_all_that_a_row_says(connected: Connection) -> None:
    left_out: dict[str, set[str]] = {}
    for table, columns in tables(connected).items():
        keys = [set(key) for key in columns_of_index(connected, table, unique=True) if "id" not in key]
        widest = max(keys, key=len, default=set())
        if rest := set(columns) - {"id"} - widest:
            left_out[table] = rest
    assert left_out == NARROWER_KEYS, "a column that is no part of its table's key is listed there, with the reason"


def test_no_key_takes_two_nulls_for_different(connected: Connection) -> None:
    statement = """
    SELECT indexrelid::regclass::text, attname
    FROM pg_index
    JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
    JOIN pg_class ON pg_class.oid = indrelid
    WHERE indisunique AND NOT indnullsnotdistinct AND NOT attnotnull
      AND relnamespace = 'public'::regnamespace AND relname !~ '^_yoyo'
    """
    # Rows without an environment are held apart by kebechet_github_installations_key instead.
    assert connected.execute(statement).fetchall() == [
        ("kebechet_github_installations_slug_runtime_environment_name_key", "runtime_environment_name")
    ]


def test_every_foreign_key_has_an_index(connected: Connection) -> None:
    statement = """
    SELECT conrelid::regclass::text, conname
    FROM pg_constraint
    WHERE contype = 'f'
      AND NOT EXISTS (
        SELECT FROM pg_index WHERE indrelid = conrelid AND indkey[0] = conkey[1] AND indpred IS NULL AND indisvalid
      )
    """
    assert connected.execute(statement).fetchall() == []


def test_no_index_is_the_beginning_of_another(connected: Connection) -> None:
    statement = """
    SELECT narrow.indexrelid::regclass::text, wide.indexrelid::regclass::text
    FROM pg_index AS narrow
    JOIN pg_index AS wide USING (indrelid)
    JOIN pg_class ON pg_class.oid = narrow.indrelid
    WHERE narrow.indexrelid <> wide.indexrelid
      AND relnamespace = 'public'::regnamespace
      AND narrow.indexprs IS NULL
      AND (wide.indkey::text || ' ') LIKE (narrow.indkey::text || ' %')
      -- one that compares otherwise, or holds some of the rows only, replaces no other
      AND (wide.indclass::text || ' ') LIKE (narrow.indclass::text || ' %')
      AND pg_get_expr(wide.indpred, wide.indrelid)
        IS NOT DISTINCT FROM pg_get_expr(narrow.indpred, narrow.indrelid)
      AND NOT narrow.indisprimary
      AND (NOT narrow.indisunique OR narrow.indnatts = wide.indnatts)
    """
    assert connected.execute(statement).fetchall() == []


@pytest.mark.parametrize(
    ("name", "arguments", "index"),
    [
        ("get_python_package_version_import_packages_all", {"import_name": "flask.*"}, "import_package_name_idx"),
        ("get_unsolved_python_packages_all_per_adviser_run", {"source_type": "CLI"}, "adviser_run_to_repeat_idx"),
        ("get_error_solved_document_id_all", {"unsolvable": True, "package_name": "flask"}, "solved_error_idx"),
    ],
)
def test_a_read_finds_the_index_that_was_made_for_it(
    connected: Connection, name: str, arguments: dict[str, Any], index: str
) -> None:
    query = queries_by_name[name]
    parameters = query.parameters(**arguments)
    # of empty tables it would read all that there is
    connected.execute("SET enable_seqscan = off")
    plan = connected.execute(b"EXPLAIN " + query.statement.variant(parameters), parameters).fetchall()
    assert any(index in line for (line,) in plan)


def test_every_foreign_key_is_valid_and_leans_on_a_primary_key(connected: Connection) -> None:
    statement = """
    SELECT conname
    FROM pg_constraint
    JOIN pg_index ON indexrelid = conindid
    WHERE contype = 'f' AND NOT (convalidated AND indisprimary)
    """
    assert connected.execute(statement).fetchall() == []


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("environment_type", enums.EnvironmentTypeEnum),
        ("software_stack_type", enums.SoftwareStackTypeEnum),
        ("inspection_sync_state", enums.InspectionSyncStateEnum),
        ("recommendation_type", enums.RecommendationTypeEnum),
        ("requirements_format", enums.RequirementsFormatEnum),
        ("distutils_type", enums.MetadataDistutilsTypeEnum),
        ("source_type", enums.SourceTypeEnum),
    ],
)
def test_a_type_holds_the_values_of_its_enumeration(connected: Connection, name: str, members: type[Enum]) -> None:
    labels = connected.execute("SELECT enumlabel FROM pg_enum WHERE enumtypid = to_regtype(%s)", (name,)).fetchall()
    assert {label for (label,) in labels} == {member.value for member in members}


def test_every_table_and_function_says_what_it_is(connected: Connection) -> None:
    statement = """
    SELECT oid::regclass::text
    FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname !~ '^_yoyo'
      AND obj_description(oid, 'pg_class') IS NULL
    UNION ALL
    SELECT oid::regprocedure::text
    FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND obj_description(oid, 'pg_proc') IS NULL
    """
    assert connected.execute(statement).fetchall() == []


def test_nothing_uses_md5_which_servers_in_fips_mode_refuse() -> None:
    for migration in read_migrations():
        text = "\n".join(statement.text for statement in migration.statements())
        assert "md5" not in text.lower()


def test_nothing_that_is_stored_can_be_stored_again(original_database: str) -> None:
    with psycopg.connect(original_database, autocommit=True) as connection:
        before = contents(connection)
        plant_copies(connection)
        assert contents(connection) == before


def test_the_same_dependency_under_two_extras_or_markers_is_two_rows(connected: Connection) -> None:
    connected.execute("INSERT INTO python_package_version_entity (id, package_name) VALUES (1, 'a')")
    connected.execute(
        "INSERT INTO python_package_version (id, package_name, os_name, os_version, python_version, entity_id) "
        "VALUES (1, 'a', 'rhel', '9', '3.11', 1)"
    )
    rows = [("*", None, None), ("*", "dev", None), ("*", None, "os_name == 'nt'"), (">1", None, None)]
    insert = "INSERT INTO depends_on VALUES (1, 1, %s, %s, %s, TRUE) ON CONFLICT DO NOTHING"
    for row in [*rows, *rows]:
        connected.execute(insert, row)
    found = connected.execute("SELECT version_range, extra, marker FROM depends_on").fetchall()
    assert sorted(found, key=str) == sorted(rows, key=str)


SOLVED = """
INSERT INTO solved (
  datetime, document_id, duration, error, error_unparseable, error_unsolvable, is_provided, ecosystem_solver_id,
  version_id
)
VALUES ('2026-01-01', 'solver-1', NULL, TRUE, FALSE, %(unsolvable)s, %(provided)s, 1, NULL)
ON CONFLICT DO NOTHING
"""


def test_a_failure_on_a_version_that_is_not_provided_is_stored_once(connected: Connection) -> None:
    connected.execute("INSERT INTO ecosystem_solver VALUES (1, 'python', 'solver', '1', 'rhel', '9', '3.11')")
    for unsolvable, provided in [(False, False), (False, False), (True, False), (False, None), (False, None)]:
        connected.execute(SOLVED, {"unsolvable": unsolvable, "provided": provided})
    found = connected.execute("SELECT error_unsolvable, is_provided FROM solved ORDER BY 1, 2").fetchall()
    assert found == [(False, False), (False, None), (True, False)]


def test_a_failure_without_a_version_keeps_the_older_schema_away(connected: Connection, database: str) -> None:
    connected.execute("INSERT INTO ecosystem_solver VALUES (1, 'python', 'solver', '1', 'rhel', '9', '3.11')")
    connected.execute(SOLVED, {"unsolvable": False, "provided": False})
    later = [name for name in REPAIRS if name >= "0018"]
    rollback(database, count=len(later) - 1)
    with pytest.raises(
        MigrationError, match=r'(?s)^0018.*column "version_id" of relation "solved" contains null values'
    ):
        rollback(database)
    assert connected.execute("SELECT count(*) FROM solved").fetchone() == (1,)


@pytest.mark.parametrize("table", ["pi_conv1d", "pi_conv2d"])
def test_a_padding_with_a_name_keeps_the_older_schema_away(
    connection: psycopg.Connection[Any], database: str, rows: Rows, table: str
) -> None:
    rows.performance_indicator(table, rows.inspection(), "tensorflow", padding_mode="SAME")
    later = [name for name in REPAIRS if name > "0035"]
    if later:
        rollback(database, count=len(later))
    with pytest.raises(
        MigrationError, match=r'(?s)^0034.*column "padding" of relation "pi_conv\dd" contains null values'
    ):
        rollback(database)
    assert connection.execute(f"SELECT padding, padding_mode FROM {table}".encode()).fetchall() == [(None, "SAME")]


@pytest.mark.parametrize("table", ["pi_conv1d", "pi_conv2d"])
def test_a_padding_is_a_number_or_a_name_but_not_both(rows: Rows, table: str) -> None:
    run_id = rows.inspection()
    rows.performance_indicator(table, run_id, "pytorch", padding=1)
    with pytest.raises(errors.CheckViolation, match=f"{table}_padding_check"):
        rows.performance_indicator(table, run_id, "tensorflow", padding=1, padding_mode="SAME")
