"""What the benchmark of the reads asks: every method that the original was timed in, with arguments of the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import psycopg

from .original import Call

MANY, SOME, FEW = 30, 8, 3
ENVIRONMENT = ("os_name", "os_version", "python_version")
FIVE_TIMES = {
    "get_last_solver_datetime",
    "python_package_exists",
    "get_python_package_version_trove_classifiers_all",
    "get_si_unanalyzed_python_package_versions_all",
    "get_python_package_version_dependents_all",
    "get_rpm_package_version_all",
    "get_thoth_s2i_analyzed_image_symbols_all",
    "adviser_document_id_exist",
}
"""The methods that are to be five times as fast as the original; the others are to be no slower."""

VERSIONS = """
SELECT v.package_name, v.package_version, i.url, v.os_name, v.os_version, v.python_version
FROM python_package_version AS v
JOIN python_package_index AS i ON i.id = v.python_package_index_id
ORDER BY sha256(v.id::text::bytea)
LIMIT %s
"""
# A package turns up as often as it is depended on, so that popular ones are there.
DEPENDENCIES = """
SELECT v.package_name, v.package_version, i.url, v.os_name, v.os_version, v.python_version,
  e.package_name AS dependency_name, e.package_version AS dependency_version
FROM depends_on AS d TABLESAMPLE SYSTEM (2) REPEATABLE (1)
JOIN python_package_version AS v ON v.id = d.version_id
JOIN python_package_index AS i ON i.id = v.python_package_index_id
JOIN python_package_version_entity AS e ON e.id = d.entity_id
ORDER BY sha256(v.id::text::bytea), e.id
LIMIT %s
"""
# The most work there is; the original's times are of such packages, too.
MOST_POPULAR = """
SELECT e.package_name
FROM depends_on AS d
JOIN python_package_version_entity AS e ON e.id = d.entity_id
GROUP BY e.package_name
ORDER BY count(*) DESC, e.package_name
LIMIT %s
"""
ANALYZED_VERSIONS = """
SELECT e.package_name, e.package_version, i.url
FROM si_aggregated AS a
JOIN python_package_version_entity AS e ON e.id = a.python_package_version_entity_id
JOIN python_package_index AS i ON i.id = e.python_package_index_id
ORDER BY sha256(e.id::text::bytea), a.si_aggregated_run_id
LIMIT %s
"""
IMPORT_NAMES = """
SELECT import_package_name FROM import_package ORDER BY sha256(id::text::bytea) LIMIT %s
"""
ADVISER_DOCUMENTS = """
SELECT adviser_document_id FROM adviser_run ORDER BY sha256(id::text::bytea) LIMIT %s
"""
ANALYSIS_DOCUMENTS = """
SELECT analysis_document_id FROM package_extract_run ORDER BY sha256(id::text::bytea) LIMIT %s
"""
SOLVER_DOCUMENTS = """
SELECT document_id FROM solved ORDER BY sha256(document_id::bytea) LIMIT %s
"""
IMAGES = """
SELECT thoth_image_name, thoth_image_version, os_name, os_version, python_version, cuda_version
FROM software_environment
WHERE thoth_image_name IS NOT NULL
ORDER BY sha256(id::text::bytea)
LIMIT %s
"""
LIBRARIES = """
SELECT library_name FROM versioned_symbol ORDER BY sha256(id::text::bytea) LIMIT %s
"""
STACKED_PACKAGES = """
SELECT e.package_name
FROM has_external_python_requirement_lock AS has
JOIN python_package_version_entity AS e ON e.id = has.python_package_version_entity_id
ORDER BY sha256((has.external_python_requirements_locked_id || ' ' || e.id)::bytea)
LIMIT %s
"""

Row = tuple[Any, ...]


class Question(NamedTuple):
    """A method in one of its uses, and the calls by which it is measured."""

    title: str
    calls: list[Call]

    @property
    def method(self) -> str:
        """The method's name."""
        return self.title.partition("[")[0]

    @property
    def needed(self) -> float:
        """How many times as fast as the original it has to be."""
        return 5.0 if self.method in FIVE_TIMES else 1.0


