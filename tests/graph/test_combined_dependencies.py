"""The combined queries on dependencies, solver documents and platforms."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fix_rows import PYPI, Rows
from thoth_storages import GraphDatabase
from thoth_storages.exceptions import NoDocumentIdError

FEDORA: dict[str, Any] = {"os_name": "fedora", "os_version": "35", "python_version": "3.10"}
RHEL: dict[str, Any] = {"os_name": "rhel", "os_version": "8", "python_version": "3.8"}


class TestTransitiveDependenciesOfSeveral:
    @pytest.fixture(autouse=True)
    def packages(self, rows: Rows) -> None:
        for environment in (FEDORA, RHEL):
            rows.depends_on(rows.version("a", **environment), "b")
            rows.depends_on(rows.version("b", **environment), f"c-of-{environment['os_name']}")

    def test_each_package_is_answered_as_by_itself(self, graph: GraphDatabase) -> None:
        packages = [("A", "1.0", PYPI), ("b", "1.0", None), ("unheard-of", "1.0", PYPI)]
        answer = graph.retrieve_transitive_dependencies_python_multi(*packages)
        assert answer == {package: graph.retrieve_transitive_dependencies_python(*package) for package in packages}
        assert [len(pairs) for pairs in answer.values()] == [4, 2, 0]

    @pytest.mark.parametrize("environment", [FEDORA, RHEL])
    def test_the_environment_is_a_filter(self, graph: GraphDatabase, environment: dict[str, str]) -> None:
        package = ("b", "1.0", PYPI)
        answer = graph.retrieve_transitive_dependencies_python_multi(package, **environment)
        assert answer == {package: [(package, (f"c-of-{environment['os_name']}", "1.0", None))]}

    def test_no_package_is_an_empty_answer(self, graph: GraphDatabase) -> None:
        assert graph.retrieve_transitive_dependencies_python_multi() == {}


class TestSolverRecords:
    @pytest.mark.parametrize(
        ("document_id", "exist"), [("solver-rhel-8-py38-1", True), ("solver-rhel-8-py38-2", False)]
    )
    def test_records_exist_when_the_document_was_synced(
        self, graph: GraphDatabase, rows: Rows, document_id: str, exist: bool
    ) -> None:
        rows.solved(rows.version("flask", **RHEL), "solver-rhel-8-py38-1")
        assert graph.solver_records_exist({"metadata": {"document_id": document_id}, "result": {}}) is exist

    @pytest.mark.parametrize(
        "document",
        [{}, {"metadata": None}, {"metadata": {}}, {"metadata": {"document_id": ""}}, {"metadata": "solver-1"}],
    )
    def test_a_document_without_an_id_is_refused(self, graph: GraphDatabase, document: dict[str, Any]) -> None:
        with pytest.raises(NoDocumentIdError, match=r"metadata\.document_id"):
            graph.solver_records_exist(document)


class TestPlatforms:
    """Nothing stores platforms, so no connection is needed."""

    def test_the_platforms_of_solvers_are_listed(self) -> None:
        assert GraphDatabase().get_python_package_version_platform_all() == ["linux-x86_64"]

    @pytest.mark.parametrize(("platform", "exists"), [("linux-x86_64", True), ("linux-aarch64", False), ("", False)])
    def test_a_platform_exists_when_solvers_run_on_it(self, platform: str, exists: bool) -> None:
        assert GraphDatabase.python_package_version_depends_on_platform_exists(platform) is exists
