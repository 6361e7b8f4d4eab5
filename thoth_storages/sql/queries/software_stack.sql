-- Stacks of Python packages: a Pipfile with its Pipfile.lock. Those of users (external) carry no type.

-- name: get_python_software_stack_count_all$
-- Number of the stacks of a type, or with `is_external` of all stacks of users.
--
-- Without a type the stacks are counted that have none. With `distinct` types are counted and not stacks: 1 or 0, which
-- says whether there is a stack of that type. For stacks of users both mean nothing.
-- params: is_external=False, software_stack_type: str | SoftwareStackTypeEnum | None = None, distinct=False
-- returns: count
-- notnull: count
SELECT
  CASE
    WHEN :is_external THEN (
      SELECT count(*)
      FROM external_python_software_stack
    )
    ELSE (
      SELECT count(*)
      FROM (
        SELECT
          DISTINCT  --? distinct
          stack.software_stack_type
        FROM python_software_stack AS stack
        WHERE stack.software_stack_type IS NOT DISTINCT FROM :software_stack_type::software_stack_type
      ) AS stacks
    )
  END AS count;
