-- Which package versions the security indicators (static analysis of a version's sources) have looked at.

-- name: get_si_analyzed_python_package_versions_all
-- Package versions that the security indicators have analysed.
--
-- A version stands there once for every environment whose row was analysed; `distinct` leaves one of each.
-- params: *, distinct=False
-- returns: [(package_name, package_version, index_url)]
SELECT
  DISTINCT  --? distinct
  v.package_name,
  v.package_version,
  i.url AS index_url
FROM python_package_version AS v
JOIN python_package_index AS i ON i.id = v.python_package_index_id
WHERE EXISTS (
  SELECT 1
  FROM si_aggregated AS a
  WHERE a.python_package_version_id = v.id
)
ORDER BY v.package_name, v.package_version, i.url;

-- name: get_si_analyzed_python_package_versions_count_all$
-- Number of the package versions that get_si_analyzed_python_package_versions_all answers.
-- params: *, distinct=False
-- returns: count
SELECT count(*) AS count
FROM (
  SELECT
    DISTINCT  --? distinct
    v.package_name,
    v.package_version,
    v.python_package_index_id
  FROM python_package_version AS v
  WHERE v.python_package_index_id IS NOT NULL
    AND EXISTS (
      SELECT 1
      FROM si_aggregated AS a
      WHERE a.python_package_version_id = v.id
    )
) AS package_versions;

-- name: get_si_unanalyzed_python_package_versions_all
-- Package versions on enabled indexes that a solver has seen and the security indicators haven't, in random order.
--
-- `si_error` asks for those instead whose every analysis ended in an error. `provides_source_distro` tells versions with
-- sources to analyse from those without. Without `distinct` a version stands there once for every environment. In random
-- order every call draws anew: its pages overlap.
-- params: start_offset=0, count=100, distinct=True, randomize=True, provides_source_distro=True, si_error=False
-- returns: [(package_name, package_version, index_url)]
-- notnull: package_name, package_version, index_url
WITH drawn AS MATERIALIZED (
  -- A page of distinct versions in random order is drawn by their ids until it is full: of 68,000 versions some 300 are
  -- looked at. Where few are left to draw, or the page is a long one, it comes out short, and they all are sorted.
  SELECT
    unanalyzed.package_name,
    unanalyzed.package_version,
    unanalyzed.index_url
  FROM (
    SELECT once.entity_id
    FROM (
      SELECT DISTINCT 1 + floor(random() * known.last_id)::integer AS entity_id
      FROM (SELECT max(e.id) AS last_id FROM python_package_version_entity AS e) AS known
      CROSS JOIN generate_series(1, 10 * (:start_offset::bigint + :count::bigint))
      WHERE :distinct
        AND :randomize
        AND :start_offset::bigint + :count::bigint <= 1000
    ) AS once
    -- DISTINCT leaves them in the order of a hash, which would prefer some ids
    ORDER BY random()
  ) AS draw
  CROSS JOIN LATERAL (
    SELECT
      v.package_name,
      v.package_version,
      i.url AS index_url
    FROM python_package_version AS v
    JOIN python_package_index AS i ON i.id = v.python_package_index_id AND i.enabled
    WHERE v.entity_id = draw.entity_id
      AND v.package_version IS NOT NULL
      AND v.provides_source_distro = :provides_source_distro
      AND NOT EXISTS (
        SELECT 1
        FROM si_aggregated AS a
        JOIN si_aggregated_run AS r ON r.id = a.si_aggregated_run_id AND NOT r.error  --? si_error
        WHERE a.python_package_version_entity_id = v.entity_id
      )
      AND v.entity_id IN (SELECT a.python_package_version_entity_id FROM si_aggregated AS a)  --? si_error
    ORDER BY v.id
    LIMIT 1
  ) AS unanalyzed
  LIMIT :start_offset::bigint + :count::bigint
),
attempt AS MATERIALIZED (
  SELECT count(*) = :start_offset::bigint + :count::bigint AND :distinct AND :randomize AS is_full
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
      unanalyzed.package_name,
      unanalyzed.package_version,
      i.url AS index_url
    -- DISTINCT can't be sorted by random(), only what comes out of it
    FROM (
      SELECT
        DISTINCT  --? distinct
        v.package_name,
        v.package_version,
        v.python_package_index_id
      FROM python_package_version AS v
      WHERE (SELECT attempt.is_full FROM attempt) IS NOT TRUE
        AND v.python_package_index_id = ANY(ARRAY(SELECT i.id FROM python_package_index AS i WHERE i.enabled))
        AND v.package_version IS NOT NULL
        AND v.provides_source_distro = :provides_source_distro
        AND NOT EXISTS (
          SELECT 1
          FROM si_aggregated AS a
          JOIN si_aggregated_run AS r ON r.id = a.si_aggregated_run_id AND NOT r.error  --? si_error
          WHERE a.python_package_version_entity_id = v.entity_id
        )
        AND v.entity_id IN (SELECT a.python_package_version_entity_id FROM si_aggregated AS a)  --? si_error
    ) AS unanalyzed
    JOIN python_package_index AS i ON i.id = unanalyzed.python_package_index_id
    ORDER BY
      random(),   --? randomize
      unanalyzed.package_name,
      unanalyzed.package_version,
      i.url
    LIMIT :count
    OFFSET :start_offset
  )
) AS page
ORDER BY
  random(),       --? randomize
  page.package_name,
  page.package_version,
  page.index_url;

