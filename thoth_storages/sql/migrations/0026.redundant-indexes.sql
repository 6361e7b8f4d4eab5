-- stage: pre
-- Drop the indexes and unique constraints that a primary key, or a key of the migrations before, serves as well: each is
-- written for each row, and no read needs it that has the other. Of python_package_version eight indexes begin with the
-- key's first two columns; (extra, marker_evaluation_result) of depends_on is never asked for without a version_id.
--
-- A migration of its own, as DROP INDEX shuts out readers until the commit: so nothing here takes longer than that.

-- Restored dumps make these foreign keys lean on the second unique index on id that stands beside the primary key. Made
-- anew, they lean on the primary key; they hold for new rows at once, and the next migration looks at the old ones.
ALTER TABLE depends_on DROP CONSTRAINT depends_on_entity_id_fkey;
ALTER TABLE python_package_version DROP CONSTRAINT python_package_version_entity_id_fkey;
ALTER TABLE has_artifact DROP CONSTRAINT has_artifact_python_package_version_entity_id_fkey;
ALTER TABLE has_external_python_requirement_lock
  DROP CONSTRAINT has_external_python_requireme_python_package_version_entit_fkey;
ALTER TABLE has_unresolved DROP CONSTRAINT has_unresolved_python_package_version_entity_id_fkey;
ALTER TABLE has_vulnerability DROP CONSTRAINT has_vulnerability_python_package_version_entity_id_fkey;
ALTER TABLE identified DROP CONSTRAINT identified_python_package_version_entity_id_fkey;
ALTER TABLE si_aggregated DROP CONSTRAINT si_aggregated_python_package_version_entity_id_fkey;
ALTER TABLE python_package_version_entity_rules_association
  DROP CONSTRAINT python_package_version_entity_python_package_version_entit_fkey;
ALTER TABLE python_package_version_entity_rules_association
  DROP CONSTRAINT python_package_version_entit_python_package_version_entit_fkey1;

ALTER TABLE python_package_version_entity DROP CONSTRAINT python_package_version_entity_id_key;
ALTER TABLE python_package_version_entity_rule DROP CONSTRAINT python_package_version_entity_rule_id_key;
ALTER TABLE python_package_version_entity
  DROP CONSTRAINT python_package_version_entity_package_name_package_version__key;
ALTER TABLE python_package_version DROP CONSTRAINT python_package_version_package_name_package_version_python__key;

-- Those of the original.
DROP INDEX url_idx;
DROP INDEX python_package_version_entity_id_idx;
DROP INDEX python_package_version_entity_idx;
DROP INDEX python_package_version_entity_package_name_idx;
DROP INDEX python_package_version_index_idx_00;
DROP INDEX python_package_version_index_idx_10;
DROP INDEX python_package_version_index_idx_11;
DROP INDEX python_package_version_index_idx_12;
DROP INDEX python_package_version_index_idx_20;
DROP INDEX python_package_version_index_idx_21;
DROP INDEX python_package_version_index_idx_22;
DROP INDEX python_package_version_index_idx_30;
DROP INDEX import_package_import_package_name_idx;
DROP INDEX has_artifact_python_package_version_entity_id;
DROP INDEX depends_on_version_id_idx;
DROP INDEX depends_on_extra_marker_evaluation_result_idx;
DROP INDEX ecosystem_solver_idx;
DROP INDEX solver_document_id_idx;
DROP INDEX sha256_idx;
DROP INDEX versioned_symbol_id_idx;
DROP INDEX requires_symbol_python_artifact_id_idx;
DROP INDEX has_vulnerability_python_package_version_entity_idx;
DROP INDEX python_package_version_entity_rule_package_name_idx;
DROP INDEX python_entity_rules_association_table_idx;