def questions(connection: psycopg.Connection[Any]) -> Iterator[Question]:
    """Make all questions, with arguments drawn from the database; the same database gives the same ones."""

    def drawn(statement: str, number: int) -> list[Row]:
        return connection.execute(statement.encode(), (number,)).fetchall()

    versions, documents = drawn(VERSIONS, MANY), drawn(SOLVER_DOCUMENTS, MANY)
    dependencies, images = drawn(DEPENDENCIES, MANY), drawn(IMAGES, 10)
    analyses, imports = drawn(ANALYSIS_DOCUMENTS, MANY), drawn(IMPORT_NAMES, MANY)
    yield from of_a_version(versions, dependencies)
    yield from of_a_package(versions, dependencies)
    yield ask("get_python_package_version_dependents_all", drawn(MOST_POPULAR, SOME))
    yield ask("get_si_aggregated_python_package_version", drawn(ANALYZED_VERSIONS, SOME))
    yield from of_all_versions(versions[:FEW])
    yield from of_solvers(versions, documents)
    yield from of_advisers(drawn(ADVISER_DOCUMENTS, MANY))
    yield from of_images(images, analyses, drawn(LIBRARIES, 1))
    yield ask("get_python_package_version_import_packages_all", imports)
    yield ask("get_python_package_version_import_packages_all[prefix]", [(f"{name}*",) for (name,) in imports[:SOME]])
    info = "get_kebechet_github_installations_info_for_python_package_version"
    yield ask(info, drawn(STACKED_PACKAGES, SOME))
    for method in ("main_table_count", "relation_table_count", "bloat_data", "index_bloat_data", "database_size"):
        yield plain(f"get_{method}")


def of_a_version(versions: list[Row], dependencies: list[Row]) -> Iterator[Question]:
    """Ask for one version of a package, in an environment or in all."""
    packages = [row[:3] for row in versions]
    yield ask("get_depends_on", packages, environments(versions))
    extras = {"extras": frozenset({None, "test"}), "marker_evaluation_result": True}
    yield ask("get_depends_on[extras,marker]", packages, environments(versions, **extras))
    yield ask("get_depends_on[name only]", names(versions))
    yield ask("get_python_package_version_records", packages, environments(versions))
    without_index = [(*row[:2], None) for row in versions]
    yield ask("get_python_package_version_records[index None]", without_index, environments(versions))
    edges = [row[:3] for row in dependencies]
    ends = [{"dependency_name": row[6], "dependency_version": row[7]} for row in dependencies]
    markers = [{**named, **end} for named, end in zip(environments(dependencies), ends, strict=True)]
    yield ask("get_python_environment_marker", edges, markers)
    yield ask("get_python_environment_marker_evaluation_result", edges, markers)
    yield ask("has_python_solver_error", packages, environments(versions))
    for method in ("python_package_version_exists", "get_python_package_hashes_sha256", "get_python_cve_records_all"):
        yield ask(method, [row[: 2 if "cve" in method else 3] for row in versions])
    yield ask("get_python_package_version_solver_rules_all", packages)
    yield ask("get_python_package_required_symbols", packages)
    yield ask("get_python_package_version_trove_classifiers_all", packages, environments(versions))
    transitive = "retrieve_transitive_dependencies_python"
    yield ask(transitive, packages[:SOME], environments(versions[:SOME]))
    extras = {"extras": frozenset({None}), "marker_evaluation_result": True}
    yield ask(f"{transitive}[extras None,marker]", packages[:SOME], environments(versions[:SOME], **extras))


def of_a_package(versions: list[Row], dependencies: list[Row]) -> Iterator[Question]:
    """Ask for all versions of a package, and for what depends on one of them."""
    yield ask("python_package_exists", [*names(versions[:1]), ("no-such-package",)])
    yield ask("retrieve_dependent_packages", [row[6:8] for row in dependencies[:SOME]])
    yield ask("get_solved_python_package_versions_all[package]", names(versions))
    yield ask("get_unsolved_python_package_versions_all[package]", names(versions))


