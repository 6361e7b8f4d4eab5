"""Analyses of container images in the tables: all of what they say, once, whatever the order."""

from __future__ import annotations

import json
import random
import string
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.contents import contents, row_counts
from tests.documents.making import Document
from tests.documents.making_images import (
    ANALYSIS_ID,
    IMAGE,
    SITE,
    analysis_document,
    debian_package,
    full_analysis,
    named,
    numbered_analysis,
    python_package,
    rpm_package,
    write,
)
from tests.documents.processes import write_at_once
from tests.documents.writing import select, select_column, sequences
from tests.fix_postgres import PointTo
from tests.fix_rows import Rows
from tests.shared import shared_files
from tests.statements import counted_statements
from thoth_storages import queries
from thoth_storages.documents.image_analysis import image_analysis_rows
from thoth_storages.documents.image_analysis_writer import write_image_analysis_results

Connection = psycopg.Connection[Any]

FILLED = {
    "deb_depends": 3,
    "deb_dependency": 5,
    "deb_package_version": 2,
    "deb_pre_depends": 1,
    "deb_replaces": 2,
    "detected_symbol": 3,
    "found_deb": 2,
    "found_python_file": 3,
    "found_python_interpreter": 2,
    "found_rpm": 2,
    "has_symbol": 3,
    "identified": 2,
    "package_extract_run": 1,
    "python_file_digest": 2,
    "python_interpreter": 2,
    "python_package_version_entity": 2,
    "rpm_package_version": 2,
    "rpm_requirement": 3,
    "rpm_requires": 3,
    "software_environment": 1,
    "versioned_symbol": 3,
}


def test_a_document_fills_every_table_that_analyses_fill(connection: Connection) -> None:
    write(connection, full_analysis())
    assert row_counts(connection) == FILLED


def test_the_run_stands_with_all_it_says(connection: Connection) -> None:
    write(connection, full_analysis(verbose=True, arguments={"origin": "https://github.com/acme/app"}))
    query = """
    SELECT
      analysis_document_id, datetime::text, duration, package_extract_name, package_extract_version,
      run.environment_type::text, origin, debug, package_extract_error, image_tag, run.os_name, os_id, os_version_id,
      image_size, external_software_environment_id, environment.environment_name
    FROM package_extract_run AS run
    JOIN software_environment AS environment ON environment.id = run.software_environment_id
    """
    assert select(connection, query) == [
        (
            ANALYSIS_ID,
            "2022-01-06 11:21:26.759528",
            62,
            "thoth-package-extract",
            "1.3.0",
            "RUNTIME",
            "https://github.com/acme/app",
            True,
            False,
            "v1.0.0",
            "rhel",
            "rhel",
            "8",
            6_000_000_000,
            None,
            IMAGE,
        )
    ]


def test_what_was_written_is_found_by_the_questions_about_it(connection: Connection) -> None:
    write(connection, full_analysis())
    name = IMAGE.partition(":")[0]
    assert queries.analysis_document_id_exist(connection, ANALYSIS_ID)
    packages = queries.get_rpm_package_version_all(connection, ANALYSIS_ID)
    assert [package["package_identifier"] for package in packages] == [
        "glibc-1.2.11-13.el8.x86_64",
        "zlib-1.2.11-13.el8.x86_64",
    ]
    symbols = ["GLIBC_2.17", "GLIBC_2.2.5", "ZLIB_1.2"]
    assert queries.get_thoth_s2i_analyzed_image_symbols_all(connection, name, "1.0.0") == symbols
    found = queries.get_analyzed_image_symbols_all(connection, "rhel", "8", python_version="3.10", cuda_version="11.2")
    assert found == symbols


def test_an_image_of_a_user_is_an_environment_of_users(connection: Connection) -> None:
    write(connection, full_analysis(arguments={"is_external": True, "environment_type": "buildtime"}))
    counts = row_counts(connection)
    assert counts == {name.replace("software_env", "external_software_env"): count for name, count in FILLED.items()}
    query = """
    SELECT environment.environment_type::text, run.environment_type::text, count(offers.versioned_symbol_id)
    FROM has_symbol AS offers
    JOIN external_software_environment AS environment ON environment.id = offers.external_software_environment_id
    JOIN package_extract_run AS run ON run.external_software_environment_id = environment.id
    GROUP BY 1, 2
    """
    assert select(connection, query) == [("BUILDTIME", "BUILDTIME", 3)]


def test_debian_packages_name_others_in_any_version(connection: Connection) -> None:
    others = [named("any"), named("some", ">= 1")]
    package = debian_package(pre_depends=others, depends=others, replaces=others)
    for _ in range(2):
        write(connection, analysis_document({"deb-dependencies": [package]}))
    for table in ("deb_pre_depends", "deb_depends", "deb_replaces"):
        query = f"""
        SELECT dependency.package_name, relation.version_range
        FROM {table} AS relation
        JOIN deb_dependency AS dependency ON dependency.id = relation.deb_dependency_id
        ORDER BY 1
        """
        assert select(connection, query) == [("any", None), ("some", ">= 1")]


