DROP TABLE python_package_version_entity_rules_association;
DROP TABLE python_package_version_entity_rule;
DROP TABLE si_aggregated;
DROP TABLE si_aggregated_run;
DROP TABLE has_vulnerability;
DROP TABLE cve_timestamp;
DROP TABLE cve;
