-- Package versions on which a solver ended in an error.

-- name: get_error_solved_python_package_versions_all
-- Package versions on which a solver ended in an error.
--
-- A version stands there once for every environment with an error; `distinct` leaves one of each. `unsolvable` asks for
-- those that the solver couldn't find or install, `unparseable` for those whose requirement it couldn't read.
-- params: package_name=None, package_version=None, index_url=None, *, unsolvable=False, unparseable=False,
--         start_offset=0, count=100, os_name=None, os_version=None, python_version=None, distinct=False
-- returns: [(package_name, package_version, index_url)]
SELECT
  DISTINCT                                  --? distinct
  v.package_name,
  v.package_version,
  i.url AS index_url
FROM python_package_version AS v
JOIN python_package_index AS i ON i.id = v.python_package_index_id
WHERE EXISTS (
    SELECT 1
    FROM solved AS s
    WHERE s.version_id = v.id
      AND s.error
      AND s.error_unsolvable                --? unsolvable
      AND s.error_unparseable               --? unparseable
  )
  AND v.package_name = :package_name        --? package_name
  AND v.package_version = :package_version  --? package_version
  AND i.url = :index_url                    --? index_url
  AND v.os_name = :os_name                  --? os_name
  AND v.os_version = :os_version            --? os_version
  AND v.python_version = :python_version    --? python_version
ORDER BY v.package_name, v.package_version, i.url
LIMIT :count
OFFSET :start_offset;

-- name: get_error_solved_python_package_versions_count_all$
-- Number of the package versions that get_error_solved_python_package_versions_all answers.
-- params: package_name=None, package_version=None, index_url=None, *, unsolvable=False, unparseable=False, os_name=None,
--         os_version=None, python_version=None, distinct=False
-- returns: count
SELECT count(*) AS count
FROM (
  SELECT
    DISTINCT                                  --? distinct
    v.package_name,
    v.package_version,
    v.python_package_index_id
  FROM python_package_version AS v
  WHERE v.python_package_index_id IS NOT NULL
    AND EXISTS (
      SELECT 1
      FROM solved AS s
      WHERE s.version_id = v.id
        AND s.error
        AND s.error_unsolvable                --? unsolvable
        AND s.error_unparseable               --? unparseable
    )
    AND v.package_name = :package_name        --? package_name
    AND v.package_version = :package_version  --? package_version
    AND v.python_package_index_id = (SELECT i.id FROM python_package_index AS i WHERE i.url = :index_url)  --? index_url
    AND v.os_name = :os_name                  --? os_name
    AND v.os_version = :os_version            --? os_version
    AND v.python_version = :python_version    --? python_version
) AS package_versions;

-- name: get_error_solved_document_id_all
-- Ids of the solver documents that hold an error.
--
-- A document stands there once for every package version with an error; `distinct` leaves one of each. `unsolvable` asks
-- for errors of versions that the solver couldn't find or install, `unparseable` for requirements that it couldn't read.
-- With `limit_results=False` all documents are answered, whatever `start_offset` and `count` say.
-- params: package_name=None, package_version=None, index_url=None, *, unsolvable=False, unparseable=False,
--         start_offset=0, count=100, os_name=None, os_version=None, python_version=None, distinct=False,
--         limit_results=True
-- returns: [document_id]
SELECT
  DISTINCT                                                  --? distinct
  s.document_id
FROM solved AS s
-- an error on a package that the index doesn't provide has no version: without a filter on versions it is answered, too
JOIN python_package_version AS v ON v.id = s.version_id     --? package_name, package_version, index_url
JOIN ecosystem_solver AS e ON e.id = s.ecosystem_solver_id  --? os_name, os_version, python_version
WHERE s.error
  AND s.error_unsolvable                                    --? unsolvable
  AND s.error_unparseable                                   --? unparseable
  AND v.package_name = :package_name                        --? package_name
  AND v.package_version = :package_version                  --? package_version
  AND v.python_package_index_id = (SELECT i.id FROM python_package_index AS i WHERE i.url = :index_url)  --? index_url
  AND e.os_name = :os_name                                  --? os_name
  AND e.os_version = :os_version                            --? os_version
  AND e.python_version = :python_version                    --? python_version
ORDER BY s.document_id
LIMIT :count                                                --? limit_results
OFFSET :start_offset                                        --? limit_results
