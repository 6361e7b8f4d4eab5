-- Make copies agree before they are merged. The original ties an analysis of security indicators to a package version in
-- any of its environments, the first that the server answers. Two processes that synced the same document at once stored
-- two runs, and may have named two environments, of which the key of si_aggregated takes one: that of the run that stays.
-- The other is kept in _yoyo_set_aside.
LOCK TABLE si_aggregated_run, si_aggregated IN SHARE ROW EXCLUSIVE MODE;

CREATE TEMPORARY TABLE agreed ON COMMIT DROP AS
SELECT
  si_aggregated_run_id,
  python_package_version_entity_id,
  kept_id,
  first_value(python_package_version_id) OVER same AS python_package_version_id
FROM (
  SELECT id, min(id) OVER (PARTITION BY to_jsonb(run) - 'id') AS kept_id
  FROM si_aggregated_run AS run
  WHERE si_aggregated_run_document_id IN (
    SELECT si_aggregated_run_document_id
    FROM si_aggregated_run
    GROUP BY si_aggregated_run_document_id
    HAVING count(*) > 1
  )
) AS run
JOIN si_aggregated ON si_aggregated_run_id = run.id
WINDOW same AS (PARTITION BY kept_id, python_package_version_entity_id ORDER BY si_aggregated_run_id);

INSERT INTO _yoyo_set_aside (migration_id, table_name, kept, set_aside)
SELECT
  '0024.unique-security-and-rules', 'si_aggregated', jsonb_build_object('si_aggregated_run_id', kept_id),
  to_jsonb(copy)
FROM si_aggregated AS copy
JOIN agreed USING (si_aggregated_run_id, python_package_version_entity_id)
WHERE copy.python_package_version_id <> agreed.python_package_version_id;

UPDATE si_aggregated AS copy
SET python_package_version_id = agreed.python_package_version_id
FROM agreed
WHERE agreed.si_aggregated_run_id = copy.si_aggregated_run_id
  AND agreed.python_package_version_entity_id = copy.python_package_version_entity_id
  AND agreed.python_package_version_id <> copy.python_package_version_id;
