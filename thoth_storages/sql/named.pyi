# Written by `make stubs` from thoth_storages/sql/queries/ and a migrated database; a test holds it current.
from collections.abc import Generator
from datetime import date as date, datetime as datetime
from decimal import Decimal as Decimal
from typing import Any, Literal, TypedDict

from psycopg import Connection

from ..enums import *
from .catalog import Catalog

catalog: Catalog
queries: Queries

EnvironmentType = Literal['RUNTIME', 'BUILDTIME']

SourceType = Literal['CLI', 'KEBECHET', 'S2I', 'GITHUB_APP', 'JUPYTER_NOTEBOOK']

class GetConnectionNumbersRecord(TypedDict):
    allowed: int
    used: int
    idle_in_transaction: int

class GetDatabaseOptionsRecord(TypedDict):
    owner_name: str
    tablespace_name: str
    encoding: str
    locale_provider: str
    lc_collate: str
    lc_ctype: str
    icu_locale: str | None
    builtin_locale: str | None
    connection_limit: int

class GetDocumentsByDayRecord(TypedDict):
    kind: str
    day: date
    documents: int
    errors: int
    newest: datetime

class GetHardwareEnvironmentsRecord(TypedDict):
    id: int
    cpu_vendor: int | None
    cpu_model: int | None
    cpu_cores: int | None
    cpu_model_name: str | None
    cpu_family: int | None
    cpu_physical_cpus: int | None
    gpu_model_name: str | None
    gpu_vendor: str | None
    gpu_cores: int | None
    gpu_memory_size: int | None
    ram_size: int | None

class GetIndexUsageRecord(TypedDict):
    index_name: str
    table_name: str
    is_unique: bool
    scans: int
    size: int

class GetNewPackagesByDayRecord(TypedDict):
    day: date
    packages: int
    package_versions: int

class GetServerRecord(TypedDict):
    version: str
    started: datetime
    counted_since: datetime | None

class GetSoftwareEnvironmentAnalysesRecord(TypedDict):
    analysis_datetime: datetime
    analysis_document_id: str
    package_extract_name: str
    package_extract_version: str

class GetSoftwareEnvironmentsAllRecord(TypedDict):
    cuda_version: str | None
    datetime: datetime
    env_image_name: str | None
    env_image_tag: str | None
    environment_name: str | None
    environment_type: EnvironmentType
    image_sha: str | None
    os_name: str | None
    os_version: str | None
    package_extract_document_id: str
    python_version: str | None
    thoth_image_name: str | None
    thoth_image_version: str | None

class GetSolverResultsByDayRecord(TypedDict):
    day: date
    results: int
    errors: int
    unsolvable: int
    unparseable: int

class GetTableSizesRecord(TypedDict):
    table_name: str
    rows: int
    table_bytes: int
    index_bytes: int
    dead_rows: int
    vacuumed: datetime | None
    analyzed: datetime | None

class GetAnalysisMetadataRecord(TypedDict):
    analysis_datetime: datetime
    analysis_document_id: str
    package_extract_name: str
    package_extract_version: str

class GetBloatDataRecord(TypedDict):
    databasename: str
    schemaname: str
    tablename: str
    can_estimate: bool
    table_bytes: float
    table_mb: float
    expected_bytes: float
    expected_mb: float
    pct_bloat: float
    mb_bloat: float
    est_rows: float

class GetIndexBloatDataRecord(TypedDict):
    database_name: str
    schema_name: str
    table_name: str
    index_name: str
    bloat_pct: float
    bloat_mb: float
    index_mb: float
    table_mb: float
    index_scans: int

class GetKebechetGithubAppInstallationsAllRecord(TypedDict):
    slug: str
    repo_name: str
    private: bool
    installation_id: str
    is_active: bool
    runtime_environment_name: str | None
    info_manager: bool
    pipfile_requirements_manager: bool
    update_manager: bool
    version_manager: bool
    thoth_advise_manager: bool
    thoth_provenance_manager: bool
    last_run: str | None
    external_python_software_stack_id: int | None
    external_software_environment_id: int | None
    advised_python_software_stack_id: int | None

class GetKebechetGithubInstallationInfoWithSoftwareEnvironmentAllRecord(TypedDict):
    slug: str
    repo_name: str
    private: bool
    installation_id: str
    is_active: bool
    runtime_environment_name: str | None
    info_manager: bool
    pipfile_requirements_manager: bool
    update_manager: bool
    version_manager: bool
    thoth_advise_manager: bool
    thoth_provenance_manager: bool
    last_run: str | None
    external_python_software_stack_id: int | None
    external_software_environment_id: int | None
    advised_python_software_stack_id: int | None

class GetKebechetGithubInstallationsInfoForPythonPackageVersionRecord(TypedDict):
    environment_name: str | None
    installation_id: str
    private: bool
    package_name: str
    package_version: str | None
    index_url: str | None

class GetPythonCveRecordsAllRecord(TypedDict):
    aggregated_at: str | None
    cve_id: str
    details: str
    link: str | None

class GetPythonPackageIndexAllRecord(TypedDict):
    url: str
    warehouse_api_url: str | None
    verify_ssl: bool
    only_if_package_seen: bool

class GetPythonPackageVersionAllRecord(TypedDict):
    package_name: str
    package_version: str | None
    location: str

class GetPythonPackageVersionDependentsAllRecord(TypedDict):
    package_name: str
    package_version: str | None
    index_url: str
    version_range: str | None
    marker_evaluation_result: bool
    marker: str | None
    extra: str | None

GetPythonPackageVersionImportPackagesAllRecord = TypedDict('GetPythonPackageVersionImportPackagesAllRecord', {'package_name': str, 'package_version': str, 'index_url': str, 'import': str | None})

class GetPythonPackageVersionMetadataRecord(TypedDict):
    author: str | None
    author_email: str | None
    download_url: str | None
    home_page: str | None
    keywords: str | None
    license: str | None
    maintainer: str | None
    maintainer_email: str | None
    metadata_version: str | None
    name: str | None
    summary: str | None
    version: str | None
    requires_python: str | None
    description_content_type: str | None
    description: str | None
    classifier: list[str]
    platform: list[str]
    supported_platform: list[str]
    requires_external: list[str]
    project_url: list[str]
    provides_extra: list[str]
    requires_dist: list[str]
    provides_dist: list[str]
    obsolete_dist: list[str]

class GetPythonPackageVersionRecordsRecord(TypedDict):
    package_name: str
    package_version: str
    index_url: str
    os_name: str
    os_version: str
    python_version: str

class GetPythonRuleRecord(TypedDict):
    id: int
    package_name: str
    version_range: str | None
    description: str | None
    index_url: str | None

class GetPythonRuleAllRecord(TypedDict):
    id: int
    package_name: str
    version_range: str | None
    description: str | None
    index_url: str | None

class GetRpmPackageVersionAllRecord(TypedDict):
    package_name: str
    package_version: str
    release: str | None
    epoch: str | None
    arch: str | None
    src: bool | None
    package_identifier: str

class GetSiAggregatedPythonPackageVersionRecord(TypedDict):
    severity_high_confidence_high: int
    severity_high_confidence_low: int
    severity_high_confidence_medium: int
    severity_high_confidence_undefined: int
    severity_low_confidence_high: int
    severity_low_confidence_low: int
    severity_low_confidence_medium: int
    severity_low_confidence_undefined: int
    severity_medium_confidence_high: int
    severity_medium_confidence_low: int
    severity_medium_confidence_medium: int
    severity_medium_confidence_undefined: int
    number_of_analyzed_files: int
    number_of_files_total: int
    number_of_files_with_severities: int
    number_of_filtered_files: int
    number_of_python_files: int
    number_of_lines_with_comments_in_python_files: int
    number_of_blank_lines_in_python_files: int
    number_of_lines_with_code_in_python_files: int
    total_number_of_files: int
    total_number_of_lines: int
    total_number_of_lines_with_comments: int
    total_number_of_blank_lines: int
    total_number_of_lines_with_code: int
    error: bool

class GetSolvedPythonPackageVersionEnvironmentsAllRecord(TypedDict):
    os_name: str
    os_version: str
    python_version: str

class GetSolvedPythonPackageVersionsSoftwareEnvironmentAllRecord(TypedDict):
    os_name: str
    os_version: str
    python_version: str

