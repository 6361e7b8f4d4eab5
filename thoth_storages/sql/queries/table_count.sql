-- How many rows the tables of the knowledge graph hold.

-- name: get_main_table_count
-- Number of rows of the tables that hold things (packages, documents, images, …), by the tables' names.
-- returns: {table_name: count}
-- notnull: table_name, count
SELECT 'cve' AS table_name, count(*) AS count FROM cve
UNION ALL
SELECT 'cve_timestamp', count(*) FROM cve_timestamp
UNION ALL
SELECT 'deb_dependency', count(*) FROM deb_dependency
UNION ALL
SELECT 'deb_package_version', count(*) FROM deb_package_version
UNION ALL
SELECT 'dependency_monkey_run', count(*) FROM dependency_monkey_run
UNION ALL
SELECT 'ecosystem_solver', count(*) FROM ecosystem_solver
UNION ALL
SELECT 'external_hardware_information', count(*) FROM external_hardware_information
UNION ALL
SELECT 'external_python_requirements_lock', count(*) FROM external_python_requirements_lock
UNION ALL
SELECT 'external_python_software_stack', count(*) FROM external_python_software_stack
UNION ALL
SELECT 'external_software_environment', count(*) FROM external_software_environment
UNION ALL
SELECT 'hardware_information', count(*) FROM hardware_information
UNION ALL
SELECT 'import_package', count(*) FROM import_package
UNION ALL
SELECT 'kebechet_github_installations', count(*) FROM kebechet_github_installations
UNION ALL
SELECT 'package_extract_run', count(*) FROM package_extract_run
UNION ALL
SELECT 'python_artifact', count(*) FROM python_artifact
UNION ALL
SELECT 'python_file_digest', count(*) FROM python_file_digest
UNION ALL
SELECT 'python_interpreter', count(*) FROM python_interpreter
UNION ALL
SELECT 'python_package_index', count(*) FROM python_package_index
UNION ALL
SELECT 'python_package_license', count(*) FROM python_package_license
UNION ALL
SELECT 'python_package_metadata', count(*) FROM python_package_metadata
UNION ALL
SELECT 'python_package_metadata_classifier', count(*) FROM python_package_metadata_classifier
UNION ALL
SELECT 'python_package_metadata_distutils', count(*) FROM python_package_metadata_distutils
UNION ALL
SELECT 'python_package_metadata_platform', count(*) FROM python_package_metadata_platform
UNION ALL
SELECT 'python_package_metadata_project_url', count(*) FROM python_package_metadata_project_url
UNION ALL
SELECT 'python_package_metadata_provides_extra', count(*) FROM python_package_metadata_provides_extra
UNION ALL
SELECT 'python_package_metadata_requires_external', count(*) FROM python_package_metadata_requires_external
UNION ALL
SELECT 'python_package_metadata_supported_platform', count(*) FROM python_package_metadata_supported_platform
UNION ALL
SELECT 'python_package_requirement', count(*) FROM python_package_requirement
UNION ALL
SELECT 'python_package_version', count(*) FROM python_package_version
UNION ALL
SELECT 'python_package_version_entity', count(*) FROM python_package_version_entity
UNION ALL
SELECT 'rpm_package_version', count(*) FROM rpm_package_version
UNION ALL
SELECT 'rpm_requirement', count(*) FROM rpm_requirement
UNION ALL
SELECT 'si_aggregated_run', count(*) FROM si_aggregated_run
UNION ALL
SELECT 'software_environment', count(*) FROM software_environment
UNION ALL
SELECT 'versioned_symbol', count(*) FROM versioned_symbol
ORDER BY table_name;