def test_one_content_at_three_paths_and_one_package_in_two_places_are_all_kept(connection: Connection) -> None:
    files = [{"filepath": f"/a/{number}/__init__.py", "sha256": "ab" * 32} for number in range(3)]
    packages = [python_package(location=location) for location in (SITE, "/usr/lib/python3/dist-packages")]
    write(connection, analysis_document({"python-files": files, "python-packages": packages}))
    counts = row_counts(connection)
    assert (counts["python_file_digest"], counts["found_python_file"]) == (1, 3)
    assert (counts["python_package_version_entity"], counts["identified"]) == (1, 2)


def test_packages_found_in_images_are_tied_to_the_rules_about_them(connection: Connection, rows: Rows) -> None:
    rows.rule("flask", version_range="<2")
    packages = [python_package("Flask", "1.0"), python_package("flask", "3.0"), python_package("flask", None)]
    write(connection, analysis_document({"python-packages": packages}))
    query = """
    SELECT entity.package_version
    FROM python_package_version_entity_rules_association AS applies
    JOIN python_package_version_entity AS entity ON entity.id = applies.python_package_version_entity_id
    """
    assert select_column(connection, query) == ["1.0"]


def test_a_failed_analysis_is_stored_with_its_error(connection: Connection) -> None:
    write(connection, analysis_document({"error": True}))
    assert select_column(connection, "SELECT package_extract_error FROM package_extract_run") == [True]


def test_the_longest_keys_are_stored(connection: Connection) -> None:
    """Random text, as PostgreSQL compresses what an index row holds."""
    letters = random.Random(0).choices(string.ascii_letters, k=2500)
    texts = ["".join(letters[start : start + 500]) for start in range(0, 2500, 500)]
    name, version, release, epoch, identifier = [*texts[:4], texts[4][:490]]
    package = rpm_package(name, version=version, release=release, epoch=epoch, arch=None, package_identifier=identifier)
    for _ in range(2):
        write(connection, analysis_document({"rpm-dependencies": [package]}))
    assert row_counts(connection)["rpm_package_version"] == 1


def some_documents() -> list[Document]:
    """Eleven analyses of images of the service's own and of users."""
    return [full_analysis(), *(numbered_analysis(number) for number in range(1, 11))]


def test_writing_again_changes_nothing_and_uses_up_no_id(connection: Connection) -> None:
    documents = [*some_documents(), full_analysis(document_id=ANALYSIS_ID[:-1] + "0", duration=None)]
    write(connection, *documents)
    before = contents(connection), sequences(connection)
    for document in documents:
        write(connection, document)
    write(connection, *documents, *documents)
    assert (contents(connection), sequences(connection)) == before
    assert row_counts(connection)["package_extract_run"] == 12


def test_documents_written_together_or_one_by_one_leave_the_same_tables(
    connection: Connection, other_connection: Connection
) -> None:
    documents = some_documents()
    write(connection, *documents)
    for document in reversed(documents):
        write(other_connection, document)
    assert contents(connection) == contents(other_connection)


def test_no_rows_are_written_for_no_documents(connection: Connection) -> None:
    write(connection)
    assert row_counts(connection) == {}


def test_a_transaction_that_fails_leaves_nothing(connection: Connection) -> None:
    def write_and_fail() -> None:
        with connection.transaction():
            write(connection, full_analysis())
            raise InterruptedError

    with pytest.raises(InterruptedError):
        write_and_fail()
    assert row_counts(connection) == {}


def test_a_document_that_has_changed_is_what_its_run_says(connection: Connection) -> None:
    write(connection, full_analysis(), numbered_analysis(7))
    changed = full_analysis(image="quay.io/acme/app:v2", arguments={"is_external": True}, duration=7)
    changed["result"] |= {"image_size": None, "python-packages": [python_package("jinja2")]}
    write(connection, changed, numbered_analysis(7))
    query = """
    SELECT run.duration, run.image_size, run.image_tag, run.software_environment_id, environment.image_name
    FROM package_extract_run AS run
    JOIN external_software_environment AS environment ON environment.id = run.external_software_environment_id
    """
    assert select(connection, query) == [(7, None, "v2", None, "quay.io/acme/app")]
    assert row_counts(connection)["package_extract_run"] == 2
    assert row_counts(connection)["identified"] == 3 + 3


@pytest.mark.parametrize(("size", "expected"), [(1, [1, 2]), (2, [1, 2]), (3, [3, 2])])
def test_of_several_rows_that_the_original_wrote_of_a_document_one_says_what_it_says(
    connection: Connection, size: int, expected: list[int]
) -> None:
    documents = [numbered_analysis(2, duration=None), numbered_analysis(7, duration=None)]
    for number, document in enumerate(documents, 1):
        document["metadata"]["arguments"] = numbered_analysis(7)["metadata"]["arguments"]
        document["result"]["image_size"] = number
        write(connection, document)
    connection.execute("UPDATE package_extract_run SET analysis_document_id = 'package-extract-x'")
    again = documents[1]
    again["metadata"]["document_id"], again["result"]["image_size"] = "package-extract-x", size
    for _ in range(2):
        write(connection, again)
    assert select_column(connection, "SELECT image_size FROM package_extract_run ORDER BY id") == expected


