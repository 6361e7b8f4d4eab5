"""Whatever there is has a page: queries, variables, commands, stores, exceptions, tables, all that a client imports."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePosixPath
from typing import Any

import psycopg
import pytest
from pytest_postgresql.executors import NoopExecutor

import thoth_storages
from scripts.docs_reference import commands, exceptions, python, queries, variables
from scripts.docs_reference.catalog_facts import Facts, facts_of
from scripts.docs_reference.pages import all_pages, save
from tests.docs.blocks import DOCS, ROOT
from thoth_storages import exceptions as all_errors
from thoth_storages import objectstore
from thoth_storages.cli import exit_codes
from thoth_storages.ephemeral import Server
from thoth_storages.sql.migrating.files import created
from thoth_storages.sql.named import catalog

Pages = dict[PurePosixPath, str]


@pytest.fixture(scope="module")
def facts(postgres: Server, migrated_template: NoopExecutor) -> Facts:
    """What the tests' own migrated database says."""
    with psycopg.connect(postgres.conninfo(migrated_template.template_dbname)) as connection:
        return facts_of(connection)


@pytest.fixture(scope="module")
def pages(facts: Facts) -> Pages:
    """All pages of the reference."""
    return all_pages(facts)


@pytest.fixture(scope="module")
def targets(pages: Pages) -> set[str]:
    """What links can lead to."""
    return {target for text in pages.values() for target in re.findall(r"^\((.+)\)=$", text, re.MULTILINE)}


def _missing(expected: set[str], targets: set[str]) -> list[str]:
    assert expected
    return sorted(expected - targets)


class TestThereIsASectionOn:
    def test_every_query(self, targets: set[str]) -> None:
        assert _missing({f"query-{name}" for name in catalog}, targets) == []

    def test_every_variable_of_the_settings(self, targets: set[str]) -> None:
        text = (ROOT / "thoth_storages/settings.py").read_text()
        named = re.findall(r'Variable\(\s*"([A-Z0-9_]+)"', text)
        assert _missing({f"variable-{name}" for name in named}, targets) == []

    def test_every_variable_of_a_cache(self, targets: set[str]) -> None:
        named = {query.header.cache.variable for query in catalog.values() if query.header.cache}
        assert _missing({f"variable-{name}" for name in named}, targets) == []

    def test_every_variable_that_the_tests_read(self, targets: set[str]) -> None:
        read = {"THOTH_STORAGES_TEST_DSN", "THOTH_STORAGES_TEST_S3", "THOTH_STORAGES_POSTGRES_BINDIR"}
        assert _missing({f"variable-{name}" for name in read}, targets) == []

    def test_every_command(self, targets: set[str]) -> None:
        named = {name for name, _ in commands.commands()}
        assert {"thoth-storages db migrate", "thoth-storages sql run", "thoth-storages sync"} <= named
        assert _missing({commands.target_of(name) for name in named}, targets) == []

    def test_every_exception(self, targets: set[str]) -> None:
        errors = {name for name in vars(all_errors) if name.endswith("Error")}
        assert _missing({f"exception-{name}" for name in errors}, targets) == []

    def test_every_store(self, targets: set[str]) -> None:
        stores = {name for name in objectstore.__all__ if not name.isupper()}
        assert _missing({f"python-{name}" for name in stores}, targets) == []

    def test_every_table(self, targets: set[str]) -> None:
        assert _missing({f"table-{name}" for name in created("TABLE")}, targets) == []

    def test_everything_that_a_client_imports(self, targets: set[str]) -> None:
        # RESULT_SCHEMA is a function's value, and queries has pages of its own
        names = set(thoth_storages.__all__) - {"RESULT_SCHEMA", "__version__", "queries"}
        found = {target.partition("-")[2] for target in targets if target.startswith(("python-", "exception-"))}
        assert sorted(names - found) == []


