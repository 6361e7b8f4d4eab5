-- stage: pre
-- One row for each dependency of a package version, under each extra and marker that asks for it: the same dependency
-- under two extras or two markers is two facts. Syncing solver and revsolver documents upserts it. version_id comes
-- first for get_depends_on and the other reads that go from a package version to its dependencies.
SELECT merge_duplicates('depends_on');
CREATE UNIQUE INDEX depends_on_key
  ON depends_on (version_id, entity_id, marker_evaluation_result, content_digest(version_range, marker, extra));