-- name: get_relation_table_count
-- Number of rows of the tables that tie things to each other, by the tables' names.
-- returns: {table_name: count}
-- notnull: table_name, count
SELECT 'deb_depends' AS table_name, count(*) AS count FROM deb_depends
UNION ALL
SELECT 'deb_pre_depends', count(*) FROM deb_pre_depends
UNION ALL
SELECT 'deb_replaces', count(*) FROM deb_replaces
UNION ALL
SELECT 'depends_on', count(*) FROM depends_on
UNION ALL
SELECT 'detected_symbol', count(*) FROM detected_symbol
UNION ALL
SELECT 'found_deb', count(*) FROM found_deb
UNION ALL
SELECT 'found_import_package', count(*) FROM found_import_package
UNION ALL
SELECT 'found_python_file', count(*) FROM found_python_file
UNION ALL
SELECT 'found_python_interpreter', count(*) FROM found_python_interpreter
UNION ALL
SELECT 'found_rpm', count(*) FROM found_rpm
UNION ALL
SELECT 'has_artifact', count(*) FROM has_artifact
UNION ALL
SELECT 'has_external_python_requirement', count(*) FROM has_external_python_requirement
UNION ALL
SELECT 'has_external_python_requirement_lock', count(*) FROM has_external_python_requirement_lock
UNION ALL
SELECT 'has_metadata_classifier', count(*) FROM has_metadata_classifier
UNION ALL
SELECT 'has_metadata_distutils', count(*) FROM has_metadata_distutils
UNION ALL
SELECT 'has_metadata_platform', count(*) FROM has_metadata_platform
UNION ALL
SELECT 'has_metadata_project_url', count(*) FROM has_metadata_project_url
UNION ALL
SELECT 'has_metadata_provides_extra', count(*) FROM has_metadata_provides_extra
UNION ALL
SELECT 'has_metadata_requires_external', count(*) FROM has_metadata_requires_external
UNION ALL
SELECT 'has_metadata_supported_platform', count(*) FROM has_metadata_supported_platform
UNION ALL
SELECT 'has_python_requirement_lock', count(*) FROM has_python_requirement_lock
UNION ALL
SELECT 'has_python_requirements', count(*) FROM has_python_requirements
UNION ALL
SELECT 'has_symbol', count(*) FROM has_symbol
UNION ALL
SELECT 'has_unresolved', count(*) FROM has_unresolved
UNION ALL
SELECT 'has_vulnerability', count(*) FROM has_vulnerability
UNION ALL
SELECT 'identified', count(*) FROM identified
UNION ALL
SELECT 'included_file', count(*) FROM included_file
UNION ALL
SELECT 'python_dependency_monkey_requirements', count(*) FROM python_dependency_monkey_requirements
UNION ALL
SELECT 'requires_symbol', count(*) FROM requires_symbol
UNION ALL
SELECT 'rpm_requires', count(*) FROM rpm_requires
UNION ALL
SELECT 'si_aggregated', count(*) FROM si_aggregated
UNION ALL
SELECT 'solved', count(*) FROM solved
ORDER BY table_name;

-- name: get_performance_table_count
-- Number of measurements of each performance indicator, by the tables' names.
-- returns: {table_name: count}
-- notnull: table_name, count
SELECT 'pi_conv1d' AS table_name, count(*) AS count FROM pi_conv1d
UNION ALL
SELECT 'pi_conv2d', count(*) FROM pi_conv2d
UNION ALL
SELECT 'pi_matmul', count(*) FROM pi_matmul
UNION ALL
SELECT 'pi_pybench', count(*) FROM pi_pybench
ORDER BY table_name;

-- name: get_pi_count
-- Number of measurements of a component (a framework of machine learning) by performance indicator.
-- params: component
-- returns: {table_name: count}
-- notnull: table_name, count
SELECT 'pi_conv1d' AS table_name, count(*) AS count
FROM pi_conv1d AS pi
WHERE pi.component = :component
UNION ALL
SELECT 'pi_conv2d', count(*)
FROM pi_conv2d AS pi
WHERE pi.component = :component
UNION ALL
SELECT 'pi_matmul', count(*)
FROM pi_matmul AS pi
WHERE pi.component = :component
ORDER BY table_name;

-- name: get_pi_component_all
-- Components (frameworks of machine learning) that performance indicators measured.
-- returns: [component]
-- notnull: component
SELECT pi.component FROM pi_conv1d AS pi
UNION
SELECT pi.component FROM pi_conv2d AS pi
UNION
SELECT pi.component FROM pi_matmul AS pi
ORDER BY component;
