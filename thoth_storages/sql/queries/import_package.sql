-- name: get_python_package_version_import_packages_all
-- Package versions that bring an import package, which needn't carry the package's name.
--
-- A name that ends in `*` stands for all import packages that start with what is before it, like `faust.*`. A package
-- version stands once for each environment in which it was solved, unless `distinct`.
-- params: import_name, distinct=False
-- returns: [{package_name, package_version, index_url, "import"}]
-- notnull: package_version
-- raises: NotFoundError
SELECT
  DISTINCT  --? distinct
  v.package_name,
  v.package_version,
  i.url AS index_url,
  import_package.import_package_name AS import
FROM import_package
JOIN found_import_package AS found ON found.import_package_id = import_package.id
JOIN python_package_version AS v ON v.id = found.python_package_version_id
JOIN python_package_index AS i ON i.id = v.python_package_index_id
-- From the name to itself, or to the last text that starts with it, compared as bytes: one index serves both. LIKE takes
-- the `_` of a name for any character, and finds no index when the pattern is a parameter.
WHERE import_package.import_package_name ~>=~ rtrim(:import_name, '*')  -- noqa: PRS
  AND import_package.import_package_name
    ~<=~ (rtrim(:import_name, '*') || CASE WHEN :import_name LIKE '%*' THEN chr(1114111) ELSE '' END)
ORDER BY v.package_name, v.package_version, i.url, import_package.import_package_name;