class NamedQueries:
    def _activate_kebechet_installations(self, slug: str, private: bool, installation_id: str) -> int:
        """Mark all installations of a repository as active, as of one installation of the GitHub App.

        Answers how many rows were written.
        """
    def _create_external_hardware_information(self, cpu_vendor: int | None, cpu_model: int | None, cpu_cores: int | None, cpu_model_name: str | None, cpu_family: int | None, cpu_physical_cpus: int | None, gpu_model_name: str | None, gpu_vendor: str | None, gpu_cores: int | None, gpu_memory_size: int | None, ram_size: int | None) -> list[int]:
        """Have hardware of a user, and answer its id; what is known already stays the row that it is.

        Answers ``[id]``.
        """
    def _create_hardware_information(self, cpu_vendor: int | None, cpu_model: int | None, cpu_cores: int | None, cpu_model_name: str | None, cpu_family: int | None, cpu_physical_cpus: int | None, gpu_model_name: str | None, gpu_vendor: str | None, gpu_cores: int | None, gpu_memory_size: int | None, ram_size: int | None) -> list[int]:
        """Have hardware of the service's own runs, and answer its id; what is known already stays the row that it is.

        Answers ``[id]``.
        """
    def _deactivate_kebechet_installations(self, slug: str) -> int:
        """Mark all installations of a repository as not active.

        Answers how many rows were written.
        """
    def _delete_adviser_runs(self, document_ids: list[str], end_datetime: datetime | None = None, adviser_version: str | None = None, external_hardware_information_id: int | None = None) -> int:
        """Delete the runs of the adviser that documents tell of: all, or those before a moment, by a version, or on hardware.

        Answers how many rows were written.
        """
    def _delete_external_hardware_information(self, hardware_information_id: int) -> int:
        """Delete hardware of a user, and the runs of the adviser on it.

        Answers how many rows were written.
        """
    def _delete_hardware_information(self, hardware_information_id: int) -> int:
        """Delete hardware of the service's own runs, and the inspections and runs of Dependency Monkey on it.

        Answers how many rows were written.
        """
    def _delete_kebechet_github_app_installations(self, *, batch_size: int, id: int | None = None, slug: str | None = None, private: bool | None = None, installation_id: str | None = None, is_active: bool | None = None, runtime_environment_name: str | None = None, info_manager: bool | None = None, pipfile_requirements_manager: bool | None = None, update_manager: bool | None = None, version_manager: bool | None = None, thoth_advise_manager: bool | None = None, thoth_provenance_manager: bool | None = None, last_run_before: datetime | None = None, last_run_after: datetime | None = None, external_python_software_stack_id: int | None = None, external_software_environment_id: int | None = None, advised_python_software_stack_id: int | None = None, runtime_environment: str | None = None) -> int:
        """Delete some of the installations of Kebechet that match the filters, those that were stored first.

        Answers how many rows were written.
        """
    def _delete_package_extract_runs(self, document_ids: list[str], end_datetime: datetime | None = None, package_extract_version: str | None = None) -> int:
        """Delete the image analyses that documents tell of: all, or those before a moment, or by a version of the analyser.

        Answers how many rows were written.
        """
    def _delete_rule_associations(self, rule_id: int) -> int:
        """Untie a rule from all package versions.

        Answers how many rows were written.
        """
    def _delete_solver_runs(self, document_ids: list[str], os_name: str | None = None, os_version: str | None = None, python_version: str | None = None) -> int:
        """Delete the runs of solvers that documents tell of, of all environments or of one.

        Answers how many rows were written.
        """
    def _delete_solvers(self, os_name: str, os_version: str, python_version: str) -> int:
        """Delete the solvers of a software environment; their runs go with them.

        Answers how many rows were written.
        """
    def _get_abandoned_databases(self, prefix: str) -> list[tuple[str, int]]:
        """Databases whose names begin like this, which nobody is connected to and this role may drop, and their sizes in bytes.

        Answers ``[(database_name, size)]``.
        """
    def _iterate_abandoned_databases(self, prefix: str) -> Generator[tuple[str, int], None, None]:
        """Databases whose names begin like this, which nobody is connected to and this role may drop, and their sizes in bytes.

        Yields the elements of ``[(database_name, size)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_adviser_document_ids(self) -> list[str]:
        """Ids of the adviser's documents.

        Answers ``[document_id]``.
        """
    def _iterate_adviser_document_ids(self) -> Generator[str, None, None]:
        """Ids of the adviser's documents.

        Yields the elements of ``[document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_adviser_documents_to_delete(self, end_datetime: datetime | None = None, adviser_version: str | None = None, external_hardware_information_id: int | None = None, after_document_id: str | None = None, count: int | None = None) -> list[str]:
        """Ids of the documents of adviser runs before a moment, by a version, or on hardware; those after a document.

        Answers ``[adviser_document_id]``.
        """
    def _iterate_adviser_documents_to_delete(self, end_datetime: datetime | None = None, adviser_version: str | None = None, external_hardware_information_id: int | None = None, after_document_id: str | None = None, count: int | None = None) -> Generator[str, None, None]:
        """Ids of the documents of adviser runs before a moment, by a version, or on hardware; those after a document.

        Yields the elements of ``[adviser_document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_amcheck_schema(self) -> str | None:
        """The schema in which the extension amcheck is installed; None where it isn't.

        Answers ``schema_name``.
        """
    def _get_analysis_document_ids(self) -> list[str]:
        """Ids of the analyses of container images.

        Answers ``[document_id]``.
        """
    def _iterate_analysis_document_ids(self) -> Generator[str, None, None]:
        """Ids of the analyses of container images.

        Yields the elements of ``[document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_btree_indexes(self) -> list[tuple[int, str]]:
        """The B-tree indexes of the database, those of the catalog included, that can be checked from this session.

        Answers ``[(index_oid, index_name)]``.
        """
    def _iterate_btree_indexes(self) -> Generator[tuple[int, str], None, None]:
        """The B-tree indexes of the database, those of the catalog included, that can be checked from this session.

        Yields the elements of ``[(index_oid, index_name)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_connection_counts(self) -> dict[tuple[str, str], int]:
        """How many connections the database has: by the name that the application gave, and by what they do.

        Answers ``{(application, state): connections}``.
        """
    def _get_connection_numbers(self) -> GetConnectionNumbersRecord:
        """How many connections the server allows this role, how many it has, and how many of them do nothing in a transaction.

        Answers ``{allowed, used, idle_in_transaction}``.
        """
    def _get_database_options(self, database_name: str) -> GetDatabaseOptionsRecord | None:
        """How a database was created, as CREATE DATABASE says it; None where there is no such database.

        Answers ``{owner_name, tablespace_name, encoding, locale_provider, lc_collate, lc_ctype, icu_locale, builtin_locale, connection_limit}``.
        """
    def _get_database_rights(self, database_name: str) -> list[tuple[str, str, bool]]:
        """Who may do what with a database: role (empty for all), right, may it be passed on; none while nothing was granted.

        Answers ``[(role_name, right_name, is_grantable)]``.
        """
    def _iterate_database_rights(self, database_name: str) -> Generator[tuple[str, str, bool], None, None]:
        """Who may do what with a database: role (empty for all), right, may it be passed on; none while nothing was granted.

        Yields the elements of ``[(role_name, right_name, is_grantable)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_database_settings(self, database_name: str) -> list[tuple[str, str, str]]:
        """What ALTER DATABASE and ALTER ROLE … IN DATABASE have set for a database: role (empty for all), setting, value.

        Answers ``[(role_name, setting_name, setting_value)]``.
        """
    def _iterate_database_settings(self, database_name: str) -> Generator[tuple[str, str, str], None, None]:
        """What ALTER DATABASE and ALTER ROLE … IN DATABASE have set for a database: role (empty for all), setting, value.

        Yields the elements of ``[(role_name, setting_name, setting_value)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_days_of_statistics(self) -> float | None:
        """For how many days the use of tables and indexes was counted; None where it was since the database was made.

        Answers ``days``.
        """
    def _get_dependency_monkey_document_ids(self) -> list[str]:
        """Ids of the reports of Dependency Monkey.

        Answers ``[document_id]``.
        """
    def _iterate_dependency_monkey_document_ids(self) -> Generator[str, None, None]:
        """Ids of the reports of Dependency Monkey.

        Yields the elements of ``[document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_documents_by_day(self) -> list[GetDocumentsByDayRecord]:
        """How many documents of each kind were made on each day, how many of them tell an error, and when the newest was made.

        An error of a solver is a package version that couldn't be solved.

        Answers ``[{kind, day, documents, errors, newest}]``.
        """
    def _iterate_documents_by_day(self) -> Generator[GetDocumentsByDayRecord, None, None]:
        """How many documents of each kind were made on each day, how many of them tell an error, and when the newest was made.

        An error of a solver is a package version that couldn't be solved.

        Yields the elements of ``[{kind, day, documents, errors, newest}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_dumped_tables(self) -> list[tuple[str, str]]:
        """The tables whose rows a dump holds: those of extensions and of PostgreSQL itself aren't among them.

        Answers ``[(schema_name, table_name)]``.
        """
    def _iterate_dumped_tables(self) -> Generator[tuple[str, str], None, None]:
        """The tables whose rows a dump holds: those of extensions and of PostgreSQL itself aren't among them.

        Yields the elements of ``[(schema_name, table_name)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_duplicate_indexes(self) -> list[tuple[str, str]]:
        """The indexes that are another one of the same table but for their names: which could go, and which would stay.

        Answers ``[(superfluous_name, kept_name)]``.
        """
    def _iterate_duplicate_indexes(self) -> Generator[tuple[str, str], None, None]:
        """The indexes that are another one of the same table but for their names: which could go, and which would stay.

        Yields the elements of ``[(superfluous_name, kept_name)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_estimated_row_counts(self) -> dict[str, float]:
        """About how many rows each table holds: what the last VACUUM or ANALYZE found, or what was counted since where none ran.

        Answers ``{table_name: rows}``.
        """
    def _get_hardware_environments(self, is_external: bool = False, start_offset: int = 0, count: int | None = 100) -> list[GetHardwareEnvironmentsRecord]:
        """Hardware in the order in which it was stored.

        Answers ``[{id, cpu_vendor, cpu_model, cpu_cores, cpu_model_name, cpu_family, cpu_physical_cpus, gpu_model_name, gpu_vendor, gpu_cores, gpu_memory_size, ram_size}]``.
        """
    def _iterate_hardware_environments(self, is_external: bool = False, start_offset: int = 0, count: int | None = None) -> Generator[GetHardwareEnvironmentsRecord, None, None]:
        """Hardware in the order in which it was stored.

        Yields the elements of ``[{id, cpu_vendor, cpu_model, cpu_cores, cpu_model_name, cpu_family, cpu_physical_cpus, gpu_model_name, gpu_vendor, gpu_cores, gpu_memory_size, ram_size}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_index_usage(self) -> list[GetIndexUsageRecord]:
        """How often each index was used since the statistics were reset, and what room it takes; the largest first.

        Answers ``[{index_name, table_name, is_unique, scans, size}]``.
        """
    def _iterate_index_usage(self) -> Generator[GetIndexUsageRecord, None, None]:
        """How often each index was used since the statistics were reset, and what room it takes; the largest first.

        Yields the elements of ``[{index_name, table_name, is_unique, scans, size}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_inspection_results(self) -> list[tuple[str, int]]:
        """The results of inspections, by the inspection's id and the result's number; those that were only asked for aren't.

        Answers ``[(document_id, result_number)]``.
        """
    def _iterate_inspection_results(self) -> Generator[tuple[str, int], None, None]:
        """The results of inspections, by the inspection's id and the result's number; those that were only asked for aren't.

        Yields the elements of ``[(document_id, result_number)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_invalid_indexes(self) -> list[tuple[str, bool]]:
        """The indexes that no query uses because they aren't complete, and whether somebody is at work on each.

        Answers ``[(index_name, is_being_built)]``.
        """
    def _iterate_invalid_indexes(self) -> Generator[tuple[str, bool], None, None]:
        """The indexes that no query uses because they aren't complete, and whether somebody is at work on each.

        Yields the elements of ``[(index_name, is_being_built)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_kebechet_repositories_with_manager_count(self, manager: str) -> int:
        """Number of repositories in which a manager is on, in any active installation of Kebechet.

        Answers ``count``.
        """
    def _get_largest_table(self) -> tuple[str, int, str | None] | None:
        """The table that takes the most room with its indexes and its large values: its name, its bytes, and the folder of its
        tablespace, which is None for the server's own.

        Answers ``(table_name, size, location)``.
        """
    def _get_never_analyzed_tables(self) -> list[str]:
        """The tables that hold rows, by their size, and of which no statistics were ever gathered.

        Answers ``[table_name]``.
        """
    def _iterate_never_analyzed_tables(self) -> Generator[str, None, None]:
        """The tables that hold rows, by their size, and of which no statistics were ever gathered.

        Yields the elements of ``[table_name]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_new_packages_by_day(self) -> list[GetNewPackagesByDayRecord]:
        """How many packages, and package versions on an index, a solver saw for the first time on each day.

        Answers ``[{day, packages, package_versions}]``.
        """
    def _iterate_new_packages_by_day(self) -> Generator[GetNewPackagesByDayRecord, None, None]:
        """How many packages, and package versions on an index, a solver saw for the first time on each day.

        Yields the elements of ``[{day, packages, package_versions}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_objects_of_users(self) -> list[str]:
        """What somebody has made in the database: relations, types and functions that PostgreSQL and extensions don't bring.

        Answers ``[object_name]``.
        """
    def _iterate_objects_of_users(self) -> Generator[str, None, None]:
        """What somebody has made in the database: relations, types and functions that PostgreSQL and extensions don't bring.

        Yields the elements of ``[object_name]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_package_extract_documents_to_delete(self, end_datetime: datetime | None = None, package_extract_version: str | None = None, after_document_id: str | None = None, count: int | None = None) -> list[str]:
        """Ids of the documents of image analyses before a moment, or by a version of the analyser; those after a document.

        Answers ``[analysis_document_id]``.
        """
    def _iterate_package_extract_documents_to_delete(self, end_datetime: datetime | None = None, package_extract_version: str | None = None, after_document_id: str | None = None, count: int | None = None) -> Generator[str, None, None]:
        """Ids of the documents of image analyses before a moment, or by a version of the analyser; those after a document.

        Yields the elements of ``[analysis_document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_pg_stat_statements_schema(self) -> str | None:
        """The schema in which the extension pg_stat_statements is installed; None where it isn't.

        Answers ``schema_name``.
        """
    def _get_provenance_checker_document_ids(self) -> list[str]:
        """Ids of the provenance checker's documents.

        Answers ``[document_id]``.
        """
    def _iterate_provenance_checker_document_ids(self) -> Generator[str, None, None]:
        """Ids of the provenance checker's documents.

        Yields the elements of ``[document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_python_package_versions_all_count(self, *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, most_versions_first: bool = False) -> list[tuple[str | None, int, int]]:
        """How many versions, one counted for every environment, solvers have seen of each package, and how many packages.

        The last column is the number of packages on all pages. A page without packages is one row with it, no name, and 0.

        Answers ``[(package_name, versions, packages)]``.
        """
    def _iterate_python_package_versions_all_count(self, *, start_offset: int = 0, count: int | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, most_versions_first: bool = False) -> Generator[tuple[str | None, int, int], None, None]:
        """How many versions, one counted for every environment, solvers have seen of each package, and how many packages.

        The last column is the number of packages on all pages. A page without packages is one row with it, no name, and 0.

        Yields the elements of ``[(package_name, versions, packages)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_rule_to_extend(self, package_name: str, index_url: str | None, description: str | None) -> tuple[int, str | None] | None:
        """The rule on the same package and index with the same description.

        Answers ``(id, version_range)``.
        """
    def _get_security_indicators_document_ids(self) -> list[str]:
        """Ids of the aggregated security indicators.

        Answers ``[document_id]``.
        """
    def _iterate_security_indicators_document_ids(self) -> Generator[str, None, None]:
        """Ids of the aggregated security indicators.

        Yields the elements of ``[document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_server(self) -> GetServerRecord:
        """What the server says of itself: its version, since when it runs, and since when it counts in this database.

        Answers ``{version, started, counted_since}``.
        """
    def _get_software_environment_analyses(self, software_environment_name: str, environment_type: str, is_external: bool = False, start_offset: int = 0, count: int | None = 100) -> list[GetSoftwareEnvironmentAnalysesRecord]:
        """Analyses of the software environments of a name and a type, latest first.

        Answers ``[{analysis_datetime, analysis_document_id, package_extract_name, package_extract_version}]``.
        """
    def _iterate_software_environment_analyses(self, software_environment_name: str, environment_type: str, is_external: bool = False, start_offset: int = 0, count: int | None = None) -> Generator[GetSoftwareEnvironmentAnalysesRecord, None, None]:
        """Analyses of the software environments of a name and a type, latest first.

        Yields the elements of ``[{analysis_datetime, analysis_document_id, package_extract_name, package_extract_version}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_software_environment_names(self, environment_type: str, is_external: bool = False, start_offset: int = 0, count: int | None = 100) -> list[tuple[int, str | None]]:
        """Names of the software environments of a type, in the order in which they were stored.

        Answers ``[(id, environment_name)]``.
        """
    def _iterate_software_environment_names(self, environment_type: str, is_external: bool = False, start_offset: int = 0, count: int | None = None) -> Generator[tuple[int, str | None], None, None]:
        """Names of the software environments of a type, in the order in which they were stored.

        Yields the elements of ``[(id, environment_name)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_software_environments_all(self, is_external: bool = False, *, start_offset: int = 0, count: int | None = 100, env_image_name: str | None = None, env_image_tag: str | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, cuda_version: str | None = None, image_name: str | None = None, library_name: str | None = None, symbol: str | None = None, package_name: str | None = None, rpm_package_name: str | None = None) -> list[GetSoftwareEnvironmentsAllRecord]:
        """Software environments, once for each of their analyses, latest analysis first.

        Answers ``[{cuda_version, datetime, env_image_name, env_image_tag, environment_name, environment_type, image_sha, os_name, os_version, package_extract_document_id, python_version, thoth_image_name, thoth_image_version}]``.
        """
    def _iterate_software_environments_all(self, is_external: bool = False, *, start_offset: int = 0, count: int | None = None, env_image_name: str | None = None, env_image_tag: str | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, cuda_version: str | None = None, image_name: str | None = None, library_name: str | None = None, symbol: str | None = None, package_name: str | None = None, rpm_package_name: str | None = None) -> Generator[GetSoftwareEnvironmentsAllRecord, None, None]:
        """Software environments, once for each of their analyses, latest analysis first.

        Yields the elements of ``[{cuda_version, datetime, env_image_name, env_image_tag, environment_name, environment_type, image_sha, os_name, os_version, package_extract_document_id, python_version, thoth_image_name, thoth_image_version}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_solver_document_ids(self) -> list[str]:
        """Ids of the solvers' documents.

        Answers ``[document_id]``.
        """
    def _iterate_solver_document_ids(self) -> Generator[str, None, None]:
        """Ids of the solvers' documents.

        Yields the elements of ``[document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_solver_documents_to_delete(self, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, after_document_id: str | None = None, count: int | None = None) -> list[str]:
        """Ids of the documents of solver runs in software environments; those after a document, so that no page is read twice.

        The ids stand in an index in this order: what lies before a page, deleted but not vacuumed yet, isn't visited again.

        Answers ``[document_id]``.
        """
    def _iterate_solver_documents_to_delete(self, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, after_document_id: str | None = None, count: int | None = None) -> Generator[str, None, None]:
        """Ids of the documents of solver runs in software environments; those after a document, so that no page is read twice.

        The ids stand in an index in this order: what lies before a page, deleted but not vacuumed yet, isn't visited again.

        Yields the elements of ``[document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_solver_results_by_day(self) -> list[GetSolverResultsByDayRecord]:
        """What solvers said of package versions on each day: how many results, and how many errors of which sort.

        Answers ``[{day, results, errors, unsolvable, unparseable}]``.
        """
    def _iterate_solver_results_by_day(self) -> Generator[GetSolverResultsByDayRecord, None, None]:
        """What solvers said of package versions on each day: how many results, and how many errors of which sort.

        Yields the elements of ``[{day, results, errors, unsolvable, unparseable}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_synced_document_counts(self) -> list[tuple[str, int, float | None]]:
        """How many documents of each kind were synced, and when the newest of them was made, in seconds since 1970.

        It reads all of the tables, 1.5 s for 200,000 documents on a busy machine: not for each scrape. Reverse solvers leave
        no trace of theirs.

        Answers ``[(kind, documents, newest)]``.
        """
    def _iterate_synced_document_counts(self) -> Generator[tuple[str, int, float | None], None, None]:
        """How many documents of each kind were synced, and when the newest of them was made, in seconds since 1970.

        It reads all of the tables, 1.5 s for 200,000 documents on a busy machine: not for each scrape. Reverse solvers leave
        no trace of theirs.

        Yields the elements of ``[(kind, documents, newest)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_table_sizes(self) -> list[GetTableSizesRecord]:
        """What room each table takes, the largest first; the number of rows is the server's estimate.

        Answers ``[{table_name, rows, table_bytes, index_bytes, dead_rows, vacuumed, analyzed}]``.
        """
    def _iterate_table_sizes(self) -> Generator[GetTableSizesRecord, None, None]:
        """What room each table takes, the largest first; the number of rows is the server's estimate.

        Yields the elements of ``[{table_name, rows, table_bytes, index_bytes, dead_rows, vacuumed, analyzed}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_thoth_s2i_count(self, is_external: bool = False) -> dict[tuple[str | None, str | None], int]:
        """How many software environments there are of each Thoth s2i image; (None, None) stands for those that aren't one.

        Answers ``{(thoth_image_name, thoth_image_version): count}``.
        """
    def _get_transaction_ages(self) -> list[tuple[str, int]]:
        """How many transactions, or groups of them that lock rows together, ago each database was last frozen.

        Answers ``[(database_name, age)]``.
        """
    def _iterate_transaction_ages(self) -> Generator[tuple[str, int], None, None]:
        """How many transactions, or groups of them that lock rows together, ago each database was last frozen.

        Yields the elements of ``[(database_name, age)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_unindexed_foreign_keys(self) -> list[str]:
        """The foreign keys for which no index begins with their columns, in whatever order.

        Answers ``[foreign_key]``.
        """
    def _iterate_unindexed_foreign_keys(self) -> Generator[str, None, None]:
        """The foreign keys for which no index begins with their columns, in whatever order.

        Yields the elements of ``[foreign_key]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_unused_indexes(self) -> list[tuple[str, int]]:
        """The indexes of more than 1 MiB that were never read, the largest first; those that keep rows unique aren't among them.

        Answers ``[(index_name, size)]``.
        """
    def _iterate_unused_indexes(self) -> Generator[tuple[str, int], None, None]:
        """The indexes of more than 1 MiB that were never read, the largest first; those that keep rows unique aren't among them.

        Yields the elements of ``[(index_name, size)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_versions_of_package(self, package_name: str) -> list[tuple[str, str | None, str | None]]:
        """The versions of a package, solved or not.

        Answers ``[(package_name, package_version, index_url)]``.
        """
    def _iterate_versions_of_package(self, package_name: str) -> Generator[tuple[str, str | None, str | None], None, None]:
        """The versions of a package, solved or not.

        Yields the elements of ``[(package_name, package_version, index_url)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _insert_cve(self, cve_id: str, details: str, link: str | None) -> int:
        """Have a vulnerability; one that is there already stays as it is.

        Answers how many rows were written.
        """
    def _insert_kebechet_installation(self, slug: str, repo_name: str, private: bool, installation_id: str) -> int:
        """Add an installation of a repository that names no runtime environment, with all managers off.

        Answers how many rows were written.
        """
    def _insert_rule(self, package_name: str, version_range: str, index_url: str | None, description: str | None) -> list[int]:
        """Add a rule, and answer its id.

        Answers ``[id]``.
        """
    def _insert_vulnerability(self, entity_id: int, cve_id: str) -> int:
        """Tie a vulnerability to a package version, unless it is.

        Answers how many rows were written.
        """
    def _lock_kebechet_repository(self, slug: str) -> list[bool]:
        """Let no other transaction that asks for this lock write installations of a repository until this one ends.

        The unique key on slug and environment doesn't tell rows without an environment apart. Take the lock before looking
        at what is there, in a statement of its own: a statement doesn't see what was committed while it waited.

        Answers ``[is_locked]``.
        """
    def _lock_rules(self) -> int:
        """Let no other transaction create rules, or package versions that rules could be about, until this one ends.

        Answers how many rows were written.
        """
    def _lock_solvers(self) -> int:
        """Wait for the transactions that write runs of solvers, and let no other begin to, until this one ends.

        Who writes runs looks solvers up without locking their rows: those of one that is deleted meanwhile would be lost.

        Answers how many rows were written.
        """
    def _merge_kebechet_installations(self, slug: str) -> int:
        """Delete installations of a repository that differ from another only in what is to be the same in the whole repository.

        The original may have left such; writing the same into both would run into the key that keeps rows apart.

        Answers how many rows were written.
        """
    def _python_package_version_exists(self, package_name: str, package_version: str, index_url: str | None = None, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None) -> bool:
        """Whether a solver has seen the package version, if need be on an index or in an environment.

        Answers ``version_exists``.
        """
    def _update_rule(self, rule_id: int, version_range: str) -> int:
        """Change the versions that a rule is about.

        Answers how many rows were written.
        """
    def adviser_document_id_exist(self, adviser_document_id: str) -> bool:
        """Whether a document of the adviser was synced.

        Answers ``exists``.

        >>> graph.adviser_document_id_exist("adviser-211231120000-0a1b2c3d4e5f6071")
        """
    def analysis_document_id_exist(self, analysis_document_id: str) -> bool:
        """Whether an image analysis was synced.

        Answers ``exists``.

        >>> graph.analysis_document_id_exist("package-extract-211231120000-0a1b2c3d4e5f6071")
        """
    def delete_python_package_index(self, index_url: str) -> int:
        """Delete a Python package index, with all package versions on it.

        Answers how many rows were written.

        >>> graph.delete_python_package_index("https://pypi.org/simple")
        """
    def delete_python_rule(self, rule_id: int) -> int:
        """Delete a Python rule; answers 1, or 0 when there is no rule with that id.

        Answers how many rows were written.

        >>> graph.delete_python_rule(1)
        """
    def dependency_monkey_document_id_exists(self, dependency_monkey_document_id: str) -> bool:
        """Whether a report of Dependency Monkey was synced.

        Answers ``exists``.

        >>> graph.dependency_monkey_document_id_exists("dependency-monkey-211231120000-0a1b2c3d4e5f6071")
        """
    def get_active_kebechet_github_installations_repos(self) -> list[str]:
        """Slugs of the repositories with an active installation of Kebechet, once for each runtime environment.

        Answers ``[slug]``.

        >>> graph.get_active_kebechet_github_installations_repos()
        """
    def iterate_active_kebechet_github_installations_repos(self) -> Generator[str, None, None]:
        """Slugs of the repositories with an active installation of Kebechet, once for each runtime environment.

        Yields the elements of ``[slug]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_active_kebechet_github_installations_repos():
        ...     print(each)
        """
    def get_active_kebechet_github_installations_repos_count_all(self) -> int:
        """Number of repositories with an active installation of Kebechet, each counted once.

        Answers ``count``.

        >>> graph.get_active_kebechet_github_installations_repos_count_all()
        """
    def get_adviser_run_count_per_source_type(self) -> dict[SourceType, int]:
        """How many runs of the adviser each integration started, by the integration's name.

        Runs of an unknown integration are left out, and so are integrations without a run.

        Answers ``{source_type: count}``.

        >>> graph.get_adviser_run_count_per_source_type()
        """
    def get_adviser_run_document_ids_all(self, initial_date: str | None = None, final_date: str | None = None, source_type: str | SourceTypeEnum | None = None, start_offset: int = 0, count: int | None = 100) -> list[str]:
        """Ids of the documents of adviser runs, oldest first.

        Dates are texts `DD-MM-YYYY`, and both ends are excluded: runs after the midnight (UTC) that begins `initial_date`
        and before the one that begins `final_date`.

        Answers ``[adviser_document_id]``.

        >>> graph.get_adviser_run_document_ids_all()
        """
    def iterate_adviser_run_document_ids_all(self, initial_date: str | None = None, final_date: str | None = None, source_type: str | SourceTypeEnum | None = None, start_offset: int = 0, count: int | None = None) -> Generator[str, None, None]:
        """Ids of the documents of adviser runs, oldest first.

        Dates are texts `DD-MM-YYYY`, and both ends are excluded: runs after the midnight (UTC) that begins `initial_date`
        and before the one that begins `final_date`.

        Yields the elements of ``[adviser_document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_adviser_run_document_ids_all():
        ...     print(each)
        """
    def get_adviser_run_origins_all(self, package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, start_offset: int = 0, count: int | None = 100, distinct: bool = False) -> list[str]:
        """Origins (repositories and services) that asked the adviser for advice; a run without an origin is left out.

        An origin stands there once for every run; `distinct` leaves one of each. Runs are filtered by what the user's
        Pipfile.lock pins, not by what was advised.

        Answers ``[origin]``.

        >>> graph.get_adviser_run_origins_all()
        """
    def iterate_adviser_run_origins_all(self, package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, start_offset: int = 0, count: int | None = None, distinct: bool = False) -> Generator[str, None, None]:
        """Origins (repositories and services) that asked the adviser for advice; a run without an origin is left out.

        An origin stands there once for every run; `distinct` leaves one of each. Runs are filtered by what the user's
        Pipfile.lock pins, not by what was advised.

        Yields the elements of ``[origin]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_adviser_run_origins_all():
        ...     print(each)
        """
    def get_analysis_metadata(self, analysis_document_id: str) -> GetAnalysisMetadataRecord:
        """When an image was analysed, and by which analyser; the latest run where a document tells of several.

        Answers ``{analysis_datetime, analysis_document_id, package_extract_name, package_extract_version}``.

        Raises NotFoundError when there is no such record.

        >>> graph.get_analysis_metadata("package-extract-211231120000-0a1b2c3d4e5f6071")
        """
    def get_analyzed_image_symbols_all(self, os_name: str, os_version: str, *, python_version: str | None = None, cuda_version: str | None = None) -> list[str]:
        """Symbols that the analysed images of a kind offer: of an operating system, a Python version and a CUDA version.

        A Python or CUDA version that isn't given means images that have none (or whose analysis didn't tell), not any.

        Answers ``[symbol]``.

        >>> graph.get_analyzed_image_symbols_all("fedora", "35")
        """
    def iterate_analyzed_image_symbols_all(self, os_name: str, os_version: str, *, python_version: str | None = None, cuda_version: str | None = None) -> Generator[str, None, None]:
        """Symbols that the analysed images of a kind offer: of an operating system, a Python version and a CUDA version.

        A Python or CUDA version that isn't given means images that have none (or whose analysis didn't tell), not any.

        Yields the elements of ``[symbol]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_analyzed_image_symbols_all("fedora", "35"):
        ...     print(each)
        """
    def get_analyzer_documents_count_all(self) -> int:
        """How many documents of image analyses were synced.

        Answers ``count``.

        >>> graph.get_analyzer_documents_count_all()
        """
    def get_bloat_data(self) -> list[GetBloatDataRecord]:
        """How much of each table (its TOAST included) is bloat: more than its rows need when packed as its fillfactor allows.

        An estimate; tables that are empty or were never analysed are left out. The most bloated come first.

        Answers ``[{databasename, schemaname, tablename, can_estimate, table_bytes, table_mb, expected_bytes, expected_mb, pct_bloat, mb_bloat, est_rows}]``.

        >>> graph.get_bloat_data()
        """
    def iterate_bloat_data(self) -> Generator[GetBloatDataRecord, None, None]:
        """How much of each table (its TOAST included) is bloat: more than its rows need when packed as its fillfactor allows.

        An estimate; tables that are empty or were never analysed are left out. The most bloated come first.

        Yields the elements of ``[{databasename, schemaname, tablename, can_estimate, table_bytes, table_mb, expected_bytes, expected_mb, pct_bloat, mb_bloat, est_rows}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_bloat_data():
        ...     print(each)
        """
    def get_cve_timestamp(self) -> datetime | None:
        """When (UTC, naive) the known vulnerabilities were last updated; None if never.

        Answers ``timestamp``.

        >>> graph.get_cve_timestamp()
        """
    def get_database_size(self) -> int:
        """Size of the database in bytes, its indexes and all bloat included.

        Answers ``size``.

        >>> graph.get_database_size()
        """
    def get_depends_on(self, package_name: str, package_version: str | None = None, index_url: str | None = None, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, extras: frozenset[str | None] | None = None, marker_evaluation_result: bool | None = None, is_missing: bool | None = None) -> dict[str | None, list[tuple[str, str | None]]]:
        """Dependencies of a Python package, grouped by the extra that asks for them.

        `extras` as in PEP 508: None (or an empty set) means all, a None inside the set means those without an extra.
        A filter that isn't given matches everything, so the answer may mix versions, indexes and environments. A known
        package without dependencies answers an empty dict.

        Answers ``{extra: [(package_name, package_version)]}``.

        Raises NotFoundError when there is no such record.

        Keeps its answers: ``THOTH_STORAGE_GET_DEPENDS_ON_CACHE_SIZE`` of them, 8192 by default; 0 keeps none.

        >>> graph.get_depends_on("flask")
        """
    def get_ecosystem_solver_all(self) -> list[str]:
        """Names of the solvers whose documents were synced, like `solver-rhel-8-py38`.

        Answers ``[solver_name]``.

        >>> graph.get_ecosystem_solver_all()
        """
    def iterate_ecosystem_solver_all(self) -> Generator[str, None, None]:
        """Names of the solvers whose documents were synced, like `solver-rhel-8-py38`.

        Yields the elements of ``[solver_name]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_ecosystem_solver_all():
        ...     print(each)
        """
    def get_ecosystem_solver_count_all(self) -> int:
        """How many solvers there are whose documents were synced.

        Answers ``count``.

        >>> graph.get_ecosystem_solver_count_all()
        """
    def get_error_solved_document_id_all(self, package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, unsolvable: bool = False, unparseable: bool = False, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, limit_results: bool = True) -> list[str]:
        """Ids of the solver documents that hold an error.

        A document stands there once for every package version with an error; `distinct` leaves one of each. `unsolvable` asks
        for errors of versions that the solver couldn't find or install, `unparseable` for requirements that it couldn't read.
        With `limit_results=False` all documents are answered, whatever `start_offset` and `count` say.

        Answers ``[document_id]``.

        >>> graph.get_error_solved_document_id_all()
        """
    def iterate_error_solved_document_id_all(self, package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, unsolvable: bool = False, unparseable: bool = False, start_offset: int = 0, count: int | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, limit_results: bool = True) -> Generator[str, None, None]:
        """Ids of the solver documents that hold an error.

        A document stands there once for every package version with an error; `distinct` leaves one of each. `unsolvable` asks
        for errors of versions that the solver couldn't find or install, `unparseable` for requirements that it couldn't read.
        With `limit_results=False` all documents are answered, whatever `start_offset` and `count` say.

        Yields the elements of ``[document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_error_solved_document_id_all():
        ...     print(each)
        """
    def get_error_solved_python_package_versions_all(self, package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, unsolvable: bool = False, unparseable: bool = False, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> list[tuple[str, str | None, str]]:
        """Package versions on which a solver ended in an error.

        A version stands there once for every environment with an error; `distinct` leaves one of each. `unsolvable` asks for
        those that the solver couldn't find or install, `unparseable` for those whose requirement it couldn't read.

        Answers ``[(package_name, package_version, index_url)]``.

        >>> graph.get_error_solved_python_package_versions_all()
        """
    def iterate_error_solved_python_package_versions_all(self, package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, unsolvable: bool = False, unparseable: bool = False, start_offset: int = 0, count: int | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> Generator[tuple[str, str | None, str], None, None]:
        """Package versions on which a solver ended in an error.

        A version stands there once for every environment with an error; `distinct` leaves one of each. `unsolvable` asks for
        those that the solver couldn't find or install, `unparseable` for those whose requirement it couldn't read.

        Yields the elements of ``[(package_name, package_version, index_url)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_error_solved_python_package_versions_all():
        ...     print(each)
        """
    def get_error_solved_python_package_versions_count_all(self, package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, unsolvable: bool = False, unparseable: bool = False, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> int:
        """Number of the package versions that get_error_solved_python_package_versions_all answers.

        Answers ``count``.

        >>> graph.get_error_solved_python_package_versions_count_all()
        """
    def get_index_bloat_data(self) -> list[GetIndexBloatDataRecord]:
        """How much of each B-tree index is bloat: more than its entries need when packed as its fillfactor allows.

        An estimate; indexes that are empty, or on what was never analysed, are left out. The most bloated come first.

        Answers ``[{database_name, schema_name, table_name, index_name, bloat_pct, bloat_mb, index_mb, table_mb, index_scans}]``.

        >>> graph.get_index_bloat_data()
        """
    def iterate_index_bloat_data(self) -> Generator[GetIndexBloatDataRecord, None, None]:
        """How much of each B-tree index is bloat: more than its entries need when packed as its fillfactor allows.

        An estimate; indexes that are empty, or on what was never analysed, are left out. The most bloated come first.

        Yields the elements of ``[{database_name, schema_name, table_name, index_name, bloat_pct, bloat_mb, index_mb, table_mb, index_scans}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_index_bloat_data():
        ...     print(each)
        """
    def get_index_url_from_id(self, package_index_id: int) -> str:
        """The address of the Python package index with that id.

        Answers ``url``.

        Raises NotFoundError when there is no such record.

        >>> graph.get_index_url_from_id(1)
        """
    def get_kebechet_github_app_installations_all(self, *, id: int | None = None, slug: str | None = None, private: bool | None = None, installation_id: str | None = None, is_active: bool | None = None, runtime_environment_name: str | None = None, info_manager: bool | None = None, pipfile_requirements_manager: bool | None = None, update_manager: bool | None = None, version_manager: bool | None = None, thoth_advise_manager: bool | None = None, thoth_provenance_manager: bool | None = None, last_run_before: datetime | None = None, last_run_after: datetime | None = None, external_python_software_stack_id: int | None = None, external_software_environment_id: int | None = None, advised_python_software_stack_id: int | None = None, runtime_environment: str | None = None) -> list[GetKebechetGithubAppInstallationsAllRecord]:
        """Installations of Kebechet, in the order in which they were stored.

        `last_run` is a text, like `2022-01-06 18:22:34.468093` (UTC), None when Kebechet never ran; `last_run_before` and
        `last_run_after` include their moment. `runtime_environment` is another name of `runtime_environment_name`.

        Answers ``[{slug, repo_name, private, installation_id, is_active, runtime_environment_name, info_manager, pipfile_requirements_manager, update_manager, version_manager, thoth_advise_manager, thoth_provenance_manager, last_run, external_python_software_stack_id, external_software_environment_id, advised_python_software_stack_id}]``.

        >>> graph.get_kebechet_github_app_installations_all()
        """
    def iterate_kebechet_github_app_installations_all(self, *, id: int | None = None, slug: str | None = None, private: bool | None = None, installation_id: str | None = None, is_active: bool | None = None, runtime_environment_name: str | None = None, info_manager: bool | None = None, pipfile_requirements_manager: bool | None = None, update_manager: bool | None = None, version_manager: bool | None = None, thoth_advise_manager: bool | None = None, thoth_provenance_manager: bool | None = None, last_run_before: datetime | None = None, last_run_after: datetime | None = None, external_python_software_stack_id: int | None = None, external_software_environment_id: int | None = None, advised_python_software_stack_id: int | None = None, runtime_environment: str | None = None) -> Generator[GetKebechetGithubAppInstallationsAllRecord, None, None]:
        """Installations of Kebechet, in the order in which they were stored.

        `last_run` is a text, like `2022-01-06 18:22:34.468093` (UTC), None when Kebechet never ran; `last_run_before` and
        `last_run_after` include their moment. `runtime_environment` is another name of `runtime_environment_name`.

        Yields the elements of ``[{slug, repo_name, private, installation_id, is_active, runtime_environment_name, info_manager, pipfile_requirements_manager, update_manager, version_manager, thoth_advise_manager, thoth_provenance_manager, last_run, external_python_software_stack_id, external_software_environment_id, advised_python_software_stack_id}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_kebechet_github_app_installations_all():
        ...     print(each)
        """
    def get_kebechet_github_installation_info_with_software_environment_all(self, *, python_version: str | None = None, image_name: str | None = None, image_sha: str | None = None, os_name: str | None = None, os_version: str | None = None, thoth_image_name: str | None = None, thoth_image_version: str | None = None, env_image_name: str | None = None, env_image_tag: str | None = None, cuda_version: str | None = None, environment_type: str | None = None) -> list[GetKebechetGithubInstallationInfoWithSoftwareEnvironmentAllRecord]:
        """Active installations of Kebechet that say in which software environment the repository runs, oldest first.

        The filters are about that environment; the answer is that of get_kebechet_github_app_installations_all.

        Answers ``[{slug, repo_name, private, installation_id, is_active, runtime_environment_name, info_manager, pipfile_requirements_manager, update_manager, version_manager, thoth_advise_manager, thoth_provenance_manager, last_run, external_python_software_stack_id, external_software_environment_id, advised_python_software_stack_id}]``.

        >>> graph.get_kebechet_github_installation_info_with_software_environment_all()
        """
    def iterate_kebechet_github_installation_info_with_software_environment_all(self, *, python_version: str | None = None, image_name: str | None = None, image_sha: str | None = None, os_name: str | None = None, os_version: str | None = None, thoth_image_name: str | None = None, thoth_image_version: str | None = None, env_image_name: str | None = None, env_image_tag: str | None = None, cuda_version: str | None = None, environment_type: str | None = None) -> Generator[GetKebechetGithubInstallationInfoWithSoftwareEnvironmentAllRecord, None, None]:
        """Active installations of Kebechet that say in which software environment the repository runs, oldest first.

        The filters are about that environment; the answer is that of get_kebechet_github_app_installations_all.

        Yields the elements of ``[{slug, repo_name, private, installation_id, is_active, runtime_environment_name, info_manager, pipfile_requirements_manager, update_manager, version_manager, thoth_advise_manager, thoth_provenance_manager, last_run, external_python_software_stack_id, external_software_environment_id, advised_python_software_stack_id}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_kebechet_github_installation_info_with_software_environment_all():
        ...     print(each)
        """
    def get_kebechet_github_installations_active_managers(self, slug: str, runtime_environment_name: str | None = None) -> list[str]:
        """Managers that are on in an active installation of Kebechet, like `update_manager`.

        Without `runtime_environment_name` it is the installation that doesn't name one.

        Answers ``[manager]``.

        Raises NotFoundError when there is no such record.

        >>> graph.get_kebechet_github_installations_active_managers("thoth-station/storages")
        """
    def iterate_kebechet_github_installations_active_managers(self, slug: str, runtime_environment_name: str | None = None) -> Generator[str, None, None]:
        """Managers that are on in an active installation of Kebechet, like `update_manager`.

        Without `runtime_environment_name` it is the installation that doesn't name one.

        Yields the elements of ``[manager]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        Raises NotFoundError at the first one when there is no such record.

        >>> for each in graph.iterate_kebechet_github_installations_active_managers("thoth-station/storages"):
        ...     print(each)
        """
    def get_kebechet_github_installations_info_for_python_package_version(self, package_name: str, *, package_version: str | None = None, index_url: str | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None) -> dict[str, GetKebechetGithubInstallationsInfoForPythonPackageVersionRecord]:
        """Repositories with an active installation of Kebechet that have a Python package in their lock file, by slug.

        Where several runtime environments of a repository have it, the answer tells of the one in which Kebechet ran last.
        `index_url` also finds what was locked without naming an index, as Pipenv does for what other packages depend on.

        Answers ``{slug: {environment_name, installation_id, private, package_name, package_version, index_url}}``.

        >>> graph.get_kebechet_github_installations_info_for_python_package_version("flask")
        """
    def get_kebechet_github_installations_software_stack_count_all(self, *, is_active: bool | None = None) -> int:
        """Number of repositories with an installation of Kebechet, each counted once, however many runtime environments it has.

        Answers ``count``.

        >>> graph.get_kebechet_github_installations_software_stack_count_all()
        """
    def get_last_analysis_datetime(self) -> datetime:
        """When (UTC, naive) the latest of the synced image analyses took place.

        Answers ``datetime``.

        Raises NotFoundError when there is no such record.

        >>> graph.get_last_analysis_datetime()
        """
    def get_last_analysis_document_id(self, thoth_image_name: str, thoth_image_version: str, *, is_external: bool = False) -> str | None:
        """Id of the latest analysis of a Thoth s2i image; None when it was never analysed.

        Answers ``analysis_document_id``.

        >>> graph.get_last_analysis_document_id("quay.io/thoth-station/s2i-thoth-f35-py310", "0.31.0")
        """
    def get_last_solver_datetime(self, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None) -> datetime:
        """When (UTC, naive) the latest of the synced solver runs took place.

        Answers ``datetime``.

        Raises NotFoundError when there is no such record.

        >>> graph.get_last_solver_datetime()
        """
    def get_main_table_count(self) -> dict[str, int]:
        """Number of rows of the tables that hold things (packages, documents, images, …), by the tables' names.

        Answers ``{table_name: count}``.

        >>> graph.get_main_table_count()
        """
    def get_origin_count_per_source_type(self, distinct: bool = False) -> dict[SourceType, int]:
        """How many runs of each integration, by its name, say from which origin they come.

        `distinct` counts an origin once for each integration, which is about the number of its users. An integration whose
        runs have no origin is there with 0.

        Answers ``{source_type: count}``.

        >>> graph.get_origin_count_per_source_type()
        """
    def get_performance_table_count(self) -> dict[str, int]:
        """Number of measurements of each performance indicator, by the tables' names.

        Answers ``{table_name: count}``.

        >>> graph.get_performance_table_count()
        """
    def get_pi_component_all(self) -> list[str]:
        """Components (frameworks of machine learning) that performance indicators measured.

        Answers ``[component]``.

        >>> graph.get_pi_component_all()
        """
    def iterate_pi_component_all(self) -> Generator[str, None, None]:
        """Components (frameworks of machine learning) that performance indicators measured.

        Yields the elements of ``[component]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_pi_component_all():
        ...     print(each)
        """
    def get_pi_count(self, component: str) -> dict[str, int]:
        """Number of measurements of a component (a framework of machine learning) by performance indicator.

        Answers ``{table_name: count}``.

        >>> graph.get_pi_count("tensorflow")
        """
    def get_python_cve_records_all(self, package_name: str, package_version: str | None = None) -> list[GetPythonCveRecordsAllRecord]:
        """Known vulnerabilities (CVE) of a Python package, on any index.

        Answers ``[{aggregated_at, cve_id, details, link}]``.

        Keeps its answers: ``THOTH_STORAGE_GET_PYTHON_CVE_RECORDS_ALL_CACHE_SIZE`` of them, 4096 by default; 0 keeps none.

        >>> graph.get_python_cve_records_all("flask")
        """
    def iterate_python_cve_records_all(self, package_name: str, package_version: str | None = None) -> Generator[GetPythonCveRecordsAllRecord, None, None]:
        """Known vulnerabilities (CVE) of a Python package, on any index.

        Yields the elements of ``[{aggregated_at, cve_id, details, link}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_cve_records_all("flask"):
        ...     print(each)
        """
    def get_python_cve_records_count(self) -> int:
        """How many vulnerabilities are known, of all packages.

        Answers ``count``.

        >>> graph.get_python_cve_records_count()
        """
    def get_python_environment_marker(self, package_name: str, package_version: str, index_url: str, *, dependency_name: str, dependency_version: str, os_name: str, os_version: str, python_version: str, marker_evaluation_result: bool | None = None) -> str | None:
        """The environment marker (PEP 508) under which a Python package asks for a dependency; None where it asks without one.

        Where a package asks for the same dependency several times, a marker that holds comes before one that doesn't, and
        no extra before an extra; get_python_environment_marker_evaluation_result speaks of the same one.

        Answers ``marker``.

        Raises NotFoundError when there is no such record.

        Keeps its answers: ``THOTH_GET_PYTHON_ENVIRONMENT_MARKER_CACHE_SIZE`` of them, 4096 by default; 0 keeps none.

        >>> graph.get_python_environment_marker("flask", "2.0.2", "https://pypi.org/simple", dependency_name="werkzeug", dependency_version="2.0.2", os_name="fedora", os_version="35", python_version="3.10")
        """
    def get_python_environment_marker_evaluation_result(self, package_name: str, package_version: str, index_url: str, *, dependency_name: str, dependency_version: str, os_name: str, os_version: str, python_version: str) -> bool:
        """Whether the environment marker (PEP 508) under which a Python package asks for a dependency held when it was solved.

        Solvers take `extra == …` for true wherever it stands in a marker.

        Answers ``marker_evaluation_result``.

        Raises NotFoundError when there is no such record.

        >>> graph.get_python_environment_marker_evaluation_result("flask", "2.0.2", "https://pypi.org/simple", dependency_name="werkzeug", dependency_version="2.0.2", os_name="fedora", os_version="35", python_version="3.10")
        """
    def get_python_package_hashes_sha256(self, package_name: str, package_version: str, index_url: str, *, distinct: bool = False) -> list[str]:
        """SHA-256 hashes (hexadecimal, without a prefix) of the artifacts of a version of a Python package.

        Answers ``[artifact_hash_sha256]``.

        >>> graph.get_python_package_hashes_sha256("flask", "2.0.2", "https://pypi.org/simple")
        """
    def iterate_python_package_hashes_sha256(self, package_name: str, package_version: str, index_url: str, *, distinct: bool = False) -> Generator[str, None, None]:
        """SHA-256 hashes (hexadecimal, without a prefix) of the artifacts of a version of a Python package.

        Yields the elements of ``[artifact_hash_sha256]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_package_hashes_sha256("flask", "2.0.2", "https://pypi.org/simple"):
        ...     print(each)
        """
    def get_python_package_index_all(self, enabled: bool | None = None) -> list[GetPythonPackageIndexAllRecord]:
        """The registered Python package indexes, all or those that are (or aren't) enabled.

        Answers ``[{url, warehouse_api_url, verify_ssl, only_if_package_seen}]``.

        >>> graph.get_python_package_index_all()
        """
    def iterate_python_package_index_all(self, enabled: bool | None = None) -> Generator[GetPythonPackageIndexAllRecord, None, None]:
        """The registered Python package indexes, all or those that are (or aren't) enabled.

        Yields the elements of ``[{url, warehouse_api_url, verify_ssl, only_if_package_seen}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_package_index_all():
        ...     print(each)
        """
    def get_python_package_index_urls_all(self, enabled: bool | None = None) -> list[str]:
        """Addresses of the registered Python package indexes, all or those that are (or aren't) enabled.

        Answers ``[url]``.

        >>> graph.get_python_package_index_urls_all()
        """
    def iterate_python_package_index_urls_all(self, enabled: bool | None = None) -> Generator[str, None, None]:
        """Addresses of the registered Python package indexes, all or those that are (or aren't) enabled.

        Yields the elements of ``[url]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_package_index_urls_all():
        ...     print(each)
        """
    def get_python_package_required_symbols(self, package_name: str, package_version: str, index_url: str) -> list[str]:
        """Versioned symbols of native libraries that the artifacts of a version of a Python package need, like `GLIBC_2.17`.

        Answers ``[symbol]``.

        Keeps its answers: ``THOTH_STORAGE_GET_PYTHON_PACKAGE_REQUIRED_SYMBOLS_CACHE_SIZE`` of them, 4096 by default; 0 keeps none.

        >>> graph.get_python_package_required_symbols("flask", "2.0.2", "https://pypi.org/simple")
        """
    def iterate_python_package_required_symbols(self, package_name: str, package_version: str, index_url: str) -> Generator[str, None, None]:
        """Versioned symbols of native libraries that the artifacts of a version of a Python package need, like `GLIBC_2.17`.

        Yields the elements of ``[symbol]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_package_required_symbols("flask", "2.0.2", "https://pypi.org/simple"):
        ...     print(each)
        """
    def get_python_package_version_all(self, analysis_document_id: str) -> list[GetPythonPackageVersionAllRecord]:
        """Python packages in the container image of an analysis, and where they lie in it.

        Answers ``[{package_name, package_version, location}]``.

        Keeps its answers: ``THOTH_GET_PYTHON_PACKAGE_VERSION_CACHE_SIZE`` of them, 1 by default; 0 keeps none.

        >>> graph.get_python_package_version_all("package-extract-211231120000-0a1b2c3d4e5f6071")
        """
    def iterate_python_package_version_all(self, analysis_document_id: str) -> Generator[GetPythonPackageVersionAllRecord, None, None]:
        """Python packages in the container image of an analysis, and where they lie in it.

        Yields the elements of ``[{package_name, package_version, location}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_package_version_all("package-extract-211231120000-0a1b2c3d4e5f6071"):
        ...     print(each)
        """
    def get_python_package_version_dependents_all(self, package_name: str, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, start_offset: int = 0, count: int | None = 100) -> list[GetPythonPackageVersionDependentsAllRecord]:
        """Package versions that depend on any version of a Python package, and how they ask for it; those solved first are first.

        Answers ``[{package_name, package_version, index_url, version_range, marker_evaluation_result, marker, extra}]``.

        >>> graph.get_python_package_version_dependents_all("flask")
        """
    def iterate_python_package_version_dependents_all(self, package_name: str, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, start_offset: int = 0, count: int | None = None) -> Generator[GetPythonPackageVersionDependentsAllRecord, None, None]:
        """Package versions that depend on any version of a Python package, and how they ask for it; those solved first are first.

        Yields the elements of ``[{package_name, package_version, index_url, version_range, marker_evaluation_result, marker, extra}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_package_version_dependents_all("flask"):
        ...     print(each)
        """
    def get_python_package_version_entities_count_all(self, *, distinct: bool = False) -> int:
        """Number of package versions that are known, solved or not.

        A dependency whose index isn't known counts as a version of its own, as does a package without a version.

        Answers ``count``.

        >>> graph.get_python_package_version_entities_count_all()
        """
    def get_python_package_version_entities_names_all(self) -> list[str]:
        """Names of all the Python packages that are known, solved or not.

        Answers ``[package_name]``.

        >>> graph.get_python_package_version_entities_names_all()
        """
    def iterate_python_package_version_entities_names_all(self) -> Generator[str, None, None]:
        """Names of all the Python packages that are known, solved or not.

        Yields the elements of ``[package_name]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_package_version_entities_names_all():
        ...     print(each)
        """
    def get_python_package_version_import_packages_all(self, import_name: str, distinct: bool = False) -> list[GetPythonPackageVersionImportPackagesAllRecord]:
        """Package versions that bring an import package, which needn't carry the package's name.

        A name that ends in `*` stands for all import packages that start with what is before it, like `faust.*`. A package
        version stands once for each environment in which it was solved, unless `distinct`.

        Answers ``[{package_name, package_version, index_url, "import"}]``.

        Raises NotFoundError when there is no such record.

        >>> graph.get_python_package_version_import_packages_all("flask")
        """
    def iterate_python_package_version_import_packages_all(self, import_name: str, distinct: bool = False) -> Generator[GetPythonPackageVersionImportPackagesAllRecord, None, None]:
        """Package versions that bring an import package, which needn't carry the package's name.

        A name that ends in `*` stands for all import packages that start with what is before it, like `faust.*`. A package
        version stands once for each environment in which it was solved, unless `distinct`.

        Yields the elements of ``[{package_name, package_version, index_url, "import"}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        Raises NotFoundError at the first one when there is no such record.

        >>> for each in graph.iterate_python_package_version_import_packages_all("flask"):
        ...     print(each)
        """
    def get_python_package_version_metadata(self, package_name: str, package_version: str, index_url: str) -> GetPythonPackageVersionMetadataRecord:
        """The core metadata that a version of a Python package carries, its multi-valued fields as lists.

        `project_url` holds texts `label,url`; `requires_dist`, `provides_dist` and `obsolete_dist` are what the package says
        of other distributions. Where environments saw different metadata, those of the latest record are answered.

        Answers ``{author, author_email, download_url, home_page, keywords, license, maintainer, maintainer_email, metadata_version, name, summary, version, requires_python, description_content_type, description, classifier, platform, supported_platform, requires_external, project_url, provides_extra, requires_dist, provides_dist, obsolete_dist}``.

        Raises NotFoundError when there is no such record.

        >>> graph.get_python_package_version_metadata("flask", "2.0.2", "https://pypi.org/simple")
        """
    def get_python_package_version_names_all(self, *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, sort: bool = False, like: str | None = None) -> list[str]:
        """Names of the Python packages that a solver has seen.

        A name stands there once for every version and environment; `distinct` leaves one of each. `like` is a pattern of
        SQL's LIKE (`%` for any text, `_` for any character). Names come sorted, whether `sort` asks for it or not.

        Answers ``[package_name]``.

        >>> graph.get_python_package_version_names_all()
        """
    def iterate_python_package_version_names_all(self, *, start_offset: int = 0, count: int | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, sort: bool = False, like: str | None = None) -> Generator[str, None, None]:
        """Names of the Python packages that a solver has seen.

        A name stands there once for every version and environment; `distinct` leaves one of each. `like` is a pattern of
        SQL's LIKE (`%` for any text, `_` for any character). Names come sorted, whether `sort` asks for it or not.

        Yields the elements of ``[package_name]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_package_version_names_all():
        ...     print(each)
        """
    def get_python_package_version_names_count_all(self, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, like: str | None = None) -> int:
        """Number of the names that get_python_package_version_names_all answers.

        Answers ``count``.

        >>> graph.get_python_package_version_names_count_all()
        """
    def get_python_package_version_records(self, package_name: str, package_version: str, index_url: str | None, *, os_name: str | None, os_version: str | None, python_version: str | None) -> list[GetPythonPackageVersionRecordsRecord]:
        """The indexes and environments in which solvers have seen a version of a Python package.

        An argument of None matches everything.

        Answers ``[{package_name, package_version, index_url, os_name, os_version, python_version}]``.

        Keeps its answers: ``THOTH_STORAGE_GET_PYTHON_PACKAGE_VERSION_RECORDS_CACHE_SIZE`` of them, 16384 by default; 0 keeps none.

        >>> graph.get_python_package_version_records("flask", "2.0.2", "https://pypi.org/simple", os_name="fedora", os_version="35", python_version="3.10")
        """
    def iterate_python_package_version_records(self, package_name: str, package_version: str, index_url: str | None, *, os_name: str | None, os_version: str | None, python_version: str | None) -> Generator[GetPythonPackageVersionRecordsRecord, None, None]:
        """The indexes and environments in which solvers have seen a version of a Python package.

        An argument of None matches everything.

        Yields the elements of ``[{package_name, package_version, index_url, os_name, os_version, python_version}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_package_version_records("flask", "2.0.2", "https://pypi.org/simple", os_name="fedora", os_version="35", python_version="3.10"):
        ...     print(each)
        """
    def get_python_package_version_solver_rules_all(self, package_name: str, package_version: str | None = None, index_url: str | None = None) -> list[tuple[int, str | None, str, str | None]]:
        """The Python rules that apply to a package, once for each of its versions and indexes that they apply to.

        `index_url` of a row is that of the package version, not the one that the rule is bound to.

        Answers ``[(id, version_range, index_url, description)]``.

        Keeps its answers: ``THOTH_GET_PYTHON_PYTHON_PACKAGE_VERSION_SOLVER_RULES_CACHE_SIZE`` of them, 4096 by default; 0 keeps none.

        >>> graph.get_python_package_version_solver_rules_all("flask")
        """
    def iterate_python_package_version_solver_rules_all(self, package_name: str, package_version: str | None = None, index_url: str | None = None) -> Generator[tuple[int, str | None, str, str | None], None, None]:
        """The Python rules that apply to a package, once for each of its versions and indexes that they apply to.

        `index_url` of a row is that of the package version, not the one that the rule is bound to.

        Yields the elements of ``[(id, version_range, index_url, description)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_package_version_solver_rules_all("flask"):
        ...     print(each)
        """
    def get_python_package_version_trove_classifiers_all(self, package_name: str, package_version: str, index_url: str, *, os_name: str, os_version: str, python_version: str) -> list[str]:
        """Trove classifiers of a version of a Python package, as its metadata had them in one environment.

        Answers ``[classifier]``.

        Keeps its answers: ``THOTH_STORAGE_GET_PYTHON_PACKAGE_VERSION_TROVE_CLASSIFIERS_CACHE_SIZE`` of them, 4096 by default; 0 keeps none.

        >>> graph.get_python_package_version_trove_classifiers_all("flask", "2.0.2", "https://pypi.org/simple", os_name="fedora", os_version="35", python_version="3.10")
        """
    def iterate_python_package_version_trove_classifiers_all(self, package_name: str, package_version: str, index_url: str, *, os_name: str, os_version: str, python_version: str) -> Generator[str, None, None]:
        """Trove classifiers of a version of a Python package, as its metadata had them in one environment.

        Yields the elements of ``[classifier]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_package_version_trove_classifiers_all("flask", "2.0.2", "https://pypi.org/simple", os_name="fedora", os_version="35", python_version="3.10"):
        ...     print(each)
        """
    def get_python_package_versions_all(self, package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, is_missing: bool | None = None) -> list[tuple[str, str | None, str]]:
        """Package versions that a solver has seen, whether it could install them or not.

        A version stands there once for every environment; `distinct` leaves one of each.

        Answers ``[(package_name, package_version, index_url)]``.

        >>> graph.get_python_package_versions_all()
        """
    def get_solved_python_package_versions_all(self, package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, is_missing: bool | None = None) -> list[tuple[str, str | None, str]]:
        """Package versions that a solver has seen, whether it could install them or not.

        A version stands there once for every environment; `distinct` leaves one of each.

        Answers ``[(package_name, package_version, index_url)]``.

        >>> graph.get_python_package_versions_all()
        """
    def iterate_python_package_versions_all(self, package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, start_offset: int = 0, count: int | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, is_missing: bool | None = None) -> Generator[tuple[str, str | None, str], None, None]:
        """Package versions that a solver has seen, whether it could install them or not.

        A version stands there once for every environment; `distinct` leaves one of each.

        Yields the elements of ``[(package_name, package_version, index_url)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_package_versions_all():
        ...     print(each)
        """
    def iterate_solved_python_package_versions_all(self, package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, start_offset: int = 0, count: int | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, is_missing: bool | None = None) -> Generator[tuple[str, str | None, str], None, None]:
        """Package versions that a solver has seen, whether it could install them or not.

        A version stands there once for every environment; `distinct` leaves one of each.

        Yields the elements of ``[(package_name, package_version, index_url)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_package_versions_all():
        ...     print(each)
        """
    def get_python_package_versions_count(self, *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> dict[tuple[str, str | None, str], int]:
        """In how many environments solvers have seen each package version.

        `distinct` changes nothing, as every version is one entry already.

        Answers ``{(package_name, package_version, index_url): environments}``.

        >>> graph.get_python_package_versions_count()
        """
    def get_solved_python_package_versions_count(self, *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> dict[tuple[str, str | None, str], int]:
        """In how many environments solvers have seen each package version.

        `distinct` changes nothing, as every version is one entry already.

        Answers ``{(package_name, package_version, index_url): environments}``.

        >>> graph.get_python_package_versions_count()
        """
    def get_python_package_versions_count_all(self, package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, is_missing: bool | None = None) -> int:
        """Number of the package versions that get_python_package_versions_all answers.

        Answers ``count``.

        >>> graph.get_python_package_versions_count_all()
        """
    def get_solved_python_package_versions_count_all(self, package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, is_missing: bool | None = None) -> int:
        """Number of the package versions that get_python_package_versions_all answers.

        Answers ``count``.

        >>> graph.get_python_package_versions_count_all()
        """
    def get_python_package_versions_count_per_index(self, index_url: str, *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> dict[str, dict[tuple[str, str | None], int]]:
        """In how many environments solvers have seen each package version of an index.

        The index's address is the one key, also of an index that holds nothing or isn't known. `distinct` changes nothing,
        as every version is one entry already.

        Answers ``{index_url: {(package_name, package_version): environments}}``.

        >>> graph.get_python_package_versions_count_per_index("https://pypi.org/simple")
        """
    def get_solved_python_package_versions_count_per_index(self, index_url: str, *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> dict[str, dict[tuple[str, str | None], int]]:
        """In how many environments solvers have seen each package version of an index.

        The index's address is the one key, also of an index that holds nothing or isn't known. `distinct` changes nothing,
        as every version is one entry already.

        Answers ``{index_url: {(package_name, package_version): environments}}``.

        >>> graph.get_python_package_versions_count_per_index("https://pypi.org/simple")
        """
    def get_python_package_versions_count_per_version(self, package_name: str, *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> dict[str | None, dict[str, int]]:
        """In how many environments solvers have seen a package, by version and index.

        `distinct` changes nothing, as every version of an index is one entry already.

        Answers ``{package_version: {index_url: environments}}``.

        >>> graph.get_python_package_versions_count_per_version("flask")
        """
    def get_solved_python_package_versions_count_per_version(self, package_name: str, *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> dict[str | None, dict[str, int]]:
        """In how many environments solvers have seen a package, by version and index.

        `distinct` changes nothing, as every version of an index is one entry already.

        Answers ``{package_version: {index_url: environments}}``.

        >>> graph.get_python_package_versions_count_per_version("flask")
        """
    def get_python_package_versions_per_index(self, index_url: str, *, distinct: bool = False) -> dict[str, list[str]]:
        """Names of the packages that a solver has seen on an index, under the index's address.

        A name stands there once for every version and environment; `distinct` leaves one of each. The address is there for
        an index without packages, and for an unknown one, as well.

        Answers ``{index_url: [package_name]}``.

        >>> graph.get_python_package_versions_per_index("https://pypi.org/simple")
        """
    def get_python_packages_all(self, *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> list[tuple[str, str]]:
        """Python packages that a solver has seen, with the index that they come from.

        A package stands there once for every version and environment; `distinct` leaves one of each.

        Answers ``[(package_name, index_url)]``.

        >>> graph.get_python_packages_all()
        """
    def get_solved_python_packages_all(self, *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> list[tuple[str, str]]:
        """Python packages that a solver has seen, with the index that they come from.

        A package stands there once for every version and environment; `distinct` leaves one of each.

        Answers ``[(package_name, index_url)]``.

        >>> graph.get_python_packages_all()
        """
    def iterate_python_packages_all(self, *, start_offset: int = 0, count: int | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> Generator[tuple[str, str], None, None]:
        """Python packages that a solver has seen, with the index that they come from.

        A package stands there once for every version and environment; `distinct` leaves one of each.

        Yields the elements of ``[(package_name, index_url)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_packages_all():
        ...     print(each)
        """
    def iterate_solved_python_packages_all(self, *, start_offset: int = 0, count: int | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> Generator[tuple[str, str], None, None]:
        """Python packages that a solver has seen, with the index that they come from.

        A package stands there once for every version and environment; `distinct` leaves one of each.

        Yields the elements of ``[(package_name, index_url)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_packages_all():
        ...     print(each)
        """
    def get_python_packages_all_versions(self, *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> dict[str, list[tuple[str | None, str]]]:
        """Versions that a solver has seen in any environment, grouped by the package's name.

        A page counts versions, not names. Versions stand there once, with or without `distinct`.

        Answers ``{package_name: [(package_version, index_url)]}``.

        >>> graph.get_python_packages_all_versions()
        """
    def get_solved_python_packages_all_versions(self, *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> dict[str, list[tuple[str | None, str]]]:
        """Versions that a solver has seen in any environment, grouped by the package's name.

        A page counts versions, not names. Versions stand there once, with or without `distinct`.

        Answers ``{package_name: [(package_version, index_url)]}``.

        >>> graph.get_python_packages_all_versions()
        """
    def get_python_packages_count_all(self, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> int:
        """Number of package versions (name, version and index) that a solver has seen in any environment.

        Versions are counted once, with or without `distinct`.

        Answers ``count``.

        >>> graph.get_python_packages_count_all()
        """
    def get_solved_python_packages_count_all(self, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> int:
        """Number of package versions (name, version and index) that a solver has seen in any environment.

        Versions are counted once, with or without `distinct`.

        Answers ``count``.

        >>> graph.get_python_packages_count_all()
        """
    def get_python_rule(self, rule_id: int) -> GetPythonRuleRecord:
        """The Python rule with that id: versions of a package that are not to be used, on one index or on all.

        Answers ``{id, package_name, version_range, description, index_url}``.

        Raises NotFoundError when there is no such record.

        >>> graph.get_python_rule(1)
        """
    def get_python_rule_all(self, *, package_name: str | None = None, index_url: str | None = None, start_offset: int = 0, count: int | None = 100) -> list[GetPythonRuleAllRecord]:
        """The Python rules, newest first; those of a package, or those bound to one index.

        Answers ``[{id, package_name, version_range, description, index_url}]``.

        >>> graph.get_python_rule_all()
        """
    def iterate_python_rule_all(self, *, package_name: str | None = None, index_url: str | None = None, start_offset: int = 0, count: int | None = None) -> Generator[GetPythonRuleAllRecord, None, None]:
        """The Python rules, newest first; those of a package, or those bound to one index.

        Yields the elements of ``[{id, package_name, version_range, description, index_url}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_rule_all():
        ...     print(each)
        """
    def get_python_software_stack_count_all(self, is_external: bool = False, software_stack_type: str | SoftwareStackTypeEnum | None = None, distinct: bool = False) -> int:
        """Number of the stacks of a type, or with `is_external` of all stacks of users.

        Without a type the stacks are counted that have none. With `distinct` types are counted and not stacks: 1 or 0, which
        says whether there is a stack of that type. For stacks of users both mean nothing.

        Answers ``count``.

        >>> graph.get_python_software_stack_count_all()
        """
    def get_relation_table_count(self) -> dict[str, int]:
        """Number of rows of the tables that tie things to each other, by the tables' names.

        Answers ``{table_name: count}``.

        >>> graph.get_relation_table_count()
        """
    def get_rpm_package_version_all(self, analysis_document_id: str) -> list[GetRpmPackageVersionAllRecord]:
        """RPM packages that an analysis found in an image.

        Answers ``[{package_name, package_version, release, epoch, arch, src, package_identifier}]``.

        Keeps its answers: ``THOTH_GET_RPM_PACKAGE_VERSION_CACHE_SIZE`` of them, 1 by default; 0 keeps none.

        >>> graph.get_rpm_package_version_all("package-extract-211231120000-0a1b2c3d4e5f6071")
        """
    def iterate_rpm_package_version_all(self, analysis_document_id: str) -> Generator[GetRpmPackageVersionAllRecord, None, None]:
        """RPM packages that an analysis found in an image.

        Yields the elements of ``[{package_name, package_version, release, epoch, arch, src, package_identifier}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_rpm_package_version_all("package-extract-211231120000-0a1b2c3d4e5f6071"):
        ...     print(each)
        """
    def get_si_aggregated_python_package_version(self, package_name: str, package_version: str, index_url: str) -> GetSiAggregatedPythonPackageVersionRecord:
        """What the latest run of the security indicators counted in the sources of a package version, and whether it failed.

        Answers ``{severity_high_confidence_high, severity_high_confidence_low, severity_high_confidence_medium, severity_high_confidence_undefined, severity_low_confidence_high, severity_low_confidence_low, severity_low_confidence_medium, severity_low_confidence_undefined, severity_medium_confidence_high, severity_medium_confidence_low, severity_medium_confidence_medium, severity_medium_confidence_undefined, number_of_analyzed_files, number_of_files_total, number_of_files_with_severities, number_of_filtered_files, number_of_python_files, number_of_lines_with_comments_in_python_files, number_of_blank_lines_in_python_files, number_of_lines_with_code_in_python_files, total_number_of_files, total_number_of_lines, total_number_of_lines_with_comments, total_number_of_blank_lines, total_number_of_lines_with_code, error}``.

        Raises NotFoundError when there is no such record.

        Keeps its answers: ``THOTH_GET_PYTHON_ENVIRONMENT_MARKER_CACHE_SIZE`` of them, 4096 by default; 0 keeps none.

        >>> graph.get_si_aggregated_python_package_version("flask", "2.0.2", "https://pypi.org/simple")
        """
    def get_si_analyzed_python_package_versions_all(self, *, distinct: bool = False) -> list[tuple[str, str | None, str]]:
        """Package versions that the security indicators have analysed.

        A version stands there once for every environment whose row was analysed; `distinct` leaves one of each.

        Answers ``[(package_name, package_version, index_url)]``.

        >>> graph.get_si_analyzed_python_package_versions_all()
        """
    def iterate_si_analyzed_python_package_versions_all(self, *, distinct: bool = False) -> Generator[tuple[str, str | None, str], None, None]:
        """Package versions that the security indicators have analysed.

        A version stands there once for every environment whose row was analysed; `distinct` leaves one of each.

        Yields the elements of ``[(package_name, package_version, index_url)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_si_analyzed_python_package_versions_all():
        ...     print(each)
        """
    def get_si_analyzed_python_package_versions_count_all(self, *, distinct: bool = False) -> int:
        """Number of the package versions that get_si_analyzed_python_package_versions_all answers.

        Answers ``count``.

        >>> graph.get_si_analyzed_python_package_versions_count_all()
        """
    def get_si_unanalyzed_python_package_versions_all(self, start_offset: int = 0, count: int | None = 100, distinct: bool = True, randomize: bool = True, provides_source_distro: bool = True, si_error: bool = False) -> list[tuple[str, str, str]]:
        """Package versions on enabled indexes that a solver has seen and the security indicators haven't, in random order.

        `si_error` asks for those instead whose every analysis ended in an error. `provides_source_distro` tells versions with
        sources to analyse from those without. Without `distinct` a version stands there once for every environment. In random
        order every call draws anew: its pages overlap.

        Answers ``[(package_name, package_version, index_url)]``.

        >>> graph.get_si_unanalyzed_python_package_versions_all()
        """
    def iterate_si_unanalyzed_python_package_versions_all(self, start_offset: int = 0, count: int | None = None, distinct: bool = True, randomize: bool = True, provides_source_distro: bool = True, si_error: bool = False) -> Generator[tuple[str, str, str], None, None]:
        """Package versions on enabled indexes that a solver has seen and the security indicators haven't, in random order.

        `si_error` asks for those instead whose every analysis ended in an error. `provides_source_distro` tells versions with
        sources to analyse from those without. Without `distinct` a version stands there once for every environment. In random
        order every call draws anew: its pages overlap.

        Yields the elements of ``[(package_name, package_version, index_url)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_si_unanalyzed_python_package_versions_all():
        ...     print(each)
        """
    def get_si_unanalyzed_python_package_versions_count_all(self, index_url: str | None = None, *, distinct: bool = False, provides_source_distro: bool = True, si_error: bool = False) -> int:
        """Number of the package versions that get_si_unanalyzed_python_package_versions_all answers, if need be of one index.

        Answers ``count``.

        >>> graph.get_si_unanalyzed_python_package_versions_count_all()
        """
    def get_software_environments_count_all(self, is_external: bool = False, *, env_image_name: str | None = None, env_image_tag: str | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, cuda_version: str | None = None, image_name: str | None = None, library_name: str | None = None, symbol: str | None = None, package_name: str | None = None, rpm_package_name: str | None = None) -> int:
        """Number of software environments, those included that were never analysed.

        `library_name` and `symbol` ask for environments that offer a symbol (given both, that symbol of that library),
        `package_name` and `rpm_package_name` for those in which an analysis found a version of the Python or RPM package.

        Answers ``count``.

        >>> graph.get_software_environments_count_all()
        """
    def get_solved_python_package_version_environments_all(self, package_name: str, package_version: str, index_url: str, *, start_offset: int = 0, count: int | None = 100, distinct: bool = False) -> list[GetSolvedPythonPackageVersionEnvironmentsAllRecord]:
        """Software environments in which a solver has seen the package version.

        `distinct` changes nothing, as a version is one row in an environment.

        Answers ``[{os_name, os_version, python_version}]``.

        >>> graph.get_solved_python_package_version_environments_all("flask", "2.0.2", "https://pypi.org/simple")
        """
    def iterate_solved_python_package_version_environments_all(self, package_name: str, package_version: str, index_url: str, *, start_offset: int = 0, count: int | None = None, distinct: bool = False) -> Generator[GetSolvedPythonPackageVersionEnvironmentsAllRecord, None, None]:
        """Software environments in which a solver has seen the package version.

        `distinct` changes nothing, as a version is one row in an environment.

        Yields the elements of ``[{os_name, os_version, python_version}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_solved_python_package_version_environments_all("flask", "2.0.2", "https://pypi.org/simple"):
        ...     print(each)
        """
    def get_solved_python_package_versions_software_environment_all(self) -> list[GetSolvedPythonPackageVersionsSoftwareEnvironmentAllRecord]:
        """Software environments in which any solver has run.

        Answers ``[{os_name, os_version, python_version}]``.

        >>> graph.get_solved_python_package_versions_software_environment_all()
        """
    def iterate_solved_python_package_versions_software_environment_all(self) -> Generator[GetSolvedPythonPackageVersionsSoftwareEnvironmentAllRecord, None, None]:
        """Software environments in which any solver has run.

        Yields the elements of ``[{os_name, os_version, python_version}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_solved_python_package_versions_software_environment_all():
        ...     print(each)
        """
    def get_solver_document_id_all(self, package_name: str, package_version: str | None = None, index_url: str | None = None, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, sort: bool = False) -> list[str]:
        """Ids of the solver documents that solved a Python package; the latest one first when `sort`.

        Answers ``[document_id]``.

        >>> graph.get_solver_document_id_all("flask")
        """
    def iterate_solver_document_id_all(self, package_name: str, package_version: str | None = None, index_url: str | None = None, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, sort: bool = False) -> Generator[str, None, None]:
        """Ids of the solver documents that solved a Python package; the latest one first when `sort`.

        Yields the elements of ``[document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_solver_document_id_all("flask"):
        ...     print(each)
        """
    def get_solver_documents_count_all(self) -> int:
        """How many solver documents were synced.

        Answers ``count``.

        >>> graph.get_solver_documents_count_all()
        """
    def get_solver_run_document_ids_all(self, initial_date: str | None = None, final_date: str | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, start_offset: int = 0, count: int | None = 100, has_error: bool = False, unsolvable: bool = False, unparseable: bool = False) -> list[str]:
        """Ids of the documents of solver runs, oldest first; one that solved several package versions stands once for each.

        Dates are texts `DD-MM-YYYY`, and both ends are excluded: runs after the midnight (UTC) that begins `initial_date`
        and before the one that begins `final_date`.

        Answers ``[document_id]``.

        >>> graph.get_solver_run_document_ids_all()
        """
    def iterate_solver_run_document_ids_all(self, initial_date: str | None = None, final_date: str | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, start_offset: int = 0, count: int | None = None, has_error: bool = False, unsolvable: bool = False, unparseable: bool = False) -> Generator[str, None, None]:
        """Ids of the documents of solver runs, oldest first; one that solved several package versions stands once for each.

        Dates are texts `DD-MM-YYYY`, and both ends are excluded: runs after the midnight (UTC) that begins `initial_date`
        and before the one that begins `final_date`.

        Yields the elements of ``[document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_solver_run_document_ids_all():
        ...     print(each)
        """
    def get_thoth_s2i_analyzed_image_symbols_all(self, thoth_image_name: str, thoth_image_version: str, is_external: bool = False) -> list[str]:
        """Symbols that a Thoth s2i image offers.

        Answers ``[symbol]``.

        Keeps its answers: ``THOTH_S2I_ANALYZED_IMAGE_SYMBOLS_CACHE_SIZE`` of them, 1 by default; 0 keeps none.

        >>> graph.get_thoth_s2i_analyzed_image_symbols_all("quay.io/thoth-station/s2i-thoth-f35-py310", "0.31.0")
        """
    def iterate_thoth_s2i_analyzed_image_symbols_all(self, thoth_image_name: str, thoth_image_version: str, is_external: bool = False) -> Generator[str, None, None]:
        """Symbols that a Thoth s2i image offers.

        Yields the elements of ``[symbol]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_thoth_s2i_analyzed_image_symbols_all("quay.io/thoth-station/s2i-thoth-f35-py310", "0.31.0"):
        ...     print(each)
        """
    def get_thoth_s2i_package_extract_analysis_document_id_all(self, thoth_image_name: str, thoth_image_version: str, is_external: bool = False) -> list[str]:
        """Ids of the analyses of a Thoth s2i image, oldest first.

        Answers ``[analysis_document_id]``.

        >>> graph.get_thoth_s2i_package_extract_analysis_document_id_all("quay.io/thoth-station/s2i-thoth-f35-py310", "0.31.0")
        """
    def iterate_thoth_s2i_package_extract_analysis_document_id_all(self, thoth_image_name: str, thoth_image_version: str, is_external: bool = False) -> Generator[str, None, None]:
        """Ids of the analyses of a Thoth s2i image, oldest first.

        Yields the elements of ``[analysis_document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_thoth_s2i_package_extract_analysis_document_id_all("quay.io/thoth-station/s2i-thoth-f35-py310", "0.31.0"):
        ...     print(each)
        """
    def get_unsolved_python_package_versions_all(self, package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, randomize: bool = True) -> list[tuple[str, str, str]]:
        """Package versions that no solver has seen, or none in the environment, in random order unless told otherwise.

        In random order every call draws anew: its pages overlap. `distinct` changes nothing, as every version is one row.

        Answers ``[(package_name, package_version, index_url)]``.

        >>> graph.get_unsolved_python_package_versions_all()
        """
    def iterate_unsolved_python_package_versions_all(self, package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, start_offset: int = 0, count: int | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, randomize: bool = True) -> Generator[tuple[str, str, str], None, None]:
        """Package versions that no solver has seen, or none in the environment, in random order unless told otherwise.

        In random order every call draws anew: its pages overlap. `distinct` changes nothing, as every version is one row.

        Yields the elements of ``[(package_name, package_version, index_url)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_unsolved_python_package_versions_all():
        ...     print(each)
        """
    def get_unsolved_python_package_versions_count(self, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, start_offset: int = 0, count: int | None = 100, distinct: bool = False) -> dict[tuple[str, str, str], int]:
        """How often each package version is known that no solver has seen, or none in the environment: once.

        `distinct` changes nothing, as every version is one entry.

        Answers ``{(package_name, package_version, index_url): versions}``.

        >>> graph.get_unsolved_python_package_versions_count()
        """
    def get_unsolved_python_package_versions_count_all(self, package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> int:
        """Number of the package versions that get_unsolved_python_package_versions_all answers.

        Answers ``count``.

        >>> graph.get_unsolved_python_package_versions_count_all()
        """
    def get_unsolved_python_package_versions_count_per_index(self, index_url: str, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, start_offset: int = 0, count: int | None = 100, distinct: bool = False) -> dict[str, dict[tuple[str, str], int]]:
        """How often each package version of an index is known that no solver has seen, or none in the environment: once.

        The index's address is the one key, also of an index that is disabled, holds nothing or isn't known. `distinct`
        changes nothing, as every version is one entry.

        Answers ``{index_url: {(package_name, package_version): versions}}``.

        >>> graph.get_unsolved_python_package_versions_count_per_index("https://pypi.org/simple")
        """
    def get_unsolved_python_package_versions_count_per_version(self, package_name: str, *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> dict[str, dict[str, int]]:
        """How often a package is known that no solver has seen, or none in the environment, by version and index: once.

        `distinct` changes nothing, as every version of an index is one entry.

        Answers ``{package_version: {index_url: versions}}``.

        >>> graph.get_unsolved_python_package_versions_count_per_version("flask")
        """
    def get_unsolved_python_packages_all(self, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, start_offset: int = 0, count: int | None = 100, distinct: bool = False) -> list[tuple[str, str]]:
        """Python packages with a version that no solver has seen, or none in the environment, with their index.

        A package stands there once for every such version; `distinct` leaves one of each.

        Answers ``[(package_name, index_url)]``.

        >>> graph.get_unsolved_python_packages_all()
        """
    def iterate_unsolved_python_packages_all(self, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, start_offset: int = 0, count: int | None = None, distinct: bool = False) -> Generator[tuple[str, str], None, None]:
        """Python packages with a version that no solver has seen, or none in the environment, with their index.

        A package stands there once for every such version; `distinct` leaves one of each.

        Yields the elements of ``[(package_name, index_url)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_unsolved_python_packages_all():
        ...     print(each)
        """
    def get_unsolved_python_packages_all_per_adviser_run(self, source_type: str | SourceTypeEnum) -> dict[str, list[str]]:
        """Names of the packages that an adviser run couldn't resolve, by document id of the runs that are to be repeated.

        Runs that were repeated since are left out. A name stands there once for every version that was missing.

        Answers ``{adviser_document_id: [package_name]}``.

        >>> graph.get_unsolved_python_packages_all_per_adviser_run("CLI")
        """
    def get_unsolved_python_packages_all_versions(self, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, start_offset: int = 0, count: int | None = 100, distinct: bool = False) -> dict[str, list[tuple[str, str]]]:
        """Versions that no solver has seen, or none in the environment, grouped by the package's name.

        A page counts versions, not names. `distinct` changes nothing, as every version is one row.

        Answers ``{package_name: [(package_version, index_url)]}``.

        >>> graph.get_unsolved_python_packages_all_versions()
        """
    def has_python_solver_error(self, package_name: str, package_version: str, index_url: str, *, os_name: str | None, os_version: str | None, python_version: str | None) -> bool:
        """Whether the latest solver run on a version of a Python package ended with an error.

        An environment argument of None matches all environments.

        Answers ``error``.

        Raises NotFoundError when there is no such record.

        Keeps its answers: ``THOTH_STORAGE_HAS_PYTHON_SOLVER_ERROR_CACHE_SIZE`` of them, 4096 by default; 0 keeps none.

        >>> graph.has_python_solver_error("flask", "2.0.2", "https://pypi.org/simple", os_name="fedora", os_version="35", python_version="3.10")
        """
    def inspection_document_id_exist(self, inspection_document_id: str) -> bool:
        """Whether an inspection is known: one of its results was synced, or Dependency Monkey asked for it.

        Answers ``exists``.

        >>> graph.inspection_document_id_exist("inspection-test-211231120000-0a1b2c3d4e5f6071")
        """
    def inspection_document_id_result_number_exists(self, inspection_document_id: str, inspection_result_number: int) -> bool:
        """Whether a result of an inspection, by its number, is known: it was synced, or Dependency Monkey asked for it.

        Answers ``exists``.

        >>> graph.inspection_document_id_result_number_exists("inspection-test-211231120000-0a1b2c3d4e5f6071", 0)
        """
    def is_python_package_index_enabled(self, url: str) -> bool:
        """Whether a registered Python package index is enabled.

        Answers ``enabled``.

        Raises NotFoundError when there is no such record.

        >>> graph.is_python_package_index_enabled("https://pypi.org/simple")
        """
    def is_python_package_version_is_missing(self, package_name: str, package_version: str, index_url: str) -> bool:
        """Whether a version of a Python package was found to be missing on its index.

        The flag stands on the record of each environment; one record that has it suffices.

        Answers ``is_missing``.

        Raises NotFoundError when there is no such record.

        >>> graph.is_python_package_version_is_missing("flask", "2.0.2", "https://pypi.org/simple")
        """
    def provenance_checker_document_id_exist(self, provenance_checker_document_id: str) -> bool:
        """Whether a document of the provenance checker was synced.

        Answers ``exists``.

        >>> graph.provenance_checker_document_id_exist("provenance-checker-211231120000-0a1b2c3d4e5f6071")
        """
    def python_package_exists(self, package_name: str) -> bool:
        """Whether a solver has seen any version of the package.

        Answers ``package_exists``.

        >>> graph.python_package_exists("flask")
        """
    def register_python_package_index(self, url: str, warehouse_api_url: str | None = None, verify_ssl: bool = True, enabled: bool = False, only_if_package_seen: bool = True) -> bool | None:
        """Register a Python package index, or change how a registered one is used; answers whether it is new.

        Answers ``is_new``.

        >>> graph.register_python_package_index("https://pypi.org/simple")
        """
    def retrieve_dependent_packages(self, package_name: str, package_version: str | None = None) -> dict[str, list[str]]:
        """Versions of the packages that depend on one version of a Python package, grouped by their names.

        Without a version nothing is found; get_python_package_version_dependents_all answers for all versions of a package.

        Answers ``{package_name: [package_version]}``.

        >>> graph.retrieve_dependent_packages("flask")
        """
    def retrieve_transitive_dependencies_python(self, package_name: str, package_version: str, index_url: str | None, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, extras: frozenset[str | None] | None = None, marker_evaluation_result: bool | None = None) -> list[tuple[tuple[str, str, str | None], tuple[str, str, str | None]]]:
        """What a Python package depends on, directly and through others, as pairs of a package and one of its dependencies.

        `extras` (see get_depends_on) choose among the direct dependencies only. A dependency is looked up on every index, in
        the environment of the package that asks for it: a pair for each index that has it, and one with an index of None
        when no solver has seen it there. A pair stands as often as environments and extras lead to it. An unknown package
        answers an empty list.

        Answers ``[((package_name, package_version, index_url), (dependency_name, dependency_version, dependency_index_url))]``.

        >>> graph.retrieve_transitive_dependencies_python("flask", "2.0.2", "https://pypi.org/simple")
        """
    def iterate_transitive_dependencies_python(self, package_name: str, package_version: str, index_url: str | None, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, extras: frozenset[str | None] | None = None, marker_evaluation_result: bool | None = None) -> Generator[tuple[tuple[str, str, str | None], tuple[str, str, str | None]], None, None]:
        """What a Python package depends on, directly and through others, as pairs of a package and one of its dependencies.

        `extras` (see get_depends_on) choose among the direct dependencies only. A dependency is looked up on every index, in
        the environment of the package that asks for it: a pair for each index that has it, and one with an index of None
        when no solver has seen it there. A pair stands as often as environments and extras lead to it. An unknown package
        answers an empty list.

        Yields the elements of ``[((package_name, package_version, index_url), (dependency_name, dependency_version, dependency_index_url))]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_transitive_dependencies_python("flask", "2.0.2", "https://pypi.org/simple"):
        ...     print(each)
        """
    def set_cve_timestamp(self, timestamp: datetime) -> int:
        """Note when (UTC, naive) the known vulnerabilities were last updated.

        Answers how many rows were written.

        >>> graph.set_cve_timestamp(datetime.datetime(2021, 12, 31))
        """
    def set_python_package_index_state(self, url: str, *, enabled: bool) -> bool:
        """Enable or disable a registered Python package index; answers its new state.

        Answers ``enabled``.

        Raises NotFoundError when there is no such record.

        >>> graph.set_python_package_index_state("https://pypi.org/simple", enabled=True)
        """
    def si_aggregated_document_id_exists(self, si_aggregated_run_document_id: str) -> bool:
        """Whether a document of aggregated security indicators was synced.

        Answers ``exists``.

        >>> graph.si_aggregated_document_id_exists("security-indicators-211231120000-0a1b2c3d4e5f6071")
        """
    def si_aggregated_python_package_version_exists(self, package_name: str, package_version: str, index_url: str) -> bool:
        """Whether the security indicators have looked at a package version, in any environment.

        Answers ``exists``.

        >>> graph.si_aggregated_python_package_version_exists("flask", "2.0.2", "https://pypi.org/simple")
        """
    def solved_software_environment_exists(self, os_name: str, os_version: str, python_version: str) -> bool:
        """Whether a solver has seen any package version in the software environment.

        Answers ``environment_exists``.

        >>> graph.solved_software_environment_exists("fedora", "35", "3.10")
        """
    def solver_document_id_exists(self, solver_document_id: str) -> bool:
        """Whether a solver document was synced.

        Answers ``exists``.

        >>> graph.solver_document_id_exists("solver-fedora-35-py310-211231120000-0a1b2c3d4e5f6071")
        """
    def update_missing_flag_package_version(self, package_name: str, package_version: str, index_url: str, value: bool) -> int:
        """Note whether a version of a Python package is missing on its index; answers how many records that changes.

        Answers how many rows were written.

        >>> graph.update_missing_flag_package_version("flask", "2.0.2", "https://pypi.org/simple", True)
        """
    def update_provides_source_distro_package_version(self, package_name: str, package_version: str, index_url: str, value: bool) -> int:
        """Note whether a version of a Python package has a source distribution; answers how many records that changes.

        Answers how many rows were written.

        >>> graph.update_provides_source_distro_package_version("flask", "2.0.2", "https://pypi.org/simple", True)
        """
    def update_python_package_hash_present_flag(self, package_name: str, package_version: str, index_url: str, sha256_hash: str) -> int:
        """Note that an artifact of a version of a Python package is gone from its index; answers how many records that changes.

        Answers how many rows were written.

        >>> graph.update_python_package_hash_present_flag("flask", "2.0.2", "https://pypi.org/simple", "9f5e…")
        """

class SyncQueries:
    def delete_doubles_of_adviser_runs(self, connection: Connection[Any], document_ids: list[str]) -> int:
        """Delete runs that differ from another of their document only in that they need a re-run.

        The original left them when it synced a document again after its re-run; made up for, they would say the same.

        Answers how many rows were written.
        """
    def get_advised_kebechet_installation_ids(self, connection: Connection[Any], slugs: list[str], runtime_environment_names: list[str | None], datetimes: list[datetime], stack_ids: list[int]) -> dict[int, int]:
        """Ids of the installations that runs in repositories and runtime environments are about, by their place in the lists.

        Where a repository's installations name environments, that is the one of the run's environment; of a run that names
        none it is the oldest, as a configuration's first environment is meant without a name. An installation without a name
        is then only what registering the App left behind; alone, it stands for whatever environment the repository has. So
        advice for one environment never stands in the installation of another.
        Where the original left several alike it is one that tells of the run already, as another can't tell the same.

        Answers ``{number: id}``.
        """
    def get_adviser_documents_made_up_for(self, connection: Connection[Any], document_ids: list[str]) -> list[str]:
        """Those of the documents that have a re-run with all packages resolved.

        What it left unresolved tells that of a re-run. Whether it needs another doesn't: that ends when it is made up for.

        Answers ``[document_id]``.
        """
    def iterate_adviser_documents_made_up_for(self, connection: Connection[Any], document_ids: list[str]) -> Generator[str, None, None]:
        """Those of the documents that have a re-run with all packages resolved.

        What it left unresolved tells that of a re-run. Whether it needs another doesn't: that ends when it is made up for.

        Yields the elements of ``[document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def get_adviser_run_ids(self, connection: Connection[Any], document_ids: list[str], datetimes: list[datetime], adviser_versions: list[str], adviser_names: list[str], counts: list[int | None], limits: list[int | None], origins: list[str | None], source_types: list[str | None], are_s2i: list[bool | None], debugs: list[bool], re_run_adviser_ids: list[str | None], limits_of_latest_versions: list[int | None], adviser_errors: list[bool], recommendation_types: list[str], requirements_formats: list[str], durations: list[int | None], advised_configuration_changes: list[bool], additional_stack_infos: list[bool], need_re_runs: list[bool], user_software_stack_ids: list[int | None], external_run_software_environment_ids: list[int], external_hardware_information_ids: list[int]) -> dict[int, int]:
        """Ids of the runs of the adviser that are there, by their place in the lists (from 1).

        The original left several rows of a document that was synced again after its re-run: of these the one that says what
        is wanted, as another can't say the same, else the first.

        Answers ``{number: id}``.
        """
    def get_analysis_run_ids(self, connection: Connection[Any], document_ids: list[str], datetimes: list[datetime], durations: list[int | None], package_extract_names: list[str], package_extract_versions: list[str], environment_types: list[str], origins: list[str | None], debugs: list[bool], package_extract_errors: list[bool], image_tags: list[str], os_names: list[str], os_ids: list[str], os_version_ids: list[str], image_sizes: list[int | None], software_environment_ids: list[int | None], external_software_environment_ids: list[int | None]) -> dict[int, int]:
        """Ids of the runs of image analyses that are there, by their place in the lists (from 1).

        The original left several rows of a document that was synced by more than one of its releases: of these the one that
        says what is wanted, else the first.

        Answers ``{number: id}``.
        """
    def get_debian_dependency_ids(self, connection: Connection[Any], dependency_names: list[str]) -> dict[int, int]:
        """Ids of the names of Debian packages that others name, where they are there, by their place in the list (from 1).

        Answers ``{number: id}``.
        """
    def get_debian_package_ids(self, connection: Connection[Any], package_names: list[str], package_versions: list[str], epochs: list[str | None], architectures: list[str | None]) -> dict[int, int]:
        """Ids of the Debian packages that are there, by their place in the lists (from 1).

        Answers ``{number: id}``.
        """
    def get_dependency_monkey_run_ids(self, connection: Connection[Any], document_ids: list[str], datetimes: list[datetime], names: list[str], versions: list[str], seeds: list[int | None], decisions: list[str], counts: list[int | None], limits_of_latest_versions: list[int | None], debugs: list[bool | None], errors: list[bool], durations: list[int | None], run_environment_ids: list[int], build_environment_ids: list[int], hardware_ids: list[int]) -> dict[int, int]:
        """Ids of the runs of Dependency Monkey that are there, by their place in the lists (from 1).

        Databases of the original may hold several rows of a document. The first is taken, but rather one that says what the
        document says: making another say it as well would break the key.

        Answers ``{number: id}``.
        """
    def get_entity_ids(self, connection: Connection[Any], package_names: list[str], package_versions: list[str | None], index_urls: list[str | None]) -> dict[int, int]:
        """Ids of the package versions by name that are there, by their place in the lists (from 1).

        Answers ``{number: id}``.
        """
    def get_external_hardware_ids(self, connection: Connection[Any], cpu_vendors: list[int | None], cpu_models: list[int | None], cpu_core_counts: list[int | None], cpu_model_names: list[str | None], cpu_families: list[int | None], cpu_physical_counts: list[int | None], gpu_model_names: list[str | None], gpu_vendors: list[str | None], gpu_core_counts: list[int | None], gpu_memory_sizes: list[int | None], ram_sizes: list[int | None]) -> dict[int, int]:
        """Ids of hardware of users that is there, by its place in the lists (from 1).

        Answers ``{number: id}``.
        """
    def get_external_python_requirements_ids(self, connection: Connection[Any], hashes: list[str]) -> dict[str, int]:
        """Ids of users' Pipfiles that are there, by their hashes.

        Answers ``{hash: id}``.
        """
    def get_external_python_requirements_lock_hashes(self, connection: Connection[Any], numbers: list[int], member_numbers: list[int], entity_ids: list[int]) -> dict[int, str]:
        """Hashes of users' Pipfile.lock files, by their numbers; what has no members is one as well.

        Answers ``{number: hash}``.
        """
    def get_external_python_requirements_lock_ids(self, connection: Connection[Any], hashes: list[str]) -> dict[str, int]:
        """Ids of users' Pipfile.lock files that are there, by their hashes.

        Answers ``{hash: id}``.
        """
    def get_external_software_environment_ids(self, connection: Connection[Any], environment_types: list[str], environment_names: list[str | None], python_versions: list[str | None], image_names: list[str | None], image_digests: list[str | None], os_names: list[str | None], os_versions: list[str | None], cuda_versions: list[str | None], thoth_image_names: list[str | None], thoth_image_versions: list[str | None], env_image_names: list[str | None], env_image_tags: list[str | None]) -> dict[int, int]:
        """Ids of software environments of users that are there, by their place in the lists (from 1).

        Answers ``{number: id}``.
        """
    def get_external_stack_ids(self, connection: Connection[Any], requirements_ids: list[int | None], requirements_lock_ids: list[int]) -> dict[int, int]:
        """Ids of users' software stacks that are there, by their place in the lists (from 1).

        Answers ``{number: id}``.
        """
    def get_first_version_ids(self, connection: Connection[Any], package_names: list[str], package_versions: list[str], index_urls: list[str]) -> dict[int, tuple[int, int]]:
        """Ids of package versions by name, and in the first environment that a solver saw each in, by their place in the lists.

        Places count from 1. First is by operating system and Python version, so that it doesn't depend on which came first.

        Answers ``{number: (entity_id, version_id)}``.
        """
    def get_hardware_ids(self, connection: Connection[Any], cpu_vendors: list[int | None], cpu_models: list[int | None], cpu_core_counts: list[int | None], cpu_model_names: list[str | None], cpu_families: list[int | None], cpu_physical_counts: list[int | None], gpu_model_names: list[str | None], gpu_vendors: list[str | None], gpu_core_counts: list[int | None], gpu_memory_sizes: list[int | None], ram_sizes: list[int | None]) -> dict[int, int]:
        """Ids of hardware of the service's own that is there, by its place in the lists (from 1).

        Answers ``{number: id}``.
        """
    def get_inspection_run_ids(self, connection: Connection[Any], document_ids: list[str], result_numbers: list[int], datetimes: list[datetime | None], build_cpus: list[float | None], build_memories: list[float | None], run_cpus: list[float | None], run_memories: list[float | None], build_hardware_ids: list[int], run_hardware_ids: list[int], build_environment_ids: list[int], run_environment_ids: list[int], stack_ids: list[int | None]) -> dict[int, int]:
        """Ids of the results of inspections that are there, synced or not, by their place in the lists (from 1).

        Databases of the original may hold several rows of a result. The first is taken, but rather one that says what the
        document says: making another say it as well would break the key.

        Answers ``{number: id}``.
        """
    def get_kebechet_installation(self, connection: Connection[Any], slug: str, runtime_environment_name: str | None, repo_name: str, private: bool, installation_id: str, info_manager: bool, pipfile_requirements_manager: bool, update_manager: bool, version_manager: bool, thoth_advise_manager: bool, thoth_provenance_manager: bool, external_python_software_stack_id: int | None, external_software_environment_id: int | None) -> tuple[int, bool] | None:
        """The installation of Kebechet in a repository and runtime environment, and whether it says what is to be written.

        The original may have left several without an environment. One that says it is taken, as having another say the same
        would break the key; else the oldest.

        Answers ``(id, is_current)``.
        """
    def get_metadata_ids(self, connection: Connection[Any], authors: list[str | None], author_emails: list[str | None], download_urls: list[str | None], home_pages: list[str | None], keywords: list[str | None], licenses: list[str | None], maintainers: list[str | None], maintainer_emails: list[str | None], metadata_versions: list[str | None], names: list[str | None], summaries: list[str | None], versions: list[str | None], python_requirements: list[str | None], description_content_types: list[str | None], descriptions: list[str | None]) -> dict[int, int]:
        """Ids of the metadata of packages that are there, by their place in the lists (from 1).

        Answers ``{number: id}``.
        """
    def get_provenance_checker_run_ids(self, connection: Connection[Any], document_ids: list[str], datetimes: list[datetime], versions: list[str], names: list[str], origins: list[str | None], debugs: list[bool], errors: list[bool], durations: list[int | None], user_software_stack_ids: list[int]) -> dict[int, int]:
        """Ids of the runs of the provenance checker that are there, by their place in the lists (from 1).

        Databases of the original may hold several rows of a document. The first is taken, but rather one that says what the
        document says: making another say it as well would break the key.

        Answers ``{number: id}``.
        """
    def get_python_file_digest_ids(self, connection: Connection[Any], sha256_hashes: list[str]) -> dict[int, int]:
        """Ids of the contents of Python files that are there, by their place in the list (from 1).

        Answers ``{number: id}``.
        """
    def get_python_interpreter_ids(self, connection: Connection[Any], paths: list[str], links: list[str | None], versions: list[str | None]) -> dict[int, int]:
        """Ids of the Python interpreters that are there, by their place in the lists (from 1).

        Answers ``{number: id}``.
        """
    def get_python_requirements_hashes(self, connection: Connection[Any], numbers: list[int], member_numbers: list[int], line_ids: list[int]) -> dict[int, str]:
        """Hashes of Pipfiles, by their numbers; what has no members is one as well.

        Answers ``{number: hash}``.
        """
    def get_python_requirements_ids(self, connection: Connection[Any], hashes: list[str]) -> dict[str, int]:
        """Ids of Pipfiles that are there, by their hashes.

        Answers ``{hash: id}``.
        """
    def get_python_requirements_lock_hashes(self, connection: Connection[Any], numbers: list[int], member_numbers: list[int], version_ids: list[int]) -> dict[int, str]:
        """Hashes of Pipfile.lock files, by their numbers; what has no members is one as well.

        Answers ``{number: hash}``.
        """
    def get_python_requirements_lock_ids(self, connection: Connection[Any], hashes: list[str]) -> dict[str, int]:
        """Ids of Pipfile.lock files that are there, by their hashes.

        Answers ``{hash: id}``.
        """
    def get_requirement_line_ids(self, connection: Connection[Any], names: list[str], version_ranges: list[str], develop: list[bool], index_urls: list[str | None]) -> dict[int, int]:
        """Ids of the lines of Pipfiles that are there, by their place in the lists (from 1).

        Answers ``{number: id}``.
        """
    def get_rpm_package_ids(self, connection: Connection[Any], package_names: list[str], package_versions: list[str], releases: list[str | None], epochs: list[str | None], architectures: list[str | None], are_sources: list[bool], package_identifiers: list[str]) -> dict[int, int]:
        """Ids of the RPM packages that are there, by their place in the lists (from 1).

        Answers ``{number: id}``.
        """
    def get_rpm_requirement_ids(self, connection: Connection[Any], requirement_names: list[str]) -> dict[int, int]:
        """Ids of the requirements of RPM packages that are there, by their place in the list (from 1).

        Answers ``{number: id}``.
        """
    def get_rules_of_packages(self, connection: Connection[Any], package_names: list[str]) -> list[tuple[int, str, str | None, str | None]]:
        """Rules about packages, whatever the version.

        Answers ``[(id, package_name, version_range, index_url)]``.
        """
    def iterate_rules_of_packages(self, connection: Connection[Any], package_names: list[str]) -> Generator[tuple[int, str, str | None, str | None], None, None]:
        """Rules about packages, whatever the version.

        Yields the elements of ``[(id, package_name, version_range, index_url)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def get_si_aggregated_runs(self, connection: Connection[Any], document_ids: list[str]) -> list[tuple[int, str, datetime, bool, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int]]:
        """What is stored of runs of the security indicators; databases of the original may hold several rows a document.

        Answers ``[(id, document_id, datetime, error, severity_high_confidence_high, severity_high_confidence_low, severity_high_confidence_medium, severity_high_confidence_undefined, severity_low_confidence_high, severity_low_confidence_low, severity_low_confidence_medium, severity_low_confidence_undefined, severity_medium_confidence_high, severity_medium_confidence_low, severity_medium_confidence_medium, severity_medium_confidence_undefined, number_of_analyzed_files, number_of_files_total, number_of_files_with_severities, number_of_filtered_files, number_of_python_files, number_of_lines_with_comments_in_python_files, number_of_blank_lines_in_python_files, number_of_lines_with_code_in_python_files, total_number_of_files, total_number_of_lines, total_number_of_lines_with_comments, total_number_of_blank_lines, total_number_of_lines_with_code)]``.
        """
    def iterate_si_aggregated_runs(self, connection: Connection[Any], document_ids: list[str]) -> Generator[tuple[int, str, datetime, bool, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int], None, None]:
        """What is stored of runs of the security indicators; databases of the original may hold several rows a document.

        Yields the elements of ``[(id, document_id, datetime, error, severity_high_confidence_high, severity_high_confidence_low, severity_high_confidence_medium, severity_high_confidence_undefined, severity_low_confidence_high, severity_low_confidence_low, severity_low_confidence_medium, severity_low_confidence_undefined, severity_medium_confidence_high, severity_medium_confidence_low, severity_medium_confidence_medium, severity_medium_confidence_undefined, number_of_analyzed_files, number_of_files_total, number_of_files_with_severities, number_of_filtered_files, number_of_python_files, number_of_lines_with_comments_in_python_files, number_of_blank_lines_in_python_files, number_of_lines_with_code_in_python_files, total_number_of_files, total_number_of_lines, total_number_of_lines_with_comments, total_number_of_blank_lines, total_number_of_lines_with_code)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def get_software_environment_ids(self, connection: Connection[Any], environment_types: list[str], environment_names: list[str | None], python_versions: list[str | None], image_names: list[str | None], image_digests: list[str | None], os_names: list[str | None], os_versions: list[str | None], cuda_versions: list[str | None], thoth_image_names: list[str | None], thoth_image_versions: list[str | None], env_image_names: list[str | None], env_image_tags: list[str | None]) -> dict[int, int]:
        """Ids of software environments of the service's own that are there, by their place in the lists (from 1).

        Answers ``{number: id}``.
        """
    def get_stack_ids(self, connection: Connection[Any], software_stack_types: list[str], performance_scores: list[float | None], overall_scores: list[float | None], requirements_ids: list[int | None], requirements_lock_ids: list[int]) -> dict[int, int]:
        """Ids of the software stacks that are there, by their place in the lists (from 1).

        Answers ``{number: id}``.
        """
    def get_symbol_ids(self, connection: Connection[Any], library_names: list[str], symbols: list[str]) -> dict[int, int]:
        """Ids of the symbols of shared libraries that are there, by their place in the lists (from 1).

        Answers ``{number: id}``.
        """
    def get_version_ids(self, connection: Connection[Any], entity_ids: list[int], os_names: list[str], os_versions: list[str], python_versions: list[str]) -> dict[int, int]:
        """Ids of the package versions in environments that are there, by their place in the lists (from 1).

        Answers ``{number: id}``.
        """
    def insert_advised(self, connection: Connection[Any], run_ids: list[int], stack_ids: list[int]) -> int:
        """Note which stacks runs of the adviser recommended.

        Answers how many rows were written.
        """
    def insert_adviser_runs(self, connection: Connection[Any], document_ids: list[str], datetimes: list[datetime], adviser_versions: list[str], adviser_names: list[str], counts: list[int | None], limits: list[int | None], origins: list[str | None], source_types: list[str | None], are_s2i: list[bool | None], debugs: list[bool], re_run_adviser_ids: list[str | None], limits_of_latest_versions: list[int | None], adviser_errors: list[bool], recommendation_types: list[str], requirements_formats: list[str], durations: list[int | None], advised_configuration_changes: list[bool], additional_stack_infos: list[bool], need_re_runs: list[bool], user_software_stack_ids: list[int | None], external_run_software_environment_ids: list[int], external_hardware_information_ids: list[int]) -> int:
        """Add runs of the adviser.

        Answers how many rows were written.
        """
    def insert_analysis_runs(self, connection: Connection[Any], document_ids: list[str], datetimes: list[datetime], durations: list[int | None], package_extract_names: list[str], package_extract_versions: list[str], environment_types: list[str], origins: list[str | None], debugs: list[bool], package_extract_errors: list[bool], image_tags: list[str], os_names: list[str], os_ids: list[str], os_version_ids: list[str], image_sizes: list[int | None], software_environment_ids: list[int | None], external_software_environment_ids: list[int | None]) -> int:
        """Add runs of image analyses.

        Answers how many rows were written.
        """
    def insert_artifacts(self, connection: Connection[Any], sha256_hashes: list[str]) -> int:
        """Add the artifacts, by hash, that aren't there; solvers don't tell their names.

        Answers how many rows were written.
        """
    def insert_classifiers(self, connection: Connection[Any], classifiers: list[str]) -> int:
        """Add the trove classifiers that aren't there.

        Answers how many rows were written.
        """
    def insert_debian_dependencies(self, connection: Connection[Any], dependency_names: list[str]) -> int:
        """Add names of Debian packages that others name.

        Answers how many rows were written.
        """
    def insert_debian_depends(self, connection: Connection[Any], package_ids: list[int], dependency_ids: list[int], version_ranges: list[str | None]) -> int:
        """Tie Debian packages to those that they depend on; a NULL range stands for any version.

        Answers how many rows were written.
        """
    def insert_debian_packages(self, connection: Connection[Any], package_names: list[str], package_versions: list[str], epochs: list[str | None], architectures: list[str | None]) -> int:
        """Add Debian packages.

        Answers how many rows were written.
        """
    def insert_debian_pre_depends(self, connection: Connection[Any], package_ids: list[int], dependency_ids: list[int], version_ranges: list[str | None]) -> int:
        """Tie Debian packages to those that are to be configured before they are unpacked; a NULL range stands for any version.

        Answers how many rows were written.
        """
    def insert_debian_replaces(self, connection: Connection[Any], package_ids: list[int], dependency_ids: list[int], version_ranges: list[str | None]) -> int:
        """Tie Debian packages to those whose files they replace; a NULL range stands for any version.

        Answers how many rows were written.
        """
    def insert_dependencies(self, connection: Connection[Any], version_ids: list[int], entity_ids: list[int], version_ranges: list[str], dependency_extras: list[str | None], markers: list[str | None], marker_evaluation_results: list[bool]) -> int:
        """Tie package versions to what they depend on.

        Answers how many rows were written.
        """
    def insert_dependency_monkey_requirements(self, connection: Connection[Any], run_ids: list[int], line_ids: list[int]) -> int:
        """Say for which lines of Pipfiles runs of Dependency Monkey made stacks.

        Answers how many rows were written.
        """
    def insert_dependency_monkey_runs(self, connection: Connection[Any], document_ids: list[str], datetimes: list[datetime], names: list[str], versions: list[str], seeds: list[int | None], decisions: list[str], counts: list[int | None], limits_of_latest_versions: list[int | None], debugs: list[bool | None], errors: list[bool], durations: list[int | None], run_environment_ids: list[int], build_environment_ids: list[int], hardware_ids: list[int]) -> int:
        """Add runs of Dependency Monkey.

        Answers how many rows were written.
        """
    def insert_detected_symbols(self, connection: Connection[Any], run_ids: list[int], symbol_ids: list[int]) -> int:
        """Tie runs of image analyses to the symbols that they detected.

        Answers how many rows were written.
        """
    def insert_distutils(self, connection: Connection[Any], distributions: list[str], distutils_types: list[str]) -> int:
        """Add the distributions that a package requires, provides or makes obsolete that aren't there.

        Answers how many rows were written.
        """
    def insert_entities(self, connection: Connection[Any], package_names: list[str], package_versions: list[str | None], index_urls: list[str | None]) -> int:
        """Add package versions by name; their indexes are there.

        Answers how many rows were written.
        """
    def insert_entity_artifacts(self, connection: Connection[Any], entity_ids: list[int], sha256_hashes: list[str]) -> int:
        """Tie package versions to the artifacts from which they are installed.

        Answers how many rows were written.
        """
    def insert_external_hardware(self, connection: Connection[Any], cpu_vendors: list[int | None], cpu_models: list[int | None], cpu_core_counts: list[int | None], cpu_model_names: list[str | None], cpu_families: list[int | None], cpu_physical_counts: list[int | None], gpu_model_names: list[str | None], gpu_vendors: list[str | None], gpu_core_counts: list[int | None], gpu_memory_sizes: list[int | None], ram_sizes: list[int | None]) -> int:
        """Add hardware of users that isn't there.

        Answers how many rows were written.
        """
    def insert_external_python_requirements(self, connection: Connection[Any], hashes: list[str]) -> int:
        """Add users' Pipfiles that aren't there.

        Answers how many rows were written.
        """
    def insert_external_python_requirements_lock(self, connection: Connection[Any], hashes: list[str]) -> int:
        """Add users' Pipfile.lock files that aren't there.

        Answers how many rows were written.
        """
    def insert_external_python_requirements_lock_members(self, connection: Connection[Any], set_ids: list[int], entity_ids: list[int]) -> int:
        """Say what belongs to users' Pipfile.lock files.

        Answers how many rows were written.
        """
    def insert_external_python_requirements_members(self, connection: Connection[Any], set_ids: list[int], line_ids: list[int]) -> int:
        """Say what belongs to users' Pipfiles.

        Answers how many rows were written.
        """
    def insert_external_requirements(self, connection: Connection[Any], dependencies: list[str]) -> int:
        """Add the requirements outside Python that aren't there.

        Answers how many rows were written.
        """
    def insert_external_software_environments(self, connection: Connection[Any], environment_types: list[str], environment_names: list[str | None], python_versions: list[str | None], image_names: list[str | None], image_digests: list[str | None], os_names: list[str | None], os_versions: list[str | None], cuda_versions: list[str | None], thoth_image_names: list[str | None], thoth_image_versions: list[str | None], env_image_names: list[str | None], env_image_tags: list[str | None]) -> int:
        """Add software environments of users that aren't there.

        Answers how many rows were written.
        """
    def insert_external_stacks(self, connection: Connection[Any], requirements_ids: list[int | None], requirements_lock_ids: list[int]) -> int:
        """Add users' software stacks that aren't there.

        Answers how many rows were written.
        """
    def insert_found_debian_packages(self, connection: Connection[Any], run_ids: list[int], package_ids: list[int]) -> int:
        """Tie runs of image analyses to the Debian packages that they found.

        Answers how many rows were written.
        """
    def insert_found_import_packages(self, connection: Connection[Any], version_ids: list[int], import_package_names: list[str]) -> int:
        """Tie package versions to what can be imported from them.

        Answers how many rows were written.
        """
    def insert_found_python_files(self, connection: Connection[Any], run_ids: list[int], digest_ids: list[int], files: list[str]) -> int:
        """Tie runs of image analyses to the contents of Python files, at the paths where they found them.

        Answers how many rows were written.
        """
    def insert_found_python_interpreters(self, connection: Connection[Any], run_ids: list[int], interpreter_ids: list[int]) -> int:
        """Tie runs of image analyses to the Python interpreters that they found.

        Answers how many rows were written.
        """
    def insert_found_rpm_packages(self, connection: Connection[Any], run_ids: list[int], package_ids: list[int]) -> int:
        """Tie runs of image analyses to the RPM packages that they found.

        Answers how many rows were written.
        """
    def insert_hardware(self, connection: Connection[Any], cpu_vendors: list[int | None], cpu_models: list[int | None], cpu_core_counts: list[int | None], cpu_model_names: list[str | None], cpu_families: list[int | None], cpu_physical_counts: list[int | None], gpu_model_names: list[str | None], gpu_vendors: list[str | None], gpu_core_counts: list[int | None], gpu_memory_sizes: list[int | None], ram_sizes: list[int | None]) -> int:
        """Add hardware of the service's own that isn't there.

        Answers how many rows were written.
        """
    def insert_identified_packages(self, connection: Connection[Any], run_ids: list[int], entity_ids: list[int], locations: list[str]) -> int:
        """Tie runs of image analyses to the Python packages that they found installed.

        Answers how many rows were written.
        """
    def insert_import_packages(self, connection: Connection[Any], import_package_names: list[str]) -> int:
        """Add the importable packages that aren't there.

        Answers how many rows were written.
        """
    def insert_inspection_runs(self, connection: Connection[Any], document_ids: list[str], result_numbers: list[int], datetimes: list[datetime | None], build_cpus: list[float | None], build_memories: list[float | None], run_cpus: list[float | None], run_memories: list[float | None], build_hardware_ids: list[int], run_hardware_ids: list[int], build_environment_ids: list[int], run_environment_ids: list[int], stack_ids: list[int | None]) -> int:
        """Add results of inspections that aren't there.

        Answers how many rows were written.
        """
    def insert_kebechet_installation(self, connection: Connection[Any], slug: str, runtime_environment_name: str | None, repo_name: str, private: bool, installation_id: str, info_manager: bool, pipfile_requirements_manager: bool, update_manager: bool, version_manager: bool, thoth_advise_manager: bool, thoth_provenance_manager: bool, external_python_software_stack_id: int | None, external_software_environment_id: int | None) -> int:
        """Add an installation of Kebechet in a repository and runtime environment.

        Answers how many rows were written.
        """
    def insert_licenses(self, connection: Connection[Any], license_names: list[str], license_identifiers: list[str], license_versions: list[str]) -> int:
        """Add the licenses that aren't there.

        Answers how many rows were written.
        """
    def insert_metadata(self, connection: Connection[Any], authors: list[str | None], author_emails: list[str | None], download_urls: list[str | None], home_pages: list[str | None], keywords: list[str | None], licenses: list[str | None], maintainers: list[str | None], maintainer_emails: list[str | None], metadata_versions: list[str | None], names: list[str | None], summaries: list[str | None], versions: list[str | None], python_requirements: list[str | None], description_content_types: list[str | None], descriptions: list[str | None]) -> int:
        """Add the metadata of packages.

        Answers how many rows were written.
        """
    def insert_metadata_classifiers(self, connection: Connection[Any], metadata_ids: list[int], classifiers: list[str]) -> int:
        """Tie metadata of packages to classifiers.

        Answers how many rows were written.
        """
    def insert_metadata_distutils(self, connection: Connection[Any], metadata_ids: list[int], distributions: list[str], distutils_types: list[str]) -> int:
        """Tie metadata of packages to the distributions that it requires, provides or makes obsolete.

        Answers how many rows were written.
        """
    def insert_metadata_external_requirements(self, connection: Connection[Any], metadata_ids: list[int], dependencies: list[str]) -> int:
        """Tie metadata of packages to its requirements outside Python.

        Answers how many rows were written.
        """
    def insert_metadata_platforms(self, connection: Connection[Any], metadata_ids: list[int], platforms: list[str]) -> int:
        """Tie metadata of packages to platforms.

        Answers how many rows were written.
        """
    def insert_metadata_project_urls(self, connection: Connection[Any], metadata_ids: list[int], urls: list[str], labels: list[str]) -> int:
        """Tie metadata of packages to project URLs.

        Answers how many rows were written.
        """
    def insert_metadata_provided_extras(self, connection: Connection[Any], metadata_ids: list[int], optional_features: list[str]) -> int:
        """Tie metadata of packages to the extras that it provides.

        Answers how many rows were written.
        """
    def insert_metadata_supported_platforms(self, connection: Connection[Any], metadata_ids: list[int], supported_platforms: list[str]) -> int:
        """Tie metadata of packages to supported platforms.

        Answers how many rows were written.
        """
    def insert_offered_symbols(self, connection: Connection[Any], software_environment_ids: list[int | None], external_software_environment_ids: list[int | None], symbol_ids: list[int]) -> int:
        """Tie software environments to the symbols that they offer; each is one of the service's own or a user's (external).

        Answers how many rows were written.
        """
    def insert_package_indexes(self, connection: Connection[Any], urls: list[str]) -> int:
        """Add the Python package indexes that aren't there: not enabled, until somebody enables them.

        Answers how many rows were written.
        """
    def insert_pi_conv1d(self, connection: Connection[Any], measurements: str) -> int:
        """Add measurements of one-dimensional convolutions that aren't there.

        Of each performance indicator likewise: the measurements are a JSON list of objects by the table's columns, as an
        indicator has up to 75. All that a row says is compared as JSON; the key, over digests of it, would burn an id a row.

        Answers how many rows were written.
        """
    def insert_pi_conv2d(self, connection: Connection[Any], measurements: str) -> int:
        """Add measurements of two-dimensional convolutions that aren't there.

        Answers how many rows were written.
        """
    def insert_pi_matmul(self, connection: Connection[Any], measurements: str) -> int:
        """Add measurements of multiplications of matrices that aren't there.

        Answers how many rows were written.
        """
    def insert_pi_pybench(self, connection: Connection[Any], measurements: str) -> int:
        """Add measurements of runs of PyBench that aren't there.

        Answers how many rows were written.
        """
    def insert_platforms(self, connection: Connection[Any], platforms: list[str]) -> int:
        """Add the platforms that aren't there.

        Answers how many rows were written.
        """
    def insert_project_urls(self, connection: Connection[Any], urls: list[str], labels: list[str]) -> int:
        """Add the project URLs that aren't there.

        Answers how many rows were written.
        """
    def insert_provenance_checker_runs(self, connection: Connection[Any], document_ids: list[str], datetimes: list[datetime], versions: list[str], names: list[str], origins: list[str | None], debugs: list[bool], errors: list[bool], durations: list[int | None], user_software_stack_ids: list[int]) -> int:
        """Add runs of the provenance checker.

        Answers how many rows were written.
        """
    def insert_provided_extras(self, connection: Connection[Any], optional_features: list[str]) -> int:
        """Add the extras that a package provides that aren't there.

        Answers how many rows were written.
        """
    def insert_python_file_digests(self, connection: Connection[Any], sha256_hashes: list[str]) -> int:
        """Add contents of Python files.

        Answers how many rows were written.
        """
    def insert_python_interpreters(self, connection: Connection[Any], paths: list[str], links: list[str | None], versions: list[str | None]) -> int:
        """Add Python interpreters.

        Answers how many rows were written.
        """
    def insert_python_requirements(self, connection: Connection[Any], hashes: list[str]) -> int:
        """Add Pipfiles that aren't there.

        Answers how many rows were written.
        """
    def insert_python_requirements_lock(self, connection: Connection[Any], hashes: list[str]) -> int:
        """Add Pipfile.lock files that aren't there.

        Answers how many rows were written.
        """
    def insert_python_requirements_lock_members(self, connection: Connection[Any], set_ids: list[int], version_ids: list[int]) -> int:
        """Say what belongs to Pipfile.lock files.

        Answers how many rows were written.
        """
    def insert_python_requirements_members(self, connection: Connection[Any], set_ids: list[int], line_ids: list[int]) -> int:
        """Say what belongs to Pipfiles.

        Answers how many rows were written.
        """
    def insert_requested_inspections(self, connection: Connection[Any], run_ids: list[int], document_ids: list[str], result_counts: list[int]) -> int:
        """Note the results of inspections that runs of Dependency Monkey asked for, and that aren't there, as pending.

        Answers how many rows were written.
        """
    def insert_requirement_lines(self, connection: Connection[Any], names: list[str], version_ranges: list[str], develop: list[bool], index_urls: list[str | None]) -> int:
        """Add lines of Pipfiles that aren't there; the indexes that they name are there.

        Answers how many rows were written.
        """
    def insert_rpm_package_requirements(self, connection: Connection[Any], package_ids: list[int], requirement_ids: list[int]) -> int:
        """Tie RPM packages to their requirements.

        Answers how many rows were written.
        """
    def insert_rpm_packages(self, connection: Connection[Any], package_names: list[str], package_versions: list[str], releases: list[str | None], epochs: list[str | None], architectures: list[str | None], are_sources: list[bool], package_identifiers: list[str]) -> int:
        """Add RPM packages.

        Answers how many rows were written.
        """
    def insert_rpm_requirements(self, connection: Connection[Any], requirement_names: list[str]) -> int:
        """Add requirements of RPM packages.

        Answers how many rows were written.
        """
    def insert_rule_associations(self, connection: Connection[Any], entity_ids: list[int], rule_ids: list[int]) -> int:
        """Tie rules to the package versions that they are about.

        Answers how many rows were written.
        """
    def insert_si_aggregated(self, connection: Connection[Any], run_ids: list[int], entity_ids: list[int], version_ids: list[int]) -> int:
        """Tie runs of the security indicators to the package versions that they analysed, each in one environment.

        Answers how many rows were written.
        """
    def insert_si_aggregated_runs(self, connection: Connection[Any], document_ids: list[str], datetimes: list[datetime], errors: list[bool], severity_high_confidence_high: list[int], severity_high_confidence_low: list[int], severity_high_confidence_medium: list[int], severity_high_confidence_undefined: list[int], severity_low_confidence_high: list[int], severity_low_confidence_low: list[int], severity_low_confidence_medium: list[int], severity_low_confidence_undefined: list[int], severity_medium_confidence_high: list[int], severity_medium_confidence_low: list[int], severity_medium_confidence_medium: list[int], severity_medium_confidence_undefined: list[int], number_of_analyzed_files: list[int], number_of_files_total: list[int], number_of_files_with_severities: list[int], number_of_filtered_files: list[int], number_of_python_files: list[int], number_of_lines_with_comments_in_python_files: list[int], number_of_blank_lines_in_python_files: list[int], number_of_lines_with_code_in_python_files: list[int], total_number_of_files: list[int], total_number_of_lines: list[int], total_number_of_lines_with_comments: list[int], total_number_of_blank_lines: list[int], total_number_of_lines_with_code: list[int]) -> int:
        """Add runs of the security indicators that aren't there.

        Answers how many rows were written.
        """
    def insert_software_environments(self, connection: Connection[Any], environment_types: list[str], environment_names: list[str | None], python_versions: list[str | None], image_names: list[str | None], image_digests: list[str | None], os_names: list[str | None], os_versions: list[str | None], cuda_versions: list[str | None], thoth_image_names: list[str | None], thoth_image_versions: list[str | None], env_image_names: list[str | None], env_image_tags: list[str | None]) -> int:
        """Add software environments of the service's own that aren't there.

        Answers how many rows were written.
        """
    def insert_solved(self, connection: Connection[Any], document_ids: list[str], datetimes: list[datetime], durations: list[int | None], version_ids: list[int | None], errors: list[bool], errors_unparseable: list[bool], errors_unsolvable: list[bool], are_provided: list[bool | None], solver_names: list[str], solver_versions: list[str], os_names: list[str], os_versions: list[str], python_versions: list[str]) -> int:
        """Add how runs of solvers ended for package versions; NULL stands for versions that aren't provided.

        Answers how many rows were written.
        """
    def insert_solvers(self, connection: Connection[Any], solver_names: list[str], solver_versions: list[str], os_names: list[str], os_versions: list[str], python_versions: list[str]) -> int:
        """Add the solvers of Python packages that aren't there.

        Answers how many rows were written.
        """
    def insert_stacks(self, connection: Connection[Any], software_stack_types: list[str], performance_scores: list[float | None], overall_scores: list[float | None], requirements_ids: list[int | None], requirements_lock_ids: list[int]) -> int:
        """Add software stacks that aren't there.

        Answers how many rows were written.
        """
    def insert_supported_platforms(self, connection: Connection[Any], supported_platforms: list[str]) -> int:
        """Add the supported platforms that aren't there.

        Answers how many rows were written.
        """
    def insert_symbols(self, connection: Connection[Any], library_names: list[str], symbols: list[str]) -> int:
        """Add symbols of shared libraries.

        Answers how many rows were written.
        """
    def insert_unresolved(self, connection: Connection[Any], run_ids: list[int], entity_ids: list[int]) -> int:
        """Note which packages runs of the adviser couldn't resolve, as no solver had seen them.

        Answers how many rows were written.
        """
    def insert_versions(self, connection: Connection[Any], entity_ids: list[int], os_names: list[str], os_versions: list[str], python_versions: list[str], metadata_ids: list[int | None], license_names: list[str | None], license_identifiers: list[str | None], license_versions: list[str | None], license_warnings: list[bool | None]) -> int:
        """Add package versions in environments, described where their documents do; NULL licenses stand for versions without.

        Answers how many rows were written.
        """
    def inspection_result_is_synced(self, connection: Connection[Any], document_id: str, result_number: int) -> bool:
        """Whether a result of an inspection, by its number, was synced: that Dependency Monkey asked for it isn't enough.

        Answers ``is_synced``.
        """
    def lock_documents(self, connection: Connection[Any], document_ids: list[str]) -> int:
        """Keep others from writing the same documents until this transaction ends; answers how many locks that took.

        No unique key holds one row a document: databases of the original have documents with several, and none is to be lost.
        So a document is looked up before it is written, and two writers of one must not do so at once.

        Answers ``locks``.
        """
    def lock_kebechet_repositories(self, connection: Connection[Any], slugs: list[str]) -> int:
        """Let no other transaction write installations in repositories until this one ends; answers how many locks those are.

        Whoever writes installations takes this lock, in a statement of its own, before looking at what is there.

        Answers ``locks``.
        """
    def lock_versions(self, connection: Connection[Any], version_ids: list[int]) -> list[int]:
        """Keep others from describing package versions until this transaction ends.

        Answers ``[id]``.
        """
    def settle_plans(self, connection: Connection[Any]) -> list[tuple[str | None, str | None, str | None]]:
        """Have this transaction plan each of its statements once a connection, and look rows up by indexes.

        All of them look up a few rows for each element of an array, however many: one plan fits all, and without these settings
        the server would plan anew for each array shorter than its guess of ten (0.2 ms a statement, and more than running it). It
        keeps that plan until the table is analyzed: made while an empty database begins to fill, it would go on reading whole
        tables for each element. A table without a fitting index is read whole all the same, at a cost that makes the server
        compile the statement first (1 s, where reading takes 0.1 ms): so that is switched off as well.

        Answers ``[(plan_cache_mode, enable_seqscan, jit)]``.
        """
    def update_advised_kebechet_installations(self, connection: Connection[Any], ids: list[int], datetimes: list[datetime], document_ids: list[str], stack_ids: list[int]) -> int:
        """Have installations tell of their newest run with advice; of two of one moment that is the one with the greater id.

        Without advice, last_run is when the installation was made: any run is newer. An installation that tells of the run
        already stays as it is, as its managers may have been switched off since.

        Answers how many rows were written.
        """
    def update_adviser_runs(self, connection: Connection[Any], run_ids: list[int], document_ids: list[str], datetimes: list[datetime], adviser_versions: list[str], adviser_names: list[str], counts: list[int | None], limits: list[int | None], origins: list[str | None], source_types: list[str | None], are_s2i: list[bool | None], debugs: list[bool], re_run_adviser_ids: list[str | None], limits_of_latest_versions: list[int | None], adviser_errors: list[bool], recommendation_types: list[str], requirements_formats: list[str], durations: list[int | None], advised_configuration_changes: list[bool], additional_stack_infos: list[bool], need_re_runs: list[bool], user_software_stack_ids: list[int | None], external_run_software_environment_ids: list[int], external_hardware_information_ids: list[int]) -> int:
        """Have runs of the adviser say what is wanted, where they don't.

        Answers how many rows were written.
        """
    def update_adviser_runs_made_up_for(self, connection: Connection[Any], document_ids: list[str]) -> int:
        """Note that the runs of documents need no re-run any more.

        Answers how many rows were written.
        """
    def update_analysis_runs(self, connection: Connection[Any], run_ids: list[int], datetimes: list[datetime], durations: list[int | None], package_extract_names: list[str], package_extract_versions: list[str], environment_types: list[str], origins: list[str | None], debugs: list[bool], package_extract_errors: list[bool], image_tags: list[str], os_names: list[str], os_ids: list[str], os_version_ids: list[str], image_sizes: list[int | None], software_environment_ids: list[int | None], external_software_environment_ids: list[int | None]) -> int:
        """Have runs of image analyses say what their documents say, where they say something else.

        Answers how many rows were written.
        """
    def update_dependency_monkey_runs(self, connection: Connection[Any], run_ids: list[int], datetimes: list[datetime], names: list[str], versions: list[str], seeds: list[int | None], decisions: list[str], counts: list[int | None], limits_of_latest_versions: list[int | None], debugs: list[bool | None], errors: list[bool], durations: list[int | None], run_environment_ids: list[int], build_environment_ids: list[int], hardware_ids: list[int]) -> int:
        """Have runs of Dependency Monkey say what their documents say, where they don't.

        Answers how many rows were written.
        """
    def update_inspection_runs(self, connection: Connection[Any], run_ids: list[int], datetimes: list[datetime | None], build_cpus: list[float | None], build_memories: list[float | None], run_cpus: list[float | None], run_memories: list[float | None], build_hardware_ids: list[int], run_hardware_ids: list[int], build_environment_ids: list[int], run_environment_ids: list[int], stack_ids: list[int | None]) -> int:
        """Have results of inspections say what their documents say, and be synced; answers how many said something else.

        Which run of Dependency Monkey asked for one stays.

        Answers how many rows were written.
        """
    def update_kebechet_installation(self, connection: Connection[Any], id: int, repo_name: str, private: bool, installation_id: str, info_manager: bool, pipfile_requirements_manager: bool, update_manager: bool, version_manager: bool, thoth_advise_manager: bool, thoth_provenance_manager: bool, external_python_software_stack_id: int | None, external_software_environment_id: int | None) -> int:
        """Have an installation of Kebechet say what the files of its repository say.

        When Kebechet ran last, and its advice, stay.

        Answers how many rows were written.
        """
    def update_provenance_checker_runs(self, connection: Connection[Any], run_ids: list[int], datetimes: list[datetime], versions: list[str], names: list[str], origins: list[str | None], debugs: list[bool], errors: list[bool], durations: list[int | None], user_software_stack_ids: list[int]) -> int:
        """Have runs of the provenance checker say what their documents say, where they don't.

        Answers how many rows were written.
        """
    def update_requested_inspections(self, connection: Connection[Any], run_ids: list[int], document_ids: list[str], result_counts: list[int]) -> int:
        """Tie the results of inspections that are there to the runs of Dependency Monkey that asked for them.

        One that belongs to a run already is given to the one with the lower document id, so that it makes no difference which
        of the two comes first. Databases of the original may hold several rows of a result, one for each run: they stay.

        Answers how many rows were written.
        """
    def update_si_aggregated_runs(self, connection: Connection[Any], run_ids: list[int], datetimes: list[datetime], errors: list[bool], severity_high_confidence_high: list[int], severity_high_confidence_low: list[int], severity_high_confidence_medium: list[int], severity_high_confidence_undefined: list[int], severity_low_confidence_high: list[int], severity_low_confidence_low: list[int], severity_low_confidence_medium: list[int], severity_low_confidence_undefined: list[int], severity_medium_confidence_high: list[int], severity_medium_confidence_low: list[int], severity_medium_confidence_medium: list[int], severity_medium_confidence_undefined: list[int], number_of_analyzed_files: list[int], number_of_files_total: list[int], number_of_files_with_severities: list[int], number_of_filtered_files: list[int], number_of_python_files: list[int], number_of_lines_with_comments_in_python_files: list[int], number_of_blank_lines_in_python_files: list[int], number_of_lines_with_code_in_python_files: list[int], total_number_of_files: list[int], total_number_of_lines: list[int], total_number_of_lines_with_comments: list[int], total_number_of_blank_lines: list[int], total_number_of_lines_with_code: list[int]) -> int:
        """Have runs of the security indicators say what their documents say now; the documents are locked.

        Answers how many rows were written.
        """
    def update_version_descriptions(self, connection: Connection[Any], version_ids: list[int], metadata_ids: list[int], license_names: list[str], license_identifiers: list[str], license_versions: list[str], license_warnings: list[bool | None], datetimes: list[datetime], document_ids: list[str]) -> int:
        """Describe package versions, where no newer document that solved them is stored; the versions are locked.

        The lock comes in a statement before: what another transaction committed while this one waited is seen here.

        Answers how many rows were written.
        """

class Queries:
    sync: SyncQueries
    def _activate_kebechet_installations(self, connection: Connection[Any], slug: str, private: bool, installation_id: str) -> int:
        """Mark all installations of a repository as active, as of one installation of the GitHub App.

        Answers how many rows were written.
        """
    def _create_external_hardware_information(self, connection: Connection[Any], cpu_vendor: int | None, cpu_model: int | None, cpu_cores: int | None, cpu_model_name: str | None, cpu_family: int | None, cpu_physical_cpus: int | None, gpu_model_name: str | None, gpu_vendor: str | None, gpu_cores: int | None, gpu_memory_size: int | None, ram_size: int | None) -> list[int]:
        """Have hardware of a user, and answer its id; what is known already stays the row that it is.

        Answers ``[id]``.
        """
    def _create_hardware_information(self, connection: Connection[Any], cpu_vendor: int | None, cpu_model: int | None, cpu_cores: int | None, cpu_model_name: str | None, cpu_family: int | None, cpu_physical_cpus: int | None, gpu_model_name: str | None, gpu_vendor: str | None, gpu_cores: int | None, gpu_memory_size: int | None, ram_size: int | None) -> list[int]:
        """Have hardware of the service's own runs, and answer its id; what is known already stays the row that it is.

        Answers ``[id]``.
        """
    def _deactivate_kebechet_installations(self, connection: Connection[Any], slug: str) -> int:
        """Mark all installations of a repository as not active.

        Answers how many rows were written.
        """
    def _delete_adviser_runs(self, connection: Connection[Any], document_ids: list[str], end_datetime: datetime | None = None, adviser_version: str | None = None, external_hardware_information_id: int | None = None) -> int:
        """Delete the runs of the adviser that documents tell of: all, or those before a moment, by a version, or on hardware.

        Answers how many rows were written.
        """
    def _delete_external_hardware_information(self, connection: Connection[Any], hardware_information_id: int) -> int:
        """Delete hardware of a user, and the runs of the adviser on it.

        Answers how many rows were written.
        """
    def _delete_hardware_information(self, connection: Connection[Any], hardware_information_id: int) -> int:
        """Delete hardware of the service's own runs, and the inspections and runs of Dependency Monkey on it.

        Answers how many rows were written.
        """
    def _delete_kebechet_github_app_installations(self, connection: Connection[Any], *, batch_size: int, id: int | None = None, slug: str | None = None, private: bool | None = None, installation_id: str | None = None, is_active: bool | None = None, runtime_environment_name: str | None = None, info_manager: bool | None = None, pipfile_requirements_manager: bool | None = None, update_manager: bool | None = None, version_manager: bool | None = None, thoth_advise_manager: bool | None = None, thoth_provenance_manager: bool | None = None, last_run_before: datetime | None = None, last_run_after: datetime | None = None, external_python_software_stack_id: int | None = None, external_software_environment_id: int | None = None, advised_python_software_stack_id: int | None = None, runtime_environment: str | None = None) -> int:
        """Delete some of the installations of Kebechet that match the filters, those that were stored first.

        Answers how many rows were written.
        """
    def _delete_package_extract_runs(self, connection: Connection[Any], document_ids: list[str], end_datetime: datetime | None = None, package_extract_version: str | None = None) -> int:
        """Delete the image analyses that documents tell of: all, or those before a moment, or by a version of the analyser.

        Answers how many rows were written.
        """
    def _delete_rule_associations(self, connection: Connection[Any], rule_id: int) -> int:
        """Untie a rule from all package versions.

        Answers how many rows were written.
        """
    def _delete_solver_runs(self, connection: Connection[Any], document_ids: list[str], os_name: str | None = None, os_version: str | None = None, python_version: str | None = None) -> int:
        """Delete the runs of solvers that documents tell of, of all environments or of one.

        Answers how many rows were written.
        """
    def _delete_solvers(self, connection: Connection[Any], os_name: str, os_version: str, python_version: str) -> int:
        """Delete the solvers of a software environment; their runs go with them.

        Answers how many rows were written.
        """
    def _get_abandoned_databases(self, connection: Connection[Any], prefix: str) -> list[tuple[str, int]]:
        """Databases whose names begin like this, which nobody is connected to and this role may drop, and their sizes in bytes.

        Answers ``[(database_name, size)]``.
        """
    def _iterate_abandoned_databases(self, connection: Connection[Any], prefix: str) -> Generator[tuple[str, int], None, None]:
        """Databases whose names begin like this, which nobody is connected to and this role may drop, and their sizes in bytes.

        Yields the elements of ``[(database_name, size)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_adviser_document_ids(self, connection: Connection[Any]) -> list[str]:
        """Ids of the adviser's documents.

        Answers ``[document_id]``.
        """
    def _iterate_adviser_document_ids(self, connection: Connection[Any]) -> Generator[str, None, None]:
        """Ids of the adviser's documents.

        Yields the elements of ``[document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_adviser_documents_to_delete(self, connection: Connection[Any], end_datetime: datetime | None = None, adviser_version: str | None = None, external_hardware_information_id: int | None = None, after_document_id: str | None = None, count: int | None = None) -> list[str]:
        """Ids of the documents of adviser runs before a moment, by a version, or on hardware; those after a document.

        Answers ``[adviser_document_id]``.
        """
    def _iterate_adviser_documents_to_delete(self, connection: Connection[Any], end_datetime: datetime | None = None, adviser_version: str | None = None, external_hardware_information_id: int | None = None, after_document_id: str | None = None, count: int | None = None) -> Generator[str, None, None]:
        """Ids of the documents of adviser runs before a moment, by a version, or on hardware; those after a document.

        Yields the elements of ``[adviser_document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_amcheck_schema(self, connection: Connection[Any]) -> str | None:
        """The schema in which the extension amcheck is installed; None where it isn't.

        Answers ``schema_name``.
        """
    def _get_analysis_document_ids(self, connection: Connection[Any]) -> list[str]:
        """Ids of the analyses of container images.

        Answers ``[document_id]``.
        """
    def _iterate_analysis_document_ids(self, connection: Connection[Any]) -> Generator[str, None, None]:
        """Ids of the analyses of container images.

        Yields the elements of ``[document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_btree_indexes(self, connection: Connection[Any]) -> list[tuple[int, str]]:
        """The B-tree indexes of the database, those of the catalog included, that can be checked from this session.

        Answers ``[(index_oid, index_name)]``.
        """
    def _iterate_btree_indexes(self, connection: Connection[Any]) -> Generator[tuple[int, str], None, None]:
        """The B-tree indexes of the database, those of the catalog included, that can be checked from this session.

        Yields the elements of ``[(index_oid, index_name)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_connection_counts(self, connection: Connection[Any]) -> dict[tuple[str, str], int]:
        """How many connections the database has: by the name that the application gave, and by what they do.

        Answers ``{(application, state): connections}``.
        """
    def _get_connection_numbers(self, connection: Connection[Any]) -> GetConnectionNumbersRecord:
        """How many connections the server allows this role, how many it has, and how many of them do nothing in a transaction.

        Answers ``{allowed, used, idle_in_transaction}``.
        """
    def _get_database_options(self, connection: Connection[Any], database_name: str) -> GetDatabaseOptionsRecord | None:
        """How a database was created, as CREATE DATABASE says it; None where there is no such database.

        Answers ``{owner_name, tablespace_name, encoding, locale_provider, lc_collate, lc_ctype, icu_locale, builtin_locale, connection_limit}``.
        """
    def _get_database_rights(self, connection: Connection[Any], database_name: str) -> list[tuple[str, str, bool]]:
        """Who may do what with a database: role (empty for all), right, may it be passed on; none while nothing was granted.

        Answers ``[(role_name, right_name, is_grantable)]``.
        """
    def _iterate_database_rights(self, connection: Connection[Any], database_name: str) -> Generator[tuple[str, str, bool], None, None]:
        """Who may do what with a database: role (empty for all), right, may it be passed on; none while nothing was granted.

        Yields the elements of ``[(role_name, right_name, is_grantable)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_database_settings(self, connection: Connection[Any], database_name: str) -> list[tuple[str, str, str]]:
        """What ALTER DATABASE and ALTER ROLE … IN DATABASE have set for a database: role (empty for all), setting, value.

        Answers ``[(role_name, setting_name, setting_value)]``.
        """
    def _iterate_database_settings(self, connection: Connection[Any], database_name: str) -> Generator[tuple[str, str, str], None, None]:
        """What ALTER DATABASE and ALTER ROLE … IN DATABASE have set for a database: role (empty for all), setting, value.

        Yields the elements of ``[(role_name, setting_name, setting_value)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_days_of_statistics(self, connection: Connection[Any]) -> float | None:
        """For how many days the use of tables and indexes was counted; None where it was since the database was made.

        Answers ``days``.
        """
    def _get_dependency_monkey_document_ids(self, connection: Connection[Any]) -> list[str]:
        """Ids of the reports of Dependency Monkey.

        Answers ``[document_id]``.
        """
    def _iterate_dependency_monkey_document_ids(self, connection: Connection[Any]) -> Generator[str, None, None]:
        """Ids of the reports of Dependency Monkey.

        Yields the elements of ``[document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_documents_by_day(self, connection: Connection[Any]) -> list[GetDocumentsByDayRecord]:
        """How many documents of each kind were made on each day, how many of them tell an error, and when the newest was made.

        An error of a solver is a package version that couldn't be solved.

        Answers ``[{kind, day, documents, errors, newest}]``.
        """
    def _iterate_documents_by_day(self, connection: Connection[Any]) -> Generator[GetDocumentsByDayRecord, None, None]:
        """How many documents of each kind were made on each day, how many of them tell an error, and when the newest was made.

        An error of a solver is a package version that couldn't be solved.

        Yields the elements of ``[{kind, day, documents, errors, newest}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_dumped_tables(self, connection: Connection[Any]) -> list[tuple[str, str]]:
        """The tables whose rows a dump holds: those of extensions and of PostgreSQL itself aren't among them.

        Answers ``[(schema_name, table_name)]``.
        """
    def _iterate_dumped_tables(self, connection: Connection[Any]) -> Generator[tuple[str, str], None, None]:
        """The tables whose rows a dump holds: those of extensions and of PostgreSQL itself aren't among them.

        Yields the elements of ``[(schema_name, table_name)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_duplicate_indexes(self, connection: Connection[Any]) -> list[tuple[str, str]]:
        """The indexes that are another one of the same table but for their names: which could go, and which would stay.

        Answers ``[(superfluous_name, kept_name)]``.
        """
    def _iterate_duplicate_indexes(self, connection: Connection[Any]) -> Generator[tuple[str, str], None, None]:
        """The indexes that are another one of the same table but for their names: which could go, and which would stay.

        Yields the elements of ``[(superfluous_name, kept_name)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_estimated_row_counts(self, connection: Connection[Any]) -> dict[str, float]:
        """About how many rows each table holds: what the last VACUUM or ANALYZE found, or what was counted since where none ran.

        Answers ``{table_name: rows}``.
        """
    def _get_hardware_environments(self, connection: Connection[Any], is_external: bool = False, start_offset: int = 0, count: int | None = 100) -> list[GetHardwareEnvironmentsRecord]:
        """Hardware in the order in which it was stored.

        Answers ``[{id, cpu_vendor, cpu_model, cpu_cores, cpu_model_name, cpu_family, cpu_physical_cpus, gpu_model_name, gpu_vendor, gpu_cores, gpu_memory_size, ram_size}]``.
        """
    def _iterate_hardware_environments(self, connection: Connection[Any], is_external: bool = False, start_offset: int = 0, count: int | None = None) -> Generator[GetHardwareEnvironmentsRecord, None, None]:
        """Hardware in the order in which it was stored.

        Yields the elements of ``[{id, cpu_vendor, cpu_model, cpu_cores, cpu_model_name, cpu_family, cpu_physical_cpus, gpu_model_name, gpu_vendor, gpu_cores, gpu_memory_size, ram_size}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_index_usage(self, connection: Connection[Any]) -> list[GetIndexUsageRecord]:
        """How often each index was used since the statistics were reset, and what room it takes; the largest first.

        Answers ``[{index_name, table_name, is_unique, scans, size}]``.
        """
    def _iterate_index_usage(self, connection: Connection[Any]) -> Generator[GetIndexUsageRecord, None, None]:
        """How often each index was used since the statistics were reset, and what room it takes; the largest first.

        Yields the elements of ``[{index_name, table_name, is_unique, scans, size}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_inspection_results(self, connection: Connection[Any]) -> list[tuple[str, int]]:
        """The results of inspections, by the inspection's id and the result's number; those that were only asked for aren't.

        Answers ``[(document_id, result_number)]``.
        """
    def _iterate_inspection_results(self, connection: Connection[Any]) -> Generator[tuple[str, int], None, None]:
        """The results of inspections, by the inspection's id and the result's number; those that were only asked for aren't.

        Yields the elements of ``[(document_id, result_number)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_invalid_indexes(self, connection: Connection[Any]) -> list[tuple[str, bool]]:
        """The indexes that no query uses because they aren't complete, and whether somebody is at work on each.

        Answers ``[(index_name, is_being_built)]``.
        """
    def _iterate_invalid_indexes(self, connection: Connection[Any]) -> Generator[tuple[str, bool], None, None]:
        """The indexes that no query uses because they aren't complete, and whether somebody is at work on each.

        Yields the elements of ``[(index_name, is_being_built)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_kebechet_repositories_with_manager_count(self, connection: Connection[Any], manager: str) -> int:
        """Number of repositories in which a manager is on, in any active installation of Kebechet.

        Answers ``count``.
        """
    def _get_largest_table(self, connection: Connection[Any]) -> tuple[str, int, str | None] | None:
        """The table that takes the most room with its indexes and its large values: its name, its bytes, and the folder of its
        tablespace, which is None for the server's own.

        Answers ``(table_name, size, location)``.
        """
    def _get_never_analyzed_tables(self, connection: Connection[Any]) -> list[str]:
        """The tables that hold rows, by their size, and of which no statistics were ever gathered.

        Answers ``[table_name]``.
        """
    def _iterate_never_analyzed_tables(self, connection: Connection[Any]) -> Generator[str, None, None]:
        """The tables that hold rows, by their size, and of which no statistics were ever gathered.

        Yields the elements of ``[table_name]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_new_packages_by_day(self, connection: Connection[Any]) -> list[GetNewPackagesByDayRecord]:
        """How many packages, and package versions on an index, a solver saw for the first time on each day.

        Answers ``[{day, packages, package_versions}]``.
        """
    def _iterate_new_packages_by_day(self, connection: Connection[Any]) -> Generator[GetNewPackagesByDayRecord, None, None]:
        """How many packages, and package versions on an index, a solver saw for the first time on each day.

        Yields the elements of ``[{day, packages, package_versions}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_objects_of_users(self, connection: Connection[Any]) -> list[str]:
        """What somebody has made in the database: relations, types and functions that PostgreSQL and extensions don't bring.

        Answers ``[object_name]``.
        """
    def _iterate_objects_of_users(self, connection: Connection[Any]) -> Generator[str, None, None]:
        """What somebody has made in the database: relations, types and functions that PostgreSQL and extensions don't bring.

        Yields the elements of ``[object_name]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_package_extract_documents_to_delete(self, connection: Connection[Any], end_datetime: datetime | None = None, package_extract_version: str | None = None, after_document_id: str | None = None, count: int | None = None) -> list[str]:
        """Ids of the documents of image analyses before a moment, or by a version of the analyser; those after a document.

        Answers ``[analysis_document_id]``.
        """
    def _iterate_package_extract_documents_to_delete(self, connection: Connection[Any], end_datetime: datetime | None = None, package_extract_version: str | None = None, after_document_id: str | None = None, count: int | None = None) -> Generator[str, None, None]:
        """Ids of the documents of image analyses before a moment, or by a version of the analyser; those after a document.

        Yields the elements of ``[analysis_document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_pg_stat_statements_schema(self, connection: Connection[Any]) -> str | None:
        """The schema in which the extension pg_stat_statements is installed; None where it isn't.

        Answers ``schema_name``.
        """
    def _get_provenance_checker_document_ids(self, connection: Connection[Any]) -> list[str]:
        """Ids of the provenance checker's documents.

        Answers ``[document_id]``.
        """
    def _iterate_provenance_checker_document_ids(self, connection: Connection[Any]) -> Generator[str, None, None]:
        """Ids of the provenance checker's documents.

        Yields the elements of ``[document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_python_package_versions_all_count(self, connection: Connection[Any], *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, most_versions_first: bool = False) -> list[tuple[str | None, int, int]]:
        """How many versions, one counted for every environment, solvers have seen of each package, and how many packages.

        The last column is the number of packages on all pages. A page without packages is one row with it, no name, and 0.

        Answers ``[(package_name, versions, packages)]``.
        """
    def _iterate_python_package_versions_all_count(self, connection: Connection[Any], *, start_offset: int = 0, count: int | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, most_versions_first: bool = False) -> Generator[tuple[str | None, int, int], None, None]:
        """How many versions, one counted for every environment, solvers have seen of each package, and how many packages.

        The last column is the number of packages on all pages. A page without packages is one row with it, no name, and 0.

        Yields the elements of ``[(package_name, versions, packages)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_rule_to_extend(self, connection: Connection[Any], package_name: str, index_url: str | None, description: str | None) -> tuple[int, str | None] | None:
        """The rule on the same package and index with the same description.

        Answers ``(id, version_range)``.
        """
    def _get_security_indicators_document_ids(self, connection: Connection[Any]) -> list[str]:
        """Ids of the aggregated security indicators.

        Answers ``[document_id]``.
        """
    def _iterate_security_indicators_document_ids(self, connection: Connection[Any]) -> Generator[str, None, None]:
        """Ids of the aggregated security indicators.

        Yields the elements of ``[document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_server(self, connection: Connection[Any]) -> GetServerRecord:
        """What the server says of itself: its version, since when it runs, and since when it counts in this database.

        Answers ``{version, started, counted_since}``.
        """
    def _get_software_environment_analyses(self, connection: Connection[Any], software_environment_name: str, environment_type: str, is_external: bool = False, start_offset: int = 0, count: int | None = 100) -> list[GetSoftwareEnvironmentAnalysesRecord]:
        """Analyses of the software environments of a name and a type, latest first.

        Answers ``[{analysis_datetime, analysis_document_id, package_extract_name, package_extract_version}]``.
        """
    def _iterate_software_environment_analyses(self, connection: Connection[Any], software_environment_name: str, environment_type: str, is_external: bool = False, start_offset: int = 0, count: int | None = None) -> Generator[GetSoftwareEnvironmentAnalysesRecord, None, None]:
        """Analyses of the software environments of a name and a type, latest first.

        Yields the elements of ``[{analysis_datetime, analysis_document_id, package_extract_name, package_extract_version}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_software_environment_names(self, connection: Connection[Any], environment_type: str, is_external: bool = False, start_offset: int = 0, count: int | None = 100) -> list[tuple[int, str | None]]:
        """Names of the software environments of a type, in the order in which they were stored.

        Answers ``[(id, environment_name)]``.
        """
    def _iterate_software_environment_names(self, connection: Connection[Any], environment_type: str, is_external: bool = False, start_offset: int = 0, count: int | None = None) -> Generator[tuple[int, str | None], None, None]:
        """Names of the software environments of a type, in the order in which they were stored.

        Yields the elements of ``[(id, environment_name)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_software_environments_all(self, connection: Connection[Any], is_external: bool = False, *, start_offset: int = 0, count: int | None = 100, env_image_name: str | None = None, env_image_tag: str | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, cuda_version: str | None = None, image_name: str | None = None, library_name: str | None = None, symbol: str | None = None, package_name: str | None = None, rpm_package_name: str | None = None) -> list[GetSoftwareEnvironmentsAllRecord]:
        """Software environments, once for each of their analyses, latest analysis first.

        Answers ``[{cuda_version, datetime, env_image_name, env_image_tag, environment_name, environment_type, image_sha, os_name, os_version, package_extract_document_id, python_version, thoth_image_name, thoth_image_version}]``.
        """
    def _iterate_software_environments_all(self, connection: Connection[Any], is_external: bool = False, *, start_offset: int = 0, count: int | None = None, env_image_name: str | None = None, env_image_tag: str | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, cuda_version: str | None = None, image_name: str | None = None, library_name: str | None = None, symbol: str | None = None, package_name: str | None = None, rpm_package_name: str | None = None) -> Generator[GetSoftwareEnvironmentsAllRecord, None, None]:
        """Software environments, once for each of their analyses, latest analysis first.

        Yields the elements of ``[{cuda_version, datetime, env_image_name, env_image_tag, environment_name, environment_type, image_sha, os_name, os_version, package_extract_document_id, python_version, thoth_image_name, thoth_image_version}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_solver_document_ids(self, connection: Connection[Any]) -> list[str]:
        """Ids of the solvers' documents.

        Answers ``[document_id]``.
        """
    def _iterate_solver_document_ids(self, connection: Connection[Any]) -> Generator[str, None, None]:
        """Ids of the solvers' documents.

        Yields the elements of ``[document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_solver_documents_to_delete(self, connection: Connection[Any], os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, after_document_id: str | None = None, count: int | None = None) -> list[str]:
        """Ids of the documents of solver runs in software environments; those after a document, so that no page is read twice.

        The ids stand in an index in this order: what lies before a page, deleted but not vacuumed yet, isn't visited again.

        Answers ``[document_id]``.
        """
    def _iterate_solver_documents_to_delete(self, connection: Connection[Any], os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, after_document_id: str | None = None, count: int | None = None) -> Generator[str, None, None]:
        """Ids of the documents of solver runs in software environments; those after a document, so that no page is read twice.

        The ids stand in an index in this order: what lies before a page, deleted but not vacuumed yet, isn't visited again.

        Yields the elements of ``[document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_solver_results_by_day(self, connection: Connection[Any]) -> list[GetSolverResultsByDayRecord]:
        """What solvers said of package versions on each day: how many results, and how many errors of which sort.

        Answers ``[{day, results, errors, unsolvable, unparseable}]``.
        """
    def _iterate_solver_results_by_day(self, connection: Connection[Any]) -> Generator[GetSolverResultsByDayRecord, None, None]:
        """What solvers said of package versions on each day: how many results, and how many errors of which sort.

        Yields the elements of ``[{day, results, errors, unsolvable, unparseable}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_synced_document_counts(self, connection: Connection[Any]) -> list[tuple[str, int, float | None]]:
        """How many documents of each kind were synced, and when the newest of them was made, in seconds since 1970.

        It reads all of the tables, 1.5 s for 200,000 documents on a busy machine: not for each scrape. Reverse solvers leave
        no trace of theirs.

        Answers ``[(kind, documents, newest)]``.
        """
    def _iterate_synced_document_counts(self, connection: Connection[Any]) -> Generator[tuple[str, int, float | None], None, None]:
        """How many documents of each kind were synced, and when the newest of them was made, in seconds since 1970.

        It reads all of the tables, 1.5 s for 200,000 documents on a busy machine: not for each scrape. Reverse solvers leave
        no trace of theirs.

        Yields the elements of ``[(kind, documents, newest)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_table_sizes(self, connection: Connection[Any]) -> list[GetTableSizesRecord]:
        """What room each table takes, the largest first; the number of rows is the server's estimate.

        Answers ``[{table_name, rows, table_bytes, index_bytes, dead_rows, vacuumed, analyzed}]``.
        """
    def _iterate_table_sizes(self, connection: Connection[Any]) -> Generator[GetTableSizesRecord, None, None]:
        """What room each table takes, the largest first; the number of rows is the server's estimate.

        Yields the elements of ``[{table_name, rows, table_bytes, index_bytes, dead_rows, vacuumed, analyzed}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_thoth_s2i_count(self, connection: Connection[Any], is_external: bool = False) -> dict[tuple[str | None, str | None], int]:
        """How many software environments there are of each Thoth s2i image; (None, None) stands for those that aren't one.

        Answers ``{(thoth_image_name, thoth_image_version): count}``.
        """
    def _get_transaction_ages(self, connection: Connection[Any]) -> list[tuple[str, int]]:
        """How many transactions, or groups of them that lock rows together, ago each database was last frozen.

        Answers ``[(database_name, age)]``.
        """
    def _iterate_transaction_ages(self, connection: Connection[Any]) -> Generator[tuple[str, int], None, None]:
        """How many transactions, or groups of them that lock rows together, ago each database was last frozen.

        Yields the elements of ``[(database_name, age)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_unindexed_foreign_keys(self, connection: Connection[Any]) -> list[str]:
        """The foreign keys for which no index begins with their columns, in whatever order.

        Answers ``[foreign_key]``.
        """
    def _iterate_unindexed_foreign_keys(self, connection: Connection[Any]) -> Generator[str, None, None]:
        """The foreign keys for which no index begins with their columns, in whatever order.

        Yields the elements of ``[foreign_key]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_unused_indexes(self, connection: Connection[Any]) -> list[tuple[str, int]]:
        """The indexes of more than 1 MiB that were never read, the largest first; those that keep rows unique aren't among them.

        Answers ``[(index_name, size)]``.
        """
    def _iterate_unused_indexes(self, connection: Connection[Any]) -> Generator[tuple[str, int], None, None]:
        """The indexes of more than 1 MiB that were never read, the largest first; those that keep rows unique aren't among them.

        Yields the elements of ``[(index_name, size)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _get_versions_of_package(self, connection: Connection[Any], package_name: str) -> list[tuple[str, str | None, str | None]]:
        """The versions of a package, solved or not.

        Answers ``[(package_name, package_version, index_url)]``.
        """
    def _iterate_versions_of_package(self, connection: Connection[Any], package_name: str) -> Generator[tuple[str, str | None, str | None], None, None]:
        """The versions of a package, solved or not.

        Yields the elements of ``[(package_name, package_version, index_url)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.
        """
    def _insert_cve(self, connection: Connection[Any], cve_id: str, details: str, link: str | None) -> int:
        """Have a vulnerability; one that is there already stays as it is.

        Answers how many rows were written.
        """
    def _insert_kebechet_installation(self, connection: Connection[Any], slug: str, repo_name: str, private: bool, installation_id: str) -> int:
        """Add an installation of a repository that names no runtime environment, with all managers off.

        Answers how many rows were written.
        """
    def _insert_rule(self, connection: Connection[Any], package_name: str, version_range: str, index_url: str | None, description: str | None) -> list[int]:
        """Add a rule, and answer its id.

        Answers ``[id]``.
        """
    def _insert_vulnerability(self, connection: Connection[Any], entity_id: int, cve_id: str) -> int:
        """Tie a vulnerability to a package version, unless it is.

        Answers how many rows were written.
        """
    def _lock_kebechet_repository(self, connection: Connection[Any], slug: str) -> list[bool]:
        """Let no other transaction that asks for this lock write installations of a repository until this one ends.

        The unique key on slug and environment doesn't tell rows without an environment apart. Take the lock before looking
        at what is there, in a statement of its own: a statement doesn't see what was committed while it waited.

        Answers ``[is_locked]``.
        """
    def _lock_rules(self, connection: Connection[Any]) -> int:
        """Let no other transaction create rules, or package versions that rules could be about, until this one ends.

        Answers how many rows were written.
        """
    def _lock_solvers(self, connection: Connection[Any]) -> int:
        """Wait for the transactions that write runs of solvers, and let no other begin to, until this one ends.

        Who writes runs looks solvers up without locking their rows: those of one that is deleted meanwhile would be lost.

        Answers how many rows were written.
        """
    def _merge_kebechet_installations(self, connection: Connection[Any], slug: str) -> int:
        """Delete installations of a repository that differ from another only in what is to be the same in the whole repository.

        The original may have left such; writing the same into both would run into the key that keeps rows apart.

        Answers how many rows were written.
        """
    def _python_package_version_exists(self, connection: Connection[Any], package_name: str, package_version: str, index_url: str | None = None, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None) -> bool:
        """Whether a solver has seen the package version, if need be on an index or in an environment.

        Answers ``version_exists``.
        """
    def _update_rule(self, connection: Connection[Any], rule_id: int, version_range: str) -> int:
        """Change the versions that a rule is about.

        Answers how many rows were written.
        """
    def adviser_document_id_exist(self, connection: Connection[Any], adviser_document_id: str) -> bool:
        """Whether a document of the adviser was synced.

        Answers ``exists``.

        >>> graph.adviser_document_id_exist("adviser-211231120000-0a1b2c3d4e5f6071")
        """
    def analysis_document_id_exist(self, connection: Connection[Any], analysis_document_id: str) -> bool:
        """Whether an image analysis was synced.

        Answers ``exists``.

        >>> graph.analysis_document_id_exist("package-extract-211231120000-0a1b2c3d4e5f6071")
        """
    def delete_python_package_index(self, connection: Connection[Any], index_url: str) -> int:
        """Delete a Python package index, with all package versions on it.

        Answers how many rows were written.

        >>> graph.delete_python_package_index("https://pypi.org/simple")
        """
    def delete_python_rule(self, connection: Connection[Any], rule_id: int) -> int:
        """Delete a Python rule; answers 1, or 0 when there is no rule with that id.

        Answers how many rows were written.

        >>> graph.delete_python_rule(1)
        """
    def dependency_monkey_document_id_exists(self, connection: Connection[Any], dependency_monkey_document_id: str) -> bool:
        """Whether a report of Dependency Monkey was synced.

        Answers ``exists``.

        >>> graph.dependency_monkey_document_id_exists("dependency-monkey-211231120000-0a1b2c3d4e5f6071")
        """
    def get_active_kebechet_github_installations_repos(self, connection: Connection[Any]) -> list[str]:
        """Slugs of the repositories with an active installation of Kebechet, once for each runtime environment.

        Answers ``[slug]``.

        >>> graph.get_active_kebechet_github_installations_repos()
        """
    def iterate_active_kebechet_github_installations_repos(self, connection: Connection[Any]) -> Generator[str, None, None]:
        """Slugs of the repositories with an active installation of Kebechet, once for each runtime environment.

        Yields the elements of ``[slug]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_active_kebechet_github_installations_repos():
        ...     print(each)
        """
    def get_active_kebechet_github_installations_repos_count_all(self, connection: Connection[Any]) -> int:
        """Number of repositories with an active installation of Kebechet, each counted once.

        Answers ``count``.

        >>> graph.get_active_kebechet_github_installations_repos_count_all()
        """
    def get_adviser_run_count_per_source_type(self, connection: Connection[Any]) -> dict[SourceType, int]:
        """How many runs of the adviser each integration started, by the integration's name.

        Runs of an unknown integration are left out, and so are integrations without a run.

        Answers ``{source_type: count}``.

        >>> graph.get_adviser_run_count_per_source_type()
        """
    def get_adviser_run_document_ids_all(self, connection: Connection[Any], initial_date: str | None = None, final_date: str | None = None, source_type: str | SourceTypeEnum | None = None, start_offset: int = 0, count: int | None = 100) -> list[str]:
        """Ids of the documents of adviser runs, oldest first.

        Dates are texts `DD-MM-YYYY`, and both ends are excluded: runs after the midnight (UTC) that begins `initial_date`
        and before the one that begins `final_date`.

        Answers ``[adviser_document_id]``.

        >>> graph.get_adviser_run_document_ids_all()
        """
    def iterate_adviser_run_document_ids_all(self, connection: Connection[Any], initial_date: str | None = None, final_date: str | None = None, source_type: str | SourceTypeEnum | None = None, start_offset: int = 0, count: int | None = None) -> Generator[str, None, None]:
        """Ids of the documents of adviser runs, oldest first.

        Dates are texts `DD-MM-YYYY`, and both ends are excluded: runs after the midnight (UTC) that begins `initial_date`
        and before the one that begins `final_date`.

        Yields the elements of ``[adviser_document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_adviser_run_document_ids_all():
        ...     print(each)
        """
    def get_adviser_run_origins_all(self, connection: Connection[Any], package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, start_offset: int = 0, count: int | None = 100, distinct: bool = False) -> list[str]:
        """Origins (repositories and services) that asked the adviser for advice; a run without an origin is left out.

        An origin stands there once for every run; `distinct` leaves one of each. Runs are filtered by what the user's
        Pipfile.lock pins, not by what was advised.

        Answers ``[origin]``.

        >>> graph.get_adviser_run_origins_all()
        """
    def iterate_adviser_run_origins_all(self, connection: Connection[Any], package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, start_offset: int = 0, count: int | None = None, distinct: bool = False) -> Generator[str, None, None]:
        """Origins (repositories and services) that asked the adviser for advice; a run without an origin is left out.

        An origin stands there once for every run; `distinct` leaves one of each. Runs are filtered by what the user's
        Pipfile.lock pins, not by what was advised.

        Yields the elements of ``[origin]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_adviser_run_origins_all():
        ...     print(each)
        """
    def get_analysis_metadata(self, connection: Connection[Any], analysis_document_id: str) -> GetAnalysisMetadataRecord:
        """When an image was analysed, and by which analyser; the latest run where a document tells of several.

        Answers ``{analysis_datetime, analysis_document_id, package_extract_name, package_extract_version}``.

        Raises NotFoundError when there is no such record.

        >>> graph.get_analysis_metadata("package-extract-211231120000-0a1b2c3d4e5f6071")
        """
    def get_analyzed_image_symbols_all(self, connection: Connection[Any], os_name: str, os_version: str, *, python_version: str | None = None, cuda_version: str | None = None) -> list[str]:
        """Symbols that the analysed images of a kind offer: of an operating system, a Python version and a CUDA version.

        A Python or CUDA version that isn't given means images that have none (or whose analysis didn't tell), not any.

        Answers ``[symbol]``.

        >>> graph.get_analyzed_image_symbols_all("fedora", "35")
        """
    def iterate_analyzed_image_symbols_all(self, connection: Connection[Any], os_name: str, os_version: str, *, python_version: str | None = None, cuda_version: str | None = None) -> Generator[str, None, None]:
        """Symbols that the analysed images of a kind offer: of an operating system, a Python version and a CUDA version.

        A Python or CUDA version that isn't given means images that have none (or whose analysis didn't tell), not any.

        Yields the elements of ``[symbol]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_analyzed_image_symbols_all("fedora", "35"):
        ...     print(each)
        """
    def get_analyzer_documents_count_all(self, connection: Connection[Any]) -> int:
        """How many documents of image analyses were synced.

        Answers ``count``.

        >>> graph.get_analyzer_documents_count_all()
        """
    def get_bloat_data(self, connection: Connection[Any]) -> list[GetBloatDataRecord]:
        """How much of each table (its TOAST included) is bloat: more than its rows need when packed as its fillfactor allows.

        An estimate; tables that are empty or were never analysed are left out. The most bloated come first.

        Answers ``[{databasename, schemaname, tablename, can_estimate, table_bytes, table_mb, expected_bytes, expected_mb, pct_bloat, mb_bloat, est_rows}]``.

        >>> graph.get_bloat_data()
        """
    def iterate_bloat_data(self, connection: Connection[Any]) -> Generator[GetBloatDataRecord, None, None]:
        """How much of each table (its TOAST included) is bloat: more than its rows need when packed as its fillfactor allows.

        An estimate; tables that are empty or were never analysed are left out. The most bloated come first.

        Yields the elements of ``[{databasename, schemaname, tablename, can_estimate, table_bytes, table_mb, expected_bytes, expected_mb, pct_bloat, mb_bloat, est_rows}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_bloat_data():
        ...     print(each)
        """
    def get_cve_timestamp(self, connection: Connection[Any]) -> datetime | None:
        """When (UTC, naive) the known vulnerabilities were last updated; None if never.

        Answers ``timestamp``.

        >>> graph.get_cve_timestamp()
        """
    def get_database_size(self, connection: Connection[Any]) -> int:
        """Size of the database in bytes, its indexes and all bloat included.

        Answers ``size``.

        >>> graph.get_database_size()
        """
    def get_depends_on(self, connection: Connection[Any], package_name: str, package_version: str | None = None, index_url: str | None = None, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, extras: frozenset[str | None] | None = None, marker_evaluation_result: bool | None = None, is_missing: bool | None = None) -> dict[str | None, list[tuple[str, str | None]]]:
        """Dependencies of a Python package, grouped by the extra that asks for them.

        `extras` as in PEP 508: None (or an empty set) means all, a None inside the set means those without an extra.
        A filter that isn't given matches everything, so the answer may mix versions, indexes and environments. A known
        package without dependencies answers an empty dict.

        Answers ``{extra: [(package_name, package_version)]}``.

        Raises NotFoundError when there is no such record.

        Keeps its answers: ``THOTH_STORAGE_GET_DEPENDS_ON_CACHE_SIZE`` of them, 8192 by default; 0 keeps none.

        >>> graph.get_depends_on("flask")
        """
    def get_ecosystem_solver_all(self, connection: Connection[Any]) -> list[str]:
        """Names of the solvers whose documents were synced, like `solver-rhel-8-py38`.

        Answers ``[solver_name]``.

        >>> graph.get_ecosystem_solver_all()
        """
    def iterate_ecosystem_solver_all(self, connection: Connection[Any]) -> Generator[str, None, None]:
        """Names of the solvers whose documents were synced, like `solver-rhel-8-py38`.

        Yields the elements of ``[solver_name]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_ecosystem_solver_all():
        ...     print(each)
        """
    def get_ecosystem_solver_count_all(self, connection: Connection[Any]) -> int:
        """How many solvers there are whose documents were synced.

        Answers ``count``.

        >>> graph.get_ecosystem_solver_count_all()
        """
    def get_error_solved_document_id_all(self, connection: Connection[Any], package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, unsolvable: bool = False, unparseable: bool = False, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, limit_results: bool = True) -> list[str]:
        """Ids of the solver documents that hold an error.

        A document stands there once for every package version with an error; `distinct` leaves one of each. `unsolvable` asks
        for errors of versions that the solver couldn't find or install, `unparseable` for requirements that it couldn't read.
        With `limit_results=False` all documents are answered, whatever `start_offset` and `count` say.

        Answers ``[document_id]``.

        >>> graph.get_error_solved_document_id_all()
        """
    def iterate_error_solved_document_id_all(self, connection: Connection[Any], package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, unsolvable: bool = False, unparseable: bool = False, start_offset: int = 0, count: int | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, limit_results: bool = True) -> Generator[str, None, None]:
        """Ids of the solver documents that hold an error.

        A document stands there once for every package version with an error; `distinct` leaves one of each. `unsolvable` asks
        for errors of versions that the solver couldn't find or install, `unparseable` for requirements that it couldn't read.
        With `limit_results=False` all documents are answered, whatever `start_offset` and `count` say.

        Yields the elements of ``[document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_error_solved_document_id_all():
        ...     print(each)
        """
    def get_error_solved_python_package_versions_all(self, connection: Connection[Any], package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, unsolvable: bool = False, unparseable: bool = False, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> list[tuple[str, str | None, str]]:
        """Package versions on which a solver ended in an error.

        A version stands there once for every environment with an error; `distinct` leaves one of each. `unsolvable` asks for
        those that the solver couldn't find or install, `unparseable` for those whose requirement it couldn't read.

        Answers ``[(package_name, package_version, index_url)]``.

        >>> graph.get_error_solved_python_package_versions_all()
        """
    def iterate_error_solved_python_package_versions_all(self, connection: Connection[Any], package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, unsolvable: bool = False, unparseable: bool = False, start_offset: int = 0, count: int | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> Generator[tuple[str, str | None, str], None, None]:
        """Package versions on which a solver ended in an error.

        A version stands there once for every environment with an error; `distinct` leaves one of each. `unsolvable` asks for
        those that the solver couldn't find or install, `unparseable` for those whose requirement it couldn't read.

        Yields the elements of ``[(package_name, package_version, index_url)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_error_solved_python_package_versions_all():
        ...     print(each)
        """
    def get_error_solved_python_package_versions_count_all(self, connection: Connection[Any], package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, unsolvable: bool = False, unparseable: bool = False, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> int:
        """Number of the package versions that get_error_solved_python_package_versions_all answers.

        Answers ``count``.

        >>> graph.get_error_solved_python_package_versions_count_all()
        """
    def get_index_bloat_data(self, connection: Connection[Any]) -> list[GetIndexBloatDataRecord]:
        """How much of each B-tree index is bloat: more than its entries need when packed as its fillfactor allows.

        An estimate; indexes that are empty, or on what was never analysed, are left out. The most bloated come first.

        Answers ``[{database_name, schema_name, table_name, index_name, bloat_pct, bloat_mb, index_mb, table_mb, index_scans}]``.

        >>> graph.get_index_bloat_data()
        """
    def iterate_index_bloat_data(self, connection: Connection[Any]) -> Generator[GetIndexBloatDataRecord, None, None]:
        """How much of each B-tree index is bloat: more than its entries need when packed as its fillfactor allows.

        An estimate; indexes that are empty, or on what was never analysed, are left out. The most bloated come first.

        Yields the elements of ``[{database_name, schema_name, table_name, index_name, bloat_pct, bloat_mb, index_mb, table_mb, index_scans}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_index_bloat_data():
        ...     print(each)
        """
    def get_index_url_from_id(self, connection: Connection[Any], package_index_id: int) -> str:
        """The address of the Python package index with that id.

        Answers ``url``.

        Raises NotFoundError when there is no such record.

        >>> graph.get_index_url_from_id(1)
        """
    def get_kebechet_github_app_installations_all(self, connection: Connection[Any], *, id: int | None = None, slug: str | None = None, private: bool | None = None, installation_id: str | None = None, is_active: bool | None = None, runtime_environment_name: str | None = None, info_manager: bool | None = None, pipfile_requirements_manager: bool | None = None, update_manager: bool | None = None, version_manager: bool | None = None, thoth_advise_manager: bool | None = None, thoth_provenance_manager: bool | None = None, last_run_before: datetime | None = None, last_run_after: datetime | None = None, external_python_software_stack_id: int | None = None, external_software_environment_id: int | None = None, advised_python_software_stack_id: int | None = None, runtime_environment: str | None = None) -> list[GetKebechetGithubAppInstallationsAllRecord]:
        """Installations of Kebechet, in the order in which they were stored.

        `last_run` is a text, like `2022-01-06 18:22:34.468093` (UTC), None when Kebechet never ran; `last_run_before` and
        `last_run_after` include their moment. `runtime_environment` is another name of `runtime_environment_name`.

        Answers ``[{slug, repo_name, private, installation_id, is_active, runtime_environment_name, info_manager, pipfile_requirements_manager, update_manager, version_manager, thoth_advise_manager, thoth_provenance_manager, last_run, external_python_software_stack_id, external_software_environment_id, advised_python_software_stack_id}]``.

        >>> graph.get_kebechet_github_app_installations_all()
        """
    def iterate_kebechet_github_app_installations_all(self, connection: Connection[Any], *, id: int | None = None, slug: str | None = None, private: bool | None = None, installation_id: str | None = None, is_active: bool | None = None, runtime_environment_name: str | None = None, info_manager: bool | None = None, pipfile_requirements_manager: bool | None = None, update_manager: bool | None = None, version_manager: bool | None = None, thoth_advise_manager: bool | None = None, thoth_provenance_manager: bool | None = None, last_run_before: datetime | None = None, last_run_after: datetime | None = None, external_python_software_stack_id: int | None = None, external_software_environment_id: int | None = None, advised_python_software_stack_id: int | None = None, runtime_environment: str | None = None) -> Generator[GetKebechetGithubAppInstallationsAllRecord, None, None]:
        """Installations of Kebechet, in the order in which they were stored.

        `last_run` is a text, like `2022-01-06 18:22:34.468093` (UTC), None when Kebechet never ran; `last_run_before` and
        `last_run_after` include their moment. `runtime_environment` is another name of `runtime_environment_name`.

        Yields the elements of ``[{slug, repo_name, private, installation_id, is_active, runtime_environment_name, info_manager, pipfile_requirements_manager, update_manager, version_manager, thoth_advise_manager, thoth_provenance_manager, last_run, external_python_software_stack_id, external_software_environment_id, advised_python_software_stack_id}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_kebechet_github_app_installations_all():
        ...     print(each)
        """
    def get_kebechet_github_installation_info_with_software_environment_all(self, connection: Connection[Any], *, python_version: str | None = None, image_name: str | None = None, image_sha: str | None = None, os_name: str | None = None, os_version: str | None = None, thoth_image_name: str | None = None, thoth_image_version: str | None = None, env_image_name: str | None = None, env_image_tag: str | None = None, cuda_version: str | None = None, environment_type: str | None = None) -> list[GetKebechetGithubInstallationInfoWithSoftwareEnvironmentAllRecord]:
        """Active installations of Kebechet that say in which software environment the repository runs, oldest first.

        The filters are about that environment; the answer is that of get_kebechet_github_app_installations_all.

        Answers ``[{slug, repo_name, private, installation_id, is_active, runtime_environment_name, info_manager, pipfile_requirements_manager, update_manager, version_manager, thoth_advise_manager, thoth_provenance_manager, last_run, external_python_software_stack_id, external_software_environment_id, advised_python_software_stack_id}]``.

        >>> graph.get_kebechet_github_installation_info_with_software_environment_all()
        """
    def iterate_kebechet_github_installation_info_with_software_environment_all(self, connection: Connection[Any], *, python_version: str | None = None, image_name: str | None = None, image_sha: str | None = None, os_name: str | None = None, os_version: str | None = None, thoth_image_name: str | None = None, thoth_image_version: str | None = None, env_image_name: str | None = None, env_image_tag: str | None = None, cuda_version: str | None = None, environment_type: str | None = None) -> Generator[GetKebechetGithubInstallationInfoWithSoftwareEnvironmentAllRecord, None, None]:
        """Active installations of Kebechet that say in which software environment the repository runs, oldest first.

        The filters are about that environment; the answer is that of get_kebechet_github_app_installations_all.

        Yields the elements of ``[{slug, repo_name, private, installation_id, is_active, runtime_environment_name, info_manager, pipfile_requirements_manager, update_manager, version_manager, thoth_advise_manager, thoth_provenance_manager, last_run, external_python_software_stack_id, external_software_environment_id, advised_python_software_stack_id}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_kebechet_github_installation_info_with_software_environment_all():
        ...     print(each)
        """
    def get_kebechet_github_installations_active_managers(self, connection: Connection[Any], slug: str, runtime_environment_name: str | None = None) -> list[str]:
        """Managers that are on in an active installation of Kebechet, like `update_manager`.

        Without `runtime_environment_name` it is the installation that doesn't name one.

        Answers ``[manager]``.

        Raises NotFoundError when there is no such record.

        >>> graph.get_kebechet_github_installations_active_managers("thoth-station/storages")
        """
    def iterate_kebechet_github_installations_active_managers(self, connection: Connection[Any], slug: str, runtime_environment_name: str | None = None) -> Generator[str, None, None]:
        """Managers that are on in an active installation of Kebechet, like `update_manager`.

        Without `runtime_environment_name` it is the installation that doesn't name one.

        Yields the elements of ``[manager]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        Raises NotFoundError at the first one when there is no such record.

        >>> for each in graph.iterate_kebechet_github_installations_active_managers("thoth-station/storages"):
        ...     print(each)
        """
    def get_kebechet_github_installations_info_for_python_package_version(self, connection: Connection[Any], package_name: str, *, package_version: str | None = None, index_url: str | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None) -> dict[str, GetKebechetGithubInstallationsInfoForPythonPackageVersionRecord]:
        """Repositories with an active installation of Kebechet that have a Python package in their lock file, by slug.

        Where several runtime environments of a repository have it, the answer tells of the one in which Kebechet ran last.
        `index_url` also finds what was locked without naming an index, as Pipenv does for what other packages depend on.

        Answers ``{slug: {environment_name, installation_id, private, package_name, package_version, index_url}}``.

        >>> graph.get_kebechet_github_installations_info_for_python_package_version("flask")
        """
    def get_kebechet_github_installations_software_stack_count_all(self, connection: Connection[Any], *, is_active: bool | None = None) -> int:
        """Number of repositories with an installation of Kebechet, each counted once, however many runtime environments it has.

        Answers ``count``.

        >>> graph.get_kebechet_github_installations_software_stack_count_all()
        """
    def get_last_analysis_datetime(self, connection: Connection[Any]) -> datetime:
        """When (UTC, naive) the latest of the synced image analyses took place.

        Answers ``datetime``.

        Raises NotFoundError when there is no such record.

        >>> graph.get_last_analysis_datetime()
        """
    def get_last_analysis_document_id(self, connection: Connection[Any], thoth_image_name: str, thoth_image_version: str, *, is_external: bool = False) -> str | None:
        """Id of the latest analysis of a Thoth s2i image; None when it was never analysed.

        Answers ``analysis_document_id``.

        >>> graph.get_last_analysis_document_id("quay.io/thoth-station/s2i-thoth-f35-py310", "0.31.0")
        """
    def get_last_solver_datetime(self, connection: Connection[Any], os_name: str | None = None, os_version: str | None = None, python_version: str | None = None) -> datetime:
        """When (UTC, naive) the latest of the synced solver runs took place.

        Answers ``datetime``.

        Raises NotFoundError when there is no such record.

        >>> graph.get_last_solver_datetime()
        """
    def get_main_table_count(self, connection: Connection[Any]) -> dict[str, int]:
        """Number of rows of the tables that hold things (packages, documents, images, …), by the tables' names.

        Answers ``{table_name: count}``.

        >>> graph.get_main_table_count()
        """
    def get_origin_count_per_source_type(self, connection: Connection[Any], distinct: bool = False) -> dict[SourceType, int]:
        """How many runs of each integration, by its name, say from which origin they come.

        `distinct` counts an origin once for each integration, which is about the number of its users. An integration whose
        runs have no origin is there with 0.

        Answers ``{source_type: count}``.

        >>> graph.get_origin_count_per_source_type()
        """
    def get_performance_table_count(self, connection: Connection[Any]) -> dict[str, int]:
        """Number of measurements of each performance indicator, by the tables' names.

        Answers ``{table_name: count}``.

        >>> graph.get_performance_table_count()
        """
    def get_pi_component_all(self, connection: Connection[Any]) -> list[str]:
        """Components (frameworks of machine learning) that performance indicators measured.

        Answers ``[component]``.

        >>> graph.get_pi_component_all()
        """
    def iterate_pi_component_all(self, connection: Connection[Any]) -> Generator[str, None, None]:
        """Components (frameworks of machine learning) that performance indicators measured.

        Yields the elements of ``[component]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_pi_component_all():
        ...     print(each)
        """
    def get_pi_count(self, connection: Connection[Any], component: str) -> dict[str, int]:
        """Number of measurements of a component (a framework of machine learning) by performance indicator.

        Answers ``{table_name: count}``.

        >>> graph.get_pi_count("tensorflow")
        """
    def get_python_cve_records_all(self, connection: Connection[Any], package_name: str, package_version: str | None = None) -> list[GetPythonCveRecordsAllRecord]:
        """Known vulnerabilities (CVE) of a Python package, on any index.

        Answers ``[{aggregated_at, cve_id, details, link}]``.

        Keeps its answers: ``THOTH_STORAGE_GET_PYTHON_CVE_RECORDS_ALL_CACHE_SIZE`` of them, 4096 by default; 0 keeps none.

        >>> graph.get_python_cve_records_all("flask")
        """
    def iterate_python_cve_records_all(self, connection: Connection[Any], package_name: str, package_version: str | None = None) -> Generator[GetPythonCveRecordsAllRecord, None, None]:
        """Known vulnerabilities (CVE) of a Python package, on any index.

        Yields the elements of ``[{aggregated_at, cve_id, details, link}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_cve_records_all("flask"):
        ...     print(each)
        """
    def get_python_cve_records_count(self, connection: Connection[Any]) -> int:
        """How many vulnerabilities are known, of all packages.

        Answers ``count``.

        >>> graph.get_python_cve_records_count()
        """
    def get_python_environment_marker(self, connection: Connection[Any], package_name: str, package_version: str, index_url: str, *, dependency_name: str, dependency_version: str, os_name: str, os_version: str, python_version: str, marker_evaluation_result: bool | None = None) -> str | None:
        """The environment marker (PEP 508) under which a Python package asks for a dependency; None where it asks without one.

        Where a package asks for the same dependency several times, a marker that holds comes before one that doesn't, and
        no extra before an extra; get_python_environment_marker_evaluation_result speaks of the same one.

        Answers ``marker``.

        Raises NotFoundError when there is no such record.

        Keeps its answers: ``THOTH_GET_PYTHON_ENVIRONMENT_MARKER_CACHE_SIZE`` of them, 4096 by default; 0 keeps none.

        >>> graph.get_python_environment_marker("flask", "2.0.2", "https://pypi.org/simple", dependency_name="werkzeug", dependency_version="2.0.2", os_name="fedora", os_version="35", python_version="3.10")
        """
    def get_python_environment_marker_evaluation_result(self, connection: Connection[Any], package_name: str, package_version: str, index_url: str, *, dependency_name: str, dependency_version: str, os_name: str, os_version: str, python_version: str) -> bool:
        """Whether the environment marker (PEP 508) under which a Python package asks for a dependency held when it was solved.

        Solvers take `extra == …` for true wherever it stands in a marker.

        Answers ``marker_evaluation_result``.

        Raises NotFoundError when there is no such record.

        >>> graph.get_python_environment_marker_evaluation_result("flask", "2.0.2", "https://pypi.org/simple", dependency_name="werkzeug", dependency_version="2.0.2", os_name="fedora", os_version="35", python_version="3.10")
        """
    def get_python_package_hashes_sha256(self, connection: Connection[Any], package_name: str, package_version: str, index_url: str, *, distinct: bool = False) -> list[str]:
        """SHA-256 hashes (hexadecimal, without a prefix) of the artifacts of a version of a Python package.

        Answers ``[artifact_hash_sha256]``.

        >>> graph.get_python_package_hashes_sha256("flask", "2.0.2", "https://pypi.org/simple")
        """
    def iterate_python_package_hashes_sha256(self, connection: Connection[Any], package_name: str, package_version: str, index_url: str, *, distinct: bool = False) -> Generator[str, None, None]:
        """SHA-256 hashes (hexadecimal, without a prefix) of the artifacts of a version of a Python package.

        Yields the elements of ``[artifact_hash_sha256]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_package_hashes_sha256("flask", "2.0.2", "https://pypi.org/simple"):
        ...     print(each)
        """
    def get_python_package_index_all(self, connection: Connection[Any], enabled: bool | None = None) -> list[GetPythonPackageIndexAllRecord]:
        """The registered Python package indexes, all or those that are (or aren't) enabled.

        Answers ``[{url, warehouse_api_url, verify_ssl, only_if_package_seen}]``.

        >>> graph.get_python_package_index_all()
        """
    def iterate_python_package_index_all(self, connection: Connection[Any], enabled: bool | None = None) -> Generator[GetPythonPackageIndexAllRecord, None, None]:
        """The registered Python package indexes, all or those that are (or aren't) enabled.

        Yields the elements of ``[{url, warehouse_api_url, verify_ssl, only_if_package_seen}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_package_index_all():
        ...     print(each)
        """
    def get_python_package_index_urls_all(self, connection: Connection[Any], enabled: bool | None = None) -> list[str]:
        """Addresses of the registered Python package indexes, all or those that are (or aren't) enabled.

        Answers ``[url]``.

        >>> graph.get_python_package_index_urls_all()
        """
    def iterate_python_package_index_urls_all(self, connection: Connection[Any], enabled: bool | None = None) -> Generator[str, None, None]:
        """Addresses of the registered Python package indexes, all or those that are (or aren't) enabled.

        Yields the elements of ``[url]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_package_index_urls_all():
        ...     print(each)
        """
    def get_python_package_required_symbols(self, connection: Connection[Any], package_name: str, package_version: str, index_url: str) -> list[str]:
        """Versioned symbols of native libraries that the artifacts of a version of a Python package need, like `GLIBC_2.17`.

        Answers ``[symbol]``.

        Keeps its answers: ``THOTH_STORAGE_GET_PYTHON_PACKAGE_REQUIRED_SYMBOLS_CACHE_SIZE`` of them, 4096 by default; 0 keeps none.

        >>> graph.get_python_package_required_symbols("flask", "2.0.2", "https://pypi.org/simple")
        """
    def iterate_python_package_required_symbols(self, connection: Connection[Any], package_name: str, package_version: str, index_url: str) -> Generator[str, None, None]:
        """Versioned symbols of native libraries that the artifacts of a version of a Python package need, like `GLIBC_2.17`.

        Yields the elements of ``[symbol]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_package_required_symbols("flask", "2.0.2", "https://pypi.org/simple"):
        ...     print(each)
        """
    def get_python_package_version_all(self, connection: Connection[Any], analysis_document_id: str) -> list[GetPythonPackageVersionAllRecord]:
        """Python packages in the container image of an analysis, and where they lie in it.

        Answers ``[{package_name, package_version, location}]``.

        Keeps its answers: ``THOTH_GET_PYTHON_PACKAGE_VERSION_CACHE_SIZE`` of them, 1 by default; 0 keeps none.

        >>> graph.get_python_package_version_all("package-extract-211231120000-0a1b2c3d4e5f6071")
        """
    def iterate_python_package_version_all(self, connection: Connection[Any], analysis_document_id: str) -> Generator[GetPythonPackageVersionAllRecord, None, None]:
        """Python packages in the container image of an analysis, and where they lie in it.

        Yields the elements of ``[{package_name, package_version, location}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_package_version_all("package-extract-211231120000-0a1b2c3d4e5f6071"):
        ...     print(each)
        """
    def get_python_package_version_dependents_all(self, connection: Connection[Any], package_name: str, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, start_offset: int = 0, count: int | None = 100) -> list[GetPythonPackageVersionDependentsAllRecord]:
        """Package versions that depend on any version of a Python package, and how they ask for it; those solved first are first.

        Answers ``[{package_name, package_version, index_url, version_range, marker_evaluation_result, marker, extra}]``.

        >>> graph.get_python_package_version_dependents_all("flask")
        """
    def iterate_python_package_version_dependents_all(self, connection: Connection[Any], package_name: str, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, start_offset: int = 0, count: int | None = None) -> Generator[GetPythonPackageVersionDependentsAllRecord, None, None]:
        """Package versions that depend on any version of a Python package, and how they ask for it; those solved first are first.

        Yields the elements of ``[{package_name, package_version, index_url, version_range, marker_evaluation_result, marker, extra}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_package_version_dependents_all("flask"):
        ...     print(each)
        """
    def get_python_package_version_entities_count_all(self, connection: Connection[Any], *, distinct: bool = False) -> int:
        """Number of package versions that are known, solved or not.

        A dependency whose index isn't known counts as a version of its own, as does a package without a version.

        Answers ``count``.

        >>> graph.get_python_package_version_entities_count_all()
        """
    def get_python_package_version_entities_names_all(self, connection: Connection[Any]) -> list[str]:
        """Names of all the Python packages that are known, solved or not.

        Answers ``[package_name]``.

        >>> graph.get_python_package_version_entities_names_all()
        """
    def iterate_python_package_version_entities_names_all(self, connection: Connection[Any]) -> Generator[str, None, None]:
        """Names of all the Python packages that are known, solved or not.

        Yields the elements of ``[package_name]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_package_version_entities_names_all():
        ...     print(each)
        """
    def get_python_package_version_import_packages_all(self, connection: Connection[Any], import_name: str, distinct: bool = False) -> list[GetPythonPackageVersionImportPackagesAllRecord]:
        """Package versions that bring an import package, which needn't carry the package's name.

        A name that ends in `*` stands for all import packages that start with what is before it, like `faust.*`. A package
        version stands once for each environment in which it was solved, unless `distinct`.

        Answers ``[{package_name, package_version, index_url, "import"}]``.

        Raises NotFoundError when there is no such record.

        >>> graph.get_python_package_version_import_packages_all("flask")
        """
    def iterate_python_package_version_import_packages_all(self, connection: Connection[Any], import_name: str, distinct: bool = False) -> Generator[GetPythonPackageVersionImportPackagesAllRecord, None, None]:
        """Package versions that bring an import package, which needn't carry the package's name.

        A name that ends in `*` stands for all import packages that start with what is before it, like `faust.*`. A package
        version stands once for each environment in which it was solved, unless `distinct`.

        Yields the elements of ``[{package_name, package_version, index_url, "import"}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        Raises NotFoundError at the first one when there is no such record.

        >>> for each in graph.iterate_python_package_version_import_packages_all("flask"):
        ...     print(each)
        """
    def get_python_package_version_metadata(self, connection: Connection[Any], package_name: str, package_version: str, index_url: str) -> GetPythonPackageVersionMetadataRecord:
        """The core metadata that a version of a Python package carries, its multi-valued fields as lists.

        `project_url` holds texts `label,url`; `requires_dist`, `provides_dist` and `obsolete_dist` are what the package says
        of other distributions. Where environments saw different metadata, those of the latest record are answered.

        Answers ``{author, author_email, download_url, home_page, keywords, license, maintainer, maintainer_email, metadata_version, name, summary, version, requires_python, description_content_type, description, classifier, platform, supported_platform, requires_external, project_url, provides_extra, requires_dist, provides_dist, obsolete_dist}``.

        Raises NotFoundError when there is no such record.

        >>> graph.get_python_package_version_metadata("flask", "2.0.2", "https://pypi.org/simple")
        """
    def get_python_package_version_names_all(self, connection: Connection[Any], *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, sort: bool = False, like: str | None = None) -> list[str]:
        """Names of the Python packages that a solver has seen.

        A name stands there once for every version and environment; `distinct` leaves one of each. `like` is a pattern of
        SQL's LIKE (`%` for any text, `_` for any character). Names come sorted, whether `sort` asks for it or not.

        Answers ``[package_name]``.

        >>> graph.get_python_package_version_names_all()
        """
    def iterate_python_package_version_names_all(self, connection: Connection[Any], *, start_offset: int = 0, count: int | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, sort: bool = False, like: str | None = None) -> Generator[str, None, None]:
        """Names of the Python packages that a solver has seen.

        A name stands there once for every version and environment; `distinct` leaves one of each. `like` is a pattern of
        SQL's LIKE (`%` for any text, `_` for any character). Names come sorted, whether `sort` asks for it or not.

        Yields the elements of ``[package_name]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_package_version_names_all():
        ...     print(each)
        """
    def get_python_package_version_names_count_all(self, connection: Connection[Any], *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, like: str | None = None) -> int:
        """Number of the names that get_python_package_version_names_all answers.

        Answers ``count``.

        >>> graph.get_python_package_version_names_count_all()
        """
    def get_python_package_version_records(self, connection: Connection[Any], package_name: str, package_version: str, index_url: str | None, *, os_name: str | None, os_version: str | None, python_version: str | None) -> list[GetPythonPackageVersionRecordsRecord]:
        """The indexes and environments in which solvers have seen a version of a Python package.

        An argument of None matches everything.

        Answers ``[{package_name, package_version, index_url, os_name, os_version, python_version}]``.

        Keeps its answers: ``THOTH_STORAGE_GET_PYTHON_PACKAGE_VERSION_RECORDS_CACHE_SIZE`` of them, 16384 by default; 0 keeps none.

        >>> graph.get_python_package_version_records("flask", "2.0.2", "https://pypi.org/simple", os_name="fedora", os_version="35", python_version="3.10")
        """
    def iterate_python_package_version_records(self, connection: Connection[Any], package_name: str, package_version: str, index_url: str | None, *, os_name: str | None, os_version: str | None, python_version: str | None) -> Generator[GetPythonPackageVersionRecordsRecord, None, None]:
        """The indexes and environments in which solvers have seen a version of a Python package.

        An argument of None matches everything.

        Yields the elements of ``[{package_name, package_version, index_url, os_name, os_version, python_version}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_package_version_records("flask", "2.0.2", "https://pypi.org/simple", os_name="fedora", os_version="35", python_version="3.10"):
        ...     print(each)
        """
    def get_python_package_version_solver_rules_all(self, connection: Connection[Any], package_name: str, package_version: str | None = None, index_url: str | None = None) -> list[tuple[int, str | None, str, str | None]]:
        """The Python rules that apply to a package, once for each of its versions and indexes that they apply to.

        `index_url` of a row is that of the package version, not the one that the rule is bound to.

        Answers ``[(id, version_range, index_url, description)]``.

        Keeps its answers: ``THOTH_GET_PYTHON_PYTHON_PACKAGE_VERSION_SOLVER_RULES_CACHE_SIZE`` of them, 4096 by default; 0 keeps none.

        >>> graph.get_python_package_version_solver_rules_all("flask")
        """
    def iterate_python_package_version_solver_rules_all(self, connection: Connection[Any], package_name: str, package_version: str | None = None, index_url: str | None = None) -> Generator[tuple[int, str | None, str, str | None], None, None]:
        """The Python rules that apply to a package, once for each of its versions and indexes that they apply to.

        `index_url` of a row is that of the package version, not the one that the rule is bound to.

        Yields the elements of ``[(id, version_range, index_url, description)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_package_version_solver_rules_all("flask"):
        ...     print(each)
        """
    def get_python_package_version_trove_classifiers_all(self, connection: Connection[Any], package_name: str, package_version: str, index_url: str, *, os_name: str, os_version: str, python_version: str) -> list[str]:
        """Trove classifiers of a version of a Python package, as its metadata had them in one environment.

        Answers ``[classifier]``.

        Keeps its answers: ``THOTH_STORAGE_GET_PYTHON_PACKAGE_VERSION_TROVE_CLASSIFIERS_CACHE_SIZE`` of them, 4096 by default; 0 keeps none.

        >>> graph.get_python_package_version_trove_classifiers_all("flask", "2.0.2", "https://pypi.org/simple", os_name="fedora", os_version="35", python_version="3.10")
        """
    def iterate_python_package_version_trove_classifiers_all(self, connection: Connection[Any], package_name: str, package_version: str, index_url: str, *, os_name: str, os_version: str, python_version: str) -> Generator[str, None, None]:
        """Trove classifiers of a version of a Python package, as its metadata had them in one environment.

        Yields the elements of ``[classifier]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_package_version_trove_classifiers_all("flask", "2.0.2", "https://pypi.org/simple", os_name="fedora", os_version="35", python_version="3.10"):
        ...     print(each)
        """
    def get_python_package_versions_all(self, connection: Connection[Any], package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, is_missing: bool | None = None) -> list[tuple[str, str | None, str]]:
        """Package versions that a solver has seen, whether it could install them or not.

        A version stands there once for every environment; `distinct` leaves one of each.

        Answers ``[(package_name, package_version, index_url)]``.

        >>> graph.get_python_package_versions_all()
        """
    def get_solved_python_package_versions_all(self, connection: Connection[Any], package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, is_missing: bool | None = None) -> list[tuple[str, str | None, str]]:
        """Package versions that a solver has seen, whether it could install them or not.

        A version stands there once for every environment; `distinct` leaves one of each.

        Answers ``[(package_name, package_version, index_url)]``.

        >>> graph.get_python_package_versions_all()
        """
    def iterate_python_package_versions_all(self, connection: Connection[Any], package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, start_offset: int = 0, count: int | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, is_missing: bool | None = None) -> Generator[tuple[str, str | None, str], None, None]:
        """Package versions that a solver has seen, whether it could install them or not.

        A version stands there once for every environment; `distinct` leaves one of each.

        Yields the elements of ``[(package_name, package_version, index_url)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_package_versions_all():
        ...     print(each)
        """
    def iterate_solved_python_package_versions_all(self, connection: Connection[Any], package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, start_offset: int = 0, count: int | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, is_missing: bool | None = None) -> Generator[tuple[str, str | None, str], None, None]:
        """Package versions that a solver has seen, whether it could install them or not.

        A version stands there once for every environment; `distinct` leaves one of each.

        Yields the elements of ``[(package_name, package_version, index_url)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_package_versions_all():
        ...     print(each)
        """
    def get_python_package_versions_count(self, connection: Connection[Any], *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> dict[tuple[str, str | None, str], int]:
        """In how many environments solvers have seen each package version.

        `distinct` changes nothing, as every version is one entry already.

        Answers ``{(package_name, package_version, index_url): environments}``.

        >>> graph.get_python_package_versions_count()
        """
    def get_solved_python_package_versions_count(self, connection: Connection[Any], *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> dict[tuple[str, str | None, str], int]:
        """In how many environments solvers have seen each package version.

        `distinct` changes nothing, as every version is one entry already.

        Answers ``{(package_name, package_version, index_url): environments}``.

        >>> graph.get_python_package_versions_count()
        """
    def get_python_package_versions_count_all(self, connection: Connection[Any], package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, is_missing: bool | None = None) -> int:
        """Number of the package versions that get_python_package_versions_all answers.

        Answers ``count``.

        >>> graph.get_python_package_versions_count_all()
        """
    def get_solved_python_package_versions_count_all(self, connection: Connection[Any], package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, is_missing: bool | None = None) -> int:
        """Number of the package versions that get_python_package_versions_all answers.

        Answers ``count``.

        >>> graph.get_python_package_versions_count_all()
        """
    def get_python_package_versions_count_per_index(self, connection: Connection[Any], index_url: str, *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> dict[str, dict[tuple[str, str | None], int]]:
        """In how many environments solvers have seen each package version of an index.

        The index's address is the one key, also of an index that holds nothing or isn't known. `distinct` changes nothing,
        as every version is one entry already.

        Answers ``{index_url: {(package_name, package_version): environments}}``.

        >>> graph.get_python_package_versions_count_per_index("https://pypi.org/simple")
        """
    def get_solved_python_package_versions_count_per_index(self, connection: Connection[Any], index_url: str, *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> dict[str, dict[tuple[str, str | None], int]]:
        """In how many environments solvers have seen each package version of an index.

        The index's address is the one key, also of an index that holds nothing or isn't known. `distinct` changes nothing,
        as every version is one entry already.

        Answers ``{index_url: {(package_name, package_version): environments}}``.

        >>> graph.get_python_package_versions_count_per_index("https://pypi.org/simple")
        """
    def get_python_package_versions_count_per_version(self, connection: Connection[Any], package_name: str, *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> dict[str | None, dict[str, int]]:
        """In how many environments solvers have seen a package, by version and index.

        `distinct` changes nothing, as every version of an index is one entry already.

        Answers ``{package_version: {index_url: environments}}``.

        >>> graph.get_python_package_versions_count_per_version("flask")
        """
    def get_solved_python_package_versions_count_per_version(self, connection: Connection[Any], package_name: str, *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> dict[str | None, dict[str, int]]:
        """In how many environments solvers have seen a package, by version and index.

        `distinct` changes nothing, as every version of an index is one entry already.

        Answers ``{package_version: {index_url: environments}}``.

        >>> graph.get_python_package_versions_count_per_version("flask")
        """
    def get_python_package_versions_per_index(self, connection: Connection[Any], index_url: str, *, distinct: bool = False) -> dict[str, list[str]]:
        """Names of the packages that a solver has seen on an index, under the index's address.

        A name stands there once for every version and environment; `distinct` leaves one of each. The address is there for
        an index without packages, and for an unknown one, as well.

        Answers ``{index_url: [package_name]}``.

        >>> graph.get_python_package_versions_per_index("https://pypi.org/simple")
        """
    def get_python_packages_all(self, connection: Connection[Any], *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> list[tuple[str, str]]:
        """Python packages that a solver has seen, with the index that they come from.

        A package stands there once for every version and environment; `distinct` leaves one of each.

        Answers ``[(package_name, index_url)]``.

        >>> graph.get_python_packages_all()
        """
    def get_solved_python_packages_all(self, connection: Connection[Any], *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> list[tuple[str, str]]:
        """Python packages that a solver has seen, with the index that they come from.

        A package stands there once for every version and environment; `distinct` leaves one of each.

        Answers ``[(package_name, index_url)]``.

        >>> graph.get_python_packages_all()
        """
    def iterate_python_packages_all(self, connection: Connection[Any], *, start_offset: int = 0, count: int | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> Generator[tuple[str, str], None, None]:
        """Python packages that a solver has seen, with the index that they come from.

        A package stands there once for every version and environment; `distinct` leaves one of each.

        Yields the elements of ``[(package_name, index_url)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_packages_all():
        ...     print(each)
        """
    def iterate_solved_python_packages_all(self, connection: Connection[Any], *, start_offset: int = 0, count: int | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> Generator[tuple[str, str], None, None]:
        """Python packages that a solver has seen, with the index that they come from.

        A package stands there once for every version and environment; `distinct` leaves one of each.

        Yields the elements of ``[(package_name, index_url)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_packages_all():
        ...     print(each)
        """
    def get_python_packages_all_versions(self, connection: Connection[Any], *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> dict[str, list[tuple[str | None, str]]]:
        """Versions that a solver has seen in any environment, grouped by the package's name.

        A page counts versions, not names. Versions stand there once, with or without `distinct`.

        Answers ``{package_name: [(package_version, index_url)]}``.

        >>> graph.get_python_packages_all_versions()
        """
    def get_solved_python_packages_all_versions(self, connection: Connection[Any], *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> dict[str, list[tuple[str | None, str]]]:
        """Versions that a solver has seen in any environment, grouped by the package's name.

        A page counts versions, not names. Versions stand there once, with or without `distinct`.

        Answers ``{package_name: [(package_version, index_url)]}``.

        >>> graph.get_python_packages_all_versions()
        """
    def get_python_packages_count_all(self, connection: Connection[Any], *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> int:
        """Number of package versions (name, version and index) that a solver has seen in any environment.

        Versions are counted once, with or without `distinct`.

        Answers ``count``.

        >>> graph.get_python_packages_count_all()
        """
    def get_solved_python_packages_count_all(self, connection: Connection[Any], *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> int:
        """Number of package versions (name, version and index) that a solver has seen in any environment.

        Versions are counted once, with or without `distinct`.

        Answers ``count``.

        >>> graph.get_python_packages_count_all()
        """
    def get_python_rule(self, connection: Connection[Any], rule_id: int) -> GetPythonRuleRecord:
        """The Python rule with that id: versions of a package that are not to be used, on one index or on all.

        Answers ``{id, package_name, version_range, description, index_url}``.

        Raises NotFoundError when there is no such record.

        >>> graph.get_python_rule(1)
        """
    def get_python_rule_all(self, connection: Connection[Any], *, package_name: str | None = None, index_url: str | None = None, start_offset: int = 0, count: int | None = 100) -> list[GetPythonRuleAllRecord]:
        """The Python rules, newest first; those of a package, or those bound to one index.

        Answers ``[{id, package_name, version_range, description, index_url}]``.

        >>> graph.get_python_rule_all()
        """
    def iterate_python_rule_all(self, connection: Connection[Any], *, package_name: str | None = None, index_url: str | None = None, start_offset: int = 0, count: int | None = None) -> Generator[GetPythonRuleAllRecord, None, None]:
        """The Python rules, newest first; those of a package, or those bound to one index.

        Yields the elements of ``[{id, package_name, version_range, description, index_url}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_python_rule_all():
        ...     print(each)
        """
    def get_python_software_stack_count_all(self, connection: Connection[Any], is_external: bool = False, software_stack_type: str | SoftwareStackTypeEnum | None = None, distinct: bool = False) -> int:
        """Number of the stacks of a type, or with `is_external` of all stacks of users.

        Without a type the stacks are counted that have none. With `distinct` types are counted and not stacks: 1 or 0, which
        says whether there is a stack of that type. For stacks of users both mean nothing.

        Answers ``count``.

        >>> graph.get_python_software_stack_count_all()
        """
    def get_relation_table_count(self, connection: Connection[Any]) -> dict[str, int]:
        """Number of rows of the tables that tie things to each other, by the tables' names.

        Answers ``{table_name: count}``.

        >>> graph.get_relation_table_count()
        """
    def get_rpm_package_version_all(self, connection: Connection[Any], analysis_document_id: str) -> list[GetRpmPackageVersionAllRecord]:
        """RPM packages that an analysis found in an image.

        Answers ``[{package_name, package_version, release, epoch, arch, src, package_identifier}]``.

        Keeps its answers: ``THOTH_GET_RPM_PACKAGE_VERSION_CACHE_SIZE`` of them, 1 by default; 0 keeps none.

        >>> graph.get_rpm_package_version_all("package-extract-211231120000-0a1b2c3d4e5f6071")
        """
    def iterate_rpm_package_version_all(self, connection: Connection[Any], analysis_document_id: str) -> Generator[GetRpmPackageVersionAllRecord, None, None]:
        """RPM packages that an analysis found in an image.

        Yields the elements of ``[{package_name, package_version, release, epoch, arch, src, package_identifier}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_rpm_package_version_all("package-extract-211231120000-0a1b2c3d4e5f6071"):
        ...     print(each)
        """
    def get_si_aggregated_python_package_version(self, connection: Connection[Any], package_name: str, package_version: str, index_url: str) -> GetSiAggregatedPythonPackageVersionRecord:
        """What the latest run of the security indicators counted in the sources of a package version, and whether it failed.

        Answers ``{severity_high_confidence_high, severity_high_confidence_low, severity_high_confidence_medium, severity_high_confidence_undefined, severity_low_confidence_high, severity_low_confidence_low, severity_low_confidence_medium, severity_low_confidence_undefined, severity_medium_confidence_high, severity_medium_confidence_low, severity_medium_confidence_medium, severity_medium_confidence_undefined, number_of_analyzed_files, number_of_files_total, number_of_files_with_severities, number_of_filtered_files, number_of_python_files, number_of_lines_with_comments_in_python_files, number_of_blank_lines_in_python_files, number_of_lines_with_code_in_python_files, total_number_of_files, total_number_of_lines, total_number_of_lines_with_comments, total_number_of_blank_lines, total_number_of_lines_with_code, error}``.

        Raises NotFoundError when there is no such record.

        Keeps its answers: ``THOTH_GET_PYTHON_ENVIRONMENT_MARKER_CACHE_SIZE`` of them, 4096 by default; 0 keeps none.

        >>> graph.get_si_aggregated_python_package_version("flask", "2.0.2", "https://pypi.org/simple")
        """
    def get_si_analyzed_python_package_versions_all(self, connection: Connection[Any], *, distinct: bool = False) -> list[tuple[str, str | None, str]]:
        """Package versions that the security indicators have analysed.

        A version stands there once for every environment whose row was analysed; `distinct` leaves one of each.

        Answers ``[(package_name, package_version, index_url)]``.

        >>> graph.get_si_analyzed_python_package_versions_all()
        """
    def iterate_si_analyzed_python_package_versions_all(self, connection: Connection[Any], *, distinct: bool = False) -> Generator[tuple[str, str | None, str], None, None]:
        """Package versions that the security indicators have analysed.

        A version stands there once for every environment whose row was analysed; `distinct` leaves one of each.

        Yields the elements of ``[(package_name, package_version, index_url)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_si_analyzed_python_package_versions_all():
        ...     print(each)
        """
    def get_si_analyzed_python_package_versions_count_all(self, connection: Connection[Any], *, distinct: bool = False) -> int:
        """Number of the package versions that get_si_analyzed_python_package_versions_all answers.

        Answers ``count``.

        >>> graph.get_si_analyzed_python_package_versions_count_all()
        """
    def get_si_unanalyzed_python_package_versions_all(self, connection: Connection[Any], start_offset: int = 0, count: int | None = 100, distinct: bool = True, randomize: bool = True, provides_source_distro: bool = True, si_error: bool = False) -> list[tuple[str, str, str]]:
        """Package versions on enabled indexes that a solver has seen and the security indicators haven't, in random order.

        `si_error` asks for those instead whose every analysis ended in an error. `provides_source_distro` tells versions with
        sources to analyse from those without. Without `distinct` a version stands there once for every environment. In random
        order every call draws anew: its pages overlap.

        Answers ``[(package_name, package_version, index_url)]``.

        >>> graph.get_si_unanalyzed_python_package_versions_all()
        """
    def iterate_si_unanalyzed_python_package_versions_all(self, connection: Connection[Any], start_offset: int = 0, count: int | None = None, distinct: bool = True, randomize: bool = True, provides_source_distro: bool = True, si_error: bool = False) -> Generator[tuple[str, str, str], None, None]:
        """Package versions on enabled indexes that a solver has seen and the security indicators haven't, in random order.

        `si_error` asks for those instead whose every analysis ended in an error. `provides_source_distro` tells versions with
        sources to analyse from those without. Without `distinct` a version stands there once for every environment. In random
        order every call draws anew: its pages overlap.

        Yields the elements of ``[(package_name, package_version, index_url)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_si_unanalyzed_python_package_versions_all():
        ...     print(each)
        """
    def get_si_unanalyzed_python_package_versions_count_all(self, connection: Connection[Any], index_url: str | None = None, *, distinct: bool = False, provides_source_distro: bool = True, si_error: bool = False) -> int:
        """Number of the package versions that get_si_unanalyzed_python_package_versions_all answers, if need be of one index.

        Answers ``count``.

        >>> graph.get_si_unanalyzed_python_package_versions_count_all()
        """
    def get_software_environments_count_all(self, connection: Connection[Any], is_external: bool = False, *, env_image_name: str | None = None, env_image_tag: str | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, cuda_version: str | None = None, image_name: str | None = None, library_name: str | None = None, symbol: str | None = None, package_name: str | None = None, rpm_package_name: str | None = None) -> int:
        """Number of software environments, those included that were never analysed.

        `library_name` and `symbol` ask for environments that offer a symbol (given both, that symbol of that library),
        `package_name` and `rpm_package_name` for those in which an analysis found a version of the Python or RPM package.

        Answers ``count``.

        >>> graph.get_software_environments_count_all()
        """
    def get_solved_python_package_version_environments_all(self, connection: Connection[Any], package_name: str, package_version: str, index_url: str, *, start_offset: int = 0, count: int | None = 100, distinct: bool = False) -> list[GetSolvedPythonPackageVersionEnvironmentsAllRecord]:
        """Software environments in which a solver has seen the package version.

        `distinct` changes nothing, as a version is one row in an environment.

        Answers ``[{os_name, os_version, python_version}]``.

        >>> graph.get_solved_python_package_version_environments_all("flask", "2.0.2", "https://pypi.org/simple")
        """
    def iterate_solved_python_package_version_environments_all(self, connection: Connection[Any], package_name: str, package_version: str, index_url: str, *, start_offset: int = 0, count: int | None = None, distinct: bool = False) -> Generator[GetSolvedPythonPackageVersionEnvironmentsAllRecord, None, None]:
        """Software environments in which a solver has seen the package version.

        `distinct` changes nothing, as a version is one row in an environment.

        Yields the elements of ``[{os_name, os_version, python_version}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_solved_python_package_version_environments_all("flask", "2.0.2", "https://pypi.org/simple"):
        ...     print(each)
        """
    def get_solved_python_package_versions_software_environment_all(self, connection: Connection[Any]) -> list[GetSolvedPythonPackageVersionsSoftwareEnvironmentAllRecord]:
        """Software environments in which any solver has run.

        Answers ``[{os_name, os_version, python_version}]``.

        >>> graph.get_solved_python_package_versions_software_environment_all()
        """
    def iterate_solved_python_package_versions_software_environment_all(self, connection: Connection[Any]) -> Generator[GetSolvedPythonPackageVersionsSoftwareEnvironmentAllRecord, None, None]:
        """Software environments in which any solver has run.

        Yields the elements of ``[{os_name, os_version, python_version}]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_solved_python_package_versions_software_environment_all():
        ...     print(each)
        """
    def get_solver_document_id_all(self, connection: Connection[Any], package_name: str, package_version: str | None = None, index_url: str | None = None, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, sort: bool = False) -> list[str]:
        """Ids of the solver documents that solved a Python package; the latest one first when `sort`.

        Answers ``[document_id]``.

        >>> graph.get_solver_document_id_all("flask")
        """
    def iterate_solver_document_id_all(self, connection: Connection[Any], package_name: str, package_version: str | None = None, index_url: str | None = None, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, sort: bool = False) -> Generator[str, None, None]:
        """Ids of the solver documents that solved a Python package; the latest one first when `sort`.

        Yields the elements of ``[document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_solver_document_id_all("flask"):
        ...     print(each)
        """
    def get_solver_documents_count_all(self, connection: Connection[Any]) -> int:
        """How many solver documents were synced.

        Answers ``count``.

        >>> graph.get_solver_documents_count_all()
        """
    def get_solver_run_document_ids_all(self, connection: Connection[Any], initial_date: str | None = None, final_date: str | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, start_offset: int = 0, count: int | None = 100, has_error: bool = False, unsolvable: bool = False, unparseable: bool = False) -> list[str]:
        """Ids of the documents of solver runs, oldest first; one that solved several package versions stands once for each.

        Dates are texts `DD-MM-YYYY`, and both ends are excluded: runs after the midnight (UTC) that begins `initial_date`
        and before the one that begins `final_date`.

        Answers ``[document_id]``.

        >>> graph.get_solver_run_document_ids_all()
        """
    def iterate_solver_run_document_ids_all(self, connection: Connection[Any], initial_date: str | None = None, final_date: str | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, start_offset: int = 0, count: int | None = None, has_error: bool = False, unsolvable: bool = False, unparseable: bool = False) -> Generator[str, None, None]:
        """Ids of the documents of solver runs, oldest first; one that solved several package versions stands once for each.

        Dates are texts `DD-MM-YYYY`, and both ends are excluded: runs after the midnight (UTC) that begins `initial_date`
        and before the one that begins `final_date`.

        Yields the elements of ``[document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_solver_run_document_ids_all():
        ...     print(each)
        """
    def get_thoth_s2i_analyzed_image_symbols_all(self, connection: Connection[Any], thoth_image_name: str, thoth_image_version: str, is_external: bool = False) -> list[str]:
        """Symbols that a Thoth s2i image offers.

        Answers ``[symbol]``.

        Keeps its answers: ``THOTH_S2I_ANALYZED_IMAGE_SYMBOLS_CACHE_SIZE`` of them, 1 by default; 0 keeps none.

        >>> graph.get_thoth_s2i_analyzed_image_symbols_all("quay.io/thoth-station/s2i-thoth-f35-py310", "0.31.0")
        """
    def iterate_thoth_s2i_analyzed_image_symbols_all(self, connection: Connection[Any], thoth_image_name: str, thoth_image_version: str, is_external: bool = False) -> Generator[str, None, None]:
        """Symbols that a Thoth s2i image offers.

        Yields the elements of ``[symbol]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_thoth_s2i_analyzed_image_symbols_all("quay.io/thoth-station/s2i-thoth-f35-py310", "0.31.0"):
        ...     print(each)
        """
    def get_thoth_s2i_package_extract_analysis_document_id_all(self, connection: Connection[Any], thoth_image_name: str, thoth_image_version: str, is_external: bool = False) -> list[str]:
        """Ids of the analyses of a Thoth s2i image, oldest first.

        Answers ``[analysis_document_id]``.

        >>> graph.get_thoth_s2i_package_extract_analysis_document_id_all("quay.io/thoth-station/s2i-thoth-f35-py310", "0.31.0")
        """
    def iterate_thoth_s2i_package_extract_analysis_document_id_all(self, connection: Connection[Any], thoth_image_name: str, thoth_image_version: str, is_external: bool = False) -> Generator[str, None, None]:
        """Ids of the analyses of a Thoth s2i image, oldest first.

        Yields the elements of ``[analysis_document_id]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_thoth_s2i_package_extract_analysis_document_id_all("quay.io/thoth-station/s2i-thoth-f35-py310", "0.31.0"):
        ...     print(each)
        """
    def get_unsolved_python_package_versions_all(self, connection: Connection[Any], package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, randomize: bool = True) -> list[tuple[str, str, str]]:
        """Package versions that no solver has seen, or none in the environment, in random order unless told otherwise.

        In random order every call draws anew: its pages overlap. `distinct` changes nothing, as every version is one row.

        Answers ``[(package_name, package_version, index_url)]``.

        >>> graph.get_unsolved_python_package_versions_all()
        """
    def iterate_unsolved_python_package_versions_all(self, connection: Connection[Any], package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, start_offset: int = 0, count: int | None = None, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False, randomize: bool = True) -> Generator[tuple[str, str, str], None, None]:
        """Package versions that no solver has seen, or none in the environment, in random order unless told otherwise.

        In random order every call draws anew: its pages overlap. `distinct` changes nothing, as every version is one row.

        Yields the elements of ``[(package_name, package_version, index_url)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_unsolved_python_package_versions_all():
        ...     print(each)
        """
    def get_unsolved_python_package_versions_count(self, connection: Connection[Any], *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, start_offset: int = 0, count: int | None = 100, distinct: bool = False) -> dict[tuple[str, str, str], int]:
        """How often each package version is known that no solver has seen, or none in the environment: once.

        `distinct` changes nothing, as every version is one entry.

        Answers ``{(package_name, package_version, index_url): versions}``.

        >>> graph.get_unsolved_python_package_versions_count()
        """
    def get_unsolved_python_package_versions_count_all(self, connection: Connection[Any], package_name: str | None = None, package_version: str | None = None, index_url: str | None = None, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> int:
        """Number of the package versions that get_unsolved_python_package_versions_all answers.

        Answers ``count``.

        >>> graph.get_unsolved_python_package_versions_count_all()
        """
    def get_unsolved_python_package_versions_count_per_index(self, connection: Connection[Any], index_url: str, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, start_offset: int = 0, count: int | None = 100, distinct: bool = False) -> dict[str, dict[tuple[str, str], int]]:
        """How often each package version of an index is known that no solver has seen, or none in the environment: once.

        The index's address is the one key, also of an index that is disabled, holds nothing or isn't known. `distinct`
        changes nothing, as every version is one entry.

        Answers ``{index_url: {(package_name, package_version): versions}}``.

        >>> graph.get_unsolved_python_package_versions_count_per_index("https://pypi.org/simple")
        """
    def get_unsolved_python_package_versions_count_per_version(self, connection: Connection[Any], package_name: str, *, start_offset: int = 0, count: int | None = 100, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, distinct: bool = False) -> dict[str, dict[str, int]]:
        """How often a package is known that no solver has seen, or none in the environment, by version and index: once.

        `distinct` changes nothing, as every version of an index is one entry.

        Answers ``{package_version: {index_url: versions}}``.

        >>> graph.get_unsolved_python_package_versions_count_per_version("flask")
        """
    def get_unsolved_python_packages_all(self, connection: Connection[Any], *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, start_offset: int = 0, count: int | None = 100, distinct: bool = False) -> list[tuple[str, str]]:
        """Python packages with a version that no solver has seen, or none in the environment, with their index.

        A package stands there once for every such version; `distinct` leaves one of each.

        Answers ``[(package_name, index_url)]``.

        >>> graph.get_unsolved_python_packages_all()
        """
    def iterate_unsolved_python_packages_all(self, connection: Connection[Any], *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, start_offset: int = 0, count: int | None = None, distinct: bool = False) -> Generator[tuple[str, str], None, None]:
        """Python packages with a version that no solver has seen, or none in the environment, with their index.

        A package stands there once for every such version; `distinct` leaves one of each.

        Yields the elements of ``[(package_name, index_url)]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_unsolved_python_packages_all():
        ...     print(each)
        """
    def get_unsolved_python_packages_all_per_adviser_run(self, connection: Connection[Any], source_type: str | SourceTypeEnum) -> dict[str, list[str]]:
        """Names of the packages that an adviser run couldn't resolve, by document id of the runs that are to be repeated.

        Runs that were repeated since are left out. A name stands there once for every version that was missing.

        Answers ``{adviser_document_id: [package_name]}``.

        >>> graph.get_unsolved_python_packages_all_per_adviser_run("CLI")
        """
    def get_unsolved_python_packages_all_versions(self, connection: Connection[Any], *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, start_offset: int = 0, count: int | None = 100, distinct: bool = False) -> dict[str, list[tuple[str, str]]]:
        """Versions that no solver has seen, or none in the environment, grouped by the package's name.

        A page counts versions, not names. `distinct` changes nothing, as every version is one row.

        Answers ``{package_name: [(package_version, index_url)]}``.

        >>> graph.get_unsolved_python_packages_all_versions()
        """
    def has_python_solver_error(self, connection: Connection[Any], package_name: str, package_version: str, index_url: str, *, os_name: str | None, os_version: str | None, python_version: str | None) -> bool:
        """Whether the latest solver run on a version of a Python package ended with an error.

        An environment argument of None matches all environments.

        Answers ``error``.

        Raises NotFoundError when there is no such record.

        Keeps its answers: ``THOTH_STORAGE_HAS_PYTHON_SOLVER_ERROR_CACHE_SIZE`` of them, 4096 by default; 0 keeps none.

        >>> graph.has_python_solver_error("flask", "2.0.2", "https://pypi.org/simple", os_name="fedora", os_version="35", python_version="3.10")
        """
    def inspection_document_id_exist(self, connection: Connection[Any], inspection_document_id: str) -> bool:
        """Whether an inspection is known: one of its results was synced, or Dependency Monkey asked for it.

        Answers ``exists``.

        >>> graph.inspection_document_id_exist("inspection-test-211231120000-0a1b2c3d4e5f6071")
        """
    def inspection_document_id_result_number_exists(self, connection: Connection[Any], inspection_document_id: str, inspection_result_number: int) -> bool:
        """Whether a result of an inspection, by its number, is known: it was synced, or Dependency Monkey asked for it.

        Answers ``exists``.

        >>> graph.inspection_document_id_result_number_exists("inspection-test-211231120000-0a1b2c3d4e5f6071", 0)
        """
    def is_python_package_index_enabled(self, connection: Connection[Any], url: str) -> bool:
        """Whether a registered Python package index is enabled.

        Answers ``enabled``.

        Raises NotFoundError when there is no such record.

        >>> graph.is_python_package_index_enabled("https://pypi.org/simple")
        """
    def is_python_package_version_is_missing(self, connection: Connection[Any], package_name: str, package_version: str, index_url: str) -> bool:
        """Whether a version of a Python package was found to be missing on its index.

        The flag stands on the record of each environment; one record that has it suffices.

        Answers ``is_missing``.

        Raises NotFoundError when there is no such record.

        >>> graph.is_python_package_version_is_missing("flask", "2.0.2", "https://pypi.org/simple")
        """
    def provenance_checker_document_id_exist(self, connection: Connection[Any], provenance_checker_document_id: str) -> bool:
        """Whether a document of the provenance checker was synced.

        Answers ``exists``.

        >>> graph.provenance_checker_document_id_exist("provenance-checker-211231120000-0a1b2c3d4e5f6071")
        """
    def python_package_exists(self, connection: Connection[Any], package_name: str) -> bool:
        """Whether a solver has seen any version of the package.

        Answers ``package_exists``.

        >>> graph.python_package_exists("flask")
        """
    def register_python_package_index(self, connection: Connection[Any], url: str, warehouse_api_url: str | None = None, verify_ssl: bool = True, enabled: bool = False, only_if_package_seen: bool = True) -> bool | None:
        """Register a Python package index, or change how a registered one is used; answers whether it is new.

        Answers ``is_new``.

        >>> graph.register_python_package_index("https://pypi.org/simple")
        """
    def retrieve_dependent_packages(self, connection: Connection[Any], package_name: str, package_version: str | None = None) -> dict[str, list[str]]:
        """Versions of the packages that depend on one version of a Python package, grouped by their names.

        Without a version nothing is found; get_python_package_version_dependents_all answers for all versions of a package.

        Answers ``{package_name: [package_version]}``.

        >>> graph.retrieve_dependent_packages("flask")
        """
    def retrieve_transitive_dependencies_python(self, connection: Connection[Any], package_name: str, package_version: str, index_url: str | None, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, extras: frozenset[str | None] | None = None, marker_evaluation_result: bool | None = None) -> list[tuple[tuple[str, str, str | None], tuple[str, str, str | None]]]:
        """What a Python package depends on, directly and through others, as pairs of a package and one of its dependencies.

        `extras` (see get_depends_on) choose among the direct dependencies only. A dependency is looked up on every index, in
        the environment of the package that asks for it: a pair for each index that has it, and one with an index of None
        when no solver has seen it there. A pair stands as often as environments and extras lead to it. An unknown package
        answers an empty list.

        Answers ``[((package_name, package_version, index_url), (dependency_name, dependency_version, dependency_index_url))]``.

        >>> graph.retrieve_transitive_dependencies_python("flask", "2.0.2", "https://pypi.org/simple")
        """
    def iterate_transitive_dependencies_python(self, connection: Connection[Any], package_name: str, package_version: str, index_url: str | None, *, os_name: str | None = None, os_version: str | None = None, python_version: str | None = None, extras: frozenset[str | None] | None = None, marker_evaluation_result: bool | None = None) -> Generator[tuple[tuple[str, str, str | None], tuple[str, str, str | None]], None, None]:
        """What a Python package depends on, directly and through others, as pairs of a package and one of its dependencies.

        `extras` (see get_depends_on) choose among the direct dependencies only. A dependency is looked up on every index, in
        the environment of the package that asks for it: a pair for each index that has it, and one with an index of None
        when no solver has seen it there. A pair stands as often as environments and extras lead to it. An unknown package
        answers an empty list.

        Yields the elements of ``[((package_name, package_version, index_url), (dependency_name, dependency_version, dependency_index_url))]`` one by one, however many, in constant memory. They come from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the generator is dropped.

        >>> for each in graph.iterate_transitive_dependencies_python("flask", "2.0.2", "https://pypi.org/simple"):
        ...     print(each)
        """
    def set_cve_timestamp(self, connection: Connection[Any], timestamp: datetime) -> int:
        """Note when (UTC, naive) the known vulnerabilities were last updated.

        Answers how many rows were written.

        >>> graph.set_cve_timestamp(datetime.datetime(2021, 12, 31))
        """
    def set_python_package_index_state(self, connection: Connection[Any], url: str, *, enabled: bool) -> bool:
        """Enable or disable a registered Python package index; answers its new state.

        Answers ``enabled``.

        Raises NotFoundError when there is no such record.

        >>> graph.set_python_package_index_state("https://pypi.org/simple", enabled=True)
        """
    def si_aggregated_document_id_exists(self, connection: Connection[Any], si_aggregated_run_document_id: str) -> bool:
        """Whether a document of aggregated security indicators was synced.

        Answers ``exists``.

        >>> graph.si_aggregated_document_id_exists("security-indicators-211231120000-0a1b2c3d4e5f6071")
        """
    def si_aggregated_python_package_version_exists(self, connection: Connection[Any], package_name: str, package_version: str, index_url: str) -> bool:
        """Whether the security indicators have looked at a package version, in any environment.

        Answers ``exists``.

        >>> graph.si_aggregated_python_package_version_exists("flask", "2.0.2", "https://pypi.org/simple")
        """
    def solved_software_environment_exists(self, connection: Connection[Any], os_name: str, os_version: str, python_version: str) -> bool:
        """Whether a solver has seen any package version in the software environment.

        Answers ``environment_exists``.

        >>> graph.solved_software_environment_exists("fedora", "35", "3.10")
        """
    def solver_document_id_exists(self, connection: Connection[Any], solver_document_id: str) -> bool:
        """Whether a solver document was synced.

        Answers ``exists``.

        >>> graph.solver_document_id_exists("solver-fedora-35-py310-211231120000-0a1b2c3d4e5f6071")
        """
    def update_missing_flag_package_version(self, connection: Connection[Any], package_name: str, package_version: str, index_url: str, value: bool) -> int:
        """Note whether a version of a Python package is missing on its index; answers how many records that changes.

        Answers how many rows were written.

        >>> graph.update_missing_flag_package_version("flask", "2.0.2", "https://pypi.org/simple", True)
        """
    def update_provides_source_distro_package_version(self, connection: Connection[Any], package_name: str, package_version: str, index_url: str, value: bool) -> int:
        """Note whether a version of a Python package has a source distribution; answers how many records that changes.

        Answers how many rows were written.

        >>> graph.update_provides_source_distro_package_version("flask", "2.0.2", "https://pypi.org/simple", True)
        """
    def update_python_package_hash_present_flag(self, connection: Connection[Any], package_name: str, package_version: str, index_url: str, sha256_hash: str) -> int:
        """Note that an artifact of a version of a Python package is gone from its index; answers how many records that changes.

        Answers how many rows were written.

        >>> graph.update_python_package_hash_present_flag("flask", "2.0.2", "https://pypi.org/simple", "9f5e…")
        """
