-- Package versions that are known, yet that no solver has seen.
--
-- Solvers are sent to versions of enabled indexes only, and not to those that a rule keeps them off.

-- name: get_unsolved_python_packages_all
-- Python packages with a version that no solver has seen, or none in the environment, with their index.
--
-- A package stands there once for every such version; `distinct` leaves one of each.
-- params: *, os_name=None, os_version=None, python_version=None, start_offset=0, count=100, distinct=False
-- returns: [(package_name, index_url)]
SELECT
  DISTINCT                                    --? distinct
  e.package_name,
  i.url AS index_url
FROM python_package_version_entity AS e
JOIN python_package_index AS i ON i.id = e.python_package_index_id AND i.enabled
WHERE e.package_version IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM python_package_version_entity_rules_association AS a
    WHERE a.python_package_version_entity_id = e.id
  )
  AND NOT EXISTS (
    SELECT 1
    FROM python_package_version AS v
    WHERE v.entity_id = e.id
      AND v.os_name = :os_name                --? os_name
      AND v.os_version = :os_version          --? os_version
      AND v.python_version = :python_version  --? python_version
  )
ORDER BY e.package_name, i.url
LIMIT :count
OFFSET :start_offset;

-- name: get_unsolved_python_packages_all_versions
-- Versions that no solver has seen, or none in the environment, grouped by the package's name.
--
-- A page counts versions, not names. `distinct` changes nothing, as every version is one row.
-- params: *, os_name=None, os_version=None, python_version=None, start_offset=0, count=100, distinct=False
-- returns: {package_name: [(package_version, index_url)]}
-- notnull: package_version
SELECT
  DISTINCT                                    --? distinct
  e.package_name,
  e.package_version,
  i.url AS index_url
FROM python_package_version_entity AS e
JOIN python_package_index AS i ON i.id = e.python_package_index_id AND i.enabled
WHERE e.package_version IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM python_package_version_entity_rules_association AS a
    WHERE a.python_package_version_entity_id = e.id
  )
  AND NOT EXISTS (
    SELECT 1
    FROM python_package_version AS v
    WHERE v.entity_id = e.id
      AND v.os_name = :os_name                --? os_name
      AND v.os_version = :os_version          --? os_version
      AND v.python_version = :python_version  --? python_version
  )
ORDER BY e.package_name, e.package_version, i.url
LIMIT :count
OFFSET :start_offset;

-- name: get_unsolved_python_package_versions_all
-- Package versions that no solver has seen, or none in the environment, in random order unless told otherwise.
--
-- In random order every call draws anew: its pages overlap. `distinct` changes nothing, as every version is one row.
-- params: package_name=None, package_version=None, index_url=None, *, start_offset=0, count=100, os_name=None,
--         os_version=None, python_version=None, distinct=False, randomize=True
-- returns: [(package_name, package_version, index_url)]
-- notnull: package_name, package_version, index_url
WITH drawn AS MATERIALIZED (
  -- A page of all packages in random order is drawn by their ids until it is full: of 143,000 versions some 2,000 are
  -- looked at. Where few are left to draw, or the page is a long one, it comes out short, and they all are sorted.
  SELECT
    unsolved.package_name,
    unsolved.package_version,
    unsolved.index_url
  FROM (
    SELECT once.entity_id
    FROM (
      SELECT DISTINCT 1 + floor(random() * known.last_id)::integer AS entity_id
      FROM (SELECT max(e.id) AS last_id FROM python_package_version_entity AS e) AS known
      CROSS JOIN generate_series(1, 40 * (:start_offset::bigint + :count::bigint))
      WHERE :randomize
        AND :start_offset::bigint + :count::bigint <= 200
        AND FALSE                                 --? package_name, package_version, index_url
    ) AS once
    -- DISTINCT leaves them in the order of a hash, which would prefer some ids
    ORDER BY random()
  ) AS draw
  CROSS JOIN LATERAL (
    SELECT
      e.package_name,
      e.package_version,
      i.url AS index_url
    FROM python_package_version_entity AS e
    JOIN python_package_index AS i ON i.id = e.python_package_index_id AND i.enabled
    WHERE e.id = draw.entity_id
      AND e.package_version IS NOT NULL
      AND NOT EXISTS (
        SELECT 1
        FROM python_package_version_entity_rules_association AS a
        WHERE a.python_package_version_entity_id = e.id
      )
      AND NOT EXISTS (
        SELECT 1
        FROM python_package_version AS v
        WHERE v.entity_id = e.id
          AND v.os_name = :os_name                --? os_name
          AND v.os_version = :os_version          --? os_version
          AND v.python_version = :python_version  --? python_version
      )
    LIMIT 1
  ) AS unsolved
  LIMIT :start_offset::bigint + :count::bigint
),
attempt AS MATERIALIZED (
  SELECT count(*) = :start_offset::bigint + :count::bigint AND :randomize AS is_full
  FROM drawn
)
SELECT
  page.package_name,
  page.package_version,
  page.index_url
