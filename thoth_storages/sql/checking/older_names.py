"""Names, shapes and signatures that break the convention, and stay because services call them so.

What qualifies is a method of the original's GraphDatabase, and of its breaks those that the original's own signature
has: where a page, a bare ``*`` or a default of None was there, it is here. Nothing else joins them, and nothing stays
that isn't needed: tests hold both. What breaks is ``verb`` (the name says none of the convention's questions),
``shape``, ``page``, ``keyword`` (a filter that can be given by its position) or ``default``.
"""

from __future__ import annotations

from collections.abc import Mapping

OLDER: Mapping[str, frozenset[str]] = {
    name: frozenset(what.split())
    for name, what in {
        "adviser_document_id_exist": "verb",
        "analysis_document_id_exist": "verb",
        "get_adviser_run_count_per_source_type": "page",
        "get_adviser_run_document_ids_all": "keyword",
        "get_adviser_run_origins_all": "keyword",
        "get_analyzed_image_symbols_all": "page",
        "get_bloat_data": "shape",
        "get_depends_on": "shape",
        "get_ecosystem_solver_all": "page",
        "get_error_solved_document_id_all": "default",
        "get_index_bloat_data": "shape",
        "get_kebechet_github_app_installations_all": "page",
        "get_kebechet_github_installation_info_with_software_environment_all": "page",
        "get_kebechet_github_installations_active_managers": "keyword",
        "get_kebechet_github_installations_info_for_python_package_version": "shape",
        "get_last_solver_datetime": "keyword",
        "get_main_table_count": "page",
        "get_origin_count_per_source_type": "page keyword",
        "get_performance_table_count": "page",
        "get_pi_component_all": "page",
        "get_pi_count": "page",
        "get_python_cve_records_all": "page",
        "get_python_cve_records_count": "shape",
        "get_python_package_index_all": "page keyword",
        "get_python_package_index_urls_all": "page keyword",
        "get_python_package_version_all": "page",
        "get_python_package_version_entities_names_all": "page",
        "get_python_package_version_import_packages_all": "page keyword",
        "get_python_package_version_records": "shape",
        "get_python_package_version_solver_rules_all": "page",
        "get_python_package_version_trove_classifiers_all": "page",
        "get_python_package_versions_per_index": "page",
        "get_python_software_stack_count_all": "keyword",
        "get_relation_table_count": "page",
        "get_rpm_package_version_all": "page",
        "get_si_analyzed_python_package_versions_all": "page",
        "get_si_unanalyzed_python_package_versions_all": "keyword default",
        "get_si_unanalyzed_python_package_versions_count_all": "default",
        "get_software_environments_count_all": "keyword",
        "get_solved_python_package_versions_software_environment_all": "page",
        "get_solver_document_id_all": "page",
        "get_solver_run_document_ids_all": "keyword",
        "get_thoth_s2i_analyzed_image_symbols_all": "page keyword",
        "get_thoth_s2i_package_extract_analysis_document_id_all": "page keyword",
        "get_unsolved_python_package_versions_all": "default",
        "get_unsolved_python_packages_all_per_adviser_run": "page",
        "inspection_document_id_exist": "verb",
        "provenance_checker_document_id_exist": "verb",
        "retrieve_dependent_packages": "verb page",
        "retrieve_transitive_dependencies_python": "verb page",
    }.items()
}
