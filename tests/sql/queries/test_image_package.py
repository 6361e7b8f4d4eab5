"""Python packages that an analysis found in a container image."""

from __future__ import annotations

import psycopg

from tests.fix_rows import Rows
from thoth_storages import queries


def test_the_packages_of_an_image_come_with_their_locations(connection: psycopg.Connection, rows: Rows) -> None:
    run = rows.image_analysis("package-extract-1")
    rows.identified(run, rows.entity("numpy", "1.0", index_url=None), "/opt/app-root/lib/python3.8/site-packages")
    flask = rows.entity("flask", "1.0", index_url=None)
    rows.identified(run, flask, "/usr/lib/python3.6/site-packages")
    rows.identified(run, flask, "/opt/app-root/lib/python3.8/site-packages")
    rows.identified(rows.image_analysis("package-extract-2"), rows.entity("pytest", "1.0"))
    answer = queries.get_python_package_version_all(connection, "package-extract-1")
    assert answer == [
        {"package_name": "flask", "package_version": "1.0", "location": "/opt/app-root/lib/python3.8/site-packages"},
        {"package_name": "flask", "package_version": "1.0", "location": "/usr/lib/python3.6/site-packages"},
        {"package_name": "numpy", "package_version": "1.0", "location": "/opt/app-root/lib/python3.8/site-packages"},
    ]


def test_a_package_whose_version_is_unknown_is_answered_without_one(connection: psycopg.Connection, rows: Rows) -> None:
    rows.identified(rows.image_analysis("package-extract-1"), rows.entity("flask", None, index_url=None), "/usr/lib")
    answer = queries.get_python_package_version_all(connection, analysis_document_id="package-extract-1")
    assert answer == [{"package_name": "flask", "package_version": None, "location": "/usr/lib"}]


def test_an_unknown_document_has_no_packages(connection: psycopg.Connection) -> None:
    assert queries.get_python_package_version_all(connection, "package-extract-unknown") == []
