-- stage: pre
-- An index for each foreign key that has none: ON DELETE CASCADE reads the whole referring table for each deleted row
-- otherwise. This comes before the merging of duplicates, which deletes rows.

-- From an entity, an index, metadata or a license to the package versions: get_unsolved_* (entities without one),
-- get_python_package_versions_per_index, delete_python_package_index, get_python_package_version_import_packages_all.
CREATE INDEX python_package_version_of_entity_idx ON python_package_version (entity_id);
CREATE INDEX python_package_version_package_index_idx ON python_package_version (python_package_index_id);
CREATE INDEX python_package_version_metadata_idx ON python_package_version (python_package_metadata_id);
CREATE INDEX python_package_version_license_idx ON python_package_version (package_license);
CREATE INDEX python_package_version_entity_package_index_idx ON python_package_version_entity (python_package_index_id);
CREATE INDEX found_import_package_import_package_idx ON found_import_package (import_package_id);

-- From a value of core metadata to the packages that have it.
CREATE INDEX has_metadata_classifier_value_idx ON has_metadata_classifier (python_package_metadata_classifier_id);
CREATE INDEX has_metadata_distutils_value_idx ON has_metadata_distutils (python_package_metadata_distutils_id);
CREATE INDEX has_metadata_platform_value_idx ON has_metadata_platform (python_package_metadata_platform_id);
CREATE INDEX has_metadata_project_url_value_idx ON has_metadata_project_url (python_package_metadata_project_url_id);
CREATE INDEX has_metadata_provides_extra_value_idx
  ON has_metadata_provides_extra (python_package_metadata_provides_extra_id);
CREATE INDEX has_metadata_requires_external_value_idx
  ON has_metadata_requires_external (python_package_metadata_requires_external_id);
CREATE INDEX has_metadata_supported_platform_value_idx
  ON has_metadata_supported_platform (python_package_metadata_supported_platform_id);

-- The newest document of each solver: get_last_solver_datetime read the whole table (1.2 s at 200,000 rows).
-- delete_solved and purge_solver_documents delete by solver.
CREATE INDEX solved_ecosystem_solver_datetime_idx ON solved (ecosystem_solver_id, datetime);

-- From what was found to the images: get_software_environments_* by package, symbol or RPM. Deleting a package version
-- follows these, too.
CREATE INDEX package_extract_run_software_environment_idx ON package_extract_run (software_environment_id);
CREATE INDEX package_extract_run_external_software_environment_idx
  ON package_extract_run (external_software_environment_id);
CREATE INDEX found_python_interpreter_python_interpreter_idx ON found_python_interpreter (python_interpreter_id);
CREATE INDEX found_python_file_python_file_digest_idx ON found_python_file (python_file_digest_id);
CREATE INDEX included_file_python_file_digest_idx ON included_file (python_file_digest_id);
CREATE INDEX identified_entity_idx ON identified (python_package_version_entity_id);
CREATE INDEX found_rpm_rpm_package_version_idx ON found_rpm (rpm_package_version_id);
CREATE INDEX rpm_requires_rpm_requirement_idx ON rpm_requires (rpm_requirement_id);
CREATE INDEX found_deb_deb_package_version_idx ON found_deb (deb_package_version_id);
CREATE INDEX deb_depends_deb_dependency_idx ON deb_depends (deb_dependency_id);
CREATE INDEX deb_pre_depends_deb_dependency_idx ON deb_pre_depends (deb_dependency_id);
CREATE INDEX deb_replaces_deb_dependency_idx ON deb_replaces (deb_dependency_id);
CREATE INDEX has_symbol_external_software_environment_idx ON has_symbol (external_software_environment_id);
CREATE INDEX has_symbol_versioned_symbol_idx ON has_symbol (versioned_symbol_id);
CREATE INDEX detected_symbol_versioned_symbol_idx ON detected_symbol (versioned_symbol_id);
CREATE INDEX requires_symbol_versioned_symbol_idx ON requires_symbol (versioned_symbol_id);

-- From a package version or a requirement to the stacks that hold it. A solver document synced with force deletes
-- package versions, and the cascade follows has_python_requirement_lock.
CREATE INDEX python_package_requirement_index_idx ON python_package_requirement (python_package_index_id);
CREATE INDEX has_python_requirements_requirement_idx ON has_python_requirements (python_package_requirement_id);
CREATE INDEX has_python_requirement_lock_version_idx ON has_python_requirement_lock (python_package_version_id);
CREATE INDEX has_external_python_requirement_requirement_idx
  ON has_external_python_requirement (python_package_requirement_id);
CREATE INDEX has_external_python_requirement_lock_entity_idx
  ON has_external_python_requirement_lock (python_package_version_entity_id);
CREATE INDEX python_software_stack_python_requirements_idx ON python_software_stack (python_requirements_id);
CREATE INDEX external_python_software_stack_external_python_requirements_idx
  ON external_python_software_stack (external_python_requirements_id);

-- From a stack, an environment or an unresolved package to the runs of the adviser: get_unresolved_python_packages_all.
CREATE INDEX adviser_run_user_software_stack_idx ON adviser_run (user_software_stack_id);
CREATE INDEX adviser_run_external_run_software_environment_idx ON adviser_run (external_run_software_environment_id);
CREATE INDEX adviser_run_external_build_software_environment_idx
  ON adviser_run (external_build_software_environment_id);
CREATE INDEX adviser_run_external_hardware_information_idx ON adviser_run (external_hardware_information_id);
CREATE INDEX advised_python_software_stack_idx ON advised (python_software_stack_id);
CREATE INDEX has_unresolved_entity_idx ON has_unresolved (python_package_version_entity_id);
CREATE INDEX provenance_checker_run_user_software_stack_idx ON provenance_checker_run (user_software_stack_id);

