-- What was merged stays merged: equal rows say nothing twice.
DROP INDEX has_vulnerability_key;
DROP INDEX si_aggregated_run_key;
DROP INDEX cve_timestamp_key;
DROP INDEX python_package_version_entity_rule_key;
