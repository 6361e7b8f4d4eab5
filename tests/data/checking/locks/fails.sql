-- name: _lock_example
-- The contract was agreed on for a weaker lock.
-- returns: [id]
SELECT i.id
FROM python_package_index AS i
ORDER BY i.id
FOR UPDATE;
