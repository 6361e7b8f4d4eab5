"""Analyses of container images, the RPM packages and the symbols that they found."""

from __future__ import annotations

import datetime as dt
from typing import Any

import psycopg
import pytest

from tests.fix_rows import YESTERDAY, Rows
from thoth_storages import queries
from thoth_storages.exceptions import NotFoundError

Connection = psycopg.Connection[Any]

UBI = "quay.io/thoth-station/s2i-thoth-ubi8-py38"
IMAGE: dict[str, Any] = {"thoth_image_name": UBI, "thoth_image_version": "1.0.0"}
FEDORA: dict[str, Any] = {"os_name": "fedora", "os_version": "35"}


def hours(number: int) -> dt.datetime:
    """A moment some hours after yesterday's."""
    return YESTERDAY + dt.timedelta(hours=number)


class TestRuns:
    def test_metadata_says_when_and_by_what_an_image_was_analysed(self, connection: Connection, rows: Rows) -> None:
        rows.image_analysis("package-extract-1", package_extract_version="1.3.0")
        rows.image_analysis("package-extract-2", datetime=hours(1))
        assert queries.get_analysis_metadata(connection, "package-extract-1") == {
            "analysis_datetime": YESTERDAY,
            "analysis_document_id": "package-extract-1",
            "package_extract_name": "thoth-package-extract",
            "package_extract_version": "1.3.0",
        }

    def test_of_several_runs_in_a_document_the_latest_is_answered(self, connection: Connection, rows: Rows) -> None:
        for number in (1, 3, 2):
            rows.image_analysis("package-extract-1", datetime=hours(number))
        metadata = queries.get_analysis_metadata(connection, "package-extract-1")
        assert metadata["analysis_datetime"] == hours(3)

    def test_metadata_of_an_unknown_document_is_an_error(self, connection: Connection, rows: Rows) -> None:
        rows.image_analysis("package-extract-1")
        with pytest.raises(NotFoundError, match="package-extract-2"):
            queries.get_analysis_metadata(connection, "package-extract-2")

    def test_the_last_analysis_is_the_latest_not_the_one_stored_last(self, connection: Connection, rows: Rows) -> None:
        for number in (1, 3, 2):
            rows.image_analysis(f"package-extract-{number}", datetime=hours(number))
        assert queries.get_last_analysis_datetime(connection) == hours(3)

    def test_without_any_analysis_there_is_no_last_one(self, connection: Connection) -> None:
        with pytest.raises(NotFoundError):
            queries.get_last_analysis_datetime(connection)

    @pytest.mark.parametrize(("document_id", "exists"), [("package-extract-1", True), ("package-", False), ("", False)])
    def test_a_document_exists_when_it_was_synced(
        self, connection: Connection, rows: Rows, document_id: str, exists: bool
    ) -> None:
        rows.image_analysis("package-extract-1")
        assert queries.analysis_document_id_exist(connection, document_id) is exists

    def test_a_document_is_counted_once(self, connection: Connection, rows: Rows) -> None:
        assert queries.get_analyzer_documents_count_all(connection) == 0
        rows.image_analysis("package-extract-1", datetime=hours(1))
        rows.image_analysis("package-extract-1", datetime=hours(2))
        rows.image_analysis("package-extract-2")
        assert queries.get_analyzer_documents_count_all(connection) == 2


class TestRpmPackages:
    def test_the_packages_of_an_analysis_are_answered_as_they_are(self, connection: Connection, rows: Rows) -> None:
        run = rows.image_analysis("package-extract-1")
        known = {"release": "15.el8", "epoch": "1", "arch": "noarch", "src": False, "package_identifier": "tar-1.el8"}
        rows.found_rpm(run, "tar", "2.0", **known)
        rows.found_rpm(run, "bash", "5.0", package_identifier="bash-5.el8")
        rows.found_rpm(rows.image_analysis("package-extract-2"), "gzip")
        unknown = dict.fromkeys(("release", "epoch", "arch", "src"))
        assert queries.get_rpm_package_version_all(connection, "package-extract-1") == [
            {"package_name": "bash", "package_version": "5.0", **unknown, "package_identifier": "bash-5.el8"},
            {"package_name": "tar", "package_version": "2.0", **known},
        ]

    def test_packages_that_differ_in_nothing_but_their_architecture_are_both_answered(
        self, connection: Connection, rows: Rows
    ) -> None:
        run = rows.image_analysis("package-extract-1")
        for arch in ("x86_64", "i686"):
            rows.found_rpm(run, "glibc", "2.28", arch=arch)
        answer = queries.get_rpm_package_version_all(connection, "package-extract-1")
        assert sorted(package["arch"] or "" for package in answer) == ["i686", "x86_64"]

    def test_an_analysis_without_packages_answers_none(self, connection: Connection, rows: Rows) -> None:
        rows.image_analysis("package-extract-1")
        assert queries.get_rpm_package_version_all(connection, "package-extract-1") == []
        assert queries.get_rpm_package_version_all(connection, "package-extract-unknown") == []


