-- What was merged stays merged: equal rows say nothing twice.
DROP INDEX has_artifact_key;
DROP INDEX python_artifact_key;
DROP INDEX import_package_key;
DROP INDEX python_package_version_key;
DROP INDEX python_package_version_entity_key;
