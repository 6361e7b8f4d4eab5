"""Caches of an instance: what they keep, what they hand out, and what empties them."""

from __future__ import annotations

import copy
import gc
import logging
import weakref
from typing import Any

import psycopg
import pytest

from tests.fix_rows import PYPI, Rows
from thoth_storages import GraphDatabase
from thoth_storages.exceptions import NotFoundError
from thoth_storages.sql.named import catalog

CACHED = sorted(name for name, query in catalog.items() if query.header.cache)


def info(graph: GraphDatabase, method: str) -> dict[str, int]:
    """The statistics of one method's cache."""
    return graph.stats()["memory_cache_info"][method]


@pytest.fixture
def flask(rows: Rows) -> None:
    """One dependency: flask 2.0 on click 8.0."""
    rows.depends_on(rows.version("flask", "2.0"), "click", "8.0")


@pytest.mark.usefixtures("flask")
class TestKeeping:
    def test_the_second_question_is_a_hit(self, graph: GraphDatabase) -> None:
        assert graph.get_depends_on("flask") == graph.get_depends_on("flask") == {None: [("click", "8.0")]}
        assert (info(graph, "get_depends_on")["hits"], info(graph, "get_depends_on")["misses"]) == (1, 1)

    def test_a_kept_answer_needs_no_database(self, graph: GraphDatabase, connection: psycopg.Connection) -> None:
        answer = graph.get_depends_on("flask")
        connection.execute("DELETE FROM depends_on")
        assert graph.get_depends_on("flask") == answer

    def test_positional_and_named_arguments_are_one_question(self, graph: GraphDatabase) -> None:
        graph.get_depends_on("flask", "2.0")
        graph.get_depends_on(package_version="2.0", package_name="flask")
        assert info(graph, "get_depends_on")["currsize"] == 1

    def test_a_caller_who_changes_an_answer_changes_no_other(self, graph: GraphDatabase) -> None:
        graph.get_depends_on("flask")[None].append(("evil", "1"))
        graph.get_depends_on("flask").clear()
        assert graph.get_depends_on("flask") == {None: [("click", "8.0")]}

    def test_errors_are_not_kept(self, graph: GraphDatabase, rows: Rows) -> None:
        with pytest.raises(NotFoundError):
            graph.get_depends_on("django")
        rows.version("django", "4.0")
        assert graph.get_depends_on("django") == {}

    def test_instances_share_nothing(self, graph: GraphDatabase) -> None:
        graph.get_depends_on("flask")
        assert info(GraphDatabase(), "get_depends_on")["currsize"] == 0

    def test_clearing_forgets(self, graph: GraphDatabase) -> None:
        graph.get_depends_on("flask")
        graph.cache_clear()
        assert info(graph, "get_depends_on") == {"hits": 0, "misses": 0, "maxsize": 8192, "currsize": 0}

    def test_a_write_of_the_same_instance_forgets(self, graph: GraphDatabase, connection: psycopg.Connection) -> None:
        graph.get_depends_on("flask")
        connection.execute("DELETE FROM depends_on")
        graph.set_python_package_index_state("https://pypi.org/simple", enabled=True)
        assert graph.get_depends_on("flask") == {}

    def test_a_question_that_is_not_cached_is_asked_each_time(
        self, graph: GraphDatabase, connection: psycopg.Connection
    ) -> None:
        before = graph.get_python_packages_count_all()
        connection.execute("DELETE FROM python_package_version")
        assert (before, graph.get_python_packages_count_all()) == (1, 0)


# By the names of parameters: what there is an answer to on each side of every query that keeps its answers.
ASKED: dict[str, Any] = {
    "package_name": "flask",
    "package_version": "2.0",
    "index_url": PYPI,
    "os_name": "fedora",
    "os_version": "35",
    "python_version": "3.10",
    "dependency_name": "click",
    "dependency_version": "8.0",
    "analysis_document_id": "package-extract-1",
    "thoth_image_name": "s2i",
    "thoth_image_version": "1.0",
}


