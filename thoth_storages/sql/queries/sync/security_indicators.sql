-- name: get_first_version_ids
-- Ids of package versions by name, and in the first environment that a solver saw each in, by their place in the lists.
--
-- Places count from 1. First is by operating system and Python version, so that it doesn't depend on which came first.
-- params: package_names: list[str], package_versions: list[str], index_urls: list[str]
-- returns: {number: (entity_id, version_id)}
-- notnull: number, entity_id, version_id
SELECT wanted.number, seen.entity_id, seen.version_id
FROM unnest(:package_names::text[], :package_versions::text[], :index_urls::text[])
  WITH ORDINALITY AS wanted (package_name, package_version, index_url, number)
JOIN python_package_index AS i ON i.url = wanted.index_url
CROSS JOIN LATERAL (
  SELECT version.entity_id, version.id AS version_id
  FROM python_package_version AS version
  WHERE version.package_name = wanted.package_name
    AND version.package_version = wanted.package_version
    AND version.python_package_index_id = i.id
  -- The same order in every database, whatever its collation.
  ORDER BY version.os_name COLLATE "C", version.os_version COLLATE "C", version.python_version COLLATE "C"
  LIMIT 1
) AS seen;

-- name: get_si_aggregated_runs
-- What is stored of runs of the security indicators; databases of the original may hold several rows a document.
-- params: document_ids: list[str]
-- returns: [(id, document_id, datetime, error, severity_high_confidence_high, severity_high_confidence_low,
--           severity_high_confidence_medium, severity_high_confidence_undefined, severity_low_confidence_high,
--           severity_low_confidence_low, severity_low_confidence_medium, severity_low_confidence_undefined,
--           severity_medium_confidence_high, severity_medium_confidence_low, severity_medium_confidence_medium,
--           severity_medium_confidence_undefined, number_of_analyzed_files, number_of_files_total,
--           number_of_files_with_severities, number_of_filtered_files, number_of_python_files,
--           number_of_lines_with_comments_in_python_files, number_of_blank_lines_in_python_files,
--           number_of_lines_with_code_in_python_files, total_number_of_files, total_number_of_lines,
--           total_number_of_lines_with_comments, total_number_of_blank_lines, total_number_of_lines_with_code)]
SELECT
  run.id,
  run.si_aggregated_run_document_id AS document_id,
  run.datetime,
  run.error,
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
  run.total_number_of_lines_with_code
FROM si_aggregated_run AS run
WHERE run.si_aggregated_run_document_id = ANY(:document_ids::text[])
ORDER BY run.id;

-- name: insert_si_aggregated_runs!
-- Add runs of the security indicators that aren't there.
-- params: document_ids: list[str], datetimes: list[datetime], errors: list[bool],
--         severity_high_confidence_high: list[int], severity_high_confidence_low: list[int],
--         severity_high_confidence_medium: list[int], severity_high_confidence_undefined: list[int],
--         severity_low_confidence_high: list[int], severity_low_confidence_low: list[int],
--         severity_low_confidence_medium: list[int], severity_low_confidence_undefined: list[int],
--         severity_medium_confidence_high: list[int], severity_medium_confidence_low: list[int],
--         severity_medium_confidence_medium: list[int], severity_medium_confidence_undefined: list[int],
--         number_of_analyzed_files: list[int], number_of_files_total: list[int],
--         number_of_files_with_severities: list[int], number_of_filtered_files: list[int],
--         number_of_python_files: list[int], number_of_lines_with_comments_in_python_files: list[int],
--         number_of_blank_lines_in_python_files: list[int], number_of_lines_with_code_in_python_files: list[int],
--         total_number_of_files: list[int], total_number_of_lines: list[int],
--         total_number_of_lines_with_comments: list[int], total_number_of_blank_lines: list[int],
--         total_number_of_lines_with_code: list[int]
INSERT INTO si_aggregated_run (
  si_aggregated_run_document_id,
  datetime,
  error,
  severity_high_confidence_high,
  severity_high_confidence_low,
  severity_high_confidence_medium,
  severity_high_confidence_undefined,
  severity_low_confidence_high,
  severity_low_confidence_low,
  severity_low_confidence_medium,
  severity_low_confidence_undefined,
  severity_medium_confidence_high,
  severity_medium_confidence_low,
  severity_medium_confidence_medium,
  severity_medium_confidence_undefined,
  number_of_analyzed_files,
  number_of_files_total,
  number_of_files_with_severities,
  number_of_filtered_files,
  number_of_python_files,
  number_of_lines_with_comments_in_python_files,
  number_of_blank_lines_in_python_files,
  number_of_lines_with_code_in_python_files,
  total_number_of_files,
  total_number_of_lines,
  total_number_of_lines_with_comments,
  total_number_of_blank_lines,
  total_number_of_lines_with_code
)
SELECT
  said.document_id,
  said.datetime,
  said.error,
  said.severity_high_confidence_high,
  said.severity_high_confidence_low,
  said.severity_high_confidence_medium,
  said.severity_high_confidence_undefined,
  said.severity_low_confidence_high,
  said.severity_low_confidence_low,
  said.severity_low_confidence_medium,
  said.severity_low_confidence_undefined,
  said.severity_medium_confidence_high,
  said.severity_medium_confidence_low,
  said.severity_medium_confidence_medium,
  said.severity_medium_confidence_undefined,
  said.number_of_analyzed_files,
  said.number_of_files_total,
  said.number_of_files_with_severities,
  said.number_of_filtered_files,
  said.number_of_python_files,
  said.number_of_lines_with_comments_in_python_files,
  said.number_of_blank_lines_in_python_files,
  said.number_of_lines_with_code_in_python_files,
  said.total_number_of_files,
  said.total_number_of_lines,
  said.total_number_of_lines_with_comments,
  said.total_number_of_blank_lines,
  said.total_number_of_lines_with_code
