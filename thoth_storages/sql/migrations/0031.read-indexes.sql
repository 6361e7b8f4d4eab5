-- stage: pre
-- What the reads want beyond unique and foreign keys; times are of 200,000 package versions.

-- get_python_package_version_import_packages_all compares bytes from the name that is asked for to the last one that starts
-- with it, and read all names (7 ms, now 0.6).
CREATE INDEX import_package_name_idx ON import_package (import_package_name text_pattern_ops);

-- get_error_solved_python_package_versions_count_all and …_all with `unsolvable` or `unparseable` read all solver runs
-- (43 ms, now 17). Only the runs that ended in an error are in it, so most writes don't touch it.
CREATE INDEX solved_error_idx ON solved (version_id, error_unsolvable, error_unparseable) WHERE error;

-- get_python_package_versions_per_index sorted the names of all versions on an index (490 ms, now 190; distinct 71, now
-- 25). It also is what the one it replaces was for: the foreign key to the index.
CREATE INDEX python_package_version_package_index_name_idx
  ON python_package_version (python_package_index_id, package_name);
DROP INDEX python_package_version_package_index_idx;

-- Systems, their versions and Python's come in a few combinations. Taken for independent, the environment that a third of
-- the versions were solved in is expected to hold 7 % of them, and get_python_package_versions_count_all with `distinct`
-- sorts (122 ms, where the order of the unique key takes 36).
CREATE STATISTICS python_package_version_environment (mcv)
  ON os_name, os_version, python_version FROM python_package_version;
ANALYZE python_package_version;
