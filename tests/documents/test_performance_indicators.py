"""Performance indicators: their reports, their tables, and how another one is added."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.documents.making import Document
from tests.documents.making_inspections import (
    CONV1D,
    CONV2D,
    INSPECTION_ID,
    MATMUL,
    PYBENCH,
    REPORTS,
    SCRIPT,
    SPEED,
    USAGE,
    inspection_document,
    report,
    write,
)
from tests.documents.writing import select, select_column
from thoth_storages.documents.inspection import inspection_rows
from thoth_storages.documents.performance_indicators import INDICATORS, Indicator, Value, integers, numbers, texts
from thoth_storages.exceptions import DocumentError
from thoth_storages.sql.catalog import Catalog

Connection = psycopg.Connection[Any]

INDICATOR_NAMES = list(INDICATORS)
SHA256 = "12" * 32


def table_of(name: str) -> str:
    """Answer the name of an indicator's table."""
    return f"pi_{name.removeprefix('Pi').lower()}"


def measured(stdout: Document, **result: Any) -> dict[str, Value]:
    """Answer the columns that a report is read as."""
    measurement = inspection_rows(inspection_document(stdout, **result)).measurement
    assert measurement is not None
    return dict(measurement.columns)


def test_what_a_script_reports_is_read_with_how_it_went() -> None:
    assert measured(REPORTS["PiMatmul"]) == {
        "component": "tensorflow",
        "origin": SCRIPT,
        "version": SHA256,
        "overall_score": None,
        "exit_code": 0,
        **USAGE,
        **MATMUL,
        **SPEED,
    }


def test_the_report_may_stand_beside_what_was_printed() -> None:
    beside = inspection_document("printed", **REPORTS["PiMatmul"])
    measurement = inspection_rows(beside).measurement
    assert measurement is not None
    assert dict(measurement.columns) == measured(REPORTS["PiMatmul"])


@pytest.mark.parametrize(("said", "version"), [("1.2", "1.2"), (None, SHA256), ("", SHA256)])
def test_a_script_s_version_is_what_it_says_or_its_digest(said: str | None, version: str) -> None:
    assert measured(report("PiMatmul", MATMUL, version=said))["version"] == version


def test_a_script_may_score_itself() -> None:
    assert measured(report("PiMatmul", MATMUL, overall_score=7))["overall_score"] == 7.0


@pytest.mark.parametrize("name", ["PiConv1D", "PiConv2D"])
@pytest.mark.parametrize(("padding", "columns"), [(0, (0, None)), (3, (3, None)), ("SAME", (None, "SAME"))])
def test_a_padding_is_a_number_or_a_name(
    connection: Connection, name: str, padding: object, columns: tuple[int | None, str | None]
) -> None:
    write(
        connection,
        inspection_document(report(name, {**(CONV1D if name == "PiConv1D" else CONV2D), "padding": padding})),
    )
    assert select(connection, f"SELECT padding, padding_mode FROM {table_of(name)}") == [columns]


def test_measurements_that_differ_only_in_the_name_of_the_padding_are_two(connection: Connection) -> None:
    for padding in ("SAME", "VALID", "SAME"):
        write(connection, inspection_document(report("PiConv2D", {**CONV2D, "padding": padding})))
    assert select_column(connection, "SELECT padding_mode FROM pi_conv2d ORDER BY 1") == ["SAME", "VALID"]


def test_for_want_of_a_batch_the_mini_batch_is_taken() -> None:
    parameters = {name: value for name, value in CONV2D.items() if name != "batch"}
    assert measured(report("PiConv2D", {**parameters, "mini_batch": 100}))["batch"] == 100


def test_what_has_no_column_is_logged_and_left_out(caplog: pytest.LogCaptureFixture) -> None:
    unknown = report("PiConv2D", {**CONV2D, "mini_batch": 100, "groups": 1}, {**SPEED, "flops": 3})
    with caplog.at_level(logging.WARNING):
        assert measured(unknown) == measured(REPORTS["PiConv2D"])
    assert [record.getMessage() for record in caplog.records] == [
        f"{INSPECTION_ID}: there is no column for @parameters.groups, @parameters.mini_batch, not stored",
        f"{INSPECTION_ID}: there is no column for @result.flops, not stored",
    ]


