-- name: get_python_package_index_all
-- The registered Python package indexes, all or those that are (or aren't) enabled.
-- params: enabled: bool | None = None
-- returns: [{url, warehouse_api_url, verify_ssl, only_if_package_seen}]
SELECT
  i.url,
  i.warehouse_api_url,
  i.verify_ssl,
  i.only_if_package_seen
FROM python_package_index AS i
WHERE TRUE
  AND i.enabled = :enabled  --? enabled
ORDER BY i.url;

-- name: get_python_package_index_urls_all
-- Addresses of the registered Python package indexes, all or those that are (or aren't) enabled.
-- params: enabled: bool | None = None
-- returns: [url]
SELECT i.url
FROM python_package_index AS i
WHERE TRUE
  AND i.enabled = :enabled  --? enabled
ORDER BY i.url;

-- name: is_python_package_index_enabled$
-- Whether a registered Python package index is enabled.
-- params: url
-- returns: enabled
-- raises: NotFoundError
-- notnull: enabled
SELECT coalesce(i.enabled, FALSE) AS enabled
FROM python_package_index AS i
WHERE i.url = :url;

-- name: get_index_url_from_id$
-- The address of the Python package index with that id.
-- params: package_index_id
-- returns: url
-- raises: NotFoundError
SELECT i.url
FROM python_package_index AS i
WHERE i.id = :package_index_id;

-- name: register_python_package_index$
-- Register a Python package index, or change how a registered one is used; answers whether it is new.
-- params: url, warehouse_api_url=None, verify_ssl=True, enabled=False, only_if_package_seen=True
-- returns: is_new
-- notnull: is_new
INSERT INTO python_package_index AS i (url, warehouse_api_url, verify_ssl, enabled, only_if_package_seen)
VALUES (:url, :warehouse_api_url, :verify_ssl, :enabled, :only_if_package_seen)
ON CONFLICT (url) DO UPDATE
SET
  warehouse_api_url = EXCLUDED.warehouse_api_url,
  verify_ssl = EXCLUDED.verify_ssl,
  enabled = EXCLUDED.enabled,
  only_if_package_seen = EXCLUDED.only_if_package_seen
-- A row that was inserted replaces none, so its xmax is 0.
RETURNING i.xmax = 0 AS is_new;

-- name: set_python_package_index_state$
-- Enable or disable a registered Python package index; answers its new state.
-- params: url, *, enabled: bool
-- returns: enabled
-- raises: NotFoundError
-- notnull: enabled
UPDATE python_package_index AS i
SET enabled = :enabled
WHERE i.url = :url
RETURNING i.enabled;

-- name: delete_python_package_index!
-- Delete a Python package index, with all package versions on it.
-- params: index_url
DELETE FROM python_package_index AS i
WHERE i.url = :index_url;
