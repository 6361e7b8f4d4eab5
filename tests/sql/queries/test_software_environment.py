"""Software environments: their names, their analyses, and what they are found by."""

from __future__ import annotations

import datetime as dt
from typing import Any

import psycopg
import pytest

from tests.fix_rows import YESTERDAY, Rows
from thoth_storages import queries

Connection = psycopg.Connection[Any]

UBI8: dict[str, Any] = {
    "environment_name": "ubi8",
    "env_image_name": "s2i-ubi8",
    "env_image_tag": "v1",
    "os_name": "rhel",
    "os_version": "8",
    "python_version": "3.8",
    "cuda_version": "11.2",
    "image_name": "quay.io/ubi8",
}
FEDORA: dict[str, Any] = {
    "environment_name": "fedora",
    "env_image_name": "s2i-fedora",
    "env_image_tag": "v2",
    "os_name": "fedora",
    "os_version": "35",
    "python_version": "3.10",
    "cuda_version": "10.1",
    "image_name": "quay.io/fedora",
}
OWN_OR_EXTERNAL = pytest.mark.parametrize("is_external", [False, True], ids=["own", "external"])


def hours(number: int) -> dt.datetime:
    """A moment some hours after yesterday's."""
    return YESTERDAY + dt.timedelta(hours=number)


@OWN_OR_EXTERNAL
class TestNames:
    @pytest.fixture(autouse=True)
    def environments(self, rows: Rows, is_external: bool) -> None:
        for number, name in enumerate(["second", None, "first", None]):
            rows.software_environment(name, is_external=is_external, image_sha=f"{number}")
        rows.software_environment("build", is_external=is_external, environment_type="BUILDTIME")
        rows.software_environment("other side", is_external=not is_external)

    def names(self, connection: Connection, *asked: Any) -> list[str | None]:
        return [name for _, name in queries._get_software_environment_names(connection, *asked)]

    def test_names_of_a_type_come_as_they_were_stored(self, connection: Connection, is_external: bool) -> None:
        assert self.names(connection, "RUNTIME", is_external) == ["second", None, "first", None]
        assert self.names(connection, "BUILDTIME", is_external) == ["build"]
        assert self.names(connection, "RUNTIME", is_external, 1, 2) == [None, "first"]

    def test_an_unknown_type_is_refused(self, connection: Connection, is_external: bool) -> None:
        with pytest.raises(ValueError, match=r"environment_type='TESTTIME'"):
            self.names(connection, "TESTTIME", is_external)


@OWN_OR_EXTERNAL
class TestAnalyses:
    @pytest.fixture(autouse=True)
    def analyses(self, rows: Rows, is_external: bool) -> None:
        """Two environments of a name; one each of another type, another name, and that name on the other side."""
        external: dict[str, Any] = {"is_external": is_external}
        for number, sha in enumerate("ab"):
            environment = rows.software_environment("ubi8", image_sha=sha, **external)
            rows.analysis_of(environment, f"analysis-{number}", datetime=hours(number), **external)
            rows.analysis_of(environment, f"analysis-{number + 4}", datetime=hours(number + 4), **external)
        build = rows.software_environment("ubi8", environment_type="BUILDTIME", **external)
        rows.analysis_of(build, "analysis-build", environment_type="BUILDTIME", **external)
        rows.analysis_of(rows.software_environment("ubi9", **external), "analysis-other", **external)
        other_side: dict[str, Any] = {"is_external": not is_external}
        rows.analysis_of(rows.software_environment("ubi8", **other_side), "analysis-other-side", **other_side)

    def ids(self, connection: Connection, *asked: Any) -> list[str]:
        answer = queries._get_software_environment_analyses(connection, *asked)
        return [analysis["analysis_document_id"] for analysis in answer]

    def test_analyses_of_a_name_and_a_type_come_latest_first(self, connection: Connection, is_external: bool) -> None:
        expected = [f"analysis-{number}" for number in (5, 4, 1, 0)]
        assert self.ids(connection, "ubi8", "RUNTIME", is_external) == expected
        assert self.ids(connection, "ubi8", "RUNTIME", is_external, 1, 2) == expected[1:3]
        assert self.ids(connection, "ubi8", "BUILDTIME", is_external) == ["analysis-build"]
        assert self.ids(connection, "ubi", "RUNTIME", is_external) == []

    def test_an_analysis_says_when_and_by_what_it_was_made(self, connection: Connection, is_external: bool) -> None:
        assert queries._get_software_environment_analyses(connection, "ubi8", "RUNTIME", is_external, count=1) == [
            {
                "analysis_datetime": hours(5),
                "analysis_document_id": "analysis-5",
                "package_extract_name": "thoth-package-extract",
                "package_extract_version": "1.2.2",
            }
        ]


