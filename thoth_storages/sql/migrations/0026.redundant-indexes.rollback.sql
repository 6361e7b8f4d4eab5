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

CREATE INDEX rpm_requires_rpm_package_version_idx ON rpm_requires (rpm_package_version_id);
CREATE INDEX python_dependency_monkey_requirements_dependency_monkey_run_idx
  ON python_dependency_monkey_requirements (dependency_monkey_run_id);
CREATE INDEX pi_pybench_inspection_run_idx ON pi_pybench (inspection_run_id);
CREATE INDEX pi_matmul_inspection_run_idx ON pi_matmul (inspection_run_id);
CREATE INDEX pi_conv2d_inspection_run_idx ON pi_conv2d (inspection_run_id);
CREATE INDEX pi_conv1d_inspection_run_idx ON pi_conv1d (inspection_run_id);
CREATE INDEX included_file_python_artifact_idx ON included_file (python_artifact_id);
CREATE INDEX identified_package_extract_run_idx ON identified (package_extract_run_id);
CREATE INDEX has_symbol_software_environment_idx ON has_symbol (software_environment_id);
CREATE INDEX has_metadata_supported_platform_metadata_idx
  ON has_metadata_supported_platform (python_package_metadata_id);
CREATE INDEX has_metadata_requires_external_metadata_idx ON has_metadata_requires_external (python_package_metadata_id);
CREATE INDEX has_metadata_provides_extra_metadata_idx ON has_metadata_provides_extra (python_package_metadata_id);
CREATE INDEX has_metadata_project_url_metadata_idx ON has_metadata_project_url (python_package_metadata_id);
CREATE INDEX has_metadata_platform_metadata_idx ON has_metadata_platform (python_package_metadata_id);
CREATE INDEX has_metadata_distutils_metadata_idx ON has_metadata_distutils (python_package_metadata_id);
CREATE INDEX has_metadata_classifier_metadata_idx ON has_metadata_classifier (python_package_metadata_id);
CREATE INDEX found_rpm_package_extract_run_idx ON found_rpm (package_extract_run_id);
CREATE INDEX found_python_interpreter_package_extract_run_idx ON found_python_interpreter (package_extract_run_id);
CREATE INDEX found_python_file_package_extract_run_idx ON found_python_file (package_extract_run_id);
CREATE INDEX found_deb_package_extract_run_idx ON found_deb (package_extract_run_id);
CREATE INDEX detected_symbol_package_extract_run_idx ON detected_symbol (package_extract_run_id);
CREATE INDEX deb_replaces_deb_package_version_idx ON deb_replaces (deb_package_version_id);
CREATE INDEX deb_pre_depends_deb_package_version_idx ON deb_pre_depends (deb_package_version_id);
CREATE INDEX deb_depends_deb_package_version_idx ON deb_depends (deb_package_version_id);

CREATE INDEX python_entity_rules_association_table_idx
  ON python_package_version_entity_rules_association (python_package_version_entity_id);
CREATE INDEX python_package_version_entity_rule_package_name_idx ON python_package_version_entity_rule (package_name);
CREATE INDEX has_vulnerability_python_package_version_entity_idx
  ON has_vulnerability (python_package_version_entity_id);
CREATE INDEX requires_symbol_python_artifact_id_idx ON requires_symbol (python_artifact_id);
CREATE UNIQUE INDEX versioned_symbol_id_idx ON versioned_symbol (id);
CREATE UNIQUE INDEX sha256_idx ON python_file_digest (sha256);
CREATE INDEX solver_document_id_idx ON solved (document_id);
CREATE UNIQUE INDEX ecosystem_solver_idx
  ON ecosystem_solver (ecosystem, solver_name, solver_version, os_name, os_version, python_version);
CREATE INDEX depends_on_extra_marker_evaluation_result_idx ON depends_on (extra, marker_evaluation_result);
CREATE INDEX depends_on_version_id_idx ON depends_on (version_id);
CREATE INDEX has_artifact_python_package_version_entity_id ON has_artifact (python_package_version_entity_id);
CREATE INDEX import_package_import_package_name_idx ON import_package (import_package_name);
CREATE INDEX python_package_version_index_idx_30
  ON python_package_version (package_name, package_version, os_name, os_version, python_version);
