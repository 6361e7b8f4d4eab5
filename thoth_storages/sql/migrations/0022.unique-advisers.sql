-- stage: pre
-- One row for each thing that a run of the adviser or the provenance checker said. Not just one for each document: the
-- original changes need_re_run of a run that was made up for, and inserts the run again when its document is synced
-- again; those rows differ, and none is to be lost. By their first columns the indexes find the document:
-- adviser_document_id_exist, provenance_checker_document_id_exist, and a sync that asks before it inserts.
SELECT merge_duplicates('adviser_run');
SELECT merge_duplicates('provenance_checker_run');

CREATE UNIQUE INDEX adviser_run_key
  ON adviser_run (
    adviser_document_id, datetime, count, "limit", source_type, is_s2i, debug, need_re_run, limit_latest_versions,
    adviser_error, recommendation_type, requirements_format, duration, advised_configuration_changes,
    additional_stack_info, user_software_stack_id, external_run_software_environment_id,
    external_build_software_environment_id, external_hardware_information_id,
    content_digest(adviser_version, adviser_name, origin, re_run_adviser_id)
  ) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX provenance_checker_run_key
  ON provenance_checker_run (
    provenance_checker_document_id, datetime, debug, provenance_checker_error, duration, user_software_stack_id,
    content_digest(provenance_checker_version, provenance_checker_name, origin)
  ) NULLS NOT DISTINCT;
