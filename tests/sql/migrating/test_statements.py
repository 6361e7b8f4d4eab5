from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from thoth_storages.exceptions import MigrationError
from thoth_storages.sql.migrating.statements import Statement, failure, split


def cut(folder: Path, text: str) -> list[Statement]:
    path = folder / "0001.example.sql"
    path.write_text(text, encoding="utf-8")
    return split(path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("-- nothing but a comment;\n", []),
        ("SELECT 1", ["SELECT 1"]),
        ("SELECT 1;\n\nSELECT 2;\n", ["SELECT 1;", "SELECT 2;"]),
        ("SELECT 1;;", ["SELECT 1;", ";"]),
        ("-- why; indeed\nSELECT 1; -- after;\nSELECT 2;", ["SELECT 1;", "SELECT 2;"]),
        ("/* a; b */ SELECT 1;", ["SELECT 1;"]),
        ("SELECT ';';SELECT 2", ["SELECT ';';", "SELECT 2"]),
        ("SELECT 'it''s;' , \"a;b\"; SELECT 2", ["SELECT 'it''s;' , \"a;b\";", "SELECT 2"]),
        (r"SELECT E'\';'; SELECT 2", [r"SELECT E'\';';", "SELECT 2"]),
        ("DO $$ BEGIN; END $$; SELECT 2", ["DO $$ BEGIN; END $$;", "SELECT 2"]),
        ("DO $a$ SELECT $b$;$b$; $a$; SELECT 2", ["DO $a$ SELECT $b$;$b$; $a$;", "SELECT 2"]),
        ("SELECT 5 % 2, '{1}'::int[], x[1:2];", ["SELECT 5 % 2, '{1}'::int[], x[1:2];"]),
        ("BEGIN; SELECT 1; END;", ["BEGIN;", "SELECT 1;", "END;"]),
        ("SELECT CASE WHEN a THEN 1 END; SELECT 2;", ["SELECT CASE WHEN a THEN 1 END;", "SELECT 2;"]),
    ],
)
def test_a_file_is_cut_at_the_semicolons_that_end_statements(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert [statement.text for statement in cut(tmp_path, text)] == expected


def test_the_body_of_an_sql_routine_is_one_statement(tmp_path: Path) -> None:
    body = "BEGIN ATOMIC SELECT CASE WHEN a > 0 THEN 1 ELSE 2 END; SELECT 2; END;"
    create = f"CREATE OR REPLACE FUNCTION f(a integer) RETURNS integer LANGUAGE sql {body}"
    assert [statement.text for statement in cut(tmp_path, f"{create}\nSELECT 3;")] == [create, "SELECT 3;"]


@pytest.mark.parametrize("text", ["SELECT 'open;", 'SELECT "open;', "SELECT $$open;", "/* open; SELECT 1;"])
def test_what_is_never_closed_is_refused_with_its_place(tmp_path: Path, text: str) -> None:
    with pytest.raises(MigrationError, match=r"^0001\.example\.sql:2:\d+: .* never closed"):
        cut(tmp_path, f"SELECT 1;\n{text}")


def test_a_statement_knows_where_it_stands(tmp_path: Path) -> None:
    first, second = cut(tmp_path, "-- stage: pre\n\nSELECT 1;\n-- why\n  SELECT\n    2;")
    assert first.place() == ("0001.example.sql", 3, 1)
    assert second.place() == ("0001.example.sql", 5, 3)
    assert second.place(position=12) == ("0001.example.sql", 6, 5)


def fail(connection: psycopg.Connection, statement: Statement) -> str:
    with pytest.raises(psycopg.Error) as caught:
        connection.execute(statement.text.encode())
    return str(failure(caught.value, statement))


def test_a_failing_statement_is_shown_with_a_caret_below_its_place(
    tmp_path: Path, connection: psycopg.Connection
) -> None:
    _, failing = cut(tmp_path, "SELECT 1;\n\nSELECT 'ä',\n\t  nothing\nFROM pg_class;")
    place, line, caret, *_ = fail(connection, failing).splitlines()
    assert place == '0001.example.sql:4:4: column "nothing" does not exist'
    assert line == "\t  nothing"
    assert caret == "\t  ^"


def test_a_failure_without_a_position_is_shown_at_the_start_of_its_statement(
    tmp_path: Path, connection: psycopg.Connection
) -> None:
    (failing,) = cut(tmp_path, "-- why\nINSERT INTO cve (cve_id, details) VALUES ('x', ''), ('x', '');")
    message = fail(connection, failing)
    assert message.startswith("0001.example.sql:2:1: duplicate key value violates unique constraint")
    assert "detail: Key (cve_id)=(x) already exists." in message


def test_the_context_of_a_failure_within_a_function_is_told(tmp_path: Path, connection: psycopg.Connection) -> None:
    (failing,) = cut(tmp_path, "DO $$ BEGIN PERFORM 1 / 0; END $$;")
    assert "context: SQL statement" in fail(connection, failing)
