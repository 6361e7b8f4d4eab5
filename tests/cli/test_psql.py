"""Queries as psql runs them."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.cli.calling import call, succeed
from tests.cli.samples import sample_values
from tests.fix_rows import Rows
from thoth_storages.cli.parameters import bound, required
from thoth_storages.cli.psql import psql_script
from thoth_storages.enums import RecommendationTypeEnum
from thoth_storages.ephemeral import find_programs
from thoth_storages.sql.named import catalog
from thoth_storages.sql.query import Query
from thoth_storages.sql.source import read_text

QUERY = """\
-- name: get_things
-- Things, a colour at a time: ':colour' isn't touched here.
-- params: colour, *, size=None, shapes: list[str | None] | None = None, round=False,
--         is_new: bool | None = None, count=2
-- returns: [name]
SELECT
  DISTINCT             --? round
  name                 -- :colour in a comment
FROM thing
WHERE colour = :colour AND note <> ':colour'
  AND size = :size::int     --? size
  AND shape = ANY (:shapes)  --? shapes
  AND is_new = :is_new       --? is_new
LIMIT :count;
"""


def things(text: str = QUERY) -> Query:
    return Query("get_things", read_text(text)[0], lambda connection, **parameters: [])


def script(text: str = QUERY, **given: Any) -> list[str]:
    query = things(text)
    missing = [name for name in required(query) if name not in given]
    values = bound(query, given | dict.fromkeys(missing))
    return psql_script(query, {name: value for name, value in values.items() if name not in missing}, missing).split(
        "\n"
    )


def psql(conninfo: str, text: str) -> subprocess.CompletedProcess[str]:
    command = [str(find_programs() / "psql"), "--no-psqlrc", "--quiet", "--tuples-only", "--no-align"]
    return subprocess.run([*command, conninfo], input=text, capture_output=True, text=True, check=False)


def test_variables_are_set_first_and_the_rest_is_the_file() -> None:
    lines = script(colour="red", size=7)
    assert lines[:4] == [r"\set colour 'red'", r"\set size '7'", r"\set count '2'", "-- name: get_things"]
    assert lines[3:7] == QUERY.split("\n")[:4]
    assert lines[-2:] == ["LIMIT :'count';", ""]


def test_lines_whose_parameters_are_not_given_are_comments() -> None:
    text = "\n".join(script(colour="red", is_new=False))
    assert "--   DISTINCT             --? round\n" in text
    assert "--   AND size = :'size'::int     --? size\n" in text
    assert "\n  AND is_new = :'is_new'       --? is_new\n" in text
    assert r"\set is_new 'false'" in text
    assert r"\set size" not in text


def test_a_flag_brings_its_line_and_needs_no_variable() -> None:
    text = "\n".join(script(colour="red", round=True))
    assert "\n  DISTINCT             --? round\n" in text
    assert r"\set round" not in text


def test_comments_and_texts_keep_what_looks_like_a_parameter() -> None:
    text = "\n".join(script(colour="red"))
    assert "-- :colour in a comment" in text
    assert "WHERE colour = :'colour' AND note <> ':colour'" in text
    assert "':colour' isn't touched here" in text


def test_null_is_written_out() -> None:
    assert "LIMIT NULL;" in script(colour="red", count=None)


def test_what_is_missing_stands_first_to_be_filled_in() -> None:
    assert script()[:4] == ["-- Fill in:", r"\set colour ''", r"\set count '2'", "-- name: get_things"]


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("it's", r"\set colour 'it\'s'"),
        ("a\\b\nc\td\re", r"\set colour 'a\\b\nc\td\re'"),
        (dt.datetime(2024, 2, 29, 12, 30), r"\set colour '2024-02-29T12:30:00'"),
        (RecommendationTypeEnum.STABLE, r"\set colour 'STABLE'"),
        ([], r"\set colour '{}'"),
        ([None, "null", 'a"b\\c', 7], r"""\set colour '{NULL,"null","a\\"b\\\\c","7"}'"""),
    ],
)
def test_values_are_quoted(value: Any, line: str) -> None:
    assert script(colour=value)[0] == line


def test_a_statement_without_a_semicolon_gets_one() -> None:
    assert script(QUERY.replace("LIMIT :count;", "LIMIT :count  -- the end"), colour="red")[-3:] == [
        "LIMIT :'count'  -- the end",
        ";",
        "",
    ]


@pytest.mark.parametrize("value", ["it's", "a\\b\nc", 'say "no"', ":colour", "`ls`", "$$", "%", "Größe"])
def test_psql_reads_the_value_that_was_given(empty_database: str, value: str) -> None:
    text = (
        "-- name: get_it$\n-- params: value\n-- returns: it\nSELECT encode(convert_to(:value, 'UTF8'), 'hex') AS it;\n"
    )
    result = psql(empty_database, psql_script(things(text), {"value": value}, ()))
    assert (result.stdout.strip(), result.stderr) == (value.encode().hex(), "")


def test_psql_answers_what_the_query_answers(database: str, connection: psycopg.Connection[Any], rows: Rows) -> None:
    version = rows.version("flask", "2.0")
    rows.depends_on(version, "click", "8.0")
    rows.depends_on(version, "asgiref", "3.2", extra="async")
    rows.depends_on(version, "dotenv", "0.1", extra="dot,env")
    for extras, expected in (("null,async", 2), ('"dot,env"', 1), ("null,", 1)):
        arguments = ["-p", "package_name=Flask", "-p", f"extras={extras}"]
        result = psql(database, succeed("sql", "show", "get_depends_on", "--psql", *arguments))
        assert result.stderr == ""
        assert len(result.stdout.splitlines()) == expected


@pytest.mark.parametrize("is_full", [False, True], ids=["required", "everything"])
def test_psql_takes_every_query(database: str, tmp_path: Path, is_full: bool) -> None:
    for name, query in catalog.items():
        text = psql_script(query, sample_values(query, is_full=is_full), ())
        (tmp_path / f"{name}.sql").write_text(f"BEGIN;\n{text}\nROLLBACK;\n")
    scripts = sorted(tmp_path.glob("*.sql"))
    assert len(scripts) == len(catalog)
    result = psql(database, "\\set VERBOSITY sqlstate\n" + "".join(f"\\i {path}\n" for path in scripts))
    # What the sample values set off is no matter: values that fit no type (22), rows that nothing refers to (23).
    told = [line for line in result.stderr.splitlines() if not re.search(r"ERROR:  2[23]\w{3}$", line)]
    assert told == []


def test_values_without_psql_are_a_wrong_call() -> None:
    result = call("sql", "show", "get_depends_on", "-p", "package_name=flask")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "-p goes with --psql" in result.stderr


def test_a_query_is_ended_though_the_line_that_ends_it_is_left_out() -> None:
    text = QUERY.replace("LIMIT :count;", "LIMIT 2;  --? size")
    lines = script(text.replace(", count=2", ""), colour="red")
    assert lines[-3:] == ["-- LIMIT 2;  --? size", ";", ""]
    assert script(text.replace(", count=2", ""), colour="red", size=1)[-2:] == ["LIMIT 2;  --? size", ""]