def of_all_versions(versions: list[Row]) -> Iterator[Question]:
    """Ask for pages and numbers of all versions."""
    environment = environments(versions)
    everything = [{**named, "distinct": True, "count": None} for named in environment]
    distinct = [{**named, "distinct": True} for named in environment]
    yield plain("get_python_package_version_names_all[distinct,count None]", distinct=True, count=None)
    yield plain("get_python_package_version_names_all[distinct,sort]", distinct=True, sort=True)
    yield plain("get_python_package_version_names_all")
    yield plain("get_solved_python_package_versions_all")
    yield named("get_solved_python_package_versions_all[distinct,count None,env]", everything)
    yield plain("get_solved_python_package_versions_count_all")
    yield named("get_solved_python_package_versions_count_all[distinct,env]", distinct)
    yield named("get_unsolved_python_package_versions_count_all[env]", environment)
    yield named("get_unsolved_python_package_versions_count_all[distinct,env]", distinct)
    yield named("get_unsolved_python_package_versions_all[env]", environment)
    in_order = [{**each, "randomize": False} for each in environment]
    yield named("get_unsolved_python_package_versions_all[env,not random]", in_order)
    yield plain("get_unsolved_python_package_versions_count")
    yield plain("get_error_solved_python_package_versions_all[distinct]", distinct=True)
    yield plain("get_error_solved_python_package_versions_count_all[unsolvable]", unsolvable=True)
    yield plain("get_python_package_versions_count")
    yield plain("get_python_package_versions_all_count")
    yield plain("get_python_packages_all[distinct]", distinct=True)
    yield plain("get_python_packages_count_all")
    yield plain("get_python_package_version_entities_names_all")
    for method in ("unanalyzed_python_package_versions_all", "unanalyzed_python_package_versions_count_all"):
        yield plain(f"get_si_{method}")
    yield plain("get_si_analyzed_python_package_versions_count_all")


def of_solvers(versions: list[Row], documents: list[Row]) -> Iterator[Question]:
    """Ask for the runs of solvers."""
    yield named("get_solver_run_document_ids_all[env]", environments(versions[:FEW]))
    yield ask("get_solver_document_id_all", [row[:3] for row in versions], environments(versions))
    yield plain("get_last_solver_datetime")
    yield plain("get_error_solved_document_id_all")
    yield plain("get_solver_documents_count_all")
    yield ask("solver_document_id_exists", documents)


def of_advisers(documents: list[Row]) -> Iterator[Question]:
    """Ask for the runs of advisers."""
    yield ask("adviser_document_id_exist", documents)
    yield plain("get_adviser_run_origins_all[distinct]", distinct=True)
    yield plain("get_adviser_run_count_per_source_type")
    source_types = [("KEBECHET",), ("CLI",), ("S2I",)]
    yield ask("get_unsolved_python_packages_all_per_adviser_run", source_types)


def of_images(images: list[Row], analyses: list[Row], libraries: list[Row]) -> Iterator[Question]:
    """Ask for container images and what was found in them."""
    yield ask("analysis_document_id_exist", analyses)
    yield ask("get_rpm_package_version_all", analyses[:SOME])
    yield ask("get_python_package_version_all", analyses[:SOME])
    versions = [{"python_version": row[4], "cuda_version": row[5]} for row in images[:FEW]]
    yield ask("get_analyzed_image_symbols_all", [row[2:4] for row in images[:FEW]], versions)
    yield ask("get_thoth_s2i_analyzed_image_symbols_all", [row[:2] for row in images])
    yield plain("get_software_environments_all")
    yield named("get_software_environments_all[library_name]", [{"library_name": name} for (name,) in libraries])


def ask(title: str, positional: Iterable[Row], named: Iterable[dict[str, Any]] | None = None) -> Question:
    """Make the calls of a method, each with positional arguments and, where there are any, with named ones."""
    method, rows = title.partition("[")[0], list(positional)
    arguments = [{} for _ in rows] if named is None else list(named)
    return Question(title, [Call(method, *both) for both in zip(rows, arguments, strict=True)])


def named(title: str, arguments: list[dict[str, Any]]) -> Question:
    """Make the calls of a method with named arguments only."""
    return ask(title, [()] * len(arguments), arguments)


def plain(title: str, **arguments: Any) -> Question:
    """Ask a method the same thing several times."""
    return named(title, [arguments] * FEW)


def names(versions: list[Row]) -> list[Row]:
    """Take the packages' names only."""
    return [row[:1] for row in versions]


def environments(versions: list[Row], **more: Any) -> list[dict[str, Any]]:
    """Make named arguments of the environments, and of what is added to each."""
    return [{**dict(zip(ENVIRONMENT, row[3:6], strict=True)), **more} for row in versions]
