-- stage: pre
-- One row for each line of a Pipfile and for each stack. Syncing advisers, provenance checkers, inspections and
-- Kebechet upserts them. The locks come first in the keys: reads go from a lock to its stacks.
SELECT merge_duplicates('python_package_requirement');
SELECT merge_duplicates('python_software_stack');
SELECT merge_duplicates('external_python_software_stack');

CREATE UNIQUE INDEX python_package_requirement_key
  ON python_package_requirement (name, python_package_index_id, develop, content_digest(version_range))
  NULLS NOT DISTINCT;
CREATE UNIQUE INDEX python_software_stack_key
  ON python_software_stack (
    python_requirements_lock_id, python_requirements_id, software_stack_type, performance_score, overall_score
  ) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX external_python_software_stack_key
  ON external_python_software_stack (external_python_requirements_lock_id, external_python_requirements_id)
  NULLS NOT DISTINCT;