CREATE INDEX python_package_version_index_idx_22
  ON python_package_version (package_name, package_version, os_version, python_version);
CREATE INDEX python_package_version_index_idx_21
  ON python_package_version (package_name, package_version, os_name, python_version);
CREATE INDEX python_package_version_index_idx_20
  ON python_package_version (package_name, package_version, os_name, os_version);
CREATE INDEX python_package_version_index_idx_12
  ON python_package_version (package_name, package_version, python_version);
CREATE INDEX python_package_version_index_idx_11 ON python_package_version (package_name, package_version, os_version);
CREATE INDEX python_package_version_index_idx_10 ON python_package_version (package_name, package_version, os_name);
CREATE INDEX python_package_version_index_idx_00 ON python_package_version (package_name, package_version);
CREATE INDEX python_package_version_entity_package_name_idx ON python_package_version_entity (package_name);
CREATE UNIQUE INDEX python_package_version_entity_idx
  ON python_package_version_entity (package_name, package_version, python_package_index_id);
CREATE UNIQUE INDEX python_package_version_entity_id_idx ON python_package_version_entity (id);
CREATE UNIQUE INDEX url_idx ON python_package_index (url);

ALTER TABLE python_package_version ADD CONSTRAINT python_package_version_package_name_package_version_python__key
  UNIQUE (package_name, package_version, python_package_index_id, os_name, os_version, python_version);
ALTER TABLE python_package_version_entity ADD CONSTRAINT python_package_version_entity_package_name_package_version__key
  UNIQUE (package_name, package_version, python_package_index_id);
ALTER TABLE python_package_version_entity_rule ADD CONSTRAINT python_package_version_entity_rule_id_key
  UNIQUE (id);
ALTER TABLE python_package_version_entity ADD CONSTRAINT python_package_version_entity_id_key
  UNIQUE (id);

ALTER TABLE depends_on
  ADD CONSTRAINT depends_on_entity_id_fkey
  FOREIGN KEY (entity_id)
  REFERENCES python_package_version_entity ON DELETE CASCADE;
ALTER TABLE python_package_version
  ADD CONSTRAINT python_package_version_entity_id_fkey
  FOREIGN KEY (entity_id)
  REFERENCES python_package_version_entity ON DELETE CASCADE;
ALTER TABLE has_artifact
  ADD CONSTRAINT has_artifact_python_package_version_entity_id_fkey
  FOREIGN KEY (python_package_version_entity_id)
  REFERENCES python_package_version_entity ON DELETE CASCADE;
ALTER TABLE has_external_python_requirement_lock
  ADD CONSTRAINT has_external_python_requireme_python_package_version_entit_fkey
  FOREIGN KEY (python_package_version_entity_id)
  REFERENCES python_package_version_entity ON DELETE CASCADE;
ALTER TABLE has_unresolved
  ADD CONSTRAINT has_unresolved_python_package_version_entity_id_fkey
  FOREIGN KEY (python_package_version_entity_id)
  REFERENCES python_package_version_entity ON DELETE CASCADE;
ALTER TABLE has_vulnerability
  ADD CONSTRAINT has_vulnerability_python_package_version_entity_id_fkey
  FOREIGN KEY (python_package_version_entity_id)
  REFERENCES python_package_version_entity ON DELETE CASCADE;
ALTER TABLE identified
  ADD CONSTRAINT identified_python_package_version_entity_id_fkey
  FOREIGN KEY (python_package_version_entity_id)
  REFERENCES python_package_version_entity ON DELETE CASCADE;
ALTER TABLE si_aggregated
  ADD CONSTRAINT si_aggregated_python_package_version_entity_id_fkey
  FOREIGN KEY (python_package_version_entity_id)
  REFERENCES python_package_version_entity ON DELETE CASCADE;
ALTER TABLE python_package_version_entity_rules_association
  ADD CONSTRAINT python_package_version_entity_python_package_version_entit_fkey
  FOREIGN KEY (python_package_version_entity_id)
  REFERENCES python_package_version_entity ON DELETE CASCADE;
ALTER TABLE python_package_version_entity_rules_association
  ADD CONSTRAINT python_package_version_entit_python_package_version_entit_fkey1
  FOREIGN KEY (python_package_version_entity_rule_id)
  REFERENCES python_package_version_entity_rule ON DELETE CASCADE;
