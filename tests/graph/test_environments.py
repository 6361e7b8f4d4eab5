"""Software environments and images by the methods of the graph that Python finishes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.fix_rows import Rows
from thoth_storages import GraphDatabase
from thoth_storages.exceptions import NoDocumentIdError
from thoth_storages.graph.environments import AnalysisRecord, SoftwareEnvironmentRecord
from thoth_storages.sql.named import catalog

Connection = psycopg.Connection[Any]
Page = Callable[..., list[Any]]

SECOND = dt.datetime(2022, 3, 4, 5, 6, 7)
UBI = ("quay.io/thoth-station/s2i-thoth-ubi8-py38", "1.0.0")
NAME = {"run_software_environment_name": "ubi8"}
BUILD_NAME = {"build_software_environment_name": "ubi8"}
OWN_OR_EXTERNAL = pytest.mark.parametrize("is_external", [False, True], ids=["own", "external"])


class TestNames:
    @pytest.fixture(autouse=True)
    def environments(self, rows: Rows) -> None:
        rows.software_environment("own run")
        rows.software_environment()
        rows.software_environment("own build", environment_type="BUILDTIME")
        rows.software_environment("user's run", is_external=True)
        rows.software_environment("user's build", is_external=True, environment_type="BUILDTIME")

    def test_each_type_has_its_names(self, graph: GraphDatabase) -> None:
        assert graph.get_run_software_environment_all() == ["own run", None]
        assert graph.get_run_software_environment_all(is_external=True) == ["user's run"]
        assert graph.get_build_software_environment_all() == ["own build"]

    def test_they_come_one_by_one_as_well(self, graph: GraphDatabase) -> None:
        assert list(graph.iterate_run_software_environment_all()) == ["own run", None]
        assert list(graph.iterate_run_software_environment_all(1, 1)) == [None]
        assert list(graph.iterate_run_software_environment_all(is_external=True)) == ["user's run"]
        assert list(graph.iterate_build_software_environment_all()) == ["own build"]
        assert list(graph.iterate_build_software_environment_all(1)) == []

    def test_everything_is_what_pages_hold(self, graph: GraphDatabase) -> None:
        assert graph.get_run_software_environment_all(count=None) == ["own run", None]
        assert graph.get_build_software_environment_all(count=None) == ["own build"]

    def test_a_page_is_rows(self, graph: GraphDatabase) -> None:
        assert graph.get_run_software_environment_all(1, 1) == [None]
        assert graph.get_run_software_environment_all(start_offset=2, count=None) == []
        assert graph.get_build_software_environment_all(1) == []


@OWN_OR_EXTERNAL
class TestAnalyses:
    @pytest.fixture(autouse=True)
    def analyses(self, rows: Rows, is_external: bool) -> None:
        for kind in ("RUNTIME", "BUILDTIME"):
            environment = rows.software_environment("ubi8", environment_type=kind, is_external=is_external)
            rows.analysis_of(environment, f"{kind}-1", is_external=is_external, datetime=SECOND)

    @pytest.mark.parametrize(
        ("convert", "moment"), [({}, "2022-03-04T05:06:07.000000"), ({"convert_datetime": False}, SECOND)], ids=str
    )
    def test_a_datetime_is_a_text_unless_told_otherwise(
        self, graph: GraphDatabase, is_external: bool, convert: dict[str, Any], moment: str | dt.datetime
    ) -> None:
        asked = {"is_external": is_external, **convert}
        analysis = {
            "analysis_datetime": moment,
            "package_extract_name": "thoth-package-extract",
            "package_extract_version": "1.2.2",
        }
        run = graph.get_run_software_environment_analyses_all("ubi8", **asked)
        assert run == [{**analysis, "analysis_document_id": "RUNTIME-1"}]
        build = graph.get_build_software_environment_analyses_all("ubi8", **asked)
        assert build == [{**analysis, "analysis_document_id": "BUILDTIME-1"}]
        (environment, _) = graph.get_software_environments_all(**asked)
        assert environment["datetime"] == moment
        assert list(graph.iterate_run_software_environment_analyses_all("ubi8", **asked)) == run
        assert list(graph.iterate_build_software_environment_analyses_all("ubi8", **asked)) == build
        environments = graph.get_software_environments_all(**asked)
        assert list(graph.iterate_software_environments_all(**asked)) == environments

    def test_the_other_side_has_none(self, graph: GraphDatabase, is_external: bool) -> None:
        assert graph.get_run_software_environment_analyses_all("ubi8", is_external=not is_external) == []
        assert graph.get_build_software_environment_analyses_all("ubi8", is_external=not is_external) == []
        assert graph.get_software_environments_all(not is_external) == []


@pytest.mark.parametrize(
    ("query", "record"),
    [
        ("_get_software_environments_all", SoftwareEnvironmentRecord),
        ("_get_software_environment_analyses", AnalysisRecord),
    ],
)
def test_the_types_of_records_have_the_fields_that_the_query_answers(query: str, record: Any) -> None:
    returns = catalog[query].header.returns
    assert returns is not None
    assert returns.text == f"[{{{', '.join(record.__annotations__)}}}]"


def test_every_filter_of_environments_is_handed_on(graph: GraphDatabase, rows: Rows) -> None:
    columns = {
        "env_image_name": "s2i-ubi8",
        "env_image_tag": "v1",
        "os_name": "rhel",
        "os_version": "8",
        "python_version": "3.8",
        "cuda_version": "11.2",
        "image_name": "quay.io/ubi8",
    }
    environment = rows.software_environment("ubi8", **columns)  # type: ignore[arg-type]
    run = rows.analysis_of(environment, "package-extract-1")
    rows.offered_symbol(environment, "GLIBC_2.17", "libc.so.6")
    rows.identified(run, rows.entity("flask", index_url=None))
    rows.found_rpm(run, "bash")
    found = {"library_name": "libc.so.6", "symbol": "GLIBC_2.17", "package_name": "flask", "rpm_package_name": "bash"}
    everything: dict[str, Any] = {**columns, **found}
    assert len(graph.get_software_environments_all(**everything)) == 1
    assert len(list(graph.iterate_software_environments_all(**everything))) == 1
    assert graph.get_software_environments_count_all(**everything) == 1
    for name in everything:
        other = {**everything, name: "other"}
        assert (name, graph.get_software_environments_all(**other)) == (name, [])
        assert (name, list(graph.iterate_software_environments_all(**other))) == (name, [])
        assert (name, graph.get_software_environments_count_all(**other)) == (name, 0)


class TestPages:
    """Pages of what Python finishes concatenate to the whole, also after rows were updated."""

    @pytest.fixture
    def many(self, rows: Rows, connection: Connection) -> None:
        """Seven environments of each type and side with an analysis each, some at the same moment."""
        for is_external in (False, True):
            for kind in ("RUNTIME", "BUILDTIME"):
                for number in range(7):
                    environment = rows.software_environment(
                        "ubi8", image_sha=f"{number}", environment_type=kind, is_external=is_external
                    )
                    moment = SECOND + dt.timedelta(hours=number * 5 % 7 // 2)
                    rows.analysis_of(environment, f"{kind}-{number}", is_external=is_external, datetime=moment)
        # these rows then lie at the end of their tables
        for change in (
            "package_extract_run SET duration = 1",
            "software_environment SET python_version = '3.8'",
            "external_software_environment SET python_version = '3.8'",
        ):
            connection.execute(f"UPDATE {change} WHERE id < 4")

    @pytest.mark.usefixtures("many")
    @pytest.mark.parametrize(
        ("method", "asked", "length"),
        [
            ("get_run_software_environment_all", {}, 7),
            ("get_run_software_environment_all", {"is_external": True}, 7),
            ("get_build_software_environment_all", {}, 7),
            ("get_run_software_environment_analyses_all", NAME, 7),
            ("get_run_software_environment_analyses_all", {**NAME, "is_external": True}, 7),
            ("get_build_software_environment_analyses_all", BUILD_NAME, 7),
            ("get_build_software_environment_analyses_all", {**BUILD_NAME, "is_external": True}, 7),
            ("get_software_environments_all", {}, 14),
            ("get_software_environments_all", {"is_external": True}, 14),
        ],
    )
    def test_pages_concatenate_to_the_whole(
        self, graph: GraphDatabase, method: str, asked: dict[str, Any], length: int
    ) -> None:
        page: Page = getattr(graph, method)
        whole = page(**asked, count=None)
        assert len(whole) == length
        assert list(getattr(graph, method.replace("get", "iterate"))(**asked)) == whole
        for size in (1, 3, 7):
            pages = [page(**asked, start_offset=at, count=size) for at in range(0, length + size, size)]
            assert [row for rows in pages for row in rows] == whole

    @pytest.mark.parametrize("negative", [{"start_offset": -1}, {"count": -1}], ids=str)
    @pytest.mark.parametrize(
        ("method", "asked"),
        [
            ("get_run_software_environment_all", {}),
            ("get_build_software_environment_all", {}),
            ("get_run_software_environment_analyses_all", NAME),
            ("get_build_software_environment_analyses_all", BUILD_NAME),
            ("get_software_environments_all", {}),
            ("get_hardware_environments_all", {}),
        ],
    )
    def test_a_negative_page_is_refused(
        self, unconnected: GraphDatabase, method: str, asked: dict[str, Any], negative: dict[str, int]
    ) -> None:
        with pytest.raises(ValueError, match="-1 is negative"):
            getattr(unconnected, method)(**asked, **negative)

    @pytest.fixture
    def unconnected(self) -> GraphDatabase:
        """Arguments are looked at before a connection is: these tests need no database."""
        return GraphDatabase()


class TestThothImages:
    def test_images_are_known_by_name_and_version(self, graph: GraphDatabase, rows: Rows) -> None:
        assert graph.get_thoth_s2i_all() == []
        for number, (name, version) in enumerate([UBI, UBI, (UBI[0], "2.0.0"), (None, None)]):
            rows.software_environment(str(number), thoth_image_name=name, thoth_image_version=version)
        rows.software_environment(is_external=True)
        assert graph.get_thoth_s2i_all() == [UBI, (UBI[0], "2.0.0"), (None, None)]
        assert graph.get_thoth_s2i_all(is_external=True) == [(None, None)]

    @pytest.fixture
    def ubi(self, rows: Rows) -> None:
        """The image, own and external, each with another symbol."""
        image = dict(zip(("thoth_image_name", "thoth_image_version"), UBI, strict=True))
        for is_external, symbol in ((False, "GLIBC_2.17"), (True, "GLIBC_2.18")):
            environment = rows.software_environment("ubi8", is_external=is_external, **image)
            rows.offered_symbol(environment, symbol, is_external=is_external)

    @pytest.mark.usefixtures("ubi")
    @pytest.mark.parametrize("name", ["thoth_image_name", "thoth_s2i_image_name"])
    @pytest.mark.parametrize("version", ["thoth_image_version", "thoth_s2i_image_version"])
    def test_symbols_are_found_by_either_spelling_of_the_image(
        self, graph: GraphDatabase, name: str, version: str
    ) -> None:
        image: dict[str, Any] = {name: UBI[0], version: UBI[1]}
        assert graph.get_thoth_s2i_analyzed_image_symbols_all(**image) == ["GLIBC_2.17"]
        assert graph.get_thoth_s2i_analyzed_image_symbols_all(**image, is_external=True) == ["GLIBC_2.18"]
        assert graph.get_thoth_s2i_analyzed_image_symbols_all(*UBI) == ["GLIBC_2.17"]
        assert list(graph.iterate_thoth_s2i_analyzed_image_symbols_all(**image)) == ["GLIBC_2.17"]
        assert list(graph.iterate_thoth_s2i_analyzed_image_symbols_all(**image, is_external=True)) == ["GLIBC_2.18"]

    @pytest.mark.usefixtures("ubi")
    def test_spellings_share_the_cache(self, graph: GraphDatabase) -> None:
        graph.get_thoth_s2i_analyzed_image_symbols_all(*UBI)
        graph.get_thoth_s2i_analyzed_image_symbols_all(thoth_s2i_image_name=UBI[0], thoth_s2i_image_version=UBI[1])
        info = graph.stats()["memory_cache_info"]["get_thoth_s2i_analyzed_image_symbols_all"]
        assert (info["hits"], info["misses"]) == (1, 1)

    @pytest.mark.parametrize(
        ("image", "said"),
        [
            ({}, "thoth_image_name and thoth_s2i_image_name, not 0"),
            ({"thoth_image_name": "a"}, "thoth_image_version and thoth_s2i_image_version, not 0"),
            (
                {"thoth_image_name": "a", "thoth_s2i_image_name": "b", "thoth_image_version": "1"},
                "s2i_image_name, not 2",
            ),
        ],
        ids=str,
    )
    def test_an_image_is_named_once(self, image: dict[str, Any], said: str) -> None:
        with pytest.raises(TypeError, match=said):
            GraphDatabase().get_thoth_s2i_analyzed_image_symbols_all(**image)


class TestAnalysisDocuments:
    def test_a_document_exists_by_the_id_that_it_tells(self, graph: GraphDatabase, rows: Rows) -> None:
        rows.image_analysis("package-extract-1")
        assert graph.analysis_records_exist({"metadata": {"document_id": "package-extract-1"}}) is True
        assert graph.analysis_records_exist({"metadata": {"document_id": "package-extract-2"}}) is False

    @pytest.mark.parametrize("document", [{}, {"metadata": {}}, {"metadata": {"document_id": ""}}], ids=str)
    def test_a_document_without_an_id_is_refused(self, document: dict[str, Any]) -> None:
        with pytest.raises(NoDocumentIdError, match="document_id"):
            GraphDatabase().analysis_records_exist(document)
