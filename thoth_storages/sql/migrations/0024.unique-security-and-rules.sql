-- stage: pre
-- One row for each rule, for each thing that a document of security indicators said, and for each relation to package
-- versions. Syncing security-indicators documents, create_python_cve_record and create_python_rule upsert them.
SELECT merge_duplicates('python_package_version_entity_rule');
SELECT merge_duplicates('cve_timestamp');
SELECT merge_duplicates('si_aggregated_run');
SELECT merge_duplicates('has_vulnerability');

-- Serves get_python_rule_all and get_python_package_version_solver_rules_all, which name a package.
CREATE UNIQUE INDEX python_package_version_entity_rule_key
  ON python_package_version_entity_rule (
    package_name, python_package_index_id, content_digest(version_range, description)
  ) NULLS NOT DISTINCT;
-- Meant to hold one row, but two processes of the original may have inserted one each; the later one counts.
CREATE UNIQUE INDEX cve_timestamp_key ON cve_timestamp (timestamp);
-- All that a run says; by its first column it finds the document (si_aggregated_document_id_exists).
CREATE UNIQUE INDEX si_aggregated_run_key
  ON si_aggregated_run (
    si_aggregated_run_document_id, datetime, error,
    content_digest(
      severity_high_confidence_high, severity_high_confidence_low, severity_high_confidence_medium,
      severity_high_confidence_undefined, severity_low_confidence_high, severity_low_confidence_low,
      severity_low_confidence_medium, severity_low_confidence_undefined, severity_medium_confidence_high,
      severity_medium_confidence_low, severity_medium_confidence_medium, severity_medium_confidence_undefined,
      number_of_analyzed_files, number_of_files_total, number_of_files_with_severities, number_of_filtered_files,
      number_of_python_files, number_of_lines_with_comments_in_python_files, number_of_blank_lines_in_python_files,
      number_of_lines_with_code_in_python_files, total_number_of_files, total_number_of_lines,
      total_number_of_lines_with_comments, total_number_of_blank_lines, total_number_of_lines_with_code
    )
  );
CREATE UNIQUE INDEX has_vulnerability_key ON has_vulnerability (python_package_version_entity_id, cve_id);