class TestSymbols:
    @pytest.fixture(autouse=True)
    def environments(self, rows: Rows) -> None:
        """Environments of each kind, of which each offers a symbol that says so; GLIBC_2.17 is everywhere."""
        kinds: list[dict[str, Any]] = [
            {"os_name": "fedora", "os_version": "35"},
            {"os_name": "fedora", "os_version": "36"},
            {"os_name": "fedora", "os_version": "35", "python_version": "3.10"},
            {"os_name": "fedora", "os_version": "35", "python_version": "3.10", "cuda_version": "11.2"},
            {"os_name": "fedora", "os_version": "35", "cuda_version": "11.2"},
            {"os_name": "rhel", "os_version": "8", "python_version": "3.8"},
        ]
        for kind in kinds:
            environment = rows.software_environment(**kind)
            rows.offered_symbol(environment, "GLIBC_2.17")
            rows.offered_symbol(environment, "-".join(filter(None, kind.values())))
        external = rows.software_environment(is_external=True, os_name="fedora", os_version="35")
        rows.offered_symbol(external, "external", is_external=True)

    @pytest.mark.parametrize(
        ("asked", "symbol"),
        [
            ({**FEDORA}, "fedora-35"),
            ({**FEDORA, "os_version": "36"}, "fedora-36"),
            ({**FEDORA, "python_version": "3.10"}, "fedora-35-3.10"),
            ({**FEDORA, "python_version": "3.10", "cuda_version": "11.2"}, "fedora-35-3.10-11.2"),
            ({**FEDORA, "cuda_version": "11.2"}, "fedora-35-11.2"),
            ({"os_name": "ubi", "os_version": "8.5", "python_version": "3.8"}, "rhel-8-3.8"),
        ],
        ids=str,
    )
    def test_a_version_that_isn_t_given_means_images_without_one(
        self, connection: Connection, asked: dict[str, str], symbol: str
    ) -> None:
        assert queries.get_analyzed_image_symbols_all(connection, **asked) == ["GLIBC_2.17", symbol]

    @pytest.mark.parametrize(
        "asked",
        [
            {"os_name": "debian", "os_version": "35"},
            {"os_name": "rhel", "os_version": "8"},
            {"os_name": "fedora", "os_version": "35", "python_version": "3.9"},
        ],
        ids=str,
    )
    def test_an_unknown_kind_of_image_offers_nothing(self, connection: Connection, asked: dict[str, str]) -> None:
        assert queries.get_analyzed_image_symbols_all(connection, **asked) == []

    def test_a_symbol_of_several_images_and_libraries_stands_once(self, connection: Connection, rows: Rows) -> None:
        rows.offered_symbol(rows.software_environment("another", **FEDORA), "GLIBC_2.17", "libm.so.6")
        assert queries.get_analyzed_image_symbols_all(connection, "fedora", "35") == ["GLIBC_2.17", "fedora-35"]


@pytest.mark.parametrize("is_external", [False, True])
class TestThothImages:
    """What is asked of an s2i image of Thoth, by its name and version, among own and among external environments."""

    @pytest.fixture(autouse=True)
    def images(self, rows: Rows, is_external: bool) -> None:
        """Two environments of the image, one of each neighbour, and one of the image on the other side."""
        external: dict[str, Any] = {"is_external": is_external}
        other_side: dict[str, Any] = {"is_external": not is_external}
        first, second = (rows.software_environment(name, **external, **IMAGE) for name in ("one", "two"))
        for number, environment in enumerate([first, second, first, second]):
            rows.offered_symbol(environment, f"GLIBC_2.{9 - number}", **external)
            rows.analysis_of(environment, f"package-extract-{number}", datetime=hours(9 - number), **external)
        rows.offered_symbol(first, "GLIBC_2.6", "libm.so.6", **external)
        for number, change in enumerate([{"thoth_image_name": f"{UBI}-minimal"}, {"thoth_image_version": "2.0.0"}]):
            neighbour = rows.software_environment(**external, **{**IMAGE, **change})
            rows.analysis_of(neighbour, f"package-extract-neighbour-{number}", datetime=hours(20), **external)
            rows.offered_symbol(neighbour, f"neighbour-{number}", **external)
        twin = rows.software_environment(**other_side, **IMAGE)
        rows.analysis_of(twin, "package-extract-other-side", datetime=hours(30), **other_side)
        rows.offered_symbol(twin, "other-side", **other_side)

    def test_symbols_of_all_its_environments_stand_once(self, connection: Connection, is_external: bool) -> None:
        answer = queries.get_thoth_s2i_analyzed_image_symbols_all(connection, UBI, "1.0.0", is_external)
        assert answer == ["GLIBC_2.6", "GLIBC_2.7", "GLIBC_2.8", "GLIBC_2.9"]

    def test_the_last_analysis_is_that_image_s_latest(self, connection: Connection, is_external: bool) -> None:
        last = queries.get_last_analysis_document_id(connection, UBI, "1.0.0", is_external=is_external)
        assert last == "package-extract-0"

    def test_all_its_analyses_come_oldest_first(self, connection: Connection, is_external: bool) -> None:
        answer = queries.get_thoth_s2i_package_extract_analysis_document_id_all(connection, UBI, "1.0.0", is_external)
        assert answer == [f"package-extract-{number}" for number in (3, 2, 1, 0)]

    @pytest.mark.parametrize("image", [(UBI, "3.0.0"), ("unknown", "1.0.0"), ("", "")])
    def test_an_unknown_image_has_nothing(
        self, connection: Connection, is_external: bool, image: tuple[str, str]
    ) -> None:
        assert queries.get_thoth_s2i_analyzed_image_symbols_all(connection, *image, is_external) == []
        assert queries.get_thoth_s2i_package_extract_analysis_document_id_all(connection, *image, is_external) == []
        assert queries.get_last_analysis_document_id(connection, *image, is_external=is_external) is None

    def test_environments_are_counted_by_image(self, connection: Connection, rows: Rows, is_external: bool) -> None:
        rows.software_environment(is_external=is_external)
        assert queries._get_thoth_s2i_count(connection, is_external) == {
            (UBI, "1.0.0"): 2,
            (UBI, "2.0.0"): 1,
            (f"{UBI}-minimal", "1.0.0"): 1,
            (None, None): 1,
        }
