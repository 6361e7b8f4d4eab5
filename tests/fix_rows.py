"""Hand-made rows of the knowledge graph: each function adds one fact, and whatever that fact refers to."""

from __future__ import annotations

import datetime as dt
from typing import Any

import psycopg
import pytest
from psycopg import sql

PYPI = "https://pypi.org/simple"
YESTERDAY = dt.datetime(2022, 3, 4, 5, 6, 7)

_SECURITY_COUNTS = [
    *(
        f"severity_{severity}_confidence_{confidence}"
        for severity in ("high", "medium", "low")
        for confidence in ("high", "medium", "low", "undefined")
    ),
    "number_of_analyzed_files",
    "number_of_files_total",
    "number_of_files_with_severities",
    "number_of_filtered_files",
    "number_of_python_files",
    "number_of_lines_with_comments_in_python_files",
    "number_of_blank_lines_in_python_files",
    "number_of_lines_with_code_in_python_files",
    "total_number_of_files",
    "total_number_of_lines",
    "total_number_of_lines_with_comments",
    "total_number_of_blank_lines",
    "total_number_of_lines_with_code",
]


class Rows:
    """Puts rows into the tables of the connection's database, values as given: nothing is normalised."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection

    def insert(self, table: str, **values: Any) -> None:
        """Add a row to a table without an id."""
        self.connection.execute(_insert(table, list(values)), values)

    def add(self, table: str, **values: Any) -> int:
        """Add a row to a table and answer its id."""
        row = self.connection.execute(_insert(table, list(values)) + sql.SQL(" RETURNING id"), values).fetchone()
        assert row is not None
        return int(row[0])

    def get_or_add(self, table: str, **values: Any) -> int:
        """Answer the id of the row with these values, which is added when there is none."""
        return self._find(table, values) or self.add(table, **values)

    def index(self, url: str = PYPI, *, enabled: bool | None = True, **others: Any) -> int:
        """Have a Python package index; one that is there already stays as it is."""
        return self._find("python_package_index", {"url": url}) or self.add(
            "python_package_index", url=url, enabled=enabled, **{"verify_ssl": True, **others}
        )

    def entity(self, package_name: str, package_version: str | None = "1.0", *, index_url: str | None = PYPI) -> int:
        """Have a package version that is known by name, not necessarily solved."""
        return self.get_or_add(
            "python_package_version_entity",
            package_name=package_name,
            package_version=package_version,
            python_package_index_id=None if index_url is None else self.index(index_url),
        )

    def version(
        self,
        package_name: str,
        package_version: str | None = "1.0",
        *,
        index_url: str | None = PYPI,
        os_name: str = "fedora",
        os_version: str = "35",
        python_version: str = "3.10",
        **others: Any,
    ) -> int:
        """Have a package version that a solver has seen in an environment; ``others`` are further columns."""
        return self.get_or_add(
            "python_package_version",
            package_name=package_name,
            package_version=package_version,
            os_name=os_name,
            os_version=os_version,
            python_version=python_version,
            entity_id=self.entity(package_name, package_version, index_url=index_url),
            python_package_index_id=None if index_url is None else self.index(index_url),
            **others,
        )

    def solver(self, os_name: str = "fedora", os_version: str = "35", python_version: str = "3.10") -> int:
        """Have a solver of an environment."""
        return self.get_or_add(
            "ecosystem_solver",
            ecosystem="python",
            solver_name=f"solver-{os_name}-{os_version}-py{python_version.replace('.', '')}",
            solver_version="1.10.1",
            os_name=os_name,
            os_version=os_version,
            python_version=python_version,
        )

    def solved(self, version_id: int, document_id: str = "solver-fedora-35-py310-1", **others: Any) -> None:
        """Add the run of a solver on a package version, in that version's environment."""
        environment = self.connection.execute(
            "SELECT os_name, os_version, python_version FROM python_package_version WHERE id = %s", (version_id,)
        ).fetchone()
        assert environment is not None
        outcome = {"error": False, "error_unsolvable": False, "error_unparseable": False, "datetime": YESTERDAY}
        solver_id = self.solver(*environment)
        values = {**outcome, "ecosystem_solver_id": solver_id, **others}
        self.insert("solved", version_id=version_id, document_id=document_id, **values)

    def depends_on(
        self,
        version_id: int,
        package_name: str,
        package_version: str | None = "1.0",
        *,
        index_url: str | None = None,
        **others: Any,
    ) -> None:
        """Add a dependency of a version; its entity has no index, as solvers don't say where dependencies come from."""
        values = {"version_range": "*", "marker_evaluation_result": True, **others}
        entity_id = self.entity(package_name, package_version, index_url=index_url)
        self.insert("depends_on", version_id=version_id, entity_id=entity_id, **values)

    def rule(self, package_name: str, *, entity_ids: tuple[int, ...] = (), **others: Any) -> int:
        """Add a rule that keeps solvers off a package, tied to the entities given."""
        rule_id = self.add("python_package_version_entity_rule", package_name=package_name, **others)
        for entity_id in entity_ids:
            self.insert(
                "python_package_version_entity_rules_association",
                python_package_version_entity_id=entity_id,
                python_package_version_entity_rule_id=rule_id,
            )
        return rule_id

    def security_indicators(self, version_id: int, document_id: str = "security-indicator-1", **others: Any) -> int:
        """Add a run of the security indicators on a version; counts that aren't given are 0."""
        values = {"datetime": YESTERDAY, "error": False, **dict.fromkeys(_SECURITY_COUNTS, 0), **others}
        run_id = self.add("si_aggregated_run", si_aggregated_run_document_id=document_id, **values)
        self.connection.execute(
            "INSERT INTO si_aggregated"
            " (si_aggregated_run_id, python_package_version_id, python_package_version_entity_id)"
            " SELECT %s, id, entity_id FROM python_package_version WHERE id = %s",
            (run_id, version_id),
        )
        return run_id

    def adviser_run(self, document_id: str = "adviser-1", *, unresolved: tuple[int, ...] = (), **others: Any) -> int:
        """Add a run of the adviser, and the entities that it couldn't resolve."""
        values = {
            "datetime": YESTERDAY,
            "adviser_version": "0.50.0",
            "adviser_name": "thoth-adviser",
            "debug": False,
            "adviser_error": False,
            "recommendation_type": "LATEST",
            "requirements_format": "PIPENV",
            "advised_configuration_changes": False,
            "additional_stack_info": False,
            **others,
        }
        run_id = self.add("adviser_run", adviser_document_id=document_id, **values)
        for entity_id in unresolved:
            self.insert("has_unresolved", adviser_run_id=run_id, python_package_version_entity_id=entity_id)
        return run_id

    def user_stack(self, *pinned: int) -> int:
        """Add a user's stack: a Pipfile without lines, and a Pipfile.lock that pins package versions known by name."""
        content = f"pins {pinned}"
        requirements_id = self.get_or_add("external_python_requirements", requirements_hash="no lines")
        lock_id = self.add("external_python_requirements_lock", requirements_lock_hash=content)
        for entity_id in pinned:
            self.insert(
                "has_external_python_requirement_lock",
                external_python_requirements_locked_id=lock_id,
                python_package_version_entity_id=entity_id,
            )
        return self.add(
            "external_python_software_stack",
            external_python_requirements_id=requirements_id,
            external_python_requirements_lock_id=lock_id,
        )

    def image_analysis(self, document_id: str = "package-extract-1", **others: Any) -> int:
        """Add an analysis of a container image."""
        values = {
            "package_extract_name": "thoth-package-extract",
            "package_extract_version": "1.2.2",
            "datetime": YESTERDAY,
            "environment_type": "RUNTIME",
            "debug": False,
            "package_extract_error": False,
            "image_tag": "latest",
            "os_name": "Fedora Linux",
            "os_id": "fedora",
            "os_version_id": "35",
            **others,
        }
        return self.add("package_extract_run", analysis_document_id=document_id, **values)

    def identified(self, run_id: int, entity_id: int, location: str = "/usr/lib/python3/site-packages") -> None:
        """Add a Python package that an analysis found in an image."""
        self.insert(
            "identified", package_extract_run_id=run_id, python_package_version_entity_id=entity_id, location=location
        )

    def artifact(self, entity_id: int, sha256_hash: str, name: str | None = None) -> int:
        """Add an artifact of a package version, and answer its id."""
        artifact_id = self.get_or_add("python_artifact", artifact_hash_sha256=sha256_hash, artifact_name=name)
        self.insert("has_artifact", python_artifact_id=artifact_id, python_package_version_entity_id=entity_id)
        return artifact_id

    def required_symbol(self, artifact_id: int, symbol: str, library_name: str = "libc.so.6") -> None:
        """Add a versioned symbol that an artifact needs."""
        symbol_id = self.get_or_add("versioned_symbol", library_name=library_name, symbol=symbol)
        self.insert("requires_symbol", python_artifact_id=artifact_id, versioned_symbol_id=symbol_id)

    def metadata(self, several: dict[str, list[dict[str, Any]]], **values: Any) -> int:
        """Add metadata with the rows of its multi-valued fields, by the ends of their tables' names."""
        metadata_id = self.add("python_package_metadata", **values)
        for name, fields in several.items():
            for each in fields:
                value_id = self.get_or_add(f"python_package_metadata_{name}", **each)
                both = {"python_package_metadata_id": metadata_id, f"python_package_metadata_{name}_id": value_id}
                self.insert(f"has_metadata_{name}", **both)
        return metadata_id

    def found_import(self, version_id: int, import_package_name: str) -> None:
        """Add an import package that a solver found in a version."""
        import_id = self.get_or_add("import_package", import_package_name=import_package_name)
        self.insert("found_import_package", python_package_version_id=version_id, import_package_id=import_id)

    def vulnerability(self, entity_id: int, cve_id: str, **others: Any) -> None:
        """Add a vulnerability of a package version; one that is there already stays as it is."""
        known = self._find("cve", {"cve_id": cve_id})
        known = known or self.add("cve", cve_id=cve_id, **{"details": "details", **others})
        self.insert("has_vulnerability", python_package_version_entity_id=entity_id, cve_id=known)

    def software_environment(
        self, environment_name: str | None = None, *, is_external: bool = False, **others: Any
    ) -> int:
        """Add a software environment of the service's own, or of a user."""
        values = {"environment_type": "RUNTIME", "environment_name": environment_name, **others}
        return self.add(f"{'external_' if is_external else ''}software_environment", **values)

    def analysis_of(self, environment_id: int, document_id: str, *, is_external: bool = False, **others: Any) -> int:
        """Add an analysis of the image that an environment is."""
        column = f"{'external_' if is_external else ''}software_environment_id"
        return self.image_analysis(document_id, **{column: environment_id, **others})

    def offered_symbol(
        self, environment_id: int, symbol: str, library_name: str = "libc.so.6", *, is_external: bool = False
    ) -> None:
        """Add a versioned symbol that a software environment offers."""
        symbol_id = self.get_or_add("versioned_symbol", library_name=library_name, symbol=symbol)
        column = f"{'external_' if is_external else ''}software_environment_id"
        self.insert("has_symbol", versioned_symbol_id=symbol_id, **{column: environment_id})

    def found_rpm(self, run_id: int, package_name: str, package_version: str = "1.0", **others: Any) -> None:
        """Add an RPM package that an analysis found in an image."""
        values = {"package_identifier": f"{package_name}-{package_version}", **others}
        rpm_id = self.get_or_add(
            "rpm_package_version", package_name=package_name, package_version=package_version, **values
        )
        self.insert("found_rpm", package_extract_run_id=run_id, rpm_package_version_id=rpm_id)

    def inspection(self, document_id: str = "inspection-1", number: int = 0, **others: Any) -> int:
        """Add a result of an inspection."""
        values = {"inspection_sync_state": "SYNCED", "datetime": YESTERDAY, **others}
        return self.add("inspection_run", inspection_document_id=document_id, inspection_result_number=number, **values)

    def performance_indicator(self, table: str, inspection_run_id: int, component: str, **others: Any) -> int:
        """Add a measurement to the table of a performance indicator; whatever isn't said is 0, or an empty text."""
        columns = self.connection.execute(
            "SELECT attname, atttypid::regtype::text FROM pg_attribute"
            " WHERE attrelid = to_regclass(%s) AND attnum > 0 AND attnotnull AND NOT atthasdef AND attidentity = ''",
            (table,),
        )
        needed = {name: "" if kind in ("text", "character varying") else 0 for name, kind in columns}
        values = {**needed, "inspection_run_id": inspection_run_id, "component": component, **others}
        return self.add(table, **values)

    def installation(self, slug: str = "acme/app", runtime_environment_name: str | None = None, **others: Any) -> int:
        """Add an active installation of Kebechet in a repository, with all managers off."""
        values = {
            "repo_name": slug.split("/")[-1],
            "private": False,
            "installation_id": "1",
            "is_active": True,
            "runtime_environment_name": runtime_environment_name,
            **others,
        }
        return self.add("kebechet_github_installations", slug=slug, **values)

    def _find(self, table: str, values: dict[str, Any]) -> int | None:
        same = sql.SQL(" AND ").join(
            sql.SQL("{} IS NOT DISTINCT FROM {}").format(sql.Identifier(column), sql.Placeholder(column))
            for column in values
        )
        query = sql.SQL("SELECT id FROM {} WHERE {}").format(sql.Identifier(table), same)
        row = self.connection.execute(query, values).fetchone()
        return None if row is None else int(row[0])


def _insert(table: str, columns: list[str]) -> sql.Composed:
    return sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join(map(sql.Placeholder, columns)),
    )


@pytest.fixture
def rows(connection: psycopg.Connection[Any]) -> Rows:
    """Functions that put rows into the database of the fixture ``connection``."""
    return Rows(connection)