FROM unnest(
  :document_ids::text[],
  :datetimes::timestamp[],
  :errors::boolean[],
  :severity_high_confidence_high::integer[],
  :severity_high_confidence_low::integer[],
  :severity_high_confidence_medium::integer[],
  :severity_high_confidence_undefined::integer[],
  :severity_low_confidence_high::integer[],
  :severity_low_confidence_low::integer[],
  :severity_low_confidence_medium::integer[],
  :severity_low_confidence_undefined::integer[],
  :severity_medium_confidence_high::integer[],
  :severity_medium_confidence_low::integer[],
  :severity_medium_confidence_medium::integer[],
  :severity_medium_confidence_undefined::integer[],
  :number_of_analyzed_files::integer[],
  :number_of_files_total::integer[],
  :number_of_files_with_severities::integer[],
  :number_of_filtered_files::integer[],
  :number_of_python_files::integer[],
  :number_of_lines_with_comments_in_python_files::integer[],
  :number_of_blank_lines_in_python_files::integer[],
  :number_of_lines_with_code_in_python_files::integer[],
  :total_number_of_files::integer[],
  :total_number_of_lines::integer[],
  :total_number_of_lines_with_comments::integer[],
  :total_number_of_blank_lines::integer[],
  :total_number_of_lines_with_code::integer[]
) AS said (
  document_id,
  datetime,
  error,
  severity_high_confidence_high,
  severity_high_confidence_low,
  severity_high_confidence_medium,
  severity_high_confidence_undefined,
  severity_low_confidence_high,
  severity_low_confidence_low,
  severity_low_confidence_medium,
  severity_low_confidence_undefined,
  severity_medium_confidence_high,
  severity_medium_confidence_low,
  severity_medium_confidence_medium,
  severity_medium_confidence_undefined,
  number_of_analyzed_files,
  number_of_files_total,
  number_of_files_with_severities,
  number_of_filtered_files,
  number_of_python_files,
  number_of_lines_with_comments_in_python_files,
  number_of_blank_lines_in_python_files,
  number_of_lines_with_code_in_python_files,
  total_number_of_files,
  total_number_of_lines,
  total_number_of_lines_with_comments,
  total_number_of_blank_lines,
  total_number_of_lines_with_code
)
ORDER BY said.document_id COLLATE "C"
ON CONFLICT DO NOTHING;

