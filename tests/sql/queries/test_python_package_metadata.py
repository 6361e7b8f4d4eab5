"""The core metadata of package versions."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.fix_rows import PYPI, Rows
from thoth_storages import queries
from thoth_storages.exceptions import NotFoundError

OTHER_INDEX = "https://index.example.com/simple"
FEDORA: dict[str, Any] = {"os_name": "fedora", "os_version": "35", "python_version": "3.10"}
RHEL: dict[str, Any] = {"os_name": "rhel", "os_version": "8", "python_version": "3.8"}
SINGLE = [
    "author",
    "author_email",
    "download_url",
    "home_page",
    "keywords",
    "license",
    "maintainer",
    "maintainer_email",
    "metadata_version",
    "name",
    "summary",
    "version",
    "requires_python",
    "description_content_type",
    "description",
]
SEVERAL = [
    "classifier",
    "platform",
    "supported_platform",
    "requires_external",
    "project_url",
    "provides_extra",
    "requires_dist",
    "provides_dist",
    "obsolete_dist",
]

Connection = psycopg.Connection[Any]


def test_the_single_valued_fields_are_answered_by_their_names(connection: Connection, rows: Rows) -> None:
    values = {name: f"the {name}" for name in SINGLE}
    rows.version("flask", python_package_metadata_id=rows.add("python_package_metadata", **values))
    assert queries.get_python_package_version_metadata(connection, "Flask", "1.0", PYPI) == {
        **values,
        **{name: [] for name in SEVERAL},
    }


def test_what_the_metadata_lack_is_none_or_an_empty_list(connection: Connection, rows: Rows) -> None:
    rows.version("flask", python_package_metadata_id=rows.add("python_package_metadata", name="flask"))
    answer = queries.get_python_package_version_metadata(connection, "flask", "1.0", PYPI)
    assert answer == {**dict.fromkeys(SINGLE), **{name: [] for name in SEVERAL}, "name": "flask"}


@pytest.mark.parametrize(
    ("field", "table", "values", "answered"),
    [
        ("classifier", "classifier", [{"classifier": "B"}, {"classifier": "A"}], ["A", "B"]),
        ("platform", "platform", [{"platform": "linux"}, {"platform": "any"}], ["any", "linux"]),
        ("supported_platform", "supported_platform", [{"supported_platform": "RedHat"}], ["RedHat"]),
        ("requires_external", "requires_external", [{"dependency": "libpng (>=1.5)"}], ["libpng (>=1.5)"]),
        (
            "provides_extra",
            "provides_extra",
            [{"optional_feature": "test"}, {"optional_feature": "doc"}],
            ["doc", "test"],
        ),
        ("project_url", "project_url", [{"label": "Code", "url": "https://x.org"}], ["Code,https://x.org"]),
        ("project_url", "project_url", [{"label": None, "url": "https://x.org"}], ["https://x.org"]),
        ("requires_dist", "distutils", [{"distutils": "click>=7", "distutils_type": "REQUIRED"}], ["click>=7"]),
        ("provides_dist", "distutils", [{"distutils": "flask", "distutils_type": "PROVIDED"}], ["flask"]),
        ("obsolete_dist", "distutils", [{"distutils": "flake", "distutils_type": "OBSOLETE"}], ["flake"]),
    ],
)
def test_a_field_with_several_values_is_a_sorted_list(
    connection: Connection, rows: Rows, field: str, table: str, values: list[dict[str, str]], answered: list[str]
) -> None:
    rows.version("flask", python_package_metadata_id=rows.metadata({table: values}, name="flask"))
    rows.version("click", python_package_metadata_id=rows.metadata({table: values[:1]}, name="click"))
    answer = dict(queries.get_python_package_version_metadata(connection, "flask", "1.0", PYPI))
    assert {name: answer[name] for name in SEVERAL} == {**{name: [] for name in SEVERAL}, field: answered}


def test_the_metadata_of_the_latest_record_are_answered(connection: Connection, rows: Rows) -> None:
    for environment, author in ((FEDORA, "Ann"), (RHEL, "Bob")):
        metadata = rows.add("python_package_metadata", name="flask", author=author)
        rows.version("flask", python_package_metadata_id=metadata, **environment)
    rows.version("flask", os_name="debian")
    assert queries.get_python_package_version_metadata(connection, "flask", "1.0", PYPI)["author"] == "Bob"


@pytest.mark.parametrize("asked", [("flask", "1.1", PYPI), ("click", "1.0", PYPI), ("flask", "1.0", OTHER_INDEX)])
def test_a_package_version_without_metadata_is_an_error(
    connection: Connection, rows: Rows, asked: tuple[str, str, str]
) -> None:
    rows.version("flask", python_package_metadata_id=rows.add("python_package_metadata", name="flask"))
    rows.version("click")
    with pytest.raises(NotFoundError, match=asked[0]):
        queries.get_python_package_version_metadata(connection, *asked)


class TestTroveClassifiers:
    @pytest.fixture(autouse=True)
    def flask(self, rows: Rows) -> None:
        for environment, classifiers in ((FEDORA, ["B", "A"]), (RHEL, ["C"])):
            metadata = rows.metadata(
                {"classifier": [{"classifier": each} for each in classifiers]}, author=str(environment)
            )
            rows.version("flask", python_package_metadata_id=metadata, **environment)

    def test_they_are_those_of_the_environment(self, connection: Connection) -> None:
        answers = [
            queries.get_python_package_version_trove_classifiers_all(connection, "flask", "1.0", PYPI, **environment)
            for environment in (FEDORA, RHEL)
        ]
        assert answers == [["A", "B"], ["C"]]

    def test_arguments_are_normalised(self, connection: Connection) -> None:
        answer = queries.get_python_package_version_trove_classifiers_all(
            connection, "Flask", "01.0", PYPI, os_name="ubi", os_version="8.5", python_version="3.8"
        )
        assert answer == ["C"]

    @pytest.mark.parametrize(
        "change", [{"os_name": "debian"}, {"os_version": "36"}, {"python_version": "3.9"}, {"package_version": "1.1"}]
    )
    def test_an_unknown_package_version_has_none(self, connection: Connection, change: dict[str, Any]) -> None:
        asked = {"package_name": "flask", "package_version": "1.0", "index_url": PYPI, **FEDORA, **change}
        assert queries.get_python_package_version_trove_classifiers_all(connection, **asked) == []