FROM (
  (
    SELECT
      drawn.package_name,
      drawn.package_version,
      drawn.index_url
    FROM drawn
    WHERE (SELECT attempt.is_full FROM attempt)
    LIMIT :count
    OFFSET :start_offset
  )
  UNION ALL
  (
    SELECT
      unsolved.package_name,
      unsolved.package_version,
      i.url AS index_url
    -- DISTINCT can't be sorted by random(), only what comes out of it
    FROM (
      SELECT
        DISTINCT                                  --? distinct
        e.package_name,
        e.package_version,
        e.python_package_index_id
      FROM python_package_version_entity AS e
      WHERE (SELECT attempt.is_full FROM attempt) IS NOT TRUE
        -- an array, as a join with the enabled indexes takes as long as reading the versions
        AND e.python_package_index_id = ANY(
          ARRAY(
            SELECT i.id
            FROM python_package_index AS i
            WHERE i.enabled
              AND i.url = :index_url              --? index_url
          )
        )
        AND e.package_version IS NOT NULL
        AND NOT EXISTS (
          SELECT 1
          FROM python_package_version_entity_rules_association AS a
          WHERE a.python_package_version_entity_id = e.id
        )
        AND NOT EXISTS (
          SELECT 1
          FROM python_package_version AS v
          WHERE v.entity_id = e.id
            AND v.os_name = :os_name              --? os_name
            AND v.os_version = :os_version        --? os_version
            AND v.python_version = :python_version  --? python_version
        )
        AND e.package_name = :package_name        --? package_name
        AND e.package_version = :package_version  --? package_version
    ) AS unsolved
    JOIN python_package_index AS i ON i.id = unsolved.python_package_index_id
    ORDER BY
      random(),                                   --? randomize
      unsolved.package_name,
      unsolved.package_version,
      i.url
    LIMIT :count
    OFFSET :start_offset
  )
) AS page
ORDER BY
  random(),                                       --? randomize
  page.package_name,
  page.package_version,
  page.index_url;

-- name: get_unsolved_python_package_versions_count_all$
-- Number of the package versions that get_unsolved_python_package_versions_all answers.
-- params: package_name=None, package_version=None, index_url=None, *, os_name=None, os_version=None,
--         python_version=None, distinct=False
-- returns: count
SELECT count(*) AS count
FROM (
  SELECT
    DISTINCT                                    --? distinct
    e.id
  FROM python_package_version_entity AS e
  -- an array, as a join with the enabled indexes takes as long as reading the versions
  WHERE e.python_package_index_id = ANY(
      ARRAY(
        SELECT i.id
        FROM python_package_index AS i
        WHERE i.enabled
          AND i.url = :index_url                --? index_url
      )
    )
    AND e.package_version IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM python_package_version_entity_rules_association AS a
      WHERE a.python_package_version_entity_id = e.id
    )
    AND NOT EXISTS (
      SELECT 1
      FROM python_package_version AS v
      WHERE v.entity_id = e.id
        AND v.os_name = :os_name                --? os_name
        AND v.os_version = :os_version          --? os_version
        AND v.python_version = :python_version  --? python_version
    )
    AND e.package_name = :package_name          --? package_name
    AND e.package_version = :package_version    --? package_version
) AS package_versions;

-- name: get_unsolved_python_packages_all_per_adviser_run
-- Names of the packages that an adviser run couldn't resolve, by document id of the runs that are to be repeated.
--
-- Runs that were repeated since are left out. A name stands there once for every version that was missing.
-- params: source_type: str | SourceTypeEnum
-- returns: {adviser_document_id: [package_name]}
SELECT
  r.adviser_document_id,
  e.package_name
FROM adviser_run AS r
JOIN has_unresolved AS u ON u.adviser_run_id = r.id
JOIN python_package_version_entity AS e ON e.id = u.python_package_version_entity_id
WHERE r.need_re_run
  AND r.re_run_adviser_id IS NULL
  AND r.source_type = :source_type::source_type
ORDER BY r.adviser_document_id, e.package_name, e.id;
