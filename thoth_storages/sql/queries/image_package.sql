-- Python packages that an analysis found in a container image.

-- name: get_python_package_version_all
-- Python packages in the container image of an analysis, and where they lie in it.
-- params: analysis_document_id
-- returns: [{package_name, package_version, location}]
-- cache: THOTH_GET_PYTHON_PACKAGE_VERSION_CACHE_SIZE 1
SELECT
  e.package_name,
  e.package_version,
  f.location
FROM package_extract_run AS r
JOIN identified AS f ON f.package_extract_run_id = r.id
JOIN python_package_version_entity AS e ON e.id = f.python_package_version_entity_id
WHERE r.analysis_document_id = :analysis_document_id
ORDER BY e.package_name, e.package_version, f.location;