-- Those that the merging of duplicates needed.
DROP INDEX deb_depends_deb_package_version_idx;
DROP INDEX deb_pre_depends_deb_package_version_idx;
DROP INDEX deb_replaces_deb_package_version_idx;
DROP INDEX detected_symbol_package_extract_run_idx;
DROP INDEX found_deb_package_extract_run_idx;
DROP INDEX found_python_file_package_extract_run_idx;
DROP INDEX found_python_interpreter_package_extract_run_idx;
DROP INDEX found_rpm_package_extract_run_idx;
DROP INDEX has_metadata_classifier_metadata_idx;
DROP INDEX has_metadata_distutils_metadata_idx;
DROP INDEX has_metadata_platform_metadata_idx;
DROP INDEX has_metadata_project_url_metadata_idx;
DROP INDEX has_metadata_provides_extra_metadata_idx;
DROP INDEX has_metadata_requires_external_metadata_idx;
DROP INDEX has_metadata_supported_platform_metadata_idx;
DROP INDEX has_symbol_software_environment_idx;
DROP INDEX identified_package_extract_run_idx;
DROP INDEX included_file_python_artifact_idx;
DROP INDEX pi_conv1d_inspection_run_idx;
DROP INDEX pi_conv2d_inspection_run_idx;
DROP INDEX pi_matmul_inspection_run_idx;
DROP INDEX pi_pybench_inspection_run_idx;
DROP INDEX python_dependency_monkey_requirements_dependency_monkey_run_idx;
DROP INDEX rpm_requires_rpm_package_version_idx;

ALTER TABLE depends_on
  ADD CONSTRAINT depends_on_entity_id_fkey
  FOREIGN KEY (entity_id)
  REFERENCES python_package_version_entity ON DELETE CASCADE NOT VALID;
ALTER TABLE python_package_version
  ADD CONSTRAINT python_package_version_entity_id_fkey
  FOREIGN KEY (entity_id)
  REFERENCES python_package_version_entity ON DELETE CASCADE NOT VALID;
ALTER TABLE has_artifact
  ADD CONSTRAINT has_artifact_python_package_version_entity_id_fkey
  FOREIGN KEY (python_package_version_entity_id)
  REFERENCES python_package_version_entity ON DELETE CASCADE NOT VALID;
ALTER TABLE has_external_python_requirement_lock
  ADD CONSTRAINT has_external_python_requireme_python_package_version_entit_fkey
  FOREIGN KEY (python_package_version_entity_id)
  REFERENCES python_package_version_entity ON DELETE CASCADE NOT VALID;
ALTER TABLE has_unresolved
  ADD CONSTRAINT has_unresolved_python_package_version_entity_id_fkey
  FOREIGN KEY (python_package_version_entity_id)
  REFERENCES python_package_version_entity ON DELETE CASCADE NOT VALID;
ALTER TABLE has_vulnerability
  ADD CONSTRAINT has_vulnerability_python_package_version_entity_id_fkey
  FOREIGN KEY (python_package_version_entity_id)
  REFERENCES python_package_version_entity ON DELETE CASCADE NOT VALID;
ALTER TABLE identified
  ADD CONSTRAINT identified_python_package_version_entity_id_fkey
  FOREIGN KEY (python_package_version_entity_id)
  REFERENCES python_package_version_entity ON DELETE CASCADE NOT VALID;
ALTER TABLE si_aggregated
  ADD CONSTRAINT si_aggregated_python_package_version_entity_id_fkey
  FOREIGN KEY (python_package_version_entity_id)
  REFERENCES python_package_version_entity ON DELETE CASCADE NOT VALID;
ALTER TABLE python_package_version_entity_rules_association
  ADD CONSTRAINT python_package_version_entity_python_package_version_entit_fkey
  FOREIGN KEY (python_package_version_entity_id)
  REFERENCES python_package_version_entity ON DELETE CASCADE NOT VALID;
ALTER TABLE python_package_version_entity_rules_association
  ADD CONSTRAINT python_package_version_entit_python_package_version_entit_fkey1
  FOREIGN KEY (python_package_version_entity_rule_id)
  REFERENCES python_package_version_entity_rule ON DELETE CASCADE NOT VALID;
