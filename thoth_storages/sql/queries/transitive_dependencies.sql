-- name: retrieve_transitive_dependencies_python
-- What a Python package depends on, directly and through others, as pairs of a package and one of its dependencies.
--
-- `extras` (see get_depends_on) choose among the direct dependencies only. A dependency is looked up on every index, in
-- the environment of the package that asks for it: a pair for each index that has it, and one with an index of None
-- when no solver has seen it there. A pair stands as often as environments and extras lead to it. An unknown package
-- answers an empty list.
-- params: package_name, package_version, index_url, *,
--         os_name=None, os_version=None, python_version=None,
--         extras: frozenset[str | None] | None = None,
--         marker_evaluation_result: bool | None = None
-- returns: [((package_name, package_version, index_url), (dependency_name, dependency_version, dependency_index_url))]
-- notnull: package_name, package_version, dependency_name, dependency_version
WITH RECURSIVE root AS (
  SELECT
    :package_name::text AS package_name,
    :package_version::text AS package_version,
    :index_url::text AS index_url,
    (SELECT i.id FROM python_package_index AS i WHERE i.url = :index_url) AS python_package_index_id
),
direct AS (
  SELECT DISTINCT
    v.os_name,
    v.os_version,
    v.python_version,
    v.python_package_index_id,
    d.extra,
    e.package_name,
    e.package_version
  FROM python_package_version AS v
  JOIN depends_on AS d ON d.version_id = v.id
  JOIN python_package_version_entity AS e ON e.id = d.entity_id
  WHERE v.package_name = :package_name
    AND v.package_version = :package_version
    AND v.python_package_index_id IS NOT NULL
    AND v.python_package_index_id = (SELECT root.python_package_index_id FROM root)  --? index_url
    AND v.os_name = :os_name                                      --? os_name
    AND v.os_version = :os_version                                --? os_version
    AND v.python_version = :python_version                        --? python_version
    -- array_position finds a NULL, = ANY does not
    AND array_position(:extras::text[], d.extra) IS NOT NULL      --? extras
    AND d.marker_evaluation_result = :marker_evaluation_result    --? marker_evaluation_result
),
-- Each package once, whatever the number of ways to it; never the root, whose extras have been chosen.
reached AS (
  SELECT found.package_name, found.package_version, found.python_package_index_id
  FROM direct
  JOIN python_package_version AS found
    USING (package_name, package_version, os_name, os_version, python_version)
  WHERE found.python_package_index_id IS NOT NULL
    AND (found.package_name, found.package_version, found.python_package_index_id)
      IS DISTINCT FROM (:package_name, :package_version, (SELECT root.python_package_index_id FROM root))
  UNION
  SELECT found.package_name, found.package_version, found.python_package_index_id
  FROM reached
  JOIN python_package_version AS v USING (package_name, package_version, python_package_index_id)
  JOIN depends_on AS d ON d.version_id = v.id
  JOIN python_package_version_entity AS e ON e.id = d.entity_id
  JOIN python_package_version AS found
    ON found.package_name = e.package_name
    AND found.package_version = e.package_version
    AND found.os_name = v.os_name
    AND found.os_version = v.os_version
    AND found.python_version = v.python_version
  WHERE found.python_package_index_id IS NOT NULL
    AND (found.package_name, found.package_version, found.python_package_index_id)
      IS DISTINCT FROM (:package_name, :package_version, (SELECT root.python_package_index_id FROM root))
    AND v.os_name = :os_name                                      --? os_name
    AND v.os_version = :os_version                                --? os_version
    AND v.python_version = :python_version                        --? python_version
    AND d.marker_evaluation_result = :marker_evaluation_result    --? marker_evaluation_result
),
pair AS (
  SELECT
    root.package_name,
    root.package_version,
    root.index_url,
    direct.package_name AS dependency_name,
    direct.package_version AS dependency_version,
    direct.os_name,
    direct.os_version,
    direct.python_version
  FROM root
  CROSS JOIN direct
  UNION ALL
  SELECT
    once.package_name,
    once.package_version,
    once.index_url,
    once.dependency_name,
    once.dependency_version,
    once.os_name,
    once.os_version,
    once.python_version
  FROM (
    SELECT DISTINCT
      reached.package_name,
      reached.package_version,
      i.url AS index_url,
      e.package_name AS dependency_name,
      e.package_version AS dependency_version,
      v.os_name,
      v.os_version,
      v.python_version,
      d.extra
    FROM reached
    JOIN python_package_index AS i ON i.id = reached.python_package_index_id
    JOIN python_package_version AS v USING (package_name, package_version, python_package_index_id)
    JOIN depends_on AS d ON d.version_id = v.id
    JOIN python_package_version_entity AS e ON e.id = d.entity_id
    WHERE TRUE
      AND v.os_name = :os_name                                    --? os_name
      AND v.os_version = :os_version                              --? os_version
      AND v.python_version = :python_version                      --? python_version
      AND d.marker_evaluation_result = :marker_evaluation_result  --? marker_evaluation_result
  ) AS once
)
SELECT
  pair.package_name,
  pair.package_version,
  pair.index_url,
  pair.dependency_name,
  pair.dependency_version,
  i.url AS dependency_index_url
FROM pair
LEFT JOIN (python_package_version AS found JOIN python_package_index AS i ON i.id = found.python_package_index_id)
  ON found.package_name = pair.dependency_name
  AND found.package_version = pair.dependency_version
  AND found.os_name = pair.os_name
  AND found.os_version = pair.os_version
  AND found.python_version = pair.python_version
ORDER BY
  pair.package_name,
  pair.package_version,
  pair.index_url,
  pair.dependency_name,
  pair.dependency_version,
  i.url;