class TestThePages:
    def test_name_each_target_once(self, pages: Pages) -> None:
        named = Counter(target for text in pages.values() for target in re.findall(r"^\((.+)\)=$", text, re.MULTILINE))
        assert [target for target, times in named.items() if times > 1] == []

    def test_link_to_what_is_there(self, pages: Pages, targets: set[str]) -> None:
        links = {link for text in pages.values() for link in re.findall(r"\]\(#([^)\s]+)\)", text)}
        assert links
        assert sorted(links - targets) == []

    def test_link_to_pages_that_are_there(self, pages: Pages) -> None:
        there = {(DOCS / "reference" / path).resolve() for path in pages}
        for path, text in pages.items():
            for link in re.findall(r"\]\((?!#|https?:)([^)]+\.md)\)", text):
                linked = (DOCS / "reference" / path).parent.joinpath(link).resolve()
                assert linked in there or linked.exists(), (path, link)

    def test_are_the_same_twice(self, pages: Pages, facts: Facts) -> None:
        assert all_pages(facts) == pages

    def test_have_one_title_each(self, pages: Pages) -> None:
        for text in pages.values():
            outside = re.sub(r"^(`{3,}).*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL)
            assert len(re.findall(r"^# ", outside, re.MULTILINE)) == 1


class TestAQuery:
    @pytest.fixture(scope="class")
    @staticmethod
    def section() -> str:
        """What the page says of get_depends_on."""
        page = queries.pages()[PurePosixPath("queries/depends_on.md")]
        return page.partition("(query-get_depends_on)=")[2].partition("\n(query-")[0]

    def test_shows_its_signature_with_types(self, section: str) -> None:
        assert "    extras: frozenset[str | None] | None = None,\n" in section
        assert (
            "package_name: str,\n    package_version: str | None = None,\n    index_url: str | None = None,\n    *,\n"
            in section
        )

    def test_tells_its_prose_shape_and_error(self, section: str) -> None:
        assert "Dependencies of a Python package, grouped by the extra" in section
        assert "Answers `{extra: [(package_name, package_version)]}`." in section
        assert "Raises [`NotFoundError`](#exception-NotFoundError)" in section
        assert "(#variable-THOTH_STORAGE_GET_DEPENDS_ON_CACHE_SIZE) says how many, 8192 by default" in section

    def test_shows_its_sql_as_it_stands_in_the_file(self, section: str) -> None:
        assert catalog["get_depends_on"].statement.sql.strip() in section

    def test_that_answers_records_shows_what_is_in_them(self) -> None:
        page = queries.pages()[PurePosixPath("queries/cve.md")]
        assert "class GetPythonCveRecordsAllRecord(TypedDict):\n    aggregated_at: str | None\n" in page

    def test_that_is_a_list_names_its_iterating_form(self) -> None:
        page = queries.pages()[PurePosixPath("queries/python_package.md")]
        assert "Element by element: `iterate_python_packages_all`" in page

    def test_is_listed_by_all_its_public_names(self) -> None:
        index = queries.pages()[PurePosixPath("queries/index.md")]
        listed = set(re.findall(r"^\| \[`(\w+)`\]", index, re.MULTILINE))
        named = {name for query in catalog.in_namespace("") for name in query.names if not name.startswith("_")}
        assert listed == named


class TestACommand:
    def test_shows_usage_options_and_examples(self) -> None:
        page = commands.pages()[PurePosixPath("commands/sync.md")]
        assert "```text\nthoth-storages sync [OPTIONS] [DOCUMENT]...\n```" in page
        assert "| `--force` | Sync documents again that were synced before. |" in page
        assert "Example:\n\n```sh\nthoth-storages sync\nthoth-storages sync --local documents/solver-*.json\n" in page

    def test_of_a_group_is_on_the_page_of_the_group(self) -> None:
        page = commands.pages()[PurePosixPath("commands/db.md")]
        assert "(command-thoth-storages-db-migrate)=\n## db migrate" in page
        assert "[`thoth-storages db migrate`](#command-thoth-storages-db-migrate)" in page.partition("## db migrate")[0]

    def test_without_options_has_no_table_of_them(self) -> None:
        for page in commands.pages().values():
            assert "| option | meaning |\n| --- | --- |\n\n" not in page

    def test_that_lists_what_there_is_has_a_table_of_it(self) -> None:
        page = commands.pages()[PurePosixPath("commands/doctor.md")]
        assert "Checks:\n\n| name | what it is |" in page
        assert "| `bloat` | Whether tables " in page

    def test_ends_with_a_code_that_is_explained(self) -> None:
        page = commands.pages()[PurePosixPath("exit-codes.md")]
        assert [code for code, _ in exit_codes.table()] == re.findall(r"^\| (\d+) \| \S", page, re.MULTILINE)


class TestAVariable:
    def test_says_what_it_is_where_unset(self) -> None:
        page = variables.pages()[PurePosixPath("variables.md")]
        assert "### KNOWLEDGE_GRAPH_PORT\n\nPort of the server. Where unset: `PGPORT`, else `5432`." in page

    def test_of_a_switch_is_a_number(self) -> None:
        page = variables.pages()[PurePosixPath("variables.md")]
        assert "### THOTH_STORAGES_DEBUG_QUERIES\n\n1: log every statement (0 or 1). Where unset: `0`." in page


class TestAnException:
    def test_stands_below_what_it_derives_from(self) -> None:
        page = exceptions.pages()[PurePosixPath("exceptions.md")]
        assert "    DatabaseError\n        DatabaseUnreachableError\n" in page

    def test_says_what_else_it_is(self) -> None:
        page = exceptions.pages()[PurePosixPath("exceptions.md")]
        assert "isn't set; the message names it. It is a `KeyError` as well." in page


class TestPython:
    def test_tells_the_methods_of_a_store_and_what_it_derives_from(self) -> None:
        page = python.pages()[PurePosixPath("stores.md")]
        solvers = page.partition("## SolverResultsStore")[2].partition("\n## ")[0]
        assert "Derives from [`ResultStorageBase`](#python-ResultStorageBase)." in solvers
        assert "RESULT_TYPE = 'solver'" in solvers
        assert "`get_solver_name_from_document_id(solver_document_id: str) -> str`\n: Answer the name" in solvers

    def test_tells_the_methods_of_the_graph_that_are_no_queries(self) -> None:
        page = python.pages()[PurePosixPath("graph-database.md")]
        assert "`connect() -> None`\n: Connect to the database" in page
        assert "get_depends_on(" not in page.partition("## CombinedQueries")[2]

    def test_tells_the_members_of_an_enumeration(self) -> None:
        assert "`RUNTIME`, `BUILDTIME`" in python.pages()[PurePosixPath("enums.md")]


class TestSaving:
    def test_removes_what_was_there_before(self, tmp_path: Any) -> None:
        save({PurePosixPath("a/old.md"): "old", PurePosixPath("kept.md"): "kept"}, tmp_path)
        before = (tmp_path / "kept.md").stat().st_mtime_ns
        save({PurePosixPath("b/new.md"): "new", PurePosixPath("kept.md"): "kept"}, tmp_path)
        assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == [
            "b",
            "b/new.md",
            "kept.md",
        ]
        assert (tmp_path / "kept.md").stat().st_mtime_ns == before