def test_of_a_usual_report_nothing_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    for stdout in REPORTS.values():
        measured(stdout)
    assert caplog.records == []


def with_parameter(**parameter: object) -> Document:
    return inspection_document(report("PiMatmul", {**MATMUL, **parameter}))


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (inspection_document({"a": 1}), "result.stdout.name: a text is needed, found nothing"),
        (inspection_document(report("PiMatmul", MATMUL, component="")), "result.stdout.component: a text is needed"),
        (
            inspection_document(report("PiMatmul", MATMUL, overall_score="7")),
            "result.stdout.overall_score: a number is",
        ),
        (
            inspection_document(report("PiMatmul", MATMUL, version="x" * 257)),
            'result.stdout.version: a text of at most 256 characters is needed, found "xxx',
        ),
        (
            inspection_document({"name": "PiMatmul", "component": "x", "@parameters": MATMUL}),
            "result.stdout.@result: an object is needed, found nothing",
        ),
        (
            inspection_document({"name": "PiMatmul", "component": "x", "@result": SPEED}),
            "result.stdout.@parameters: an object is needed, found nothing",
        ),
        (
            inspection_document("printed", **report("PiMatmul", {})),
            "result.@parameters.device: a text is needed, found nothing",
        ),
        (with_parameter(matrix_size=None), "result.stdout.@parameters.matrix_size: a number is needed, found null"),
        (with_parameter(matrix_size="512"), 'result.stdout.@parameters.matrix_size: a number is needed, found "512"'),
        (with_parameter(reps=2**31), "result.stdout.@parameters.reps: a number up to 2147483647 is needed"),
        (with_parameter(device=0), "result.stdout.@parameters.device: a text is needed, found 0"),
        (
            inspection_document(report("PiMatmul", MATMUL, {"elapsed": 1.0})),
            "result.stdout.@result.rate: a number is needed, found nothing",
        ),
        (
            inspection_document(report("PiMatmul", MATMUL, {"elapsed": float("nan"), "rate": 1})),
            "result.stdout.@result.elapsed: a number is needed, found NaN",
        ),
        (
            inspection_document(report("PiConv2D", {**CONV2D, "padding": None})),
            "result.stdout.@parameters.padding: a number is needed, found null",
        ),
        (
            inspection_document(report("PiConv1D", {**CONV1D, "padding": "x" * 257})),
            "result.stdout.@parameters.padding: a text of at most 256 characters is needed",
        ),
        (
            inspection_document(REPORTS["PiMatmul"], specification={"script": "x" * 257}),
            "specification.script: a text of at most 256 characters is needed",
        ),
        (
            inspection_document(REPORTS["PiMatmul"], script_sha256=None),
            "result.script_sha256: a text is needed, found null",
        ),
        (inspection_document(REPORTS["PiMatmul"], exit_code=None), "result.exit_code: a number is needed, found null"),
        (inspection_document(REPORTS["PiMatmul"], usage=None), "result.usage: an object is needed, found null"),
        (
            inspection_document(REPORTS["PiMatmul"], usage={}),
            "result.usage.ru_utime: a number is needed, found nothing",
        ),
    ],
)
def test_what_cannot_be_stored_is_refused_by_its_path(document: Document, message: str) -> None:
    with pytest.raises(DocumentError, match=f"^{INSPECTION_ID}: {re.escape(message)}"):
        inspection_rows(document)


@pytest.mark.parametrize("name", INDICATOR_NAMES)
def test_each_column_of_the_table_is_read_from_the_report(connection: Connection, name: str) -> None:
    query = f"SELECT attname FROM pg_attribute WHERE attrelid = '{table_of(name)}'::regclass AND attnum > 0"
    assert set(measured(REPORTS[name])) == {*select_column(connection, query)} - {"id", "inspection_run_id"}