@OWN_OR_EXTERNAL
class TestEnvironments:
    """_get_software_environments_all and get_software_environments_count_all, which take the same filters."""

    @pytest.fixture(autouse=True)
    def environments(self, rows: Rows, is_external: bool) -> None:
        """One environment with two analyses that found different packages, one with one, one with none."""
        external: dict[str, Any] = {"is_external": is_external}
        ubi8 = rows.software_environment(**UBI8, **external)
        fedora = rows.software_environment(**FEDORA, **external)
        rows.software_environment("never analysed", **external)
        older = rows.analysis_of(ubi8, "ubi8-older", datetime=hours(1), **external)
        fedora_run = rows.analysis_of(fedora, "fedora", datetime=hours(2), **external)
        newer = rows.analysis_of(ubi8, "ubi8-newer", datetime=hours(3), **external)
        for run, name in ((older, "flask"), (newer, "numpy"), (fedora_run, "numpy")):
            rows.identified(run, rows.entity(name, "1.0", index_url=None))
            rows.identified(run, rows.entity("pip", "22.0", index_url=None), f"/usr/lib/{name}")
            rows.found_rpm(run, f"python3-{name}")
            rows.found_rpm(run, f"python3-{name}", "2.0")
        rows.offered_symbol(ubi8, "GLIBC_2.17", "libc.so.6", **external)
        rows.offered_symbol(ubi8, "GLIBC_2.18", "libm.so.6", **external)
        rows.offered_symbol(fedora, "GLIBC_2.18", "libc.so.6", **external)
        self.other_side(rows, is_external=not is_external)

    def other_side(self, rows: Rows, is_external: bool) -> None:
        """Have an environment in which everything was found, with the others' ids, where it doesn't belong."""
        external: dict[str, Any] = {"is_external": is_external}
        for number in range(3):
            environment = rows.software_environment(f"other side {number}", os_name="fedora", **external)
            run = rows.analysis_of(environment, f"other-side-{number}", datetime=hours(4), **external)
            rows.identified(run, rows.entity("other", "1.0", index_url=None))
            rows.found_rpm(run, "other")
            rows.offered_symbol(environment, "OTHER_1.0", "libother.so", **external)

    def ids(self, connection: Connection, **asked: Any) -> list[str]:
        answer = queries._get_software_environments_all(connection, **asked)
        return [environment["package_extract_document_id"] for environment in answer]

    def test_environments_come_once_for_each_analysis_latest_first(
        self, connection: Connection, is_external: bool
    ) -> None:
        assert self.ids(connection, is_external=is_external) == ["ubi8-newer", "fedora", "ubi8-older"]

    def test_environments_are_counted_once_analysed_or_not(self, connection: Connection, is_external: bool) -> None:
        assert queries.get_software_environments_count_all(connection, is_external) == 3

    def test_an_environment_is_answered_as_it_is(self, connection: Connection, is_external: bool) -> None:
        answer = queries._get_software_environments_all(connection, is_external, count=1)
        known = {name: value for name, value in UBI8.items() if name != "image_name"}
        assert answer == [
            {
                **known,
                "environment_type": "RUNTIME",
                "image_sha": None,
                "thoth_image_name": None,
                "thoth_image_version": None,
                "datetime": hours(3),
                "package_extract_document_id": "ubi8-newer",
            }
        ]

    @pytest.mark.parametrize("name", sorted(set(FEDORA) - {"environment_name"}))
    def test_each_column_is_a_filter(self, connection: Connection, is_external: bool, name: str) -> None:
        for value, ids in ((FEDORA[name], ["fedora"]), ("unknown", [])):
            asked: dict[str, Any] = {"is_external": is_external, name: value}
            assert self.ids(connection, **asked) == ids
            assert queries.get_software_environments_count_all(connection, **asked) == len(ids)

    @pytest.mark.parametrize(
        ("asked", "ids", "count"),
        [
            ({"library_name": "libc.so.6"}, ["ubi8-newer", "fedora", "ubi8-older"], 2),
            ({"library_name": "libm.so.6"}, ["ubi8-newer", "ubi8-older"], 1),
            ({"symbol": "GLIBC_2.17"}, ["ubi8-newer", "ubi8-older"], 1),
            ({"symbol": "GLIBC_2.18"}, ["ubi8-newer", "fedora", "ubi8-older"], 2),
            ({"library_name": "libc.so.6", "symbol": "GLIBC_2.18"}, ["fedora"], 1),
            ({"library_name": "libm.so.6", "symbol": "GLIBC_2.17"}, [], 0),
            ({"package_name": "Flask"}, ["ubi8-older"], 1),
            ({"package_name": "numpy"}, ["ubi8-newer", "fedora"], 2),
            ({"package_name": "pip"}, ["ubi8-newer", "fedora", "ubi8-older"], 2),
            ({"package_name": "numpy", "os_name": "ubi", "os_version": "8.5"}, ["ubi8-newer"], 1),
            ({"package_name": "numpy", "symbol": "GLIBC_2.17"}, ["ubi8-newer"], 1),
            ({"rpm_package_name": "python3-flask"}, ["ubi8-older"], 1),
            ({"rpm_package_name": "Python3-Flask"}, [], 0),
            ({"rpm_package_name": "python3-numpy", "package_name": "pip"}, ["ubi8-newer", "fedora"], 2),
            ({"symbol": "OTHER_1.0"}, [], 0),
            ({"package_name": "other"}, [], 0),
            ({"rpm_package_name": "other"}, [], 0),
        ],
        ids=str,
    )
    def test_what_was_found_in_an_image_is_a_filter(
        self, connection: Connection, is_external: bool, asked: dict[str, str], ids: list[str], count: int
    ) -> None:
        assert self.ids(connection, is_external=is_external, **asked) == ids
        assert queries.get_software_environments_count_all(connection, is_external, **asked) == count

    def test_an_analysis_finds_what_it_found_itself_an_environment_what_any_did(
        self, connection: Connection, is_external: bool
    ) -> None:
        asked: dict[str, Any] = {
            "is_external": is_external,
            "package_name": "flask",
            "rpm_package_name": "python3-numpy",
        }
        assert self.ids(connection, **asked) == []
        assert queries.get_software_environments_count_all(connection, **asked) == 1

    def test_analyses_at_the_same_moment_have_an_order(self, connection: Connection, is_external: bool) -> None:
        connection.execute("UPDATE package_extract_run SET datetime = %s", (YESTERDAY,))
        whole = self.ids(connection, is_external=is_external)
        assert sorted(whole) == ["fedora", "ubi8-newer", "ubi8-older"]
        singles = [self.ids(connection, is_external=is_external, start_offset=at, count=1) for at in range(4)]
        assert singles == [*([each] for each in whole), []]
