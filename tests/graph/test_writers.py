"""Writing single records: package versions by name, vulnerabilities, rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from tests.fix_postgres import PointTo
from tests.fix_rows import PYPI, Rows
from thoth_storages.exceptions import NotFoundError
from thoth_storages.graph.writers import RecordWriters

OTHER_INDEX = "https://index.example.com/simple"

Connection = psycopg.Connection[Any]


@pytest.fixture
def graph(database: str, point_to: PointTo) -> Iterator[RecordWriters]:
    """The adapter, connected to the database of the fixtures ``connection`` and ``rows``."""
    point_to(database)
    adapter = RecordWriters()
    adapter.connect()
    yield adapter
    adapter.disconnect()


def entities(connection: Connection) -> list[tuple[Any, ...]]:
    """All package versions by name: name, version, index."""
    return connection.execute(
        "SELECT e.package_name, e.package_version, i.url FROM python_package_version_entity AS e"
        " LEFT JOIN python_package_index AS i ON i.id = e.python_package_index_id ORDER BY e.id"
    ).fetchall()


def ruled_versions(connection: Connection, rule_id: int) -> set[tuple[Any, ...]]:
    """The versions (version, index) that a rule is tied to."""
    rows = connection.execute(
        "SELECT e.package_version, i.url FROM python_package_version_entity_rules_association AS applies"
        " JOIN python_package_version_entity AS e ON e.id = applies.python_package_version_entity_id"
        " LEFT JOIN python_package_index AS i ON i.id = e.python_package_index_id"
        " WHERE applies.python_package_version_entity_rule_id = %s",
        (rule_id,),
    )
    return set(rows)


class TestEntities:
    @pytest.mark.parametrize(
        ("given", "stored"),
        [
            (("Flask", "01.0", "https://pypi.python.org/simple"), ("flask", "1.0", PYPI)),
            (("flask", "1.0"), ("flask", "1.0", None)),
            (("flask",), ("flask", None, None)),
            (("flask", None, PYPI), ("flask", None, PYPI)),
        ],
    )
    def test_a_package_version_is_created_once(
        self, graph: RecordWriters, connection: Connection, given: tuple[str, ...], stored: tuple[Any, ...]
    ) -> None:
        first, second = (graph.create_python_package_version_entity(*given) for _ in range(2))
        assert first is not None
        assert second is not None
        assert first[0] == second[0] == (first[0].id, *stored)
        assert (first[1], second[1]) == (False, True)
        assert entities(connection) == [stored]

    def test_a_new_index_is_not_enabled(self, graph: RecordWriters) -> None:
        graph.create_python_package_version_entity("flask", "1.0", OTHER_INDEX)
        assert graph.is_python_package_index_enabled(OTHER_INDEX) is False

    def test_an_index_that_is_there_stays_as_it_is(self, graph: RecordWriters, rows: Rows) -> None:
        rows.index(OTHER_INDEX, verify_ssl=False)
        graph.create_python_package_version_entity("flask", "1.0", OTHER_INDEX)
        assert graph.is_python_package_index_enabled(OTHER_INDEX) is True

    def test_a_version_of_an_unknown_package_is_left_out_when_asked_for(
        self, graph: RecordWriters, connection: Connection, rows: Rows
    ) -> None:
        rows.entity("click", "1.0")
        answer = graph.create_python_package_version_entity("flask", "1.0", OTHER_INDEX, only_if_package_seen=True)
        assert answer is None
        assert entities(connection) == [("click", "1.0", PYPI)]
        assert graph.get_python_package_index_urls_all() == [PYPI]

    def test_a_version_of_a_known_package_is_created(self, graph: RecordWriters, rows: Rows) -> None:
        rows.entity("flask", "0.9")
        answer = graph.create_python_package_version_entity("Flask", "1.0", PYPI, only_if_package_seen=True)
        assert answer is not None
        assert answer[0][1:] == ("flask", "1.0", PYPI)
        assert answer[1] is False

    def test_rules_are_applied_to_a_new_package_version(
        self, graph: RecordWriters, connection: Connection, rows: Rows
    ) -> None:
        rule_id = rows.rule("flask", version_range="<1")
        for version in ("0.9", "1.0"):
            graph.create_python_package_version_entity("flask", version, PYPI)
        assert ruled_versions(connection, rule_id) == {("0.9", PYPI)}

    def test_a_rule_on_one_index_is_not_applied_to_package_versions_of_another(
        self, graph: RecordWriters, connection: Connection, rows: Rows
    ) -> None:
        rule_id = rows.rule("flask", version_range="<1", python_package_index_id=rows.index(OTHER_INDEX))
        for index_url in (PYPI, OTHER_INDEX, None):
            graph.create_python_package_version_entity("flask", "0.9", index_url)
        assert ruled_versions(connection, rule_id) == {("0.9", OTHER_INDEX)}

    def test_many_at_once_create_one(self, graph: RecordWriters, connection: Connection) -> None:
        with ThreadPoolExecutor(4) as pool:
            answers = list(
                pool.map(lambda _: graph.create_python_package_version_entity("flask", None, PYPI), range(12))
            )
        assert len({answer[0].id for answer in answers if answer}) == 1
        assert entities(connection) == [("flask", None, PYPI)]


class TestVulnerabilities:
    LINK = "https://example.com/1"

    def create(self, graph: RecordWriters, *package: str, cve_id: str = "CVE-2022-1", details: str = "bad") -> bool:
        return graph.create_python_cve_record(*package, cve_id=cve_id, details=details, link=self.LINK)

    def test_a_vulnerability_of_a_package_version_is_stored(self, graph: RecordWriters, connection: Connection) -> None:
        before = dt.datetime.now(dt.UTC).replace(tzinfo=None)
        assert self.create(graph, "Flask", "01.0", "https://pypi.python.org/simple") is False
        (record,) = graph.get_python_cve_records_all("flask", "1.0")
        assert entities(connection) == [("flask", "1.0", PYPI)]
        assert (record["cve_id"], record["details"], record["link"]) == ("CVE-2022-1", "bad", self.LINK)
        assert (
            dt.timedelta(0)
            <= dt.datetime.fromisoformat(str(record["aggregated_at"])) - before
            < dt.timedelta(minutes=1)
        )

    def test_storing_it_again_says_that_it_was_known_and_changes_nothing(self, graph: RecordWriters) -> None:
        assert self.create(graph, "flask", "1.0", PYPI) is False
        first = graph.get_python_cve_records_all("flask")
        assert self.create(graph, "flask", "1.0", PYPI, details="changed") is True
        assert graph.get_python_cve_records_all("flask") == first

    def test_one_vulnerability_is_shared_by_package_versions(self, graph: RecordWriters) -> None:
        for version in ("1.0", "1.1"):
            assert self.create(graph, "flask", version, PYPI) is False
        assert graph.get_python_cve_records_count() == 1
        assert len(graph.get_python_cve_records_all("flask", "1.1")) == 1

    def test_known_vulnerabilities_use_up_no_ids(self, graph: RecordWriters, connection: Connection) -> None:
        for _ in range(3):
            self.create(graph, "flask", "1.0", PYPI)
        self.create(graph, "flask", "1.0", PYPI, cve_id="CVE-2022-2")
        assert connection.execute("SELECT max(id) FROM cve").fetchone() == (2,)

    def test_an_answer_that_is_kept_is_forgotten_by_the_write(self, graph: RecordWriters) -> None:
        assert graph.get_python_cve_records_all("flask") == []
        self.create(graph, "flask", "1.0", PYPI)
        assert len(graph.get_python_cve_records_all("flask")) == 1


class TestRules:
    @pytest.fixture(autouse=True)
    def flask(self, rows: Rows) -> None:
        for version in ("0.9", "1.0", "2.0rc1", "not-a-version", None):
            rows.entity("flask", version)
        rows.entity("flask", "0.9", index_url=OTHER_INDEX)
        rows.entity("flask", "0.9", index_url=None)
        rows.entity("click", "0.9")

    def test_a_rule_is_answered_as_it_is_stored(self, graph: RecordWriters) -> None:
        rule = graph.create_python_rule("Flask", version_specifier="<2,>=1", index_url=PYPI, description="broken")
        assert rule == {
            "id": rule["id"],
            "package_name": "flask",
            "version_range": "<2,>=1",
            "description": "broken",
            "index_url": PYPI,
        }
        assert graph.get_python_rule(rule["id"]) == rule

    @pytest.mark.parametrize(
        ("version_specifier", "index_url", "tied"),
        [
            ("<1", PYPI, {("0.9", PYPI)}),
            ("<1", OTHER_INDEX, {("0.9", OTHER_INDEX)}),
            ("<1", None, {("0.9", PYPI), ("0.9", OTHER_INDEX), ("0.9", None)}),
            (">=2.0rc1", PYPI, {("2.0rc1", PYPI)}),
            ("==3", None, set()),
        ],
    )
    def test_a_rule_is_tied_to_the_versions_that_it_is_about(
        self,
        graph: RecordWriters,
        connection: Connection,
        version_specifier: str,
        index_url: str | None,
        tied: set[tuple[str, str | None]],
    ) -> None:
        rule = graph.create_python_rule("flask", version_specifier=version_specifier, index_url=index_url)
        assert ruled_versions(connection, rule["id"]) == tied

    @pytest.mark.parametrize("version_specifier", [None, "*", ""])
    def test_a_rule_without_a_range_is_about_all_versions(
        self, graph: RecordWriters, connection: Connection, version_specifier: str | None
    ) -> None:
        rule = graph.create_python_rule("flask", version_specifier=version_specifier, index_url=PYPI)
        assert rule["version_range"] == ""
        assert {version for version, _ in ruled_versions(connection, rule["id"])} == {
            "0.9",
            "1.0",
            "2.0rc1",
            "not-a-version",
            None,
        }

    def test_a_rule_with_the_same_description_is_narrowed(self, graph: RecordWriters, connection: Connection) -> None:
        first = graph.create_python_rule("flask", version_specifier="<2", index_url=PYPI, description="broken")
        assert ruled_versions(connection, first["id"]) == {("0.9", PYPI), ("1.0", PYPI)}
        second = graph.create_python_rule("flask", version_specifier=">=1", index_url=PYPI, description="broken")
        assert second == {**first, "version_range": "<2,>=1"}
        assert ruled_versions(connection, first["id"]) == {("1.0", PYPI)}

    @pytest.mark.parametrize(
        "change", [{"description": "other"}, {"description": None}, {"index_url": None}, {"package_name": "click"}]
    )
    def test_another_rule_stays_as_it_is(self, graph: RecordWriters, change: dict[str, str | None]) -> None:
        asked: dict[str, Any] = {"package_name": "flask", "index_url": PYPI, "description": "broken"}
        first = graph.create_python_rule(**asked, version_specifier="<2")
        second = graph.create_python_rule(**{**asked, **change}, version_specifier=">=1")
        assert graph.get_python_rule_all() == [second, first]

    def test_creating_a_rule_again_changes_nothing(self, graph: RecordWriters, connection: Connection) -> None:
        rules = [graph.create_python_rule("flask", version_specifier="<1") for _ in range(2)]
        assert rules[0] == rules[1]
        assert len(graph.get_python_rule_all()) == 1
        assert len(ruled_versions(connection, rules[0]["id"])) == 3

    def test_a_rule_of_a_package_that_isn_t_known_yet_is_kept_for_later(
        self, graph: RecordWriters, connection: Connection
    ) -> None:
        rule = graph.create_python_rule("later", version_specifier="<1")
        graph.create_python_package_version_entity("later", "0.1")
        assert ruled_versions(connection, rule["id"]) == {("0.1", None)}

    def test_an_index_that_isn_t_registered_is_an_error(self, graph: RecordWriters) -> None:
        with pytest.raises(NotFoundError, match="unknown"):
            graph.create_python_rule("flask", index_url="https://unknown.example.com")
        assert graph.get_python_rule_all() == []

    @pytest.mark.parametrize("version_specifier", ["1.0", "=>1", "<1,,nonsense"])
    def test_a_specifier_that_can_t_be_read_is_an_error(self, graph: RecordWriters, version_specifier: str) -> None:
        with pytest.raises(ValueError, match="PEP 440"):
            graph.create_python_rule("flask", version_specifier=version_specifier)
        assert graph.get_python_rule_all() == []

    def test_many_at_once_make_one_rule(self, graph: RecordWriters) -> None:
        specifiers = ["<2", ">=1", "!=1.5", "!=1.6"] * 2
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda text: graph.create_python_rule("flask", version_specifier=text), specifiers))
        (rule,) = graph.get_python_rule_all()
        assert set(str(rule["version_range"]).split(",")) == set(specifiers)

    def test_a_version_that_is_created_meanwhile_is_tied(
        self, graph: RecordWriters, connection: Connection, database: str
    ) -> None:
        with ThreadPoolExecutor(1) as pool, psycopg.connect(database) as other:
            other.execute(
                "INSERT INTO python_package_version_entity (package_name, package_version) VALUES ('flask', '0.1')"
            )
            future = pool.submit(graph.create_python_rule, "flask", version_specifier="==0.1")
            while not connection.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone():
                assert not future.done()
            other.commit()
            rule = future.result()
        assert ruled_versions(connection, rule["id"]) == {("0.1", None)}
