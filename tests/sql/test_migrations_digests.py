"""The digests by which long texts are part of a key: they tell apart what differs, and indexes hold them."""

from __future__ import annotations

import secrets

import pytest
from psycopg import errors

from tests.databases import Connection

DIGESTS_OF_ONE = [(None,), ("NULL",), ("",), ("'",), ("\\",), ("\\x61",), ("a",), ("E'a'",), ("é",)]
DIGESTS_OF_TWO = [("a", "b"), ("a,b", None), ("a", None), (None, "a"), ("a','b", ""), ("", "a','b"), (None, None)]
DIGESTS_OF_FOUR = [("a", None, None, None), ("a", "NULL", None, None), ("a", "", None, None), ("{a", "b}", '"', "\\")]


@pytest.mark.parametrize("rows", [DIGESTS_OF_ONE, DIGESTS_OF_TWO, DIGESTS_OF_FOUR])
def test_texts_that_differ_have_digests_that_differ(connected: Connection, rows: list[tuple[str | None, ...]]) -> None:
    places = ", ".join(["%s::text"] * len(rows[0]))
    digests = [connected.execute(f"SELECT content_digest({places})".encode(), row).fetchone() for row in rows]
    assert len(set(digests)) == len(rows)
    assert all(digest is not None and len(digest[0]) == 32 for digest in digests)


def test_numbers_that_differ_have_digests_that_differ(connected: Connection) -> None:
    rows = [(1, 2.5), (2, 1.5), (1, None), (None, 1), (0, 0), (1, 2.5000000000000004)]
    digests = [connected.execute("SELECT content_digest(%s::integer, %s::float8)", row).fetchone() for row in rows]
    assert len(set(digests)) == len(rows)


@pytest.mark.parametrize(
    "setting", ["extra_float_digits = -15", "bytea_output = escape", "client_encoding = LATIN1", "search_path = ''"]
)
def test_a_digest_depends_on_no_setting(connected: Connection, setting: str) -> None:
    statement = """
    SELECT public.content_digest('é'::text), public.content_digest('é'::text, NULL::text, NULL::text, NULL::text),
      public.content_digest(1.1::float8, 1e100::float8)
    """
    before = connected.execute(statement).fetchone()
    connected.execute(f"SET {setting}".encode())
    assert connected.execute(statement).fetchone() == before


def test_digests_of_one_to_three_texts_are_inlined(connected: Connection) -> None:
    for arguments in ("marker", "marker, extra", "version_range, marker, extra"):
        plan = connected.execute(
            f"EXPLAIN (VERBOSE, COSTS OFF) SELECT content_digest({arguments}) FROM depends_on".encode()
        ).fetchall()
        assert "quote_nullable" in str(plan)


@pytest.mark.parametrize("table", sorted({"python_package_metadata", "depends_on", "software_environment"}))
def test_a_row_is_found_by_its_key_in_the_index(connected: Connection, table: str) -> None:
    condition = {
        "python_package_metadata": """content_digest(
            author, author_email, download_url, home_page, keywords, license, maintainer, maintainer_email,
            metadata_version, name, summary, version, requires_python, description_content_type, description
        ) = content_digest('a', '', '', '', '', '', '', '', '', '', '', '', '', '', '')""",
        "depends_on": """version_id = 1 AND entity_id = 2 AND marker_evaluation_result
            AND content_digest(version_range, marker, extra) = content_digest('*', NULL, 'dev')""",
        "software_environment": """environment_type = 'RUNTIME' AND content_digest(
            environment_name, python_version, image_name, image_sha, os_name, os_version, cuda_version,
            thoth_image_name, thoth_image_version, env_image_name, env_image_tag
        ) = content_digest('a', '', '', '', '', '', '', '', '', '', '')""",
    }[table]
    connected.execute("SET enable_seqscan = off")
    plan = connected.execute(f"EXPLAIN (COSTS OFF) SELECT FROM {table} WHERE {condition}".encode()).fetchall()
    assert f"{table}_key" in str(plan)
    assert "Filter" not in str(plan)


def test_texts_of_any_length_are_stored_once(connected: Connection) -> None:
    """Random text, as PostgreSQL compresses what an index row holds, and repeated text would fit."""
    long = secrets.token_hex(100_000)
    parents = [
        ("python_package_version_entity", "id, package_name", "1, 'a'"),
        (
            "python_package_version",
            "id, package_name, os_name, os_version, python_version, entity_id",
            "1, 'a', '', '', '', 1",
        ),
        ("python_file_digest", "id, sha256", "1, ''"),
        ("python_artifact", "id, artifact_hash_sha256", "1, ''"),
    ]
    for table, columns, values in parents:
        connected.execute(f"INSERT INTO {table} ({columns}) VALUES ({values})".encode())
    rows = [
        ("python_package_metadata", "description", "%s"),
        ("python_package_metadata_classifier", "classifier", "%s"),
        ("python_package_metadata_distutils", "distutils", "%s"),
        ("python_package_metadata_project_url", "url", "%s"),
        ("depends_on", "version_id, entity_id, marker_evaluation_result, marker", "1, 1, TRUE, %s"),
        ("python_package_version_entity_rule", "package_name, description", "'a', %s"),
        ("versioned_symbol", "library_name, symbol", "'libc.so.6', %s"),
        ("rpm_requirement", "rpm_requirement_name", "%s"),
        ("included_file", "python_artifact_id, python_file_digest_id, file", "1, 1, %s"),
        ("software_environment", "environment_type, image_name", "'RUNTIME', %s"),
        ("hardware_information", "cpu_model_name", "%s"),
    ]
    for table, columns, values in rows:
        insert = f"INSERT INTO {table} ({columns}) VALUES ({values})".encode()
        connected.execute(insert, (long,))
        connected.execute(insert, (long + "x",))
        with pytest.raises(errors.UniqueViolation, match=f"{table}_key"):
            connected.execute(insert, (long,))


def test_an_upsert_may_name_a_key_with_a_digest(connected: Connection) -> None:
    insert = """
    INSERT INTO python_package_metadata_project_url (url, label)
    VALUES ('https://example.com', NULL)
    ON CONFLICT (content_digest(url, label)) DO UPDATE SET url = excluded.url
    RETURNING id
    """
    assert connected.execute(insert).fetchone() == connected.execute(insert).fetchone()
