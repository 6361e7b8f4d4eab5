"""Which packages bring an import package."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.fix_rows import PYPI, Rows
from thoth_storages import queries
from thoth_storages.exceptions import NotFoundError

FEDORA: dict[str, Any] = {"os_name": "fedora", "os_version": "35", "python_version": "3.10"}
RHEL: dict[str, Any] = {"os_name": "rhel", "os_version": "8", "python_version": "3.8"}

Connection = psycopg.Connection[Any]


@pytest.fixture(autouse=True)
def imports(rows: Rows) -> None:
    pyyaml = rows.version("pyyaml", "6.0")
    for name in ("yaml", "yaml.reader", "yamlx", "_yaml", "Yaml"):
        rows.found_import(pyyaml, name)
    for environment in (FEDORA, RHEL):
        rows.found_import(rows.version("ruamel", "1.0", **environment), "ruamel_yaml")
    rows.found_import(rows.version("odd", "1.0"), "ruamelxyaml")
    rows.found_import(rows.version("odd", "1.0", index_url=None), "no_index")


def names(connection: Connection, import_name: str) -> list[str | None]:
    answer = queries.get_python_package_version_import_packages_all(connection, import_name)
    return [row["import"] for row in answer]


def test_a_row_names_package_index_and_import(connection: Connection) -> None:
    assert queries.get_python_package_version_import_packages_all(connection, "yaml") == [
        {"package_name": "pyyaml", "package_version": "6.0", "index_url": PYPI, "import": "yaml"}
    ]


@pytest.mark.parametrize(
    ("import_name", "found"),
    [
        ("yaml.reader", ["yaml.reader"]),
        ("yaml*", ["yaml", "yaml.reader", "yamlx"]),
        ("yaml.*", ["yaml.reader"]),
        ("_*", ["_yaml"]),
        ("Y*", ["Yaml"]),
        ("ruamel_*", ["ruamel_yaml", "ruamel_yaml"]),
    ],
)
def test_a_star_stands_for_all_that_starts_with_what_is_before_it(
    connection: Connection, import_name: str, found: list[str]
) -> None:
    assert names(connection, import_name) == found


def test_a_star_alone_stands_for_everything(connection: Connection) -> None:
    assert len(names(connection, "*")) == 8


def test_a_version_stands_once_an_environment_unless_distinct(connection: Connection) -> None:
    assert names(connection, "ruamel_yaml") == ["ruamel_yaml"] * 2
    answer = queries.get_python_package_version_import_packages_all(connection, "ruamel_yaml", distinct=True)
    assert [row["package_name"] for row in answer] == ["ruamel"]


@pytest.mark.parametrize("import_name", ["yam", "yaml.", "%", "_aml", "zz*", "no_index", ""])
def test_nothing_found_is_an_error(connection: Connection, import_name: str) -> None:
    with pytest.raises(NotFoundError):
        queries.get_python_package_version_import_packages_all(connection, import_name)
