SELECT 1;
-- returns: [a]

-- name: get_header_all*
-- params: a, a
-- returns: [a b]
-- raises: NotFond
-- cache: 8192
SELECT 1 AS a;

-- name: get_two_all
-- Params: x
-- returns: [a]
SELECT 1 AS a; SELECT 2 AS a;

-- name: get_numbered_all
-- params: x=None, y=None
-- returns: [a]
SELECT a[1:2] FROM t
WHERE a = $1
  AND a[:low:high] = :x  --? x-y
  AND b = 'it
is' --? x
  AND c = :y --? y;

-- name: delete_all!
-- returns: [a]
DELETE FROM t; -- :not a parameter

-- name: get_nothing
-- returns: a
-- notnull: b

-- name: get_open_all
-- returns: [a]
SELECT 'never closed AS a;

-- name: get_last_all
-- retruns: [a]
SELECT 1 AS a;