class TestChangedAnswers:
    """A caller owns what it gets: the original hands out what it keeps, and who changes that corrupts the cache."""

    @pytest.fixture
    def answers(self, rows: Rows) -> None:
        """Something for every query to answer."""
        metadata = rows.metadata({"classifier": [{"classifier": "A"}, {"classifier": "B"}]}, name="flask")
        flask = rows.version("flask", "2.0", python_package_metadata_id=metadata)
        entity = rows.entity("flask", "2.0")
        rows.depends_on(flask, "click", "8.0", marker="python_version > '3'")
        rows.solved(flask, error=True)
        rows.security_indicators(flask)
        rows.vulnerability(entity, "CVE-2022-1")
        rows.rule("flask", entity_ids=(entity,))
        rows.required_symbol(rows.artifact(entity, "aa"), "GLIBC_2.17")
        run = rows.image_analysis("package-extract-1")
        rows.identified(run, entity)
        rows.found_rpm(run, "bash")
        environment = rows.software_environment("s2i", thoth_image_name="s2i", thoth_image_version="1.0")
        rows.offered_symbol(environment, "GLIBC_2.17")

    @pytest.mark.usefixtures("answers")
    @pytest.mark.parametrize("method", CACHED)
    def test_a_caller_who_changes_an_answer_changes_no_other(self, graph: GraphDatabase, method: str) -> None:
        needed = [each.name for each in catalog[method].header.signature.parameters if each.default is None]
        arguments = {name: ASKED[name] for name in needed}
        ask = getattr(graph, method)
        first, second = ask(**arguments), ask(**arguments)
        assert first == second
        assert first
        untouched = copy.deepcopy(first)
        spoil(first)
        spoil(second)
        assert ask(**arguments) == untouched
        assert info(graph, method)["hits"] == 2


def spoil(answer: Any) -> None:
    """Empty lists and dicts, the innermost ones first."""
    if isinstance(answer, list | dict):
        for value in answer.values() if isinstance(answer, dict) else answer:
            spoil(value)
        answer.clear()


class TestSizes:
    @pytest.mark.parametrize("method", CACHED)
    def test_every_cached_method_has_statistics(self, method: str) -> None:
        cache = catalog[method].header.cache
        assert cache is not None
        assert info(GraphDatabase(), method) == {"hits": 0, "misses": 0, "maxsize": cache.size, "currsize": 0}

    def test_the_environment_sets_a_size(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("THOTH_STORAGE_GET_DEPENDS_ON_CACHE_SIZE", "7")
        assert info(GraphDatabase(), "get_depends_on")["maxsize"] == 7

    @pytest.mark.usefixtures("flask")
    def test_size_zero_keeps_nothing(self, graph: GraphDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("THOTH_STORAGE_GET_DEPENDS_ON_CACHE_SIZE", "0")
        adapter = GraphDatabase()
        adapter.connect()
        adapter.get_depends_on("flask")
        adapter.get_depends_on("flask")
        assert info(adapter, "get_depends_on")["misses"] == 2
        adapter.disconnect()

    def test_a_size_that_is_no_number_names_the_variable(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("THOTH_STORAGE_GET_DEPENDS_ON_CACHE_SIZE", "many")
        with pytest.raises(ValueError, match="THOTH_STORAGE_GET_DEPENDS_ON_CACHE_SIZE='many'"):
            GraphDatabase()


class TestEnd:
    def test_an_instance_dies_with_its_caches(self) -> None:
        adapter = GraphDatabase()
        alive = weakref.ref(adapter)
        del adapter
        gc.collect()
        assert alive() is None

    def test_statistics_are_logged_at_the_end_when_asked_for(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setenv("THOTH_STORAGES_LOG_STATS", "1")
        adapter = GraphDatabase()
        with caplog.at_level(logging.INFO, logger="thoth_storages.graph.answers"):
            del adapter
            gc.collect()
        assert '"get_depends_on"' in caplog.text

    def test_statistics_are_not_logged_otherwise(self, caplog: pytest.LogCaptureFixture) -> None:
        adapter = GraphDatabase()
        with caplog.at_level(logging.INFO):
            del adapter
            gc.collect()
        assert "memory_cache_info" not in caplog.text