@pytest.mark.parametrize("name", INDICATOR_NAMES)
def test_a_measurement_is_stored_as_it_was_read(connection: Connection, name: str) -> None:
    write(connection, inspection_document(REPORTS[name]))
    query = f"SELECT to_jsonb(pi) - 'id' - 'inspection_run_id' FROM {table_of(name)} AS pi"
    assert select_column(connection, query) == [measured(REPORTS[name])]


@pytest.mark.parametrize("number", [0.1, 1e-300, 1.7976931348623157e308, 2**53 + 1, 1 / 3])
def test_a_number_is_stored_as_exactly_as_the_column_can(connection: Connection, number: float) -> None:
    write(connection, inspection_document(report("PiMatmul", MATMUL, {"elapsed": number, "rate": -number})))
    assert select(connection, "SELECT elapsed, rate FROM pi_matmul") == [(float(number), -float(number))]


def test_all_averages_of_pybench_are_distinct_columns() -> None:
    assert len(PYBENCH) == 53
    assert all(name.endswith("_average") for name in PYBENCH)


ADDED_TABLE = """
CREATE TABLE pi_search (LIKE pi_matmul INCLUDING ALL);
ALTER TABLE pi_search DROP COLUMN device, DROP COLUMN matrix_size, DROP COLUMN dtype, DROP COLUMN rate,
  ADD COLUMN algorithm varchar(256) NOT NULL
"""
ADDED_QUERY = """
-- name: insert_pi_search!
-- Add measurements of searches that aren't there.
-- params: measurements: str
INSERT INTO pi_search (
  inspection_run_id, component, origin, version, overall_score, exit_code, ru_utime, ru_stime, ru_maxrss, ru_ixrss,
  ru_idrss, ru_isrss, ru_minflt, ru_majflt, ru_nswap, ru_inblock, ru_oublock, ru_msgsnd, ru_msgrcv, ru_nsignals,
  ru_nvcsw, ru_nivcsw, algorithm, reps, elapsed
)
SELECT
  measured.inspection_run_id, measured.component, measured.origin, measured.version, measured.overall_score,
  measured.exit_code, measured.ru_utime, measured.ru_stime, measured.ru_maxrss, measured.ru_ixrss, measured.ru_idrss,
  measured.ru_isrss, measured.ru_minflt, measured.ru_majflt, measured.ru_nswap, measured.ru_inblock,
  measured.ru_oublock, measured.ru_msgsnd, measured.ru_msgrcv, measured.ru_nsignals, measured.ru_nvcsw,
  measured.ru_nivcsw, measured.algorithm, measured.reps, measured.elapsed
FROM json_populate_recordset(NULL::pi_search, :measurements::json) AS measured
WHERE NOT EXISTS (
  SELECT
  FROM pi_search AS known
  WHERE known.inspection_run_id = measured.inspection_run_id
    AND to_jsonb(known) - 'id' = to_jsonb(measured) - 'id'
)
ORDER BY measured.inspection_run_id
ON CONFLICT DO NOTHING;
"""


def test_a_table_a_query_and_an_entry_add_an_indicator(
    connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.execute(ADDED_TABLE.encode())
    (tmp_path / "performance_indicator.sql").write_text(ADDED_QUERY)
    insert = Catalog(tmp_path)["insert_pi_search"]
    entry = Indicator(insert, (*texts("algorithm"), *integers("reps")), numbers("elapsed"))
    monkeypatch.setitem(INDICATORS, "PiSearch", entry)
    document = inspection_document(report("PiSearch", {"algorithm": "bisection", "reps": 5}, {"elapsed": 0.25}))
    write(connection, document)
    write(connection, document)
    query = "SELECT component, ru_nivcsw, algorithm, reps, elapsed FROM pi_search"
    assert select(connection, query) == [("tensorflow", USAGE["ru_nivcsw"], "bisection", 5, 0.25)]
