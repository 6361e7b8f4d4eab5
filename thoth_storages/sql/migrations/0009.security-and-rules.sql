-- stage: baseline
-- Vulnerabilities, aggregated security indicators, and rules that keep solvers off package versions.

CREATE TABLE cve (
  id serial PRIMARY KEY,
  cve_id text NOT NULL UNIQUE,
  aggregated_at timestamp,
  details text NOT NULL,
  link text
);
COMMENT ON TABLE cve IS 'A vulnerability.';

CREATE TABLE cve_timestamp (
  id serial PRIMARY KEY,
  timestamp timestamp NOT NULL
);
COMMENT ON TABLE cve_timestamp IS 'When vulnerabilities were last aggregated; meant to hold one row.';

CREATE TABLE has_vulnerability (
  python_package_version_entity_id integer NOT NULL REFERENCES python_package_version_entity ON DELETE CASCADE,
  cve_id integer NOT NULL REFERENCES cve ON DELETE CASCADE
);
COMMENT ON TABLE has_vulnerability IS 'A package version has a vulnerability.';
CREATE INDEX has_vulnerability_python_package_version_entity_idx
  ON has_vulnerability (python_package_version_entity_id);

CREATE TABLE si_aggregated_run (
  id serial PRIMARY KEY,
  si_aggregated_run_document_id text NOT NULL,
  severity_high_confidence_high integer NOT NULL,
  severity_high_confidence_low integer NOT NULL,
  severity_high_confidence_medium integer NOT NULL,
  severity_high_confidence_undefined integer NOT NULL,
  severity_low_confidence_high integer NOT NULL,
  severity_low_confidence_low integer NOT NULL,
  severity_low_confidence_medium integer NOT NULL,
  severity_low_confidence_undefined integer NOT NULL,
  severity_medium_confidence_high integer NOT NULL,
  severity_medium_confidence_low integer NOT NULL,
  severity_medium_confidence_medium integer NOT NULL,
  severity_medium_confidence_undefined integer NOT NULL,
  number_of_analyzed_files integer NOT NULL,
  number_of_files_total integer NOT NULL,
  number_of_files_with_severities integer NOT NULL,
  number_of_filtered_files integer NOT NULL,
  number_of_python_files integer NOT NULL,
  number_of_lines_with_comments_in_python_files integer NOT NULL,
  number_of_blank_lines_in_python_files integer NOT NULL,
  number_of_lines_with_code_in_python_files integer NOT NULL,
  total_number_of_files integer NOT NULL,
  total_number_of_lines integer NOT NULL,
  total_number_of_lines_with_comments integer NOT NULL,
  total_number_of_blank_lines integer NOT NULL,
  total_number_of_lines_with_code integer NOT NULL,
  datetime timestamp NOT NULL,
  error boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE si_aggregated_run IS
  'One document of security indicators: counts by Bandit (severity and confidence) and by cloc (files and lines).';

CREATE TABLE si_aggregated (
  si_aggregated_run_id integer REFERENCES si_aggregated_run ON DELETE CASCADE,
  python_package_version_entity_id integer REFERENCES python_package_version_entity ON DELETE CASCADE,
  python_package_version_id integer NOT NULL REFERENCES python_package_version ON DELETE CASCADE,
  PRIMARY KEY (si_aggregated_run_id, python_package_version_entity_id)
);
COMMENT ON TABLE si_aggregated IS 'A document of security indicators is about a package version.';

CREATE TABLE python_package_version_entity_rule (
  id serial PRIMARY KEY,
  package_name text NOT NULL,
  version_range text,
  python_package_index_id integer REFERENCES python_package_index ON DELETE CASCADE,
  description text
);
ALTER TABLE python_package_version_entity_rule ADD CONSTRAINT python_package_version_entity_rule_id_key UNIQUE (id);
COMMENT ON TABLE python_package_version_entity_rule IS 'A rule that blocks versions of a package.';
COMMENT ON COLUMN python_package_version_entity_rule.version_range IS 'NULL: any version.';
COMMENT ON COLUMN python_package_version_entity_rule.python_package_index_id IS 'NULL: any index.';
CREATE INDEX python_package_version_entity_rule_package_name_idx
  ON python_package_version_entity_rule (package_name);

CREATE TABLE python_package_version_entity_rules_association (
  python_package_version_entity_id integer
    CONSTRAINT python_package_version_entity_python_package_version_entit_fkey
    REFERENCES python_package_version_entity ON DELETE CASCADE,
  python_package_version_entity_rule_id integer
    CONSTRAINT python_package_version_entit_python_package_version_entit_fkey1
    REFERENCES python_package_version_entity_rule ON DELETE CASCADE,
  PRIMARY KEY (python_package_version_entity_id, python_package_version_entity_rule_id)
);
COMMENT ON TABLE python_package_version_entity_rules_association IS 'A rule applies to a package version.';
CREATE INDEX python_entity_rules_association_table_idx
  ON python_package_version_entity_rules_association (python_package_version_entity_id);
