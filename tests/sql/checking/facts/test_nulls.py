"""Looking for NULL where there is to be none."""

from __future__ import annotations

import pytest

from tests.sql.checking.conftest import CheckText
from thoth_storages.sql.checking.examination import examine
from thoth_storages.sql.checking.facts import nulls as facts
from thoth_storages.sql.checking.facts.nulls import Nulls
from thoth_storages.sql.checking.session import Connection
from thoth_storages.sql.checking.subject import Checked


def nulls(check: CheckText, returns: str, text: str, params: str = "") -> Nulls:
    name = "get" if "[" in returns or "{" in returns else "get$"
    header = f"-- name: {name}\n" + (f"-- params: {params}\n" if params else "")
    (found,) = examine(check(f"{header}-- returns: {returns}\n{text}\n")).nulls.values()
    return found


@pytest.mark.parametrize(
    ("returns", "text", "expected"),
    [
        ("[(name, country)]", "SELECT name, country FROM maker", {"country"}),
        ("[(name, w)]", "SELECT m.name, w.name AS w FROM maker AS m LEFT JOIN ware AS w ON w.maker_id = m.id", {"w"}),
        ("[(name, w)]", "SELECT m.name, w.name AS w FROM ware AS w RIGHT JOIN maker AS m ON w.maker_id = m.id", {"w"}),
        ("[(name, w)]", "SELECT m.name, w.name AS w FROM maker AS m FULL JOIN ware AS w ON TRUE", {"name", "w"}),
        ("[(name, w)]", "SELECT m.name, w.name AS w FROM maker AS m LEFT JOIN ware AS w USING (id)", {"w"}),
        ("[(name, w)]", "SELECT m.name, w.name AS w FROM maker AS m LEFT JOIN maker AS w ON w.id = m.id", {"w"}),
        (
            "[(name, n)]",
            "SELECT m.name, n FROM maker AS m LEFT JOIN unnest(ARRAY['x']) AS n ON n = m.name",
            {"n"},
        ),
        (
            "[(name, w)]",
            "SELECT m.name, w.name AS w FROM maker AS m LEFT JOIN (price AS p JOIN ware AS w ON w.id = p.ware_id) "
            "ON w.maker_id = m.id",
            {"w"},
        ),
        ("[(name, w)]", "SELECT m.name, w.name AS w FROM ware AS w JOIN maker AS m ON w.maker_id = m.id", set()),
        ("[(name, size)]", "SELECT w.name, w.size FROM ware AS w WHERE w.maker_id IS NOT NULL", {"size"}),
        ("[(name, is_sold)]", "SELECT w.name, nullif(w.is_sold, TRUE) AS is_sold FROM ware AS w", {"is_sold"}),
        ("[(name, colour)]", "SELECT w.name, nullif(w.colour, 'green')::text AS colour FROM ware AS w", {"colour"}),
        # an element that is all NULL adds nothing, and its key is there without it
        ("{name: [note]}", "SELECT m.name, p.note FROM maker AS m LEFT JOIN price AS p ON TRUE", set()),
        (
            "{name: [(note, amount)]}",
            "SELECT m.name, p.note, p.amount FROM maker AS m LEFT JOIN price AS p ON TRUE",
            {"note"},
        ),
        ("{country: [name]}", "SELECT m.country, m.name FROM maker AS m", {"country"}),
        ("{country: name}", "SELECT m.country, m.name FROM maker AS m", {"country"}),
        ("{name: {country: n}}", "SELECT m.name, m.country, 1 AS n FROM maker AS m", set()),
    ],
)
def test_columns_that_are_null_in_an_answer(check: CheckText, returns: str, text: str, expected: set[str]) -> None:
    found = nulls(check, returns, text)
    assert found.columns.keys() == expected
    assert found.rows > 0


def test_the_case_is_told(check: CheckText) -> None:
    found = nulls(check, "[(name, w)]", "SELECT m.name, w.name AS w FROM maker AS m LEFT JOIN ware AS w ON TRUE")
    assert found.columns == {"w": "every optional column is NULL, nothing in w matches"}


def test_the_variant_is_told(check: CheckText) -> None:
    text = "SELECT name, country FROM maker\nWHERE TRUE\n  AND country = :country --? country"
    found = nulls(check, "[(name, country)]", text, "country=None")
    assert found.columns == {"country": "every optional column is NULL, without optional lines"}


@pytest.mark.parametrize(
    ("params", "line", "expected"),
    [
        ("x=None", "", {"w": "every optional column is NULL, x is None"}),
        ("x", "", {}),
        (
            "x=None",
            "  AND m.name <> :x --? x",
            {"w": "every optional column is NULL, without optional lines, x is None"},
        ),
    ],
)
def test_a_parameter_that_may_be_none_is_tried_so(
    check: CheckText, params: str, line: str, expected: dict[str, str]
) -> None:
    text = f"SELECT m.name, lower(:x) AS w\nFROM maker AS m\nWHERE TRUE\n{line}"
    assert nulls(check, "[(name, w)]", text, params).columns == expected


def test_a_query_that_does_not_end_is_told(check: CheckText, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT 1 FROM r) SELECT count(*) AS n FROM r"
    settings = facts._SETTINGS.replace(f"'{facts.LIMIT_SECONDS}s'", "'50ms'")
    monkeypatch.setattr(facts, "_SETTINGS", settings)
    assert nulls(check, "n", endless).is_endless
    assert not nulls(check, "[name]", "SELECT m.name FROM maker AS m").is_endless


def test_a_query_whose_answer_lacks_a_column_is_not_asked(check: CheckText) -> None:
    checked = check("-- name: get\n-- returns: [(name, nam)]\nSELECT m.name FROM maker AS m\n")
    assert examine(checked).nulls == {}


def test_parameters_match_and_pages_begin_at_the_first_row(check: CheckText) -> None:
    text = "SELECT name FROM maker WHERE id = :id AND country = :country ORDER BY id OFFSET :start_offset LIMIT :count"
    assert nulls(check, "[name]", text, "id, country, start_offset=0, count=100").rows > 0


def test_a_boolean_parameter_is_tried_both_ways(check: CheckText) -> None:
    assert nulls(check, "[name]", "SELECT name FROM maker WHERE :a AND NOT :b", "a, b").rows == 0
    assert nulls(check, "[name]", "SELECT name FROM maker WHERE NOT :a", "a").rows > 0


def test_values_that_cannot_be_are_no_answer(check: CheckText) -> None:
    assert nulls(check, "[n]", "SELECT (name || 'y')::integer AS n FROM maker").rows == 0


def test_what_writes_is_undone(check: CheckText, shop: Connection) -> None:
    assert nulls(check, "[name]", "DELETE FROM maker WHERE id = :id RETURNING name", "id").rows > 0
    assert shop.execute("SELECT count(*) FROM maker").fetchone() == (0,)


def test_nearly_every_query_of_the_package_answers_something(package: Checked) -> None:
    # What the doctor and the backups ask about is what a healthy, private server doesn't have.
    aside = ("doctor.sql", "backup.sql")
    asked = {query: found for query, found in examine(package).nulls.items() if query.file.path.name not in aside}
    silent = {query.name for query, found in asked.items() if not found.rows}
    assert len(silent) < 12, silent