# What rows are put in by.
KEYS = {
    "python_package_version_entity": "package_name, package_version",
    "package_extract_run": "analysis_document_id",
    "identified": "package_extract_run_id, python_package_version_entity_id, location",
    "rpm_package_version": "package_name, package_version, release",
    "found_rpm": "package_extract_run_id, rpm_package_version_id",
    "rpm_requirement": "rpm_requirement_name",
    "rpm_requires": "rpm_package_version_id, rpm_requirement_id",
    "deb_package_version": "package_name, package_version",
    "found_deb": "package_extract_run_id, deb_package_version_id",
    "deb_dependency": "package_name",
    "deb_pre_depends": "deb_package_version_id, deb_dependency_id, version_range",
    "deb_depends": "deb_package_version_id, deb_dependency_id, version_range",
    "deb_replaces": "deb_package_version_id, deb_dependency_id, version_range",
    "python_file_digest": "sha256",
    "found_python_file": "package_extract_run_id, python_file_digest_id, file",
    "python_interpreter": "path, link, version",
    "found_python_interpreter": "package_extract_run_id, python_interpreter_id",
    "versioned_symbol": "library_name, symbol",
    "has_symbol": "software_environment_id, external_software_environment_id, versioned_symbol_id",
    "detected_symbol": "package_extract_run_id, versioned_symbol_id",
}


@pytest.mark.parametrize("table", KEYS)
def test_rows_are_put_in_by_their_key_so_that_parallel_writers_meet_in_one_order(
    connection: Connection, table: str
) -> None:
    connection.execute(f"ALTER TABLE {table} ADD COLUMN place bigserial".encode())
    write(connection, *reversed(some_documents()))
    places = select_column(connection, f"SELECT place FROM {table} ORDER BY {KEYS[table]}, place")
    assert places == sorted(places)
    assert len(places) > 10


def test_eight_processes_in_different_orders_leave_the_tables_of_one(
    connection: Connection, other_connection: Connection, database: str, point_to: PointTo
) -> None:
    point_to(database)
    documents = some_documents()
    write(other_connection, *documents)
    write_at_once(documents, image_analysis_rows, write_image_analysis_results)
    assert contents(connection) == contents(other_connection)
    deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
    assert select_column(connection, deadlocks) == [0]


def statements(connection: Connection, *documents: Document) -> int:
    with counted_statements(connection) as sent:
        write(connection, *documents)
    return sent.statements


MOST_STATEMENTS = 52


def test_a_batch_takes_as_many_statements_at_most_whatever_it_holds(connection: Connection, rows: Rows) -> None:
    rows.rule("flask")
    documents = some_documents()
    assert 40 < statements(connection, documents[0]) <= MOST_STATEMENTS
    assert statements(connection, *documents) <= MOST_STATEMENTS
    assert statements(connection, *documents) < 40
    changed = [numbered_analysis(number, duration=7) for number in range(5, 30)]
    assert statements(connection, *changed) <= MOST_STATEMENTS


def test_a_large_image_takes_as_many_statements_as_a_small_one(connection: Connection) -> None:
    document = full_analysis()
    document["result"] |= {
        "python-files": [{"filepath": f"{SITE}/{number}.py", "sha256": f"{number:064x}"} for number in range(5_000)],
        "system-symbols": {f"/lib64/lib{number}.so": ["ONE_1.0", "ONE_2.0"] for number in range(1_000)},
        "rpm-dependencies": [rpm_package(f"rpm-{number}", *map(str, range(10))) for number in range(300)],
        "python-packages": [python_package(f"package-{number}") for number in range(500)],
    }
    assert statements(connection, document) <= MOST_STATEMENTS
    counts = row_counts(connection)
    assert (counts["found_python_file"], counts["has_symbol"], counts["rpm_requires"]) == (5_000, 2_000, 3_000)


@pytest.mark.parametrize("path", shared_files("documents/package-extract/*.json"), ids=lambda path: str(path.stem))
def test_real_documents_are_stored_whole_and_once(connection: Connection, path: Path) -> None:
    document = json.loads(path.read_bytes())
    assert statements(connection, document) <= MOST_STATEMENTS
    before = row_counts(connection)
    found = document["result"]
    assert before["found_rpm"] == len(found["rpm-dependencies"])
    assert before["identified"] == len(found["python-packages"])
    assert before.get("detected_symbol", 0) == sum(map(len, found["system-symbols"].values()))
    write(connection, document)
    assert row_counts(connection) == before
