"""What the graph makes of queries about versions: whether one exists, and how many each package has."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fix_rows import PYPI, Rows
from thoth_storages import GraphDatabase, PythonQueryResult
from thoth_storages.enums import QuerySortTypeEnum
from thoth_storages.exceptions import SolverNameParseError, SortTypeQueryError

OTHER = "https://index.example.com/simple"


class TestExists:
    """python_package_version_exists."""

    @pytest.fixture(autouse=True)
    def versions(self, rows: Rows) -> None:
        """Versions that rhel 8 and fedora have seen, one without an index, and one that nobody has seen."""
        rows.version("flask", "1.0", os_name="rhel", os_version="8", python_version="3.8")
        rows.version("flask", "2.0", python_version="3.10")
        rows.version("flask", "3.0", index_url=None)
        rows.entity("flask", "4.0")

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            (("flask", "1.0"), True),
            (("Flask", "v1.0", PYPI), True),
            (("flask", "1.0", "https://pypi.python.org/simple"), True),
            (("flask", "1.0", OTHER), False),
            (("flask", "3.0"), True),
            (("flask", "3.0", PYPI), False),
            (("flask", "4.0", PYPI), False),
            (("numpy", "1.0", PYPI), False),
            (("flask", "1.0", PYPI, "solver-rhel-8-py38"), True),
            (("flask", "1.0", None, "solver-ubi-8.5-py38"), True),
            (("flask", "1.0", PYPI, "solver-rhel-9-py38"), False),
            (("flask", "1.0", PYPI, "solver-rhel-8-py39"), False),
            (("flask", "2.0", PYPI, "solver-fedora-35-py310"), True),
            (("flask", "2.0", PYPI, "solver-rhel-8-py38"), False),
            (("flask", "2.0", OTHER, "solver-fedora-35-py310"), False),
        ],
        ids=str,
    )
    def test_a_version_exists_when_a_solver_has_seen_it(
        self, graph: GraphDatabase, asked: tuple[Any, ...], expected: bool
    ) -> None:
        assert graph.python_package_version_exists(*asked) is expected

    @pytest.mark.parametrize("name", ["", "bogus", "solver-rhel-8", "solver-rhel-8-38", "solver-rhel-8-py38-x"])
    def test_a_name_that_no_solver_can_have_is_refused(self, graph: GraphDatabase, name: str) -> None:
        with pytest.raises(SolverNameParseError, match="solver-<os_name>-<os_version>-py<digits>"):
            graph.python_package_version_exists("flask", "1.0", solver_name=name)


class TestVersionsOfEachPackage:
    """get_python_package_versions_all_count."""

    @pytest.fixture(autouse=True)
    def versions(self, rows: Rows) -> None:
        """Two versions of flask, one of them in two environments, five of zict and one of numpy in one."""
        rows.version("flask", "1.0")
        rows.version("flask", "1.0", os_name="rhel", os_version="8", python_version="3.8")
        rows.version("flask", "2.0")
        for number in range(5):
            rows.version("zict", f"{number}.0")
        rows.version("numpy", "1.0")
        rows.version("unparsed", "1.0", index_url=None)

    def test_packages_come_by_name_with_the_number_of_all_of_them(self, graph: GraphDatabase) -> None:
        answer = graph.get_python_package_versions_all_count()
        assert answer == PythonQueryResult(result={"flask": 3, "numpy": 1, "zict": 5}, count=3)
        assert list(answer.result) == ["flask", "numpy", "zict"]

    @pytest.mark.parametrize(
        ("sort_by", "expected"),
        [
            (None, ["flask", "numpy", "zict"]),
            (QuerySortTypeEnum.PACKAGE_NAME, ["flask", "numpy", "zict"]),
            (QuerySortTypeEnum.PACKAGE_VERSION, ["zict", "flask", "numpy"]),
            ("package_version", ["zict", "flask", "numpy"]),
        ],
        ids=str,
    )
    @pytest.mark.parametrize("distinct", [False, True])
    def test_packages_are_sorted_by_name_or_by_their_number_of_versions(
        self, graph: GraphDatabase, sort_by: Any, expected: list[str], distinct: bool
    ) -> None:
        answer = graph.get_python_package_versions_all_count(sort_by=sort_by, distinct=distinct)
        assert list(answer.result) == expected

    @pytest.mark.parametrize("sort_by", ["bogus", "PACKAGE_NAME", 1])
    def test_a_column_that_cannot_be_sorted_by_is_refused_with_those_that_can(
        self, graph: GraphDatabase, sort_by: Any
    ) -> None:
        with pytest.raises(SortTypeQueryError, match=r"QuerySortTypeEnum\.PACKAGE_NAME or .*PACKAGE_VERSION"):
            graph.get_python_package_versions_all_count(sort_by=sort_by)

    @pytest.mark.parametrize("sort_by", QuerySortTypeEnum, ids=str)
    @pytest.mark.parametrize("size", [1, 2, 3])
    def test_pages_concatenate_to_the_whole_each_with_the_number_of_all_packages(
        self, graph: GraphDatabase, sort_by: QuerySortTypeEnum, size: int
    ) -> None:
        whole = graph.get_python_package_versions_all_count(sort_by=sort_by, count=None)
        pages = [
            graph.get_python_package_versions_all_count(sort_by=sort_by, start_offset=start_offset, count=size)
            for start_offset in range(0, 4, size)
        ]
        assert [item for page in pages for item in page.result.items()] == list(whole.result.items())
        assert {page.count for page in pages} == {3}

    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            ({"os_name": "rhel"}, PythonQueryResult({"flask": 1}, 1)),
            ({"os_name": "ubi", "os_version": "8.5", "python_version": "3.8"}, PythonQueryResult({"flask": 1}, 1)),
            ({"python_version": "3.10", "count": 1}, PythonQueryResult({"flask": 2}, 3)),
            ({"start_offset": 1000}, PythonQueryResult({}, 3)),
            ({"os_name": "plan9"}, PythonQueryResult({}, 0)),
        ],
        ids=str,
    )
    def test_an_environment_and_a_page_leave_what_fits(
        self, graph: GraphDatabase, arguments: dict[str, Any], expected: PythonQueryResult
    ) -> None:
        assert graph.get_python_package_versions_all_count(**arguments) == expected
