-- name: get_python_rule^
-- The Python rule with that id: versions of a package that are not to be used, on one index or on all.
-- params: rule_id
-- returns: {id, package_name, version_range, description, index_url}
-- raises: NotFoundError
SELECT
  rule.id,
  rule.package_name,
  rule.version_range,
  rule.description,
  i.url AS index_url
FROM python_package_version_entity_rule AS rule
LEFT JOIN python_package_index AS i ON i.id = rule.python_package_index_id
WHERE rule.id = :rule_id;

-- name: get_python_rule_all
-- The Python rules, newest first; those of a package, or those bound to one index.
-- params: *, package_name=None, index_url=None, start_offset=0, count=100
-- returns: [{id, package_name, version_range, description, index_url}]
SELECT
  rule.id,
  rule.package_name,
  rule.version_range,
  rule.description,
  i.url AS index_url
FROM python_package_version_entity_rule AS rule
LEFT JOIN python_package_index AS i ON i.id = rule.python_package_index_id
WHERE TRUE
  AND rule.package_name = :package_name  --? package_name
  AND i.url = :index_url                 --? index_url
ORDER BY rule.id DESC
LIMIT :count OFFSET :start_offset;

-- name: get_python_package_version_solver_rules_all
-- The Python rules that apply to a package, once for each of its versions and indexes that they apply to.
--
-- `index_url` of a row is that of the package version, not the one that the rule is bound to.
-- params: package_name, package_version=None, index_url=None
-- returns: [(id, version_range, index_url, description)]
-- cache: THOTH_GET_PYTHON_PYTHON_PACKAGE_VERSION_SOLVER_RULES_CACHE_SIZE 4096
SELECT
  rule.id,
  rule.version_range,
  i.url AS index_url,
  rule.description
FROM python_package_version_entity AS e
JOIN python_package_index AS i ON i.id = e.python_package_index_id
JOIN python_package_version_entity_rules_association AS applies ON applies.python_package_version_entity_id = e.id
JOIN python_package_version_entity_rule AS rule ON rule.id = applies.python_package_version_entity_rule_id
WHERE e.package_name = :package_name
  AND e.package_version = :package_version  --? package_version
  AND i.url = :index_url                    --? index_url
ORDER BY rule.id, e.id;

-- name: delete_python_rule!
-- Delete a Python rule; answers 1, or 0 when there is no rule with that id.
-- params: rule_id
DELETE FROM python_package_version_entity_rule AS rule
WHERE rule.id = :rule_id;

-- name: _lock_rules!
-- Let no other transaction create rules, or package versions that rules could be about, until this one ends.
LOCK TABLE python_package_version_entity IN SHARE ROW EXCLUSIVE MODE;

-- name: _get_rule_to_extend^
-- The rule on the same package and index with the same description.
-- params: package_name, index_url: str | None, description: str | None
-- returns: (id, version_range)
SELECT
  rule.id,
  rule.version_range
FROM python_package_version_entity_rule AS rule
LEFT JOIN python_package_index AS i ON i.id = rule.python_package_index_id
WHERE rule.package_name = :package_name
  AND i.url IS NOT DISTINCT FROM :index_url
  AND rule.description IS NOT DISTINCT FROM :description
ORDER BY rule.id
LIMIT 1;

-- name: _insert_rule
-- Add a rule, and answer its id.
-- params: package_name, version_range, index_url: str | None, description: str | None
-- returns: [id]
INSERT INTO python_package_version_entity_rule AS rule
  (package_name, version_range, python_package_index_id, description)
VALUES (
  :package_name,
  :version_range,
  (SELECT i.id FROM python_package_index AS i WHERE i.url = :index_url),
  :description
)
RETURNING rule.id;

-- name: _update_rule!
-- Change the versions that a rule is about.
-- params: rule_id, version_range
UPDATE python_package_version_entity_rule AS rule
SET version_range = :version_range
WHERE rule.id = :rule_id;

-- name: _delete_rule_associations!
-- Untie a rule from all package versions.
-- params: rule_id
DELETE FROM python_package_version_entity_rules_association AS applies
WHERE applies.python_package_version_entity_rule_id = :rule_id;

-- name: _get_versions_of_package
-- The versions of a package, solved or not.
-- params: package_name
-- returns: [(package_name, package_version, index_url)]
SELECT
  e.package_name,
  e.package_version,
  i.url AS index_url
FROM python_package_version_entity AS e
LEFT JOIN python_package_index AS i ON i.id = e.python_package_index_id
WHERE e.package_name = :package_name
ORDER BY e.package_version, i.url;