-- name: update_si_aggregated_runs!
-- Have runs of the security indicators say what their documents say now; the documents are locked.
-- params: run_ids: list[int], datetimes: list[datetime], errors: list[bool],
--         severity_high_confidence_high: list[int], severity_high_confidence_low: list[int],
--         severity_high_confidence_medium: list[int], severity_high_confidence_undefined: list[int],
--         severity_low_confidence_high: list[int], severity_low_confidence_low: list[int],
--         severity_low_confidence_medium: list[int], severity_low_confidence_undefined: list[int],
--         severity_medium_confidence_high: list[int], severity_medium_confidence_low: list[int],
--         severity_medium_confidence_medium: list[int], severity_medium_confidence_undefined: list[int],
--         number_of_analyzed_files: list[int], number_of_files_total: list[int],
--         number_of_files_with_severities: list[int], number_of_filtered_files: list[int],
--         number_of_python_files: list[int], number_of_lines_with_comments_in_python_files: list[int],
--         number_of_blank_lines_in_python_files: list[int], number_of_lines_with_code_in_python_files: list[int],
--         total_number_of_files: list[int], total_number_of_lines: list[int],
--         total_number_of_lines_with_comments: list[int], total_number_of_blank_lines: list[int],
--         total_number_of_lines_with_code: list[int]
UPDATE si_aggregated_run AS run
SET
  datetime = said.datetime,
  error = said.error,
  severity_high_confidence_high = said.severity_high_confidence_high,
  severity_high_confidence_low = said.severity_high_confidence_low,
  severity_high_confidence_medium = said.severity_high_confidence_medium,
  severity_high_confidence_undefined = said.severity_high_confidence_undefined,
  severity_low_confidence_high = said.severity_low_confidence_high,
  severity_low_confidence_low = said.severity_low_confidence_low,
  severity_low_confidence_medium = said.severity_low_confidence_medium,
  severity_low_confidence_undefined = said.severity_low_confidence_undefined,
  severity_medium_confidence_high = said.severity_medium_confidence_high,
  severity_medium_confidence_low = said.severity_medium_confidence_low,
  severity_medium_confidence_medium = said.severity_medium_confidence_medium,
  severity_medium_confidence_undefined = said.severity_medium_confidence_undefined,
  number_of_analyzed_files = said.number_of_analyzed_files,
  number_of_files_total = said.number_of_files_total,
  number_of_files_with_severities = said.number_of_files_with_severities,
  number_of_filtered_files = said.number_of_filtered_files,
  number_of_python_files = said.number_of_python_files,
  number_of_lines_with_comments_in_python_files = said.number_of_lines_with_comments_in_python_files,
  number_of_blank_lines_in_python_files = said.number_of_blank_lines_in_python_files,
  number_of_lines_with_code_in_python_files = said.number_of_lines_with_code_in_python_files,
  total_number_of_files = said.total_number_of_files,
  total_number_of_lines = said.total_number_of_lines,
  total_number_of_lines_with_comments = said.total_number_of_lines_with_comments,
  total_number_of_blank_lines = said.total_number_of_blank_lines,
  total_number_of_lines_with_code = said.total_number_of_lines_with_code
FROM unnest(
  :run_ids::integer[],
  :datetimes::timestamp[],
  :errors::boolean[],
  :severity_high_confidence_high::integer[],
  :severity_high_confidence_low::integer[],
  :severity_high_confidence_medium::integer[],
  :severity_high_confidence_undefined::integer[],
  :severity_low_confidence_high::integer[],
  :severity_low_confidence_low::integer[],
  :severity_low_confidence_medium::integer[],
  :severity_low_confidence_undefined::integer[],
  :severity_medium_confidence_high::integer[],
  :severity_medium_confidence_low::integer[],
  :severity_medium_confidence_medium::integer[],
  :severity_medium_confidence_undefined::integer[],
  :number_of_analyzed_files::integer[],
  :number_of_files_total::integer[],
  :number_of_files_with_severities::integer[],
  :number_of_filtered_files::integer[],
  :number_of_python_files::integer[],
  :number_of_lines_with_comments_in_python_files::integer[],
  :number_of_blank_lines_in_python_files::integer[],
  :number_of_lines_with_code_in_python_files::integer[],
  :total_number_of_files::integer[],
  :total_number_of_lines::integer[],
  :total_number_of_lines_with_comments::integer[],
  :total_number_of_blank_lines::integer[],
  :total_number_of_lines_with_code::integer[]
) AS said (
  run_id,
  datetime,
  error,
  severity_high_confidence_high,
  severity_high_confidence_low,
  severity_high_confidence_medium,
  severity_high_confidence_undefined,
  severity_low_confidence_high,
  severity_low_confidence_low,
  severity_low_confidence_medium,
  severity_low_confidence_undefined,
  severity_medium_confidence_high,
  severity_medium_confidence_low,
  severity_medium_confidence_medium,
  severity_medium_confidence_undefined,
  number_of_analyzed_files,
  number_of_files_total,
  number_of_files_with_severities,
  number_of_filtered_files,
  number_of_python_files,
  number_of_lines_with_comments_in_python_files,
  number_of_blank_lines_in_python_files,
  number_of_lines_with_code_in_python_files,
  total_number_of_files,
  total_number_of_lines,
  total_number_of_lines_with_comments,
  total_number_of_blank_lines,
  total_number_of_lines_with_code
)
WHERE run.id = said.run_id
  -- Says the same again, so that the server looks up these ids only, however it joins.
  AND run.id = ANY(:run_ids::integer[]);

-- name: insert_si_aggregated!
-- Tie runs of the security indicators to the package versions that they analysed, each in one environment.
-- params: run_ids: list[int], entity_ids: list[int], version_ids: list[int]
INSERT INTO si_aggregated AS known (
  si_aggregated_run_id,
  python_package_version_entity_id,
  python_package_version_id
)
SELECT found.run_id, found.entity_id, found.version_id
FROM unnest(:run_ids::integer[], :entity_ids::integer[], :version_ids::integer[])
  AS found (run_id, entity_id, version_id)
ORDER BY found.run_id, found.entity_id
ON CONFLICT (si_aggregated_run_id, python_package_version_entity_id) DO UPDATE
SET python_package_version_id = EXCLUDED.python_package_version_id
WHERE known.python_package_version_id <> EXCLUDED.python_package_version_id;
