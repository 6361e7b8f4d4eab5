"""What is recorded of one package version: where it was seen, how that went, its artifacts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import psycopg
import pytest

from tests.fix_rows import PYPI, YESTERDAY, Rows
from thoth_storages import queries
from thoth_storages.exceptions import NotFoundError

OTHER_INDEX = "https://index.example.com/simple"
FEDORA: dict[str, Any] = {"os_name": "fedora", "os_version": "35", "python_version": "3.10"}
RHEL: dict[str, Any] = {"os_name": "rhel", "os_version": "8", "python_version": "3.8"}
ANY_ENVIRONMENT: dict[str, Any] = {"os_name": None, "os_version": None, "python_version": None}
LATER = YESTERDAY + dt.timedelta(hours=1)
FILTERS: list[dict[str, Any]] = [{"os_name": "rhel"}, {"os_version": "36"}, {"python_version": "3.9"}]

Connection = psycopg.Connection[Any]


class TestRecords:
    def test_a_record_names_package_index_and_environment(self, connection: Connection, rows: Rows) -> None:
        rows.version("flask", "1.0")
        rows.version("flask", "1.1")
        assert queries.get_python_package_version_records(connection, "Flask", "1.0.0rc0", PYPI, **FEDORA) == []
        assert queries.get_python_package_version_records(connection, "Flask", "01.0", PYPI, **FEDORA) == [
            {"package_name": "flask", "package_version": "1.0", "index_url": PYPI, **FEDORA}
        ]

    def test_none_matches_every_index_and_environment(self, connection: Connection, rows: Rows) -> None:
        for index_url in (PYPI, OTHER_INDEX):
            for environment in (RHEL, FEDORA):
                rows.version("flask", index_url=index_url, **environment)
        answer = queries.get_python_package_version_records(connection, "flask", "1.0", None, **ANY_ENVIRONMENT)
        assert [(record["index_url"], record["os_name"]) for record in answer] == [
            (OTHER_INDEX, "fedora"),
            (OTHER_INDEX, "rhel"),
            (PYPI, "fedora"),
            (PYPI, "rhel"),
        ]

    def test_an_index_is_a_filter(self, connection: Connection, rows: Rows) -> None:
        rows.version("flask")
        rows.version("flask", index_url=OTHER_INDEX)
        answer = queries.get_python_package_version_records(connection, "flask", "1.0", OTHER_INDEX, **ANY_ENVIRONMENT)
        assert [record["index_url"] for record in answer] == [OTHER_INDEX]

    @pytest.mark.parametrize("change", FILTERS)
    def test_each_part_of_the_environment_is_a_filter(
        self, connection: Connection, rows: Rows, change: dict[str, Any]
    ) -> None:
        rows.version("flask")
        rows.version("flask", **change)
        answer = queries.get_python_package_version_records(
            connection, "flask", "1.0", PYPI, **{**ANY_ENVIRONMENT, **change}
        )
        assert [{name: dict(record)[name] for name in FEDORA} for record in answer] == [{**FEDORA, **change}]

    def test_a_version_without_an_index_is_no_record(self, connection: Connection, rows: Rows) -> None:
        rows.version("flask", index_url=None)
        assert queries.get_python_package_version_records(connection, "flask", "1.0", None, **ANY_ENVIRONMENT) == []


class TestSolverError:
    @pytest.mark.parametrize("error", [True, False])
    def test_the_latest_run_tells(self, connection: Connection, rows: Rows, error: bool) -> None:
        version = rows.version("flask")
        rows.solved(version, "solver-1", datetime=LATER, error=error)
        rows.solved(version, "solver-2", datetime=YESTERDAY, error=not error)
        assert queries.has_python_solver_error(connection, "Flask", "1.0", PYPI, **FEDORA) is error

    @pytest.mark.parametrize("change", FILTERS)
    def test_each_part_of_the_environment_is_a_filter(
        self, connection: Connection, rows: Rows, change: dict[str, Any]
    ) -> None:
        rows.solved(rows.version("flask"), "solver-1", datetime=LATER, error=False)
        rows.solved(rows.version("flask", **change), "solver-2", datetime=YESTERDAY, error=True)
        asked = {**ANY_ENVIRONMENT, **change}
        assert queries.has_python_solver_error(connection, "flask", "1.0", PYPI, **asked) is True
        assert queries.has_python_solver_error(connection, "flask", "1.0", PYPI, **ANY_ENVIRONMENT) is False

    @pytest.mark.parametrize("asked", [("flask", "1.1", PYPI), ("click", "1.0", PYPI), ("flask", "1.0", OTHER_INDEX)])
    def test_what_no_solver_has_seen_is_an_error(
        self, connection: Connection, rows: Rows, asked: tuple[str, str, str]
    ) -> None:
        rows.solved(rows.version("flask"))
        rows.index(OTHER_INDEX)
        with pytest.raises(NotFoundError):
            queries.has_python_solver_error(connection, *asked, **ANY_ENVIRONMENT)


class TestMissing:
    @pytest.mark.parametrize(
        ("flags", "is_missing"), [((False, False), False), ((True, True), True), ((True, False), True)]
    )
    def test_one_environment_where_it_is_missing_suffices(
        self, connection: Connection, rows: Rows, flags: tuple[bool, bool], is_missing: bool
    ) -> None:
        for environment, flag in zip((FEDORA, RHEL), flags, strict=True):
            rows.version("flask", is_missing=flag, **environment)
        assert queries.is_python_package_version_is_missing(connection, "Flask", "1.0", PYPI) is is_missing

    @pytest.mark.parametrize("asked", [("flask", "1.1", PYPI), ("click", "1.0", PYPI), ("flask", "1.0", OTHER_INDEX)])
    def test_an_unknown_package_version_is_an_error(
        self, connection: Connection, rows: Rows, asked: tuple[str, str, str]
    ) -> None:
        rows.version("flask", is_missing=True)
        with pytest.raises(NotFoundError):
            queries.is_python_package_version_is_missing(connection, *asked)


class TestArtifacts:
    def test_hashes_of_the_artifacts_are_answered(self, connection: Connection, rows: Rows) -> None:
        flask = rows.entity("flask")
        rows.artifact(flask, "bb", "flask-1.0.tar.gz")
        rows.artifact(flask, "aa", "flask-1.0-py3-none-any.whl")
        rows.artifact(rows.entity("flask", index_url=OTHER_INDEX), "cc")
        assert queries.get_python_package_hashes_sha256(connection, "Flask", "1.0", PYPI) == ["aa", "bb"]

    def test_a_hash_under_two_names_stands_twice_unless_distinct(self, connection: Connection, rows: Rows) -> None:
        flask = rows.entity("flask")
        for name in ("flask-1.0.tar.gz", "Flask-1.0.tar.gz"):
            rows.artifact(flask, "aa", name)
        assert queries.get_python_package_hashes_sha256(connection, "flask", "1.0", PYPI) == ["aa", "aa"]
        assert queries.get_python_package_hashes_sha256(connection, "flask", "1.0", PYPI, distinct=True) == ["aa"]

    def test_an_unknown_package_version_has_no_hashes(self, connection: Connection) -> None:
        assert queries.get_python_package_hashes_sha256(connection, "unheard-of", "1.0", PYPI) == []

    def test_symbols_that_several_artifacts_need_stand_once(self, connection: Connection, rows: Rows) -> None:
        numpy = rows.entity("numpy")
        for artifact_hash in ("aa", "bb"):
            artifact = rows.artifact(numpy, artifact_hash)
            rows.required_symbol(artifact, "GLIBC_2.17", "libc.so.6")
            rows.required_symbol(artifact, "GLIBC_2.17", "libm.so.6")
        rows.required_symbol(artifact, "GCC_3.0", "libgcc_s.so.1")
        assert queries.get_python_package_required_symbols(connection, "NumPy", "1.0", PYPI) == [
            "GCC_3.0",
            "GLIBC_2.17",
        ]

    @pytest.mark.parametrize("asked", [("numpy", "1.1", PYPI), ("scipy", "1.0", PYPI), ("numpy", "1.0", OTHER_INDEX)])
    def test_what_needs_no_symbols_has_an_empty_list(
        self, connection: Connection, rows: Rows, asked: tuple[str, str, str]
    ) -> None:
        rows.required_symbol(rows.artifact(rows.entity("numpy"), "aa"), "GLIBC_2.17")
        rows.index(OTHER_INDEX)
        assert queries.get_python_package_required_symbols(connection, *asked) == []


class TestFlags:
    @pytest.mark.parametrize("value", [True, False])
    @pytest.mark.parametrize(
        ("method", "column"),
        [
            ("update_missing_flag_package_version", "is_missing"),
            ("update_provides_source_distro_package_version", "provides_source_distro"),
        ],
    )
    def test_a_flag_is_set_in_every_environment_of_the_version_on_the_index(
        self, connection: Connection, rows: Rows, method: str, column: str, value: bool
    ) -> None:
        to_change: dict[str, Any] = {column: not value}
        changed = {rows.version("flask", **environment, **to_change) for environment in (FEDORA, RHEL)}
        rows.version("flask", os_version="36", **{**to_change, column: value})
        others: list[dict[str, Any]] = [{"package_version": "1.1"}, {"index_url": OTHER_INDEX}, {"index_url": None}]
        for other in others:
            rows.version("flask", **other, **to_change)
        assert getattr(queries, method)(connection, "Flask", "01.0", PYPI, value) == len(changed)
        query = f"SELECT count(*) FROM python_package_version WHERE {column} = %s"
        assert connection.execute(query, (value,)).fetchone() == (3,)

    def test_an_artifact_is_noted_to_be_gone(self, connection: Connection, rows: Rows) -> None:
        flask, other = rows.entity("flask"), rows.entity("flask", index_url=OTHER_INDEX)
        gone = rows.artifact(flask, "aa")
        rows.artifact(flask, "bb")
        rows.artifact(other, "cc")
        assert queries.update_python_package_hash_present_flag(connection, "Flask", "01.0", PYPI, "aa") == 1
        assert queries.update_python_package_hash_present_flag(connection, "flask", "1.0", PYPI, "cc") == 0
        assert connection.execute("SELECT id FROM python_artifact WHERE NOT present").fetchall() == [(gone,)]