-- name: get_si_unanalyzed_python_package_versions_count_all$
-- Number of the package versions that get_si_unanalyzed_python_package_versions_all answers, if need be of one index.
-- params: index_url=None, *, distinct=False, provides_source_distro=True, si_error=False
-- returns: count
SELECT count(*) AS count
FROM (
  SELECT
    DISTINCT                --? distinct
    v.package_name,
    v.package_version,
    v.python_package_index_id
  FROM python_package_version AS v
  -- an array, as a join with the enabled indexes takes as long as reading the versions
  WHERE v.python_package_index_id = ANY(
      ARRAY(
        SELECT i.id
        FROM python_package_index AS i
        WHERE i.enabled
          AND i.url = :index_url  --? index_url
      )
    )
    AND v.package_version IS NOT NULL
    AND v.provides_source_distro = :provides_source_distro
    AND NOT EXISTS (
      SELECT 1
      FROM si_aggregated AS a
      JOIN si_aggregated_run AS r ON r.id = a.si_aggregated_run_id AND NOT r.error  --? si_error
      WHERE a.python_package_version_entity_id = v.entity_id
    )
    AND v.entity_id IN (SELECT a.python_package_version_entity_id FROM si_aggregated AS a)  --? si_error
) AS package_versions;

-- name: si_aggregated_document_id_exists$
-- Whether a document of aggregated security indicators was synced.
-- params: si_aggregated_run_document_id
-- returns: exists
SELECT EXISTS (
  SELECT
  FROM si_aggregated_run AS run
  WHERE run.si_aggregated_run_document_id = :si_aggregated_run_document_id
) AS exists;

-- name: si_aggregated_python_package_version_exists$
-- Whether the security indicators have looked at a package version, in any environment.
-- params: package_name, package_version, index_url
-- returns: exists
SELECT EXISTS (
  SELECT
  FROM python_package_version_entity AS e
  JOIN python_package_index AS i ON i.id = e.python_package_index_id
  JOIN si_aggregated AS a ON a.python_package_version_entity_id = e.id
  WHERE e.package_name = :package_name
    AND e.package_version = :package_version
    AND i.url = :index_url
) AS exists;

-- name: get_si_aggregated_python_package_version^
-- What the latest run of the security indicators counted in the sources of a package version, and whether it failed.
-- params: package_name, package_version, index_url
-- returns: {severity_high_confidence_high, severity_high_confidence_low, severity_high_confidence_medium,
--           severity_high_confidence_undefined, severity_low_confidence_high, severity_low_confidence_low,
--           severity_low_confidence_medium, severity_low_confidence_undefined, severity_medium_confidence_high,
--           severity_medium_confidence_low, severity_medium_confidence_medium, severity_medium_confidence_undefined,
--           number_of_analyzed_files, number_of_files_total, number_of_files_with_severities, number_of_filtered_files,
--           number_of_python_files, number_of_lines_with_comments_in_python_files, number_of_blank_lines_in_python_files,
--           number_of_lines_with_code_in_python_files, total_number_of_files, total_number_of_lines,
--           total_number_of_lines_with_comments, total_number_of_blank_lines, total_number_of_lines_with_code, error}
-- raises: NotFoundError
-- cache: THOTH_GET_PYTHON_ENVIRONMENT_MARKER_CACHE_SIZE 4096
SELECT
  run.severity_high_confidence_high,
  run.severity_high_confidence_low,
  run.severity_high_confidence_medium,
  run.severity_high_confidence_undefined,
  run.severity_low_confidence_high,
  run.severity_low_confidence_low,
  run.severity_low_confidence_medium,
  run.severity_low_confidence_undefined,
  run.severity_medium_confidence_high,
  run.severity_medium_confidence_low,
  run.severity_medium_confidence_medium,
  run.severity_medium_confidence_undefined,
  run.number_of_analyzed_files,
  run.number_of_files_total,
  run.number_of_files_with_severities,
  run.number_of_filtered_files,
  run.number_of_python_files,
  run.number_of_lines_with_comments_in_python_files,
  run.number_of_blank_lines_in_python_files,
  run.number_of_lines_with_code_in_python_files,
  run.total_number_of_files,
  run.total_number_of_lines,
  run.total_number_of_lines_with_comments,
  run.total_number_of_blank_lines,
  run.total_number_of_lines_with_code,
  run.error
FROM python_package_version_entity AS e
JOIN python_package_index AS i ON i.id = e.python_package_index_id
JOIN si_aggregated AS a ON a.python_package_version_entity_id = e.id
JOIN si_aggregated_run AS run ON run.id = a.si_aggregated_run_id
WHERE e.package_name = :package_name
  AND e.package_version = :package_version
  AND i.url = :index_url
ORDER BY run.datetime DESC, run.id DESC
LIMIT 1;
