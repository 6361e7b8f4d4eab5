-- A foreign key can't be un-validated, only made anew.
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
