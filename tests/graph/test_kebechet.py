"""Installations of Kebechet by the methods of the graph."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from tests.fix_rows import YESTERDAY, Rows
from tests.waiting import wait_until
from thoth_storages import GraphDatabase, queries
from thoth_storages.enums import KebechetManagerEnum
from thoth_storages.exceptions import NotFoundError
from thoth_storages.graph import kebechet

Connection = psycopg.Connection[Any]

APP: dict[str, Any] = {"slug": "acme/app", "repo_name": "app", "private": False, "installation_id": "1"}


def summary(graph: GraphDatabase) -> list[tuple[Any, ...]]:
    """Of each installation: repository, environment, whether it is private, by which id, and whether it is active."""
    keys = ("slug", "runtime_environment_name", "private", "installation_id", "is_active")
    return [tuple(row[key] for key in keys) for row in map(dict, graph.get_kebechet_github_app_installations_all())]


class TestCreating:
    def test_a_new_installation_is_active_and_was_not_there(self, graph: GraphDatabase) -> None:
        before = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
        assert graph.create_github_app_installation("acme/app", "app", True, "7") is False
        (installation,) = graph.get_kebechet_github_app_installations_all()
        assert installation["repo_name"] == "app"
        assert dt.datetime.fromisoformat(str(installation["last_run"])) >= before
        assert summary(graph) == [("acme/app", None, True, "7", True)]
        assert graph.get_kebechet_github_installations_active_managers("acme/app") == []

    def test_creating_it_again_says_that_it_was_there_and_adds_nothing(self, graph: GraphDatabase) -> None:
        assert [graph.create_github_app_installation(**APP) for _ in range(3)] == [False, True, True]
        assert len(graph.get_kebechet_github_app_installations_all()) == 1

    def test_an_app_that_is_installed_anew_is_active_in_all_environments(
        self, graph: GraphDatabase, rows: Rows
    ) -> None:
        for environment in (None, "prod"):
            rows.installation("acme/app", environment, last_run=YESTERDAY, info_manager=True)
        rows.installation("acme/other")
        graph.update_kebechet_github_installations_on_is_active("acme/app")
        assert graph.create_github_app_installation("acme/app", "app", True, "2") is True
        assert summary(graph) == [
            ("acme/app", None, True, "2", True),
            ("acme/app", "prod", True, "2", True),
            ("acme/other", None, False, "1", True),
        ]
        kept = graph.get_kebechet_github_app_installations_all(slug="acme/app", info_manager=True)
        assert [each["last_run"] for each in kept] == [str(YESTERDAY)] * 2

    def test_many_at_once_leave_one(self, graph: GraphDatabase) -> None:
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _: graph.create_github_app_installation(**APP), range(24)))
        assert sorted(answers) == [False] + [True] * 23
        assert summary(graph) == [("acme/app", None, False, "1", True)]

    def test_one_that_another_process_is_creating_is_waited_for(
        self, graph: GraphDatabase, connection: Connection, database: str
    ) -> None:
        with ThreadPoolExecutor(1) as pool, psycopg.connect(database) as other:
            queries._lock_kebechet_repository(other, "acme/app")
            queries._insert_kebechet_installation(other, *APP.values())
            future = pool.submit(graph.create_github_app_installation, "acme/app", "app", False, "2")
            wait_until(lambda: _somebody_waits(connection) or _failed(future), "the second one waits for the first")
            other.commit()
            assert future.result() is True
        assert summary(graph) == [("acme/app", None, False, "2", True)]

    def test_another_repository_isn_t_waited_for(self, graph: GraphDatabase, database: str) -> None:
        with psycopg.connect(database) as other:
            queries._lock_kebechet_repository(other, "acme/other")
            queries._insert_kebechet_installation(other, "acme/other", "other", False, "1")
            assert graph.create_github_app_installation(**APP) is False

    @pytest.mark.parametrize("missing", list(APP))
    def test_an_installation_without_one_of_its_parts_is_refused(self, graph: GraphDatabase, missing: str) -> None:
        with pytest.raises(psycopg.errors.NotNullViolation, match=missing):
            graph.create_github_app_installation(**{**APP, missing: None})
        assert summary(graph) == []


class TestDeactivating:
    def test_an_app_that_is_removed_is_active_in_no_environment(self, graph: GraphDatabase, rows: Rows) -> None:
        for slug, environment in (("acme/app", None), ("acme/app", "prod"), ("acme/other", None)):
            rows.installation(slug, environment)
        assert graph.update_kebechet_github_installations_on_is_active("acme/app") is True
        assert graph.get_active_kebechet_github_installations_repos() == ["acme/other"]
        assert graph.update_kebechet_github_installations_on_is_active("acme/app") is True
        assert len(summary(graph)) == 3

    def test_an_unknown_repository_is_an_error(self, graph: GraphDatabase, rows: Rows) -> None:
        rows.installation("acme/app")
        with pytest.raises(NotFoundError, match="'acme/ap'"):
            graph.update_kebechet_github_installations_on_is_active("acme/ap")
        assert summary(graph) == [("acme/app", None, False, "1", True)]


@pytest.mark.parametrize(
    ("write", "expected"),
    [
        (lambda graph: graph.create_github_app_installation("acme/app", "app", True, "3"), (True, "3", True)),
        (lambda graph: graph.update_kebechet_github_installations_on_is_active("acme/app"), (False, "1", False)),
    ],
    ids=["activating", "deactivating"],
)
def test_installations_that_become_the_same_are_merged(
    graph: GraphDatabase, rows: Rows, write: Callable[[GraphDatabase], bool], expected: tuple[Any, ...]
) -> None:
    for is_active in (True, False):
        rows.installation("acme/app", is_active=is_active)
    assert write(graph) is True
    assert summary(graph) == [("acme/app", None, *expected)]


class TestManagers:
    @pytest.fixture(autouse=True)
    def installations(self, rows: Rows) -> None:
        for environment in (None, "prod", "test"):
            rows.installation("acme/app", environment, update_manager=True)
        rows.installation("acme/other", update_manager=True, info_manager=True)
        rows.installation("acme/off", is_active=False, info_manager=True)

    @pytest.mark.parametrize("distinct", [False, True])
    @pytest.mark.parametrize("manager", ["UPDATE_MANAGER", KebechetManagerEnum.UPDATE_MANAGER], ids=str)
    def test_a_repository_counts_once_distinct_or_not(self, graph: GraphDatabase, manager: str, distinct: bool) -> None:
        assert graph.get_kebechet_github_installations_active_managers_count_all(manager, distinct) == 2

    @pytest.mark.parametrize(("manager", "count"), [("INFO_MANAGER", 1), ("VERSION_MANAGER", 0)])
    def test_only_active_installations_count(self, graph: GraphDatabase, manager: str, count: int) -> None:
        assert graph.get_kebechet_github_installations_active_managers_count_all(manager) == count

    @pytest.mark.parametrize("manager", ["BOGUS", "info_manager", "", None, 1])
    def test_an_unknown_manager_is_an_error_that_names_those_that_there_are(
        self, graph: GraphDatabase, manager: Any
    ) -> None:
        with pytest.raises(NotFoundError, match=f"{', '.join(KebechetManagerEnum.__members__)}, not {manager!r}"):
            graph.get_kebechet_github_installations_active_managers_count_all(manager)


class TestDeleting:
    @pytest.fixture(autouse=True)
    def installations(self, rows: Rows) -> None:
        for number in range(5):
            rows.installation(f"acme/{number}", "prod")
        rows.installation("acme/0", "test")

    @pytest.mark.parametrize("name", ["runtime_environment_name", "runtime_environment"])
    def test_an_environment_has_two_names(self, graph: GraphDatabase, name: str) -> None:
        environment: dict[str, Any] = {name: "test"}
        assert len(graph.get_kebechet_github_app_installations_all(slug="acme/0", **environment)) == 1
        assert graph.delete_kebechet_github_app_installations(slug="acme/0", **environment) == 1
        assert graph.get_kebechet_github_app_installations_all(**environment) == []
        assert len(summary(graph)) == 5

    def test_nothing_that_matches_is_nothing_deleted(self, graph: GraphDatabase) -> None:
        assert graph.delete_kebechet_github_app_installations(slug="acme/0", is_active=False) == 0
        assert len(summary(graph)) == 6

    @pytest.mark.parametrize("size", [1, 2, 6, 7])
    def test_batches_add_up(self, graph: GraphDatabase, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
        monkeypatch.setattr(kebechet, "_INSTALLATIONS_DELETED_AT_ONCE", size)
        assert graph.delete_kebechet_github_app_installations(runtime_environment="prod") == 5
        assert graph.delete_kebechet_github_app_installations() == 1
        assert summary(graph) == []

    def test_each_batch_is_a_transaction(
        self, graph: GraphDatabase, connection: Connection, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(kebechet, "_INSTALLATIONS_DELETED_AT_ONCE", 2)
        connection.execute("CREATE TABLE deletion (transaction xid)")
        connection.execute(
            "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS"
            " 'BEGIN INSERT INTO deletion VALUES (pg_current_xact_id()::xid); RETURN NULL; END'"
        )
        connection.execute(
            "CREATE TRIGGER note AFTER DELETE ON kebechet_github_installations FOR EACH ROW EXECUTE FUNCTION note()"
        )
        assert graph.delete_kebechet_github_app_installations(runtime_environment="prod") == 5
        sizes = connection.execute("SELECT count(*) FROM deletion GROUP BY transaction ORDER BY 1 DESC").fetchall()
        assert sizes == [(2,), (2,), (1,)]

    def test_one_that_becomes_active_meanwhile_stays(
        self, graph: GraphDatabase, connection: Connection, database: str
    ) -> None:
        connection.execute("UPDATE kebechet_github_installations SET is_active = FALSE")
        with ThreadPoolExecutor(1) as pool, psycopg.connect(database) as other:
            queries._activate_kebechet_installations(other, "acme/3", False, "1")
            future = pool.submit(graph.delete_kebechet_github_app_installations, is_active=False)
            wait_until(lambda: _somebody_waits(connection) or _failed(future), "deleting waits for the activation")
            other.commit()
            assert future.result() == 5
        assert summary(graph) == [("acme/3", "prod", False, "1", True)]

    def test_its_filters_are_those_of_the_question(self) -> None:
        asked = inspect.signature(GraphDatabase.get_kebechet_github_app_installations_all)
        deleted = inspect.signature(GraphDatabase.delete_kebechet_github_app_installations)
        assert list(deleted.parameters) == list(asked.parameters)
        assert all(each.default is None for each in list(deleted.parameters.values())[1:])


def _somebody_waits(connection: Connection) -> bool:
    return connection.execute("SELECT FROM pg_locks WHERE NOT granted").fetchone() is not None


def _failed(future: Future[Any]) -> bool:
    return future.done() and future.exception() is not None
