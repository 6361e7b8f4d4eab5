-- name: set_example_enabled!
-- It locks what its contract says.
-- params: url, enabled
UPDATE python_package_index AS i
SET enabled = :enabled
WHERE i.url = :url;
