-- stage: pre
-- What reads want beyond unique and foreign keys. Times are of 200,000 package versions and 30,000 adviser runs.

-- get_python_package_version_import_packages_all compares bytes from the name that is asked for to the last one that
-- starts with it; without an index in that order it reads all names (7 ms, now 0.6).
CREATE INDEX import_package_name_idx ON import_package (import_package_name text_pattern_ops);

-- get_error_solved_python_package_versions_count_all and …_all with `unsolvable` or `unparseable` read all solver runs
-- (43 ms, now 17). Only the runs that ended in an error are in it, so few writes touch it.
CREATE INDEX solved_error_idx ON solved (version_id, error_unsolvable, error_unparseable) WHERE error;

-- get_python_package_versions_per_index sorted the names of all versions on an index (490 ms, now 190; distinct 71, now
-- 25). It also is what the one it replaces was for, the foreign key to the index, and isn't larger.
CREATE INDEX python_package_version_package_index_name_idx
  ON python_package_version (python_package_index_id, package_name);
DROP INDEX python_package_version_package_index_idx;

-- get_unsolved_python_packages_all_per_adviser_run read all adviser runs for the few that are to be repeated (20 ms,
-- now 2), and these alone are in it: 16 kB.
CREATE INDEX adviser_run_to_repeat_idx ON adviser_run (source_type) WHERE need_re_run AND re_run_adviser_id IS NULL;

-- Systems, their versions and Python's come in a few combinations. Taken for independent, the environment in which a
-- third of the versions were solved is thought to have 7 % of them, and these are sorted instead of read in the order
-- of the unique key: by get_python_package_versions_all with `distinct` (a page took 145 ms, now 0.4), and its number.
CREATE STATISTICS python_package_version_environment (mcv)
  ON os_name, os_version, python_version FROM python_package_version;
ANALYZE python_package_version;
