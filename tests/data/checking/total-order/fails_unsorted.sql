-- name: get_example_version^
-- Any version of a package, and one of its dependencies.
-- params: package_name
-- returns: (package_version, dependency)
SELECT v.package_version, e.package_name AS dependency
FROM python_package_version AS v
LEFT JOIN LATERAL (
  SELECT d.entity_id
  FROM depends_on AS d
  WHERE d.version_id = v.id
  ORDER BY d.entity_id
  LIMIT 1
) AS d ON TRUE
LEFT JOIN python_package_version_entity AS e ON e.id = d.entity_id
WHERE v.package_name = :package_name
LIMIT 1;

-- name: get_example_nullable
-- A key that may be NULL doesn't tell rows apart, and neither does half a key.
-- params: count=100
-- returns: [(document_id, error)]
SELECT s.document_id, s.error
FROM solved AS s
ORDER BY s.document_id, s.version_id
LIMIT :count;