-- From an environment, a stack or a Dependency Monkey run to the inspections; delete_hardware_information.
CREATE INDEX dependency_monkey_run_run_software_environment_idx ON dependency_monkey_run (run_software_environment_id);
CREATE INDEX dependency_monkey_run_build_software_environment_idx
  ON dependency_monkey_run (build_software_environment_id);
CREATE INDEX dependency_monkey_run_run_hardware_information_idx ON dependency_monkey_run (run_hardware_information_id);
CREATE INDEX dependency_monkey_run_build_hardware_information_idx
  ON dependency_monkey_run (build_hardware_information_id);
CREATE INDEX python_dependency_monkey_requirements_requirement_idx
  ON python_dependency_monkey_requirements (python_package_requirement_id);
CREATE INDEX inspection_run_run_software_environment_idx ON inspection_run (run_software_environment_id);
CREATE INDEX inspection_run_build_software_environment_idx ON inspection_run (build_software_environment_id);
CREATE INDEX inspection_run_run_hardware_information_idx ON inspection_run (run_hardware_information_id);
CREATE INDEX inspection_run_build_hardware_information_idx ON inspection_run (build_hardware_information_id);
CREATE INDEX inspection_run_dependency_monkey_run_idx ON inspection_run (dependency_monkey_run_id);
CREATE INDEX inspection_run_inspection_software_stack_idx ON inspection_run (inspection_software_stack_id);

-- From a package version to its security indicators, from a vulnerability or a rule to the package versions:
-- get_si_aggregated_python_package_version, get_si_unanalyzed_* (package versions without one), delete_python_rule.
CREATE INDEX has_vulnerability_cve_idx ON has_vulnerability (cve_id);
CREATE INDEX si_aggregated_entity_idx ON si_aggregated (python_package_version_entity_id);
CREATE INDEX si_aggregated_version_idx ON si_aggregated (python_package_version_id);
CREATE INDEX python_package_version_entity_rule_index_idx
  ON python_package_version_entity_rule (python_package_index_id);
CREATE INDEX python_package_version_entity_rules_association_rule_idx
  ON python_package_version_entity_rules_association (python_package_version_entity_rule_id);

-- From a stack or an environment to the repositories that use it: get_kebechet_github_installations_*.
CREATE INDEX kebechet_github_installations_advised_python_software_stack_idx
  ON kebechet_github_installations (advised_python_software_stack_id);
CREATE INDEX kebechet_github_installations_external_software_stack_idx
  ON kebechet_github_installations (external_python_software_stack_id);
CREATE INDEX kebechet_github_installations_software_environment_idx
  ON kebechet_github_installations (external_software_environment_id);

-- For the merging only: later the unique keys begin with these columns, and redundant-indexes drops these again.
CREATE INDEX deb_depends_deb_package_version_idx ON deb_depends (deb_package_version_id);
CREATE INDEX deb_pre_depends_deb_package_version_idx ON deb_pre_depends (deb_package_version_id);
CREATE INDEX deb_replaces_deb_package_version_idx ON deb_replaces (deb_package_version_id);
CREATE INDEX detected_symbol_package_extract_run_idx ON detected_symbol (package_extract_run_id);
CREATE INDEX found_deb_package_extract_run_idx ON found_deb (package_extract_run_id);
CREATE INDEX found_python_file_package_extract_run_idx ON found_python_file (package_extract_run_id);
CREATE INDEX found_python_interpreter_package_extract_run_idx ON found_python_interpreter (package_extract_run_id);
CREATE INDEX found_rpm_package_extract_run_idx ON found_rpm (package_extract_run_id);
CREATE INDEX has_metadata_classifier_metadata_idx ON has_metadata_classifier (python_package_metadata_id);
CREATE INDEX has_metadata_distutils_metadata_idx ON has_metadata_distutils (python_package_metadata_id);
CREATE INDEX has_metadata_platform_metadata_idx ON has_metadata_platform (python_package_metadata_id);
CREATE INDEX has_metadata_project_url_metadata_idx ON has_metadata_project_url (python_package_metadata_id);
CREATE INDEX has_metadata_provides_extra_metadata_idx ON has_metadata_provides_extra (python_package_metadata_id);
CREATE INDEX has_metadata_requires_external_metadata_idx ON has_metadata_requires_external (python_package_metadata_id);
CREATE INDEX has_metadata_supported_platform_metadata_idx
  ON has_metadata_supported_platform (python_package_metadata_id);
CREATE INDEX has_symbol_software_environment_idx ON has_symbol (software_environment_id);
CREATE INDEX identified_package_extract_run_idx ON identified (package_extract_run_id);
CREATE INDEX included_file_python_artifact_idx ON included_file (python_artifact_id);
CREATE INDEX pi_conv1d_inspection_run_idx ON pi_conv1d (inspection_run_id);
CREATE INDEX pi_conv2d_inspection_run_idx ON pi_conv2d (inspection_run_id);
CREATE INDEX pi_matmul_inspection_run_idx ON pi_matmul (inspection_run_id);
CREATE INDEX pi_pybench_inspection_run_idx ON pi_pybench (inspection_run_id);
CREATE INDEX python_dependency_monkey_requirements_dependency_monkey_run_idx
  ON python_dependency_monkey_requirements (dependency_monkey_run_id);
CREATE INDEX rpm_requires_rpm_package_version_idx ON rpm_requires (rpm_package_version_id);
